//! How many decisions a second the server gives on this machine, beside an axum route that only
//! sends the body back, both under the same client in the same run.
//!
//! ```sh
//! cargo run --release -p interdict-serve --example load -- rules.matcher rules/items/listings.jsonl
//! ```

mod client;

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use std::{env, fs, thread};

use axum::Router;
use axum::routing::post;
use interdict_serve::{Config, Server, Source};

use client::{Load, Measured};

/// How long one measurement takes.
const TIME: Duration = Duration::from_secs(10);
/// How often the artifact is swapped while decisions are made.
const SWAPS: usize = 200;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut arguments = env::args().skip(1);
    let (Some(artifact), Some(items)) = (arguments.next(), arguments.next()) else {
        return Err("give an artifact, and a file of items".into());
    };
    let items = fs::read_to_string(items)?;
    let bodies: Vec<String> = items
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let folder = env::temp_dir().join(format!("interdict-load-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let watched = folder.join("rules.matcher");
    fs::copy(&artifact, &watched)?;

    let (echo, served) = (start_echo()?, start_server(&watched)?);
    println!(
        "{:10}{:>12}{:>12}{:>12}{:>12}",
        "", "a second", "p50 µs", "p99 µs", "max µs"
    );
    let mut most = Vec::new();
    for (name, address) in [("echo", echo), ("decide", served)] {
        let load = Load::new(address, &bodies);
        load.run(Duration::from_secs(1), None)?;
        let measured = load.run(TIME, None)?;
        show(name, &measured);
        let half = measured.rate() / 2.0;
        show(&format!("{name} ½"), &load.run(TIME, Some(half))?);
        most.push(measured.rate());
    }
    println!("decide reaches {:.2} of echo", most[1] / most[0]);

    let load = Load::new(served, &bodies);
    println!("\nresident memory, client included: {} KiB", resident()?);
    let reloads = thread::spawn(move || swap(&watched, Path::new(&artifact)));
    let mut decided = 0;
    for _ in 0..6 {
        decided += load.run(TIME, None)?.count();
        println!("after {decided} decisions: {} KiB", resident()?);
    }
    reloads.join().map_err(|_| "swapping failed")??;
    fs::remove_dir_all(folder)?;
    Ok(())
}

fn show(name: &str, measured: &Measured) {
    println!(
        "{name:10}{:12.0}{:12}{:12}{:12}",
        measured.rate(),
        measured.quantile(0.5).as_micros(),
        measured.quantile(0.99).as_micros(),
        measured.quantile(1.0).as_micros(),
    );
}

/// Renames a copy of an artifact over it, again and again.
fn swap(watched: &Path, artifact: &Path) -> Result<(), Failure> {
    let beside = watched.with_extension("new");
    for _ in 0..SWAPS {
        fs::copy(artifact, &beside)?;
        fs::rename(&beside, watched)?;
        thread::sleep(TIME * 6 / SWAPS as u32);
    }
    Ok(())
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?)
}

/// A server whose only route sends back what it was sent.
fn start_echo() -> Result<SocketAddr, Failure> {
    let runtime = runtime()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let echo = Router::new().route("/v1/decide", post(async |body: String| body));
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, echo).await }));
    Ok(address)
}

fn start_server(artifact: &Path) -> Result<SocketAddr, Failure> {
    let runtime = runtime()?;
    let mut config = Config::new(Source::File(artifact.to_owned()));
    config.listen.set_port(0);
    config.every = Duration::from_millis(50);
    let server = runtime.block_on(Server::bind(config))?;
    let address = server.address()?;
    thread::spawn(move || runtime.block_on(server.run(std::future::pending())));
    Ok(address)
}

/// What this process holds in memory, in KiB.
fn resident() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("no VmRSS")?.parse()?)
}

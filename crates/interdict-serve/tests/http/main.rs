//! The server as its clients meet it.

mod address;
mod batch;
mod conformance;
mod decide;
mod document;
mod folder;
mod limits;
mod log;
mod reload;

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use interdict::source::Sources;
use interdict_serve::{Config, Server, Source, StartError};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A policy whose one rule names what it bans.
fn artifact(term: &str) -> Vec<u8> {
    let text = format!(
        "policy shop\n  zone Asia/Shanghai\n\nterm {term}\n  also \"{term}\"\n\n\
         ban term {term} effective 2018-04-17\n  id {term}\n  except when mentions any of \"book\"\n"
    );
    let compiled = interdict::compile(&Sources::from_texts([("shop.policy", text)]));
    compiled.artifact.expect("a whole policy")
}

/// A server that runs until this is dropped.
struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    fn start(config: Config) -> Result<Running, StartError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let server = runtime.block_on(Server::bind(config))?;
        let address = server.address().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            runtime.block_on(server.run(async {
                let _ = stopped.await;
            }));
        });
        Ok(Running {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Tells it to stop, and does not wait.
    fn stop(&mut self) {
        self.stop.take();
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("to connect");
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).expect("a timeout");
        stream.set_write_timeout(patience).expect("a timeout");
        stream
    }

    /// Sends a request over a connection of its own.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = self.connect();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: it\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("to write");
        // A server may answer before it read everything.
        let _ = stream.write_all(body);
        Answer::read(&mut BufReader::new(stream))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", b"")
    }

    fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.ask("POST", path, "", body.as_ref())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server to stop");
        }
    }
}

/// What a server said.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn read(reader: &mut impl BufRead) -> Answer {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).expect("a head") > 0, "{head}");
        }
        let mut body = Vec::new();
        let head = head.to_ascii_lowercase();
        if head.contains("transfer-encoding: chunked") {
            while let Some(chunk) = chunk(reader) {
                body.extend(chunk);
            }
        } else {
            let length = head.split("content-length: ").nth(1).expect("a length");
            let length = length.lines().next().unwrap_or_default();
            body.resize(length.parse().expect("a number"), 0);
            reader.read_exact(&mut body).expect("the body");
        }
        Answer {
            status: head[9..12].parse().expect("a status"),
            head,
            body: String::from_utf8(body).expect("text"),
        }
    }

    /// As a client sees it, without what differs from day to day.
    fn shown(&self) -> String {
        let told = [
            "http/1.1",
            "content-type",
            "retry-after",
            "www-authenticate",
            "allow",
        ];
        let lines = self.head.lines();
        let lines = lines.filter(|line| told.iter().any(|start| line.starts_with(start)));
        format!("{}\n\n{}", lines.collect::<Vec<_>>().join("\n"), self.body)
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// The next chunk of a body, unless it was the last.
fn chunk(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut size = String::new();
    reader.read_line(&mut size).expect("a size");
    let size = usize::from_str_radix(size.trim(), 16).expect("a number");
    let mut chunk = vec![0; size + 2];
    reader.read_exact(&mut chunk).expect("a chunk");
    chunk.truncate(size);
    (size > 0).then_some(chunk)
}

/// A folder with an artifact in it.
struct Shop {
    folder: TempDir,
}

impl Shop {
    fn new() -> Shop {
        let shop = Shop {
            folder: TempDir::new().expect("a folder"),
        };
        shop.put(&artifact("ICO"));
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Replaces the artifact in one step.
    fn put(&self, artifact: &[u8]) {
        self.write("rules.matcher", artifact);
    }

    /// Replaces a file in one step.
    fn write(&self, name: &str, bytes: &[u8]) {
        let beside = self.path("beside");
        std::fs::write(&beside, bytes).expect("to write");
        std::fs::rename(beside, self.path(name)).expect("to rename");
    }

    /// A server of it on a free port, which looks for new artifacts all the time.
    fn config(&self) -> Config {
        let mut config = Config::new(Source::File(self.path("rules.matcher")));
        config.listen.set_port(0);
        config.every = Duration::from_millis(5);
        config
    }

    fn serve(&self) -> Running {
        Running::start(self.config()).expect("a server")
    }
}

/// Waits until something holds.
fn until(what: &str, holds: impl Fn() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < Duration::from_secs(60), "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

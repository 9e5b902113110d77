//! Times loading: `cargo run --release -p interdict-score --bin load_time -- X.matcher`.

use std::time::Instant;

use interdict_matcher::Matcher;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the artifact to load")?;
    let mut times = Vec::new();
    for _ in 0..101 {
        let start = Instant::now();
        Matcher::open(&path)?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("{path}: median {:?} of {} loads", times[50], times.len());
    Ok(())
}

//! Times loading: `cargo run --release -p interdict-score --bin load_time -- X.matcher`.

use std::time::Instant;

use interdict_matcher::{LoadError, Matcher};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the artifact to load")?;
    let id = *Matcher::open(&path)?.content_id();
    let median = |open: &dyn Fn() -> Result<Matcher, LoadError>| {
        let mut times = Vec::new();
        for _ in 0..101 {
            let start = Instant::now();
            open()?;
            times.push(start.elapsed());
        }
        times.sort();
        Ok::<_, LoadError>(times[50])
    };
    let checked = median(&|| Matcher::open(&path))?;
    let trusted = median(&|| Matcher::open_trusted(&path, &id))?;
    println!("{path}: {checked:?} checked, {trusted:?} trusted; medians of 101 loads");
    Ok(())
}

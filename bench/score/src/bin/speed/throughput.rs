//! Megabytes a second on ordinary listings, beside plain matchers.
//!
//! Every round runs each engine once over each text, so that a busy machine slows all alike; the
//! medians are compared.

use interdict_matcher::text::{ScanScratch, TextHit};
use serde::Serialize;

use crate::peers::{self, Scan};
use crate::{Failure, Index, Input};
use interdict_workload::listings::listings;
use interdict_workload::measure::{median, seconds};

/// What was measured of one engine on one text.
#[derive(Debug, Serialize)]
pub(crate) struct Rate {
    pub(crate) text: &'static str,
    pub(crate) engine: String,
    pub(crate) megabytes_per_second: f64,
    /// Its time as a multiple of plain Aho-Corasick's.
    pub(crate) times_plain: f64,
    pub(crate) hits: usize,
}

pub(crate) fn measure(
    input: &Input,
    indexes: &[Index],
    rounds: usize,
) -> Result<Vec<Rate>, Failure> {
    let mut engines = match indexes.first() {
        Some(index) => peers::engines(&input.terms, index.folding())?,
        None => Vec::new(),
    };
    for index in indexes {
        let (mut scratch, mut hits) = (ScanScratch::default(), Vec::<TextHit>::new());
        let view = index.bytes.view();
        let scan = move |listing: &str| {
            hits.clear();
            view.scan(listing, &mut scratch, &mut hits);
            hits.len()
        };
        engines.push((index.name.clone(), Box::new(scan)));
    }
    let mut rates = Vec::new();
    for (name, text) in [("english", &input.english), ("mixed", &input.mixed)] {
        rates.extend(on(name, text, &mut engines, rounds));
    }
    Ok(rates)
}

fn on(
    name: &'static str,
    text: &str,
    engines: &mut [(String, Scan<'_>)],
    rounds: usize,
) -> Vec<Rate> {
    let listings = listings(text);
    let mut times = vec![Vec::new(); engines.len()];
    let mut hits = vec![0; engines.len()];
    // The first round only warms up.
    for round in 0..=rounds.max(1) {
        for (number, (_, scan)) in engines.iter_mut().enumerate() {
            let all = || hits[number] = listings.iter().map(|listing| scan(listing)).sum();
            let time = seconds(all);
            if round > 0 {
                times[number].push(time);
            }
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let rate = |number: usize, engine: &str| Rate {
        text: name,
        engine: engine.to_owned(),
        megabytes_per_second: text.len() as f64 / times[number] / 1e6,
        times_plain: times[number] / times[0],
        hits: hits[number],
    };
    let engines = engines.iter().enumerate();
    engines.map(|(at, (engine, _))| rate(at, engine)).collect()
}

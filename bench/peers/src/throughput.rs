//! Megabytes a second by the number of terms.

use std::path::Path;

use interdict_workload::generate::{self, Generator};
use interdict_workload::listings::{boundary, listings};
use interdict_workload::measure::{median, seconds};
use interdict_workload::terms;

use crate::Failure;
use crate::engines::{self, Engine};
use crate::report::Terms;

/// Rounds of loading, each of which is short.
const LOADS: usize = 9;

/// A text, and the words that terms are made of.
pub(crate) struct Corpus {
    text: String,
    words: Vec<String>,
}

impl Corpus {
    /// Reads `text.txt` and `words.txt` of a folder, or generates half English, half mixed text.
    pub(crate) fn of(folder: Option<&Path>, megabytes: f64) -> Result<Corpus, Failure> {
        let bytes = (megabytes * 1e6) as usize;
        let Some(folder) = folder else {
            // The words that the generator leaves out stay rare.
            let mut generator = Generator::new(1, 100_000);
            let text = generator.english(bytes / 2) + &generator.mixed(bytes / 2);
            return Ok(Corpus {
                text,
                words: generate::words(),
            });
        };
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let mut text = read("text.txt")?;
        text.truncate(boundary(&text, bytes));
        let words = read("words.txt")?.lines().map(str::to_owned).collect();
        Ok(Corpus { text, words })
    }
}

pub(crate) fn measure(
    corpus: &Corpus,
    rare: &[usize],
    frequent: &[usize],
    rounds: usize,
) -> Result<Vec<Terms>, Failure> {
    let rare = rare.iter().map(|&count| ("rare", count));
    let frequent = frequent.iter().map(|&count| ("frequent", count));
    let mut all = Vec::new();
    for (kind, count) in rare.chain(frequent) {
        let terms = match kind {
            "rare" => terms::rare(&corpus.words, &corpus.text, count),
            _ => terms::frequent(&corpus.words, &corpus.text, count),
        };
        eprintln!("{} {kind} terms", terms.len());
        let mut engines = engines::all(&terms)?;
        all.extend(of(kind, terms.len(), &corpus.text, &mut engines, rounds));
    }
    Ok(all)
}

fn of(
    kind: &'static str,
    terms: usize,
    text: &str,
    engines: &mut [Engine],
    rounds: usize,
) -> Vec<Terms> {
    let listings = listings(text);
    let mut times = vec![Vec::new(); engines.len()];
    let mut hits = vec![0; engines.len()];
    // The first round only warms up.
    for round in 0..=rounds.max(1) {
        for (number, engine) in engines.iter_mut().enumerate() {
            let scan = &mut engine.scan;
            let all = || hits[number] = listings.iter().map(|listing| scan(listing)).sum();
            let time = seconds(all);
            if round > 0 {
                times[number].push(time);
            }
        }
    }
    let measured = engines.iter_mut().zip(times).zip(hits);
    let rows = measured.map(|((engine, times), hits)| Terms {
        kind: kind.to_owned(),
        terms,
        engine: engine.name.to_owned(),
        megabytes_per_second: text.len() as f64 / median(times) / 1e6,
        hits,
        build_milliseconds: engine.built * 1e3,
        bytes: engine.bytes,
        load_milliseconds: engine.load.as_mut().map(|load| milliseconds(load)),
    });
    rows.collect()
}

/// The median time of loading.
fn milliseconds(load: &mut dyn FnMut() -> bool) -> f64 {
    let times = (0..LOADS).map(|_| seconds(|| assert!(std::hint::black_box(load()), "it loads")));
    median(times.collect()) * 1e3
}

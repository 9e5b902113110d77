//! Scores the text index on a folder with `terms.jsonl`, `positives.jsonl` and
//! `negatives.jsonl`: recall by class and tier, false positives by group, and how
//! fast the texts were scanned.
//!
//! ```text
//! interdict-score FOLDER [FOLDS] [--misses CLASS] [--hits]
//! ```
//!
//! All terms are loaded. A positive counts when a hit of its term overlaps the
//! labelled span; a negative counts when anything at all is found.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use interdict::text_index::{Edges, SpellingSpec, build};
use interdict_matcher::Folds;
use interdict_matcher::text::{SECTIONS, ScanScratch, TextHit, TextIndex};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().ok_or("a folder is missing")?);
    let named = arguments.get(1).map_or("standard", String::as_str);
    let folds = named
        .split(',')
        .map(|name| Folds::from_name(name.trim()).ok_or(format!("unknown fold {name}")))
        .try_fold(Folds::EXACT, |all, one| one.map(|one| all | one))?;
    let wanted = arguments.iter().position(|argument| argument == "--misses");
    let misses = wanted
        .and_then(|at| arguments.get(at + 1))
        .map(String::as_str);
    let show_hits = arguments.iter().any(|argument| argument == "--hits");

    let terms = lines(&folder.join("terms.jsonl"))?;
    let specs: Vec<SpellingSpec> = terms
        .iter()
        .map(|term| SpellingSpec {
            text: text(term, "term").to_owned(),
            folds,
            edges: Edges::Auto,
        })
        .collect();
    let start = Instant::now();
    let bytes = build(&specs);
    println!("built   {:.1} ms at first", milliseconds(start));
    let again = (0..10).map(|_| {
        let start = Instant::now();
        build(&specs);
        milliseconds(start)
    });
    println!("built   {:.1} ms again", again.fold(f64::MAX, f64::min));
    for (name, section) in SECTIONS.iter().zip(&bytes.sections) {
        println!("section {name:14} {:8} bytes", section.len());
    }
    let index = bytes.view();
    let start = Instant::now();
    index.validate()?;
    println!("valid   {:.3} ms", milliseconds(start));
    let mut scorer = Scorer {
        index,
        specs: &specs,
        scratch: ScanScratch::default(),
        hits: Vec::new(),
    };
    scorer.positives(&lines(&folder.join("positives.jsonl"))?, misses);
    scorer.negatives(&lines(&folder.join("negatives.jsonl"))?, show_hits);
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

struct Scorer<'a> {
    index: TextIndex<'a>,
    specs: &'a [SpellingSpec],
    scratch: ScanScratch,
    hits: Vec<TextHit>,
}

/// Found and all, of one class or group.
#[derive(Default)]
struct Share {
    found: u32,
    all: u32,
}

impl Share {
    fn add(&mut self, found: bool) {
        self.found += u32::from(found);
        self.all += 1;
    }

    fn percent(&self) -> f64 {
        100.0 * f64::from(self.found) / f64::from(self.all.max(1))
    }
}

impl Scorer<'_> {
    fn scan(&mut self, text: &str) {
        self.hits.clear();
        self.index.scan(text, &mut self.scratch, &mut self.hits);
    }

    fn positives(&mut self, cases: &[Value], misses: Option<&str>) {
        let mut classes: BTreeMap<String, Share> = BTreeMap::new();
        let mut tiers: BTreeMap<String, Share> = BTreeMap::new();
        for case in cases {
            self.scan(text(case, "text"));
            let number = |at: usize| case["span"][at].as_u64().unwrap_or(0) as u32;
            let (start, end) = (number(0), number(1));
            let right = |hit: &TextHit| {
                let spelling = self.specs[hit.spelling as usize].text.as_str();
                spelling == text(case, "term") && hit.start < end && start < hit.end
            };
            let found = self.hits.iter().any(right);
            let class = text(case, "class");
            let level = format!("{class} {}", text(case, "level"));
            classes.entry(level).or_default().add(found);
            tiers
                .entry(format!("tier {}", case["tier"]))
                .or_default()
                .add(found);
            if !found && misses.is_some_and(|misses| misses == class || misses == "all") {
                println!(
                    "missed {class} {} | {}",
                    text(case, "term"),
                    text(case, "instance").escape_debug()
                );
            }
        }
        print("recall", &classes);
        print("recall", &tiers);
    }

    fn negatives(&mut self, cases: &[Value], show: bool) {
        let mut classes: BTreeMap<String, Share> = BTreeMap::new();
        let mut groups: BTreeMap<String, Share> = BTreeMap::new();
        for case in cases {
            self.scan(text(case, "text"));
            let found = !self.hits.is_empty();
            let (class, risk) = (text(case, "class"), text(case, "risk"));
            let name = text(case, "name").split('/').next().unwrap_or("");
            classes
                .entry(format!("{class} {name}"))
                .or_default()
                .add(found);
            if case["scored"] == Value::Bool(true) {
                let group = match (class, risk) {
                    ("N01" | "N02" | "N17", _) => "base",
                    ("N10", _) => "seg",
                    _ => "collide",
                };
                groups.entry(group.to_owned()).or_default().add(found);
            }
            if found && show {
                for hit in &self.hits {
                    let spelling = &self.specs[hit.spelling as usize].text;
                    println!(
                        "{class} {spelling} ({}) | {}",
                        hit.folds,
                        text(case, "text").escape_debug()
                    );
                }
            }
        }
        print("false", &classes);
        print("false", &groups);
        self.speed(cases);
    }

    fn speed(&mut self, cases: &[Value]) {
        let size: usize = cases.iter().map(|case| text(case, "text").len()).sum();
        let start = Instant::now();
        let rounds = 50;
        for _ in 0..rounds {
            for case in cases {
                self.scan(text(case, "text"));
            }
        }
        let rate = (size * rounds) as f64 / start.elapsed().as_secs_f64() / 1e6;
        println!("speed   {rate:.1} MB/s");
    }
}

fn print(what: &str, shares: &BTreeMap<String, Share>) {
    for (name, share) in shares {
        println!(
            "{what:7} {name:32} {:6.2} %  {:4} of {}",
            share.percent(),
            share.found,
            share.all
        );
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn lines(path: &Path) -> Result<Vec<Value>, Failure> {
    let file =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    file.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

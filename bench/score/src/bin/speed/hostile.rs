//! Texts that were made to be slow, beside ordinary ones.
//!
//! Each is [`BYTES`] long and scanned whole. Its time a byte is held against that of ordinary text
//! of the same length and script under the same folds: English for those without Han, mixed for
//! those with. What such a text may cost at most is [`BAR`] times as much.

use interdict_matcher::text::{ScanScratch, TextHit};
use serde::Serialize;

use crate::{Index, Input};
use interdict_workload::listings::boundary;
use interdict_workload::measure::{median, seconds};

/// The most that a hostile text may take, as a multiple of an ordinary one.
pub(crate) const BAR: f64 = 4.0;

const BYTES: usize = 1 << 20;
const ROUNDS: usize = 3;
/// A text that takes longer than this, in seconds, is scanned once.
const PATIENCE: f64 = 0.5;

/// What was measured of one text under one preset.
#[derive(Debug, Serialize)]
pub(crate) struct Slowness {
    pub(crate) text: &'static str,
    pub(crate) fold: String,
    pub(crate) nanoseconds_per_byte: f64,
    pub(crate) times_ordinary: f64,
    pub(crate) hits: usize,
}

impl Slowness {
    pub(crate) fn over(&self) -> bool {
        self.times_ordinary > BAR
    }
}

/// The texts that repeat one piece. Pieces with `TERM` and the like are made from the terms.
const REPEATED: [(&str, &str); 35] = [
    ("one letter", "a"),
    ("two letters", "ab"),
    ("one letter, spaced", "a "),
    ("one Han", "的"),
    ("one Han, spaced", "的 "),
    ("two Han", "中国"),
    ("Han and letter", "中a"),
    ("blanks", " "),
    ("full stops", "."),
    ("line breaks", "\n"),
    ("masks", "*"),
    ("masks and letters", "a*"),
    ("masks between letters", "a*e*s*t*r*"),
    ("masked words", "b*r*in co*sta*t "),
    ("signs", "/\\|_!"),
    ("signs and letters", "/\\a|_"),
    ("bars", "|"),
    ("exclamation marks", "a!"),
    ("one digit", "1"),
    ("digits", "0134578"),
    ("digits and letters", "1a0b3"),
    ("entity starts", "&#"),
    ("open entities", "&#x6"),
    ("entities", "&#97;"),
    ("percent signs", "%"),
    ("percent escapes", "%61"),
    ("backslash escapes", "\\u0061"),
    ("tag starts", "<"),
    ("open tags", "<a "),
    ("overrides", "\u{202E}"),
    ("overridden letters", "\u{202E}ab\u{202C}"),
    ("invisible", "\u{200B}"),
    ("a letter, invisible", "a\u{200B}\u{200B}"),
    ("marks", "a\u{301}\u{302}\u{303}"),
    ("pinyin", "zhongguo"),
];

/// How a hostile text is made from a term.
type Making = fn(&str) -> String;

/// The texts that are made from all terms in turn, so that candidates come up and are refused.
const FROM_TERMS: [(&str, Making); 11] = [
    ("near-hits", |term| all_but_last(term)),
    ("near-hits, spaced", |term| spaced(&all_but_last(term))),
    ("terms", |term| format!("{term} ")),
    ("terms, glued", |term| format!("x{term}x")),
    ("terms, spaced", |term| spaced(term)),
    ("terms, run on", |term| spaced(&format!("{term}x"))),
    ("terms, stretched", |term| stretched(term, 2)),
    ("terms, long runs", |term| stretched(term, 100)),
    ("terms, first run long", |term| first_run(term, "")),
    ("terms, invisible", |term| first_run(term, "\u{200B}")),
    ("terms, masked", |term| masked(term)),
];

fn all_but_last(term: &str) -> String {
    let mut term = term.to_owned();
    term.pop();
    term
}

fn spaced(term: &str) -> String {
    term.chars().flat_map(|c| [c, ' ']).collect()
}

fn stretched(term: &str, times: usize) -> String {
    let times = |c: char| std::iter::repeat_n(c, times);
    term.chars().flat_map(times).chain([' ']).collect()
}

/// The first letter a thousand times, each with something behind it, and the others.
fn first_run(term: &str, behind: &str) -> String {
    let mut letters = term.chars();
    let first: String = letters.next().into_iter().collect();
    let run = format!("{first}{behind}").repeat(1000);
    format!("{run}{}", letters.as_str())
}

/// Every other letter masked.
fn masked(term: &str) -> String {
    let mask = |(at, c): (usize, char)| if at % 2 == 0 { c } else { '*' };
    term.chars().enumerate().map(mask).chain([' ']).collect()
}

pub(crate) fn measure(input: &Input, indexes: &[Index], only: Option<&str>) -> Vec<Slowness> {
    let texts = texts(&input.terms, only);
    let mut out = Vec::new();
    for index in indexes {
        let english = scan(index, &filled(&input.english)).0;
        let mixed = scan(index, &filled(&input.mixed)).0;
        for (name, text) in &texts {
            let (time, hits) = scan(index, text);
            let ordinary = match text.chars().any(is_han) {
                true => mixed,
                false => english,
            };
            out.push(Slowness {
                text: name,
                fold: index.name.clone(),
                nanoseconds_per_byte: time * 1e9,
                times_ordinary: time / ordinary,
                hits,
            });
        }
    }
    out
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The hostile texts whose name holds `only`.
fn texts(terms: &[String], only: Option<&str>) -> Vec<(&'static str, String)> {
    let wanted = |name: &str| only.is_none_or(|only| name.contains(only));
    let repeated = REPEATED.into_iter().filter(|(name, _)| wanted(name));
    let mut texts: Vec<_> = repeated
        .map(|(name, piece)| (name, filled(piece)))
        .collect();
    for (name, make) in FROM_TERMS.into_iter().filter(|(name, _)| wanted(name)) {
        let mut text = String::new();
        for term in terms.iter().cycle() {
            if text.len() >= BYTES {
                break;
            }
            text.push_str(&make(term));
        }
        texts.push((name, text));
    }
    texts
}

/// A text again and again, up to the length of a hostile one.
fn filled(piece: &str) -> String {
    let mut text = piece.repeat(BYTES / piece.len().max(1) + 1);
    text.truncate(boundary(&text, BYTES));
    text
}

/// Seconds a byte, the median of some rounds, and the hits.
fn scan(index: &Index, text: &str) -> (f64, usize) {
    let (mut scratch, mut hits) = (ScanScratch::default(), Vec::<TextHit>::new());
    let view = index.bytes.view();
    let mut times = Vec::new();
    while times.len() < ROUNDS && times.last().is_none_or(|&time| time < PATIENCE) {
        hits.clear();
        times.push(seconds(|| view.scan(text, &mut scratch, &mut hits)));
    }
    (median(times) / text.len().max(1) as f64, hits.len())
}

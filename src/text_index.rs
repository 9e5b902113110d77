//! Spellings to the text sections of an artifact.
//!
//! In: spellings with their budgets and edges. Out: one byte vector for each
//! section, in the order of the runtime's `text::SECTIONS`; the same spellings give
//! the same bytes. The runtime's `text` module says what each section holds.

mod automaton;
mod classes;
mod pattern;

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;
use interdict_matcher::text::{MAX_RUNS, SECTIONS, TextIndex};

use crate::fold::{FoldData, bytes};
use automaton::Automaton;
use classes::Classes;
use pattern::{Element, elements};

/// A spelling to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingSpec {
    /// The spelling as its author wrote it.
    pub text: String,
    /// What it may look like.
    pub folds: Folds,
    /// Where it may stand.
    pub edges: Edges,
}

/// Where a spelling may stand in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// As a whole word at an end whose outer character is a letter or a digit;
    /// anywhere at an end in Han, Kana, Hangul, Thai or kin.
    #[default]
    Auto,
    /// As whole words only, in every script.
    WholeWords,
    /// Anywhere, in the midst of words too.
    Anywhere,
}

/// The text sections of an artifact, in the order of the runtime's `SECTIONS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextIndexBytes {
    /// The bytes of each section.
    pub sections: [Vec<u8>; SECTIONS.len()],
}

impl TextIndexBytes {
    /// The index as the runtime reads it.
    pub fn view(&self) -> TextIndex<'_> {
        TextIndex::new(self.sections.each_ref().map(Vec::as_slice))
    }
}

/// The folds that `build` can make the runtime find. A budget may name others;
/// they find nothing yet.
pub fn supported() -> Folds {
    Folds::STANDARD | Folds::LEET | Folds::EMBEDDED
}

/// Builds the text sections. The number of a spelling in hits is its place in
/// `specs`. A spelling without any character that can be matched finds nothing.
pub fn build(specs: &[SpellingSpec]) -> TextIndexBytes {
    let patterns = patterns(specs);
    let leet = specs.iter().any(|spec| spec.folds.contains(Folds::LEET));
    let symbols = patterns.iter().flat_map(|pattern| &pattern.elements);
    let classes = Classes::of(symbols.filter(|e| !e.gap).map(|e| e.symbol), leet);
    let keys: Vec<Vec<u32>> = patterns
        .iter()
        .map(|pattern| squeeze(&pattern.elements, &classes))
        .collect();
    let automaton = Automaton::build(&keys, classes.count());
    let options = specs
        .iter()
        .fold(Folds::EXACT, |all, spec| all | spec.folds);
    let (sound_index, sound_blocks) = Classes::of(std::iter::empty(), false).write();
    let sounds = Automaton::build(&[], 0);
    let fold = FoldData::get();
    let (spellings, written) = write_spellings(specs);
    let (records, elements) = write_patterns(&patterns, &keys, &classes);
    let (class_index, class_blocks) = classes.write();
    TextIndexBytes {
        sections: [
            fold.index.clone(),
            fold.blocks.clone(),
            fold.parts.clone(),
            bytes(&class_index),
            bytes(&class_blocks),
            bytes(&automaton.states),
            bytes(&automaton.root),
            bytes(&automaton.outputs),
            bytes(&records),
            bytes(&elements),
            bytes(&spellings),
            written,
            bytes(&[options.bits()]),
            Vec::new(),
            Vec::new(),
            bytes(&sound_index),
            bytes(&sound_blocks),
            bytes(&sounds.states),
            bytes(&sounds.root),
            bytes(&sounds.outputs),
        ],
    }
}

/// A sequence of elements that stands for a spelling.
struct Pattern {
    spelling: u32,
    elements: Vec<Element>,
    costs: Folds,
}

/// The patterns of every spelling: one, or several where capitals and small
/// letters look like different Latin letters (Greek Η and η).
fn patterns(specs: &[SpellingSpec]) -> Vec<Pattern> {
    let mut out = Vec::new();
    for (spelling, spec) in specs.iter().enumerate() {
        let mut seen: Vec<Vec<u32>> = Vec::new();
        let lower = spec.text.to_lowercase();
        let upper = spec.text.to_uppercase();
        let title = title_case(&lower);
        for text in [&spec.text, &lower, &upper, &title] {
            let elements = elements(text);
            let symbols: Vec<u32> = elements.iter().map(|element| element.symbol).collect();
            if elements.is_empty() || seen.contains(&symbols) {
                continue;
            }
            seen.push(symbols);
            out.push(Pattern {
                spelling: spelling as u32,
                elements,
                costs: Folds::EXACT,
            });
        }
    }
    out
}

fn title_case(lower: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match inside {
            true => out.push(c),
            false => out.extend(c.to_uppercase()),
        }
        inside = c.is_alphanumeric();
    }
    out
}

/// The classes of a pattern without gaps and repeats: what the automaton sees.
fn squeeze(elements: &[Element], classes: &Classes) -> Vec<u32> {
    let mut key: Vec<u32> = elements
        .iter()
        .filter(|element| !element.gap)
        .map(|element| classes.class(element.symbol))
        .collect();
    key.dedup();
    key.truncate(MAX_RUNS);
    key
}

fn write_patterns(
    patterns: &[Pattern],
    keys: &[Vec<u32>],
    classes: &Classes,
) -> (Vec<u32>, Vec<u32>) {
    let mut records = Vec::new();
    let mut words = Vec::new();
    let mut written = 0;
    for (pattern, key) in patterns.iter().zip(keys) {
        let count = pattern.elements.len() as u32;
        records.extend([pattern.spelling, written, count, key.len() as u32]);
        records.extend([pattern.costs.bits(), 0, 0]);
        written += count;
        for element in &pattern.elements {
            words.extend(element.words(classes));
        }
    }
    (records, words)
}

fn write_spellings(specs: &[SpellingSpec]) -> (Vec<u32>, Vec<u8>) {
    let mut records = Vec::new();
    let mut written = Vec::new();
    for spec in specs {
        let (first, length) = (written.len() as u32, spec.text.len() as u32);
        written.extend_from_slice(spec.text.as_bytes());
        records.extend([first, length, spec.folds.bits(), edge_bits(spec)]);
    }
    (records, written)
}

/// Bit 0: the start needs a word edge; bit 1: the end does.
fn edge_bits(spec: &SpellingSpec) -> u32 {
    let elements = elements(&spec.text);
    let needs = |element: Option<&Element>| match (spec.edges, element) {
        (Edges::Anywhere, _) | (_, None) => false,
        (Edges::WholeWords, Some(element)) => element.kind.is_word(),
        (Edges::Auto, Some(element)) => matches!(element.kind, Kind::Letter | Kind::Digit),
    };
    u32::from(needs(elements.first())) | u32::from(needs(elements.last())) << 1
}

#[cfg(test)]
mod tests;

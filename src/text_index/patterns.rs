//! Spellings to patterns: the sequences of elements that stand for a spelling.
//!
//! In: spellings. Out: patterns, each with the folds that it costs by itself: none as
//! written, `mirror` backwards or upside down, and so on. What a fold of the reader
//! covers (case, look-alikes, gaps, repeats) needs no pattern of its own.

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;

use super::SpellingSpec;
use super::mirror;
use super::numerals;
use super::pattern::{Element, elements};

/// A sequence of elements that stands for a spelling.
pub(super) struct Pattern {
    pub(super) spelling: u32,
    pub(super) elements: Vec<Element>,
    /// The folds that the pattern costs by itself.
    pub(super) costs: Folds,
}

/// The patterns of every spelling.
pub(super) fn patterns(specs: &[SpellingSpec]) -> Vec<Pattern> {
    let mut out = Vec::new();
    for (spelling, spec) in specs.iter().enumerate() {
        let mut known = Known {
            spelling: spelling as u32,
            seen: Vec::new(),
            out: &mut out,
        };
        known.add_all(spec);
    }
    out
}

/// The patterns of one spelling so far.
struct Known<'a> {
    spelling: u32,
    seen: Vec<Vec<(u32, bool)>>,
    out: &'a mut Vec<Pattern>,
}

impl Known<'_> {
    fn add_all(&mut self, spec: &SpellingSpec) {
        // Several where capitals and small letters look like different Latin letters
        // (Greek Η and η).
        let lower = spec.text.to_lowercase();
        let upper = spec.text.to_uppercase();
        let title = title_case(&lower);
        for text in [&spec.text, &lower, &upper, &title] {
            self.add(elements(text), Folds::EXACT);
        }
        let written = elements(&spec.text);
        if spec.folds.contains(Folds::FOLD) {
            for text in numerals::spelled_out(&spec.text) {
                self.add(loosened(elements(&text)), Folds::FOLD);
            }
        }
        if spec.folds.contains(Folds::MIRROR) {
            if let Some(backwards) = mirror::backwards(&written) {
                self.add(backwards, Folds::MIRROR);
            }
            if let Some(text) = mirror::upside_down(&lower) {
                self.add(elements(&text), Folds::MIRROR);
            }
        }
    }

    fn add(&mut self, elements: Vec<Element>, costs: Folds) {
        let key: Vec<(u32, bool)> = elements.iter().map(|e| (e.symbol, e.gap)).collect();
        if elements.is_empty() || self.seen.contains(&key) {
            return;
        }
        self.seen.push(key);
        self.out.push(Pattern {
            spelling: self.spelling,
            elements,
            costs,
        });
    }
}

/// Gaps that may be there or not.
fn loosened(mut elements: Vec<Element>) -> Vec<Element> {
    for element in elements.iter_mut().filter(|element| element.gap) {
        element.optional = true;
    }
    elements
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

/// Whether all letters of a spelling are of one kind, and nothing else stands there.
pub(super) fn only(elements: &[Element], is_kind: impl Fn(Kind) -> bool) -> bool {
    elements
        .iter()
        .all(|element| element.gap || is_kind(element.kind))
}

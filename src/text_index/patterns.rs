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
use super::shape;
use super::sound::{Readings, toneless};
use crate::fold::fold_text;

/// The most patterns of one spelling that mix ways to write its characters.
const MOST_MIXTURES: usize = 96;

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
            first: out.len(),
            out: &mut out,
        };
        known.add_all(spec);
    }
    out
}

/// The patterns of one spelling so far.
struct Known<'a> {
    spelling: u32,
    /// The first of them.
    first: usize,
    out: &'a mut Vec<Pattern>,
}

impl Known<'_> {
    fn add_all(&mut self, spec: &SpellingSpec) {
        // Several where capitals and small letters look like different Latin letters
        // (Greek Η and η).
        let lower = spec.text.to_lowercase();
        let written = elements(&spec.text);
        self.add(written.clone(), Folds::EXACT);
        // Han has no case, and ASCII folds alike in both: all of them are the spelling itself.
        if !spec.text.is_ascii() {
            for text in [&lower, &spec.text.to_uppercase(), &title_case(&lower)] {
                if *text != spec.text {
                    self.add(elements(text), Folds::EXACT);
                }
            }
        }
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
        let Some(han) = han(&written) else {
            return;
        };
        if spec.folds.contains(Folds::SOUND) {
            self.add_pinyin(&han);
        }
        if spec.folds.contains(Folds::SHAPE) {
            let drawn: Vec<Vec<String>> = han.iter().map(|&c| shape::drawn(c)).collect();
            for text in mixtures(&han, &drawn, "") {
                self.add(drawn_elements(&text), Folds::SHAPE);
            }
        }
    }

    /// The spelling with some or all of its characters in Latin letters.
    fn add_pinyin(&mut self, han: &[char]) {
        let readings = Readings::get();
        let syllables: Vec<Vec<String>> = han
            .iter()
            .map(|&c| {
                let usual = readings.of(c).take(1);
                usual.map(|usual| toneless(usual).to_owned()).collect()
            })
            .collect();
        for text in mixtures(han, &syllables, " ") {
            self.add(loosened(elements(&text)), Folds::SOUND);
        }
        let usual: Option<Vec<&str>> = han.iter().map(|&c| readings.of(c).next()).collect();
        if let Some(with_tones) = usual {
            self.add(loosened(elements(&with_tones.join(" "))), Folds::SOUND);
        }
    }

    fn add(&mut self, elements: Vec<Element>, costs: Folds) {
        let alike =
            |one: &Element, other: &Element| (one.symbol, one.gap) == (other.symbol, other.gap);
        let same = |known: &Pattern| {
            let mut pairs = known.elements.iter().zip(&elements);
            known.elements.len() == elements.len() && pairs.all(|(one, other)| alike(one, other))
        };
        if elements.is_empty() || self.out[self.first..].iter().any(same) {
            return;
        }
        self.out.push(Pattern {
            spelling: self.spelling,
            elements,
            costs,
        });
    }
}

/// The characters of a spelling that is Han throughout, two to eight of them.
pub(super) fn han(written: &[Element]) -> Option<Vec<char>> {
    let han: Option<Vec<char>> = written
        .iter()
        .filter(|element| !element.gap && element.kind == Kind::Han)
        .map(|element| char::from_u32(element.symbol))
        .collect();
    han.filter(|han| han.len() == written.len() && (2..=8).contains(&han.len()))
}

/// The spelling with one, several or all characters in one of their other ways, fewer
/// first; all characters that change one by one when there would be too many.
fn mixtures(han: &[char], ways: &[Vec<String>], between: &str) -> Vec<String> {
    let mut texts: Vec<(usize, String)> = vec![(0, String::new())];
    for (at, (c, ways)) in han.iter().zip(ways).enumerate() {
        let between = if at == 0 { "" } else { between };
        let mut longer = Vec::new();
        for (changed, text) in &texts {
            longer.push((*changed, format!("{text}{between}{c}")));
            for way in ways {
                longer.push((changed + 1, format!("{text}{between}{way}")));
            }
        }
        longer.sort_by_key(|(changed, _)| *changed);
        longer.truncate(MOST_MIXTURES);
        texts = longer;
    }
    let changed = texts.into_iter().filter(|(changed, _)| *changed > 0);
    changed.map(|(_, text)| text).collect()
}

/// Elements in which emoji are letters and not gaps.
fn drawn_elements(text: &str) -> Vec<Element> {
    fold_text(text).iter().map(Element::of).collect()
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

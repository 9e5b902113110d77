//! Patterns and their elements, read from the sections.
//!
//! In: numbers of patterns and of elements. Out: what they are, and whether the runs of a
//! pattern are those of a text. A policy has millions of elements and a few thousand kinds of
//! them, so that an element is the number of its kind.

use super::effect::narrow;
use super::element::Element;
use super::grams::REPEATED;
use super::tables::{
    COSTS_FROM, ELEMENT_WORDS, ElementFlags, FRAGMENT_WORDS, HAS_FRAGMENTS, PATTERN_WORDS,
    TextIndex,
};
use crate::folds::Folds;

/// What a pattern is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub(crate) number: u32,
    pub(crate) spelling: u32,
    pub(crate) first: usize,
    pub(crate) count: usize,
    pub(crate) runs: u32,
    /// The folds that the pattern itself stands for.
    pub(crate) costs: Folds,
    /// Whether parts of it are common words.
    pub(crate) has_fragments: bool,
}

impl TextIndex<'_> {
    /// A pattern by its number.
    pub(crate) fn pattern(&self, pattern: u32) -> Pattern {
        let field = |word| self.patterns.field(pattern as usize, PATTERN_WORDS, word);
        let (first, shape) = (field(1) as usize, field(2));
        let past = (field(PATTERN_WORDS + 1) as usize).min(self.elements.len());
        Pattern {
            number: pattern,
            spelling: field(0),
            first,
            count: past.saturating_sub(first),
            runs: shape & 255,
            costs: Folds::from_bits((shape & !HAS_FRAGMENTS) >> COSTS_FROM),
            has_fragments: shape & HAS_FRAGMENTS != 0,
        }
    }

    /// How many patterns there are.
    pub(super) fn patterns(&self) -> usize {
        (self.patterns.len() / PATTERN_WORDS).saturating_sub(1)
    }

    /// The element of this number among those of all patterns.
    #[inline]
    pub(crate) fn element(&self, number: usize) -> Element {
        let kind = self.kind(number);
        let field = |word| self.kinds.field(kind, ELEMENT_WORDS, word);
        Element {
            word: field(0),
            character: field(1),
            class: field(2),
        }
    }

    #[inline]
    fn kind(&self, number: usize) -> usize {
        let low = self.elements.get(number).copied().map(u16::from_le_bytes);
        let page = self.pages.get(number).copied().unwrap_or(0);
        low.map_or(usize::MAX, |low| usize::from(page) << 16 | usize::from(low))
    }

    /// Whether the runs of a pattern are these of a text: two letters where it has two, and
    /// one or more where it has one.
    pub(crate) fn stands(&self, pattern: &Pattern, here: &[u16]) -> bool {
        let (mut runs, mut last) = (here.iter(), None);
        let mut run = 0;
        for number in pattern.first..pattern.first.saturating_add(pattern.count) {
            let element = self.element(number);
            if element.has(ElementFlags::GAP) {
                continue;
            }
            let class = narrow(element.class);
            if last == Some(class) {
                if run != class | REPEATED {
                    return false;
                }
                continue;
            }
            match runs.next() {
                Some(&next) if next & !REPEATED == class => run = next,
                Some(_) => return false,
                // The verifier reads what is beyond the most runs.
                None => return true,
            }
            last = Some(class);
        }
        runs.next().is_none()
    }

    /// Whether a part of a pattern is a common word: its first element and the one past it.
    pub(crate) fn is_fragment(&self, pattern: u32, part: u32) -> bool {
        let rows = self.fragments.len() / FRAGMENT_WORDS;
        let row = |at: usize| {
            let field = |word| self.fragments.field(at, FRAGMENT_WORDS, word);
            (field(0), field(1))
        };
        let (mut low, mut high) = (0, rows);
        while low < high {
            let middle = low + (high - low) / 2;
            match row(middle).cmp(&(pattern, part)) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        false
    }

    /// Whether every pattern has elements, and every element a kind.
    pub(super) fn validate_patterns(&self) -> Result<(), &'static str> {
        let elements = self.elements.len();
        let whole = self.patterns.len().is_multiple_of(PATTERN_WORDS)
            && self.kinds.len().is_multiple_of(ELEMENT_WORDS)
            && (self.pages.is_empty() || self.pages.len() == elements);
        if !whole {
            return Err("the patterns have the wrong length");
        }
        let kinds = self.kinds.len() / ELEMENT_WORDS;
        let most = self
            .elements
            .iter()
            .map(|low| u16::from_le_bytes(*low))
            .max();
        let known = match self.pages.is_empty() {
            true => most.is_none_or(|most| usize::from(most) < kinds),
            false => (0..elements).all(|number| self.kind(number) < kinds),
        };
        if !known {
            return Err("an element has an unknown kind");
        }
        let spellings = self.spellings();
        for number in 0..self.patterns() {
            let field = |word| self.patterns.field(number, PATTERN_WORDS, word);
            let (first, past) = (field(1), field(PATTERN_WORDS + 1));
            let inside = first < past && past as usize <= elements;
            if !(inside && field(2) & 255 > 0 && field(0) < spellings) {
                return Err("a pattern leads outside the index");
            }
        }
        Ok(())
    }
}

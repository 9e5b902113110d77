//! Patterns to the sections that hold them.
//!
//! In: patterns and their runs. Out: a record a pattern, its elements as the numbers of their
//! kinds, the kinds in the order in which they come, and the parts that are common words.

use interdict_matcher::Folds;
use interdict_matcher::text::{COSTS_FROM, ELEMENT_WORDS, HAS_FRAGMENTS};

use super::classes::Classes;
use super::fragments::fragments;
use super::patterns::Pattern;
use crate::fold::CheapMap;

/// The sections of the patterns.
#[derive(Default)]
pub(super) struct Records {
    pub(super) records: Vec<u32>,
    pub(super) elements: Vec<u16>,
    /// The upper bits of elements; empty where none has any.
    pub(super) pages: Vec<u8>,
    pub(super) kinds: Vec<u32>,
    pub(super) fragments: Vec<u32>,
}

/// The sections of patterns with these runs.
pub(super) fn write_patterns(
    patterns: &[Pattern],
    keys: &[Vec<u16>],
    classes: &Classes,
) -> Records {
    let mut out = Records::default();
    let mut numbers: CheapMap<u64, u32> = CheapMap::default();
    for ((pattern, key), number) in patterns.iter().zip(keys).zip(0..) {
        // Backwards and by its sound, a spelling may fall apart into words as well: `slip up` is no
        // `pupils`, and `bus hang` no 步上.
        let fragments = match (Folds::MIRROR | Folds::SOUND).contains(pattern.costs) {
            true => fragments(&pattern.elements),
            false => Vec::new(),
        };
        let has_fragments = if fragments.is_empty() {
            0
        } else {
            HAS_FRAGMENTS
        };
        out.records.extend([
            pattern.spelling,
            out.elements.len() as u32,
            key.len() as u32 | pattern.costs.bits() << COSTS_FROM | has_fragments,
        ]);
        let parts = fragments.into_iter().flat_map(|part| [number, part]);
        out.fragments.extend(parts);
        for element in &pattern.elements {
            let kinds = &mut out.kinds;
            let kind = *numbers.entry(element.kind_key()).or_insert_with(|| {
                kinds.extend(element.words(classes));
                (kinds.len() / ELEMENT_WORDS - 1) as u32
            });
            out.push(kind);
        }
    }
    // One record more ends the elements of the last pattern.
    out.records.extend([0, out.elements.len() as u32, 0]);
    out
}

impl Records {
    fn push(&mut self, kind: u32) {
        let page = (kind >> 16) as u8;
        if page != 0 {
            // Those before it are on page 0.
            self.pages.resize(self.elements.len(), 0);
        }
        if page != 0 || !self.pages.is_empty() {
            self.pages.push(page);
        }
        self.elements.push(kind as u16);
    }
}

#[cfg(test)]
mod tests {
    use interdict_matcher::Folds;
    use interdict_matcher::text::ScanScratch;

    use super::super::{Edges, SpellingSpec, build, place};

    #[test]
    fn more_kinds_than_half_a_word_counts_are_told_apart() {
        let characters = ('\u{4E00}'..='\u{9FFF}').chain('\u{AC00}'..='\u{D7A3}');
        let characters: Vec<char> = characters.chain('\u{20000}'..='\u{2A6DF}').collect();
        assert!(characters.len() > 1 << 16);
        let specs = characters.chunks(4).map(|text| SpellingSpec {
            text: text.iter().collect(),
            folds: Folds::EXACT,
            edges: Edges::Anywhere,
        });
        let specs: Vec<SpellingSpec> = specs.collect();
        let index = build(&specs);
        assert!(!index.sections[place("element-pages")].is_empty());
        index.view().validate().expect("sound");
        for number in (0..specs.len()).step_by(997).chain([specs.len() - 1]) {
            let (mut scratch, mut hits) = (ScanScratch::default(), Vec::new());
            let text = format!("一 {} 一", specs[number].text);
            index.view().scan(&text, &mut scratch, &mut hits);
            let found: Vec<usize> = hits.iter().map(|hit| hit.spelling as usize).collect();
            assert_eq!(found, [number], "{text}");
        }
    }
}

//! The runs around masked letters.
//!
//! In: the patterns whose letters may be masked. Out: a filter over the runs before each
//! letter that may be and two behind it, as they stand in a stream, which knows no mask; so
//! that a sign in ordinary text is passed over at once.

use interdict_matcher::text::{GramHash, MaskPrefix};

use super::classes::Classes;
use super::pattern::Element;

/// Bits of the filter for each context.
const FILTER_BITS: usize = 10;
/// Letters from one mask to a second that may change what is read behind the first.
const SECOND: usize = 4;

/// The filter.
pub(super) fn mask_contexts<'p>(
    patterns: impl Iterator<Item = &'p [Element]>,
    classes: &Classes,
) -> Vec<u64> {
    let mut found: Vec<GramHash> = Vec::new();
    for elements in patterns {
        let letters: Vec<Letter> = letters(elements, classes);
        for masked in 1..letters.len().saturating_sub(1) {
            found.push(context(&letters, masked, None));
            let second = masked + 1..(masked + 1 + SECOND).min(letters.len() - 1);
            found.extend(second.map(|second| context(&letters, masked, Some(second))));
        }
    }
    found.sort_unstable();
    found.dedup();
    let words = (found.len() * FILTER_BITS / 64).next_power_of_two();
    let mut filter = vec![0; words];
    for hash in found {
        filter[hash.word(words)] |= hash.bits();
    }
    filter
}

/// A letter of a pattern.
struct Letter {
    class: u16,
    /// A gap stands behind it.
    ends_word: bool,
}

fn letters(elements: &[Element], classes: &Classes) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(elements.len());
    for element in elements {
        match letters.last_mut() {
            Some(last) if element.gap => last.ends_word = true,
            _ => letters.push(Letter {
                class: classes.narrow_class(element.symbol),
                ends_word: false,
            }),
        }
    }
    letters
}

/// What a masked letter is looked up by when a second one may be masked too.
fn context(letters: &[Letter], masked: usize, second: Option<usize>) -> GramHash {
    let class = |at: usize| letters[at].class;
    let mut runs: Vec<u16> = (0..masked).map(class).collect();
    runs.dedup();
    let before = runs.len();
    let behind = (masked + 1..letters.len()).filter(|&at| Some(at) != second);
    runs.extend(behind.map(class));
    runs.dedup();
    let run = |at: usize| runs.get(at).copied().unwrap_or(0);
    let behind = [run(before), run(before + 1)];
    MaskPrefix::of(&runs[..before]).context(behind, letters[masked].ends_word)
}

//! The parts of a pattern that are common words, so that `hero in` is no split spelling.
//!
//! In: the elements of a pattern. Out: ranges of elements as words of the runtime's
//! `fragments` section.

use interdict_matcher::fold::Kind;

use super::english::{LONGEST, Search};
use super::pattern::Element;

/// Every range of elements that spells a common word: its first element in the upper
/// half, the one past it in the lower. Gaps at its ends belong to it, and so do those that need not be
/// there.
pub(super) fn fragments(elements: &[Element]) -> Vec<u32> {
    let mut out = Vec::new();
    for first in 0..elements.len().min(0xFFFF) {
        let mut word = String::new();
        let mut search = Search::default();
        for (at, element) in elements.iter().enumerate().skip(first) {
            let outer = word.is_empty() || at + 1 == elements.len();
            if element.gap && (outer || element.optional) {
                continue;
            }
            let letter = u8::try_from(element.symbol)
                .ok()
                .filter(u8::is_ascii_lowercase);
            let Some(letter) =
                letter.filter(|_| element.kind == Kind::Letter && word.len() < LONGEST)
            else {
                break;
            };
            word.push(char::from(letter));
            if !search.narrow(&word) {
                break;
            }
            // The whole pattern is no fragment of itself.
            if search.is_word(&word) && (first, at + 1) != (0, elements.len()) {
                out.push((first << 16 | (at + 1)) as u32);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::pattern::elements;
    use super::*;

    #[test]
    fn parts_that_are_words_are_listed() {
        let listed = fragments(&elements("heroin"));
        assert!(
            listed.contains(&(4)) && listed.contains(&(4 << 16 | 6)),
            "{listed:?}"
        );
    }

    #[test]
    fn a_gap_that_may_be_missing_parts_no_word() {
        let mut pinyin = elements("bu shang");
        assert!(!fragments(&pinyin).contains(&4), "`bus`");
        pinyin[2].optional = true;
        assert!(fragments(&pinyin).contains(&4));
    }
}

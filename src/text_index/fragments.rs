//! The parts of a pattern that are common words, so that `hero in` is no split spelling.
//!
//! In: the elements of a pattern. Out: ranges of elements as words of the runtime's
//! `fragments` section: of those that spell words, the ones of which the whole pattern can be
//! put together.

use interdict_matcher::fold::Kind;

use super::english::{LONGEST, Search};
use super::pattern::Element;

/// The ranges of elements that spell common words: its first element in the upper
/// half, the one past it in the lower. Gaps at its ends belong to it, and so do those that need not be
/// there. Words that leave a rest which is none part no spelling, and are left out.
pub(super) fn fragments(elements: &[Element]) -> Vec<u32> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let count = elements.len().min(0xFFFF);
    let mut ends = vec![false; count + 1];
    for first in 0..count {
        // Before it must stand words as well.
        if first > 0 && !ends[first] {
            continue;
        }
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
                out.push((first, at + 1));
                ends[(at + 1).min(count)] = true;
            }
        }
    }
    // And behind it.
    let mut begins = vec![false; elements.len() + 1];
    begins[elements.len()] = true;
    for &(first, past) in out.iter().rev() {
        begins[first] |= begins[past];
    }
    out.retain(|&(_, past)| begins[past]);
    let words = out.iter().map(|&(first, past)| (first << 16 | past) as u32);
    words.collect()
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
    fn words_that_leave_a_rest_are_left_out() {
        assert!(fragments(&elements("heroinx")).is_empty());
        assert!(fragments(&elements("zheroin")).is_empty());
    }

    #[test]
    fn a_gap_that_may_be_missing_parts_no_word() {
        let mut pinyin = elements("bu shang");
        assert!(!fragments(&pinyin).contains(&4), "`bus`");
        pinyin[2].optional = true;
        assert!(fragments(&pinyin).contains(&4));
    }
}

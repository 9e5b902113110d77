//! The parts of a pattern that are common words, so that `hero in` is no split spelling.
//!
//! In: the elements of a pattern. Out: ranges of elements as words of the runtime's
//! `fragments` section.

use interdict_matcher::fold::Kind;

use super::pattern::Element;

const WORDS: &str = include_str!("common_words.txt");

/// The longest word that is looked for.
const LONGEST: usize = 14;

/// Every range of elements that spells a common word: its first element in the upper
/// half, the one past it in the lower. Gaps at its ends belong to it.
pub(super) fn fragments(elements: &[Element]) -> Vec<u32> {
    let mut out = Vec::new();
    for first in 0..elements.len().min(0xFFFF) {
        let mut word = String::new();
        for (at, element) in elements.iter().enumerate().skip(first) {
            if element.gap && (word.is_empty() || at + 1 == elements.len()) {
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
            // The whole pattern is no fragment of itself.
            if is_common(&word) && (first, at + 1) != (0, elements.len()) {
                out.push((first << 16 | (at + 1)) as u32);
            }
        }
    }
    out
}

/// Whether a word stands in the list, by halving the list.
fn is_common(word: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = WORDS[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = WORDS[middle..]
            .find('\n')
            .map_or(WORDS.len(), |at| middle + at);
        let found = &WORDS[start..end];
        if found == word {
            return true;
        }
        if found < word {
            low = end + 1;
        } else {
            high = start;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::pattern::elements;
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found() {
        assert!(WORDS.lines().is_sorted());
        assert!(WORDS.lines().all(is_common));
        assert!(!is_common("xanax") && !is_common("") && !is_common("zzz"));
    }

    #[test]
    fn parts_that_are_words_are_listed() {
        let listed = fragments(&elements("heroin"));
        assert!(
            listed.contains(&(4)) && listed.contains(&(4 << 16 | 6)),
            "{listed:?}"
        );
    }
}

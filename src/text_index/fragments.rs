//! The parts of a pattern that are common words, so that `hero in` is no split spelling.
//!
//! In: the elements of a pattern. Out: ranges of elements as words of the runtime's
//! `fragments` section.

use std::ops::Range;
use std::sync::OnceLock;

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
        let mut lines = 0..0;
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
            if word.len() <= 2 {
                lines = lines_from(word.as_bytes());
            }
            // What starts with the longer word lies behind what starts with the shorter.
            lines.start = place(&word, lines.clone());
            if !WORDS[lines.start..].starts_with(&word) {
                break;
            }
            // The whole pattern is no fragment of itself.
            if is_line(&word, lines.start) && (first, at + 1) != (0, elements.len()) {
                out.push((first << 16 | (at + 1)) as u32);
            }
        }
    }
    out
}

/// Whether a word is common English.
pub(crate) fn is_common(word: &str) -> bool {
    is_line(word, place(word, 0..WORDS.len()))
}

/// One or two letters as a number; in their order.
fn slot(letters: &[u8]) -> usize {
    let number = |at: usize| {
        letters
            .get(at)
            .map_or(0, |letter| usize::from(letter - b'`'))
    };
    (number(0) * 27 + number(1)).min(SLOTS)
}

const SLOTS: usize = 27 * 27;

/// The part of the list that starts with one or two letters.
fn lines_from(letters: &[u8]) -> Range<usize> {
    static STARTS: OnceLock<Vec<usize>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let mut starts = Vec::with_capacity(SLOTS + 1);
        let mut at = 0;
        while let Some(rest) = WORDS.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.iter().position(|&byte| byte == b'\n');
            let length = length.unwrap_or(rest.len());
            let slot = slot(&rest[..length.min(2)]);
            starts.resize(starts.len().max(slot + 1), at);
            at = (at + length + 1).min(WORDS.len());
        }
        starts.resize(SLOTS + 1, at);
        starts
    });
    let slot = slot(letters);
    let next = if letters.len() == 1 { 27 } else { 1 };
    starts[slot]..starts[(slot + next).min(SLOTS)]
}

/// Where the first word in this part of the list starts that is not less than a word, by
/// halving.
fn place(word: &str, lines: Range<usize>) -> usize {
    let (mut low, mut high) = (lines.start, lines.end);
    while low < high {
        let middle = low + (high - low) / 2;
        let bytes = WORDS.as_bytes();
        let start = bytes[low..middle].iter().rposition(|&byte| byte == b'\n');
        let start = start.map_or(low, |at| low + at + 1);
        let end = bytes[middle..].iter().position(|&byte| byte == b'\n');
        let end = end.map_or(WORDS.len(), |at| middle + at);
        if &WORDS[start..end] < word {
            low = (end + 1).min(WORDS.len());
        } else {
            high = start;
        }
    }
    low
}

/// Whether the line of the list that starts here is this word.
fn is_line(word: &str, start: usize) -> bool {
    let rest = WORDS[start..].strip_prefix(word);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::super::pattern::elements;
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found() {
        assert!(WORDS.lines().is_sorted());
        assert!(WORDS.lines().all(is_common));
        assert!(WORDS.lines().all(|word| {
            let lines = lines_from(&word.as_bytes()[..word.len().min(2)]);
            word.bytes().all(|c| c.is_ascii_lowercase()) && is_line(word, place(word, lines))
        }));
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

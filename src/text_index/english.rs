//! The committed English words.
//!
//! In: `common_words.txt`, sorted; `frequent_words.txt`, its everyday words and then its common ones;
//! and `ordinary_words.txt`, sorted, which has others. Out: whether a text is a word, whether one
//! begins with it, how common a word is; and every ordinary word.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

const WORDS: &str = include_str!("common_words.txt");
const FREQUENT: &str = include_str!("frequent_words.txt");
/// Ordinary words that are not common.
const FURTHER_WORDS: &str = include_str!("ordinary_words.txt");

/// The longest word.
pub(super) const LONGEST: usize = 14;

/// Every word, in order.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.lines()
}

/// Every word, the common ones first, then all others that are ordinary.
pub(super) fn all_words() -> impl Iterator<Item = &'static str> {
    WORDS.lines().chain(FURTHER_WORDS.lines())
}

/// Whether a text is an ordinary word, common or not.
pub(crate) fn is_ordinary(text: &str) -> bool {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| all_words().collect());
    words.contains(text)
}

/// Whether a text of a to z is a word.
pub(crate) fn is_word(text: &str) -> bool {
    let mut search = Search::default();
    let letters = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    letters && (1..=text.len()).all(|end| search.narrow(&text[..end])) && search.is_word(text)
}

/// How many words are more common than this one, and one more. The list knows three degrees.
pub(super) fn rank(word: &str) -> u32 {
    static RANKS: OnceLock<(HashMap<&str, u32>, u32)> = OnceLock::new();
    let (ranks, last) = RANKS.get_or_init(|| {
        let mut ranks = HashMap::new();
        let mut first = 1;
        for part in FREQUENT.split("\n\n") {
            ranks.extend(part.lines().map(|word| (word, first)));
            first = ranks.len() as u32 + 1;
        }
        (ranks, first)
    });
    ranks.get(word).copied().unwrap_or(*last)
}

/// A search for a text that grows letter by letter, of a to z each.
#[derive(Default)]
pub(super) struct Search {
    lines: Range<usize>,
}

impl Search {
    /// Whether some word begins with the text, which is the last one with a letter more.
    pub(super) fn narrow(&mut self, text: &str) -> bool {
        if text.len() <= LETTERS {
            self.lines = lines_from(text.as_bytes());
            return !self.lines.is_empty();
        }
        // What starts with the longer word lies behind what starts with the shorter.
        self.lines.start = place(text, self.lines.clone());
        WORDS[self.lines.start..].starts_with(text)
    }

    /// Whether the text that was narrowed down to is a word.
    pub(super) fn is_word(&self, text: &str) -> bool {
        is_line(text, self.lines.start)
    }
}

/// Up to three letters as a number; in their order.
fn slot(letters: &[u8]) -> usize {
    let number = |at: usize| {
        letters
            .get(at)
            .map_or(0, |letter| usize::from(letter - b'`'))
    };
    (0..LETTERS)
        .fold(0, |slot, at| slot * 27 + number(at))
        .min(SLOTS)
}

/// By how many letters the list is cut into parts.
const LETTERS: usize = 3;
const SLOTS: usize = 27 * 27 * 27;

/// The part of the list that starts with up to three letters.
fn lines_from(letters: &[u8]) -> Range<usize> {
    static STARTS: OnceLock<Vec<usize>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let mut starts = Vec::with_capacity(SLOTS + 1);
        let mut at = 0;
        while let Some(rest) = WORDS.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.iter().position(|&byte| byte == b'\n');
            let length = length.unwrap_or(rest.len());
            let slot = slot(&rest[..length.min(LETTERS)]);
            starts.resize(starts.len().max(slot + 1), at);
            at = (at + length + 1).min(WORDS.len());
        }
        starts.resize(SLOTS + 1, at);
        starts
    });
    let slot = slot(letters);
    let next = 27_usize.pow(LETTERS.saturating_sub(letters.len()) as u32);
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
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_found() {
        assert!(WORDS.lines().is_sorted() && FURTHER_WORDS.lines().is_sorted());
        assert!(["a", "house", "swimmer"].into_iter().all(is_ordinary));
        assert!(!is_ordinary("xanax") && !is_ordinary("Swimmer") && !is_word("swimmer"));
        assert!(
            WORDS
                .lines()
                .all(|word| word.len() <= LONGEST && is_word(word))
        );
        for other in ["xanax", "", "zzz", "Word", "wör"] {
            assert!(!is_word(other), "{other}");
        }
    }

    #[test]
    fn frequent_words_are_words_in_two_degrees() {
        let parts: Vec<&str> = FREQUENT.split("\n\n").collect();
        assert_eq!(parts.len(), 2);
        for part in parts {
            assert!(part.lines().is_sorted() && part.lines().all(is_word));
        }
        let ranks = ["the", "abandon", "porticoes"].map(rank);
        assert!(
            ranks[0] == 1 && ranks[0] < ranks[1] && ranks[1] < ranks[2],
            "{ranks:?}"
        );
    }
}

//! The committed Han words with what they cost.
//!
//! In: `han_words.tsv`. Out: its words as numbers, sorted; read once.

use std::ops::Range;
use std::sync::OnceLock;

const DICTIONARY: &str = include_str!("han_words.tsv");

/// Bytes of the dictionary to a word, so that a guess holds all of them.
const BYTES: usize = 5;

/// The most that a common word costs.
const COMMON: u32 = 1500;

/// A word of up to four characters.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// Its symbols from the upper end on, 16 bits each, zeros behind, as one number.
    pub(super) key: u64,
    pub(super) length: u32,
    pub(super) cost: u32,
}

impl Word {
    /// Its symbols as `pack` has them.
    pub(super) fn packed(self) -> u64 {
        self.key >> (16 * (4 - self.length))
    }

    /// Its symbols.
    pub(super) fn symbols(self) -> impl Iterator<Item = u16> {
        (0..self.length).map(move |at| (self.key >> (48 - 16 * at)) as u16)
    }

    /// The word as a text.
    pub(super) fn text(self) -> String {
        let symbols = self.symbols().map(u32::from);
        symbols.filter_map(char::from_u32).collect()
    }

    /// How many words are more common than this one, and one more. Words of one character are not
    /// counted, because the dictionary holds few of them.
    pub(super) fn rank(self) -> u32 {
        static COSTS: OnceLock<Vec<u32>> = OnceLock::new();
        let costs = COSTS.get_or_init(|| {
            let several = words().iter().filter(|word| word.length > 1);
            let mut costs: Vec<u32> = several.map(|word| word.cost).collect();
            costs.sort_unstable();
            costs
        });
        costs.partition_point(|&cost| cost < self.cost) as u32 + 1
    }
}

/// The word of the dictionary that these symbols make.
pub(super) fn word(symbols: &[u16]) -> Option<Word> {
    let length = symbols.len();
    let key = (1..=4)
        .contains(&length)
        .then(|| pack(symbols) << (16 * (4 - length)))?;
    let place = words().binary_search_by_key(&key, |word| word.key);
    place.ok().map(|place| words()[place])
}

/// Up to four symbols as one number, the last one in the lowest 16 bits.
pub(super) fn pack(symbols: &[u16]) -> u64 {
    symbols
        .iter()
        .fold(0, |packed, &symbol| packed << 16 | u64::from(symbol))
}

/// Every word of the dictionary, sorted by key.
pub(super) fn words() -> &'static [Word] {
    static WORDS: OnceLock<Vec<Word>> = OnceLock::new();
    WORDS.get_or_init(|| read(DICTIONARY))
}

fn read(dictionary: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(dictionary.len() / BYTES);
    let comments = dictionary.split_inclusive('\n');
    let header: usize = comments
        .take_while(|line| line.starts_with('#'))
        .map(str::len)
        .sum();
    let (mut key, mut length) = (0, 0);
    for c in dictionary[header..].chars() {
        // A letter ends a word and says its cost, from 5 on in quarters.
        let step = match c {
            'a'..='z' => u32::from(c) - u32::from('a'),
            'A'..='Z' => u32::from(c) - u32::from('A') + 26,
            '\t' => continue,
            '\n' => {
                (key, length) = (0, 0);
                continue;
            }
            _ => {
                key |= u64::from(c) << (48 - 16 * length);
                length += 1;
                continue;
            }
        };
        words.push(Word {
            key,
            length,
            cost: 500 + 25 * step,
        });
        // The next word of the line starts with the same character.
        (key, length) = (key >> 48 << 48, 1);
    }
    words
}

/// The words that start with a symbol, by their places.
pub(super) fn words_from(first: u16) -> Range<usize> {
    static STARTS: OnceLock<Vec<u32>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let mut starts = vec![0; 0x1_0000 + 1];
        for word in words() {
            starts[(word.key >> 48) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        starts
    });
    let first = usize::from(first);
    starts[first] as usize..starts[first + 1] as usize
}

/// Gives the neighbours in every word, and whether the word is a common one; and the
/// commonest characters, each after a 0.
pub(super) fn each_pair(mut give: impl FnMut(u16, u16, bool)) {
    for word in words() {
        if word.length == 1 {
            give(0, word.packed() as u16, true);
        }
        for at in 1..word.length {
            let pair = word.key >> (48 - 16 * at);
            give((pair >> 16) as u16, pair as u16, word.cost <= COMMON);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_fit_their_keys() {
        let fits = |c: char| u32::from(c) < 0x1_0000;
        assert!(DICTIONARY.chars().all(fits));
        assert!(words().is_sorted_by(|one, next| one.key < next.key));
        for word in words() {
            assert!((1..=4).contains(&word.length) && word.packed() >> (16 * word.length - 16) > 0);
            assert!(word.symbols().all(|symbol| symbol > 0x7F));
        }
        let letters = DICTIONARY.lines().filter(|line| !line.starts_with('#'));
        let ends: usize = letters
            .map(|line| line.bytes().filter(u8::is_ascii_alphabetic).count())
            .sum();
        assert_eq!(ends, words().len());
    }
}

//! One edit: the tables by which it is found, and what the compiler and the runtime agree on.
//!
//! Two sequences of letters are one edit apart, neighbours changing places among them, when they
//! are alike once one letter at most is left out of either. So a spelling is filed under the keys of
//! its letters, whole and with each letter but the first left out, and a stretch of text is looked up
//! by the same keys. What is found is compared letter by letter.

use crate::words::Words;

/// Letters that a spelling has at least to be found with one edit.
pub const FEWEST_LETTERS: usize = 5;
/// Letters that it has at most.
pub const MOST_LETTERS: usize = 31;
/// Words that it has at most.
pub const MOST_WORDS: usize = 4;
/// Words to a key: the key · its pattern.
pub const KEY_WORDS: usize = 2;
/// Words to an ordinary word, six letters to a word.
pub const ORDINARY_WORDS: usize = 3;

/// Words of the sizes: the lengths of spellings, a bit each, by their words and first letter.
pub const SIZE_WORDS: usize = MOST_WORDS * FIRST_LETTERS;

/// First letters that are told apart.
const FIRST_LETTERS: usize = 32;
/// Letters to a word of an ordinary word's record, and bits to a letter.
const LETTERS: usize = 6;
const BITS: u32 = 5;

/// The base of the keys: odd, with bits all over.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Mixes a length into a key.
const LENGTH: u64 = 0xD6E8_FEB8_6659_FD93;

/// Gives the keys of a sequence of letters: whole, and without each letter but the first. Without
/// either of two neighbours that are alike it is the same, so one of them is enough. A sequence that
/// is longer than a spelling can be, an added letter and all, has no keys.
pub fn edit_keys(letters: &[u32], mut give: impl FnMut(u32)) {
    let mut starts = [0_u64; MOST_LETTERS + 2];
    if letters.len() > MOST_LETTERS + 1 {
        return;
    }
    let mut hash = 0_u64;
    for (&letter, start) in letters.iter().zip(starts.iter_mut().skip(1)) {
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1);
        *start = hash;
    }
    give(finish(hash, letters.len()));
    let mut power = 1_u64;
    for at in (1..letters.len()).rev() {
        if let (Some(before), Some(after)) = (starts.get(at), starts.get(at + 1))
            && (at == 1 || letters.get(at) != letters.get(at - 1))
        {
            let change = before.wrapping_sub(*after).wrapping_mul(power);
            give(finish(hash.wrapping_add(change), letters.len() - 1));
        }
        power = power.wrapping_mul(BASE);
    }
}

fn finish(hash: u64, length: usize) -> u32 {
    let mixed = (hash ^ (length as u64).wrapping_mul(LENGTH)).wrapping_mul(BASE);
    ((mixed ^ mixed >> 29).wrapping_mul(LENGTH) >> 32) as u32
}

/// Where the lengths of spellings stand that are of so many words and begin with a letter.
#[inline]
pub fn size_place(words: usize, first: u32) -> Option<usize> {
    let row = words.checked_sub(1).filter(|row| *row < MOST_WORDS)?;
    Some(row * FIRST_LETTERS + first as usize % FIRST_LETTERS)
}

/// The record of an ordinary word: none where it is not of a few letters from a to z.
pub fn ordinary_word(letters: impl Iterator<Item = u32>) -> Option<[u32; ORDINARY_WORDS]> {
    let mut record = [0; ORDINARY_WORDS];
    for (at, letter) in letters.enumerate() {
        let letter = letter
            .checked_sub(u32::from('a'))
            .filter(|place| *place < 26)?;
        let word = record.get_mut(at / LETTERS)?;
        *word |= (letter + 1) << (BITS * (LETTERS - 1 - at % LETTERS) as u32);
    }
    Some(record)
}

/// The tables, borrowed from an artifact. All of them are empty where no spelling is found with one
/// edit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Edits<'a> {
    sizes: Words<'a>,
    starts: Words<'a>,
    keys: Words<'a>,
    ordinary: Words<'a>,
}

impl<'a> Edits<'a> {
    /// A view on the four sections.
    pub(crate) fn new(
        sizes: &'a [u8],
        starts: &'a [u8],
        keys: &'a [u8],
        ordinary: &'a [u8],
    ) -> Edits<'a> {
        Edits {
            sizes: Words::new(sizes),
            starts: Words::new(starts),
            keys: Words::new(keys),
            ordinary: Words::new(ordinary),
        }
    }

    /// The tables without the ordinary words.
    pub(crate) fn credulous(self) -> Edits<'a> {
        Edits {
            ordinary: Words::default(),
            ..self
        }
    }

    /// Whether some spelling of so many words may begin with a letter and is as long as this, or one
    /// letter shorter or longer.
    #[inline]
    pub(crate) fn may_be(&self, words: usize, first: u32, letters: usize) -> bool {
        let near = 0b111_u64 << letters.min(MOST_LETTERS + 1) >> 1;
        let lengths = size_place(words, first).map_or(0, |place| self.sizes.get(place));
        u64::from(lengths) & near != 0
    }

    /// The patterns that are filed under a key.
    #[inline]
    pub(crate) fn patterns(self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        let buckets = self.starts.len().saturating_sub(1) as u32;
        let bucket = (key & buckets.wrapping_sub(1)) as usize;
        let keys = self.keys;
        let range = match buckets {
            0 => 0..0,
            _ => self.starts.get(bucket)..self.starts.get(bucket + 1).min(self.count()),
        };
        let field = move |at: u32, word| keys.field(at as usize, KEY_WORDS, word);
        range
            .filter(move |&at| field(at, 0) == key)
            .map(move |at| field(at, 1))
    }

    /// Whether a word of the text is ordinary, and no slip of a spelling.
    pub(crate) fn is_ordinary(&self, letters: impl Iterator<Item = u32>) -> bool {
        let Some(word) = ordinary_word(letters) else {
            return false;
        };
        let (mut low, mut high) = (0, self.ordinary.len() / ORDINARY_WORDS);
        while low < high {
            let middle = low + (high - low) / 2;
            let field = |at| self.ordinary.field(middle, ORDINARY_WORDS, at);
            match [field(0), field(1), field(2)] {
                found if found == word => return true,
                found if found < word => low = middle + 1,
                _ => high = middle,
            }
        }
        false
    }

    fn count(&self) -> u32 {
        (self.keys.len() / KEY_WORDS) as u32
    }

    /// Whether every bucket lies among the keys, and every key leads to a pattern below this.
    pub(crate) fn validate(&self, patterns: usize) -> Result<(), &'static str> {
        let buckets = self.starts.len().saturating_sub(1);
        let empty = [self.sizes, self.starts, self.keys, self.ordinary];
        if empty.iter().all(|section| section.is_empty()) {
            return Ok(());
        }
        let whole = self.sizes.len() == SIZE_WORDS
            && buckets.is_power_of_two()
            && self.keys.len().is_multiple_of(KEY_WORDS)
            && self.ordinary.len().is_multiple_of(ORDINARY_WORDS);
        let ascending = (0..buckets).all(|at| self.starts.get(at) <= self.starts.get(at + 1));
        let ends = (self.starts.get(0), self.starts.get(buckets)) == (0, self.count());
        if !(whole && ascending && ends) {
            return Err("the spellings with one edit have the wrong length");
        }
        let pattern = |at: u32| self.keys.field(at as usize, KEY_WORDS, 1) as usize;
        match (0..self.count()).all(|at| pattern(at) < patterns) {
            true => Ok(()),
            false => Err("an edit leads to an unknown pattern"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u32> {
        let letters: Vec<u32> = text.chars().map(u32::from).collect();
        let mut keys = Vec::new();
        edit_keys(&letters, |key| keys.push(key));
        keys
    }

    #[test]
    fn what_is_one_edit_apart_shares_a_key() {
        let share = |one: &str, other: &str| keys(one).iter().any(|key| keys(other).contains(key));
        for other in [
            "vigara", "vigra", "viaagra", "viaxgra", "vixgra", "viagr", "viagar",
        ] {
            assert!(share("viagra", other), "{other}");
        }
        for other in ["vgira", "argaiv", "viagrass", "xenon"] {
            assert!(!share("viagra", other), "{other}");
        }
        assert_eq!(keys("viagra").len(), 6);
        assert_eq!(keys("aaaa").len(), 2);
        assert!(keys(&"ab".repeat(16)).len() > 1 && keys(&"ab".repeat(17)).is_empty());
    }

    #[test]
    fn ordinary_words_keep_their_order() {
        let record = |text: &str| ordinary_word(text.chars().map(u32::from));
        let words = ["a", "ab", "b", "pistol", "pistols", "piston", "zymurgy"];
        assert!(words.map(record).is_sorted());
        assert_eq!(record("café"), None);
        assert_eq!(record(&"x".repeat(19)), None);
    }
}

//! Han words and what they cost, found by their first two symbols.
//!
//! In: symbols. Out: what the words cost that they begin with. A word stands in a bucket of its
//! first two symbols, beside the others that share them, so that a look-up reads two places
//! whatever the number of words.
//!
//! ```text
//! word buckets  1 word   where the words of a bucket start; a power of two from 256 on, and one more
//! words         2 words  third and fourth symbol, 16 bits each from the upper end, 0 for none
//!                        · cost, in steps of 25; bit 7: a spelling itself; from bit 8 on what
//!                          tells its first two symbols from all others of the bucket
//! ```

use crate::words::Words;

/// The most symbols of a word.
pub(super) const LONGEST_WORD: usize = 4;
/// The price of what is no word.
pub(super) const NO_WORD: u16 = u16::MAX;
/// Marks the price of a word that is a spelling itself.
pub(super) const OWN_WORD: u16 = 1 << 15;

/// Words to a record.
const RECORD: usize = 2;
/// Bits of a record that tell its first two symbols from others of the bucket.
const REST: u32 = 24;
/// The fewest buckets: with the rest they make out both symbols.
const FEWEST: usize = 1 << (32 - REST);
/// Han words to a bucket, on average at most.
const CROWD: usize = 4;
/// What a step of the cost is, in hundredths of the negative logarithm of a frequency.
const STEP: u32 = 25;
/// Where a record says that its word is a spelling itself; below it stands the cost.
const OWN: u32 = 1 << 7;

/// What the words cost that some symbols begin with, by their length from two on.
pub(super) type WordPrices = [u16; LONGEST_WORD - 1];

/// Han words, borrowed from an artifact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HanWords<'a> {
    buckets: Words<'a>,
    words: Words<'a>,
}

impl<'a> HanWords<'a> {
    /// A view on the two sections.
    pub(super) fn new(buckets: &'a [u8], words: &'a [u8]) -> HanWords<'a> {
        HanWords {
            buckets: Words::new(buckets),
            words: Words::new(words),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.words.is_empty()
    }

    /// What the words cost that these symbols begin with.
    #[inline]
    pub(super) fn prices(self, symbols: &[u32]) -> WordPrices {
        let mut prices = [NO_WORD; LONGEST_WORD - 1];
        // Symbols beyond the first plane are in no listed word.
        let symbol = |at: usize| symbols.get(at).and_then(|&one| u16::try_from(one).ok());
        let (Some(first), Some(second)) = (symbol(0), symbol(1)) else {
            return prices;
        };
        let third = symbol(2).map(|third| u32::from(third) << 16);
        let fourth = third.zip(symbol(3));
        let fourth = fourth.map(|(third, fourth)| third | u32::from(fourth));
        let mixed = mix(first, second);
        let bucket = bucket(mixed, self.buckets.len().saturating_sub(1));
        for word in self.buckets.get(bucket)..self.buckets.get(bucket + 1) {
            let shape = self.words.field(word as usize, RECORD, 1);
            if shape >> (32 - REST) != mixed & ((1 << REST) - 1) {
                continue;
            }
            let rest = self.words.field(word as usize, RECORD, 0);
            for (slot, here) in prices.iter_mut().zip([Some(0), third, fourth]) {
                if here == Some(rest) {
                    *slot = price(shape);
                }
            }
        }
        prices
    }

    /// Whether every bucket has its words.
    pub(super) fn validate(self) -> Result<(), &'static str> {
        let buckets = self.buckets.len().wrapping_sub(1);
        let words = self.words.len() / RECORD;
        let ascends = |at| self.buckets.get(at) <= self.buckets.get(at + 1);
        let whole = buckets.is_power_of_two() && buckets >= FEWEST && (0..buckets).all(ascends);
        match (whole && self.buckets.get(buckets) as usize == words) || self.is_nothing() {
            true => Ok(()),
            false => Err("the Han words have the wrong length"),
        }
    }

    fn is_nothing(self) -> bool {
        self.buckets.is_empty() && self.words.is_empty()
    }
}

/// The price of a record.
#[inline]
fn price(shape: u32) -> u16 {
    let own = if shape & OWN == 0 { 0 } else { OWN_WORD };
    ((shape & (OWN - 1)) * STEP) as u16 | own
}

/// Two symbols as a number that no other two have.
#[inline]
fn mix(first: u16, second: u16) -> u32 {
    // An odd factor loses nothing.
    (u32::from(first) << 16 | u32::from(second)).wrapping_mul(0x9E37_79B1)
}

/// The bucket of mixed symbols among `buckets`, a power of two of [`FEWEST`] or more.
#[inline]
fn bucket(mixed: u32, buckets: usize) -> usize {
    ((u64::from(mixed) * buckets as u64) >> 32) as usize
}

/// A Han word of two to four symbols, for the sections of an artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HanWord {
    /// Its symbols, zeros behind.
    pub symbols: [u16; LONGEST_WORD],
    /// What it costs, in hundredths of the negative logarithm of its frequency: a multiple of 25
    /// below 3,200.
    pub cost: u32,
    /// Whether it is a spelling itself.
    pub own: bool,
}

impl HanWord {
    /// The two sections, buckets and words, of these words.
    pub fn sections(mut words: Vec<HanWord>) -> [Vec<u32>; 2] {
        if words.is_empty() {
            return [Vec::new(), Vec::new()];
        }
        let buckets = (words.len() / CROWD).next_power_of_two().max(FEWEST);
        // By bucket, because that is the upper end of the mixed symbols.
        words.sort_unstable_by_key(|word| (word.mixed(), word.symbols));
        let past =
            |number: usize| words.partition_point(|word| bucket(word.mixed(), buckets) < number);
        let starts = (0..=buckets).map(|number| past(number) as u32).collect();
        [starts, words.iter().flat_map(HanWord::record).collect()]
    }

    fn mixed(&self) -> u32 {
        mix(self.symbols[0], self.symbols[1])
    }

    fn record(&self) -> [u32; RECORD] {
        let own = if self.own { OWN } else { 0 };
        let [.., third, fourth] = self.symbols;
        [
            u32::from(third) << 16 | u32::from(fourth),
            self.mixed() << (32 - REST) | own | (self.cost / STEP),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// The word of these symbols.
    fn word(symbols: &[u16], cost: u32, own: bool) -> HanWord {
        let mut word = HanWord {
            symbols: [0; LONGEST_WORD],
            cost,
            own,
        };
        word.symbols[..symbols.len()].copy_from_slice(symbols);
        word
    }

    #[test]
    fn words_are_found_by_all_their_symbols() {
        let mut words = vec![
            word(&[1, 2], 500, false),
            word(&[1, 2, 3], 525, true),
            word(&[1, 2, 3, 4], 1775, false),
            word(&[1, 3, 3], 550, false),
        ];
        // Many that share their second symbol, so that buckets have several.
        words.extend((100..5_000).map(|first| word(&[first, 2], 600, false)));
        let [buckets, words] = HanWord::sections(words);
        let (buckets, words) = (bytes(&buckets), bytes(&words));
        let han = HanWords::new(&buckets, &words);
        assert_eq!(han.validate(), Ok(()));
        assert_eq!(han.prices(&[1, 2, 3, 4]), [500, 525 | OWN_WORD, 1775]);
        assert_eq!(han.prices(&[1, 2, 3]), [500, 525 | OWN_WORD, NO_WORD]);
        assert_eq!(han.prices(&[1, 2, 4, 4]), [500, NO_WORD, NO_WORD]);
        assert_eq!(han.prices(&[1, 3, 3, 4]), [NO_WORD, 550, NO_WORD]);
        assert_eq!(han.prices(&[1, 2, 0x2_0003]), [500, NO_WORD, NO_WORD]);
        assert!((100..5_000).all(|first| han.prices(&[first, 2]) == [600, NO_WORD, NO_WORD]));
        assert!((100..5_000).all(|first| han.prices(&[first, 3]) == [NO_WORD; 3]));
        assert!(HanWords::new(&buckets, &words[8..]).validate().is_err());
        assert!(HanWords::new(&buckets[4..], &words).validate().is_err());
        assert!(HanWords::new(&[], &words).validate().is_err());
    }
}

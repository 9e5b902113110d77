//! Runs to candidates: grams of one to four classes, each looked up by itself.
//!
//! In: the classes of a stream. Out: the patterns whose runs stand there. Every pattern is
//! listed under one gram of its own, its *anchor*, the rarest that it has; a filter tells
//! at once that almost every gram of a text is nobody's anchor. Unlike the states of an
//! automaton, the looks-up do not wait for each other.
//!
//! ```text
//! leads    a byte             lengths of the grams that begin with two classes; a power of two
//! filter   2 words            64 bits, two of which each anchor sets; a power of two of them
//! buckets  1 word             where the anchors of a bucket start; a power of two, and one more
//! anchors  3 words            pattern · first key · runs before the gram, runs, mark of the gram
//! keys     half a word        classes of the runs of patterns
//! ```

use super::stream::{GRAM, Stream};
use super::tables::MAX_RUNS;
use crate::words::Words;

/// Words to an anchor.
pub const ANCHOR_WORDS: usize = 3;
/// The most anchors in a bucket; patterns beyond them are found by the automaton, so that
/// no text costs more than a bounded number of comparisons a run.
pub const BUCKET: usize = 24;

/// What a gram is looked up by. Short grams have classes 0 at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GramHash(u64);

impl GramHash {
    /// The hash of up to four classes, the first in the lowest 16 bits.
    #[inline]
    pub fn of(gram: u64) -> GramHash {
        // The upper classes would reach the upper bits alone.
        GramHash((gram ^ gram >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Its word among `words` words of the filter, a power of two.
    #[inline]
    pub fn word(self, words: usize) -> usize {
        (self.0 >> 44) as usize & words.wrapping_sub(1)
    }

    /// The bits of the word that its anchor sets.
    #[inline]
    pub fn bits(self) -> u64 {
        1 << (self.0 >> 32 & 63) | 1 << (self.0 >> 38 & 63)
    }

    /// Whether the bits of its anchor are set in a word of the filter.
    #[inline]
    pub(crate) fn is_in(self, word: u64) -> bool {
        word >> (self.0 >> 32 & 63) & word >> (self.0 >> 38 & 63) & 1 == 1
    }

    /// Its bucket among `buckets`, a power of two.
    #[inline]
    pub fn bucket(self, buckets: usize) -> usize {
        (self.0 >> 24) as usize & buckets.wrapping_sub(1)
    }

    /// What tells it from most others of its bucket.
    #[inline]
    pub fn mark(self) -> u32 {
        (self.0 >> 48) as u32
    }
}

/// A gram as one number; classes past the fourth do not count.
#[inline]
pub fn gram(classes: &[u16]) -> u64 {
    let mut gram = 0;
    for (at, &class) in classes.iter().take(GRAM).enumerate() {
        gram |= u64::from(class) << (16 * at);
    }
    gram
}

/// The place of the first two classes of a gram among `places`, a power of two.
#[inline]
pub fn lead(gram: u64, places: usize) -> usize {
    ((gram & 0xFFFF_FFFF).wrapping_mul(0x9E37_79B1) >> 12) as usize & places.wrapping_sub(1)
}

/// The anchors of all patterns, borrowed from an artifact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Grams<'a> {
    leads: &'a [u8],
    filter: &'a [[u8; 8]],
    buckets: Words<'a>,
    anchors: Words<'a>,
    keys: &'a [[u8; 2]],
}

/// A pattern whose runs stand in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) pattern: u32,
    /// Its first run.
    pub(crate) first: usize,
}

impl<'a> Grams<'a> {
    /// A view on the five sections.
    pub(crate) fn new(
        leads: &'a [u8],
        filter: &'a [u8],
        buckets: &'a [u8],
        anchors: &'a [u8],
        keys: &'a [u8],
    ) -> Grams<'a> {
        Grams {
            leads,
            filter: filter.as_chunks().0,
            buckets: Words::new(buckets),
            anchors: Words::new(anchors),
            keys: keys.as_chunks().0,
        }
    }

    /// Calls `found` for every pattern that is anchored in these runs. `lengths` has a bit
    /// for each length of a gram, from one class on.
    pub(crate) fn find(
        &self,
        stream: &Stream,
        runs: std::ops::Range<usize>,
        lengths: u32,
        mut found: impl FnMut(Found),
    ) {
        let classes = stream.classes();
        // The lengths are constants in the loop, which runs once for each letter of a text.
        macro_rules! find_lengths {
            ($($lengths:literal)*) => {
                match lengths {
                    $($lengths => self.find_lengths::<$lengths>(classes, runs, &mut found),)*
                    _ => {}
                }
            };
        }
        find_lengths!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    }

    fn find_lengths<const LENGTHS: u32>(
        &self,
        classes: &[u16],
        runs: std::ops::Range<usize>,
        found: &mut impl FnMut(Found),
    ) {
        let end = (runs.end + GRAM - 1).min(classes.len());
        let Some((head, rest)) = classes
            .get(runs.start..end)
            .and_then(<[u16]>::split_first_chunk::<{ GRAM - 1 }>)
        else {
            return;
        };
        let leads = self.leads;
        // The first gram comes in with its last class.
        let mut all = gram(head) << 16;
        for (at, &class) in rest.iter().enumerate() {
            all = all >> 16 | u64::from(class) << 48;
            let lengths = leads.get(lead(all, leads.len())).copied().unwrap_or(0);
            let mut held = |gram: u64| {
                let hash = GramHash::of(gram);
                if self.may_hold(hash) {
                    self.bucket(classes, runs.start + at, hash, found);
                }
            };
            if LENGTHS & 1 != 0 {
                held(all & 0xFFFF);
            }
            if lengths == 0 {
                continue;
            }
            if LENGTHS & 2 != 0 && lengths & 2 != 0 {
                held(all & 0xFFFF_FFFF);
            }
            if LENGTHS & 4 != 0 && lengths & 4 != 0 {
                held(all & 0xFFFF_FFFF_FFFF);
            }
            if LENGTHS & 8 != 0 && lengths & 8 != 0 {
                held(all);
            }
        }
    }

    #[inline(always)]
    fn may_hold(&self, hash: GramHash) -> bool {
        let word = self.filter.get(hash.word(self.filter.len()));
        word.is_some_and(|word| hash.is_in(u64::from_le_bytes(*word)))
    }

    /// The anchors of a bucket, each held against the runs around its gram.
    #[inline(never)]
    fn bucket(&self, classes: &[u16], run: usize, hash: GramHash, found: &mut impl FnMut(Found)) {
        let bucket = hash.bucket(self.buckets.len() - 1);
        let first = self.buckets.get(bucket) as usize;
        let end = self.buckets.get(bucket + 1) as usize;
        for anchor in first..end {
            let shape = self.anchors.field(anchor, ANCHOR_WORDS, 2);
            if shape >> 16 != hash.mark() {
                continue;
            }
            let Some(start) = run.checked_sub((shape & 255) as usize) else {
                continue;
            };
            let length = (shape >> 8 & 255) as usize;
            let key = self.anchors.field(anchor, ANCHOR_WORDS, 1) as usize;
            let key = self.keys.get(key..key.saturating_add(length));
            let here = classes.get(start..start + length);
            let same = key.zip(here).is_some_and(|(key, here)| {
                let key = key.iter().map(|class| u16::from_le_bytes(*class));
                key.eq(here.iter().copied())
            });
            if same {
                let pattern = self.anchors.field(anchor, ANCHOR_WORDS, 0);
                found(Found {
                    pattern,
                    first: start,
                });
            }
        }
    }

    /// Whether every anchor has a key and one of `patterns` patterns.
    pub(crate) fn validate(&self, patterns: usize) -> Result<(), &'static str> {
        let buckets = self.buckets.len().wrapping_sub(1);
        let lengths = [self.leads.len(), self.filter.len(), buckets];
        if !lengths.iter().all(|length| length.is_power_of_two()) {
            return Err("the leads, the filter or the buckets have the wrong length");
        }
        let anchors = self.anchors.len() / ANCHOR_WORDS;
        let ascends = |at: usize| {
            let (start, end) = (self.buckets.get(at), self.buckets.get(at + 1));
            start <= end && end as usize <= anchors && (end - start) as usize <= BUCKET
        };
        if !(0..buckets).all(ascends) {
            return Err("a bucket of grams is none");
        }
        for anchor in 0..anchors {
            let field = |word| self.anchors.field(anchor, ANCHOR_WORDS, word) as usize;
            let (before, length) = (field(2) & 255, field(2) >> 8 & 255);
            let inside = field(1).saturating_add(length) <= self.keys.len();
            if !(inside && before < length && length <= MAX_RUNS && field(0) < patterns) {
                return Err("an anchor leads outside the index");
            }
        }
        Ok(())
    }
}

//! Runs to candidates: grams of one to eight classes, each looked up by itself.
//!
//! In: the classes of a stream. Out: the patterns whose runs stand there. Every pattern is
//! listed under one gram of its own, its *anchor*; a filter tells at once that almost every
//! gram of a text is nobody's anchor. Unlike the states of an automaton, the looks-up do not
//! wait for each other.
//!
//! There are two such tables. A pattern that must begin with a word is anchored by its first
//! runs, and a text is asked for it only where words begin. All others are anchored by the
//! rarest gram that they have, and a text is asked for it wherever its first class stands.
//!
//! ```text
//! leads    a byte             lengths of the grams that begin so; a power of two
//! filter   2 words            64 bits, two of which each anchor sets; a power of two of them
//! buckets  1 word             where the anchors of a bucket start; a power of two, and one more
//! anchors  2 words            pattern · a byte each: runs before the gram, runs, mark of the gram, print of the runs
//! ```

use crate::words::Words;

/// Words to an anchor.
pub const ANCHOR_WORDS: usize = 2;
/// The most anchors in a bucket; patterns beyond them are found by the automaton, so that
/// no text costs more than a bounded number of comparisons a run.
pub const BUCKET: usize = 24;
/// Classes to the longest gram.
pub(super) const GRAM: usize = 8;
/// The lengths that grams may have.
pub const GRAM_LENGTHS: [usize; 6] = [1, 2, 3, 4, 6, GRAM];
/// Classes by which grams of words' beginnings are told apart first.
pub const HEAD_LEAD: usize = 3;
/// Classes by which all other grams are: most of them are pairs of Han.
pub const LEAD: usize = 2;

/// The mark of a run of more than one letter, beside its class. A pattern with two letters
/// side by side is no candidate where a text has one: `to` is no `too`.
pub const REPEATED: u16 = 1 << 15;

/// Up to eight classes as one number; behind them all bits are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gram(u128);

impl Gram {
    /// The gram of these classes, without their marks; those past the eighth do not count.
    #[inline]
    pub fn of(classes: &[u16]) -> Gram {
        let classes = classes.iter().take(GRAM).rev();
        Gram(classes.fold(0, |gram, &class| gram << 16 | u128::from(class & !REPEATED)))
    }

    /// The gram of four classes, without their marks.
    #[inline(always)]
    fn of_four(classes: [u16; 4]) -> Gram {
        Gram(u128::from(four(classes)))
    }

    /// The gram of eight classes, without their marks.
    #[inline(always)]
    fn of_eight([a, b, c, d, e, f, g, h]: [u16; GRAM]) -> Gram {
        let (low, high) = (four([a, b, c, d]), four([e, f, g, h]));
        Gram(u128::from(low) | u128::from(high) << 64)
    }

    /// Its first classes, as many as this one of [`GRAM_LENGTHS`].
    #[inline]
    pub fn of_length(self, length: usize) -> Gram {
        const MASKS: [u128; GRAM_LENGTHS.len()] = {
            let mut masks = [u128::MAX; GRAM_LENGTHS.len()];
            let mut at = 0;
            while at < masks.len() {
                masks[at] = u128::MAX >> (128 - 16 * GRAM_LENGTHS[at]);
                at += 1;
            }
            masks
        };
        Gram(self.0 & MASKS.get(length).copied().unwrap_or(u128::MAX))
    }

    /// The place of its first classes, three at most, among `places`, a power of two.
    #[inline]
    pub fn lead(self, classes: usize, places: usize) -> usize {
        let first = self.0 as u64 & ((1 << (16 * classes)) - 1);
        (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44) as usize & places.wrapping_sub(1)
    }

    /// What it is looked up by.
    #[inline]
    pub fn hash(self) -> GramHash {
        let high = ((self.0 >> 64) as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        GramHash::of(self.0 as u64 ^ high.rotate_left(32))
    }
}

/// Four classes side by side, without their marks.
#[inline(always)]
fn four([a, b, c, d]: [u16; 4]) -> u64 {
    let four = u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48;
    four & !(0x0001_0001_0001_0001 * REPEATED as u64)
}

/// What a gram is looked up by.
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
        (self.0 >> 56) as u32
    }
}

/// A byte that tells the runs of a pattern from most others with its gram, without their marks.
/// Where a text has the same, the pattern itself is read.
#[inline]
pub fn print_of(runs: &[u16]) -> u32 {
    let mix = |print: u64, &run: &u16| {
        (print.rotate_left(7) ^ u64::from(run & !REPEATED)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    };
    (runs.iter().fold(0, mix) >> 56) as u32
}

/// The anchors of patterns, borrowed from an artifact. So many classes tell grams apart first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Grams<'a, const LEAD: usize> {
    leads: &'a [u8],
    filter: &'a [[u8; 8]],
    buckets: Words<'a>,
    anchors: Words<'a>,
    /// A bit for each of the lengths that its grams have.
    lengths: u32,
}

/// What is left of the runs of a stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieve {
    /// Runs, and in the low byte a bit for each of the lengths of grams.
    leads: Vec<u32>,
    /// Runs, and in the low byte a length.
    lengths: Vec<u32>,
    /// Runs, and the grams that begin there.
    grams: Vec<(u32, GramHash)>,
    /// How many count of those that were sifted last.
    kept: usize,
}

impl Sieve {
    /// Makes room for so many runs.
    pub(crate) fn reserve(&mut self, runs: usize) {
        if self.leads.len() < runs {
            let runs = runs.next_power_of_two();
            self.leads.resize(runs, 0);
            self.lengths.resize((runs + 1) * GRAM_LENGTHS.len(), 0);
            self.grams
                .resize(runs * GRAM_LENGTHS.len(), (0, GramHash(0)));
        }
    }
}

/// The lengths of a lead, each by itself. Gives back how many.
#[inline(always)]
fn spread(lead: u32, slots: &mut [u32; GRAM_LENGTHS.len()]) -> usize {
    let mut count = 0;
    for length in 0..GRAM_LENGTHS.len() {
        slots[count] = lead & !255 | length as u32;
        // The last of them leads behind the slots only when all were taken.
        count += (lead >> length & 1) as usize;
    }
    count
}

/// A pattern whose runs seem to stand in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) pattern: u32,
    /// Its first run.
    pub(crate) first: usize,
}

impl<'a, const LEAD: usize> Grams<'a, LEAD> {
    /// A view on the four sections. `lengths` has a bit for each of the lengths of its grams.
    pub(crate) fn new(sections: [&'a [u8]; 4], lengths: u32) -> Self {
        let [leads, filter, buckets, anchors] = sections;
        Grams {
            leads,
            filter: filter.as_chunks().0,
            buckets: Words::new(buckets),
            anchors: Words::new(anchors),
            lengths,
        }
    }

    /// Keeps those of the runs in which a gram may begin that is somebody's anchor, and which
    /// lengths it may have. No run waits for another, and none is branched on.
    #[inline]
    pub(crate) fn sift_leads(
        &self,
        classes: &[u16],
        runs: impl Iterator<Item = usize>,
        out: &mut Sieve,
    ) {
        let shorter: [bool; LEAD] = std::array::from_fn(|at| self.lengths >> at & 1 == 1);
        let mut kept = 0;
        for run in runs {
            let Some(ahead) = classes.get(run..).and_then(<[u16]>::first_chunk::<4>) else {
                break;
            };
            let gram = Gram::of_four(*ahead);
            let lead = |classes: usize| {
                let at = gram.lead(classes, self.leads.len());
                u32::from(self.leads.get(at).copied().unwrap_or(0))
            };
            let mut lengths = lead(LEAD);
            // Shorter grams are all told by themselves.
            for classes in 1..LEAD {
                if shorter[classes - 1] {
                    lengths |= lead(classes);
                }
            }
            lengths &= self.lengths;
            if let Some(slot) = out.leads.get_mut(kept) {
                *slot = (run as u32) << 8 | lengths;
            }
            kept += usize::from(lengths != 0);
        }
        out.kept = kept;
    }

    /// Keeps those grams that the filter knows.
    #[inline]
    pub(crate) fn sift_grams(&self, classes: &[u16], sieve: &mut Sieve) {
        // Each length that a gram may have by itself.
        let Sieve {
            leads,
            lengths,
            grams,
            kept,
        } = sieve;
        let mut count = 0;
        for &lead in leads.get(..*kept).unwrap_or(&[]) {
            let Some(slots) = lengths.get_mut(count..).and_then(<[u32]>::first_chunk_mut) else {
                break;
            };
            count += spread(lead, slots);
        }
        let mut known = 0;
        for &one in lengths.get(..count).unwrap_or(&[]) {
            let run = (one >> 8) as usize;
            let Some(ahead) = classes.get(run..).and_then(<[u16]>::first_chunk::<GRAM>) else {
                break;
            };
            let hash = Gram::of_eight(*ahead)
                .of_length((one & 255) as usize)
                .hash();
            if let Some(slot) = grams.get_mut(known) {
                *slot = (run as u32, hash);
            }
            known += usize::from(self.may_hold(hash));
        }
        *kept = known;
    }

    /// Calls `found` for every pattern that seems to be anchored in one of the grams.
    #[inline]
    pub(crate) fn find(&self, classes: &[u16], sieve: &Sieve, mut found: impl FnMut(Found)) {
        for &(run, hash) in sieve.grams.get(..sieve.kept).unwrap_or(&[]) {
            self.bucket(classes, run as usize, hash, &mut found);
        }
    }

    #[inline(always)]
    fn may_hold(&self, hash: GramHash) -> bool {
        let word = self.filter.get(hash.word(self.filter.len()));
        word.is_some_and(|word| hash.is_in(u64::from_le_bytes(*word)))
    }

    /// The anchors of a bucket, each held against the print of the runs around its gram.
    #[inline(never)]
    fn bucket(&self, classes: &[u16], run: usize, hash: GramHash, found: &mut impl FnMut(Found)) {
        let bucket = hash.bucket(self.buckets.len().saturating_sub(1));
        let first = self.buckets.get(bucket) as usize;
        let end = self.buckets.get(bucket + 1) as usize;
        for anchor in first..end.min(first + BUCKET) {
            let shape = self.anchors.field(anchor, ANCHOR_WORDS, 1);
            let [before, length, mark, print] = shape.to_le_bytes();
            if u32::from(mark) != hash.mark() {
                continue;
            }
            let Some(start) = run.checked_sub(before.into()) else {
                continue;
            };
            let here = classes.get(start..start + usize::from(length));
            if here.is_some_and(|here| print_of(here) == u32::from(print)) {
                let pattern = self.anchors.field(anchor, ANCHOR_WORDS, 0);
                found(Found {
                    pattern,
                    first: start,
                });
            }
        }
    }

    /// Whether every anchor has one of `patterns` patterns.
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
            let (before, length) = (field(1) & 255, field(1) >> 8 & 255);
            if before >= length || field(0) >= patterns {
                return Err("an anchor leads outside the index");
            }
        }
        Ok(())
    }
}

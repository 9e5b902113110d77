//! Patterns to anchors: the gram that each pattern is looked up by.
//!
//! In: the runs of patterns. Out: the gram sections, as the runtime's `text::grams` draws
//! them, and the patterns that found no place: those without one among the heads are looked
//! for by their rarest grams, and what has none there is left to the automaton.

use interdict_matcher::text::{
    ANCHOR_WORDS, BUCKET, GRAM_LENGTHS, Gram, GramHash, HEAD_LEAD, LEAD, REPEATED, print_of,
};

use super::rarity::Rarity;

/// Two classes as rare as this are enough, in 256ths of a bit: most pairs of Han.
const RARE_PAIR: u32 = 17 << 8;
/// Bits of the filter for each anchor.
const FILTER_BITS: usize = 16;
/// The fewest words of the filter.
const FEWEST_WORDS: usize = 64;
/// The longest gram that is looked for anywhere: each length costs every text a look.
const LONGEST: usize = 4;

/// The sections of the grams.
pub(super) struct Grams {
    pub(super) leads: Vec<u8>,
    pub(super) filter: Vec<u64>,
    pub(super) buckets: Vec<u32>,
    pub(super) anchors: Vec<u32>,
    /// The lengths of the grams, a bit for each.
    pub(super) lengths: u32,
    /// Whether grams begin with a class.
    pub(super) firsts: Vec<bool>,
    /// Patterns whose grams are all in full buckets.
    pub(super) left: Vec<u32>,
}

/// How patterns are anchored.
pub(super) enum Anchoring<'a> {
    /// By their first runs.
    Heads,
    /// By the rarest gram.
    Rarest(&'a Rarity),
}

/// How many leads there are for so many patterns: few enough to stay near the processor.
fn leads_for(patterns: usize) -> usize {
    (patterns * 4).next_power_of_two().clamp(1 << 10, 1 << 16)
}

/// A pattern under its gram.
struct Anchor {
    bucket: usize,
    pattern: u32,
    before: usize,
    hash: GramHash,
}

impl Grams {
    /// Anchors for these patterns by their runs; patterns without runs get none. A bucket
    /// holds at most `room` of them.
    pub(super) fn of(
        patterns: &[u32],
        keys: &[Vec<u16>],
        anchoring: &Anchoring<'_>,
        room: usize,
    ) -> Grams {
        let buckets = patterns.len().div_ceil(2).next_power_of_two();
        let words = (patterns.len() * FILTER_BITS / 64)
            .next_power_of_two()
            .max(FEWEST_WORDS);
        let mut out = Grams {
            leads: vec![0; leads_for(patterns.len())],
            filter: vec![0; words],
            buckets: Vec::new(),
            anchors: Vec::new(),
            lengths: 0,
            firsts: vec![false; 1 << 16],
            left: Vec::new(),
        };
        let mut taken = vec![0; buckets];
        let mut anchors = Vec::with_capacity(patterns.len());
        let key = |pattern: u32| &keys[pattern as usize];
        // Short patterns have little choice, and choose first.
        let mut order: Vec<u32> = patterns.to_vec();
        order.retain(|&pattern| !key(pattern).is_empty());
        order.sort_by_key(|&pattern| (key(pattern).len().min(LONGEST), pattern));
        for pattern in order {
            let key = key(pattern);
            let free = |before: usize, length: usize| {
                let hash = Gram::of(&key[before..before + GRAM_LENGTHS[length]]).hash();
                let bucket = hash.bucket(buckets);
                (taken[bucket] < room.min(BUCKET)).then_some((bucket, hash))
            };
            let found = anchoring
                .windows(key)
                .into_iter()
                .find_map(|(before, length)| Some((before, length, free(before, length)?)));
            let Some((before, length, (bucket, hash))) = found else {
                out.left.push(pattern);
                continue;
            };
            taken[bucket] += 1;
            out.tell(&key[before..], length, hash, anchoring.lead());
            anchors.push(Anchor {
                bucket,
                pattern,
                before,
                hash,
            });
        }
        out.left.sort_unstable();
        anchors.sort_by_key(|anchor| (anchor.bucket, anchor.pattern));
        out.write(&anchors, keys, buckets);
        out
    }

    /// Lets the leads and the filter know of the gram that a key begins with.
    fn tell(&mut self, key: &[u16], length: usize, hash: GramHash, lead: usize) {
        self.lengths |= 1 << length;
        self.firsts[usize::from(key[0] & !REPEATED)] = true;
        let classes = GRAM_LENGTHS[length].min(lead);
        let place = Gram::of(&key[..classes]).lead(classes, self.leads.len());
        self.leads[place] |= 1 << length;
        let word = hash.word(self.filter.len());
        self.filter[word] |= hash.bits();
    }

    fn write(&mut self, anchors: &[Anchor], keys: &[Vec<u16>], buckets: usize) {
        for anchor in anchors {
            let key = &keys[anchor.pattern as usize];
            while self.buckets.len() <= anchor.bucket {
                self.buckets
                    .push((self.anchors.len() / ANCHOR_WORDS) as u32);
            }
            let shape = anchor.before as u32
                | (key.len() as u32) << 8
                | anchor.hash.mark() << 16
                | print_of(key) << 24;
            self.anchors.extend([anchor.pattern, shape]);
        }
        self.buckets
            .resize(buckets + 1, (self.anchors.len() / ANCHOR_WORDS) as u32);
    }
}

impl Anchoring<'_> {
    /// Classes by which grams are told apart first.
    fn lead(&self) -> usize {
        match self {
            Anchoring::Heads => HEAD_LEAD,
            Anchoring::Rarest(_) => LEAD,
        }
    }

    /// The windows of a key that may be its anchor, the best first: where each begins, and
    /// which of the lengths it has.
    fn windows(&self, key: &[u16]) -> Vec<(usize, usize)> {
        match self {
            // The longest tells the most.
            Anchoring::Heads => lengths_up_to(key.len()).rev().map(|at| (0, at)).collect(),
            Anchoring::Rarest(rarity) => rarest(key, rarity),
        }
    }
}

/// Which of the lengths are at most this.
fn lengths_up_to(most: usize) -> std::ops::Range<usize> {
    0..GRAM_LENGTHS.partition_point(|&length| length <= most)
}

/// The windows of a key, the rarest first. Two rare classes are better than four, because
/// all texts are asked for few lengths.
fn rarest(key: &[u16], rarity: &Rarity) -> Vec<(usize, usize)> {
    let classes: Vec<u16> = key.iter().map(|class| class & !REPEATED).collect();
    let ranked = |length: usize| {
        let windows = classes.windows(GRAM_LENGTHS[length]).enumerate();
        let mut ranked: Vec<(u32, usize)> = windows
            .map(|(before, window)| (rarity.rarity(window), before))
            .collect();
        ranked.sort_by_key(|&(rarity, before)| (std::cmp::Reverse(rarity), before));
        ranked.into_iter()
    };
    let pair = lengths_up_to(2).end - 1;
    let longest = lengths_up_to(key.len().min(LONGEST)).end - 1;
    let rare = ranked(pair).filter(|&(rarity, _)| rarity >= RARE_PAIR);
    rare.map(|(_, before)| (before, pair))
        .chain(ranked(longest).map(|(_, before)| (before, longest)))
        .collect()
}

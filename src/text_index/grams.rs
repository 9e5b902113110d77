//! Patterns to anchors: the gram that each pattern is looked up by.
//!
//! In: the runs of every pattern. Out: the gram sections, as the runtime's `text::grams`
//! draws them, and the patterns that found no place, which are left to the automaton.

use interdict_matcher::text::{BUCKET, GramHash, gram, lead};

use super::rarity::Rarity;

/// Two classes as rare as this are enough, in 256ths of a bit: most pairs of Han.
const RARE_PAIR: u32 = 17 << 8;
/// Bits of the filter for each anchor.
const FILTER_BITS: usize = 16;
/// The fewest words of the filter.
const FEWEST_WORDS: usize = 64;
/// The longest gram.
const LONGEST: usize = 4;

/// The sections of the grams.
pub(super) struct Grams {
    pub(super) leads: Vec<u8>,
    pub(super) filter: Vec<u64>,
    pub(super) buckets: Vec<u32>,
    pub(super) anchors: Vec<u32>,
    pub(super) keys: Vec<u16>,
    /// The lengths of the grams, a bit for each.
    pub(super) lengths: u32,
    /// Patterns whose grams are all in full buckets.
    pub(super) left: Vec<u32>,
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
    /// Anchors for the patterns with these runs; patterns without runs get none. A bucket
    /// holds at most `room` of them.
    pub(super) fn of(keys: &[Vec<u16>], rarity: &Rarity, room: usize) -> Grams {
        let buckets = keys.len().next_power_of_two();
        let words = (keys.len() * FILTER_BITS / 64)
            .next_power_of_two()
            .max(FEWEST_WORDS);
        let mut out = Grams {
            leads: vec![0; leads_for(keys.len())],
            filter: vec![0; words],
            buckets: Vec::new(),
            anchors: Vec::new(),
            keys: Vec::new(),
            lengths: 0,
            left: Vec::new(),
        };
        let mut taken = vec![0; buckets];
        let mut anchors = Vec::with_capacity(keys.len());
        // Short patterns have little choice, and choose first.
        let mut order: Vec<usize> = (0..keys.len()).filter(|&at| !keys[at].is_empty()).collect();
        order.sort_by_key(|&at| (keys[at].len().min(LONGEST), at));
        for pattern in order {
            let key = &keys[pattern];
            let free = |before: usize, length: usize| {
                let hash = GramHash::of(gram(&key[before..before + length]));
                let bucket = hash.bucket(buckets);
                (taken[bucket] < room.min(BUCKET)).then_some((bucket, hash))
            };
            let found = windows(key, rarity)
                .into_iter()
                .find_map(|(before, length)| Some((before, length, free(before, length)?)));
            let Some((before, length, (bucket, hash))) = found else {
                out.left.push(pattern as u32);
                continue;
            };
            taken[bucket] += 1;
            out.lengths |= 1 << (length - 1);
            if length > 1 {
                let place = lead(gram(&key[before..before + 2]), out.leads.len());
                out.leads[place] |= 1 << (length - 1);
            }
            out.filter[hash.word(words)] |= hash.bits();
            anchors.push(Anchor {
                bucket,
                pattern: pattern as u32,
                before,
                hash,
            });
        }
        out.left.sort_unstable();
        anchors.sort_by_key(|anchor| (anchor.bucket, anchor.pattern));
        out.write(&anchors, keys, buckets);
        out
    }

    fn write(&mut self, anchors: &[Anchor], keys: &[Vec<u16>], buckets: usize) {
        for anchor in anchors {
            let key = &keys[anchor.pattern as usize];
            while self.buckets.len() <= anchor.bucket {
                self.buckets.push((self.anchors.len() / 3) as u32);
            }
            let shape = anchor.before as u32 | (key.len() as u32) << 8 | anchor.hash.mark() << 16;
            self.anchors
                .extend([anchor.pattern, self.keys.len() as u32, shape]);
            self.keys.extend(key);
        }
        self.buckets
            .resize(buckets + 1, (self.anchors.len() / 3) as u32);
    }
}

/// The windows of a key that may be its anchor, the rarest first: where each begins, and its
/// length. Two rare classes are better than four, because all texts are asked for few lengths.
fn windows(key: &[u16], rarity: &Rarity) -> Vec<(usize, usize)> {
    let ranked = |length: usize| {
        let windows = key.windows(length).enumerate();
        let mut ranked: Vec<(u32, usize)> = windows
            .map(|(before, window)| (rarity.rarity(window), before))
            .collect();
        ranked.sort_by_key(|&(rarity, before)| (std::cmp::Reverse(rarity), before));
        ranked
    };
    let pairs = ranked(2).into_iter();
    let rare = pairs.filter(|&(rarity, _)| rarity >= RARE_PAIR);
    let length = key.len().min(LONGEST);
    let long = ranked(length).into_iter();
    rare.map(|(_, before)| (before, 2))
        .chain(long.map(|(_, before)| (before, length)))
        .collect()
}

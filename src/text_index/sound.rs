//! Han by their sound: the readings of characters, and the sections with which the
//! runtime finds homophones.
//!
//! In: Han spellings. Out: a syllable for every character that sounds like one of them,
//! an automaton over syllables, and the pairs of neighbours that make common words, by
//! which the runtime tells `病毒` from a disguised `冰毒`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::classes::Classes;
use super::han_words;

const READINGS: &str = include_str!("pinyin.tsv");

/// The readings of a character, the usual one first, each with its tone.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings([Option<&'static str>; 3]);

impl Readings {
    /// The readings in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied().flatten()
    }
}

/// The readings of all characters, read once.
pub(super) fn readings() -> &'static BTreeMap<char, Readings> {
    static TABLE: OnceLock<BTreeMap<char, Readings>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<char, Readings> = BTreeMap::new();
        for line in READINGS.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let syllable = columns.next().unwrap_or("");
            for (place, characters) in columns.take(3).enumerate() {
                for character in characters.chars() {
                    table.entry(character).or_default().0[place] = Some(syllable);
                }
            }
        }
        table
    })
}

/// A syllable without its tone.
pub(super) fn toneless(syllable: &str) -> &str {
    syllable.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The syllables that count for a set of spellings.
pub(super) struct Sounds {
    numbers: BTreeMap<&'static str, u32>,
    of: BTreeMap<u32, u32>,
}

impl Sounds {
    /// The syllables of these spellings, each a sequence of Han.
    pub(super) fn of(spellings: &[Vec<char>]) -> Sounds {
        let table = readings();
        let mut numbers = BTreeMap::new();
        for character in spellings.iter().flatten() {
            for syllable in table.get(character).into_iter().flat_map(Readings::iter) {
                let next = numbers.len() as u32 + 1;
                numbers.entry(toneless(syllable)).or_insert(next);
            }
        }
        let mut of = BTreeMap::new();
        for (&character, readings) in table {
            let known = readings
                .iter()
                .find_map(|syllable| numbers.get(toneless(syllable)));
            if let Some(&number) = known {
                of.insert(u32::from(character), number);
            }
        }
        Sounds { numbers, of }
    }

    /// The keys of a spelling: its syllables as texts have them. None when a character
    /// has no reading.
    pub(super) fn key(&self, spelling: &[char]) -> Option<Vec<u32>> {
        spelling
            .iter()
            .map(|&c| self.of.get(&u32::from(c)).copied())
            .collect()
    }

    /// How many syllables there are; they are numbered from 1.
    pub(super) fn count(&self) -> u32 {
        self.numbers.len() as u32
    }

    /// The sections of the syllables.
    pub(super) fn write(&self) -> (Vec<u32>, Vec<u32>) {
        Classes::write_map(&self.of)
    }

    /// Pairs of neighbours in common words that can lie over, or across an end of, a
    /// stretch that sounds like one of the keys. Sorted.
    pub(super) fn pairs(&self, keys: &[Vec<u32>]) -> Vec<u32> {
        let firsts: BTreeSet<u32> = keys.iter().filter_map(|key| key.first().copied()).collect();
        let lasts: BTreeSet<u32> = keys.iter().filter_map(|key| key.last().copied()).collect();
        let inner: BTreeSet<(u32, u32)> = keys
            .iter()
            .flat_map(|key| key.windows(2).map(|pair| (pair[0], pair[1])))
            .collect();
        let sound = |symbol: u32| self.of.get(&symbol).copied().unwrap_or(0);
        let mut out = BTreeSet::new();
        han_words::each_common_pair(|first, second| {
            let (before, after) = (sound(first), sound(second));
            if lasts.contains(&before)
                || firsts.contains(&after)
                || inner.contains(&(before, after))
            {
                out.insert(first << 16 | second);
            }
        });
        out.into_iter().collect()
    }
}

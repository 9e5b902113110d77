//! Han by their sound: the readings of characters, and the sections with which the
//! runtime finds homophones.
//!
//! In: Han spellings. Out: a syllable for every character that sounds like one of them,
//! an automaton over syllables, and the pairs of neighbours that make common words, by
//! which the runtime tells `病毒` from a disguised `冰毒`.

use std::collections::{BTreeMap, HashSet};
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

    /// Every symbol that has a syllable.
    pub(super) fn symbols(&self) -> HashSet<u32> {
        self.of.keys().copied().collect()
    }

    /// How many syllables there are; they are numbered from 1.
    pub(super) fn count(&self) -> u32 {
        self.numbers.len() as u32
    }

    /// The sections of the syllables.
    pub(super) fn write(&self) -> (Vec<u32>, Vec<u32>) {
        Classes::write_map(&self.of)
    }

    /// Pairs of neighbours in words that can lie over a stretch that sounds like one of
    /// the keys, or in common words across its ends; and the commonest characters, each
    /// after a 0. Sorted.
    pub(super) fn pairs(&self, keys: &[Vec<u32>]) -> Vec<u32> {
        let firsts: HashSet<u32> = keys.iter().filter_map(|key| key.first().copied()).collect();
        let lasts: HashSet<u32> = keys.iter().filter_map(|key| key.last().copied()).collect();
        let inner: HashSet<(u32, u32)> = keys
            .iter()
            .flat_map(|key| key.windows(2).map(|pair| (pair[0], pair[1])))
            .collect();
        // Asked for every pair of the dictionary: a flat table answers at once.
        let mut sounds = vec![0; 0x1_0000];
        for (&symbol, &number) in &self.of {
            sounds[symbol as usize & 0xFFFF] = number;
        }
        let sound = |symbol: u32| sounds[symbol as usize & 0xFFFF];
        let mut out = Vec::new();
        han_words::each_pair(|first, second, common| {
            let (before, after) = (sound(first), sound(second));
            let beside = lasts.contains(&before) || firsts.contains(&after);
            let meant = inner.contains(&(before, after)) || (common && beside);
            if meant || (first == 0 && after != 0) {
                out.push(first << 16 | second);
            }
        });
        out.sort_unstable();
        out.dedup();
        out
    }
}

//! Han by their sound: the readings of characters, and the sections with which the
//! runtime finds homophones.
//!
//! In: Han spellings. Out: a syllable for every character that sounds like one of them,
//! an automaton over syllables, and the pairs of neighbours that make common words, by
//! which the runtime tells `病毒` from a disguised `冰毒`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::classes::Classes;
use super::dictionary;

const READINGS: &str = include_str!("pinyin.tsv");

/// The readings of characters, read once.
pub(crate) struct Readings {
    /// The syllables in their order, each with its tone.
    syllables: Vec<&'static str>,
    /// For each symbol one more than the places of its readings among the syllables, the
    /// usual one first, 0 for none.
    of: Vec<[u16; 3]>,
}

impl Readings {
    /// The table of readings.
    pub(crate) fn get() -> &'static Readings {
        static TABLE: OnceLock<Readings> = OnceLock::new();
        TABLE.get_or_init(|| Readings::read(READINGS))
    }

    fn read(table: &'static str) -> Readings {
        let mut readings = Readings {
            syllables: Vec::new(),
            of: vec![[0; 3]; 0x1_0000],
        };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            readings.syllables.push(columns.next().unwrap_or(""));
            let number = readings.syllables.len() as u16;
            for (place, characters) in columns.take(3).enumerate() {
                for character in characters.chars() {
                    if let Some(of) = readings.of.get_mut(character as usize) {
                        of[place] = number;
                    }
                }
            }
        }
        readings
    }

    /// The readings of a character, the usual one first, each with its tone.
    pub(crate) fn of(&self, character: char) -> impl Iterator<Item = &'static str> + '_ {
        let numbers = self.of.get(character as usize).into_iter().flatten();
        numbers.filter_map(|&number| {
            self.syllables
                .get(usize::from(number).checked_sub(1)?)
                .copied()
        })
    }
}

/// The character that most words hold among those that sound like another one, tones aside.
pub(crate) fn homophone(character: char) -> Option<char> {
    let readings = Readings::get();
    let usual = |c: char| readings.of(c).next().map(toneless);
    let syllable = usual(character)?;
    let mut words = vec![0_u32; 0x1_0000];
    for symbol in dictionary::words().iter().flat_map(|word| word.symbols()) {
        words[usize::from(symbol)] += 1;
    }
    let others = (0..=u32::from(u16::MAX)).filter_map(char::from_u32);
    others
        .filter(|&other| other != character && usual(other) == Some(syllable))
        .max_by_key(|&other| (words[other as usize], std::cmp::Reverse(other)))
}

/// A syllable without its tone.
pub(crate) fn toneless(syllable: &str) -> &str {
    syllable.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The syllables that count for a set of spellings.
pub(super) struct Sounds {
    /// How many there are; they are numbered from 1.
    count: u32,
    /// The syllable of each symbol, 0 for none.
    of: Vec<u32>,
}

impl Sounds {
    /// The syllables of these spellings, each a sequence of Han.
    pub(super) fn of(spellings: &[Vec<char>]) -> Sounds {
        let mut sounds = Sounds {
            count: 0,
            of: vec![0; 0x1_0000],
        };
        if spellings.is_empty() {
            return sounds;
        }
        let table = Readings::get();
        let mut numbers = BTreeMap::new();
        for &character in spellings.iter().flatten() {
            for syllable in table.of(character) {
                let next = numbers.len() as u32 + 1;
                numbers.entry(toneless(syllable)).or_insert(next);
            }
        }
        let number = |syllable: &&str| numbers.get(toneless(syllable)).copied().unwrap_or(0);
        let known: Vec<u32> = table.syllables.iter().map(number).collect();
        for (of, readings) in sounds.of.iter_mut().zip(&table.of) {
            let mut numbers = readings
                .iter()
                .filter_map(|&reading| known.get(usize::from(reading).checked_sub(1)?));
            *of = numbers.find(|&&number| number > 0).copied().unwrap_or(0);
        }
        sounds.count = numbers.len() as u32;
        sounds
    }

    /// The keys of a spelling: its syllables as texts have them. None when a character
    /// has no reading.
    pub(super) fn key(&self, spelling: &[char]) -> Option<Vec<u32>> {
        let sound = |&c: &char| self.of.get(c as usize).copied().filter(|&sound| sound > 0);
        spelling.iter().map(sound).collect()
    }

    /// The number of a symbol's syllable, 0 for none.
    pub(super) fn number(&self, symbol: u16) -> u32 {
        self.of[usize::from(symbol)]
    }

    /// Every symbol that has a syllable, with its number, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let numbers = (0..).zip(&self.of).filter(|(_, number)| **number > 0);
        numbers.map(|(symbol, &number)| (symbol, number))
    }

    /// How many syllables there are; they are numbered from 1.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The sections of the syllables.
    pub(super) fn write(&self) -> (Vec<u32>, Vec<u32>) {
        Classes::write_map(self.numbers())
    }

    /// Pairs of neighbours in words that can lie over a stretch that sounds like one of
    /// the keys, or in common words across its ends; and the commonest characters, each
    /// after a 0. Sorted.
    pub(super) fn pairs(&self, keys: &[Vec<u32>]) -> Vec<u32> {
        let count = self.count as usize + 1;
        // Asked for every pair of the dictionary: flat tables answer at once.
        let (mut firsts, mut lasts) = (vec![false; count], vec![false; count]);
        let mut inner = vec![false; count * count];
        for key in keys {
            if let [first, .., last] = key[..] {
                firsts[first as usize] = true;
                lasts[last as usize] = true;
            }
            for pair in key.windows(2) {
                inner[pair[0] as usize * count + pair[1] as usize] = true;
            }
        }
        let mut out = Vec::new();
        dictionary::each_pair(|first, second, common| {
            let sound = |symbol: u16| self.of[usize::from(symbol)] as usize;
            let (before, after) = (sound(first), sound(second));
            let beside = lasts[before] || firsts[after];
            let meant = inner[before * count + after] || (common && beside);
            if meant || (first == 0 && after != 0) {
                out.push(u32::from(first) << 16 | u32::from(second));
            }
        });
        out.sort_unstable();
        out.dedup();
        out
    }
}

//! Coarse classes: symbols that a fold may confuse share one, so that the automaton
//! never branches over look-alikes.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::fold::{BLOCK, Kind};
use interdict_matcher::text::narrow;

use crate::fold::fold_text;

/// Letters with the digits, signs and emoji that stand for them, the letter first.
/// `ǀ` is the bare stroke of the look-alikes. Digits and punctuation are leet;
/// emoji that show a letter are a fold.
const GROUPS: [&str; 16] = [
    "il1!|¡ǀ❗",
    "o0°⭕",
    "s5$§💲",
    "a4@",
    "e3€",
    "t7+†✝➕",
    "b8",
    "g69",
    "z2",
    "c(¢©",
    "h#♓",
    "y¥",
    "x×❌✖",
    "r®",
    "m♏〽",
    "u⛎",
];

/// The class of every symbol that some spelling knows; 0 is for all others.
pub(super) struct Classes {
    of: BTreeMap<u32, u32>,
    count: u32,
}

impl Classes {
    /// Classes for these symbols. Punctuation stands for letters only when `leet` is
    /// set.
    pub(super) fn of(symbols: impl Iterator<Item = u32>, leet: bool) -> Classes {
        let symbols: BTreeSet<u32> = symbols.collect();
        let groups = groups(leet);
        let mut of = BTreeMap::new();
        let mut count = 0;
        for symbol in symbols {
            if of.contains_key(&symbol) {
                continue;
            }
            count += 1;
            of.insert(symbol, count);
            if let Some(group) = groups.iter().find(|group| group.contains(&symbol)) {
                of.extend(group.iter().map(|&member| (member, count)));
            }
        }
        Classes { of, count }
    }

    /// The class of a symbol.
    pub(super) fn class(&self, symbol: u32) -> u32 {
        self.of.get(&symbol).copied().unwrap_or(0)
    }

    /// The class of a symbol in the 16 bits that runs have.
    pub(super) fn narrow_class(&self, symbol: u32) -> u16 {
        narrow(self.class(symbol))
    }

    /// Every symbol that has a class.
    pub(super) fn symbols(&self) -> impl Iterator<Item = u32> + '_ {
        self.of.keys().copied()
    }

    /// How many classes there are; they are numbered from 1.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The class index and its blocks.
    pub(super) fn write(&self) -> (Vec<u32>, Vec<u32>) {
        Classes::write_map(self.of.iter().map(|(&symbol, &class)| (symbol, class)))
    }

    /// The index and the blocks of a map from symbols to numbers, sorted by symbol.
    pub(super) fn write_map(of: impl Iterator<Item = (u32, u32)>) -> (Vec<u32>, Vec<u32>) {
        let mut blocks = vec![0; BLOCK];
        let mut index = vec![0];
        for (symbol, class) in of {
            index.resize(symbol as usize / BLOCK + 1, 0);
            let slot = &mut index[symbol as usize / BLOCK];
            if *slot == 0 {
                *slot = blocks.len() as u32;
                blocks.resize(blocks.len() + BLOCK, 0);
            }
            blocks[*slot as usize + symbol as usize % BLOCK] = class;
        }
        (index, blocks)
    }
}

/// The groups as symbols, each through the folding table like a text.
fn groups(leet: bool) -> Vec<Vec<u32>> {
    let members = |group: &str| {
        fold_text(group)
            .iter()
            .filter(|sym| leet || sym.kind.is_word() || sym.kind == Kind::Other)
            .map(|sym| sym.symbol)
            .collect()
    };
    GROUPS.iter().copied().map(members).collect()
}

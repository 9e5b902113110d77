//! Coarse classes: symbols that a fold may confuse share one, so that the automaton
//! never branches over look-alikes.

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
    /// By symbol.
    of: Vec<u32>,
    count: u32,
}

impl Classes {
    /// Classes for these symbols. Punctuation stands for letters only when `leet` is
    /// set.
    pub(super) fn of(symbols: impl Iterator<Item = u32>, leet: bool) -> Classes {
        let groups = groups(leet);
        let grouped = groups.iter().flatten().copied().max().unwrap_or(0);
        let mut known = vec![false; grouped as usize + 1];
        for symbol in symbols {
            known.resize(known.len().max(symbol as usize + 1), false);
            known[symbol as usize] = true;
        }
        let mut of = vec![0; known.len()];
        let mut count = 0;
        for symbol in (0..known.len()).filter(|&symbol| known[symbol]) {
            if of[symbol] != 0 {
                continue;
            }
            count += 1;
            of[symbol] = count;
            let mut groups = groups.iter();
            if let Some(group) = groups.find(|group| group.contains(&(symbol as u32))) {
                group.iter().for_each(|&member| of[member as usize] = count);
            }
        }
        Classes { of, count }
    }

    /// The class of a symbol.
    pub(super) fn class(&self, symbol: u32) -> u32 {
        self.of.get(symbol as usize).copied().unwrap_or(0)
    }

    /// The class of a symbol in the 16 bits that runs have.
    pub(super) fn narrow_class(&self, symbol: u32) -> u16 {
        narrow(self.class(symbol))
    }

    /// Every symbol that has a class.
    pub(super) fn symbols(&self) -> impl Iterator<Item = u32> + '_ {
        self.by_symbol().map(|(symbol, _)| symbol)
    }

    /// How many classes there are; they are numbered from 1.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The class index and its blocks.
    pub(super) fn write(&self) -> (Vec<u32>, Vec<u32>) {
        Classes::write_map(self.by_symbol())
    }

    fn by_symbol(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let classes = (0..).zip(self.of.iter().copied());
        classes.filter(|&(_, class)| class != 0)
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

//! One element of a pattern, and what it takes that a symbol stands for it.

use super::tables::ElementFlags;
use crate::fold::{Kind, Sym};
use crate::folds::Folds;

/// A bare stroke: i or l.
const STROKE: u32 = 'ǀ' as u32;

/// One element of a pattern.
#[derive(Clone, Copy)]
pub(crate) struct Element {
    pub(super) word: u32,
    pub(super) character: u32,
    pub(super) class: u32,
}

impl Element {
    pub(super) fn symbol(self) -> u32 {
        self.word & ElementFlags::SYMBOL
    }

    pub(super) fn has(self, flag: u32) -> bool {
        self.word & flag != 0
    }
}

/// Whether a symbol is the element and not only of its class.
pub(super) fn same(sym: &Sym, element: Element) -> bool {
    let bars = |symbol: u32| symbol == u32::from('i') || symbol == u32::from('l');
    sym.symbol == element.symbol()
        || (sym.symbol == STROKE && bars(element.symbol()))
        || (element.symbol() == STROKE && bars(sym.symbol))
}

pub(super) fn is_digit(symbol: u32) -> bool {
    (u32::from('0')..=u32::from('9')).contains(&symbol)
}

/// The folds between a symbol and the element it stands for.
pub(super) fn pair_folds(sym: &Sym, element: Element) -> Folds {
    if sym.symbol != element.symbol() {
        // Emoji that show a letter are a fold; digits and punctuation are leet.
        let shown = same(sym, element) || sym.kind == Kind::Other;
        return if shown { Folds::FOLD } else { Folds::LEET };
    }
    if u32::from(sym.character) == element.character {
        return Folds::EXACT;
    }
    let folded = (sym.level == 2, element.has(ElementFlags::FOLDED));
    let case = sym.upper != element.has(ElementFlags::UPPER);
    match folded {
        (false, false) => Folds::CASE,
        (true, true) if case => Folds::CASE,
        _ => Folds::FOLD,
    }
}

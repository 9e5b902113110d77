//! Symbols to coarse classes: letters that folds may confuse share a class.

use super::Reading;
use super::tables::TextIndex;
use crate::fold::{BLOCK, Sym};

/// What a symbol does to a reader of a certain [`Reading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A letter of this class; class 0 is in no spelling.
    Letter(u32),
    /// It parts letters.
    Separator,
}

impl TextIndex<'_> {
    /// The coarse class of a symbol, 0 when no spelling knows it.
    #[inline]
    pub(crate) fn class(&self, symbol: u32) -> u32 {
        let symbol = symbol as usize;
        let block = self.class_index.get(symbol / BLOCK) as usize;
        self.class_blocks.get(block.saturating_add(symbol % BLOCK))
    }

    /// What a symbol does under a reading.
    #[inline]
    pub(crate) fn step(&self, sym: &Sym, reading: Reading) -> Step {
        if sym.kind.is_word() {
            return Step::Letter(self.class(sym.symbol));
        }
        if reading == Reading::Parting || sym.kind.is_blank() {
            return Step::Separator;
        }
        match self.class(sym.symbol) {
            0 => Step::Separator,
            class => Step::Letter(class),
        }
    }
}

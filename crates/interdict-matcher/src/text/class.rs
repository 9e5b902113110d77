//! Symbols to coarse classes: letters that folds may confuse share a class.

use super::Reading;
use super::effect::is_plain_han;
use super::tables::TextIndex;
use crate::fold::{BLOCK, Sym};
use crate::words::Words;

/// Blocks of a class index: symbols have 20 bits.
const BLOCKS: usize = (1 << 20) / BLOCK;

/// Symbols to numbers, borrowed from an artifact. Blocks past the end of the index
/// hold no symbol of a spelling.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClassMap<'a> {
    index: Words<'a>,
    blocks: Words<'a>,
}

impl<'a> ClassMap<'a> {
    /// A view on the two sections.
    pub(crate) fn new(index: &'a [u8], blocks: &'a [u8]) -> ClassMap<'a> {
        ClassMap {
            index: Words::new(index),
            blocks: Words::new(blocks),
        }
    }

    /// The number of a symbol, 0 when it has none.
    #[inline]
    pub(crate) fn get(&self, symbol: u32) -> u32 {
        let symbol = symbol as usize;
        let block = self.index.get(symbol / BLOCK) as usize;
        self.blocks.get(block.saturating_add(symbol % BLOCK))
    }

    /// Whether every symbol leads to a number below `classes`.
    pub(crate) fn validate(&self, classes: usize) -> Result<(), &'static str> {
        let reach =
            |i: usize| (self.index.get(i) as usize).saturating_add(BLOCK) <= self.blocks.len();
        if self.index.len() > BLOCKS || !(0..self.index.len()).all(reach) {
            return Err("a block of classes lies outside its section");
        }
        if !(0..self.blocks.len()).all(|i| (self.blocks.get(i) as usize) < classes) {
            return Err("a symbol has an unknown class");
        }
        Ok(())
    }
}

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
        self.classes.get(symbol)
    }

    /// What a symbol does under a reading.
    #[inline]
    pub(crate) fn step(&self, sym: &Sym, reading: Reading) -> Step {
        if reading == Reading::Filled && !is_plain_han(sym) {
            return Step::Separator;
        }
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

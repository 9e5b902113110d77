//! What stands between two Han: a few letters and signs are a disguise, more of them are text.

use super::edges::LONGEST_FILLER;
use super::effect::Effect;

/// What stands between the last Han and a symbol.
#[derive(Clone, Copy)]
pub(super) struct Filler {
    /// Symbols, blanks weighing more than a filler may, and letters from bit 32 on.
    symbols: u64,
    /// The runs of the first stream up to that Han.
    pub(super) runs: usize,
}

impl Filler {
    const LETTER: u64 = 1 << 32;
    /// More than a filler has.
    const LONG: u64 = LONGEST_FILLER as u64 + 1;

    /// Where no Han stood before.
    pub(super) fn none() -> Filler {
        Filler {
            symbols: Filler::LONG,
            runs: 0,
        }
    }

    /// Right behind Han, up to which the first stream has so many runs.
    #[inline(always)]
    pub(super) fn behind(runs: usize) -> Filler {
        Filler { symbols: 0, runs }
    }

    #[inline(always)]
    pub(super) fn add_letters(&mut self, letters: usize) {
        self.symbols += letters as u64 * (1 | Filler::LETTER);
    }

    /// Adds a symbol that parts letters.
    #[inline(always)]
    pub(super) fn add_part(&mut self, effect: Effect) {
        self.symbols += if effect.is_blank() { Filler::LONG } else { 1 };
    }

    /// Moves with the runs of the stream.
    pub(super) fn shift(&mut self, dropped: usize) {
        self.runs = self.runs.saturating_sub(dropped);
    }

    /// Whether Han that comes now is parted by no more than a filler.
    #[inline(always)]
    pub(super) fn is_short(self) -> bool {
        u64::from(self.symbols as u32) < Filler::LONG
    }

    /// Whether it has letters, which part all terms in the first stream.
    #[inline(always)]
    pub(super) fn has_letters(self) -> bool {
        self.symbols >= Filler::LETTER
    }
}

//! What stands between two Han: a few letters and signs are a disguise, more of them are text.

use super::edges::LONGEST_FILLER;
use super::effect::Effects;
use super::tables::TextIndex;

/// What parts Han from the Han before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filler {
    /// Nothing, or signs alone, which part no term in the first stream.
    Signs,
    /// A few letters, with or without signs.
    Letters,
    /// More than a filler has.
    Text,
}

impl TextIndex<'_> {
    /// What stands between the byte `from` past the last Han, 0 where there was none, and the
    /// byte `to` of a text.
    #[inline(always)]
    pub(super) fn filler(&self, text: &str, from: u32, to: u32) -> Filler {
        match from {
            0 => Filler::Text,
            _ if from >= to => Filler::Signs,
            _ => self.read_filler(text, from, to),
        }
    }

    fn read_filler(&self, text: &str, from: u32, to: u32) -> Filler {
        let between = text.get(..to as usize).unwrap_or("");
        let (mut symbols, mut filler) = (0, Filler::Signs);
        for effect in Effects::new(self, between, from) {
            symbols += 1;
            if symbols > LONGEST_FILLER || effect.is_blank() {
                return Filler::Text;
            }
            if effect.is_letter() {
                filler = Filler::Letters;
            }
        }
        filler
    }
}

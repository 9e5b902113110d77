//! Plain text to effects: the characters that only the first stream reads, each in one look-up.
//!
//! In: a text. Out: what its characters do and where they start, side by side, up to one that
//! another stream reads otherwise. Most text is of one script for a while, so each has a loop of
//! its own; what the characters do to a stream is left to the [`squeeze`](super::squeeze), so
//! that neither waits for the other.

use super::effect::{Effect, EffectMap};
use super::filler::Filler;
use super::tables::TextIndex;
use super::vector::Vectors;

/// Characters that are read at once.
pub(super) const ROOM: usize = 4096;
/// Characters to a block. A batch has room for a whole one behind its end.
pub(super) const LANES: usize = 16;

/// Characters, as what they do and where they start.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    effects: Box<[u32; ROOM + LANES]>,
    starts: Box<[u32; ROOM + LANES]>,
    length: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Batch {
            effects: Box::new([0; ROOM + LANES]),
            starts: Box::new([0; ROOM + LANES]),
            length: 0,
        }
    }
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The last of its characters.
    pub(super) fn last(&self) -> Option<Effect> {
        let last = self.length.checked_sub(1)?;
        Some(self.get(last).0)
    }

    /// A character, and where it starts.
    #[inline(always)]
    pub(super) fn get(&self, number: usize) -> (Effect, u32) {
        match (self.effects.get(number), self.starts.get(number)) {
            (Some(&effect), Some(&start)) => (Effect(effect), start),
            _ => (Effect::dropped(), 0),
        }
    }

    /// A block of characters, and where they start.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(super) fn block(&self, first: usize) -> Option<(&[u32; LANES], &[u32; LANES])> {
        let effects = self.effects.get(first..)?.first_chunk()?;
        Some((effects, self.starts.get(first..)?.first_chunk()?))
    }

    /// The block behind the end, none when the batch is full.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(super) fn room(&mut self) -> Option<(&mut [u32; LANES], &mut [u32; LANES])> {
        let effects = self.effects.get_mut(self.length..)?.first_chunk_mut()?;
        let starts = self.starts.get_mut(self.length..)?.first_chunk_mut()?;
        Some((effects, starts))
    }

    /// Takes in so many characters that were written behind the end.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(super) fn advance(&mut self, count: usize) {
        self.length += count;
    }

    /// Takes in one character.
    #[inline(always)]
    pub(super) fn push(&mut self, effect: Effect, start: usize) {
        let place = self.length;
        if let (Some(one), Some(other)) = (self.effects.get_mut(place), self.starts.get_mut(place))
        {
            (*one, *other) = (effect.0, start as u32);
            self.length += 1;
        }
    }

    /// Takes in the ASCII from a byte on, as far as it is plain.
    #[inline(always)]
    fn ascii(&mut self, effects: EffectMap<'_>, bytes: &[u8], from: usize) -> Stretch {
        let mut stretch = Stretch::at(from);
        while let Some(effect) = bytes
            .get(stretch.end)
            .and_then(|&byte| effects.of_ascii(byte))
            .filter(|effect| effect.is_plain())
        {
            self.push(effect, stretch.end);
            stretch.took(effect.is_letter().into(), 1, 1);
        }
        stretch
    }

    /// Takes in the Han from a byte on, and what parts letters between, of three bytes each.
    #[inline(always)]
    fn han(&mut self, effects: EffectMap<'_>, bytes: &[u8], from: usize) -> Stretch {
        let mut stretch = Stretch::at(from);
        while let Some(&three) = bytes
            .get(stretch.end..)
            .and_then(<[u8]>::first_chunk)
            .filter(|three: &&[u8; 3]| three[0] & 0xF0 == 0xE0)
        {
            let effect = effects.of_three(three);
            if !effect.is_han_or_part() {
                break;
            }
            self.push(effect, stretch.end);
            stretch.took(effect.is_letter().into(), 1, 3);
        }
        stretch
    }
}

/// Characters of one length, taken into a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The byte past them.
    pub(super) end: usize,
    /// The byte past the last letter among them, 0 where there is none.
    pub(super) letter: usize,
}

impl Stretch {
    #[inline(always)]
    pub(super) fn at(start: usize) -> Stretch {
        Stretch {
            end: start,
            letter: 0,
        }
    }

    /// Takes in `count` characters of `bytes` bytes each; `letters` has a bit for each that is
    /// one.
    #[inline(always)]
    pub(super) fn took(&mut self, letters: u16, count: u32, bytes: usize) {
        if let Some(last) = letters.checked_ilog2() {
            self.letter = self.end + (last as usize + 1) * bytes;
        }
        self.end += count as usize * bytes;
    }
}

/// How Han is read behind letters.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    /// Whether a filler matters at all.
    pub(super) matters: bool,
    /// Whether another stream reads Han as well.
    pub(super) open: bool,
    /// The byte past the last Han, 0 where there was none.
    pub(super) last: u32,
}

impl TextIndex<'_> {
    /// Reads characters from the byte `from` on, up to `end`, or to one that another stream
    /// reads otherwise. Gives back where it stopped, and past which byte the last Han was.
    pub(super) fn read_plain(
        &self,
        text: &str,
        from: usize,
        end: usize,
        filling: Filling,
        batch: &mut Batch,
    ) -> (usize, u32) {
        batch.clear();
        let (effects, vectors) = (self.effects, Vectors::detect());
        let bytes = text.as_bytes().get(..end).unwrap_or(&[]);
        let (mut at, mut last) = (from, filling.last);
        // Whether there was no letter since the last Han, as far as is known.
        let mut parted = false;
        loop {
            // A few characters are sooner read one at a time.
            let ascii = match vectors.filter(|_| is_long(bytes, at)) {
                Some(vectors) => vectors.ascii(batch, effects, bytes, at),
                None => batch.ascii(effects, bytes, at),
            };
            at = ascii.end;
            parted &= ascii.letter == 0;
            if at >= end {
                break;
            }
            let fills = filling.open
                || (filling.matters
                    && !parted
                    && self.filler(text, last, at as u32) == Filler::Letters);
            if !fills {
                let han = batch.han(effects, bytes, at);
                if han.letter > 0 {
                    (last, parted) = (han.letter as u32, true);
                }
                if han.end > at {
                    at = han.end;
                    continue;
                }
            }
            let Some(one) = character_at(text, at) else {
                break;
            };
            let effect = effects.get(one);
            if !effect.is_plain() || (effect.is_han() && fills) || batch.len() >= ROOM {
                break;
            }
            batch.push(effect, at);
            at += one.len_utf8();
            if effect.is_letter() {
                parted = effect.is_han();
            }
            if effect.is_han() {
                last = at as u32;
            }
        }
        (at, last)
    }
}

/// Whether ASCII goes on for a while from this byte on.
#[inline(always)]
fn is_long(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at..).and_then(<[u8]>::first_chunk::<LANES>);
    next.is_some_and(|next| next.is_ascii())
}

/// The character at a byte where one starts.
#[inline(always)]
pub(super) fn character_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_the_same_sixteen_at_a_time() {
        let Some(vectors) = Vectors::detect() else {
            return;
        };
        // Every third character, and none of those that are no plain ones.
        let words: Vec<u32> = (0..128u32)
            .map(|code| match code % 3 {
                0 => Effect::PART,
                1 => code + 1,
                _ => 1 << 25 | code,
            })
            .map(|word| word | if word & 127 == 66 { 2 << 16 } else { 0 })
            .collect();
        let blocks: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let index = vec![0; 4 * 0x11_0000 / 128];
        let effects = EffectMap::new(&index, &blocks);
        let text: Vec<u8> = (0..300).map(|at: usize| (at * at % 131) as u8).collect();
        for from in 0..text.len() {
            let (mut one, mut other) = (Batch::default(), Batch::default());
            let stretch = one.ascii(effects, &text, from);
            assert_eq!(stretch, vectors.ascii(&mut other, effects, &text, from));
            assert_eq!(one.len(), other.len());
            (0..one.len()).for_each(|at| assert_eq!(one.get(at), other.get(at)));
        }
    }
}

//! The pass over a text: characters into streams of runs, candidates out to the verifier.
//!
//! In: a text. Out: its hits. Up to three streams hold the runs of the text: signs part
//! letters in the first; where a sign may be a letter, the second reads it so; where a few
//! letters part Han, the third skips them. The second and the third hold only what a pattern
//! can reach from such a place, so that most text is read by [`Pass::read_plain`] alone.

use super::Reading;
use super::effect::{Action, Effect};
use super::filler::Filler;
use super::look::Looker;
use super::masked::Masks;
use super::scan::TextHit;
use super::stream::{Pen, Stream};
use super::tables::TextIndex;
use super::verify::Held;
use crate::fold::Reader;
use crate::folds::Folds;

/// Bytes that are read before their runs are looked at.
const ROOM: usize = 4096;

/// Memory of one pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    parted: Stream,
    lettered: Stream,
    filled: Stream,
    masks: Masks,
    held: Held,
}

impl TextIndex<'_> {
    /// Appends the hits of a text as it is.
    pub(crate) fn pass(&self, text: &str, memory: &mut Memory, out: &mut Vec<TextHit>) {
        let Memory {
            parted,
            lettered,
            filled,
            masks,
            held,
        } = memory;
        masks.clear();
        let mut pass = Pass {
            index: self,
            text,
            parted: Branch::new(parted, Reading::Parting, 0),
            lettered: Branch::new(lettered, Reading::Lettering, self.longest()),
            filled: Branch::new(filled, Reading::Filled, self.longest_han()),
            before: Before {
                effect: Effect::dropped(),
                filler: Filler::none(),
            },
            masks,
            held,
            out,
        };
        pass.run();
        if self.uses(Folds::SOUND) {
            self.homophones(text, out);
        }
        if self.uses(Folds::FUZZY) {
            self.fuzzy(text, out);
        }
    }
}

/// A stream under one reading. All but the first run only from a place where their reading
/// parts from the first one's, as far as a pattern reaches from there.
struct Branch<'m> {
    stream: &'m mut Stream,
    reading: Reading,
    /// Runs that a pattern reaches.
    reach: usize,
    /// Runs that it still reaches.
    left: usize,
}

impl<'m> Branch<'m> {
    fn new(stream: &'m mut Stream, reading: Reading, reach: usize) -> Self {
        stream.clear();
        Branch {
            stream,
            reading,
            reach,
            left: 0,
        }
    }

    /// Comes to a place where its reading parts from the one of `other`, which had come to
    /// run `end` then.
    fn fork(&mut self, other: &Stream, end: usize) {
        if self.left == 0 {
            self.stream.follow(other, end, self.reach);
        }
        self.left = self.reach;
    }

    #[inline]
    fn letter(&mut self, class: u16, start: u32, wanted: u32) {
        if self.stream.letter(class, start, wanted) {
            self.left = match class {
                0 => 0,
                _ => self.left.saturating_sub(1),
            };
        }
    }

    #[inline]
    fn part(&mut self, start: u32) {
        self.stream.part(start);
        if !self.stream.is_open() {
            self.left = 0;
        }
    }
}

/// What stands before a symbol.
#[derive(Clone, Copy)]
struct Before {
    effect: Effect,
    filler: Filler,
}

/// What one pass borrows.
struct Pass<'i, 'a, 't, 'm> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    parted: Branch<'m>,
    lettered: Branch<'m>,
    filled: Branch<'m>,
    before: Before,
    masks: &'m mut Masks,
    held: &'m mut Held,
    out: &'m mut Vec<TextHit>,
}

/// Which of the streams.
#[derive(Clone, Copy)]
enum Which {
    Parted,
    Lettered,
    Filled,
}

impl<'t> Pass<'_, '_, 't, '_> {
    fn run(&mut self) {
        let masks = self.index.uses(Folds::MASKED);
        let mut at = 0;
        loop {
            at = match masks {
                true => self.read::<true>(at),
                false => self.read::<false>(at),
            };
            let at_end = at >= self.text.len();
            if masks {
                let (stream, masks) = (&*self.parted.stream, &mut *self.masks);
                self.index
                    .masked(self.text, stream, masks, at_end, self.out);
            }
            self.look(Which::Parted, at_end);
            self.look(Which::Lettered, at_end);
            self.look(Which::Filled, at_end);
            if at_end {
                return;
            }
        }
    }

    /// Takes the characters from a byte on into the streams, [`ROOM`] bytes of them. Gives
    /// back where it stopped.
    fn read<const MASKS: bool>(&mut self, from: usize) -> usize {
        let end = self.text.len().min(from + ROOM);
        let mut at = from;
        loop {
            if self.lettered.left == 0 {
                at = self.read_plain::<MASKS>(at, end);
            }
            if at >= end {
                return at;
            }
            let Some(character) = character_at(self.text, at) else {
                return self.text.len();
            };
            let (effect, start) = (self.index.effects.get(character), at as u32);
            at += character.len_utf8();
            match effect.action() {
                Action::Drop => {}
                Action::Several => self.read_several::<MASKS>(effect, start),
                _ => self.take::<MASKS>(effect, start),
            }
        }
    }

    /// Takes characters into the first stream, up to one that another stream reads
    /// otherwise, or to `end`. Gives back where it stopped.
    fn read_plain<const MASKS: bool>(&mut self, from: usize, end: usize) -> usize {
        let (effects, text) = (self.index.effects, self.text);
        let bytes = text.as_bytes().get(..end).unwrap_or(&[]);
        let Before {
            effect: mut before,
            mut filler,
        } = self.before;
        // Without patterns of Han no filler matters.
        let (filling, fillable) = (self.filled.left > 0, self.filled.reach > 0);
        let mut pen = self.parted.stream.pen(ROOM + 1);
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            let (effect, length) = match effects.of_ascii(byte) {
                Some(effect) => (effect, 1),
                None => match character_at(text, at) {
                    Some(character) => (effects.get(character), character.len_utf8()),
                    None => break,
                },
            };
            let start = at as u32;
            if effect.is_letter() {
                if !effect.is_han() {
                    filler.add_letters(1);
                } else if filling || (fillable && filler.is_short() && filler.has_letters()) {
                    break;
                } else {
                    filler = Filler::behind(pen.run_of(effect.class()) + 1);
                }
                if MASKS && effect.begins_word(before) {
                    self.masks.word(start, pen.run_of(effect.class()));
                }
                pen.letter(effect.class(), start, effect.probes(before));
                if effect.is_cased() {
                    let from = at + length;
                    let (end, last) = pen.rest_of_word(effects, bytes, from);
                    filler.add_letters(end - from);
                    before = last.unwrap_or(effect);
                    at = end;
                    continue;
                }
            } else if effect.is_part() {
                if MASKS && effect.is_mask() && pen.is_open() {
                    self.masks.sign(start, pen.len());
                }
                pen.part(start);
                filler.add_part(effect);
            } else {
                break;
            }
            before = effect;
            at += length;
        }
        let stopped = pen.end;
        self.parted.stream.end_at(stopped);
        self.before = Before {
            effect: before,
            filler,
        };
        at
    }

    /// Takes the symbols of a character that stands for several.
    #[cold]
    fn read_several<const MASKS: bool>(&mut self, effect: Effect, start: u32) {
        let reader = Reader::new(self.index.folding, self.text, start);
        let reader = reader.after_kana(self.before.effect.is_kana());
        self.before.effect = effect;
        for sym in reader.take_while(|sym| sym.start == start) {
            self.take::<MASKS>(self.index.effect_of_several(&sym), start);
            if !sym.more {
                break;
            }
        }
    }

    /// Takes a symbol of the text into the streams.
    fn take<const MASKS: bool>(&mut self, effect: Effect, start: u32) {
        let wanted = effect.probes(self.before.effect);
        if effect.is_han() {
            self.fill(effect, start, wanted);
        }
        if effect.action() == Action::Sign {
            let parted = &*self.parted.stream;
            self.lettered.fork(parted, parted.len());
        }
        if self.lettered.left > 0 {
            match effect.action() {
                Action::Letter => self.lettered.letter(effect.class(), start, wanted),
                Action::Sign => {
                    self.lettered.stream.letter(effect.class(), start, wanted);
                }
                _ => self.lettered.part(start),
            }
        }
        let mut pen = self.parted.stream.pen(1);
        if MASKS {
            mask(self.masks, &pen, effect, self.before.effect, start);
        }
        match effect.action() {
            Action::Letter => {
                pen.letter(effect.class(), start, wanted);
            }
            _ => pen.part(start),
        }
        let end = pen.end;
        self.parted.stream.end_at(end);
        self.before.effect = effect;
        if effect.is_han() {
            self.before.filler = Filler::behind(self.parted.stream.len());
        } else if effect.is_letter() {
            self.before.filler.add_letters(1);
        } else {
            self.before.filler.add_part(effect);
        }
    }

    /// Takes Han into the stream that skips fillers.
    fn fill(&mut self, effect: Effect, start: u32, wanted: u32) {
        let filler = self.before.filler;
        if !filler.is_short() {
            self.filled.left = 0;
        } else if filler.has_letters()
            && self.parted.stream.class(filler.runs.saturating_sub(1)) != 0
        {
            self.filled.fork(self.parted.stream, filler.runs);
        }
        if self.filled.left > 0 {
            self.filled.letter(effect.class(), start, wanted);
        }
    }

    /// Looks for candidates in what came into a stream.
    fn look(&mut self, which: Which, at_end: bool) {
        let Branch {
            stream, reading, ..
        } = match which {
            Which::Parted => &mut self.parted,
            Which::Lettered => &mut self.lettered,
            Which::Filled => &mut self.filled,
        };
        let runs = stream.ready(at_end);
        let mut looker = Looker {
            index: self.index,
            text: self.text,
            reading: *reading,
            held: self.held,
            out: self.out,
        };
        looker.find(stream, &runs);
        if !self.index.net.is_empty() {
            looker.walk(stream, runs);
        }
        let dropped = stream.make_room();
        if let Which::Parted = which {
            self.masks.shift(dropped);
            self.before.filler.shift(dropped);
        }
    }
}

/// The character at a byte where one starts.
#[inline(always)]
fn character_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Keeps the words and the signs that may be masked letters.
#[inline(always)]
fn mask(masks: &mut Masks, pen: &Pen<'_>, effect: Effect, before: Effect, start: u32) {
    if effect.begins_word(before) {
        masks.word(start, pen.run_of(effect.class()));
    }
    // A mask is no first letter.
    if effect.is_mask() && pen.is_open() {
        masks.sign(start, pen.len());
    }
}

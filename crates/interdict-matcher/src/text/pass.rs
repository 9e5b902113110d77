//! The pass over a text: characters into streams of runs, candidates out to the verifier.
//!
//! In: a text. Out: its hits. Up to three streams hold the runs of the text: signs part
//! letters in the first; where a sign may be a letter, the second reads it so; where a few
//! letters part Han, the third skips them. The second and the third hold only what a pattern
//! can reach from such a place, so that most text is read by [`Pass::read_plain`] alone.

use super::Reading;
use super::batch::{Batch, Filling, ROOM, character_at};
use super::decode::OVERRIDE;
use super::effect::{Action, Effect};
use super::filler::Filler;
use super::grams::Sieve;
use super::look::Looker;
use super::masked::Masks;
use super::scan::TextHit;
use super::stream::Stream;
use super::tables::TextIndex;
use super::verify::Held;
use crate::fold::Reader;
use crate::folds::Folds;

/// Memory of one pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    parted: Stream,
    lettered: Stream,
    filled: Stream,
    masks: Masks,
    held: Held,
    batch: Batch,
    sieve: Sieve,
}

impl TextIndex<'_> {
    /// Appends the hits of a text as it is. Gives back whether stretches of it are reversed.
    pub(crate) fn pass(&self, text: &str, memory: &mut Memory, out: &mut Vec<TextHit>) -> bool {
        let Memory {
            parted,
            lettered,
            filled,
            masks,
            held,
            batch,
            sieve,
        } = memory;
        masks.clear();
        held.han.clear();
        let mut pass = Pass {
            index: self,
            text,
            parted: Branch::new(parted, Reading::Parting, 0),
            lettered: Branch::new(lettered, Reading::Lettering, self.longest()),
            filled: Branch::new(filled, Reading::Filled, self.longest_han()),
            before: Before {
                effect: Effect::dropped(),
                han: 0,
            },
            masks,
            held,
            batch,
            sieve,
            out,
            overridden: false,
        };
        pass.run();
        let overridden = pass.overridden;
        if self.uses(Folds::SOUND) {
            self.homophones(text, out);
        }
        if self.uses(Folds::FUZZY) {
            self.fuzzy(text, out);
        }
        overridden
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
    /// The byte past the last Han, 0 where there was none.
    han: u32,
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
    batch: &'m mut Batch,
    sieve: &'m mut Sieve,
    out: &'m mut Vec<TextHit>,
    /// Whether a stretch is shown from right to left.
    overridden: bool,
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
                Action::Drop => self.overridden |= character == OVERRIDE,
                Action::Several => self.read_several::<MASKS>(effect, start),
                _ => self.take::<MASKS>(effect, start),
            }
        }
    }

    /// Takes characters into the first stream, up to one that another stream reads
    /// otherwise, or to `end`. Gives back where it stopped.
    fn read_plain<const MASKS: bool>(&mut self, from: usize, end: usize) -> usize {
        let filling = Filling {
            matters: self.filled.reach > 0,
            open: self.filled.left > 0,
            last: self.before.han,
        };
        let (at, han) = self
            .index
            .read_plain(self.text, from, end, filling, self.batch);
        let before = self.before.effect;
        self.parted
            .stream
            .squeeze::<MASKS>(self.batch, before, self.masks);
        self.before = Before {
            effect: self.batch.last().unwrap_or(before),
            han,
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
            self.masks.read(&pen, effect, self.before.effect, start);
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
            let character = character_at(self.text, start as usize);
            self.before.han = start + character.map_or(1, char::len_utf8) as u32;
        }
    }

    /// Takes Han into the stream that skips fillers.
    fn fill(&mut self, effect: Effect, start: u32, wanted: u32) {
        let last = self.before.han;
        match self.index.filler(self.text, last, start) {
            Filler::Text => self.filled.left = 0,
            Filler::Letters => {
                let runs = self.parted.stream.runs_before(last);
                if self.parted.stream.class(runs.saturating_sub(1)) != 0 {
                    self.filled.fork(self.parted.stream, runs);
                }
            }
            Filler::Signs => {}
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
            sieve: self.sieve,
            out: self.out,
        };
        looker.find(stream, &runs);
        if !self.index.net.is_empty() {
            looker.walk(stream, runs);
        }
        let dropped = stream.make_room();
        if let Which::Parted = which {
            self.masks.shift(dropped);
        }
    }
}

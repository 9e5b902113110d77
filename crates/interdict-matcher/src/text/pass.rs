//! The pass over a text: characters into streams of runs, candidates out to the verifier.
//!
//! In: a text. Out: its hits. Up to three streams hold the runs of the text: signs part
//! letters in the first; where a sign may be a letter, the second reads it so; where a
//! letter may part Han, the third does. The second and the third hold only what a pattern
//! can reach from such a place.

use super::Reading;
use super::class::Step;
use super::effect::{Action, Effect, Effects};
use super::grams::Found;
use super::masked::Masks;
use super::scan::TextHit;
use super::stream::Stream;
use super::tables::{ELEMENT_WORDS, Pattern, TextIndex};
use super::verify::{Candidate, Held};
use crate::fold::Reader;
use crate::folds::Folds;

/// The need of a spelling whose ends are words only where they are in Latin letters.
const HAN_WORDS: u32 = 4;
/// Symbols that are read before their runs are looked at.
const ROOM: usize = 4096;
/// Starts tried at either end of the first run of a candidate.
const STARTS: usize = 8;

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

    /// Comes to a place where its reading parts from the one of `other`.
    fn fork(&mut self, other: &Stream) {
        if self.left == 0 {
            self.stream.follow(other, self.reach);
        }
        self.left = self.reach;
    }

    #[inline]
    fn letter(&mut self, class: u16, start: u32) {
        if self.stream.letter(class, start) {
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
struct Before {
    effect: Effect,
    /// The last letter.
    letter: Effect,
}

/// What one pass borrows.
struct Pass<'i, 'a, 't, 'm> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    parted: Branch<'m>,
    lettered: Branch<'m>,
    filled: Branch<'m>,
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

impl Pass<'_, '_, '_, '_> {
    fn run(&mut self) {
        let mut effects = Effects::new(self.index, self.text, 0);
        let mut before = Before {
            effect: Effect::dropped(),
            letter: Effect::dropped(),
        };
        let masks = self.index.uses(Folds::MASKED);
        loop {
            let mut read = 0;
            for (effect, start) in effects.by_ref().take(ROOM) {
                read += 1;
                if masks {
                    self.mask(effect, start, &mut before);
                }
                self.take(effect, start, &mut before);
            }
            let at_end = read < ROOM;
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

    /// Takes the next symbol of the text into the streams.
    #[inline(always)]
    fn take(&mut self, effect: Effect, start: u32, before: &mut Before) {
        match effect.action() {
            Action::Letter => {
                if before.letter.is_han() && !effect.is_han() && self.parted.stream.is_open() {
                    self.filled.fork(self.parted.stream);
                }
                if self.filled.left + self.lettered.left > 0 {
                    self.branch_out(effect, start);
                }
                before.letter = effect;
                self.parted.stream.letter(effect.class(), start);
            }
            Action::Sign => {
                self.lettered.fork(self.parted.stream);
                self.branch_out(effect, start);
                self.parted.stream.part(start);
            }
            _ => {
                if self.filled.left + self.lettered.left > 0 {
                    self.branch_out(effect, start);
                }
                self.parted.stream.part(start);
            }
        }
    }

    /// Takes a symbol into the streams that run beside the first.
    fn branch_out(&mut self, effect: Effect, start: u32) {
        if self.filled.left > 0 {
            match effect.is_han() {
                true => self.filled.letter(effect.class(), start),
                false => self.filled.part(start),
            }
        }
        if self.lettered.left > 0 {
            match effect.action() {
                Action::Letter => self.lettered.letter(effect.class(), start),
                Action::Sign => {
                    self.lettered.stream.letter(effect.class(), start);
                }
                _ => self.lettered.part(start),
            }
        }
    }

    /// Keeps the words and the signs that may be masked letters.
    #[inline(always)]
    fn mask(&mut self, effect: Effect, start: u32, before: &mut Before) {
        if effect.begins_word(before.effect) {
            self.masks
                .word(start, self.parted.stream.run_of(effect.class()));
        }
        before.effect = effect;
        // A mask is no first letter.
        if effect.is_mask() && self.parted.stream.is_open() {
            self.masks.sign(start, self.parted.stream.len());
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
        self.index
            .grams
            .find(stream, runs.clone(), self.index.gram_lengths(), |found| {
                looker.candidate(stream, found)
            });
        if !self.index.net.is_empty() {
            looker.walk(stream, runs);
        }
        let dropped = stream.make_room();
        if let Which::Parted = which {
            self.masks.shift(dropped);
        }
    }
}

/// What turns candidates into hits.
struct Looker<'i, 'a, 't, 'm> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    reading: Reading,
    held: &'m mut Held,
    out: &'m mut Vec<TextHit>,
}

impl Looker<'_, '_, '_, '_> {
    /// Walks the automaton, which knows the patterns without an anchor.
    fn walk(&mut self, stream: &mut Stream, runs: std::ops::Range<usize>) {
        let index = self.index;
        for run in runs {
            stream.state = match stream.class(run) {
                0 => 0,
                class => index.net.advance(stream.state, class.into()),
            };
            for pattern in index.net.outputs(stream.state) {
                let runs = index.pattern(pattern).runs as usize;
                if let Some(first) = (run + 1).checked_sub(runs) {
                    self.candidate(stream, Found { pattern, first });
                }
            }
        }
    }

    /// Tries the starts in the first run of the candidate and keeps the hit that
    /// needs the fewest folds.
    fn candidate(&mut self, stream: &Stream, found: Found) {
        let pattern = self.index.pattern(found.pattern);
        let first = stream.start(found.first);
        let behind = stream.start(found.first + 1);
        let next = match pattern.runs {
            // Letters and the gaps between them are in one run.
            1 if (behind.saturating_sub(first) as usize) < pattern.count.div_ceil(2) => return,
            1 => first.saturating_add(1),
            _ => behind,
        };
        if self.is_inside_word(stream, found, pattern) {
            return;
        }
        let class = self.index.elements.field(pattern.first, ELEMENT_WORDS, 2);
        let mut starts = Starts::default();
        for sym in Reader::new(self.index.folding, self.text, first) {
            if sym.start >= next && sym.start > first {
                break;
            }
            if self.index.step(&sym, self.reading) == Step::Letter(class) {
                starts.push(sym.start);
            }
        }
        let mut best: Option<TextHit> = None;
        for start in starts.iter() {
            let candidate = Candidate {
                pattern,
                start,
                reading: self.reading,
            };
            let hit = self.index.verify(self.text, candidate, self.held);
            let fewer =
                |best: TextHit| hit.is_some_and(|hit| hit.folds.count() < best.folds.count());
            if best.is_none_or(fewer) {
                best = hit.or(best);
            }
        }
        self.out.extend(best);
    }

    /// Whether a candidate begins behind a letter or ends before one, where its spelling may
    /// not: most candidates in ordinary text, told without reading them. Only a run of one
    /// letter tells: a longer one may hold an end of its own.
    fn is_inside_word(&self, stream: &Stream, found: Found, pattern: Pattern) -> bool {
        let (first, behind) = (stream.start(found.first), stream.start(found.first + 1));
        let past = found.first + pattern.runs as usize;
        let (last, after) = (stream.start(past.saturating_sub(1)), stream.start(past));
        let within = |alone: bool, end: u32| alone && self.parts_small_letters(end);
        let start = within(behind == first.saturating_add(1), first);
        let end = within(after == last.saturating_add(1), after);
        if !start && !end {
            return false;
        }
        let needs = self.index.needs(pattern.spelling);
        let forbidden =
            (start && needs & (1 | HAN_WORDS) != 0) || (end && needs & (2 | HAN_WORDS) != 0);
        forbidden
            && !self
                .index
                .budget(pattern.spelling)
                .contains(Folds::EMBEDDED)
    }

    /// Whether a letter stands before this byte and a small one behind it, both of ASCII.
    fn parts_small_letters(&self, at: u32) -> bool {
        let at = at as usize;
        let two = at
            .checked_sub(1)
            .and_then(|before| self.text.as_bytes().get(before..=at));
        two.is_some_and(|two| two[0].is_ascii_alphabetic() && two[1].is_ascii_lowercase())
    }
}

/// The first and the last few starts of a run.
#[derive(Default)]
struct Starts {
    offsets: [u32; 2 * STARTS],
    count: usize,
}

impl Starts {
    fn push(&mut self, start: u32) {
        let slot = match self.count {
            early if early < STARTS => early,
            late => STARTS + late % STARTS,
        };
        self.offsets[slot] = start;
        self.count += 1;
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.offsets
            .iter()
            .copied()
            .take(self.count.min(2 * STARTS))
    }
}

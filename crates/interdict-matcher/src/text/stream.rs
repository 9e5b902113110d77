//! The runs of a text: neighbours of one class are one, and what parts letters is skipped.
//!
//! In: letters with their class and place. Out: the classes of the runs side by side, so
//! that grams are looked up without a walk, where each run starts, and which runs are worth
//! a look at all: the *probes*. A stream is a window on its text: runs that no pattern can
//! reach any more make room for new ones.

use std::ops::Range;

use super::batch::LANES;
use super::effect::Effect;
use super::grams::{GRAM, REPEATED};
use super::tables::MAX_RUNS;

/// More separators than this end every term.
pub(super) const LONGEST_GAP: u32 = 8;
/// Runs that a pattern may reach before and behind a run, and a gram past the end.
const REACH: usize = MAX_RUNS + GRAM;

/// A run from which patterns are looked for, and what is: `Effect::ANYWHERE`, `Effect::HEADS`
/// or both, above the number of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Probe(pub(super) u32);

impl Probe {
    const RUN: u32 = Effect::ANYWHERE - 1;

    #[inline(always)]
    fn new(run: usize, wanted: u32) -> Probe {
        Probe(run as u32 & Probe::RUN | wanted)
    }

    /// The run.
    #[inline(always)]
    pub(crate) fn run(self) -> usize {
        (self.0 & Probe::RUN) as usize
    }

    /// Whether this is looked for.
    #[inline(always)]
    pub(crate) fn wants(self, what: u32) -> bool {
        self.0 & what != 0
    }
}

/// Runs of a text. The buffers are longer than what they hold and never shrink, so that a
/// letter comes in by a store or two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stream {
    /// With [`REPEATED`] where a run has more than one letter.
    classes: Vec<u16>,
    starts: Vec<u32>,
    /// By their runs, of which each has one at most.
    probes: Vec<Probe>,
    end: End,
    /// The first run that was not looked at yet.
    fresh: usize,
    /// The state of the automaton after the runs that were looked at.
    pub(super) state: u32,
}

/// The end of a stream.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct End {
    pub(super) runs: usize,
    pub(super) probes: usize,
    /// The last run as it was written, 0 when a letter cannot belong to it.
    pub(super) last: u16,
    /// Separators since the last letter.
    pub(super) gap: u32,
}

impl End {
    /// The class of the last run, 0 when a letter cannot belong to it.
    #[inline(always)]
    pub(super) fn class(self) -> u16 {
        self.last & !REPEATED
    }
}

/// A stream that is being written, by value, so that its end stays in registers.
pub(super) struct Pen<'s> {
    pub(super) classes: &'s mut [u16],
    pub(super) starts: &'s mut [u32],
    pub(super) probes: &'s mut [Probe],
    pub(super) end: End,
}

impl Pen<'_> {
    /// Takes in a letter or what parts letters, without a branch that depends on the text.
    /// Class 0 is in no spelling; `wanted` is what is looked for from there, see [`Probe`].
    #[inline(always)]
    pub(super) fn write(&mut self, effect: Effect, start: u32, wanted: u32) {
        let (is_letter, class, run) = (effect.is_letter(), effect.class(), self.end.runs);
        let begins = is_letter & (class != self.end.class());
        let repeats = is_letter & !begins & (class != 0);
        // What is written behind the end counts once the end moves.
        if let Some(place) = self.starts.get_mut(run) {
            *place = start;
        }
        let run = run.wrapping_sub(usize::from(!begins));
        self.end.last = match begins {
            true => class,
            false => self.end.last | u16::from(repeats) << REPEATED.trailing_zeros(),
        };
        if let Some(last) = self.classes.get_mut(run) {
            *last = self.end.last;
        }
        self.end.runs = run.wrapping_add(1);
        if let Some(probe) = self.probes.get_mut(self.end.probes) {
            *probe = Probe::new(run, wanted);
        }
        self.end.probes += usize::from(begins & (wanted != 0));
        if !begins & (wanted != 0) {
            self.ask_again(wanted);
        }
        self.end.gap = if is_letter { 0 } else { self.end.gap + 1 };
        if self.end.gap > LONGEST_GAP {
            self.close(start);
        }
    }

    /// Takes a letter in, see [`write`](Self::write). Gives back whether a run began.
    #[inline]
    pub(super) fn letter(&mut self, class: u16, start: u32, wanted: u32) -> bool {
        let runs = self.end.runs;
        self.write(Effect::letter(class), start, wanted);
        self.end.runs > runs
    }

    /// Steps over a separator; too many of them end every term.
    #[inline]
    pub(super) fn part(&mut self, start: u32) {
        self.end.gap += 1;
        if self.end.gap > LONGEST_GAP {
            self.close(start);
        }
    }

    /// A later letter of the last run may begin a word where the first does not.
    #[cold]
    pub(super) fn ask_again(&mut self, wanted: u32) {
        let run = self.end.runs.wrapping_sub(1);
        let last = self.probes.get_mut(self.end.probes.wrapping_sub(1));
        if let Some(last) = last.filter(|last| last.run() == run) {
            last.0 |= wanted;
        } else if let Some(probe) = self.probes.get_mut(self.end.probes) {
            *probe = Probe::new(run, wanted);
            self.end.probes += 1;
        }
    }

    /// Ends every term.
    #[cold]
    fn close(&mut self, start: u32) {
        if self.end.last != 0 {
            self.end.last = 0;
            self.push(0, start);
        }
    }

    #[inline(always)]
    fn push(&mut self, class: u16, start: u32) {
        let run = self.end.runs;
        if let (Some(a), Some(b)) = (self.classes.get_mut(run), self.starts.get_mut(run)) {
            (*a, *b) = (class, start);
            self.end.runs += 1;
        }
    }

    /// Whether a term may go on here.
    #[inline(always)]
    pub(super) fn is_open(&self) -> bool {
        self.end.last != 0
    }

    /// How many runs it holds.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.end.runs
    }

    /// The run that a letter of this class would be in.
    #[inline(always)]
    pub(super) fn run_of(&self, class: u16) -> usize {
        self.end.runs - usize::from(class == self.end.class())
    }
}

impl Stream {
    pub(crate) fn clear(&mut self) {
        self.end = End::default();
        self.fresh = 0;
        self.state = 0;
        // The first run has a run of no class before it, as all runs after a break.
        self.push(0, u32::MAX);
    }

    /// A pen with room for so many more runs. Its end is to be brought back by
    /// [`end_at`](Self::end_at).
    #[inline]
    pub(super) fn pen(&mut self, more: usize) -> Pen<'_> {
        let needed = self.end.runs + more + LANES;
        if self.classes.len() < needed {
            self.grow(needed);
        }
        Pen {
            classes: &mut self.classes,
            starts: &mut self.starts,
            probes: &mut self.probes,
            end: self.end,
        }
    }

    #[cold]
    fn grow(&mut self, needed: usize) {
        let length = needed.next_power_of_two();
        self.classes.resize(length, 0);
        self.starts.resize(length, 0);
        self.probes.resize(length, Probe::default());
    }

    /// Ends where a pen came to.
    #[inline]
    pub(super) fn end_at(&mut self, end: End) {
        self.end = end;
    }

    /// Takes a letter in, see [`Pen::letter`].
    #[inline]
    pub(crate) fn letter(&mut self, class: u16, start: u32, wanted: u32) -> bool {
        let mut pen = self.pen(1);
        let begins = pen.letter(class, start, wanted);
        self.end = pen.end;
        begins
    }

    /// Steps over a separator, see [`Pen::part`].
    #[inline]
    pub(crate) fn part(&mut self, start: u32) {
        let mut pen = self.pen(1);
        pen.part(start);
        self.end = pen.end;
    }

    fn push(&mut self, class: u16, start: u32) {
        let mut pen = self.pen(1);
        pen.push(class, start);
        self.end = pen.end;
    }

    /// Whether a term may go on here.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        self.end.last != 0
    }

    /// The runs that can be looked at: those with every run that a pattern reaches behind
    /// them, or all of them `at_end` of the text, when runs of no class follow.
    pub(crate) fn ready(&mut self, at_end: bool) -> Range<usize> {
        let behind = self.end.runs;
        let end = match at_end {
            true => behind,
            false => behind.saturating_sub(REACH),
        };
        if at_end {
            (0..GRAM).for_each(|_| self.push(0, u32::MAX));
        }
        let fresh = self.fresh;
        self.fresh = end.max(fresh);
        fresh..self.fresh
    }

    /// The probes among these runs.
    pub(crate) fn probes(&self, runs: &Range<usize>) -> &[Probe] {
        let probes = self.probes.get(..self.end.probes).unwrap_or(&[]);
        let place = |run: usize| probes.partition_point(|probe| probe.run() < run);
        let among = place(runs.start)..place(runs.end);
        probes.get(among).unwrap_or(&[])
    }

    /// Drops the runs that were looked at and that no pattern reaches any more. Gives back
    /// how many.
    pub(crate) fn make_room(&mut self) -> usize {
        let done = self.fresh.saturating_sub(REACH);
        if done == 0 {
            return 0;
        }
        let gone = self.probes(&(0..done)).len();
        self.classes.copy_within(done..self.end.runs, 0);
        self.starts.copy_within(done..self.end.runs, 0);
        self.probes.copy_within(gone..self.end.probes, 0);
        self.end.runs -= done;
        self.end.probes -= gone;
        for probe in self.probes.iter_mut().take(self.end.probes) {
            probe.0 -= done as u32;
        }
        self.fresh -= done;
        done
    }

    /// How many runs it holds.
    pub(crate) fn len(&self) -> usize {
        self.end.runs
    }

    /// The class of a run, 0 when no spelling knows it.
    pub(crate) fn class(&self, run: usize) -> u16 {
        self.classes().get(run).map_or(0, |class| class & !REPEATED)
    }

    /// Whether a run has one letter.
    pub(crate) fn is_single(&self, run: usize) -> bool {
        self.classes()
            .get(run)
            .is_some_and(|class| class & REPEATED == 0)
    }

    /// The classes of all runs, with [`REPEATED`] where one has more than one letter.
    pub(crate) fn classes(&self) -> &[u16] {
        self.classes.get(..self.end.runs).unwrap_or(&[])
    }

    /// How many runs start before this byte, which is near the end.
    pub(super) fn runs_before(&self, byte: u32) -> usize {
        let starts = self.starts.get(..self.end.runs).unwrap_or(&[]);
        // The first run starts nowhere.
        let last = starts.iter().rposition(|&start| start < byte);
        last.map_or(0, |last| last + 1)
    }

    /// Where a run starts.
    #[inline]
    pub(crate) fn start(&self, run: usize) -> u32 {
        let starts = self.starts.get(..self.end.runs).unwrap_or(&[]);
        starts.get(run).copied().unwrap_or(u32::MAX)
    }

    /// Begins anew behind the runs of another stream up to `behind`, the last `most` of them.
    pub(crate) fn follow(&mut self, other: &Stream, behind: usize, most: usize) {
        self.push(0, u32::MAX);
        let first = behind.saturating_sub(most);
        let probes = other.probes(&(first..behind));
        let mut pen = self.pen(behind - first);
        let shift = pen.end.runs;
        let runs = other.classes().iter().zip(&other.starts);
        for (class, start) in runs.take(behind).skip(first) {
            pen.push(*class, *start);
        }
        for probe in probes {
            if let Some(place) = pen.probes.get_mut(pen.end.probes) {
                *place = Probe(probe.0 - first as u32 + shift as u32);
                pen.end.probes += 1;
            }
        }
        let end = End {
            last: other
                .classes()
                .get(behind.wrapping_sub(1))
                .copied()
                .unwrap_or(0),
            gap: 0,
            ..pen.end
        };
        self.end = match behind == other.end.runs {
            true => End {
                gap: other.end.gap,
                last: other.end.last,
                ..end
            },
            false => end,
        };
    }
}

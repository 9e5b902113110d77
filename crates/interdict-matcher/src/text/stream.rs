//! The runs of a text: neighbours of one class are one, and what parts letters is skipped.
//!
//! In: letters with their class and place. Out: the classes of the runs side by side, so
//! that grams are looked up without a walk, and where each run starts. A stream is a
//! window on its text: runs that no pattern can reach any more make room for new ones.

use super::tables::MAX_RUNS;

/// More separators than this end every term.
pub(crate) const LONGEST_GAP: u32 = 8;
/// Runs that a pattern may reach before and behind a run, and a gram past the end.
const REACH: usize = MAX_RUNS + GRAM;
/// Runs to the longest gram.
pub(crate) const GRAM: usize = 4;

/// Runs of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stream {
    classes: Vec<u16>,
    starts: Vec<u32>,
    /// The first run that was not looked at yet.
    fresh: usize,
    /// The class of the last run, 0 when a letter cannot belong to it.
    last: u16,
    /// Separators since the last letter.
    gap: u32,
    /// The state of the automaton after the runs that were looked at.
    pub(super) state: u32,
}

impl Stream {
    pub(crate) fn clear(&mut self) {
        self.classes.clear();
        self.starts.clear();
        self.fresh = 0;
        self.last = 0;
        self.gap = 0;
        self.state = 0;
        // The first run has a run of no class before it, as all runs after a break.
        self.push(0, u32::MAX);
    }

    /// Takes a letter in; class 0 is in no spelling. Gives back whether a run began.
    #[inline(always)]
    pub(crate) fn letter(&mut self, class: u16, start: u32) -> bool {
        self.gap = 0;
        if class == self.last {
            return false;
        }
        self.last = class;
        self.push(class, start);
        true
    }

    /// Steps over a separator; too many of them end every term.
    #[inline(always)]
    pub(crate) fn part(&mut self, start: u32) {
        self.gap += 1;
        if self.gap > LONGEST_GAP && self.last != 0 {
            self.last = 0;
            self.push(0, start);
        }
    }

    #[inline(always)]
    fn push(&mut self, class: u16, start: u32) {
        self.classes.push(class);
        self.starts.push(start);
    }

    /// Whether a term may go on here.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        self.last != 0
    }

    /// The runs that can be looked at: those with every run that a pattern reaches behind
    /// them, or all of them `at_end` of the text, when runs of no class follow.
    pub(crate) fn ready(&mut self, at_end: bool) -> std::ops::Range<usize> {
        let behind = self.classes.len();
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

    /// Drops the runs that were looked at and that no pattern reaches any more. Gives back
    /// how many.
    pub(crate) fn make_room(&mut self) -> usize {
        let done = self.fresh.saturating_sub(REACH);
        self.classes.drain(..done);
        self.starts.drain(..done);
        self.fresh -= done;
        done
    }

    /// The run that a letter of this class would be in.
    #[inline]
    pub(crate) fn run_of(&self, class: u16) -> usize {
        self.classes.len() - usize::from(class == self.last)
    }

    /// How many runs it holds.
    pub(crate) fn len(&self) -> usize {
        self.classes.len()
    }

    /// The class of a run, 0 when no spelling knows it.
    pub(crate) fn class(&self, run: usize) -> u16 {
        self.classes.get(run).copied().unwrap_or(0)
    }

    pub(crate) fn classes(&self) -> &[u16] {
        &self.classes
    }

    /// Where a run starts.
    #[inline]
    pub(crate) fn start(&self, run: usize) -> u32 {
        self.starts.get(run).copied().unwrap_or(u32::MAX)
    }

    /// Begins anew behind the last runs of another stream, `most` of them.
    pub(crate) fn follow(&mut self, other: &Stream, most: usize) {
        let end = other.classes.len();
        let first = end.saturating_sub(most);
        self.push(0, u32::MAX);
        (first..end).for_each(|run| self.push(other.class(run), other.start(run)));
        self.last = other.last;
        self.gap = other.gap;
    }
}

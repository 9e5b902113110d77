//! The pass over a text: symbols with their places into the automaton, candidates
//! out to the verifier.

use super::Reading;
use super::class::Step;
use super::masked::WordStarts;
use super::scan::TextHit;
use super::tables::{ELEMENT_WORDS, MAX_RUNS, TextIndex};
use super::verify::{Candidate, Held};
use crate::fold::{Kind, Reader, Sym};
use crate::folds::Folds;

/// The starts of the last runs that a cursor remembers.
const RING: usize = 2 * MAX_RUNS;
/// More separators than this end every term.
pub(crate) const LONGEST_GAP: u32 = 8;
/// Starts tried at either end of the first run of a candidate.
const STARTS: usize = 8;

/// Memory of one pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    parting: Cursor,
    lettering: Cursor,
    filling: Cursor,
    held: Held,
}

/// A place in the automaton, and where the last runs started.
#[derive(Clone, Debug, Default)]
struct Cursor {
    state: u32,
    last: u32,
    runs: usize,
    /// Separators since the last letter.
    gap: u32,
    starts: Vec<u32>,
    /// Runs since the last sign that was read as a letter.
    quiet: u32,
}

impl Cursor {
    fn clear(&mut self) {
        self.state = 0;
        self.last = 0;
        self.runs = 0;
        self.gap = 0;
        self.quiet = u32::MAX;
        self.starts.resize(RING, 0);
    }

    fn start(&self, run: usize) -> u32 {
        self.starts.get(run % RING).copied().unwrap_or(0)
    }

    /// Steps over a separator; too many of them end every term.
    fn part(&mut self) {
        self.gap = self.gap.saturating_add(1);
        if self.gap > LONGEST_GAP {
            (self.state, self.last) = (0, 0);
        }
    }

    fn push(&mut self, start: u32) {
        if let Some(slot) = self.starts.get_mut(self.runs % RING) {
            *slot = start;
        }
        self.runs += 1;
        self.quiet = self.quiet.saturating_add(1);
    }

    /// Takes over where `other` stands, with the runs behind its state.
    fn follow(&mut self, other: &Cursor, depth: u32) {
        self.state = other.state;
        self.last = other.last;
        self.runs = other.runs;
        self.gap = other.gap;
        let from = other.runs.saturating_sub(depth as usize + 1);
        for run in from..other.runs {
            if let Some(slot) = self.starts.get_mut(run % RING) {
                *slot = other.start(run);
            }
        }
    }
}

impl TextIndex<'_> {
    /// Appends the hits of a text as it is.
    pub(crate) fn pass(&self, text: &str, memory: &mut Memory, out: &mut Vec<TextHit>) {
        let Memory {
            parting,
            lettering,
            filling,
            held,
        } = memory;
        parting.clear();
        lettering.clear();
        filling.clear();
        let mut pass = Pass {
            index: self,
            text,
            held,
            out,
        };
        pass.run(parting, lettering, filling);
        if self.uses(Folds::SOUND) {
            self.homophones(text, out);
        }
    }
}

/// What one scan borrows.
struct Pass<'i, 'a, 't> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    held: &'i mut Held,
    out: &'i mut Vec<TextHit>,
}

impl Pass<'_, '_, '_> {
    fn run(&mut self, parting: &mut Cursor, lettering: &mut Cursor, filling: &mut Cursor) {
        let reader = Reader::new(self.index.folding, self.text, 0);
        // More cursors only while a sign that may be a letter, or a letter that may
        // part Han, is still in play.
        let (mut forked, mut filled) = (false, false);
        let mut after_han = false;
        let masks = self.index.uses(Folds::MASKED);
        let mut starts = WordStarts::default();
        for sym in reader {
            if masks {
                self.index.mask(self.text, &mut starts, &sym, self.out);
            }
            if filled || after_han {
                filled = self.fill(parting, filling, &sym, filled);
            }
            match self.index.step(&sym, Reading::Parting) {
                Step::Letter(class) => {
                    after_han = sym.kind == Kind::Han;
                    self.feed(parting, class, &sym, Reading::Parting);
                    if forked {
                        self.feed(lettering, class, &sym, Reading::Lettering);
                        forked = self.index.net.depth(lettering.state) > lettering.quiet;
                    }
                }
                Step::Separator => {
                    parting.part();
                    forked = self.sign(parting, lettering, &sym, forked);
                }
            }
        }
    }

    /// A letter, digit or stroke right after Han may part Han for the third cursor.
    /// Gives back whether that cursor is needed from here on.
    fn fill(&mut self, parting: &Cursor, filling: &mut Cursor, sym: &Sym, filled: bool) -> bool {
        match self.index.step(sym, Reading::Filled) {
            Step::Letter(class) if filled => {
                self.feed(filling, class, sym, Reading::Filled);
                self.index.net.depth(filling.state) > filling.quiet
            }
            Step::Separator if filled => {
                filling.part();
                filling.state != 0
            }
            Step::Separator if sym.kind.is_word() && parting.state != 0 => {
                filling.follow(parting, self.index.net.depth(parting.state));
                filling.quiet = 0;
                filling.part();
                true
            }
            _ => false,
        }
    }

    /// A separator that may be a letter is one for the second cursor. Gives back
    /// whether two cursors are needed from here on.
    fn sign(&mut self, parting: &Cursor, lettering: &mut Cursor, sym: &Sym, forked: bool) -> bool {
        match self.index.step(sym, Reading::Lettering) {
            Step::Letter(class) => {
                if !forked {
                    lettering.follow(parting, self.index.net.depth(parting.state));
                }
                self.feed(lettering, class, sym, Reading::Lettering);
                lettering.quiet = 0;
                true
            }
            Step::Separator => {
                lettering.part();
                forked && lettering.last != 0
            }
        }
    }

    #[inline]
    fn feed(&mut self, cursor: &mut Cursor, class: u32, sym: &Sym, reading: Reading) {
        cursor.gap = 0;
        if class == 0 {
            (cursor.state, cursor.last) = (0, 0);
            return;
        }
        if class == cursor.last {
            return;
        }
        cursor.last = class;
        cursor.push(sym.start);
        cursor.state = self.index.net.advance(cursor.state, class);
        if cursor.state == 0 {
            return;
        }
        let index = self.index;
        for pattern in index.net.outputs(cursor.state) {
            self.candidate(cursor, pattern, sym, reading);
        }
    }

    /// Tries the starts in the first run of the candidate and keeps the hit that
    /// needs the fewest folds.
    fn candidate(&mut self, cursor: &Cursor, pattern: u32, sym: &Sym, reading: Reading) {
        let pattern = self.index.pattern(pattern);
        let runs = pattern.runs as usize;
        if runs == 0 || runs > cursor.runs || runs >= RING {
            return;
        }
        let first = cursor.start(cursor.runs - runs);
        let next = match runs {
            1 => sym.end,
            _ => cursor.start(cursor.runs - runs + 1),
        };
        let class = self.index.elements.field(pattern.first, ELEMENT_WORDS, 2);
        let mut starts = Starts::default();
        for sym in Reader::new(self.index.folding, self.text, first) {
            if sym.start >= next && sym.start > first {
                break;
            }
            if self.index.step(&sym, reading) == Step::Letter(class) {
                starts.push(sym.start);
            }
        }
        let mut best: Option<TextHit> = None;
        for start in starts.iter() {
            let candidate = Candidate {
                pattern,
                start,
                reading,
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

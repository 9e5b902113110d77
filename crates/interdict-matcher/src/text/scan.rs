//! The pass over a text: symbols with their places into the automaton, candidates
//! out to the verifier.

use super::Reading;
use super::class::Step;
use super::decode::{Decoded, undo_escapes, undo_reversal, undo_signs};
use super::tables::{ELEMENT_WORDS, MAX_RUNS, TextIndex};
use super::verify::{Candidate, Held};
use crate::fold::{Reader, Sym};
use crate::folds::Folds;

/// The starts of the last runs that a cursor remembers.
const RING: usize = 2 * MAX_RUNS;
/// More separators than this end every term.
pub(crate) const LONGEST_GAP: u32 = 8;
/// Starts tried at either end of the first run of a candidate.
const STARTS: usize = 8;

/// A spelling found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// The number of the spelling, as it was given to the compiler's `build`.
    pub spelling: u32,
    /// Where the hit starts, in bytes of the text.
    pub start: u32,
    /// Where the hit ends, in bytes of the text.
    pub end: u32,
    /// The folds that the hit needed.
    pub folds: Folds,
}

/// Memory that scans share, so that a warm scan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct ScanScratch {
    cursors: Cursors,
    escapes: Decoded,
    drawn: Decoded,
}

/// Memory of one pass.
#[derive(Clone, Debug, Default)]
struct Cursors {
    parting: Cursor,
    lettering: Cursor,
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
    /// Appends every hit of the text to `out`, sorted by start, end and spelling.
    /// A text of 4 GiB or more gives no hit: the caller limits texts.
    pub fn scan(&self, text: &str, scratch: &mut ScanScratch, out: &mut Vec<TextHit>) {
        if u32::try_from(text.len()).is_err() {
            return;
        }
        let first = out.len();
        let ScanScratch {
            cursors,
            escapes,
            drawn,
        } = scratch;
        let escaped = undo_escapes(text, escapes);
        let base = if escaped { escapes.text.as_str() } else { text };
        self.pass(base, cursors, out);
        if undo_reversal(base, drawn) {
            let from = out.len();
            self.pass(&drawn.text, cursors, out);
            self.lead_back(drawn, from, out, Rewriting::Reversal);
        }
        if self.uses(Folds::LEET) {
            let mut reading = 0;
            while reading < undo_signs(base, reading, drawn) {
                let from = out.len();
                self.pass(&drawn.text, cursors, out);
                self.lead_back(drawn, from, out, Rewriting::Signs);
                reading += 1;
            }
        }
        if escaped {
            self.lead_back(escapes, first, out, Rewriting::Escapes);
        }
        sort(out, first);
    }

    /// Leads hits of a rewritten text, `out` from `from` on, back to its original.
    fn lead_back(
        &self,
        decoded: &Decoded,
        from: usize,
        out: &mut Vec<TextHit>,
        rewriting: Rewriting,
    ) {
        let mut at = 0;
        out.retain_mut(|hit| {
            at += 1;
            at <= from || self.lead_hit_back(decoded, hit, rewriting)
        });
    }

    /// Whether the hit is still one in the original. What stands there as it is was
    /// found without rewriting, except where escapes are undone first.
    fn lead_hit_back(&self, decoded: &Decoded, hit: &mut TextHit, rewriting: Rewriting) -> bool {
        let origin = decoded.origin(hit.start, hit.end);
        let found = decoded.text.get(hit.start as usize..hit.end as usize);
        (hit.start, hit.end) = (origin.start, origin.end);
        if origin.rewritten == 0 {
            return rewriting == Rewriting::Escapes;
        }
        let letters = found
            .unwrap_or("")
            .chars()
            .filter(|c| c.is_alphanumeric())
            .count() as u32;
        let (needed, allowed) = match rewriting {
            Rewriting::Escapes | Rewriting::Reversal => (Folds::FOLD, true),
            Rewriting::Signs => {
                let letters_left = letters.saturating_sub(origin.rewritten);
                let enough = letters_left >= 1 && letters_left * 3 >= letters;
                (Folds::LEET, enough && !hit.folds.contains(Folds::GLUED))
            }
        };
        hit.folds |= needed;
        allowed && self.budget(hit.spelling).contains(hit.folds)
    }

    fn pass(&self, text: &str, cursors: &mut Cursors, out: &mut Vec<TextHit>) {
        let Cursors {
            parting,
            lettering,
            held,
        } = cursors;
        parting.clear();
        lettering.clear();
        let mut pass = Pass {
            index: self,
            text,
            held,
            out,
        };
        pass.run(parting, lettering);
    }
}

/// Why a text was rewritten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rewriting {
    Escapes,
    Reversal,
    Signs,
}

/// What one scan borrows.
struct Pass<'i, 'a, 't> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    held: &'i mut Held,
    out: &'i mut Vec<TextHit>,
}

impl Pass<'_, '_, '_> {
    fn run(&mut self, parting: &mut Cursor, lettering: &mut Cursor) {
        let reader = Reader::new(self.index.folding, self.text, 0);
        // Two cursors only while a sign that may be a letter is still in play.
        let mut forked = false;
        for sym in reader {
            match self.index.step(&sym, Reading::Parting) {
                Step::Letter(class) => {
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

/// Sorts the new hits and keeps one of those that differ in folds only.
fn sort(out: &mut Vec<TextHit>, first: usize) {
    let Some(new) = out.get_mut(first..) else {
        return;
    };
    new.sort_unstable_by_key(|hit| {
        (
            hit.start,
            hit.end,
            hit.spelling,
            hit.folds.count(),
            hit.folds,
        )
    });
    let mut at = 0;
    let mut before: Option<(u32, u32, u32)> = None;
    out.retain(|hit| {
        at += 1;
        let key = (hit.start, hit.end, hit.spelling);
        let same = at > first + 1 && before == Some(key);
        before = Some(key);
        !same
    });
}

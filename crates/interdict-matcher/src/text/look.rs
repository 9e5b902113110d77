//! Runs to hits: what the grams and the automaton name is held against the text.
//!
//! In: a stream, and which of its runs to look at. Out: the hits among the candidates.

use super::Reading;
use super::class::Step;
use super::effect::Effect;
use super::grams::{Found, Grams, Sieve};
use super::pattern::Pattern;
use super::scan::TextHit;
use super::stream::Stream;
use super::tables::TextIndex;
use super::verify::{Candidate, Held, Plain};
use crate::fold::Reader;
use crate::folds::Folds;

/// The need of a spelling whose ends are words only where they are in Latin letters.
const HAN_WORDS: u32 = 4;
/// Starts tried at either end of the first run of a candidate.
const STARTS: usize = 8;

/// What turns candidates into hits.
pub(super) struct Looker<'i, 'a, 't, 'm> {
    pub(super) index: &'i TextIndex<'a>,
    pub(super) text: &'t str,
    pub(super) reading: Reading,
    pub(super) held: &'m mut Held,
    pub(super) sieve: &'m mut Sieve,
    pub(super) out: &'m mut Vec<TextHit>,
}

impl Looker<'_, '_, '_, '_> {
    /// Looks for every pattern that is anchored in these runs.
    pub(super) fn find(&mut self, stream: &Stream, runs: &std::ops::Range<usize>) {
        let index = self.index;
        // Two of the streams are mostly empty.
        if stream.probes(runs).is_empty() {
            return;
        }
        self.find_by(index.heads, Effect::HEADS, stream, runs);
        self.find_by(index.grams, Effect::ANYWHERE, stream, runs);
    }

    /// Looks for those that stand in one of the tables, where this is looked for.
    fn find_by<const LEAD: usize>(
        &mut self,
        grams: Grams<'_, LEAD>,
        wanted: u32,
        stream: &Stream,
        runs: &std::ops::Range<usize>,
    ) {
        let (classes, probes) = (stream.classes(), stream.probes(runs));
        let wanted = probes.iter().filter(|probe| probe.wants(wanted));
        // Taken, because what is found is held against the text by this looker.
        let mut sieve = std::mem::take(self.sieve);
        sieve.reserve(probes.len());
        grams.sift_leads(classes, wanted.map(|probe| probe.run()), &mut sieve);
        grams.sift_grams(classes, &mut sieve);
        grams.find(classes, &sieve, |found| self.anchored(stream, found));
        *self.sieve = sieve;
    }

    /// Walks the automaton, which knows the patterns without an anchor.
    pub(super) fn walk(&mut self, stream: &mut Stream, runs: std::ops::Range<usize>) {
        let index = self.index;
        for run in runs {
            stream.state = match stream.class(run) {
                0 => 0,
                class => index.net.advance(stream.state, class.into()),
            };
            for pattern in index.net.outputs(stream.state) {
                let runs = index.pattern(pattern).runs as usize;
                if let Some(first) = (run + 1).checked_sub(runs) {
                    self.candidate(stream, index.pattern(pattern), first);
                }
            }
        }
    }

    /// Tries what an anchor names, if its runs stand there.
    fn anchored(&mut self, stream: &Stream, found: Found) {
        let pattern = self.index.pattern(found.pattern);
        let past = found.first.saturating_add(pattern.runs as usize);
        let here = stream.classes().get(found.first..past);
        if here.is_some_and(|here| self.index.stands(&pattern, here)) {
            self.candidate(stream, pattern, found.first);
        }
    }

    /// Tries the starts in the first run of the candidate and keeps the hit that
    /// needs the fewest folds.
    fn candidate(&mut self, stream: &Stream, pattern: Pattern, run: usize) {
        let first = stream.start(run);
        let behind = stream.start(run + 1);
        let next = match pattern.runs {
            // Letters and the gaps between them are in one run.
            1 if (behind.saturating_sub(first) as usize) < pattern.count.div_ceil(2) => return,
            1 => first.saturating_add(1),
            _ => behind,
        };
        if self.is_inside_word(stream, run, pattern) {
            return;
        }
        match self
            .index
            .plain(self.text, pattern, first, &mut self.held.han)
        {
            Plain::Hit(hit) => return self.out.push(hit),
            // Only a run of several letters has another start.
            Plain::None if stream.is_single(run) => return,
            Plain::None | Plain::InDoubt => {}
        }
        let class = self.index.element(pattern.first).class;
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
    fn is_inside_word(&self, stream: &Stream, run: usize, pattern: Pattern) -> bool {
        let (first, behind) = (stream.start(run), stream.start(run + 1));
        let past = run + pattern.runs as usize;
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

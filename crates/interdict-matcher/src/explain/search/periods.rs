//! The nearest times before and after an instant at which the verdict is another.

use super::Trials;
use crate::as_of::AsOf;
use crate::change::Period;
use crate::decide::{Findings, decide_found, turns};
use crate::instant::Instant;
use crate::verdict::Verdict;

/// How many turns are looked at on either side.
const MOST: usize = 400;

impl Trials<'_> {
    pub(super) fn periods(&mut self, verdict: Verdict) -> Vec<Period> {
        let turns = self.turns();
        let findings = Findings::gather(self.view, self.item, &mut self.scratch.scan);
        let here = turns.partition_point(|at| *at <= self.as_of.at.unix_seconds());
        let before = self.nearest(&findings, verdict, &turns, (0..here).rev());
        let after = self.nearest(&findings, verdict, &turns, here + 1..=turns.len());
        let before = before.map(|(other, near, far)| (other, far, near));
        [before, after]
            .into_iter()
            .flatten()
            .map(|(verdict, first, last)| Period {
                verdict,
                from: first.checked_sub(1).map(|at| self.shown(turns[at])),
                until: turns.get(last).map(|at| self.shown(*at)),
            })
            .collect()
    }

    /// The instants at which anything may change for the item, ascending.
    fn turns(&self) -> Vec<i64> {
        let boundaries = (0..self.view.epoch_count()).map(|at| self.view.boundary(at));
        let own = turns(self.view, self.item).into_iter();
        let mut turns: Vec<i64> = boundaries.chain(own).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    /// The nearest stretches between turns with another verdict: which, the nearest and the furthest
    /// of them. A stretch has the number of the turn that ends it.
    fn nearest(
        &mut self,
        findings: &Findings,
        verdict: Verdict,
        turns: &[i64],
        stretches: impl Iterator<Item = usize>,
    ) -> Option<(Verdict, usize, usize)> {
        let mut found: Option<(Verdict, usize, usize)> = None;
        for (count, stretch) in stretches.enumerate() {
            if count == MOST {
                self.stopped = true;
                break;
            }
            let there = self.verdict_in(findings, turns, stretch);
            match &mut found {
                None if there != verdict => found = Some((there, stretch, stretch)),
                None => {}
                Some((other, _, far)) if there == *other => *far = stretch,
                Some(_) => break,
            }
        }
        found
    }

    /// The verdict on the item in a stretch. Times are few, and do not count against what may be tried.
    fn verdict_in(&mut self, findings: &Findings, turns: &[i64], stretch: usize) -> Verdict {
        let at = match stretch.checked_sub(1) {
            Some(turn) => turns[turn],
            None => turns[0].saturating_sub(1),
        };
        let at = self.shown(at);
        self.done += 1;
        let scratch = &mut self.scratch;
        let as_of = AsOf { at, ..self.as_of };
        decide_found(self.view, [0; 32], self.item, findings, as_of, scratch).verdict
    }

    fn shown(&self, at: i64) -> Instant {
        Instant::from_unix_seconds(at).with_offset(self.as_of.at.offset_seconds())
    }
}

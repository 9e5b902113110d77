//! The nearest times before and after an instant at which the verdict is another.

use super::Trials;
use crate::change::Period;
use crate::instant::Instant;
use crate::verdict::Verdict;

/// How many boundaries are looked at on either side.
const MOST: u32 = 400;

impl Trials<'_> {
    pub(super) fn periods(&mut self, verdict: Verdict) -> Vec<Period> {
        let here = self.view.epoch(self.at.unix_seconds());
        let last = self.view.epoch_count();
        let before = self.nearest(verdict, (0..here).rev());
        let after = self.nearest(verdict, here + 1..=last);
        let before = before.map(|(other, near, far)| (other, far, near));
        [before, after]
            .into_iter()
            .flatten()
            .map(|(verdict, first, last)| Period {
                verdict,
                from: first.checked_sub(1).map(|at| self.boundary(at)),
                until: (last < self.view.epoch_count()).then(|| self.boundary(last)),
            })
            .collect()
    }

    /// The nearest epochs with another verdict: which, the nearest and the furthest of them.
    fn nearest(
        &mut self,
        verdict: Verdict,
        epochs: impl Iterator<Item = u32>,
    ) -> Option<(Verdict, u32, u32)> {
        let mut found: Option<(Verdict, u32, u32)> = None;
        for (count, epoch) in (0..).zip(epochs) {
            if count == MOST {
                self.stopped = true;
                break;
            }
            let there = self.verdict_in(epoch);
            match &mut found {
                None if there != verdict => found = Some((there, epoch, epoch)),
                None => {}
                Some((other, _, far)) if there == *other => *far = epoch,
                Some(_) => break,
            }
        }
        found
    }

    /// The verdict on the item in an epoch. Times are few, and do not count against what may be tried.
    fn verdict_in(&mut self, epoch: u32) -> Verdict {
        let at = match epoch.checked_sub(1) {
            Some(boundary) => self.boundary(boundary),
            None => Instant::from_unix_seconds(self.view.boundary(0).saturating_sub(1)),
        };
        self.done += 1;
        crate::decide::decide(self.view, [0; 32], self.item, at, &mut self.scratch).verdict
    }

    fn boundary(&self, number: u32) -> Instant {
        let instant = Instant::from_unix_seconds(self.view.boundary(number));
        instant.with_offset(self.at.offset_seconds())
    }
}

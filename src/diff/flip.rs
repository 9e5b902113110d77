//! Items on which the two sets part: if it can be, in their verdicts.

use interdict_matcher::{Decision, Verdict};

use super::{Differ, NEW, OLD, Shown};
use crate::ir::Rule;
use crate::solve::rules::{Window, cannot_fire, stays_silent};
use crate::solve::{Answer, Claim, Why};
use crate::witness::Witness;

/// How often rules that hide a change are left out, one after the other.
const MOST_ROUNDS: usize = 6;

/// What came of looking for an item.
pub(super) enum Found {
    /// It shows the change.
    Shown(Shown),
    /// There is none.
    Never,
    /// Nobody knows.
    Open(Why),
}

impl Differ<'_> {
    /// An item for which all claims are true at an instant and which `shows` the change of a rule of one
    /// side: one whose verdict flips, or else any. What is unknown shows only below a stricter verdict:
    /// a change that stricter rules hide wherever it could show is none.
    pub(super) fn flip(
        &mut self,
        at: i64,
        claims: &[Claim],
        own: (usize, &Rule),
        zone: &str,
        shows: &dyn Fn(&[Decision<'_>]) -> bool,
    ) -> Found {
        let mut claims = claims.to_vec();
        let mut first: Option<Shown> = None;
        for _ in 0..MOST_ROUNDS {
            let witness = match self.worlds.find(at, &claims, &|_| true) {
                Answer::Found(witness) => witness,
                // Later rounds asked for more than the change, so that an item found before counts.
                Answer::Never(_) => return first.map_or(Found::Never, Found::Shown),
                Answer::Open(why) => return first.map_or(Found::Open(why), Found::Shown),
            };
            let Some(seen) = self.seen(&witness, own, shows) else {
                return Found::Open(Why::Text);
            };
            let shown = Shown {
                witness: witness.in_zone(zone),
                old: seen.verdicts[OLD],
                new: seen.verdicts[NEW],
            };
            if seen.shows && (shown.flips() || seen.others.is_empty()) {
                return Found::Shown(first.filter(|_| !shown.flips()).unwrap_or(shown));
            }
            if seen.shows {
                first = first.or(Some(shown));
                claims.extend(self.silence(&seen.others, at, cannot_fire));
            } else if first.is_none() && !seen.stricter.is_empty() {
                claims.extend(self.silence(&seen.stricter, at, stays_silent));
            } else {
                break;
            }
        }
        first.map_or(Found::Open(Why::Text), Found::Shown)
    }

    fn seen(
        &self,
        witness: &Witness,
        (own, rule): (usize, &Rule),
        shows: &dyn Fn(&[Decision<'_>]) -> bool,
    ) -> Option<Seen> {
        self.worlds.read(witness, |decisions| {
            let mut others = Vec::new();
            for side in [OLD, NEW] {
                let fired = decisions[side].rules.iter().map(|one| one.id);
                let possible = decisions[side].possible.iter().map(|one| one.id);
                let ids = fired.chain(possible).filter(|id| *id != rule.id);
                others.extend(ids.map(|id| (side, id.to_owned())));
            }
            let fired = decisions[own].rules.iter();
            let stricter = fired.filter(|one| one.verdict >= rule.verdict && one.id != rule.id);
            Seen {
                verdicts: [decisions[OLD].verdict, decisions[NEW].verdict],
                shows: shows(decisions),
                stricter: stricter.map(|one| (own, one.id.to_owned())).collect(),
                others,
            }
        })
    }

    fn silence(&self, hiding: &[Hiding], at: i64, how: fn(usize, &Rule) -> Claim) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (side, id) in hiding {
            let world = self.worlds.world(*side);
            let stands = |rule: &&Rule| {
                let window = Window::possible(world, rule);
                rule.id == *id && window.from <= at && at < window.until
            };
            let rows = self.programs[*side].rules.iter().filter(stands);
            claims.extend(rows.map(|rule| how(*side, rule)));
        }
        claims
    }
}

/// What both sets decide on an item.
struct Seen {
    verdicts: [Verdict; 2],
    /// Whether the change shows.
    shows: bool,
    /// The other rules that fire or may: they hide what one rule does to the verdict.
    others: Vec<Hiding>,
    /// Those that fire and are as strict: they hide whether it may fire.
    stricter: Vec<Hiding>,
}

/// A rule of one of the sets, by its id.
type Hiding = (usize, String);

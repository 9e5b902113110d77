//! One rule in both sets: its times, its conditions, its verdict, its price.

use interdict_matcher::Decision;

use super::flip::Found;
use super::rules::Standing;
use super::times::{Times, day};
use super::{Differ, Key, Kind, NEW, OLD, Rows, Shown};
use crate::ir::Rule;
use crate::solve::rules::{cannot_fire, fired, fires, may_fire, stays_silent};
use crate::solve::{Claim, Why};

impl<'a> Differ<'a> {
    pub(super) fn compare(&mut self, key: &Key, rows: &Rows<'a>) {
        match (rows[OLD].is_empty(), rows[NEW].is_empty()) {
            (true, _) => self.alone(Kind::Added, NEW, key, rows),
            (_, true) => self.alone(Kind::Ended, OLD, key, rows),
            _ => {
                self.times(key, rows);
                self.conditions(key, rows);
                self.forces(key, rows);
                self.penalties(key, rows);
            }
        }
    }

    /// A rule that one set has and the other has not.
    fn alone(&mut self, kind: Kind, side: usize, key: &Key, rows: &Rows<'a>) {
        let row = rows[side][0];
        let zone = self.zone(rows);
        let times = Times::of(self.worlds.world(side), &rows[side]);
        let from = times.certain.first().or(times.possible.first());
        let from = from.map_or("never".to_owned(), |window| match window.from {
            i64::MIN => "at any time".to_owned(),
            from => format!("from {}", day(from, zone)),
        });
        let what = format!("{} {from}", row.verdict);
        let shown = self.first_binding(side, key, rows);
        self.tell(kind, key, what, shown);
    }

    /// An item on which a rule fires in a set, at an instant at which it does not bind in the other.
    fn first_binding(&mut self, side: usize, key: &Key, rows: &Rows<'a>) -> Option<Shown> {
        let other = 1 - side;
        for at in self.instants(rows) {
            let Some(here) = self.standing(side, rows, at) else {
                continue;
            };
            let there = self.standing(other, rows, at);
            if there.is_some_and(|there| there.certain || !here.certain) {
                continue;
            }
            let row = here.row;
            let shows = move |decisions: &[Decision<'_>]| {
                appears(&decisions[side], row) && !fired(&decisions[other], row)
            };
            let claims = fires(self.programs[side], side, row);
            match self.flip(at, &claims, (side, row), self.zone(rows), &shows) {
                Found::Shown(shown) => return Some(shown),
                Found::Never => {}
                Found::Open(why) => self.leave_open(key, "ever fires", why),
            }
        }
        None
    }

    fn times(&mut self, key: &Key, rows: &Rows<'a>) {
        let [old, new] = [OLD, NEW].map(|side| Times::of(self.worlds.world(side), &rows[side]));
        if old == new {
            return;
        }
        let what = new.against(&old, self.zone(rows));
        let shown = self.first_binding(NEW, key, rows);
        let shown = shown.or_else(|| self.first_binding(OLD, key, rows));
        self.tell(Kind::Moved, key, what, shown);
    }

    /// Whether the rule fires, or may fire, on more or on less where it stands in both sets.
    fn conditions(&mut self, key: &Key, rows: &Rows<'a>) {
        let standing = |differ: &Self, at: i64| {
            let [old, new] = [OLD, NEW].map(|side| differ.standing(side, rows, at));
            Some((at, old?, new?))
        };
        let instants = self.instants(rows).into_iter();
        let stretches: Vec<_> = instants.filter_map(|at| standing(self, at)).collect();
        for kind in [Kind::Widened, Kind::Narrowed] {
            for surely in [true, false] {
                let found = stretches.iter().find_map(|&(at, old, new)| {
                    let sides = match kind {
                        Kind::Widened => [(NEW, new), (OLD, old)],
                        _ => [(OLD, old), (NEW, new)],
                    };
                    let shown = self.reaches(at, key, rows, sides, surely)?;
                    Some((at, shown))
                });
                if let Some((at, shown)) = found {
                    let how = match (kind, surely) {
                        (Kind::Widened, true) => "fires where it did not",
                        (Kind::Widened, false) => "may fire where it did not",
                        (_, true) => "no longer fires where it did",
                        (_, false) => "can no longer fire where it might",
                    };
                    let what = format!("{how}, first at {}", day(at, self.zone(rows)));
                    self.tell(kind, key, what, Some(shown));
                    break;
                }
            }
        }
    }

    /// An item that a rule surely, or perhaps, reaches in one set and not in the other.
    fn reaches(
        &mut self,
        at: i64,
        key: &Key,
        rows: &Rows<'a>,
        [(more, here), (less, there)]: [(usize, Standing<'a>); 2],
        surely: bool,
    ) -> Option<Shown> {
        let (row, other) = (here.row, there.row);
        if surely && !(here.certain && there.certain) {
            return None;
        }
        let claims: Vec<Claim> = match surely {
            true => {
                let fires = fires(self.programs[more], more, row).into_iter();
                fires.chain([stays_silent(less, other)]).collect()
            }
            false => {
                let fires = may_fire(more, row).into_iter();
                fires.chain([cannot_fire(less, other)]).collect()
            }
        };
        let shows = move |decisions: &[Decision<'_>]| match surely {
            true => fired(&decisions[more], row) && !fired(&decisions[less], other),
            false => appears(&decisions[more], row) && !appears(&decisions[less], other),
        };
        match self.flip(at, &claims, (more, row), self.zone(rows), &shows) {
            Found::Shown(shown) => return Some(shown),
            Found::Open(why) if surely => self.leave_open(key, "changed what it fires on", why),
            Found::Open(why) => self.leave_open(key, "changed what it may fire on", why),
            Found::Never => {}
        }
        None
    }

    /// Verdict and layer.
    fn forces(&mut self, key: &Key, rows: &Rows<'a>) {
        let force = |row: &Rule| (row.verdict, row.layer);
        let parted = self.parted(rows, |old, new| force(old) != force(new));
        let Some((at, old, new)) = parted else {
            return;
        };
        let kind = match force(new) > force(old) {
            true => Kind::Stricter,
            false => Kind::Looser,
        };
        let said = |row: &Rule| match old.layer == new.layer {
            true => row.verdict.to_string(),
            false => format!("{} of the layer {}", row.verdict, row.layer),
        };
        let what = format!("{}, before {}", said(new), said(old));
        let shown = self.both(at, rows, old, new);
        self.tell(kind, key, what, shown);
    }

    fn penalties(&mut self, key: &Key, rows: &Rows<'a>) {
        let said = |row: &Rule| {
            let penalties = row.penalties.iter().map(|one| {
                let points = one.points.map(|points| format!(" {points} points"));
                let days = one.days.map(|days| format!(" for {days} days"));
                format!(
                    "{}{}{}",
                    one.name,
                    points.unwrap_or_default(),
                    days.unwrap_or_default()
                )
            });
            penalties.collect::<Vec<_>>()
        };
        let parted = self.parted(rows, |old, new| said(old) != said(new));
        let Some((at, old, new)) = parted else {
            return self.penalty_conditions(key, rows);
        };
        let listed = |row: &Rule| match said(row) {
            none if none.is_empty() => "nothing".to_owned(),
            some => some.join(", "),
        };
        let what = format!("costs {}, before {}", listed(new), listed(old));
        let shown = self.both(at, rows, old, new);
        self.tell(Kind::Penalty, key, what, shown);
    }

    /// Penalties of the same name that apply to other items.
    fn penalty_conditions(&mut self, key: &Key, rows: &Rows<'a>) {
        for at in self.instants(rows) {
            let stands = [OLD, NEW].map(|side| self.standing(side, rows, at));
            let [Some(old), Some(new)] = stands else {
                continue;
            };
            let (old, new) = (old.row, new.row);
            for (before, after) in old.penalties.iter().zip(&new.penalties) {
                for (more, less) in [
                    ((NEW, after.condition), (OLD, before.condition)),
                    ((OLD, before.condition), (NEW, after.condition)),
                ] {
                    let mut claims = fires(self.programs[OLD], OLD, old);
                    claims.extend(fires(self.programs[NEW], NEW, new));
                    claims.extend(penalty_applies(more, less));
                    let shows = move |decisions: &[Decision<'_>]| {
                        fired(&decisions[OLD], old) && fired(&decisions[NEW], new)
                    };
                    let zone = self.zone(rows);
                    if let Found::Shown(shown) = self.flip(at, &claims, (NEW, new), zone, &shows) {
                        let what = format!("`{}` is asked of other items", after.name);
                        return self.tell(Kind::Penalty, key, what, Some(shown));
                    }
                }
            }
        }
    }

    /// The first instant at which the rows of both sets certainly bind and part.
    fn parted(
        &self,
        rows: &Rows<'a>,
        part: impl Fn(&Rule, &Rule) -> bool,
    ) -> Option<(i64, &'a Rule, &'a Rule)> {
        self.instants(rows).into_iter().find_map(|at| {
            let [old, new] = [OLD, NEW].map(|side| self.standing(side, rows, at));
            let (old, new) = (old?, new?);
            (old.certain && new.certain && part(old.row, new.row)).then_some((at, old.row, new.row))
        })
    }

    /// An item on which the rule fires in both sets.
    fn both(&mut self, at: i64, rows: &Rows<'a>, old: &'a Rule, new: &'a Rule) -> Option<Shown> {
        let mut claims = fires(self.programs[OLD], OLD, old);
        claims.extend(fires(self.programs[NEW], NEW, new));
        let shows = move |decisions: &[Decision<'_>]| {
            fired(&decisions[OLD], old) && fired(&decisions[NEW], new)
        };
        match self.flip(at, &claims, (NEW, new), self.zone(rows), &shows) {
            Found::Shown(shown) => Some(shown),
            Found::Never | Found::Open(_) => None,
        }
    }

    pub(super) fn leave_open(&mut self, key: &Key, what: &str, why: Why) {
        if why == Why::Text {
            let named = match &key.1 {
                None => format!("`{}`", key.0),
                Some(reading) => format!("the reading `{reading}` of `{}`", key.0),
            };
            let question = format!("whether {named} {what}");
            if !self.diff.open.contains(&question) {
                self.diff.open.push(question);
            }
        }
    }
}

fn penalty_applies(
    (more, applies): (usize, crate::ir::NodeId),
    (less, rests): (usize, crate::ir::NodeId),
) -> [Claim; 2] {
    use crate::solve::Is;
    let claim = |world, node, is| Claim::Node { world, node, is };
    [
        claim(more, applies, Is::True),
        claim(less, rests, Is::NotTrue),
    ]
}

/// Whether a rule fired, or may have.
fn appears(decision: &Decision<'_>, rule: &Rule) -> bool {
    let may = decision.possible.iter().any(|one| one.id == rule.id);
    fired(decision, rule) || may
}

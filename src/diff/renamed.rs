//! Rules that changed their id and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::times::Times;
use super::{Differ, Key, Kind, NEW, OLD, Rows};
use crate::solve::rules::{cannot_fire, fires, may_fire, stays_silent};

/// How many pairs of an ended and an added rule are held against each other.
const MOST_PAIRS: usize = 400;

impl<'a> Differ<'a> {
    /// Takes an ended and an added rule together that are one and the same.
    pub(super) fn renamed(&mut self, keys: &BTreeMap<Key, Rows<'a>>) {
        let ids = |kind: Kind| {
            let changes = self.diff.changes.iter().filter(|one| one.kind == kind);
            changes.map(|one| one.rule.clone()).collect::<BTreeSet<_>>()
        };
        let has = |side: usize, id: &String| {
            let mut rows = keys.iter().filter(|(key, _)| key.0 == *id);
            rows.all(|(_, rows)| rows[1 - side].is_empty())
        };
        let (mut ended, mut added) = (ids(Kind::Ended), ids(Kind::Added));
        ended.retain(|id| has(OLD, id));
        added.retain(|id| has(NEW, id));
        if ended.len() * added.len() > MOST_PAIRS {
            return;
        }
        for old in &ended {
            let twin = added.iter().find(|new| self.is_same(keys, old, new));
            let twin = twin.cloned();
            if let Some(new) = twin {
                self.diff
                    .changes
                    .retain(|one| one.rule != *old && one.rule != new);
                added.remove(&new);
                self.diff.renamed.push((old.clone(), new));
            }
        }
    }

    /// Whether two rules bind at the same times, say the same and reach the same items.
    fn is_same(&mut self, keys: &BTreeMap<Key, Rows<'a>>, old: &str, new: &str) -> bool {
        let readings = |id: &str| {
            of(keys, id)
                .into_iter()
                .map(|(key, _)| &key.1)
                .collect::<Vec<_>>()
        };
        let said = |side: usize, id: &str| {
            let rows = of(keys, id).into_iter().flat_map(|(_, rows)| &rows[side]);
            let said = rows.map(|row| {
                let penalties = row.penalties.iter();
                let penalties = penalties.map(|one| (one.name.clone(), one.points, one.days));
                (row.verdict, row.layer, penalties.collect::<Vec<_>>())
            });
            said.collect::<Vec<_>>()
        };
        if readings(old) != readings(new) || said(OLD, old) != said(NEW, new) {
            return false;
        }
        let pairs = of(keys, old).into_iter().zip(of(keys, new));
        let pairs = pairs.map(|((_, old), (_, new))| {
            let rows: Rows<'a> = [old[OLD].clone(), new[NEW].clone()];
            rows
        });
        pairs.collect::<Vec<_>>().iter().all(|rows| {
            let [old, new] = [OLD, NEW].map(|side| Times::of(self.worlds.world(side), &rows[side]));
            let instants = self.instants(rows);
            old == new && instants.into_iter().all(|at| self.is_same_at(rows, at))
        })
    }

    fn is_same_at(&mut self, rows: &Rows<'a>, at: i64) -> bool {
        let [old, new] = [OLD, NEW].map(|side| self.standing(side, rows, at));
        let (Some(old), Some(new)) = (old, new) else {
            return old.is_none() && new.is_none();
        };
        let sides = [(OLD, old.row), (NEW, new.row)];
        [(sides[0], sides[1]), (sides[1], sides[0])]
            .into_iter()
            .all(|((more, row), (less, other))| {
                let mut surely = fires(self.programs[more], more, row);
                surely.push(stays_silent(less, other));
                let mut perhaps = may_fire(more, row);
                perhaps.push(cannot_fire(less, other));
                self.worlds.clash(at, &surely).is_some()
                    && self.worlds.clash(at, &perhaps).is_some()
            })
    }
}

/// A rule with its readings.
fn of<'k, 'a>(keys: &'k BTreeMap<Key, Rows<'a>>, id: &str) -> Vec<(&'k Key, &'k Rows<'a>)> {
    keys.iter().filter(|(key, _)| key.0 == id).collect()
}

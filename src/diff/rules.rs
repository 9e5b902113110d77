//! How a rule stands in both policy sets at one instant.

use std::collections::BTreeSet;

use super::{Differ, NEW, OLD, Rows};
use crate::ir::Rule;
use crate::solve::rules::{Window, nodes};

/// A rule at an instant: the row that stands, and whether it certainly binds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) row: &'a Rule,
    pub(super) certain: bool,
}

impl<'a> Differ<'a> {
    /// The row of a rule that stands in a set at an instant.
    pub(super) fn standing(&self, side: usize, rows: &Rows<'a>, at: i64) -> Option<Standing<'a>> {
        let world = self.worlds.world(side);
        let inside = |window: Window| window.from <= at && at < window.until;
        let row = rows[side]
            .iter()
            .find(|row| inside(Window::possible(world, row)))?;
        Some(Standing {
            row,
            certain: inside(Window::certain(world, row)),
        })
    }

    /// An instant of each stretch of time over which a rule stays the same in both sets, from its first
    /// day to its last.
    pub(super) fn instants(&self, rows: &Rows<'a>) -> Vec<i64> {
        let mut cuts: BTreeSet<i64> = BTreeSet::new();
        let mut whole = Window {
            from: i64::MAX,
            until: i64::MIN,
        };
        for side in [OLD, NEW] {
            let world = self.worlds.world(side);
            for row in &rows[side] {
                let (may, must) = (Window::possible(world, row), Window::certain(world, row));
                cuts.extend([may.from, may.until, must.from, must.until]);
                whole.from = whole.from.min(may.from);
                whole.until = whole.until.max(may.until);
            }
        }
        let sides = [OLD, NEW].map(|side| {
            let nodes = rows[side].iter().flat_map(|row| nodes(row)).collect();
            (self.worlds.world(side), nodes)
        });
        let mut instants = whole.instants(sides);
        instants.extend(
            cuts.into_iter()
                .filter(|at| whole.from < *at && *at < whole.until),
        );
        instants.sort_unstable();
        instants.dedup();
        instants
    }

    /// The zone of the policy that a rule stands in.
    pub(super) fn zone(&self, rows: &Rows<'a>) -> &'a str {
        let sides = [NEW, OLD].into_iter();
        let mut zones = sides.filter_map(|side| {
            let row = rows[side].first()?;
            let policy = self.programs[side].policies.get(row.policy as usize)?;
            Some(policy.zone.as_str())
        });
        zones.next().unwrap_or("UTC")
    }
}

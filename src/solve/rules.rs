//! Rules as claims, and the stretches of time over which they stay the same.

use interdict_matcher::Decision;

use super::{Claim, Is, World};
use crate::ir::{Node, NodeId, Program, Rule};

/// That a rule fires, a claim for each part of its condition and for each exception: what cannot be
/// then names the parts that exclude each other.
pub fn fires(program: &Program, world: usize, rule: &Rule) -> Vec<Claim> {
    let mut claims = holds(program, world, rule.condition);
    claims.extend(unlifted(world, rule));
    claims
}

/// That a condition holds, a claim for each of its parts.
pub fn holds(program: &Program, world: usize, condition: NodeId) -> Vec<Claim> {
    let parts = match &program.nodes[condition as usize] {
        Node::And(parts) => parts.clone(),
        _ => vec![condition],
    };
    let claims = parts.into_iter().map(|node| Claim::Node {
        world,
        node,
        is: Is::True,
    });
    claims.collect()
}

/// That a rule does not certainly fire.
pub fn stays_silent(world: usize, rule: &Rule) -> Claim {
    some_part(world, rule, Is::NotTrue, Is::NotFalse)
}

/// That a rule certainly does not fire, whatever is unknown.
pub fn cannot_fire(world: usize, rule: &Rule) -> Claim {
    some_part(world, rule, Is::False, Is::True)
}

fn some_part(world: usize, rule: &Rule, condition: Is, exception: Is) -> Claim {
    let parts = parts(world, rule, condition, exception);
    Claim::Any(parts.collect())
}

/// That a rule fires, or that nobody knows.
pub fn may_fire(world: usize, rule: &Rule) -> Vec<Claim> {
    parts(world, rule, Is::NotFalse, Is::NotTrue).collect()
}

fn parts(world: usize, rule: &Rule, condition: Is, exception: Is) -> impl Iterator<Item = Claim> {
    let exceptions = rule.exceptions.iter().map(move |(_, node)| Claim::Node {
        world,
        node: *node,
        is: exception,
    });
    let condition = Claim::Node {
        world,
        node: rule.condition,
        is: condition,
    };
    [condition].into_iter().chain(exceptions)
}

/// That none of its exceptions lifts a rule.
pub fn unlifted(world: usize, rule: &Rule) -> impl Iterator<Item = Claim> {
    rule.exceptions.iter().map(move |(_, node)| Claim::Node {
        world,
        node: *node,
        is: Is::False,
    })
}

/// The conditions that a rule consists of.
pub fn nodes(rule: &Rule) -> impl Iterator<Item = NodeId> {
    let exceptions = rule.exceptions.iter().map(|(_, node)| *node);
    [rule.condition].into_iter().chain(exceptions)
}

/// Whether a decision says that a rule fired.
pub fn fired(decision: &Decision<'_>, rule: &Rule) -> bool {
    let own = |one: &interdict_matcher::Fired<'_>| {
        one.id == rule.id && one.reading == rule.reading.as_deref()
    };
    decision.rules.iter().any(own)
}

/// From when to when, in seconds, a rule may bind; and from when it certainly does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first instant.
    pub from: i64,
    /// The first instant after it.
    pub until: i64,
}

impl Window {
    /// When a rule certainly binds.
    pub fn certain(world: &World<'_>, rule: &Rule) -> Window {
        Window {
            from: world.start(rule.life.certain),
            until: world.start(rule.life.may_end.min(rule.life.until)),
        }
    }

    /// When a rule may bind.
    pub fn possible(world: &World<'_>, rule: &Rule) -> Window {
        Window {
            from: world.start(rule.life.possible.min(rule.life.certain)),
            until: world.start(rule.life.until),
        }
    }

    /// Whether it may be over whenever it binds, so that it can only be open whether it fires.
    pub fn is_in_doubt(world: &World<'_>, rule: &Rule) -> bool {
        rule.life.may_end < rule.life.until && Window::certain(world, rule).is_empty()
    }

    /// What two windows share.
    #[must_use]
    pub fn and(self, other: Window) -> Window {
        Window {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
        }
    }

    /// Whether no instant lies in it.
    pub fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// An instant of each stretch over which conditions stay the same, for one and the same item.
    pub fn instants<'w>(
        self,
        worlds: impl IntoIterator<Item = (&'w World<'w>, Vec<NodeId>)>,
    ) -> Vec<i64> {
        if self.is_empty() {
            return Vec::new();
        }
        let changes = worlds
            .into_iter()
            .flat_map(|(world, nodes)| world.changes(nodes));
        let mut starts: Vec<i64> = changes
            .filter(|at| self.from < *at && *at < self.until)
            .collect();
        starts.push(self.from);
        starts.sort_unstable();
        starts.dedup();
        // Before all time nothing can be shown: any instant before the first change will do.
        if starts.first() == Some(&i64::MIN) {
            let end = starts.get(1).copied().unwrap_or(self.until);
            starts[0] = end.saturating_sub(DAY).min(SOME_DAY);
        }
        starts
    }
}

const DAY: i64 = 86_400;

/// 2018-01-01, for what holds at any time.
const SOME_DAY: i64 = 1_514_764_800;

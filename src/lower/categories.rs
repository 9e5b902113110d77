//! Whether an item is in a category → nodes.

use super::Lowering;
use crate::ir::{Atom, InCategory, Node, NodeId};
use crate::model::{CategoryId, Counting, Placement, PolicySet};

/// How it is asked whether an item is in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    /// Whether those within it are left out.
    exactly: bool,
    /// The mask of the rule that asks.
    mask: Option<u32>,
    /// Whether an item that declares no category is unknown rather than outside.
    unknown_if_missing: bool,
}

impl Lowering<'_> {
    /// Declared, or recognised by the `where` of the category or of one within it.
    pub(super) fn in_category(
        &mut self,
        category: CategoryId,
        exactly: bool,
        mask: Option<u32>,
    ) -> NodeId {
        let (declared, recognised) = self.membership(category, exactly, mask);
        let Some(recognised) = recognised else {
            return declared;
        };
        let node = self.node(Node::Or(vec![declared, recognised]));
        self.program.in_category.push(InCategory {
            node,
            category: category.0,
            exactly,
        });
        node
    }

    /// What declares an item to be in a category, and what recognises it, if anything ever does.
    /// While nothing recognises it, an item that declares no category is unknown.
    pub(super) fn membership(
        &mut self,
        category: CategoryId,
        exactly: bool,
        mask: Option<u32>,
    ) -> (NodeId, Option<NodeId>) {
        let always = match exactly {
            true => self.is_recognised(category),
            false => self
                .families
                .always_within(category)
                .into_iter()
                .any(|part| self.is_recognised(part)),
        };
        let ever = always || (!exactly && self.recognised[category.at()]);
        let way = Way {
            exactly,
            mask,
            unknown_if_missing: !always,
        };
        let (declared, recognised) = self.member_over_time(category, way);
        if always == ever {
            return (declared, recognised);
        }
        let way = Way {
            unknown_if_missing: false,
            ..way
        };
        let (surely, _) = self.member_over_time(category, way);
        let then = self.recognised_while(category);
        let otherwise = self.node(Node::Not(then));
        let parts = vec![
            self.node(Node::And(vec![then, surely])),
            self.node(Node::And(vec![otherwise, declared])),
        ];
        (self.node(Node::Or(parts)), recognised)
    }

    fn is_recognised(&self, category: CategoryId) -> bool {
        self.set.categories[category.at()].recognised_by.is_some()
    }

    /// Whether the instant is one at which anything recognises a category.
    fn recognised_while(&mut self, category: CategoryId) -> NodeId {
        if let Some(&known) = self.recognised_whiles.get(&category) {
            return known;
        }
        let parts = self.families.always_within(category);
        let mut times = Vec::new();
        if parts.iter().any(|part| self.is_recognised(*part)) {
            times.push(self.node(Node::True));
        }
        for (part, placement) in self.families.placed_within(&parts) {
            if self.recognised[part.at()] {
                let time = self.while_placed(placement);
                let inner = self.recognised_while(part);
                times.push(self.node(Node::And(vec![time, inner])));
            }
        }
        let node = self.node(Node::Or(times));
        self.recognised_whiles.insert(category, node);
        node
    }

    /// The same; what lies within for a time counts only then.
    fn member_over_time(&mut self, category: CategoryId, way: Way) -> (NodeId, Option<NodeId>) {
        if let Some(&known) = self.memberships.get(&(category, way)) {
            return known;
        }
        let parts = match way.exactly {
            true => vec![category],
            false => self.families.always_within(category),
        };
        let mut recognised = Vec::new();
        let set = self.set;
        for part in &parts {
            if let Some(condition) = &set.categories[part.at()].recognised_by {
                recognised.push(self.expr(condition, way.mask));
            }
        }
        let mut declared = vec![self.atom(Atom::Declared {
            category: category.0,
            exactly: way.exactly,
            unknown_if_missing: way.unknown_if_missing,
        })];
        let placed = match way.exactly {
            true => Vec::new(),
            false => self.families.placed_within(&parts),
        };
        for (part, placement) in placed {
            let said = |one: &&Counting| one.part == part && one.placement == placement;
            let counting = set.countings.iter().find(said);
            let time = match counting {
                Some(counting) => self.while_counting(counting),
                None => self.while_placed(placement),
            };
            let (said, seen) = self.member_over_time(part, way);
            let ways =
                [Some(said), seen].map(|way| way.map(|way| self.node(Node::And(vec![time, way]))));
            if let Some(counting) = counting {
                self.note_counting(counting, ways);
            }
            declared.extend(ways[0]);
            recognised.extend(ways[1]);
        }
        let declared = match declared.as_slice() {
            [one] => *one,
            _ => self.node(Node::Or(declared)),
        };
        let recognised = (!recognised.is_empty()).then(|| self.node(Node::Or(recognised)));
        self.memberships
            .insert((category, way), (declared, recognised));
        (declared, recognised)
    }

    /// Whether the instant is one at which a category is placed, as far as is known.
    fn while_placed(&mut self, placement: Placement) -> NodeId {
        let time = self.between(placement.from, placement.until);
        match self.published(placement.known) {
            Some(known) => self.node(Node::And(vec![known, time])),
            None => time,
        }
    }

    /// Whether something counts as something else at the instant. Times alike are kept apart, so that
    /// a decision can say which of two countings it rests on.
    fn while_counting(&mut self, counting: &Counting) -> NodeId {
        let name = |category: CategoryId| &self.set.categories[category.at()].name;
        let whole = counting.placement.whole;
        let start = format!("whether {} counts as {}", name(counting.part), name(whole));
        let from = self.epoch(counting.placement.from);
        let until = self.epoch(counting.placement.until);
        self.atom(Atom::InForce {
            possible: from,
            certain: from,
            may_end: until,
            until,
            start,
            end: String::new(),
        })
    }

    /// Notes that conditions hold because something counts as something else.
    fn note_counting(&mut self, counting: &Counting, ways: [Option<NodeId>; 2]) {
        for node in ways.into_iter().flatten() {
            self.program.countings.push(crate::ir::Counting {
                node,
                part: counting.part.0,
                whole: counting.placement.whole.0,
                since: counting.since.clone(),
                citations: super::citations(&counting.citations),
            });
        }
    }
}

/// Which categories are recognised at some time, themselves or by one within them.
pub(super) fn recognised(set: &PolicySet) -> Vec<bool> {
    let mut recognised = vec![false; set.categories.len()];
    let own = set.categories.iter().zip(0..);
    let own = own.filter(|(category, _)| category.recognised_by.is_some());
    let mut open: Vec<usize> = own.map(|(_, number)| number).collect();
    while let Some(category) = open.pop() {
        if !std::mem::replace(&mut recognised[category], true) {
            let wholes = set.categories[category].wholes();
            open.extend(wholes.into_iter().map(CategoryId::at));
        }
    }
    recognised
}

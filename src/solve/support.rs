//! Model → the answers that suffice for the claims. An item needs to give no others.

use std::collections::BTreeSet;

use super::inquiry::Inquiry;
use super::{Claim, Is};
use crate::ir::{Node, NodeId};

impl Inquiry<'_, '_> {
    /// The answers that make all claims true, as the last model gives them.
    pub(super) fn support(&mut self) -> BTreeSet<(usize, Is)> {
        let mut support = Support::default();
        for claim in self.claims {
            self.support_claim(claim, &mut support);
        }
        support.answers
    }

    fn support_claim(&mut self, claim: &Claim, support: &mut Support) {
        match claim {
            Claim::Node { world, node, is } => self.support_node(*world, *node, *is, support),
            Claim::All(parts) => {
                for part in parts {
                    self.support_claim(part, support);
                }
            }
            Claim::Any(parts) => {
                let held = parts.iter().find(|part| self.claim_holds(part));
                if let Some(part) = held {
                    self.support_claim(part, support);
                }
            }
            Claim::OneCategory => {}
        }
    }

    fn claim_holds(&mut self, claim: &Claim) -> bool {
        match claim {
            Claim::Node { world, node, is } => self.holds(*world, *node, *is),
            Claim::All(parts) => parts.iter().all(|part| self.claim_holds(part)),
            Claim::Any(parts) => parts.iter().any(|part| self.claim_holds(part)),
            Claim::OneCategory => true,
        }
    }

    fn support_node(&mut self, world: usize, number: NodeId, is: Is, support: &mut Support) {
        if !support.seen.insert((world, number, is)) {
            return;
        }
        let program = self.programs[world];
        match &program.nodes[number as usize] {
            Node::True | Node::False => {}
            Node::Not(part) => self.support_node(world, *part, opposite(is), support),
            Node::Atom(atom) => {
                support.answers.insert((self.fact(world, *atom), is));
            }
            Node::And(parts) => self.support_parts(world, parts, is, needs_all(is, true), support),
            Node::Or(parts) => self.support_parts(world, parts, is, needs_all(is, false), support),
        }
    }

    fn support_parts(
        &mut self,
        world: usize,
        parts: &[NodeId],
        is: Is,
        all: bool,
        support: &mut Support,
    ) {
        if all {
            for part in parts {
                self.support_node(world, *part, is, support);
            }
        } else if let Some(part) = parts.iter().find(|part| self.holds(world, **part, is)) {
            self.support_node(world, *part, is, support);
        }
    }
}

#[derive(Default)]
struct Support {
    answers: BTreeSet<(usize, Is)>,
    seen: BTreeSet<(usize, NodeId, Is)>,
}

/// What a condition must be for its opposite to be so.
fn opposite(is: Is) -> Is {
    match is {
        Is::True => Is::False,
        Is::False => Is::True,
        Is::NotTrue => Is::NotFalse,
        Is::NotFalse => Is::NotTrue,
    }
}

/// Whether every part of an `and` (or of an `or`) must be so for the whole to be so.
fn needs_all(is: Is, and: bool) -> bool {
    match is {
        Is::True | Is::NotFalse => and,
        Is::False | Is::NotTrue => !and,
    }
}

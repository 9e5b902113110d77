//! Which rules can meet at all, told at a glance: no solver is asked of two platforms.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::FieldType;

use super::Prover;
use crate::ir::{Atom, Node, NodeId, Program, Rule};
use crate::solve::rules::Window;

/// What a rule asks of fields that hold one name each, and when it certainly binds.
pub(super) struct Scope {
    names: BTreeMap<u32, BTreeSet<String>>,
    pub(super) window: Window,
}

impl Prover<'_> {
    /// The scopes of all rules, by their places.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        let rules = self.program.rules.iter();
        rules
            .map(|rule| Scope {
                names: names(self.program, rule),
                window: Window::certain(self.world(), rule),
            })
            .collect()
    }
}

impl Scope {
    /// Whether an item and an instant may lie in both.
    pub(super) fn meets(&self, other: &Scope) -> bool {
        let apart = |(field, values): (&u32, &BTreeSet<String>)| {
            let others = other.names.get(field);
            others.is_some_and(|others| values.is_disjoint(others))
        };
        !self.window.and(other.window).is_empty() && !self.names.iter().any(apart)
    }
}

fn names(program: &Program, rule: &Rule) -> BTreeMap<u32, BTreeSet<String>> {
    let mut names: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for part in parts(program, rule.condition) {
        if let Node::Atom(atom) = program.nodes[*part as usize]
            && let Atom::Is(field, values) = &program.atoms[atom as usize]
            && program.fields[*field as usize].kind == FieldType::Name
        {
            let values: BTreeSet<String> = values.iter().cloned().collect();
            let all = names.entry(*field).or_insert_with(|| values.clone());
            all.retain(|one| values.contains(one));
        }
    }
    names
}

/// The parts of a condition that must all hold.
fn parts(program: &Program, condition: NodeId) -> &[NodeId] {
    match &program.nodes[condition as usize] {
        Node::And(parts) => parts,
        _ => &[],
    }
}

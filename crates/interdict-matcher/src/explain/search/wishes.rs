//! Conditions → the questions whose answers would have to change, so that few changes change the whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::*;
use crate::decide::{Evaluation, Truth};

/// More changes than anybody tries.
const NEVER_DONE: u32 = 1000;

/// A question and the answer that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) atom: Atom,
    pub(super) answer: bool,
    /// Whether an exception asks it.
    pub(super) of_exception: bool,
}

/// Collects wishes from rules.
pub(super) struct Wishes<'a, 's, 'e> {
    evaluation: &'e mut Evaluation<'a, 's>,
    /// Whether the item may go to another place.
    place: bool,
    distances: BTreeMap<(u32, bool), u32>,
    seen: BTreeSet<(u32, bool, bool)>,
    of_exception: bool,
    found: Vec<Wish>,
}

impl<'a, 's, 'e> Wishes<'a, 's, 'e> {
    pub(super) fn new(evaluation: &'e mut Evaluation<'a, 's>, place: bool) -> Self {
        Wishes {
            evaluation,
            place,
            distances: BTreeMap::new(),
            seen: BTreeSet::new(),
            of_exception: false,
            found: Vec::new(),
        }
    }

    /// What was found, those first that exceptions do not ask.
    pub(super) fn into_found(mut self) -> Vec<Wish> {
        self.found.sort_by_key(|wish| wish.of_exception);
        self.found
    }

    /// Whether a rule fires or may fire.
    pub(super) fn may_fire(&mut self, rule: Rule) -> bool {
        self.evaluation.rule(rule).0 != Truth::False
    }

    /// Whether it is not known if a rule fires.
    pub(super) fn is_open(&mut self, rule: Rule) -> bool {
        self.evaluation.rule(rule).0 == Truth::Unknown
    }

    /// What would keep a rule from firing: its condition fails, or an exception holds.
    pub(super) fn against(&mut self, rule: Rule, most: u32) {
        self.explore(rule.condition, false, most);
        for condition in self.exceptions(rule) {
            self.of_exception = true;
            self.explore(condition, true, most);
            self.of_exception = false;
        }
    }

    /// What would make a rule fire: its condition holds, and none of its exceptions does.
    pub(super) fn towards(&mut self, rule: Rule, most: u32) {
        let exceptions = self.exceptions(rule);
        let mut distance = self.distance(rule.condition, true);
        for condition in &exceptions {
            distance = distance.saturating_add(self.distance(*condition, false));
        }
        if distance > most {
            return;
        }
        self.explore(rule.condition, true, most);
        for condition in exceptions {
            self.explore(condition, false, most);
        }
    }

    fn exceptions(&self, rule: Rule) -> Vec<u32> {
        let rows = self.evaluation.view.exceptions;
        let rows = rows.range(rule.exceptions_start, rule.exceptions_len);
        rows.map(|(_, exception)| exception.condition).collect()
    }

    /// How many questions must change at least, so that a condition gets an answer.
    fn distance(&mut self, number: u32, answer: bool) -> u32 {
        if let Some(&known) = self.distances.get(&(number, answer)) {
            return known;
        }
        let node = self.evaluation.view.nodes.row(number);
        let is_there = self.evaluation.node(number) == truth(answer);
        let distance = match node.op {
            _ if is_there => 0,
            NODE_NOT => self.distance(node.a, !answer),
            NODE_AND | NODE_OR => {
                let children = self.evaluation.view.index_range(node.a, node.b);
                let distances = children.map(|child| self.distance(child, answer));
                match needs_all(node, answer) {
                    true => distances.fold(0, u32::saturating_add),
                    false => distances.min().unwrap_or(NEVER_DONE),
                }
            }
            NODE_ATOM if self.may_change(self.evaluation.view.atoms.row(node.a)) => 1,
            _ => NEVER_DONE,
        };
        self.distances.insert((number, answer), distance);
        distance
    }

    fn explore(&mut self, number: u32, answer: bool, most: u32) {
        let distance = self.distance(number, answer);
        let key = (number, answer, self.of_exception);
        if distance == 0 || distance > most || !self.seen.insert(key) {
            return;
        }
        let node = self.evaluation.view.nodes.row(number);
        match node.op {
            NODE_NOT => self.explore(node.a, !answer, most),
            NODE_AND | NODE_OR => {
                for child in self.evaluation.view.index_range(node.a, node.b) {
                    self.explore(child, answer, most);
                }
            }
            NODE_ATOM => self.found.push(Wish {
                atom: self.evaluation.view.atoms.row(node.a),
                answer,
                of_exception: self.of_exception,
            }),
            _ => {}
        }
    }

    /// Whether a change of the item can change an answer: not that of the time, and that of the place
    /// only if it is asked for, or if the item does not say where it is.
    fn may_change(&self, atom: Atom) -> bool {
        let (view, item) = (self.evaluation.view, self.evaluation.item);
        let field = match atom.kind {
            ATOM_IN_FORCE | ATOM_DURING | ATOM_PUBLISHED => return false,
            ATOM_IS => atom.a,
            ATOM_MEMBER => view.groups.row(atom.a).field,
            _ => return true,
        };
        let path = view.strings.get(view.fields.row(field).path);
        let is_place = matches!(
            path,
            "platform" | "channel" | "seller.country" | "market" | "origin" | "destination"
        );
        self.place || !is_place || item.value_or_default(view, field).is_none()
    }
}

fn truth(answer: bool) -> Truth {
    if answer { Truth::True } else { Truth::False }
}

/// Whether all parts of a condition must get the answer for it to get it.
fn needs_all(node: Node, answer: bool) -> bool {
    (node.op == NODE_AND) == answer
}

//! Conditions and scopes → nodes.

use super::Lowering;
use crate::ir::{Atom, Node, NodeId, Wording};
use crate::model::{self, Expr, Scope};

impl Lowering<'_> {
    pub(super) fn expr(&mut self, expr: &Expr, mask: Option<u32>) -> NodeId {
        let atom = match expr {
            Expr::True => return self.node(Node::True),
            Expr::And(parts) => {
                let parts = self.expr_all(parts, mask);
                return self.node(Node::And(parts));
            }
            Expr::Or(parts) => {
                let parts = self.expr_all(parts, mask);
                return self.node(Node::Or(parts));
            }
            Expr::Not(part) => {
                let part = self.expr(part, mask);
                return self.node(Node::Not(part));
            }
            Expr::InCategory { category, exactly } => {
                return self.in_category(*category, *exactly, mask);
            }
            Expr::Fires(rule) => return self.fires(&self.set.rules[rule.at()]),
            Expr::Mentions {
                term,
                fields,
                near,
                dress,
            } => Atom::Mentions {
                term: term.0,
                fields: fields.iter().map(|field| field.0).collect(),
                dress: *dress,
                near: near.map(|(term, words)| (term.0, words)),
                mask,
            },
            Expr::Is(field, values) => Atom::Is(field.0, sorted(values)),
            Expr::Number(field, test, number) => {
                Atom::Number(field.0, Some(*test), number.to_bits())
            }
            Expr::Equals(field, number) => Atom::Number(field.0, None, number.to_bits()),
            Expr::Date(field, test, boundary) => {
                let days = [boundary.first_day, boundary.last_day].map(i64::from);
                Atom::Date(
                    field.0,
                    *test,
                    [boundary.first, boundary.last, days[0], days[1]],
                )
            }
            Expr::Order(field, test, other, zone) => Atom::Order(field.0, *test, other.0, zone.0),
            Expr::Past(field, zone) => Atom::Past(field.0, zone.0),
            Expr::Age(field, test, age, zone) => Atom::Age(field.0, *test, *age, zone.0),
            Expr::Known(field) => Atom::Known(field.0),
            Expr::Member(group) => Atom::Member(group.0),
            Expr::Between(from, until) => return self.between(*from, *until),
        };
        self.atom(atom)
    }

    /// A text that a rule demands. Masks hide what a rule is about, not what it asks for.
    pub(super) fn wording(&mut self, wording: &model::Wording) -> Wording {
        Wording {
            texts: wording.texts.clone(),
            fields: wording.fields.iter().map(|field| field.0).collect(),
            condition: self.expr(&wording.holds, None),
        }
    }

    /// Where and for whom a rule binds, one node a limit.
    pub(super) fn scope(&mut self, rule: &model::Rule) -> Vec<NodeId> {
        let mut parts = self.bounds_of(&rule.scope);
        if let Some(seller) = &rule.seller {
            parts.push(self.is("seller.name", std::slice::from_ref(seller)));
        }
        parts
    }

    /// The same without the seller that a rule may be about.
    pub(super) fn bounds_of(&mut self, scope: &Scope) -> Vec<NodeId> {
        let mut parts = Vec::new();
        for (path, values) in [("platform", &scope.platforms), ("channel", &scope.channels)] {
            if !values.is_empty() {
                parts.push(self.is(path, values));
            }
        }
        for place in &scope.places {
            let named = self.atom(Atom::Is(place.field.0, sorted(&place.names)));
            let listed = place.lists.iter().map(|list| Atom::Member(list.0));
            let mut ways: Vec<NodeId> = listed.map(|atom| self.atom(atom)).collect();
            ways.insert(0, named);
            parts.push(match ways.as_slice() {
                [one] => *one,
                _ => self.node(Node::Or(ways)),
            });
        }
        for (outsiders, groups) in &scope.groups {
            let members = groups
                .iter()
                .map(|group| self.atom(Atom::Member(group.0)))
                .collect();
            let member = self.node(Node::Or(members));
            parts.push(if *outsiders {
                self.node(Node::Not(member))
            } else {
                member
            });
        }
        parts
    }

    fn is(&mut self, path: &str, values: &[String]) -> NodeId {
        let field = self.field(path);
        self.atom(Atom::Is(field, sorted(values)))
    }

    pub(super) fn field(&self, path: &str) -> u32 {
        let place = self
            .program
            .fields
            .partition_point(|field| field.path.as_str() < path);
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

fn sorted(values: &[String]) -> Vec<String> {
    let mut values = values.to_vec();
    values.sort();
    values.dedup();
    values
}

//! What a policy says where none of its rules fires → a row of its own.

use super::Lowering;
use crate::ir::{Atom, Node, NodeId, Rule};
use crate::model::{Otherwise, Policy};

impl Lowering<'_> {
    /// Adds the rows once those of all rules are there.
    pub(super) fn otherwise(&mut self) {
        let rows = self.program.rules.clone();
        for (policy, number) in self.set.policies.iter().zip(0..) {
            if let Some(otherwise) = &policy.otherwise {
                let own: Vec<&Rule> = rows.iter().filter(|row| row.policy == number).collect();
                self.add_otherwise(policy, number, otherwise, &own);
            }
        }
    }

    fn add_otherwise(
        &mut self,
        policy: &Policy,
        number: u32,
        otherwise: &Otherwise,
        rules: &[&Rule],
    ) {
        let mut parts = self.bounds_of(&otherwise.scope);
        let fires = rules.iter().map(|row| self.row_fires(row)).collect();
        let fires = self.node(Node::Or(fires));
        parts.push(self.node(Node::Not(fires)));
        let condition = self.node(Node::And(parts));
        self.program.rules.push(Rule {
            layer: policy.layer,
            policy: number,
            effective: "always".to_owned(),
            span: otherwise.span,
            ..Rule::bare(policy.otherwise_id(), otherwise.verdict, condition)
        });
    }

    /// Whether a row binds, as far as is known, and fires.
    fn row_fires(&mut self, row: &Rule) -> NodeId {
        let life = &row.life;
        let start = match life.possible == life.certain {
            true => String::new(),
            false => format!("from which instant {} binds ({})", row.id, life.starts),
        };
        // That nobody may know when it ends is in its condition.
        let mut parts = vec![self.atom(Atom::InForce {
            possible: life.possible,
            certain: life.certain,
            may_end: life.until,
            until: life.until,
            start,
            end: String::new(),
        })];
        parts.extend(self.known_within(row.known));
        parts.push(row.condition);
        for (_, lifted) in &row.exceptions {
            parts.push(self.node(Node::Not(*lifted)));
        }
        self.node(Node::And(parts))
    }
}

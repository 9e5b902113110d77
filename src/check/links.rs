//! Permissions that override, and the grounds of statements that keep none in the artifact.

use super::Checker;
use super::names::Kind;
use crate::ast::{ClauseKind, Head, Statement};

impl Checker<'_> {
    /// Permissions that override, once every rule has its end.
    pub(super) fn override_rules(&mut self) {
        for (file, statement) in self.statements() {
            let Some(own) = self.own_rule(file, statement) else {
                continue;
            };
            for clause in &statement.clauses {
                if let ClauseKind::Overrides(rule) = &clause.kind
                    && let Some(beaten) = self.rule_id(file, rule)
                {
                    self.override_rule(own, beaten, rule.span);
                }
            }
        }
    }

    /// The sources of statements that keep none in the artifact must still exist.
    pub(super) fn resolve_grounds(&mut self, statement: &Statement) {
        let keeps_none = matches!(
            statement.head,
            Head::Exception(..) | Head::Repeal(_) | Head::Reaffirm(_) | Head::Suspend(_)
        );
        let clauses = statement.clauses.iter().filter(|_| keeps_none);
        for clause in clauses {
            if let ClauseKind::From(citation) = &clause.kind
                && self
                    .names
                    .span(Kind::Claim, &citation.source.value)
                    .is_none()
            {
                let name = &citation.source;
                self.resolve(Kind::Source, &name.value, name.span);
            }
        }
    }
}

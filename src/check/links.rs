//! What statements say of rules that stand elsewhere: `overrides`, `supersedes`, `repeal`, `reaffirm`.

use super::Checker;
use super::names::Kind;
use super::rules::own_id;
use crate::ast::{ClauseKind, Head, Statement};
use crate::diagnostic::Code;
use crate::model::RuleId;
use crate::source::Span;

impl Checker<'_> {
    /// What statements say of rules that stand elsewhere: `overrides`, `supersedes`, `repeal`, …
    pub(super) fn link_rules(&mut self) {
        for (file, statement) in self.statements() {
            self.resolve_grounds(statement);
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => self.link_rule(file, statement),
                Head::Repeal(of) => {
                    if let Some(rule) = self.rule_id(file, of) {
                        let from = self.life(file, statement, true).certain;
                        // A missing start has been reported.
                        if from != i64::MIN {
                            self.end_rule(rule, from, statement.head_span);
                        }
                    }
                }
                Head::Reaffirm(of) => {
                    self.rule_id(file, of);
                }
                Head::Amend(_) => self.not_supported(statement.head_span, "`amend`"),
                Head::Suspend(_) => self.not_supported(statement.head_span, "`suspend`"),
                _ => {}
            }
        }
    }

    /// The sources of statements that keep none in the artifact must still exist.
    fn resolve_grounds(&mut self, statement: &Statement) {
        let keeps_none = matches!(
            statement.head,
            Head::Exception(..)
                | Head::Repeal(_)
                | Head::Reaffirm(_)
                | Head::Suspend(_)
                | Head::Amend(_)
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

    fn link_rule(&mut self, file: usize, statement: &Statement) {
        let Some((id, _)) = own_id(statement) else {
            return;
        };
        let full = format!("{}/{id}", self.headers[file].name);
        let Some(&(own, _)) = self.rule_ids.get(&full) else {
            return;
        };
        for clause in &statement.clauses {
            match &clause.kind {
                ClauseKind::Supersedes { rule, leaves_gap } => {
                    let Some(old) = self.rule_id(file, rule) else {
                        continue;
                    };
                    let start = self.set.rules[own.at()].life.certain;
                    if self.set.rules[old.at()].life.until < start && !leaves_gap {
                        let message = format!("`{}` ended before this rule starts", rule.value);
                        self.report(Code::SupersessionGap, clause.span, message)
                            .help = Some(
                            "say `leaves gap` if nothing is meant to hold in between".to_owned(),
                        );
                    } else if self.set.rules[old.at()].life.until > start {
                        self.end_rule(old, start, clause.span);
                    }
                }
                ClauseKind::Overrides(rule) => {
                    if let Some(beaten) = self.rule_id(file, rule) {
                        self.override_rule(own, beaten, rule.span);
                    }
                }
                _ => {}
            }
        }
    }

    fn end_rule(&mut self, rule: RuleId, at: i64, span: Span) {
        let target = &mut self.set.rules[rule.at()];
        if at < target.life.possible.max(target.life.certain) {
            let (id, effective) = (target.id.clone(), target.life.effective.clone());
            let message = format!("`{id}` would end before it starts");
            self.report(Code::EmptyInterval, span, message).help =
                Some(format!("it takes effect {effective}"));
        } else {
            target.life.until = target.life.until.min(at);
        }
    }
}

//! What statements say of rules that stand elsewhere: `overrides`, `supersedes`, `repeal`, `reaffirm`.

use super::Checker;
use super::names::Kind;
use super::rules::own_id;
use crate::ast::{ClauseKind, Head, Layer, Statement};
use crate::diagnostic::Code;
use crate::model::RuleId;
use crate::source::Span;

impl Checker<'_> {
    /// Ends what other statements end. All ends are known before anything is held against them, so
    /// that the order of statements and files never shows.
    pub(super) fn end_rules(&mut self) {
        let mut successions = Vec::new();
        for (file, statement) in self.statements() {
            self.resolve_grounds(statement);
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => {
                    let found = self.successions(file, statement);
                    successions.extend(found);
                }
                Head::Repeal(of) => {
                    let layer = self.headers[file].layer;
                    let start = self.life(file, statement, true).certain;
                    if let Some(rule) = self.rule_id(file, of) {
                        self.end_rule(rule, start, layer, statement.head_span);
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
        for succession in successions {
            self.refuse_gap(&succession);
        }
    }

    /// Ends the rules that this one supersedes.
    fn successions(&mut self, file: usize, statement: &Statement) -> Vec<Succession> {
        let Some(own) = self.own_rule(file, statement) else {
            return Vec::new();
        };
        let (start, layer) = (
            self.set.rules[own.at()].life.certain,
            self.set.rules[own.at()].layer,
        );
        let mut successions = Vec::new();
        for clause in &statement.clauses {
            let ClauseKind::Supersedes { rule, leaves_gap } = &clause.kind else {
                continue;
            };
            let Some(old) = self.rule_id(file, rule) else {
                continue;
            };
            if old == own {
                let message = "this rule supersedes itself";
                self.report(Code::Cycle, clause.span, message).help =
                    Some("name the rule that it takes the place of".to_owned());
                continue;
            }
            self.end_rule(old, start, layer, clause.span);
            successions.push(Succession {
                old,
                start,
                leaves_gap: *leaves_gap,
                span: clause.span,
            });
        }
        successions
    }

    fn refuse_gap(&mut self, succession: &Succession) {
        let old = &self.set.rules[succession.old.at()];
        if old.life.until < succession.start && !succession.leaves_gap {
            let message = format!("`{}` ended before this rule starts", old.id);
            self.report(Code::SupersessionGap, succession.span, message)
                .help = Some("say `leaves gap` if nothing is meant to hold in between".to_owned());
        }
    }

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

    /// The number of the rule that a statement makes.
    pub(super) fn own_rule(&self, file: usize, statement: &Statement) -> Option<RuleId> {
        let (id, _) = own_id(statement)?;
        let full = format!("{}/{id}", self.headers[file].name);
        self.rule_ids.get(&full).map(|(number, _)| *number)
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

    fn end_rule(&mut self, rule: RuleId, at: i64, layer: Layer, span: Span) {
        let target = &mut self.set.rules[rule.at()];
        let (id, effective) = (target.id.clone(), target.life.effective.clone());
        if layer < target.layer {
            let above = target.layer.word();
            self.report_loosening(span, "statement", layer.word(), &id, above);
        } else if at == i64::MIN {
            // A missing start has been reported.
        } else if at <= target.life.certain {
            let message = format!("`{id}` would end before it starts");
            self.report(Code::EmptyInterval, span, message).help =
                Some(format!("it takes effect {effective}"));
        } else {
            target.life.until = target.life.until.min(at);
        }
    }
}

/// A rule that takes the place of another.
struct Succession {
    old: RuleId,
    start: i64,
    leaves_gap: bool,
    span: Span,
}

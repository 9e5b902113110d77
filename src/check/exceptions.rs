//! What lifts a rule: exceptions, `except` clauses and overriding permissions.

use std::collections::BTreeMap;

use super::time::ALWAYS;
use super::{Checker, all};
use crate::ast::{Clause, ClauseKind, Head, RuleRef, Statement, Verdict};
use crate::diagnostic::Code;
use crate::model::{Exception, ExceptionId, Expr, Life, RuleId};
use crate::source::Span;

/// What an exception lifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Rule(RuleId),
    Exception(ExceptionId),
}

impl Checker<'_> {
    pub(super) fn define_exceptions(&mut self) {
        let mut stated = Vec::new();
        for (file, statement) in self.statements() {
            let Head::Exception(name, _) = &statement.head else {
                continue;
            };
            let full = format!("{}/{}", self.headers[file].name, name.value);
            if let Some(&(_, first)) = self.exception_ids.get(&full) {
                let message = format!("two exceptions are called `{}`", name.value);
                let diagnostic = self.report(Code::DuplicateId, name.span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                continue;
            }
            let holds = self.exception_condition(file, statement);
            let life = self.life(file, statement, false);
            let id = self.add_exception(full.clone(), holds, life, false);
            self.exception_ids.insert(full, (id, name.span));
            stated.push((file, statement, id));
        }
        let mut targets = BTreeMap::new();
        for &(file, statement, id) in &stated {
            let Head::Exception(name, of) = &statement.head else {
                continue;
            };
            if let Some(target) = self.exception_target(file, of) {
                self.attach(id, target, name.span);
                targets.insert(id, target);
            }
        }
        for &(file, statement, id) in &stated {
            self.refuse_loosening(id, file, statement.head_span, &targets);
            if let Some((rule, _)) = root(id, &targets) {
                self.exception_roots.insert(id, rule);
            }
        }
        self.refuse_circular_exceptions();
    }

    fn add_exception(&mut self, id: String, holds: Expr, life: Life, of_text: bool) -> ExceptionId {
        let number = ExceptionId(u32::try_from(self.set.exceptions.len()).unwrap_or(u32::MAX));
        self.set.exceptions.push(Exception {
            id,
            holds,
            life,
            of_text,
            exceptions: Vec::new(),
        });
        number
    }

    fn exception_condition(&mut self, file: usize, statement: &Statement) -> Expr {
        let conditions: Vec<Expr> = statement
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::When(condition) => Some(self.condition(file, condition)),
                _ => None,
            })
            .collect();
        all(conditions)
    }

    /// `except category`, `except when` or a transition of a rule's text, as an exception. The same clause is the same exception, whatever else of the text changes.
    pub(super) fn except_clause(
        &mut self,
        file: usize,
        clause: &Clause,
        rule: &str,
    ) -> Option<ExceptionId> {
        let (holds, life) = match &clause.kind {
            ClauseKind::ExceptCategory(name) => {
                let category = self.category(&name.value);
                let exactly = false;
                (Expr::InCategory { category, exactly }, ALWAYS)
            }
            ClauseKind::ExceptWhen(condition) => (self.condition(file, condition), ALWAYS),
            ClauseKind::Comply(transition) => self.transition(file, transition)?,
            _ => return None,
        };
        if let Some(&known) = self.except_clauses.get(&clause.span) {
            return Some(known);
        }
        let words = self.words_of(clause);
        let exception = self.add_exception(format!("{rule}: {words}"), holds, life, true);
        self.except_clauses.insert(clause.span, exception);
        Some(exception)
    }

    /// A clause as its author wrote it, on one line.
    fn words_of(&self, clause: &Clause) -> String {
        let source = self.sources.file(clause.span.file);
        let text = source.and_then(|source| {
            source
                .text
                .get(clause.span.start as usize..clause.span.end as usize)
        });
        text.unwrap_or("")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn exception_target(&mut self, file: usize, of: &RuleRef) -> Option<Target> {
        let own = format!("{}/{}", self.headers[file].name, of.value);
        let known = self
            .exception_ids
            .get(&of.value)
            .or_else(|| self.exception_ids.get(&own));
        if let Some((id, _)) = known {
            return Some(Target::Exception(*id));
        }
        self.rule_id(file, of).map(Target::Rule)
    }

    fn attach(&mut self, id: ExceptionId, target: Target, span: Span) {
        let life = self.set.exceptions[id.at()].life.clone();
        let (lifted, lifted_life) = match target {
            Target::Exception(of) => {
                let exception = &mut self.set.exceptions[of.at()];
                exception.exceptions.push(id);
                (exception.id.clone(), exception.life.clone())
            }
            Target::Rule(of) => {
                let rule = &mut self.set.rules[of.at()];
                rule.exceptions.push(id);
                (rule.id.clone(), rule.life.clone())
            }
        };
        if !overlap(&life, &lifted_life) {
            let message =
                format!("this exception can never apply: it is not in force while `{lifted}` is");
            let effective = lifted_life.effective;
            self.report(Code::NeverApplies, span, message).help =
                (!effective.is_empty()).then(|| format!("`{lifted}` takes effect {effective}"));
        }
    }

    /// What lifts a rule loosens it; what lifts that tightens it again, and so on.
    fn refuse_loosening(
        &mut self,
        id: ExceptionId,
        file: usize,
        span: Span,
        targets: &BTreeMap<ExceptionId, Target>,
    ) {
        let Some((rule, steps)) = root(id, targets) else {
            return;
        };
        let (layer, rule) = (self.headers[file].layer, &self.set.rules[rule.at()]);
        if steps % 2 == 1 && layer < rule.layer {
            let (rule_id, above) = (rule.id.clone(), rule.layer.word());
            self.report_loosening(span, "exception", layer.word(), &rule_id, above);
        }
    }

    pub(super) fn report_loosening(
        &mut self,
        span: Span,
        what: &str,
        own: &str,
        rule: &str,
        above: &str,
    ) {
        let message = format!(
            "this {what} of the layer `{own}` would loosen `{rule}` of the layer `{above}`"
        );
        self.report(Code::LoosensHigherLayer, span, message).help = Some(
            "a lower layer can tighten, never loosen: state it in a policy of that layer, or under its own rule".to_owned(),
        );
    }

    /// `allow … overrides ID` lifts that rule wherever the permission fires.
    pub(super) fn override_rule(&mut self, own: RuleId, beaten: RuleId, span: Span) {
        let (permission, rule) = (&self.set.rules[own.at()], &self.set.rules[beaten.at()]);
        let (id, life, layer) = (
            permission.id.clone(),
            permission.life.clone(),
            permission.layer,
        );
        let (rule_id, rule_layer, rule_life) = (rule.id.clone(), rule.layer, rule.life.clone());
        if rule.verdict == Verdict::Allow {
            let message =
                format!("`{rule_id}` allows already, so that there is nothing to override");
            self.report(Code::NeverApplies, span, message);
            return;
        }
        if !overlap(&life, &rule_life) {
            let message =
                format!("this can never override: it is not in force while `{rule_id}` is");
            self.report(Code::NeverApplies, span, message);
        }
        if layer < rule_layer {
            self.report_loosening(
                span,
                "permission",
                layer.word(),
                &rule_id,
                rule_layer.word(),
            );
            return;
        }
        let exception = self.add_exception(id, Expr::Fires(own), ALWAYS, false);
        self.set.rules[beaten.at()].exceptions.push(exception);
    }

    /// Exceptions of exceptions must come to an end.
    fn refuse_circular_exceptions(&mut self) {
        for number in 0..self.set.exceptions.len() {
            let start = ExceptionId(u32::try_from(number).unwrap_or(u32::MAX));
            let mut seen = std::collections::BTreeSet::new();
            let mut open = self.set.exceptions[number].exceptions.clone();
            while let Some(at) = open.pop() {
                if at == start {
                    let span = self
                        .exception_ids
                        .values()
                        .find(|(id, _)| *id == start)
                        .map(|(_, span)| *span);
                    let message = "this exception lifts itself";
                    self.report(Code::Cycle, span.unwrap_or_default(), message).help =
                        Some("follow the exceptions with `to`: one of them must stand outside the circle".to_owned());
                    self.set.exceptions[number].exceptions.clear();
                    break;
                }
                if seen.insert(at) {
                    open.extend(self.set.exceptions[at.at()].exceptions.iter().copied());
                }
            }
        }
    }
}

/// The rule at the end of a chain of exceptions to exceptions, and how long the chain is.
fn root(id: ExceptionId, targets: &BTreeMap<ExceptionId, Target>) -> Option<(RuleId, usize)> {
    let mut at = id;
    for steps in 1..=targets.len() {
        match targets.get(&at)? {
            Target::Rule(rule) => return Some((*rule, steps)),
            Target::Exception(next) => at = *next,
        }
    }
    None
}

fn overlap(a: &Life, b: &Life) -> bool {
    a.possible.min(a.certain) < b.until && b.possible.min(b.certain) < a.until
}

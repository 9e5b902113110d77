//! What lifts a rule: exceptions, `except` clauses and overriding permissions.

use std::collections::BTreeMap;

use super::time::ALWAYS;
use super::{Checker, all};
use crate::ast::{self, Clause, ClauseKind, Head, RuleRef, Statement, Verdict};
use crate::diagnostic::Code;
use crate::model::{Exception, ExceptionId, Expr, FieldId, Knowledge, Life, RuleId};
use crate::source::Span;

/// What a statement is about: an exception lifts it, an act changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Rule(RuleId),
    Exception(ExceptionId),
}

/// An exception that is a statement of its own.
#[derive(Debug, Clone)]
pub(super) struct Stated<'a> {
    pub(super) file: usize,
    pub(super) statement: &'a Statement,
    pub(super) id: ExceptionId,
    name_span: Span,
    pub(super) targets: Vec<Target>,
}

impl<'a> Checker<'a> {
    /// Every exception as it was first stated, and what it lifts.
    pub(super) fn state_exceptions(&mut self) {
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
            let holds = self.exception_condition(file, &statement.clauses);
            let life = self.life(file, statement, false);
            let id = self.add_exception(full.clone(), holds, life, false);
            let clauses = statement.clauses.iter().map(|clause| clause.span);
            let exception = &mut self.set.exceptions[id.at()];
            (exception.is_stated, exception.clauses) = (true, clauses.collect());
            self.exception_ids.insert(full, (id, name.span));
            self.stated.push(Stated {
                file,
                statement,
                id,
                name_span: name.span,
                targets: Vec::new(),
            });
        }
        for at in 0..self.stated.len() {
            let Stated {
                file, statement, ..
            } = self.stated[at];
            if let Head::Exception(_, lifts) = &statement.head {
                self.stated[at].targets = self.distinct_targets(file, lifts);
            }
        }
    }

    /// Hangs every exception on what it lifts, cut into the stretches in which it stands as it is.
    pub(super) fn attach_exceptions(&mut self) {
        let stated = self.stated.clone();
        let rows: BTreeMap<ExceptionId, Vec<ExceptionId>> = stated
            .iter()
            .map(|one| (one.id, self.exception_rows(one)))
            .collect();
        for one in &stated {
            for &target in &one.targets {
                self.refuse_idle(one, target);
                match target {
                    Target::Rule(rule) => {
                        let exceptions = &mut self.set.rules[rule.at()].exceptions;
                        exceptions.extend(&rows[&one.id]);
                    }
                    Target::Exception(lifted) => {
                        for row in &rows[&lifted] {
                            let exceptions = &mut self.set.exceptions[row.at()].exceptions;
                            exceptions.extend(&rows[&one.id]);
                        }
                    }
                }
            }
        }
        for one in &stated {
            self.refuse_loosening(one);
        }
        self.refuse_circular_exceptions();
    }

    pub(super) fn add_exception(
        &mut self,
        id: String,
        holds: Expr,
        life: Life,
        of_text: bool,
    ) -> ExceptionId {
        let number = ExceptionId(u32::try_from(self.set.exceptions.len()).unwrap_or(u32::MAX));
        self.set.exceptions.push(Exception {
            id,
            is_stated: false,
            clauses: Vec::new(),
            holds,
            life,
            of_text,
            exceptions: Vec::new(),
            known: Knowledge::ALWAYS,
        });
        number
    }

    /// The condition that clauses of an exception give it.
    pub(super) fn exception_condition<'c>(
        &mut self,
        file: usize,
        clauses: impl IntoIterator<Item = &'c Clause>,
    ) -> Expr {
        let conditions: Vec<Expr> = clauses
            .into_iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::When(condition) => Some(self.condition(file, condition)),
                _ => None,
            })
            .collect();
        all(conditions)
    }

    /// `except category`, `except when` or a transition of a rule's text, as an exception. The same
    /// clause is the same exception, whatever else of the text changes.
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
            ClauseKind::ExceptSeller(sellers) => (self.except_sellers(file, sellers), ALWAYS),
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

    /// The sellers that a rule spares, each for its time.
    fn except_sellers(&mut self, file: usize, sellers: &[ast::Member]) -> Expr {
        let spared = self.members(file, sellers, "exception");
        let name = self
            .set
            .fields
            .partition_point(|field| field.path.as_str() < "seller.name");
        let name = FieldId(u32::try_from(name).unwrap_or(u32::MAX));
        let parts = spared.into_iter().map(|one| {
            let is = Expr::Is(name, vec![one.name]);
            self.between(one.since, one.until, is)
        });
        let parts: Vec<Expr> = parts.collect();
        match parts.as_slice() {
            [one] => one.clone(),
            _ => Expr::Or(parts),
        }
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

    /// The exception or the rule that a statement names: one of its own policy, or one that only one
    /// policy has.
    pub(super) fn target(&mut self, file: usize, of: &RuleRef) -> Option<Target> {
        let own = format!("{}/{}", self.headers[file].name, of.value);
        let known = self
            .exception_ids
            .get(&of.value)
            .or_else(|| self.exception_ids.get(&own));
        if let Some((id, _)) = known {
            return Some(Target::Exception(*id));
        }
        if self.rules_named(file, &of.value).is_empty() {
            let suffix = format!("/{}", of.value);
            let elsewhere = self.exception_ids.iter();
            let elsewhere = elsewhere.filter(|(id, _)| id.ends_with(&suffix));
            if let [(_, (id, _))] = elsewhere.collect::<Vec<_>>().as_slice() {
                return Some(Target::Exception(*id));
            }
        }
        self.rule_id(file, of).map(Target::Rule)
    }

    /// What an exception lifts; to name it twice is an error.
    fn distinct_targets(&mut self, file: usize, lifts: &[RuleRef]) -> Vec<Target> {
        let mut targets = Vec::new();
        for of in lifts {
            let Some(target) = self.target(file, of) else {
                continue;
            };
            if targets.contains(&target) {
                let message = format!("this exception names `{}` twice", of.value);
                self.report(Code::RepeatedClause, of.span, message);
            } else {
                targets.push(target);
            }
        }
        targets
    }

    /// The rules that an exception lifts in the end, and each through how many exceptions: an odd
    /// number of steps loosens it, an even one tightens it again.
    pub(super) fn roots(&self, id: ExceptionId) -> Vec<(RuleId, usize)> {
        let (mut roots, mut open) = (Vec::new(), vec![(id, 1)]);
        while let Some((at, steps)) = open.pop() {
            let place = self.stated.binary_search_by_key(&at, |one| one.id);
            let stated = place.ok().map(|place| &self.stated[place]);
            for target in stated.into_iter().flat_map(|one| &one.targets) {
                match *target {
                    Target::Rule(rule) => roots.push((rule, steps)),
                    // A circle has no end; it is reported elsewhere.
                    Target::Exception(next) if steps <= self.stated.len() => {
                        open.push((next, steps + 1));
                    }
                    Target::Exception(_) => {}
                }
            }
        }
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    fn refuse_idle(&mut self, stated: &Stated<'_>, target: Target) {
        let life = self.set.exceptions[stated.id.at()].life.clone();
        let (lifted, lifted_life) = match target {
            Target::Exception(of) => {
                let exception = &self.set.exceptions[of.at()];
                (exception.id.clone(), exception.life.clone())
            }
            Target::Rule(of) => {
                let rule = &self.set.rules[of.at()];
                (rule.id.clone(), rule.life.clone())
            }
        };
        if let Target::Rule(rule) = target
            && self.refuse_absolute(rule, stated.name_span, "no exception lifts it")
        {
            return;
        }
        if !overlap(&life, &lifted_life) {
            let message =
                format!("this exception can never apply: it is not in force while `{lifted}` is");
            let effective = lifted_life.effective;
            self.report(Code::NeverApplies, stated.name_span, message)
                .help =
                (!effective.is_empty()).then(|| format!("`{lifted}` takes effect {effective}"));
        }
    }

    /// Whether a rule is absolute; then it is reported that something aims at it in vain.
    pub(super) fn refuse_absolute(&mut self, rule: RuleId, span: Span, why: &str) -> bool {
        let rule = &self.set.rules[rule.at()];
        let (absolute, stands) = (rule.absolute, rule.span);
        if absolute {
            let message = format!("`{}` is absolute, so that {why}", rule.id);
            let diagnostic = self.report(Code::NeverApplies, span, message);
            diagnostic.related.push((stands, "this rule".to_owned()));
            diagnostic.help = Some(
                "amend the text of the rule itself, or end it with `repeal` or `supersedes`"
                    .to_owned(),
            );
        }
        absolute
    }

    fn refuse_loosening(&mut self, stated: &Stated<'_>) {
        let layer = self.headers[stated.file].layer;
        for (rule, steps) in self.roots(stated.id) {
            let rule = &self.set.rules[rule.at()];
            if steps % 2 == 1 && layer < rule.layer {
                let (rule_id, above) = (rule.id.clone(), rule.layer.word());
                let span = stated.statement.head_span;
                self.report_loosening(span, "exception", layer.word(), &rule_id, above);
            }
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
        if self.refuse_absolute(beaten, span, "nothing overrides it") {
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

fn overlap(a: &Life, b: &Life) -> bool {
    a.possible.min(a.certain) < b.until && b.possible.min(b.certain) < a.until
}

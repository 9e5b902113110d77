//! What happened to each rule and exception, for whoever asks for its history.

use super::Checker;
use super::exceptions::Target;
use crate::ast::{Clause, ClauseKind};
use crate::model::{Event, ExceptionId, Expr, Life, Record, RuleId, What};
use crate::source::Span;

impl<'a> Checker<'a> {
    /// Notes what a statement did to a rule or an exception.
    pub(super) fn note(
        &mut self,
        target: Target,
        at: i64,
        what: What,
        span: Span,
        clauses: &[Clause],
    ) {
        let when = match at {
            i64::MIN => "always".to_owned(),
            at => self.shown(target, at),
        };
        let event = Event {
            at,
            when,
            what,
            span,
            sources: sources_of(clauses),
        };
        self.happened.entry(target).or_default().push(event);
    }

    /// Notes what statements say of their own lives, once all acts are applied and before anything
    /// is cut into stretches.
    pub(super) fn note_lives(&mut self) {
        let rules = self.origins.clone();
        for (rule, origin) in &rules {
            let life = self.set.rules[rule.at()].life.clone();
            let (span, clauses) = (origin.statement.span, &origin.statement.clauses);
            self.note_life(Target::Rule(*rule), &life, span, clauses);
            if let Some(base) = origin.base {
                let by = What::Extended(self.set.rules[rule.at()].id.clone());
                self.note(Target::Rule(base), life.certain, by, span, clauses);
            }
        }
        for stated in self.stated.clone() {
            let life = self.set.exceptions[stated.id.at()].life.clone();
            let (span, clauses) = (stated.statement.span, &stated.statement.clauses);
            self.note_life(Target::Exception(stated.id), &life, span, clauses);
            for &target in &stated.targets {
                let by = What::Excepted(self.set.exceptions[stated.id.at()].id.clone());
                let from = self.start_of_target(target).max(life.certain);
                self.note(target, from, by, span, clauses);
            }
        }
    }

    /// Puts the records together.
    pub(super) fn write_records(&mut self) {
        self.note_overrides();
        let mut records: Vec<Record> = Vec::new();
        for (target, mut events) in std::mem::take(&mut self.happened) {
            let (id, span) = match target {
                Target::Rule(rule) => {
                    let rule = &self.set.rules[rule.at()];
                    (rule.id.clone(), rule.span)
                }
                Target::Exception(exception) => self.stated_as(exception),
            };
            events.sort_by_key(|event| event.at);
            records.push(Record { id, span, events });
        }
        records.sort_by(|a, b| a.id.cmp(&b.id));
        self.set.records = records;
    }

    /// What the statement itself and its pauses say of a life.
    fn note_life(&mut self, target: Target, life: &Life, span: Span, clauses: &'a [Clause]) {
        if let Some(announced) = life.announced {
            self.note(target, announced, What::Announced, span, &[]);
        }
        // An exception without a start holds with its rule.
        if life.certain == i64::MIN {
            return self.note_end(target, life, span);
        }
        self.note(target, life.certain, What::Effective, span, clauses);
        if let Some(event) = self
            .happened
            .get_mut(&target)
            .and_then(|all| all.last_mut())
        {
            event.when.clone_from(&life.effective);
        }
        if life.enforced > life.certain {
            self.note(target, life.enforced, What::Enforced, span, &[]);
        }
        self.note_end(target, life, span);
    }

    fn note_end(&mut self, target: Target, life: &Life, span: Span) {
        let pauses = self.known_pauses(target);
        for pause in &pauses {
            let until = pause.until;
            let still = pauses
                .iter()
                .any(|one| one.from <= until && until < one.until);
            if until < life.until && !still {
                self.note(target, until, What::Resumed, pause.span, &[]);
            }
        }
        let events = self.happened.get(&target).into_iter().flatten();
        let mut ends = events.filter(|event| {
            event.at == life.until && matches!(event.what, What::Repealed | What::Superseded(_))
        });
        if life.until != i64::MAX && ends.next().is_none() {
            self.note(target, life.until, What::Ended, span, &[]);
        }
    }

    fn start_of_target(&self, target: Target) -> i64 {
        match target {
            Target::Rule(rule) => self.set.rules[rule.at()].life.certain,
            Target::Exception(exception) => self.set.exceptions[exception.at()].life.certain,
        }
    }

    fn note_overrides(&mut self) {
        let permissions = (0..).map(RuleId).zip(self.set.rules.clone());
        for (beaten, rule) in permissions {
            for exception in rule.exceptions {
                if let Expr::Fires(own) = self.set.exceptions[exception.at()].holds {
                    let permission = self.set.rules[own.at()].clone();
                    let at = permission.life.certain.max(rule.life.certain);
                    let by = What::Overridden(permission.id);
                    self.note(Target::Rule(beaten), at, by, permission.span, &[]);
                }
            }
        }
    }

    fn stated_as(&self, exception: ExceptionId) -> (String, Span) {
        let stated = self.stated.iter().find(|one| one.id == exception);
        let span = stated.map_or(Span::default(), |stated| stated.statement.span);
        (self.set.exceptions[exception.at()].id.clone(), span)
    }
}

/// The sources and claims that clauses name.
fn sources_of(clauses: &[Clause]) -> Vec<String> {
    let sources = clauses.iter().filter_map(|clause| match &clause.kind {
        ClauseKind::From(citation) => Some(citation.source.value.clone()),
        _ => None,
    });
    let mut named: Vec<String> = Vec::new();
    for source in sources {
        if !named.contains(&source) {
            named.push(source);
        }
    }
    named
}

//! What was known when: rules and exceptions as they stood for those who knew less.
//!
//! An act is known from the day on which it was published. What somebody knew makes a policy set of its
//! own: rules that were not published are not there, acts that were not have done nothing, and an
//! event that nobody had heard of has not happened. Rows that all knew alike are made once.

use std::collections::BTreeSet;

use super::Checker;
use super::acts::{Amendment, Pause};
use super::exceptions::Target;
use crate::ast::{ClauseKind, Statement};
use crate::model::{Knowledge, Life, RuleId};

/// Something that an act did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done<'a> {
    /// From when it is known.
    pub(super) published: i64,
    pub(super) file: usize,
    pub(super) statement: &'a Statement,
    pub(super) deed: Did,
}

/// What it did.
#[derive(Debug, Clone, Copy)]
pub(super) enum Did {
    /// It ended what it is about when it took effect.
    End,
    /// It changed the text: its place among the amendments.
    Amend(usize),
    /// It paused what it is about.
    Pause(Pause),
}

impl<'a> Checker<'a> {
    /// From when a statement is known: when it was announced; otherwise on the day of the first source
    /// that it cites, and when it takes effect at the latest.
    pub(super) fn publication(&self, statement: &Statement, life: &Life) -> i64 {
        if let Some(announced) = life.announced {
            return announced;
        }
        let cited = statement
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::From(citation) => self
                    .source_dates
                    .get(citation.source.value.as_str())
                    .copied(),
                _ => None,
            });
        let start = Some(life.certain).filter(|start| *start != i64::MAX);
        cited.chain(start).min().unwrap_or(i64::MIN)
    }

    /// From when a rule is known: it and all that it extends.
    pub(super) fn known_from(&self, rule: RuleId) -> i64 {
        let chain = self.chain(rule).into_iter();
        let published = chain.filter_map(|rule| self.published.get(&rule).copied());
        published.max().unwrap_or(i64::MIN)
    }

    /// A rule and those that it extends, up to the one that stands by itself.
    pub(super) fn chain(&self, rule: RuleId) -> Vec<RuleId> {
        let mut chain = vec![rule];
        let mut at = rule;
        while let Some(base) = self.origins.get(&at).and_then(|origin| origin.base) {
            chain.push(base);
            at = base;
        }
        chain
    }

    /// The days, from a first one on, on which more became known of statements and of what acts did.
    pub(super) fn news(
        &self,
        from: i64,
        statements: &[&'a Statement],
        targets: impl IntoIterator<Item = Target>,
    ) -> Vec<i64> {
        let mut news = BTreeSet::new();
        let mut statements: Vec<&Statement> = statements.to_vec();
        for target in targets {
            for done in self.done.get(&target).into_iter().flatten() {
                news.insert(done.published);
                statements.push(done.statement);
            }
        }
        for statement in statements {
            for clause in &statement.clauses {
                match &clause.kind {
                    ClauseKind::UntilEvent(name) | ClauseKind::SinceEvent(name) => {
                        let event = self.events.get(name.value.as_str());
                        news.extend(event.and_then(Option::as_ref).map(|event| event.known));
                    }
                    ClauseKind::DuringCalendar(name) => {
                        let calendars = self.set.calendars.iter();
                        let versions = calendars.filter(|one| one.name == name.value);
                        news.extend(versions.map(|one| one.known_from));
                    }
                    _ => {}
                }
            }
        }
        let later = news.into_iter().filter(|at| *at > from);
        [from].into_iter().chain(later).collect()
    }

    /// Looks as those do who know nothing that was published later. What is wrong is told of what is
    /// known today alone.
    pub(super) fn knowing<T>(&mut self, known: i64, look: impl FnOnce(&mut Self) -> T) -> T {
        let told = self.diagnostics.len();
        let before = std::mem::replace(&mut self.knowing, known);
        let seen = look(self);
        self.knowing = before;
        self.diagnostics.truncate(told);
        seen
    }

    /// How long something stands, by the acts that are known.
    pub(super) fn standing_life(
        &mut self,
        target: Target,
        file: usize,
        statement: &'a Statement,
    ) -> Life {
        let needs_start = matches!(target, Target::Rule(_));
        let mut life = self.life(file, statement, needs_start);
        for done in self.known_acts(target) {
            match done.deed {
                // What supersedes may itself wait for something that nobody had heard of.
                Did::End => {
                    let at = self.life(done.file, done.statement, true).certain;
                    life.until = life.until.min(at);
                    life.may_end = life.may_end.min(at);
                }
                Did::Amend(number) => {
                    let amendment = self.amendments.get(&target);
                    let amendment = amendment.and_then(|all| all.get(number)).cloned();
                    let ending = amendment.filter(|one| one.slots().contains("through"));
                    if let Some(one) = ending {
                        // In the zone of the text that it goes into.
                        let said = self.life(one.file, one.statement, true);
                        (life.until, life.may_end) = (said.until, said.may_end);
                        life.ends = said.ends;
                    }
                }
                Did::Pause(_) => {}
            }
        }
        life
    }

    fn known_acts(&self, target: Target) -> Vec<Done<'a>> {
        let done = self.done.get(&target).into_iter().flatten();
        done.filter(|done| done.published <= self.knowing)
            .copied()
            .collect()
    }

    /// The amendments that are known, each with its place among all.
    pub(super) fn known_amendments(&self, target: Target) -> Vec<(usize, &Amendment<'a>)> {
        let all = self.amendments.get(&target).into_iter().flatten();
        let known = all.enumerate();
        known
            .filter(|(_, one)| one.published <= self.knowing)
            .collect()
    }

    /// The pauses that are known, as long as they are known to last.
    pub(super) fn known_pauses(&mut self, target: Target) -> Vec<Pause> {
        let mut pauses = Vec::new();
        for done in self.known_acts(target) {
            if let Did::Pause(pause) = done.deed {
                let life = match self.knowing {
                    i64::MAX => None,
                    _ => Some(self.life(done.file, done.statement, true)),
                };
                pauses.push(life.map_or(pause, |life| Pause {
                    may_end: life.may_end,
                    until: life.until,
                    ..pause
                }));
            }
        }
        pauses
    }
}

/// Rows as they are known on one day after the other: what stays the same is one row.
pub(super) struct Ledger<T> {
    /// Rows that are known on the last day seen, and since when.
    open: Vec<(T, i64)>,
    closed: Vec<(T, Knowledge)>,
}

impl<T: PartialEq> Ledger<T> {
    pub(super) fn new() -> Ledger<T> {
        Ledger {
            open: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// What is known from a day on.
    pub(super) fn enter(&mut self, from: i64, rows: Vec<T>) {
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|(row, _)| rows.contains(row));
        let gone = go.into_iter().map(|(row, since)| {
            let known = Knowledge {
                from: since,
                until: from,
            };
            (row, known)
        });
        self.closed.extend(gone);
        self.open = rows
            .into_iter()
            .map(|row| {
                let known = stay.iter().find(|(one, _)| *one == row);
                let since = known.map_or(from, |(_, since)| *since);
                (row, since)
            })
            .collect();
    }

    /// What is known today, in its order; then what was.
    pub(super) fn rows(self) -> impl Iterator<Item = (T, Knowledge)> {
        let today = self.open.into_iter().map(|(row, from)| {
            let until = i64::MAX;
            (row, Knowledge { from, until })
        });
        today.chain(self.closed)
    }
}

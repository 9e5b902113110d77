//! Rules and exceptions over time → one row for each stretch in which one stands as it is, for those
//! who know what is known today and for those who knew less.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Checker;
use super::acts::Amendment;
use super::exceptions::{Stated, Target};
use super::knowledge::Ledger;
use super::texts::{Text, slot};
use super::time::ALWAYS;
use crate::ast::{Clause, Statement};
use crate::model::{Exception, ExceptionId, Expr, Life, Rule, RuleId};
use crate::source::Span;

impl<'a> Checker<'a> {
    /// Cuts every rule where its text changes and where it is paused, as it is known and as it was.
    /// Nothing refers to rules by number afterwards but [`Checker::stretch_at`].
    pub(super) fn cut_rules(&mut self) {
        let mut rows = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for (rule, number) in std::mem::take(&mut self.set.rules).into_iter().zip(0..) {
            let from = rows.len();
            rows.extend(self.rule_rows(RuleId(number), rule));
            places.push(from..rows.len());
        }
        for exception in &mut self.set.exceptions {
            if let Expr::Fires(rule) = exception.holds {
                let rows = places[rule.at()].clone();
                let rows = rows.filter_map(|row| u32::try_from(row).ok().map(RuleId));
                exception.holds = match rows.map(Expr::Fires).collect::<Vec<_>>() {
                    one if one.len() == 1 => one[0].clone(),
                    several => Expr::Or(several),
                };
            }
        }
        (self.set.rules, self.places) = (rows, places);
    }

    /// The rows of a rule: those known today in the order of time, then those that were known before.
    fn rule_rows(&mut self, number: RuleId, rule: Rule) -> Vec<Rule> {
        let Some(origin) = self.origins.get(&number).copied() else {
            return vec![rule];
        };
        let targets = self.chain(number).into_iter().map(Target::Rule);
        let news = self.news(self.known_from(number), &[origin.statement], targets);
        let mut ledger = Ledger::new();
        for &day in &news[..news.len() - 1] {
            let former = self.knowing(day, |checker| checker.former_rows(number, &rule));
            ledger.enter(day, former);
        }
        let later = self.later_texts.remove(&number).unwrap_or_default();
        let today = self.stretched(number, &rule, &later);
        ledger.enter(news[news.len() - 1], today);
        let rows = ledger.rows();
        rows.map(|(row, known)| Rule { known, ..row }).collect()
    }

    /// The rows of a rule for those who know no more than what is known.
    fn former_rows(&mut self, number: RuleId, today: &Rule) -> Vec<Rule> {
        let before = self.standing.clone();
        for rule in self.chain(number) {
            if let Some(origin) = self.origins.get(&rule).copied() {
                let target = Target::Rule(rule);
                let life = self.standing_life(target, origin.file, origin.statement);
                self.standing.insert(rule, life);
            }
        }
        let life = self.standing[&number].clone();
        let since = self.set.binds_from(&life);
        let (first, later) = self.built(number, &life, since);
        let first = first.map(|mut first| {
            let stated = today.exceptions.iter();
            let stated = stated.filter(|one| !self.set.exceptions[one.at()].of_text);
            first.exceptions.extend(stated);
            first
        });
        let rows = first.map_or_else(Vec::new, |first| self.stretched(number, &first, &later));
        self.standing = before;
        rows
    }

    /// A rule as it stands over time: `rule` at first, then as acts have it.
    fn stretched(&mut self, number: RuleId, rule: &Rule, later: &[(Text<'a>, Rule)]) -> Vec<Rule> {
        let target = Target::Rule(number);
        let stated = rule.exceptions.iter();
        let stated = stated.filter(|one| !self.set.exceptions[one.at()].of_text);
        let stated: Vec<ExceptionId> = stated.copied().collect();
        let starts: Vec<i64> = later.iter().map(|(text, _)| text.from).collect();
        let stretches = self.stretches(target, &rule.life, &starts);
        let rows = stretches.into_iter().map(|stretch| {
            let changed = later.iter().rfind(|(text, _)| text.from <= stretch.start);
            let mut row = match changed {
                Some((_, changed)) => {
                    let mut row = changed.clone();
                    row.exceptions.extend(&stated);
                    row
                }
                None => rule.clone(),
            };
            let text = changed.map(|(text, _)| text);
            row.life = self.life_of(target, &rule.life, text, stretch);
            row
        });
        rows.collect()
    }

    /// The life of a rule over one of its stretches.
    fn life_of(
        &self,
        target: Target,
        whole: &Life,
        text: Option<&Text<'a>>,
        stretch: Stretch,
    ) -> Life {
        let until = stretch.end;
        if stretch.is_first {
            return Life {
                until,
                may_end: whole.may_end.min(until),
                ..whole.clone()
            };
        }
        let start = stretch.start;
        let changed = text.filter(|text| text.from == start);
        let announced = changed.and_then(|text| text.announced);
        Life {
            announced: match (announced, stretch.resumes_from) {
                (Some(announced), Some(pause)) => Some(announced.min(pause)),
                (announced, pause) => announced.or(pause),
            },
            possible: stretch.possible,
            certain: start.max(whole.certain),
            enforced: text
                .and_then(|text| text.enforced)
                .unwrap_or(whole.enforced),
            until,
            may_end: whole.may_end.clamp(start, until),
            ends: whole.ends.clone(),
            calendar: text.and_then(|text| text.calendar).or(whole.calendar),
            effective: match changed {
                // Nobody knows from when it binds, whatever changes.
                _ if start < whole.certain => whole.effective.clone(),
                Some(text) => text.starts.clone(),
                None => self.shown(target, start),
            },
        }
    }

    /// Cuts an exception where an act changes its condition and where it is paused, as it is known and
    /// as it was. The first row is the exception itself.
    pub(super) fn exception_rows(&mut self, stated: &Stated<'a>) -> Vec<ExceptionId> {
        let target = Target::Exception(stated.id);
        let first = self.set.exceptions[stated.id.at()].clone();
        let published = self.publication(stated.statement, &first.life);
        let news = self.news(published, &[stated.statement], [target]);
        let mut ledger = Ledger::new();
        for &day in &news[..news.len() - 1] {
            let former = self.knowing(day, |checker| {
                let life = checker.standing_life(target, stated.file, stated.statement);
                checker.stretched_exception(stated, &first.holds, &life)
            });
            ledger.enter(day, former);
        }
        let today = self.stretched_exception(stated, &first.holds, &first.life);
        ledger.enter(news[news.len() - 1], today);
        let mut rows = Vec::new();
        for (standing, known) in ledger.rows() {
            let row = match rows.is_empty() {
                true => stated.id,
                false => self.add_exception(first.id.clone(), Expr::True, ALWAYS, false),
            };
            self.set.exceptions[row.at()] = Exception {
                holds: standing.holds,
                life: standing.life,
                clauses: standing.clauses,
                known,
                ..first.clone()
            };
            rows.push(row);
        }
        rows
    }

    /// An exception as it stands over time.
    fn stretched_exception(
        &mut self,
        stated: &Stated<'a>,
        holds: &Expr,
        whole: &Life,
    ) -> Vec<Standing> {
        let target = Target::Exception(stated.id);
        let amendments = self.known_amendments(target).into_iter();
        let amendments: Vec<Amendment<'a>> = amendments.map(|(_, one)| one.clone()).collect();
        let starts: Vec<i64> = amendments.iter().map(|one| one.life.certain).collect();
        let mut rows = Vec::new();
        for stretch in self.stretches(target, whole, &starts) {
            let by_then = |one: &&Amendment<'_>| one.life.certain <= stretch.start;
            let amended: Vec<_> = amendments.iter().filter(by_then).collect();
            let mut life = Life {
                until: stretch.end,
                may_end: whole.may_end.min(stretch.end),
                ..whole.clone()
            };
            if !stretch.is_first {
                (life.possible, life.certain) = (stretch.possible, stretch.start);
                life.may_end = life.may_end.max(stretch.start);
                life.effective = self.shown(target, stretch.start);
            }
            let saying = |slot| amended.iter().rfind(|one| one.slots().contains(slot));
            if let Some(last) = saying("during calendar") {
                life.calendar = self.calendar_of(last.statement);
            }
            let holds = match saying("when") {
                Some(one) => self.exception_condition(one.file, &one.statement.clauses),
                None => holds.clone(),
            };
            rows.push(Standing {
                holds,
                life,
                clauses: amended_clauses(stated.statement, &amended),
            });
        }
        rows
    }

    /// The stretches of a life, cut at `starts` and without its pauses.
    fn stretches(&mut self, target: Target, life: &Life, starts: &[i64]) -> Vec<Stretch> {
        let pauses = self.known_pauses(target);
        let first = life.possible.min(life.certain);
        let inside = |at: &i64| first < *at && *at < life.until;
        let ends = pauses.iter().flat_map(|pause| [pause.from, pause.until]);
        let cuts: BTreeSet<i64> = starts.iter().copied().chain(ends).filter(inside).collect();
        let bounds: Vec<i64> = [first]
            .into_iter()
            .chain(cuts)
            .chain([life.until])
            .collect();
        let mut stretches: Vec<Stretch> = Vec::new();
        for pair in bounds.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            if pauses
                .iter()
                .any(|pause| pause.from <= start && start < pause.until)
            {
                continue;
            }
            let last_end = stretches.last().map(|one| one.end);
            let ended = pauses.iter().filter(|pause| pause.until == start);
            stretches.push(Stretch {
                possible: ended.map(|pause| pause.may_end).max().unwrap_or(start),
                start,
                end,
                is_first: stretches.is_empty(),
                resumes_from: last_end.filter(|last| *last < start),
            });
        }
        stretches
    }

    /// A rule as it stands at an instant, or as it first stood.
    pub(super) fn stretch_at(&self, rule: RuleId, at: i64) -> &Rule {
        let rows = &self.set.rules[self.places[rule.at()].clone()];
        let today = rows.iter().filter(|row| row.known.is_todays());
        let found = today.rev().find(|row| row.life.certain <= at);
        found.unwrap_or(&rows[0])
    }
}

/// An exception as it stands over a stretch of time.
#[derive(PartialEq)]
struct Standing {
    holds: Expr,
    life: Life,
    /// The clauses of its text, where they stand.
    clauses: Vec<Span>,
}

/// Where the clauses of a statement stand that acts have amended.
fn amended_clauses(statement: &Statement, amendments: &[&Amendment<'_>]) -> Vec<Span> {
    let mut text: Vec<&Clause> = statement.clauses.iter().collect();
    for amendment in amendments {
        let slots = amendment.slots();
        text.retain(|clause| !slots.contains(slot(&clause.kind)));
        text.extend(amendment.clauses());
    }
    text.iter().map(|clause| clause.span).collect()
}

/// From when to when something stands as it is.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// From when it may, if what it waits for may be over before.
    possible: i64,
    start: i64,
    end: i64,
    is_first: bool,
    /// When the pause before it began, if there was one.
    resumes_from: Option<i64>,
}

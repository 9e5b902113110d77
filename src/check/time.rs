//! Clauses of time → intervals in seconds.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Checker;
use super::calendars::Happening;
use super::names::Kind;
use crate::ast::{ClauseKind, Name, Statement, When};
use crate::diagnostic::Code;
use crate::model::{DateBoundary, Life};
use crate::moment::{Moment, day_number, seconds};
use crate::source::Span;
use crate::vocabulary::takes;

/// A life without bounds.
pub(super) const ALWAYS: Life = Life {
    announced: None,
    possible: i64::MIN,
    certain: i64::MIN,
    enforced: i64::MIN,
    until: i64::MAX,
    may_end: i64::MAX,
    ends: String::new(),
    calendar: None,
    effective: String::new(),
};

impl Checker<'_> {
    /// When a statement is in force. Without a start: always, or an error where one is needed.
    pub(super) fn life(&mut self, file: usize, statement: &Statement, needs_start: bool) -> Life {
        let zone = self.headers[file].zone.clone();
        let mut life = self.start(statement, &zone, needs_start);
        for clause in &statement.clauses {
            match &clause.kind {
                ClauseKind::Announced(when) => {
                    let announced = when.value.start(&zone);
                    if announced > life.certain && life.certain != i64::MIN {
                        let message = "announced after it takes effect";
                        self.report(Code::EmptyInterval, clause.span, message).help =
                            Some(format!("it takes effect {}", life.effective));
                    }
                    life.announced = Some(announced);
                    // Nobody can be bound by what was not even announced.
                    if life.possible == i64::MIN && life.certain != i64::MIN {
                        life.possible = announced.min(life.certain);
                    }
                }
                ClauseKind::EnforcedSince(when) => {
                    life.enforced = when.value.start(&zone);
                    if life.enforced < life.certain {
                        let message = "penalties before the rule takes effect";
                        self.report(Code::EmptyInterval, clause.span, message).help =
                            Some(format!("it takes effect {}", life.effective));
                    }
                }
                ClauseKind::DuringCalendar(name) => {
                    life.calendar = self.calendar(name);
                }
                _ => {}
            }
        }
        self.end(statement, &zone, &mut life);
        self.refuse_empty_calendar(statement, &life);
        life
    }

    /// A calendar must have a window while the statement is in force, or leave that open.
    pub(super) fn refuse_empty_calendar(&mut self, statement: &Statement, life: &Life) {
        let Some(calendar) = life.calendar.map(|one| &self.set.calendars[one.at()]) else {
            return;
        };
        let first = calendar.next(life.certain.min(life.possible));
        let open = calendar.known_until < life.until;
        if open || first.is_some_and(|first| first < life.until) {
            return;
        }
        let message = format!(
            "this never binds: `{}` has no window while it is in force",
            calendar.name
        );
        let span = statement
            .clauses
            .iter()
            .find_map(|clause| match &clause.kind {
                ClauseKind::DuringCalendar(name) => Some(name.span),
                _ => None,
            });
        self.report(Code::NeverApplies, span.unwrap_or(statement.head_span), message)
            .help = Some("give the calendar a later window, or say until when its windows are known: `known through 2025-12-31`".to_owned());
    }

    fn start(&mut self, statement: &Statement, zone: &TimeZone, needed: bool) -> Life {
        let mut found: Option<(Span, Life, &str)> = None;
        for clause in &statement.clauses {
            let life = match &clause.kind {
                ClauseKind::Effective(when) => self.certain(when, zone),
                ClauseKind::SinceEvent(event) => self.opened(event),
                kind => match self.vague(kind, zone) {
                    Some(life) => life,
                    None => continue,
                },
            };
            match found {
                // The same clause twice has been reported as that.
                Some((.., words)) if words == clause.kind.words() => {}
                Some((first, ..)) => {
                    let message = "this statement says twice when it starts";
                    self.report(Code::ConflictingClauses, clause.span, message)
                        .related
                        .push((first, "first here".to_owned()));
                }
                None => found = Some((clause.span, life, clause.kind.words())),
            }
        }
        if found.is_none() && needed {
            let message = format!(
                "this `{}` does not say when it starts",
                statement.head.word()
            );
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some(match takes(statement.head.word(), "sometime in") {
                true => "add `effective 2018-04-17`, `no later than 2018-04-17` or `sometime in 2018-04`"
                    .to_owned(),
                false => "add `effective 2018-04-17`".to_owned(),
            });
        }
        found.map_or(ALWAYS, |(_, life, _)| life)
    }

    /// A start that nobody knows to the day.
    pub(super) fn vague(&mut self, kind: &ClauseKind, zone: &TimeZone) -> Option<Life> {
        match kind {
            ClauseKind::NoLaterThan(when) => Some(Life {
                possible: i64::MIN,
                effective: format!("no later than {}", when.value),
                ..self.certain(when, zone)
            }),
            ClauseKind::SometimeIn(when) => Some(self.sometime(when, zone)),
            ClauseKind::SometimeBetween(first, last) => {
                let (possible, certain) = (first.value.start(zone), last.value.end(zone));
                if certain <= possible {
                    let message = "this stretch ends before it starts";
                    self.report(Code::EmptyInterval, last.span, message);
                }
                Some(Life {
                    possible,
                    certain,
                    enforced: certain,
                    effective: format!("sometime between {} and {}", first.value, last.value),
                    ..ALWAYS
                })
            }
            _ => None,
        }
    }

    /// A start with an event; one that has not happened yet opens nothing.
    fn opened(&mut self, event: &Name) -> Life {
        let effective = format!("since event {}", event.value);
        match self.happening(event) {
            Some(one) => Life {
                possible: one.from,
                certain: one.by,
                enforced: one.by,
                effective: [effective.as_str(), &one.words]
                    .join(" ")
                    .trim_end()
                    .to_owned(),
                ..ALWAYS
            },
            None => Life {
                possible: i64::MAX,
                certain: i64::MAX,
                enforced: i64::MAX,
                effective,
                ..ALWAYS
            },
        }
    }

    /// When an event happened; `None`: not yet as far as is known, or there is none of that name,
    /// which is reported.
    fn happening(&mut self, event: &Name) -> Option<Happening> {
        self.resolve(Kind::Event, &event.value, event.span)?;
        let event = self.events.get(event.value.as_str()).cloned().flatten();
        event.filter(|event| event.known <= self.knowing)
    }

    fn certain(&mut self, when: &When, zone: &TimeZone) -> Life {
        let start = when.value.start(zone);
        if let Moment::Month(_) = when.value {
            let message = format!("`{}` is a month, not a day", when.value);
            self.report(Code::BadDate, when.span, message).help = Some(format!(
                "write the day, or `sometime in {}` if nobody knows it",
                when.value
            ));
        }
        Life {
            possible: start,
            certain: start,
            enforced: start,
            effective: when.value.to_string(),
            ..ALWAYS
        }
    }

    fn sometime(&mut self, when: &When, zone: &TimeZone) -> Life {
        let Moment::Month(_) = when.value else {
            let message = format!("`{}` is a day, not a month", when.value);
            self.report(Code::BadDate, when.span, message).help =
                Some(format!("write `effective {}`", when.value));
            return ALWAYS;
        };
        let certain = when.value.end(zone);
        Life {
            possible: when.value.start(zone),
            certain,
            enforced: certain,
            effective: format!("sometime in {}", when.value),
            ..ALWAYS
        }
    }

    /// When a statement ends: at most one clause says so.
    fn end(&mut self, statement: &Statement, zone: &TimeZone, life: &mut Life) {
        let mut first: Option<&str> = None;
        for clause in &statement.clauses {
            let words = clause.kind.words();
            let (may_end, until) = match &clause.kind {
                ClauseKind::Through(when) => (when.value.end(zone), when.value.end(zone)),
                ClauseKind::Before(when) => (when.value.start(zone), when.value.start(zone)),
                ClauseKind::Lasting(days) => {
                    life.ends = format!("{} days from {}", days.value, life.effective);
                    let after = |at| days_after(at, days.value, zone);
                    (after(life.possible), after(life.certain))
                }
                ClauseKind::UntilEvent(event) => match self.happening(event) {
                    Some(one) => {
                        if !one.words.is_empty() {
                            life.ends = format!("event {} {}", event.value, one.words);
                        }
                        (one.from, one.by)
                    }
                    None => (i64::MAX, i64::MAX),
                },
                _ => continue,
            };
            match first {
                // The same clause twice has been reported as that.
                Some(one) if one == words => continue,
                Some(_) => {
                    let message = "this statement says twice when it ends";
                    self.report(Code::ConflictingClauses, clause.span, message)
                        .help = Some(
                        "keep one of `through`, `before`, `lasting` and `until event`".to_owned(),
                    );
                }
                None if until <= life.certain && until != i64::MAX => {
                    let message = "it ends before it takes effect";
                    self.report(Code::EmptyInterval, clause.span, message).help =
                        Some(format!("it takes effect {}", life.effective));
                }
                None => {}
            }
            first = Some(words);
            (life.may_end, life.until) = (may_end, until);
        }
        // Nothing is over before it began; and where the start is vague, so is what lasts from then.
        life.may_end = life.may_end.max(life.possible);
    }

    /// A day or instant as items' dates are compared with it.
    pub(super) fn boundary(&self, file: usize, moment: Moment) -> DateBoundary {
        let zone = &self.headers[file].zone;
        let (first, day) = (moment.start(zone), moment.day());
        let last_day = match moment {
            Moment::Month(date) => date.last_of_month(),
            _ => day,
        };
        let last = match moment {
            Moment::Instant(..) => first,
            _ => moment.end(zone) - 1,
        };
        DateBoundary {
            first,
            last,
            first_day: day_number(day),
            last_day: day_number(last_day),
        }
    }
}

/// The same time of the day so many civil days later; what is without bounds stays so.
fn days_after(at: i64, days: u32, zone: &TimeZone) -> i64 {
    let span = jiff::Span::new().try_days(days).ok();
    let start = Timestamp::from_second(at).ok();
    let civil = start.map(|start| zone.to_datetime(start));
    let later = civil
        .zip(span)
        .and_then(|(civil, span)| civil.checked_add(span).ok());
    match later {
        Some(later) => seconds(later, zone),
        None if at == i64::MIN => at,
        None => i64::MAX,
    }
}

//! Clauses of time → intervals in seconds.

use jiff::tz::TimeZone;

use super::Checker;
use super::names::Kind;
use crate::ast::{ClauseKind, Statement, When};
use crate::diagnostic::Code;
use crate::model::{CalendarId, DateBoundary, Life};
use crate::moment::{Moment, day_number};
use crate::source::Span;
use crate::vocabulary::takes;

/// A life without bounds.
pub(super) const ALWAYS: Life = Life {
    announced: None,
    possible: i64::MIN,
    certain: i64::MIN,
    enforced: i64::MIN,
    until: i64::MAX,
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
                    if announced > life.certain {
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
                ClauseKind::Through(when) => {
                    self.end(&mut life, clause.span, when.value.end(&zone))
                }
                ClauseKind::Before(when) => {
                    self.end(&mut life, clause.span, when.value.start(&zone))
                }
                ClauseKind::UntilEvent(event) => {
                    if self
                        .resolve(Kind::Event, &event.value, event.span)
                        .is_some()
                        && let Some(&Some(on)) = self.events.get(event.value.as_str())
                    {
                        self.end(&mut life, clause.span, on);
                    }
                }
                ClauseKind::DuringCalendar(name) => {
                    let number = self.resolve(Kind::Calendar, &name.value, name.span);
                    life.calendar = number.map(CalendarId);
                }
                _ => {}
            }
        }
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
                ClauseKind::NoLaterThan(when) => {
                    let effective = format!("no later than {}", when.value);
                    Life {
                        possible: i64::MIN,
                        effective,
                        ..self.certain(when, zone)
                    }
                }
                ClauseKind::SometimeIn(when) => self.sometime(when, zone),
                _ => continue,
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

    fn end(&mut self, life: &mut Life, span: Span, until: i64) {
        if life.until != i64::MAX {
            let message = "this statement says twice when it ends";
            self.report(Code::ConflictingClauses, span, message).help =
                Some("keep one of `through`, `before` and `until event`".to_owned());
        } else if until <= life.certain {
            let message = "it ends before it takes effect";
            self.report(Code::EmptyInterval, span, message).help =
                Some(format!("it takes effect {}", life.effective));
        }
        life.until = until;
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

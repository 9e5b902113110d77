//! Calendars and events: the windows of time that policies name.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::Checker;
use super::names::Kind;
use crate::ast::{self, ClauseKind, Name, Statement};
use crate::calendar::LAST_YEAR;
use crate::diagnostic::Code;
use crate::model::{Calendar, CalendarId, Window};
use crate::moment::Moment;
use crate::source::Span;

/// When an event happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Happening {
    /// From when it may have.
    pub(super) from: i64,
    /// From when it has.
    pub(super) by: i64,
    /// When, in the author's words, if nobody knows the day.
    pub(super) words: String,
    /// From when it is known.
    pub(super) known: i64,
}

impl<'a> Checker<'a> {
    /// A calendar, once for each day on which more of its windows became known.
    pub(super) fn define_calendar(
        &mut self,
        file: usize,
        name: &Name,
        windows: &[ast::Window],
        statement: &Statement,
    ) {
        let zone = self.headers[file].zone.clone();
        let windows: Vec<(Window, i64)> = windows
            .iter()
            .map(|window| {
                let announced = window.announced;
                let known = announced.map_or(i64::MIN, |when| when.value.start(&zone));
                (self.window(window, &zone), known)
            })
            .collect();
        if windows.is_empty() {
            let message = format!("the calendar `{}` has no window", name.value);
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some(
                "write its windows after its name: `2018-02-16 through 2018-02-21`, or `yearly 11-01 through 11-11`"
                    .to_owned(),
            );
        }
        let known_through = statement
            .clauses
            .iter()
            .find_map(|clause| match &clause.kind {
                ClauseKind::KnownThrough(when) => Some(when.value.end(&zone)),
                _ => None,
            });
        // Before anything was announced, all there is to know is that nothing is known.
        let announced = windows.iter().map(|(_, known)| *known);
        let versions: BTreeSet<i64> = announced.chain([i64::MIN]).collect();
        let last = versions.last().copied();
        for known_from in versions {
            let known = windows.iter().filter(|(_, known)| *known <= known_from);
            let mut calendar = Calendar {
                name: name.value.clone(),
                zone: zone.clone(),
                windows: known.map(|(window, _)| *window).collect(),
                known_until: known_through.unwrap_or(i64::MAX),
                known_from,
            };
            let after = jiff::civil::date(LAST_YEAR + 1, 1, 1);
            let after = Moment::Day(after).start(&zone);
            let ends = calendar.windows.iter().map(|window| match window {
                Window::Dated(_, until) => (*until, i64::MAX),
                Window::Yearly(..) => (after, after),
            });
            let (last_end, limit) = ends.fold((i64::MIN, i64::MAX), |(end, limit), (own, most)| {
                (end.max(own), limit.min(most))
            });
            calendar.known_until = calendar.known_until.min(limit);
            // Who has not heard of all windows knows none after the last that is known.
            if Some(known_from) != last {
                calendar.known_until = calendar.known_until.min(last_end);
            }
            self.set.calendars.push(calendar);
        }
    }

    fn window(&mut self, window: &ast::Window, zone: &TimeZone) -> Window {
        let (window, span) = match window.stretch {
            ast::Stretch::Dated(from, through) => {
                let (from, until) = (from.value.start(zone), through.value.end(zone));
                (Window::Dated(from, until), through.span)
            }
            ast::Stretch::Yearly(from, through) => {
                (Window::Yearly(from.value, through.value), through.span)
            }
        };
        if window.is_empty() {
            let message = "this window ends before it starts";
            let help = match window {
                Window::Dated(..) => {
                    "a window that reaches into the next year is written `yearly 12-26 through 01-05`"
                }
                Window::Yearly(..) => "a whole day is written without a time: `yearly 11-01`",
            };
            self.report(Code::EmptyInterval, span, message).help = Some(help.to_owned());
        }
        window
    }

    /// The calendar of a name as it is known.
    pub(super) fn calendar(&mut self, name: &Name) -> Option<CalendarId> {
        self.resolve(Kind::Calendar, &name.value, name.span)?;
        self.calendar_named(&name.value)
    }

    /// The calendar that a statement names, as it is known.
    pub(super) fn calendar_of(&self, statement: &Statement) -> Option<CalendarId> {
        let named = statement
            .clauses
            .iter()
            .find_map(|clause| match &clause.kind {
                ClauseKind::DuringCalendar(name) => Some(name),
                _ => None,
            });
        self.calendar_named(&named?.value)
    }

    fn calendar_named(&self, name: &str) -> Option<CalendarId> {
        let calendars = (0..).map(CalendarId).zip(&self.set.calendars);
        let versions = calendars.filter(|(_, one)| one.name == name);
        let known = versions.filter(|(_, one)| one.known_from <= self.knowing);
        known.last().map(|(number, _)| number)
    }

    pub(super) fn define_event(&mut self, file: usize, name: &'a Name, statement: &'a Statement) {
        let zone = self.headers[file].zone.clone();
        let (mut happened, mut said) = (None, 0);
        for clause in &statement.clauses {
            happened = match &clause.kind {
                ClauseKind::On(days) => self.on_a_day(clause.span, days, &zone),
                ClauseKind::NotYet => None,
                ClauseKind::NoLaterThan(_)
                | ClauseKind::SometimeIn(_)
                | ClauseKind::SometimeBetween(..) => {
                    self.vague(&clause.kind, &zone).map(|life| Happening {
                        from: life.possible,
                        by: life.certain,
                        words: life.effective,
                        known: life.certain,
                    })
                }
                _ => continue,
            };
            said += 1;
        }
        if said > 1 {
            let message = "an event has happened, or it has not";
            self.report(Code::ConflictingClauses, statement.head_span, message)
                .help = Some("say once when it happened, or `not yet`".to_owned());
        }
        if said == 0 {
            let message = format!(
                "the event `{}` says neither when it happened nor `not yet`",
                name.value
            );
            self.report(Code::MissingClause, statement.head_span, message);
        }
        for clause in &statement.clauses {
            if let (ClauseKind::Announced(when), Some(one)) = (&clause.kind, &mut happened) {
                one.known = when.value.start(&zone);
            }
        }
        self.events.insert(&name.value, happened);
    }

    fn on_a_day(&mut self, span: Span, days: &[Name], zone: &TimeZone) -> Option<Happening> {
        let day = days.first().map(|day| Moment::read(&day.value));
        match day {
            Some(Ok(moment)) if days.len() == 1 => {
                let at = moment.start(zone);
                Some(Happening {
                    from: at,
                    by: at,
                    words: String::new(),
                    known: at,
                })
            }
            _ => {
                self.report(Code::BadDate, span, "an event is `on` one day")
                    .help = Some("write `on 2020-04-08`, or `not yet`".to_owned());
                None
            }
        }
    }
}

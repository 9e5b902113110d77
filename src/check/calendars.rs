//! Calendars and events: the windows of time that policies name.

use jiff::tz::TimeZone;

use super::Checker;
use crate::ast::{self, ClauseKind, Name, Statement};
use crate::calendar::LAST_YEAR;
use crate::diagnostic::Code;
use crate::model::{Calendar, Window};
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
}

impl<'a> Checker<'a> {
    pub(super) fn define_calendar(
        &mut self,
        file: usize,
        name: &Name,
        windows: &[ast::Window],
        statement: &Statement,
    ) {
        let zone = self.headers[file].zone.clone();
        let mut calendar = Calendar {
            name: name.value.clone(),
            zone,
            windows: Vec::new(),
            known_until: i64::MAX,
        };
        for window in windows {
            let (window, span) = match window {
                ast::Window::Dated(from, through) => {
                    let (from, until) = (
                        from.value.start(&calendar.zone),
                        through.value.end(&calendar.zone),
                    );
                    (Window::Dated(from, until), through.span)
                }
                ast::Window::Yearly(from, through) => {
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
            calendar.windows.push(window);
        }
        if calendar.windows.is_empty() {
            let message = format!("the calendar `{}` has no window", name.value);
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some(
                "write its windows after its name: `2018-02-16 through 2018-02-21`, or `yearly 11-01 through 11-11`"
                    .to_owned(),
            );
        }
        let yearly = |window: &Window| matches!(window, Window::Yearly(..));
        if calendar.windows.iter().any(yearly) {
            let after = jiff::civil::date(LAST_YEAR + 1, 1, 1);
            calendar.known_until = Moment::Day(after).start(&calendar.zone);
        }
        for clause in &statement.clauses {
            if let ClauseKind::KnownThrough(when) = &clause.kind {
                let until = when.value.end(&calendar.zone);
                calendar.known_until = calendar.known_until.min(until);
            }
        }
        self.set.calendars.push(calendar);
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

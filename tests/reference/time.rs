//! What time says of a statement, read off the clock on the wall.

use interdict::model::{Calendar, Life, Window};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::decide::Evaluator;
use crate::truth::{Truth, all};

/// How many years to look ahead for a window.
const YEARS_AHEAD: i16 = 3;

impl Evaluator<'_> {
    /// Whether a statement is in force at the instant.
    pub(crate) fn in_force(&self, life: &Life) -> Truth {
        let interval = match self.at {
            at if at >= life.until => Some(false),
            at if at >= life.certain => Some(true),
            at if at >= life.possible => None,
            _ => Some(false),
        };
        all([interval, self.during(life)])
    }

    /// Whether the windows of a life's calendar are open.
    pub(crate) fn during(&self, life: &Life) -> Truth {
        let calendar = life.calendar.map(|one| &self.set.calendars[one.at()]);
        calendar.map_or(Some(true), |calendar| covers(calendar, self.at))
    }

    /// From when a rule may bind and from when it does: with a calendar, from its first window on.
    pub(crate) fn starts(&self, life: &Life) -> (i64, i64) {
        let calendar = life.calendar.map(|one| &self.set.calendars[one.at()]);
        let first = calendar.and_then(|calendar| first_window(calendar, life.certain));
        let certain = first.unwrap_or(life.certain);
        let possible = match life.possible == life.certain {
            true => certain,
            false => life.possible,
        };
        (possible, certain)
    }
}

/// The clock of a calendar's zone.
fn clock(calendar: &Calendar, at: i64) -> DateTime {
    let stamp = Timestamp::from_second(at).expect("an instant within the years of a clock");
    calendar.zone.to_datetime(stamp)
}

fn covers(calendar: &Calendar, at: i64) -> Truth {
    // `11-01T20:00` stands between `11-01` and `11-02`, as text too.
    let now = clock(calendar, at).strftime("%m-%dT%H:%M").to_string();
    let open = calendar.windows.iter().any(|window| match window {
        Window::Dated(from, until) => (*from..*until).contains(&at),
        Window::Yearly(from, through) => {
            let (from, through) = (from.to_string(), through.to_string());
            let begun = now >= from;
            let (over, wraps) = match through.len() {
                5 => (now[..5] > *through, from[..5] > *through),
                _ => (now >= through, from >= through),
            };
            match wraps {
                true => begun || !over,
                false => begun && !over,
            }
        }
    });
    match open {
        true => Some(true),
        false => (at < calendar.known_until).then_some(false),
    }
}

/// The first instant that is covered: this one, or one at which a window starts.
fn first_window(calendar: &Calendar, from: i64) -> Option<i64> {
    let year = clock(calendar, from).year();
    let start = |year: i16, text: &str| -> Option<i64> {
        let time = if text.len() == 5 { "T00:00" } else { "" };
        let civil: DateTime = format!("{year}-{text}{time}").parse().ok()?;
        let zoned = calendar.zone.to_zoned(civil).ok()?;
        Some(zoned.timestamp().as_second())
    };
    let starts = calendar.windows.iter().flat_map(|window| match window {
        Window::Dated(start, _) => vec![*start],
        Window::Yearly(from, _) => {
            let years = year..year + YEARS_AHEAD;
            years
                .filter_map(|year| start(year, &from.to_string()))
                .collect()
        }
    });
    let all = [from].into_iter().chain(starts);
    all.filter(|at| *at >= from && covers(calendar, *at) == Some(true))
        .min()
}

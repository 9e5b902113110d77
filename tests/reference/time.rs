//! What time says of a statement, read off the clock on the wall.

use std::cmp::Ordering;

use interdict::model::{Age, AgeUnit, Calendar, Life, Window};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::decide::Evaluator;
use crate::truth::{Truth, all};

/// How many years to look ahead for a window.
const YEARS_AHEAD: i16 = 3;

impl Evaluator<'_> {
    /// Whether a statement is in force at the instant.
    pub(crate) fn in_force(&self, life: &Life) -> Truth {
        let interval = match self.at {
            at if at >= life.until => Some(false),
            at if at < life.possible => Some(false),
            at if at >= life.certain && at < life.may_end => Some(true),
            _ => None,
        };
        all([interval, self.during(life)])
    }

    /// Whether a rule is open once it has begun and until it is over: within the windows of its
    /// calendar, and not where nobody knows whether it is over.
    pub(crate) fn open(&self, life: &Life) -> Truth {
        let lasts = (self.at < life.may_end || self.at >= life.until).then_some(true);
        all([self.during(life), lasts])
    }

    /// Whether the windows of a life's calendar are open.
    pub(crate) fn during(&self, life: &Life) -> Truth {
        let calendar = life.calendar.map(|one| &self.set.calendars[one.at()]);
        calendar.map_or(Some(true), |calendar| covers(calendar, self.at))
    }

    /// From when a rule may bind and from when it does: with a calendar, from its first window on.
    pub(crate) fn starts(&self, life: &Life) -> (i64, i64) {
        let calendar = life.calendar.map(|one| &self.set.calendars[one.at()]);
        let starts = life.certain != i64::MAX;
        let calendar = calendar.filter(|_| starts);
        let first = calendar.and_then(|calendar| first_window(calendar, life.certain));
        let certain = first.unwrap_or(life.certain);
        let unknown = calendar.map_or(i64::MAX, |calendar| calendar.known_until);
        let possible = match life.possible == life.certain {
            true if unknown < certain => unknown.max(life.certain),
            true => certain,
            false => life.possible,
        };
        (possible, certain)
    }
}

fn covers(calendar: &Calendar, at: i64) -> Truth {
    // `11-01T20:00` stands between `11-01` and `11-02`, as text too.
    let now = local(at, &calendar.zone)
        .strftime("%m-%dT%H:%M")
        .to_string();
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
    let year = local(from, &calendar.zone).year();
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

/// A date of an item: a civil day, or an instant in seconds.
pub(crate) enum ItemDate {
    Day(Date),
    Instant(i64),
}

impl ItemDate {
    pub(crate) fn read(text: &str) -> ItemDate {
        match text.parse::<Timestamp>() {
            Ok(instant) => ItemDate::Instant(instant.as_second()),
            Err(_) => ItemDate::Day(text.parse().expect("a day")),
        }
    }

    /// The first second that is no longer within it; an instant ends where it starts.
    pub(crate) fn end(&self, clock: &TimeZone) -> Option<i64> {
        match self {
            ItemDate::Day(day) => start(day.tomorrow().expect("a day after it"), clock),
            ItemDate::Instant(at) => Some(*at),
        }
    }

    /// Whether it comes before or after another one, unless one is a day and the other within it.
    pub(crate) fn against(&self, other: &ItemDate, clock: &TimeZone) -> Option<Ordering> {
        let instants = [self, other].map(|date| match date {
            ItemDate::Instant(at) => Some(*at),
            ItemDate::Day(_) => None,
        });
        if let [Some(one), Some(other)] = instants {
            return Some(one.cmp(&other));
        }
        let order = self.day(clock)?.cmp(&other.day(clock)?);
        let both_days = instants == [None, None];
        (both_days || order != Ordering::Equal).then_some(order)
    }

    fn day(&self, clock: &TimeZone) -> Option<Date> {
        match self {
            ItemDate::Day(day) => Some(*day),
            ItemDate::Instant(at) => Some(shown(*at, clock)?.date()),
        }
    }

    /// How long ago it is, at the least and at the most, against an age.
    pub(crate) fn ages(&self, age: Age, at: i64, clock: &TimeZone) -> Option<[Ordering; 2]> {
        let count = i64::from(age.count);
        match (age.unit, self) {
            (AgeUnit::Days, ItemDate::Day(day)) => {
                let now = shown(at, clock)?.date();
                let passed = i64::from((now - *day).get_days());
                Some([passed.cmp(&count); 2])
            }
            (AgeUnit::Days, ItemDate::Instant(then)) => {
                let then = shown(*then, clock)?.saturating_add(jiff::Span::new().days(count));
                Some([at.cmp(&second(then, clock)?); 2])
            }
            (AgeUnit::Hours, date) => {
                let (first, last) = match date {
                    ItemDate::Day(day) => (start(*day, clock)?, date.end(clock)? - 1),
                    ItemDate::Instant(at) => (*at, *at),
                };
                Some([last, first].map(|since| (at - since).cmp(&(count * 3600))))
            }
        }
    }
}

fn local(at: i64, clock: &TimeZone) -> DateTime {
    clock.to_datetime(Timestamp::from_second(at).expect("an instant within the years of a clock"))
}

/// What a clock shows at an instant. Nobody knows how clocks are set after 2099, if they are set.
fn shown(at: i64, clock: &TimeZone) -> Option<DateTime> {
    (at < last_known(clock)).then(|| local(at, clock))
}

fn start(day: Date, clock: &TimeZone) -> Option<i64> {
    second(day.at(0, 0, 0, 0), clock)
}

fn second(civil: DateTime, clock: &TimeZone) -> Option<i64> {
    let zoned = clock.to_zoned(civil).expect("a time on a clock");
    let at = zoned.timestamp().as_second();
    // A day more is needed to tell whether the clock is being set.
    (at < last_known(clock) - 86_400).then_some(at)
}

fn last_known(clock: &TimeZone) -> i64 {
    let end = clock.to_zoned(Date::constant(2100, 1, 1).at(0, 0, 0, 0));
    let end = end.expect("a day that has a clock").timestamp();
    match clock.following(end).next() {
        Some(_) => end.as_second(),
        None => i64::MAX,
    }
}

//! Windows of time that a calendar names, and the seconds that they cover.
//!
//! A window has dates, or it comes again every year. What comes again is written out year by year up
//! to [`LAST_YEAR`]; what lies beyond is not known, and decisions say so.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::moment::{Moment, MomentError, seconds};

/// The last year whose recurring windows are written out.
pub const LAST_YEAR: i16 = 2099;

/// The most years from one 29 February to the next, and one more.
const YEARS_APART: i16 = 9;

/// The year in which recurring windows begin where nothing else says when.
const FIRST_YEAR: i16 = 1970;

/// A day of every year, or a time on it: `11-01`, `11-10T20:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearDay {
    month: i8,
    day: i8,
    /// If none, the whole day.
    time: Option<Time>,
    /// Whether the time is `24:00`, the next day's `00:00`.
    at_end: bool,
}

/// A stretch of time that a calendar names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Once: from a second until another one, which lies outside.
    Dated(i64, i64),
    /// Every year; one whose end stands before its start in the year ends in the next.
    Yearly(YearDay, YearDay),
}

/// Windows under a name.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// The zone of its days.
    pub zone: TimeZone,
    /// Its windows, in the order written.
    pub windows: Vec<Window>,
    /// Until when its windows are all known; `i64::MAX`: for good.
    pub known_until: i64,
    /// From when all these windows are known; before, the calendar was another one.
    pub known_from: i64,
}

impl YearDay {
    /// Reads `11-01`, `11-10T20:00` and `12-31T24:00`.
    ///
    /// # Errors
    ///
    /// Whether the form is wrong or no year has such a day.
    pub fn read(text: &str) -> Result<YearDay, MomentError> {
        // A leap year has every day that any year has.
        let (moment, at_end) = match text.strip_suffix("24:00") {
            Some(day) => (Moment::read(&format!("2000-{day}00:00"))?, true),
            None => (Moment::read(&format!("2000-{text}"))?, false),
        };
        let (date, time) = match moment {
            Moment::Day(date) => (date, None),
            Moment::Instant(civil, None) => (civil.date(), Some(civil.time())),
            // A month, or an offset, which a day of every year cannot have.
            Moment::Month(_) | Moment::Instant(..) => return Err(MomentError::Form),
        };
        let (month, day) = (date.month(), date.day());
        Ok(YearDay {
            month,
            day,
            time,
            at_end,
        })
    }

    /// Its first moment in a year. 29 February is 1 March's first moment in a year without it, so
    /// that a window that starts or ends there holds the days that there are.
    fn start(self, year: i16) -> Option<DateTime> {
        let time = self.time.unwrap_or(Time::midnight());
        match Date::new(year, self.month, self.day) {
            Ok(date) if self.at_end => Some(midnight(date.tomorrow().ok()?)),
            Ok(date) => Some(date.to_datetime(time)),
            Err(_) => Date::new(year, 3, 1).ok().map(midnight),
        }
    }

    /// The first moment after it: a day's end, or the time itself.
    fn end(self, year: i16) -> Option<DateTime> {
        match Date::new(year, self.month, self.day) {
            Ok(date) if self.time.is_none() => Some(midnight(date.tomorrow().ok()?)),
            _ => self.start(year),
        }
    }
}

fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)?;
        match self.time {
            Some(_) if self.at_end => write!(f, "T24:00"),
            Some(time) => write!(f, "T{:02}:{:02}", time.hour(), time.minute()),
            None => Ok(()),
        }
    }
}

impl Window {
    /// Whether it holds no time at all: it ends before it starts, or on the same instant.
    pub fn is_empty(self) -> bool {
        match self {
            Window::Dated(from, until) => until <= from,
            Window::Yearly(from, through) => from == through && from.end(2000) == from.start(2000),
        }
    }

    /// The stretch that begins in a year; for a window with dates, itself.
    fn in_year(self, year: i16, zone: &TimeZone) -> Option<(i64, i64)> {
        let (from, through) = match self {
            Window::Dated(from, until) => return Some((from, until)),
            Window::Yearly(from, through) => (from, through),
        };
        let wraps = through.end(2000)? <= from.start(2000)?;
        let last = if wraps { year + 1 } else { year };
        let (from, until) = (from.start(year)?, through.end(last)?);
        let stretch = (seconds(from, zone), seconds(until, zone));
        (stretch.0 < stretch.1).then_some(stretch)
    }
}

impl Calendar {
    /// The stretches that it covers from an instant on, ascending, apart from one another; those
    /// that end before are left out.
    pub fn stretches(&self, from: i64) -> Vec<(i64, i64)> {
        let first = self.first_year(from);
        let mut all: Vec<(i64, i64)> = Vec::new();
        for window in &self.windows {
            match window {
                Window::Dated(..) => all.extend(window.in_year(first, &self.zone)),
                Window::Yearly(..) => all.extend(
                    (first..=LAST_YEAR).filter_map(|year| window.in_year(year, &self.zone)),
                ),
            }
        }
        all.retain(|(_, until)| *until > from);
        all.sort_unstable();
        all.dedup_by(|next, last| {
            let joins = next.0 <= last.1;
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
        all
    }

    /// The first instant from another one on that it covers, if it is known to cover any.
    pub fn next(&self, from: i64) -> Option<i64> {
        let first = self.first_year(from);
        let last = LAST_YEAR.min(first.saturating_add(YEARS_APART));
        let open = |(start, until): (i64, i64)| (until > from).then_some(start.max(from));
        let starts = self.windows.iter().filter_map(|window| match window {
            Window::Dated(..) => open(window.in_year(first, &self.zone)?),
            Window::Yearly(..) => (first..=last)
                .filter_map(|year| window.in_year(year, &self.zone))
                .find_map(open),
        });
        starts.min()
    }

    /// The year in which a window that is open at an instant may have begun at the earliest.
    fn first_year(&self, from: i64) -> i16 {
        let start = Timestamp::from_second(from).map(|stamp| self.zone.to_datetime(stamp).year());
        start.unwrap_or(FIRST_YEAR).max(FIRST_YEAR) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> YearDay {
        YearDay::read(text).unwrap()
    }

    fn calendar(windows: Vec<Window>, zone: &str) -> Calendar {
        Calendar {
            name: String::new(),
            zone: jiff::tz::TimeZoneDatabase::bundled().get(zone).unwrap(),
            windows,
            known_until: i64::MAX,
            known_from: i64::MIN,
        }
    }

    /// The first stretch from a day on, in hours.
    fn hours(window: Window, zone: &str, from: &str) -> (String, i64) {
        let calendar = calendar(vec![window], zone);
        let from = Moment::read(from).unwrap().start(&calendar.zone);
        let (start, until) = calendar.stretches(from)[0];
        let shown = Timestamp::from_second(start).unwrap().to_string();
        (shown, (until - start) / 3600)
    }

    #[test]
    fn reads_days_of_the_year() {
        for text in ["11-01", "02-29", "11-10T20:00", "12-31T24:00"] {
            assert_eq!(day(text).to_string(), text);
        }
        for (text, error) in [
            ("11-1", MomentError::Form),
            ("11", MomentError::Form),
            ("11-01T20:00Z", MomentError::Form),
            ("2018-11-01", MomentError::Form),
            ("24:00", MomentError::Form),
            ("02-30", MomentError::Impossible),
            ("13-01", MomentError::Impossible),
        ] {
            assert_eq!(YearDay::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_day_has_as_many_hours_as_its_zone_says() {
        let one = |text| Window::Yearly(day(text), day(text));
        for (text, zone, from, shown, long) in [
            (
                "03-11",
                "America/New_York",
                "2018",
                "2018-03-11T05:00:00Z",
                23,
            ),
            (
                "11-04",
                "America/New_York",
                "2018",
                "2018-11-04T04:00:00Z",
                25,
            ),
            (
                "11-04",
                "America/Sao_Paulo",
                "2018",
                "2018-11-04T03:00:00Z",
                23,
            ),
            ("11-11", "Asia/Shanghai", "2018", "2018-11-10T16:00:00Z", 24),
        ] {
            let found = hours(one(text), zone, &format!("{from}-01-01"));
            assert_eq!(found, (shown.to_owned(), long), "{text} in {zone}");
        }
    }

    #[test]
    fn a_window_may_reach_into_the_next_year() {
        let window = Window::Yearly(day("12-26"), day("01-05"));
        let start = |from| hours(window, "UTC", from);
        assert_eq!(
            start("2019-12-31"),
            ("2019-12-26T00:00:00Z".to_owned(), 264)
        );
        assert_eq!(
            start("2020-01-05"),
            ("2019-12-26T00:00:00Z".to_owned(), 264)
        );
        assert_eq!(start("2020-01-06").0, "2020-12-26T00:00:00Z");
    }

    #[test]
    fn the_last_of_february_is_the_last_there_is() {
        let through = Window::Yearly(day("02-27"), day("02-29"));
        assert_eq!(hours(through, "UTC", "2019-01-01").1, 48);
        assert_eq!(hours(through, "UTC", "2020-01-01").1, 72);
        let from = Window::Yearly(day("02-29"), day("03-02"));
        assert_eq!(hours(from, "UTC", "2019-01-01").0, "2019-03-01T00:00:00Z");
        let alone = Window::Yearly(day("02-29"), day("02-29"));
        assert_eq!(hours(alone, "UTC", "2019-01-01").0, "2020-02-29T00:00:00Z");
    }

    #[test]
    fn what_touches_is_one_stretch() {
        let windows = vec![
            Window::Dated(10, 20),
            Window::Dated(40, 50),
            Window::Dated(15, 30),
            Window::Dated(30, 35),
        ];
        let calendar = calendar(windows, "UTC");
        assert_eq!(calendar.stretches(0), [(10, 35), (40, 50)]);
        assert_eq!((calendar.next(12), calendar.next(36)), (Some(12), Some(40)));
        assert_eq!(calendar.next(50), None);
    }
}

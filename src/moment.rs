//! A date, a month or an instant as an author writes it.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// A point or stretch of time; without an offset it is civil time in the policy's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// `2018-04-17`, the whole day.
    Day(Date),
    /// `2018-06`, the whole month; the date is its first day.
    Month(Date),
    /// `2018-04-17T12:00`, with an offset in seconds if it names one. `24:00` was already turned
    /// into the next day's `00:00`.
    Instant(DateTime, Option<i32>),
}

/// Why a text is no [`Moment`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentError {
    /// It does not look like one.
    Form,
    /// It looks like one, but the calendar has no such day or time.
    Impossible,
}

impl Moment {
    /// Reads `2018-04-17`, `2018-04`, `2018-04-17T12:00`, and instants with `Z` or `+08:00`.
    ///
    /// # Errors
    ///
    /// Whether the form is wrong or the day does not exist.
    pub fn read(text: &str) -> Result<Moment, MomentError> {
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        match shape.as_str() {
            "0000-00" => format!("{text}-01").parse().map(Moment::Month),
            "0000-00-00" => text.parse().map(Moment::Day),
            _ if shape.starts_with("0000-00-00T00:00") => return read_instant(text),
            _ => return Err(MomentError::Form),
        }
        .map_err(|_| MomentError::Impossible)
    }

    /// The first second, since 1970-01-01T00:00Z, in a zone.
    pub fn start(self, zone: &TimeZone) -> i64 {
        match self {
            Moment::Day(date) | Moment::Month(date) => {
                seconds(date.to_datetime(jiff::civil::Time::midnight()), zone)
            }
            Moment::Instant(civil, None) => seconds(civil, zone),
            Moment::Instant(civil, Some(offset)) => Offset::from_seconds(offset)
                .and_then(|offset| offset.to_timestamp(civil))
                .map_or(beyond(civil), |stamp| stamp.as_second()),
        }
    }

    /// The first second after it: of the next day or month; an instant ends where it starts.
    pub fn end(self, zone: &TimeZone) -> i64 {
        match self {
            Moment::Day(date) => date
                .tomorrow()
                .map_or(i64::MAX, |next| Moment::Day(next).start(zone)),
            Moment::Month(date) => date
                .last_of_month()
                .tomorrow()
                .map_or(i64::MAX, |next| Moment::Day(next).start(zone)),
            Moment::Instant(..) => self.start(zone),
        }
    }

    /// The civil day that it falls on, or begins with.
    pub fn day(self) -> Date {
        match self {
            Moment::Day(date) | Moment::Month(date) => date,
            Moment::Instant(civil, _) => civil.date(),
        }
    }
}

/// The civil day's place, in days since 1970-01-01.
pub fn day_number(date: Date) -> i32 {
    let since = date.since(jiff::civil::date(1970, 1, 1));
    since.map_or(0, |span| span.get_days())
}

/// The second in which a clock of a zone shows a time: the first such one if it shows it twice, the
/// one that the skipped clock would have shown if it never does.
pub(crate) fn seconds(civil: DateTime, zone: &TimeZone) -> i64 {
    let stamp = zone.to_ambiguous_timestamp(civil).compatible();
    stamp.map_or(beyond(civil), |stamp| stamp.as_second())
}

/// What stands for an instant that lies beyond what a time zone can be asked for: always or never.
fn beyond(civil: DateTime) -> i64 {
    if civil.year() < 1970 {
        i64::MIN
    } else {
        i64::MAX
    }
}

fn read_instant(text: &str) -> Result<Moment, MomentError> {
    let (date, time) = text.split_at(10);
    let time = &time[1..];
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time, None),
    };
    let shape: String = clock
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    if shape != "00:00" && shape != "00:00:00" {
        return Err(MomentError::Form);
    }
    let offset = offset.map(read_offset).transpose()?;
    let day: Date = date.parse().map_err(|_| MomentError::Impossible)?;
    if matches!(clock, "24:00" | "24:00:00") {
        let next = day.tomorrow().map_err(|_| MomentError::Impossible)?;
        return Ok(Moment::Instant(
            next.to_datetime(jiff::civil::Time::midnight()),
            offset,
        ));
    }
    let clock = clock.parse().map_err(|_| MomentError::Impossible)?;
    Ok(Moment::Instant(day.to_datetime(clock), offset))
}

fn read_offset(text: &str) -> Result<i32, MomentError> {
    if text == "Z" {
        return Ok(0);
    }
    let (sign, digits) = text.split_at(1);
    let (hours, minutes) = digits.split_once(':').ok_or(MomentError::Form)?;
    if hours.len() != 2 || minutes.len() != 2 {
        return Err(MomentError::Form);
    }
    let (hours, minutes): (i32, i32) = match (hours.parse(), minutes.parse()) {
        (Ok(hours), Ok(minutes)) => (hours, minutes),
        _ => return Err(MomentError::Form),
    };
    if !(0..=23).contains(&hours) || !(0..=59).contains(&minutes) {
        return Err(MomentError::Impossible);
    }
    let seconds = hours * 3600 + minutes * 60;
    Ok(if sign == "-" { -seconds } else { seconds })
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Day(date) => write!(f, "{date}"),
            Moment::Month(date) => write!(f, "{}", date.strftime("%Y-%m")),
            Moment::Instant(civil, offset) => {
                write!(f, "{}", civil.strftime("%Y-%m-%dT%H:%M"))?;
                if civil.second() != 0 {
                    write!(f, "{}", civil.strftime(":%S"))?;
                }
                match *offset {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(offset) => {
                        let (sign, minutes) =
                            (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_what_authors_write() {
        for (text, shown) in [
            ("2018-04-17", "2018-04-17"),
            ("2018-06", "2018-06"),
            ("2018-04-17T12:00", "2018-04-17T12:00"),
            ("2018-04-17T24:00", "2018-04-18T00:00"),
            ("2018-04-17T12:00:30+08:00", "2018-04-17T12:00:30+08:00"),
            ("2018-04-17T12:00Z", "2018-04-17T12:00Z"),
        ] {
            assert_eq!(Moment::read(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn tells_a_wrong_form_from_an_impossible_day() {
        for (text, error) in [
            ("2018-4-17", MomentError::Form),
            ("17-04-2018", MomentError::Form),
            ("2018", MomentError::Form),
            ("2018-04-17T9", MomentError::Form),
            ("2018-04-17T12:00:00.5", MomentError::Form),
            ("2018-02-30", MomentError::Impossible),
            ("2018-13", MomentError::Impossible),
            ("2018-04-17T25:00", MomentError::Impossible),
            ("2018-04-17T12:00+99:00", MomentError::Impossible),
        ] {
            assert_eq!(Moment::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_day_starts_where_its_zone_says() {
        let zone = TimeZone::fixed(Offset::constant(8));
        let day = Moment::read("2018-04-17").unwrap();
        assert_eq!(day.start(&zone), 1_523_894_400);
        assert_eq!(day.end(&zone) - day.start(&zone), 86_400);
    }
}

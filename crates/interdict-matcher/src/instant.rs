//! The instant that a decision is asked for, as a service writes it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A point in time, with the offset from UTC that it was written in.
///
/// Only the point decides; the offset is kept so that a decision shows the instant as it was asked.
///
/// ```
/// use interdict_matcher::Instant;
///
/// let shanghai: Instant = "2018-04-17T00:00:00+08:00".parse()?;
/// let utc: Instant = "2018-04-16T16:00:00Z".parse()?;
/// assert_eq!(shanghai.unix_seconds(), utc.unix_seconds());
/// assert_eq!(shanghai.to_string(), "2018-04-17T00:00:00+08:00");
/// # Ok::<(), interdict_matcher::InstantError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instant {
    /// Whole seconds since 1970-01-01T00:00Z, rounded down. Rules start and end on whole seconds,
    /// so that the fraction never decides.
    seconds: i64,
    nanos: u32,
    offset_seconds: i32,
}

/// Why a text is no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not an instant: write a date, a time and an offset, such as `2018-04-17T12:00:00+08:00` or `2018-04-17T04:00:00Z`"
)]
pub struct InstantError {
    text: String,
}

impl Instant {
    /// The instant that lies so many seconds after 1970-01-01T00:00Z, shown in UTC.
    pub fn from_unix_seconds(seconds: i64) -> Instant {
        Instant {
            seconds,
            nanos: 0,
            offset_seconds: 0,
        }
    }

    /// The same instant, shown with an offset of so many seconds from UTC.
    #[must_use]
    pub fn with_offset(self, offset_seconds: i32) -> Instant {
        Instant {
            offset_seconds,
            ..self
        }
    }

    /// Reads an instant, or a date alone as its 00:00 UTC.
    ///
    /// # Errors
    ///
    /// A text that is neither.
    pub fn or_day(text: &str) -> Result<Instant, InstantError> {
        let day = format!("{text}T00:00:00Z");
        let is_day = text.len() == 10;
        let day = day.parse().ok().filter(|_| is_day);
        day.map_or_else(|| text.parse(), Ok)
    }

    /// Whole seconds since 1970-01-01T00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The offset from UTC that it is shown in, in seconds.
    pub fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }
}

/// A civil day by its number since 1970-01-01, as authors write it.
pub(crate) fn day(number: i32) -> String {
    let day = jiff::Span::new().try_days(number).and_then(|span| {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.checked_add(span)
    });
    day.map_or_else(
        |_| format!("{number} days since 1970"),
        |day| day.to_string(),
    )
}

impl FromStr for Instant {
    type Err = InstantError;

    /// Reads RFC 3339: seconds may be left out, the hour may be `24:00`, the offset is needed.
    fn from_str(text: &str) -> Result<Instant, InstantError> {
        parse(text.trim()).ok_or_else(|| InstantError {
            text: text.to_owned(),
        })
    }
}

fn parse(text: &str) -> Option<Instant> {
    let time_at = text.find(['T', 't', ' '])? + 1;
    let offset_at = time_at + text.get(time_at..)?.find(['Z', 'z', '+', '-'])?;
    let offset = text.get(offset_at..)?;
    let offset_seconds = match offset {
        "Z" | "z" => 0,
        _ => parse_offset(offset)?,
    };
    let local = text.get(..offset_at)?;
    let (local, next_day) = end_of_day(local, time_at);
    let civil: jiff::civil::DateTime = local.parse().ok()?;
    let zone = jiff::tz::Offset::from_seconds(offset_seconds).ok()?;
    let stamp = zone.to_timestamp(civil).ok()?;
    let nanos = stamp.as_nanosecond().rem_euclid(1_000_000_000);
    let seconds = stamp.as_nanosecond().div_euclid(1_000_000_000);
    Some(Instant {
        seconds: i64::try_from(seconds).ok()? + if next_day { 86_400 } else { 0 },
        nanos: u32::try_from(nanos).ok()?,
        offset_seconds,
    })
}

/// `24:00` is the next day's `00:00`.
fn end_of_day(local: &str, time_at: usize) -> (String, bool) {
    let (date, time) = local.split_at(time_at);
    let rest = time.strip_prefix("24:00");
    match rest {
        Some(rest) if rest.chars().all(|c| matches!(c, ':' | '.' | '0')) => {
            (format!("{date}00:00{rest}"), true)
        }
        _ => (local.to_owned(), false),
    }
}

fn parse_offset(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|&c| c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stamp = jiff::Timestamp::new(self.seconds, self.nanos.cast_signed());
        let zone = jiff::tz::Offset::from_seconds(self.offset_seconds);
        let (Ok(stamp), Ok(zone)) = (stamp, zone) else {
            return write!(f, "{}s since 1970", self.seconds);
        };
        let civil = zone.to_datetime(stamp);
        if self.offset_seconds == 0 {
            return write!(f, "{civil}Z");
        }
        let minutes = self.offset_seconds.abs() / 60;
        let sign = if self.offset_seconds < 0 { '-' } else { '+' };
        write!(f, "{civil}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_services_write() {
        for (text, shown, seconds) in [
            (
                "2018-04-17T00:00:00+08:00",
                "2018-04-17T00:00:00+08:00",
                1_523_894_400,
            ),
            (
                "2018-04-16T24:00+08:00",
                "2018-04-17T00:00:00+08:00",
                1_523_894_400,
            ),
            ("2018-04-16T16:00Z", "2018-04-16T16:00:00Z", 1_523_894_400),
            (
                "2018-04-16t15:59:59.5z",
                "2018-04-16T15:59:59.5Z",
                1_523_894_399,
            ),
            ("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z", -1),
        ] {
            let instant: Instant = text.parse().unwrap();
            assert_eq!(instant.to_string(), shown);
            assert_eq!(instant.unix_seconds(), seconds, "{text}");
        }
    }

    #[test]
    fn refuses_what_names_no_instant() {
        for text in [
            "",
            "now",
            "2018-04-17",
            "2018-04-17T00:00:00",
            "2018-02-30T00:00:00Z",
            "T",
            "Z",
            "白T皮Z",
            "2018-04-17T25:00Z",
            "2018-04-17T24:01Z",
            "2018-04-17T00:00:00+8",
            "2018-04-17T00:00+08:99",
            "9999-12-31T24:00Z[x]",
        ] {
            assert!(text.parse::<Instant>().is_err(), "{text}");
        }
    }
}

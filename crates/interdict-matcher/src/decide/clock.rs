//! Civil days of items against instants, by the clock of a zone.
//!
//! The tables say what a clock shows until a year in the future; beyond that, and wherever a civil day
//! leaves open what is asked, the answer is not known.

use std::cmp::Ordering;

use super::Truth;
use crate::artifact::{ATOM_AGE, ATOM_PAST, Atom, Offset, View, Zone, partition, wide};
use crate::item::{DateValue, Item, Value};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// The instants between boundaries at which answers about the dates of an item change.
pub(crate) fn turns(view: View<'_>, item: &Item<'_>) -> Vec<i64> {
    let asked = view.atoms.iter().filter_map(|(_, atom)| {
        let zone = match atom.kind {
            ATOM_PAST => atom.b,
            ATOM_AGE => atom.e,
            _ => return None,
        };
        match item.value(atom.a) {
            Some(&Value::Date(date)) => Some(Clock::of(view, zone).turns(date, atom)),
            _ => None,
        }
    });
    asked.flatten().collect()
}

/// The clock of a zone.
#[derive(Clone, Copy)]
pub(crate) struct Clock<'a> {
    view: View<'a>,
    zone: Zone,
}

impl<'a> Clock<'a> {
    pub(crate) fn of(view: View<'a>, zone: u32) -> Clock<'a> {
        let zone = view.zones.row(zone);
        Clock { view, zone }
    }

    /// Whether a date is over: a day at its end, an instant when it comes.
    pub(super) fn is_past(self, date: DateValue, at: i64) -> Truth {
        let end = match date {
            DateValue::Instant(instant) => Some(instant),
            DateValue::Day(day) => self.day_start(i64::from(day) + 1),
        };
        end.map_or(Truth::Unknown, |end| Truth::of(end <= at))
    }

    /// How long ago a date is, against a number of days, as far as it can be told.
    pub(super) fn age_in_days(self, date: DateValue, days: u32, at: i64) -> Option<Ordering> {
        match date {
            DateValue::Day(day) => {
                let passed = self.day(at)? - i64::from(day);
                Some(passed.cmp(&i64::from(days)))
            }
            // The same time so many days later, which is not always so many times 24 hours.
            DateValue::Instant(instant) => {
                let local = instant.checked_add(self.ahead(instant)?)?;
                let then = self.second(local.checked_add(i64::from(days) * DAY)?)?;
                Some(at.cmp(&then))
            }
        }
    }

    /// How long ago a date is at the least and at the most, against a number of hours.
    pub(super) fn age_in_hours(
        self,
        date: DateValue,
        hours: u32,
        at: i64,
    ) -> Option<(Ordering, Ordering)> {
        let (first, last) = match date {
            DateValue::Instant(instant) => (instant, instant),
            DateValue::Day(day) => {
                let day = i64::from(day);
                (self.day_start(day)?, self.day_start(day + 1)? - 1)
            }
        };
        let passed = |since: i64| at.saturating_sub(since).cmp(&(i64::from(hours) * HOUR));
        Some((passed(last), passed(first)))
    }

    /// Which of two dates comes first, unless one is a day and the other an instant within it.
    pub(super) fn order(self, one: DateValue, other: DateValue) -> Option<Ordering> {
        match (one, other) {
            (DateValue::Day(one), DateValue::Day(other)) => Some(one.cmp(&other)),
            (DateValue::Instant(one), DateValue::Instant(other)) => Some(one.cmp(&other)),
            (DateValue::Day(day), DateValue::Instant(at)) => self.day_against(day, at),
            (DateValue::Instant(at), DateValue::Day(day)) => {
                self.day_against(day, at).map(Ordering::reverse)
            }
        }
    }

    /// The instants at which a date is over, or is so and so old: those of a question about it.
    fn turns(self, date: DateValue, atom: Atom) -> Vec<i64> {
        let (first, last) = match date {
            DateValue::Instant(at) => (Some(at), Some(at)),
            DateValue::Day(day) => {
                let day = i64::from(day);
                (self.day_start(day), self.day_start(day + 1))
            }
        };
        let count = i64::from(atom.c);
        let turns = match (atom.kind, atom.d, date) {
            (ATOM_PAST, ..) => vec![last],
            (_, 0, DateValue::Day(day)) => {
                let day = i64::from(day) + count;
                vec![self.day_start(day), self.day_start(day + 1)]
            }
            (_, 0, DateValue::Instant(at)) => {
                let local = self.ahead(at).and_then(|ahead| at.checked_add(ahead));
                let then = local.and_then(|local| self.second(local.checked_add(count * DAY)?));
                vec![then, then.map(|at| at + 1)]
            }
            _ => {
                // A day's last second is one before its end.
                let passed = |at: i64| [-1, 0, 1].map(|step| at.checked_add(count * HOUR + step));
                [first, last]
                    .into_iter()
                    .flatten()
                    .flat_map(passed)
                    .collect()
            }
        };
        turns.into_iter().flatten().collect()
    }

    fn day_against(self, day: i32, at: i64) -> Option<Ordering> {
        let order = i64::from(day).cmp(&self.day(at)?);
        (order != Ordering::Equal).then_some(order)
    }

    /// The civil day of an instant, in days since 1970-01-01.
    pub(crate) fn day(self, at: i64) -> Option<i64> {
        Some(at.checked_add(self.ahead(at)?)?.div_euclid(DAY))
    }

    /// The first second of a civil day.
    fn day_start(self, day: i64) -> Option<i64> {
        self.second(day.checked_mul(DAY)?)
    }

    /// The second in which the clock shows a time: the first one if it shows it twice, and the one
    /// that the clock as it was would have reached if it skips it.
    fn second(self, local: i64) -> Option<i64> {
        let (before, after) = (
            self.ahead(local.checked_sub(DAY)?)?,
            self.ahead(local.checked_add(DAY)?)?,
        );
        let (old, new) = (local - before, local - after);
        let is_new = self.ahead(new)? == after && self.ahead(old)? != before;
        Some(if is_new { new } else { old })
    }

    /// How far the clock is ahead of UTC at a second, if it is known.
    fn ahead(self, at: i64) -> Option<i64> {
        if at >= wide(self.zone.known_low, self.zone.known_high) {
            return None;
        }
        let row = |number: u32| -> Offset {
            self.view
                .offsets
                .row(self.zone.offsets_start.saturating_add(number))
        };
        let passed = partition(self.zone.offsets_len, |number| {
            let row = row(number);
            wide(row.low, row.high) <= at
        });
        let last = passed.checked_sub(1)?;
        Some(i64::from(row(last).ahead.cast_signed()))
    }
}

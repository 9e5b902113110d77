//! Questions about how long ago a date is → questions about the date itself, at one instant.

use super::fact::{Fact, FieldNumber};
use crate::ast::{Age, AgeUnit, DateTest, NumberTest};
use crate::ir::Zone;

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// `PATH is past`, of dates of which a field holds one.
pub(super) fn past(field: FieldNumber, zone: &Zone, at: i64) -> Fact {
    Fact::Date(field, Some(DateTest::Before), before(at + 1, day(zone, at)))
}

/// `PATH over N days ago` and its kin.
pub(super) fn age(field: FieldNumber, test: NumberTest, age: Age, zone: &Zone, at: i64) -> Fact {
    // `over` and `at most` part one second earlier than `at least` and `below`.
    let strict = matches!(test, NumberTest::Over | NumberTest::AtMost);
    let order = match test {
        NumberTest::Over | NumberTest::AtLeast => DateTest::Before,
        NumberTest::Below | NumberTest::AtMost => DateTest::After,
    };
    let count = i64::from(age.count);
    let bounds = match age.unit {
        AgeUnit::Days => {
            let last = latest(zone, count, at - i64::from(strict));
            let last_day = day(zone, at) - count - i64::from(strict);
            match order {
                DateTest::Before => before(last + 1, last_day + 1),
                DateTest::After => after(last, last_day),
            }
        }
        AgeUnit::Hours => {
            let last = at - count * HOUR - i64::from(strict);
            hours(zone, order, last)
        }
    };
    Fact::Date(field, Some(order), bounds)
}

/// A bound that leaves no civil day in doubt: it is no single instant. `before` asks for dates before
/// its first second and day.
fn before(second: i64, day: i64) -> [i64; 4] {
    [second, second + 1, day, day]
}

/// The same for `after`, which asks for dates after its last second and day.
fn after(second: i64, day: i64) -> [i64; 4] {
    [second - 1, second, day, day]
}

/// A bound after a second, which leaves the civil day that it falls on in doubt unless it ends it.
fn hours(zone: &Zone, order: DateTest, last: i64) -> [i64; 4] {
    let (own, next) = (day(zone, last), day(zone, last + 1));
    match order {
        DateTest::Before if own == next => [last + 1, last + 1, next, next],
        DateTest::After if own == next => [last, last, own, own],
        DateTest::Before => before(last + 1, next),
        DateTest::After => after(last, own),
    }
}

/// The last instant that is at least so many days ago.
fn latest(zone: &Zone, days: i64, at: i64) -> i64 {
    let near = at - days * DAY;
    let (mut low, mut high) = (near - 2 * DAY, near + 2 * DAY);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        match second(zone, middle + ahead(zone, middle) + days * DAY) <= at {
            true => low = middle,
            false => high = middle,
        }
    }
    low
}

/// The second in which the clock shows a time, as the matcher reads it.
fn second(zone: &Zone, local: i64) -> i64 {
    let (before, after) = (ahead(zone, local - DAY), ahead(zone, local + DAY));
    let (old, new) = (local - before, local - after);
    match ahead(zone, new) == after && ahead(zone, old) != before {
        true => new,
        false => old,
    }
}

fn day(zone: &Zone, at: i64) -> i64 {
    (at + ahead(zone, at)).div_euclid(DAY)
}

fn ahead(zone: &Zone, at: i64) -> i64 {
    let passed = zone.offsets.partition_point(|(from, _)| *from <= at);
    let row = passed
        .checked_sub(1)
        .and_then(|last| zone.offsets.get(last));
    row.map_or(0, |(_, ahead)| i64::from(*ahead))
}

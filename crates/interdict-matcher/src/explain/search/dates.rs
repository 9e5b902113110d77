//! Wishes about dates → moves.

use super::moves::{Act, Mover};
use crate::artifact::*;
use crate::change::Does;
use crate::decide::Clock;
use crate::explain::words;
use crate::item::{DateValue, Value};

const HOUR: i64 = 3_600;

impl Mover<'_, '_, '_> {
    pub(super) fn date(&mut self, atom: Atom, answer: bool) {
        let view = self.evaluation.view;
        let (first, last) = (view.moments.row(atom.c), view.moments.row(atom.d));
        let [start, end] = [first, last].map(|one| wide(one.low, one.high));
        let shifted = |moment: Moment, by: i32| match start == end {
            true => DateValue::Instant(start.saturating_add(by.into())),
            false => DateValue::Day(moment.day.cast_signed().saturating_add(by)),
        };
        let (date, side) = match (atom.b, answer) {
            (0, true) => (shifted(first, -1), "before"),
            (0, false) => (shifted(first, 0), "not before"),
            (1, true) => (shifted(last, 1), "after"),
            (1, false) => (shifted(last, 0), "not after"),
            (_, true) => (shifted(first, 0), "is"),
            (_, false) => (shifted(last, 1), "is not"),
        };
        let test = format!("{side} {}", words::date(view, atom));
        self.put_date(atom.a, date, test);
    }

    fn put_date(&mut self, field: u32, date: DateValue, test: String) {
        let act = Act::Put(Some(Value::Date(date)));
        self.push(field, act, Does::Pass { test }, 1);
    }

    /// A date on the wanted side of another one, if the item has that.
    pub(super) fn order(&mut self, atom: Atom, answer: bool) {
        let view = self.evaluation.view;
        let Some(&Value::Date(other)) = self.evaluation.item.value(atom.c) else {
            return;
        };
        let (step, side) = match (atom.b, answer) {
            (0, true) => (-1, "before"),
            (0, false) => (0, "not before"),
            (_, true) => (1, "after"),
            (_, false) => (0, "not after"),
        };
        let date = match other {
            DateValue::Day(day) => DateValue::Day(day.saturating_add(step)),
            DateValue::Instant(at) => DateValue::Instant(at.saturating_add(step.into())),
        };
        let path = view.strings.get(view.fields.row(atom.c).path);
        self.put_date(atom.a, date, format!("{side} {path}"));
    }

    /// The last day that is over, or the first that is not.
    pub(super) fn past(&mut self, atom: Atom, answer: bool) {
        let Some(today) = self.today(atom.b) else {
            return;
        };
        let (day, test) = match answer {
            true => (today.saturating_sub(1), "past"),
            false => (today, "not past"),
        };
        self.put_date(atom.a, DateValue::Day(day), test.to_owned());
    }

    /// A date that is just as old as wanted.
    pub(super) fn age(&mut self, atom: Atom, answer: bool) {
        // So much older than the age that is named.
        let (older, side) = match (atom.b, answer) {
            (0, true) => (1, "over"),
            (0, false) => (0, "at most"),
            (1, true) => (-1, "below"),
            (1, false) => (0, "at least"),
            (2, true) => (0, "at least"),
            (2, false) => (-1, "below"),
            (_, true) => (0, "at most"),
            (_, false) => (1, "over"),
        };
        let (date, unit) = match atom.d {
            0 => {
                let days = i32::try_from(atom.c)
                    .unwrap_or(i32::MAX)
                    .saturating_add(older);
                let Some(today) = self.today(atom.e) else {
                    return;
                };
                (DateValue::Day(today.saturating_sub(days)), "days")
            }
            _ => {
                let seconds = i64::from(atom.c) * HOUR + i64::from(older);
                let at = self.evaluation.point.seconds.saturating_sub(seconds);
                (DateValue::Instant(at), "hours")
            }
        };
        self.put_date(atom.a, date, format!("{side} {} {unit} ago", atom.c));
    }

    /// The civil day of the instant that is judged.
    fn today(&self, zone: u32) -> Option<i32> {
        let clock = Clock::of(self.evaluation.view, zone);
        i32::try_from(clock.day(self.evaluation.point.seconds)?).ok()
    }
}

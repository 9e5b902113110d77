//! Numbers and dates as stretches of a line: only the places that some question names are told apart.

use std::collections::BTreeSet;

use super::sat::{Lit, Sat};
use crate::ast::{DateTest, NumberTest};

/// A line cut where questions cut it, and which stretch the item's value lies in.
pub(super) struct Line<T> {
    cuts: T,
    stretches: Vec<(Stretch, Lit)>,
}

impl<T: Default> Default for Line<T> {
    fn default() -> Self {
        Line {
            cuts: T::default(),
            stretches: Vec::new(),
        }
    }
}

impl<T> Line<T> {
    /// Which stretches a value lies in may be asked of the solver.
    fn declare(&mut self, stretches: Vec<Stretch>, sat: &mut Sat) -> Vec<Lit> {
        let declared = stretches.into_iter().map(|one| (one, sat.variable()));
        self.stretches = declared.collect();
        self.stretches.iter().map(|(_, lit)| *lit).collect()
    }

    /// The value of the stretch that holds in the model.
    pub(super) fn value(&self, sat: &Sat) -> Option<Stretch> {
        let held = self.stretches.iter().find(|(_, lit)| sat.holds(*lit));
        held.map(|(stretch, _)| *stretch)
    }

    fn those(&self, wanted: impl Fn(Stretch) -> bool) -> Vec<Lit> {
        let those = self
            .stretches
            .iter()
            .filter(|(stretch, _)| wanted(*stretch));
        those.map(|(_, lit)| *lit).collect()
    }
}

/// A stretch of the line by a value that lies in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stretch {
    /// Of numbers.
    Number(f64),
    /// Of instants, in seconds.
    Instant(i64),
    /// Of civil days, in days since 1970.
    Day(i64),
}

/// The numbers that questions compare with, as keys that sort like them.
#[derive(Default)]
pub(super) struct Numbers(BTreeSet<i64>);

/// The seconds and the civil days at which stretches of dates begin.
#[derive(Default)]
pub(super) struct Dates {
    seconds: BTreeSet<i64>,
    days: BTreeSet<i64>,
}

impl Line<Numbers> {
    pub(super) fn cut(&mut self, at: f64) {
        // No two zeros: they are equal, and must be one cut.
        self.cuts.0.insert(key(at + 0.0));
    }

    /// The stretches, once all cuts are known.
    pub(super) fn regions(&mut self, sat: &mut Sat) -> Vec<Lit> {
        let cuts: Vec<f64> = self.cuts.0.iter().map(|cut| number(*cut)).collect();
        let mut values = Vec::new();
        values.extend(cuts.first().map(|first| below(*first)));
        for pair in cuts.windows(2) {
            values.push(Some(pair[0]));
            values.push(between(pair[0], pair[1]));
        }
        if let Some(&last) = cuts.last() {
            values.extend([Some(last), above(last)]);
        }
        let stretches = values.into_iter().flatten().map(Stretch::Number);
        self.declare(stretches.collect(), sat)
    }

    /// The stretches whose numbers pass a test, and those whose numbers do not.
    pub(super) fn holding(&self, test: Option<NumberTest>, than: f64) -> (Vec<Lit>, Vec<Lit>) {
        let passes = |stretch| {
            let Stretch::Number(value) = stretch else {
                return false;
            };
            match test {
                Some(NumberTest::Over) => value > than,
                Some(NumberTest::Below) => value < than,
                Some(NumberTest::AtLeast) => value >= than,
                Some(NumberTest::AtMost) => value <= than,
                None => value == than,
            }
        };
        (self.those(passes), self.those(|stretch| !passes(stretch)))
    }
}

impl Line<Dates> {
    pub(super) fn cut(&mut self, [first, last, first_day, last_day]: [i64; 4]) {
        self.cuts.seconds.extend([first, last.saturating_add(1)]);
        self.cuts
            .days
            .extend([first_day, last_day.saturating_add(1)]);
    }

    /// The stretches, once all cuts are known: of instants, then of civil days.
    pub(super) fn regions(&mut self, sat: &mut Sat) -> Vec<Lit> {
        let seconds = starts(&self.cuts.seconds, DAY).filter(|at| shown(*at));
        let days = starts(&self.cuts.days, 1).filter(|day| shown(day.saturating_mul(DAY)));
        let seconds = seconds.map(Stretch::Instant);
        self.declare(seconds.chain(days.map(Stretch::Day)).collect(), sat)
    }

    /// The stretches whose dates answer a test, yes and no. A civil day and an instant within it: nobody
    /// knows which comes first.
    pub(super) fn holding(
        &self,
        test: Option<DateTest>,
        [first, last, first_day, last_day]: [i64; 4],
    ) -> (Vec<Lit>, Vec<Lit>) {
        let answer = |stretch| {
            let (before, after) = match stretch {
                Stretch::Instant(at) => (at < first, at > last),
                Stretch::Day(day) if first == last && day == first_day => return None,
                Stretch::Day(day) => (day < first_day, day > last_day),
                Stretch::Number(_) => return None,
            };
            Some(match test {
                Some(DateTest::Before) => before,
                Some(DateTest::After) => after,
                None => !before && !after,
            })
        };
        let yes = self.those(|stretch| answer(stretch) == Some(true));
        (yes, self.those(|stretch| answer(stretch) == Some(false)))
    }
}

/// Where stretches begin: at the cuts, and one before all of them.
fn starts(cuts: &BTreeSet<i64>, step: i64) -> impl Iterator<Item = i64> {
    let before = cuts.first().map(|first| first.saturating_sub(step));
    before.into_iter().chain(cuts.iter().copied())
}

const DAY: i64 = 86_400;

/// Whether an item can hold an instant: the years 0 to 9999.
fn shown(at: i64) -> bool {
    (-62_167_219_200..253_402_300_800).contains(&at)
}

/// A number as an integer that sorts like it; NaN does not occur in policies.
fn key(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    if bits < 0 { i64::MIN - bits } else { bits }
}

fn number(key: i64) -> f64 {
    let bits = if key < 0 { i64::MIN - key } else { key };
    f64::from_bits(bits.cast_unsigned())
}

/// A number below another, a whole one if it can be; none below the lowest.
fn below(value: f64) -> Option<f64> {
    let whole = (value - 1.0).floor();
    let any = if whole < value {
        whole
    } else {
        value.next_down()
    };
    (any.is_finite() && any < value).then_some(any)
}

fn above(value: f64) -> Option<f64> {
    below(-value).map(|below| -below)
}

/// A number strictly between two, a short one if it can be.
fn between(low: f64, high: f64) -> Option<f64> {
    let whole = (low + 1.0).floor();
    let middle = low / 2.0 + high / 2.0;
    let short = (middle * 100.0).round() / 100.0;
    let all = [whole, short, middle, low.next_up()];
    all.into_iter().find(|one| low < *one && *one < high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_like_their_numbers() {
        let numbers = [f64::MIN, -1.5, -0.5, 0.0, 1e-300, 2.0, f64::MAX];
        for pair in numbers.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{pair:?}");
        }
        assert!(numbers.iter().all(|one| number(key(*one)) == *one));
    }

    #[test]
    fn between_two_numbers_lies_one_unless_they_touch() {
        assert_eq!(between(1.0, 5.0), Some(2.0));
        assert_eq!(between(0.2, 0.3), Some(0.25));
        assert_eq!(between(1.0, 1.0_f64.next_up()), None);
        assert_eq!((below(0.0), above(10.0)), (Some(-1.0), Some(11.0)));
        assert_eq!(below(f64::MIN), None);
    }
}

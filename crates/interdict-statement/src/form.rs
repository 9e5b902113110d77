//! A statement being filled in: reads values and notes all that stands against them.

use jiff::civil::{Date, date};

use crate::refusal::Reason;
use crate::values::Values;

/// How many characters a short text may have.
pub(crate) const SHORT: usize = 500;

/// The first day on which the database lets a restriction begin.
pub(crate) const FIRST_APPLICATION: Date = date(2020, 1, 1);

/// What has been read so far and what stands against it.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The day from which the restriction applies, which says which enumerations hold.
    pub(crate) applied: Option<Date>,
    pub(crate) reasons: Vec<Reason>,
}

impl Form {
    pub(crate) fn refuse(&mut self, reason: Reason) {
        self.reasons.push(reason);
    }

    /// A value of an enumeration.
    pub(crate) fn value(&mut self, values: &Values, name: &str) -> Option<&'static str> {
        let found = values.get(name, self.applied);
        found.map_err(|reason| self.refuse(reason)).ok()
    }

    /// A value of an enumeration, if one is given.
    pub(crate) fn one(&mut self, values: &Values, name: Option<&String>) -> Option<&'static str> {
        name.and_then(|name| self.value(values, name))
    }

    /// Values of an enumeration, each once, in the order of their names.
    pub(crate) fn several(&mut self, values: &Values, names: &[String]) -> Vec<&'static str> {
        let found = names.iter().filter_map(|name| self.value(values, name));
        let mut found: Vec<&'static str> = found.collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A day as `YYYY-MM-DD` that is not before the first one that the database takes.
    pub(crate) fn day(&mut self, field: &'static str, text: &str, first: Date) -> Option<Date> {
        let early = format!("the first day that the database takes is {first}");
        self.day_from(field, text, first, early)
    }

    fn day_from(
        &mut self,
        field: &'static str,
        text: &str,
        first: Date,
        early: String,
    ) -> Option<Date> {
        let problem = match text.parse::<Date>() {
            Ok(day) if text.len() != 10 || day.to_string() != text => {
                "it is no day as `2025-07-01`".to_owned()
            }
            Ok(day) if day < first => early,
            Ok(day) => return Some(day),
            Err(_) => "it is no day as `2025-07-01`".to_owned(),
        };
        let value = text.to_owned();
        self.refuse(Reason::Date {
            field,
            value,
            problem,
        });
        None
    }

    /// The last day of a restriction: not before it applies.
    pub(crate) fn last_day(
        &mut self,
        field: &'static str,
        text: Option<&String>,
        restricts: bool,
    ) -> Option<String> {
        let text = text?;
        if !restricts {
            let problem = "is given, and what it ends is not";
            self.refuse(Reason::Text { field, problem });
        }
        let first = self.applied.unwrap_or(FIRST_APPLICATION);
        let early = format!("the restriction applies from {first} on");
        self.day_from(field, text, first, early)?;
        Some(text.clone())
    }

    /// The words that say what `OTHER` is: needed then, and only then.
    pub(crate) fn other(
        &mut self,
        field: &'static str,
        text: Option<&String>,
        is_other: bool,
    ) -> Option<String> {
        match (is_other, text.filter(|text| !text.trim().is_empty())) {
            (true, None) => self.refuse(Reason::Missing { field }),
            (false, Some(_)) => {
                let problem = "is given, and nothing is `OTHER`";
                self.refuse(Reason::Text { field, problem });
            }
            (_, Some(text)) if text.chars().count() > SHORT => {
                let problem = "is longer than 500 characters";
                self.refuse(Reason::Text { field, problem });
            }
            (_, text) => return text.cloned(),
        }
        None
    }
}

//! Dates, days of the year and windows.

use pest::iterators::Pair;

use super::super::Rule;
use super::{Builder, content};
use crate::ast::*;
use crate::calendar::YearDay;
use crate::diagnostic::{Code, Diagnostic};
use crate::moment::{Moment, MomentError};

const DATES: &str =
    "a date is written `2018-04-17`, a month `2018-06`, an instant `2018-04-17T12:00`";
const DAYS: &str = "a day of every year is written `11-01`, a time on it `11-01T20:00`";

impl Builder<'_, '_> {
    pub(super) fn when(&mut self, pair: &Pair<'_, Rule>) -> Option<When> {
        let moment = Moment::read(pair.as_str());
        self.dated(pair, moment, "a date", DATES)
    }

    /// A window of a calendar; one day or month is a window too.
    pub(super) fn window(&mut self, pair: Pair<'_, Rule>) -> Option<Window> {
        let window = content(pair).into_iter().next()?;
        let yearly = window.as_rule() == Rule::window_yearly;
        let (known, mut ends): (Vec<_>, Vec<_>) = content(window)
            .into_iter()
            .partition(|part| part.as_rule() == Rule::window_known);
        let through = (ends.len() > 1).then(|| ends.remove(1));
        let from = ends.first()?;
        let stretch = if yearly {
            let from = self.year_day(from)?;
            Stretch::Yearly(from, self.or(through, from, Self::year_day)?)
        } else {
            let from = self.when(from)?;
            Stretch::Dated(from, self.or(through, from, Self::when)?)
        };
        let announced = known
            .into_iter()
            .next()
            .and_then(|known| content(known).into_iter().next());
        let announced = match announced {
            Some(when) => Some(self.when(&when)?),
            None => None,
        };
        Some(Window { stretch, announced })
    }

    fn year_day(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<YearDay>> {
        let day = YearDay::read(pair.as_str());
        self.dated(pair, day, "a day of the year", DAYS)
    }

    /// What a pair says, or something else if there is none.
    fn or<T>(
        &mut self,
        pair: Option<Pair<'_, Rule>>,
        otherwise: T,
        read: fn(&mut Self, &Pair<'_, Rule>) -> Option<T>,
    ) -> Option<T> {
        match pair {
            Some(pair) => read(self, &pair),
            None => Some(otherwise),
        }
    }

    fn dated<T>(
        &mut self,
        pair: &Pair<'_, Rule>,
        read: Result<T, MomentError>,
        what: &str,
        forms: &str,
    ) -> Option<Spanned<T>> {
        let (text, span) = (pair.as_str(), self.span(pair));
        let diagnostic = match read {
            Ok(value) => return Some(Spanned { value, span }),
            Err(MomentError::Form) => {
                Diagnostic::new(Code::BadDate, span, format!("`{text}` is not {what}")).help(forms)
            }
            Err(MomentError::Impossible) => {
                let message = format!("there is no `{text}` in the calendar");
                Diagnostic::new(Code::ImpossibleDate, span, message).maybe_help(month_length(text))
            }
        };
        self.diagnostics.push(diagnostic);
        None
    }
}

/// How long the month of an impossible day is, if there is such a month.
fn month_length(text: &str) -> Option<String> {
    let (year, month) = (text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?);
    let first = jiff::civil::Date::new(year, month, 1).ok()?;
    let (name, days) = (first.strftime("%B %Y"), first.days_in_month());
    Some(format!("{name} has {days} days, and a day ends at 24:00"))
}

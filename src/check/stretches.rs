//! Rules over time → one row for each stretch in which a rule stands as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Checker;
use crate::model::{Expr, Life, Rule, RuleId};

impl Checker<'_> {
    /// Cuts every rule where its text changes. Nothing refers to rules by number afterwards but
    /// [`Checker::stretch_at`].
    pub(super) fn cut_rules(&mut self) {
        let mut rows = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for (rule, number) in std::mem::take(&mut self.set.rules).into_iter().zip(0..) {
            let from = rows.len();
            rows.extend(self.stretches(RuleId(number), rule));
            places.push(from..rows.len());
        }
        for exception in &mut self.set.exceptions {
            if let Expr::Fires(rule) = exception.holds {
                let rows = places[rule.at()].clone();
                let rows = rows.filter_map(|row| u32::try_from(row).ok().map(RuleId));
                exception.holds = match rows.map(Expr::Fires).collect::<Vec<_>>() {
                    one if one.len() == 1 => one[0].clone(),
                    several => Expr::Or(several),
                };
            }
        }
        (self.set.rules, self.places) = (rows, places);
    }

    fn stretches(&self, number: RuleId, rule: Rule) -> Vec<Rule> {
        let texts = self.texts(number);
        let later = self.later_texts.get(&number);
        let Life { certain, until, .. } = rule.life;
        let inside = |at: &i64| certain < *at && *at < until;
        let cuts: BTreeSet<i64> = texts.iter().map(|text| text.from).filter(inside).collect();
        let ends = cuts.iter().copied().chain([until]);
        let starts = [None].into_iter().chain(cuts.iter().copied().map(Some));
        let stated = rule
            .exceptions
            .iter()
            .filter(|one| !self.set.exceptions[one.at()].of_text);
        let stated: Vec<_> = stated.copied().collect();
        let mut rows = Vec::new();
        for (start, end) in starts.zip(ends) {
            let Some(start) = start else {
                let life = Life {
                    until: end,
                    ..rule.life.clone()
                };
                rows.push(Rule {
                    life,
                    ..rule.clone()
                });
                continue;
            };
            let text = texts.iter().rfind(|text| text.from <= start);
            let built = later
                .into_iter()
                .flatten()
                .rfind(|(from, _)| *from <= start);
            let mut row = built.map_or_else(|| rule.clone(), |(_, built)| built.clone());
            if built.is_some() {
                row.exceptions.extend(&stated);
            }
            row.life = Life {
                announced: text.and_then(|text| text.announced),
                possible: start,
                certain: start,
                enforced: text
                    .and_then(|text| text.enforced)
                    .unwrap_or(rule.life.enforced),
                until: end,
                calendar: text.and_then(|text| text.calendar).or(rule.life.calendar),
                effective: text.map_or(String::new(), |text| text.starts.clone()),
            };
            rows.push(row);
        }
        rows
    }

    /// A rule as it stands at an instant, or as it first stood.
    pub(super) fn stretch_at(&self, rule: RuleId, at: i64) -> &Rule {
        let rows = &self.set.rules[self.places[rule.at()].clone()];
        let found = rows.iter().rfind(|row| row.life.certain <= at);
        found.unwrap_or(&rows[0])
    }
}

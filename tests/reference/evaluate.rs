//! Decides straight from the model: slowly, and so that one can see that it is right.
//!
//! Of the runtime it takes only the search for one spelling in one text.

use std::collections::BTreeSet;

use interdict::model::*;
use interdict_matcher::{DateValue, Verdict};
use serde_json::{Map, Value};

use crate::mentions::Searches;

/// True, false, or not known.
pub(crate) type Truth = Option<bool>;

fn not(truth: Truth) -> Truth {
    truth.map(|one| !one)
}

fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Some(false)) {
        return Some(false);
    }
    if truths.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(truths.into_iter().map(not)))
}

/// What both ways of deciding must agree on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    /// Sorted: the id, and whether a reading of it fired.
    pub(crate) fired: Vec<(String, bool)>,
    pub(crate) lifted: BTreeSet<(String, String)>,
    pub(crate) possible: BTreeSet<(String, Verdict)>,
    pub(crate) upcoming: BTreeSet<String>,
}

/// One item at one instant.
pub(crate) struct Evaluator<'a> {
    pub(crate) set: &'a PolicySet,
    pub(crate) item: &'a Map<String, Value>,
    pub(crate) at: i64,
    pub(crate) searches: &'a mut Searches,
}

impl Evaluator<'_> {
    pub(crate) fn decide(&mut self) -> Outcome {
        let (mut fired, mut unknown) = (Vec::new(), Vec::new());
        let (mut lifted, mut upcoming) = (BTreeSet::new(), BTreeSet::new());
        let set = self.set;
        for rule in &set.rules {
            if self.at >= rule.life.until {
                continue;
            }
            for reading in [None].into_iter().chain(rule.readings.iter().map(Some)) {
                let verdict = if reading.is_some() {
                    Verdict::Review
                } else {
                    rule.verdict
                };
                if self.at >= rule.life.possible {
                    let condition = self.condition(rule, reading);
                    let truth = self.spared(rule, reading.is_some(), condition, &mut lifted);
                    match truth {
                        Some(false) => {}
                        Some(true) if self.at >= rule.life.certain => {
                            fired.push((rule, reading.is_some(), verdict))
                        }
                        _ => unknown.push((rule, verdict)),
                    }
                } else if rule
                    .life
                    .announced
                    .is_some_and(|announced| self.at >= announced)
                {
                    let now = std::mem::replace(&mut self.at, rule.life.certain);
                    let condition = self.condition(rule, reading);
                    if self.spared(rule, reading.is_some(), condition, &mut BTreeSet::new())
                        == Some(true)
                    {
                        upcoming.insert(rule.id.clone());
                    }
                    self.at = now;
                }
            }
        }
        let known = fired
            .iter()
            .map(|(.., verdict)| *verdict)
            .max()
            .unwrap_or(Verdict::Allow);
        unknown.retain(|(_, verdict)| *verdict > known);
        let verdict = if unknown.is_empty() {
            known
        } else {
            known.max(Verdict::Review)
        };
        let mut fired: Vec<_> = fired
            .iter()
            .map(|(rule, reading, _)| (rule.id.clone(), *reading))
            .collect();
        fired.sort();
        let possible = unknown
            .iter()
            .map(|(rule, verdict)| (rule.id.clone(), *verdict))
            .collect();
        Outcome {
            verdict,
            fired,
            lifted,
            possible,
            upcoming,
        }
    }

    /// The rule's condition without time and exceptions, or that of a rival reading.
    fn condition(&mut self, rule: &Rule, reading: Option<&Reading>) -> Truth {
        let scope = self.scope(&rule.scope, rule.seller.as_deref());
        let mut own = vec![self.ask(&rule.subject_condition(), &rule.masks)];
        own.extend(rule.conditions.iter().map(|one| self.ask(one, &rule.masks)));
        let duty = rule.duty.as_ref();
        let duty = duty.map_or(Some(false), |duty| self.ask(duty, &[]));
        let Some(reading) = reading else {
            return all([scope, all(own), not(duty)]);
        };
        // A rival reads the whole text otherwise, and so the exceptions in it.
        let of_text = rule
            .exceptions
            .iter()
            .filter(|one| self.set.exceptions[one.at()].of_text);
        own.extend(
            of_text
                .collect::<Vec<_>>()
                .into_iter()
                .map(|one| not(self.exception(*one))),
        );
        let holds = self.ask(&reading.holds, &rule.masks);
        match (rule.verdict, reading.means) {
            (Verdict::Allow, Verdict::Allow) => Some(false),
            (_, Verdict::Allow) => all([scope, holds, all(own), not(duty)]),
            _ => all([scope, holds, not(all(own)), not(duty)]),
        }
    }

    /// The same after the exceptions; those in the rule's own text do not lift a rival reading.
    fn spared(
        &mut self,
        rule: &Rule,
        rival: bool,
        condition: Truth,
        lifted: &mut BTreeSet<(String, String)>,
    ) -> Truth {
        let mut truth = condition;
        let set = self.set;
        for &id in rule
            .exceptions
            .iter()
            .filter(|one| !(rival && set.exceptions[one.at()].of_text))
        {
            let holds = self.exception(id);
            if condition == Some(true) && holds == Some(true) {
                lifted.insert((rule.id.clone(), self.set.exceptions[id.at()].id.clone()));
            }
            truth = all([truth, not(holds)]);
        }
        // A reading that allows lifts the rule where it holds; somebody looks instead.
        let allowing = rule.readings.iter().filter(|reading| {
            !rival && reading.means == Verdict::Allow && rule.verdict != Verdict::Allow
        });
        for reading in allowing {
            let holds = self.ask(&reading.holds, &rule.masks);
            if condition == Some(true) && holds == Some(true) {
                lifted.insert((rule.id.clone(), reading.text.clone()));
            }
            truth = all([truth, not(holds)]);
        }
        truth
    }

    fn exception(&mut self, id: ExceptionId) -> Truth {
        let set = self.set;
        let exception = &set.exceptions[id.at()];
        let mut parts = vec![
            self.in_force(&exception.life),
            self.ask(&exception.holds, &[]),
        ];
        parts.extend(
            exception
                .exceptions
                .iter()
                .map(|one| not(self.exception(*one))),
        );
        all(parts)
    }

    fn in_force(&self, life: &Life) -> Truth {
        match self.at {
            at if at >= life.until => Some(false),
            at if at >= life.certain => Some(true),
            at if at >= life.possible => None,
            _ => Some(false),
        }
    }

    fn scope(&mut self, scope: &Scope, seller: Option<&str>) -> Truth {
        let mut parts = Vec::new();
        for (path, values) in [
            ("platform", &scope.platforms),
            ("channel", &scope.channels),
            ("seller.country", &scope.jurisdictions),
            ("market", &scope.markets),
        ] {
            if !values.is_empty() {
                parts.push(self.is(path, values));
            }
        }
        for (outsiders, groups) in &scope.groups {
            let member = any(groups.iter().map(|group| self.member(*group)));
            parts.push(if *outsiders { not(member) } else { member });
        }
        parts.extend(seller.map(|seller| self.is("seller.name", &[seller.to_owned()])));
        all(parts)
    }

    fn ask(&mut self, expr: &Expr, masks: &[String]) -> Truth {
        let path = |field: &FieldId| self.set.fields[field.at()].path.clone();
        match expr {
            Expr::True => Some(true),
            Expr::And(parts) => all(parts
                .iter()
                .map(|one| self.ask(one, masks))
                .collect::<Vec<_>>()),
            Expr::Or(parts) => any(parts
                .iter()
                .map(|one| self.ask(one, masks))
                .collect::<Vec<_>>()),
            Expr::Not(one) => not(self.ask(one, masks)),
            Expr::Mentions {
                term,
                fields,
                near,
                dress,
            } => {
                let paths: Vec<String> = fields.iter().map(path).collect();
                self.mentions(*term, &paths, *near, *dress, masks)
            }
            Expr::Is(field, values) => self.is(&path(field), values),
            Expr::Number(field, test, than) => {
                let value = self.item.get(&path(field))?.as_f64()?;
                Some(match test {
                    NumberTest::Over => value > *than,
                    NumberTest::Below => value < *than,
                    NumberTest::AtLeast => value >= *than,
                    NumberTest::AtMost => value <= *than,
                })
            }
            Expr::Equals(field, than) => Some(self.item.get(&path(field))?.as_f64()? == *than),
            Expr::Date(field, test, day) => {
                date(self.item.get(&path(field))?.as_str()?, *test, day)
            }
            Expr::Known(field) => {
                let default = &self.set.fields[field.at()].default;
                Some(default.is_some() || self.item.contains_key(&path(field)))
            }
            Expr::InCategory { category, exactly } => self.in_category(*category, *exactly, masks),
            Expr::Member(group) => self.member(*group),
            Expr::Fires(rule) => {
                let rule = &self.set.rules[rule.at()];
                let (force, condition) = (self.in_force(&rule.life), self.condition(rule, None));
                let spared = self.spared(rule, false, condition, &mut BTreeSet::new());
                all([force, spared])
            }
        }
    }

    fn is(&self, path: &str, values: &[String]) -> Truth {
        let one_of = |text: &str| values.iter().any(|value| value == text);
        match self.item.get(path) {
            Some(Value::Array(names)) => Some(names.iter().filter_map(Value::as_str).any(one_of)),
            Some(Value::Bool(answer)) => Some(one_of(if *answer { "yes" } else { "no" })),
            Some(value) => Some(value.as_str().is_some_and(one_of)),
            None => {
                let field = self.set.fields.iter().find(|field| field.path == path)?;
                field.default.as_deref().map(one_of)
            }
        }
    }

    fn member(&self, group: GroupId) -> Truth {
        let group = &self.set.groups[group.at()];
        let path = if group.party == Party::Sellers {
            "seller.name"
        } else {
            "platform"
        };
        let party = self.item.get(path)?.as_str()?;
        Some(group.members.iter().any(|member| {
            member.name == party
                && member.since.is_none_or(|since| self.at >= since)
                && member.until.is_none_or(|until| self.at < until)
        }))
    }

    fn lies_within(&self, part: usize, whole: usize) -> bool {
        let wholes = &self.set.categories[part].within;
        part == whole || wholes.iter().any(|one| self.lies_within(one.at(), whole))
    }

    fn in_category(&mut self, category: CategoryId, exactly: bool, masks: &[String]) -> Truth {
        let set = self.set;
        let parts = (0..set.categories.len()).filter(|part| match exactly {
            true => *part == category.at(),
            false => self.lies_within(*part, category.at()),
        });
        let parts: Vec<&Category> = parts.map(|part| &set.categories[part]).collect();
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let recognisers: Vec<&Expr> = parts
            .iter()
            .filter_map(|part| part.recognised_by.as_ref())
            .collect();
        let declared = match self.item.get("category") {
            Some(Value::Array(own)) => Some(
                own.iter()
                    .filter_map(Value::as_str)
                    .any(|one| names.contains(&one)),
            ),
            Some(one) => Some(one.as_str().is_some_and(|one| names.contains(&one))),
            None if recognisers.is_empty() => None,
            None => Some(false),
        };
        let recognised: Vec<Truth> = recognisers.iter().map(|one| self.ask(one, masks)).collect();
        any(recognised.into_iter().chain([declared]))
    }
}

fn date(text: &str, test: Option<DateTest>, boundary: &DateBoundary) -> Truth {
    let (before, after) = match DateValue::read(text)? {
        DateValue::Instant(at) => (at < boundary.first, at > boundary.last),
        DateValue::Day(day) if boundary.first == boundary.last && day == boundary.first_day => {
            return None;
        }
        DateValue::Day(day) => (day < boundary.first_day, day > boundary.last_day),
    };
    Some(match test {
        Some(DateTest::Before) => before,
        Some(DateTest::After) => after,
        None => !before && !after,
    })
}

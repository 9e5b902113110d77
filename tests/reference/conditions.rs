//! Conditions, straight from the model.

use interdict::model::*;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::decide::Evaluator;
use crate::time::ItemDate;
use crate::truth::{Truth, all, any, not};

impl Evaluator<'_> {
    pub(crate) fn scope(&mut self, scope: &Scope, seller: Option<&str>) -> Truth {
        let mut parts = Vec::new();
        for (path, values) in [("platform", &scope.platforms), ("channel", &scope.channels)] {
            if !values.is_empty() {
                parts.push(self.is(path, values));
            }
        }
        for place in &scope.places {
            let path = &self.set.fields[place.field.at()].path;
            let lists = place.lists.iter().map(|list| self.member(*list));
            parts.push(any([self.is(path, &place.names)].into_iter().chain(lists)));
        }
        for (outsiders, groups) in &scope.groups {
            let member = any(groups.iter().map(|group| self.member(*group)));
            parts.push(if *outsiders { not(member) } else { member });
        }
        parts.extend(seller.map(|seller| self.is("seller.name", &[seller.to_owned()])));
        all(parts)
    }

    pub(crate) fn ask(&mut self, expr: &Expr, masks: &[String]) -> Truth {
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
            Expr::Order(field, test, other, zone) => {
                let (one, other) = (self.date(field)?, self.date(other)?);
                let order = one.against(&other, &self.set.zones[zone.at()].clock)?;
                Some(match test {
                    DateTest::Before => order.is_lt(),
                    DateTest::After => order.is_gt(),
                })
            }
            Expr::Past(field, zone) => {
                let clock = &self.set.zones[zone.at()].clock;
                Some(self.date(field)?.end(clock)? <= self.at)
            }
            Expr::Age(field, test, age, zone) => {
                let clock = &self.set.zones[zone.at()].clock;
                let ages = self.date(field)?.ages(*age, self.at, clock)?;
                let answers = ages.map(|age| match test {
                    NumberTest::Over => age.is_gt(),
                    NumberTest::Below => age.is_lt(),
                    NumberTest::AtLeast => age.is_ge(),
                    NumberTest::AtMost => age.is_le(),
                });
                (answers[0] == answers[1]).then_some(answers[0])
            }
            Expr::Known(field) => {
                let default = &self.set.fields[field.at()].default;
                Some(default.is_some() || self.item.contains_key(&path(field)))
            }
            Expr::InCategory { category, exactly } => self.in_category(*category, *exactly, masks),
            Expr::Member(group) => self.member(*group),
            Expr::Between(from, until) => Some(*from <= self.at && self.at < *until),
            Expr::Fires(rule) => self.fires(*rule),
        }
    }

    fn date(&self, field: &FieldId) -> Option<ItemDate> {
        let path = &self.set.fields[field.at()].path;
        Some(ItemDate::read(self.item.get(path)?.as_str()?))
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
        let current = group.members.iter().filter(|member| {
            member.since.is_none_or(|since| self.listed >= since)
                && member.until.is_none_or(|until| self.listed < until)
        });
        let names: Vec<String> = current.map(|member| member.name.clone()).collect();
        let path = match group.party {
            Some(Party::Sellers) => "seller.name",
            Some(Party::Platforms) => "platform",
            None => &self.set.fields[group.field.at()].path,
        };
        match self.is(path, &names)? {
            true => Some(true),
            // Somebody may have joined since.
            false => (self.listed < group.known_until).then_some(false),
        }
    }

    /// Whether one category lies within another at the instant.
    fn lies_within(&self, part: usize, whole: usize) -> bool {
        let category = &self.set.categories[part];
        let placed = category.placed.iter();
        let placed = placed.filter(|one| one.known.until == i64::MAX);
        let placed = placed.filter(|one| one.from <= self.at && self.at < one.until);
        let mut wholes = category
            .within
            .iter()
            .copied()
            .chain(placed.map(|one| one.whole));
        part == whole || wholes.any(|one| self.lies_within(one.at(), whole))
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

/// A date of an item, compared with a day or an instant of the policy. A civil day and an instant
/// within it: nobody knows which comes first.
fn date(text: &str, test: Option<DateTest>, boundary: &DateBoundary) -> Truth {
    let (before, after) = if text.contains('T') {
        let at = text.parse::<Timestamp>().ok()?.as_second();
        (at < boundary.first, at > boundary.last)
    } else {
        let day = days_since_1970(text.parse().ok()?);
        let is_instant = boundary.first == boundary.last;
        if is_instant && day == boundary.first_day {
            return None;
        }
        (day < boundary.first_day, day > boundary.last_day)
    };
    Some(match test {
        Some(DateTest::Before) => before,
        Some(DateTest::After) => after,
        None => !before && !after,
    })
}

fn days_since_1970(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

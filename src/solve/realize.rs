//! Model → item: a value for each field that a sufficient answer speaks of.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::{FieldType, Instant};
use serde_json::{Map, Value};

use super::fact::{Fact, FieldNumber};
use super::inquiry::{Inquiry, Lemma};
use super::lexicon::Mention;
use super::line::Stretch;
use super::text::Clash;
use super::{Is, Worlds};
use crate::ast::DateTest;

/// What a text must mention, and what it must not.
#[derive(Debug, Default, Clone)]
pub(super) struct Order {
    pub(super) wanted: BTreeSet<Mention>,
    pub(super) unwanted: BTreeSet<Mention>,
}

impl<'a> Inquiry<'_, 'a> {
    /// An item that gives these answers; or why none could be written.
    pub(super) fn realize(
        &mut self,
        worlds: &mut Worlds<'a>,
        support: &BTreeSet<(usize, Is)>,
    ) -> Result<Map<String, Value>, Vec<Lemma>> {
        let (fields, orders) = self.plan(support);
        let mut item = Map::new();
        for field in fields {
            let kind = worlds.fields.all[field].kind;
            if kind == FieldType::Text || !self.sat.holds(self.theory.domains[&field].known) {
                continue;
            }
            if let Some(value) = self.value(worlds, field, support) {
                item.insert(worlds.fields.all[field].path.clone(), value);
            }
        }
        self.arrange(worlds, &mut item);
        for (field, order) in orders {
            for (field, text) in self.text(worlds, field, &order)? {
                item.insert(worlds.fields.all[field].path.clone(), Value::String(text));
            }
        }
        Ok(item)
    }

    /// Gives dates that must stand in an order such an order, where nothing else is asked of them.
    fn arrange(&self, worlds: &Worlds<'a>, item: &mut Map<String, Value>) {
        for (fact, answer) in self.facts.iter().zip(&self.answers) {
            let Fact::Order(one, test, other) = fact else {
                continue;
            };
            if !self.sat.holds(answer.yes) {
                continue;
            }
            let days = match test {
                DateTest::Before => [(one, "2019-12-31"), (other, "2020-01-02")],
                DateTest::After => [(one, "2020-01-02"), (other, "2019-12-31")],
            };
            for (field, day) in days {
                let path = &worlds.fields.all[*field].path;
                if self.theory.domains[field].dates.is_none() && item.contains_key(path) {
                    item.insert(path.clone(), Value::from(day));
                }
            }
        }
    }

    /// The fields that the answers speak of, and what the texts among them must mention.
    fn plan(
        &self,
        support: &BTreeSet<(usize, Is)>,
    ) -> (BTreeSet<FieldNumber>, BTreeMap<FieldNumber, Order>) {
        let mut fields = BTreeSet::new();
        let mut orders: BTreeMap<FieldNumber, Order> = BTreeMap::new();
        let known = |field: &FieldNumber| self.sat.holds(self.theory.domains[field].known);
        for (number, is) in support {
            match &self.facts[*number] {
                Fact::Settled(_) => {}
                Fact::OneOf { field, .. }
                | Fact::Number(field, ..)
                | Fact::Date(field, ..)
                | Fact::Known(field) => {
                    fields.insert(*field);
                }
                Fact::Order(one, _, other) => {
                    fields.extend([*one, *other]);
                }
                Fact::Mentions(mention, named) => {
                    let looked = self.theory.looked(named);
                    let yes = self.sat.holds(self.answers[*number].yes);
                    if yes && matches!(is, Is::True | Is::NotFalse) {
                        let mentions = |field: &&FieldNumber| {
                            self.sat
                                .holds(self.theory.domains[*field].mentions[mention])
                        };
                        if let Some(field) = looked.iter().find(mentions) {
                            let order = orders.entry(*field).or_default();
                            order.wanted.insert(*mention);
                        }
                        continue;
                    }
                    for field in looked.iter().filter(|field| known(field)) {
                        let order = orders.entry(*field).or_default();
                        order.unwanted.insert(*mention);
                    }
                }
            }
        }
        // A mention that is looked for everywhere must be nowhere.
        let everywhere: Vec<Mention> = support
            .iter()
            .filter_map(|(number, is)| match &self.facts[*number] {
                Fact::Mentions(mention, named)
                    if named.is_empty() && matches!(is, Is::False | Is::NotTrue) =>
                {
                    Some(*mention)
                }
                _ => None,
            })
            .collect();
        for (field, order) in &mut orders {
            if self.theory.texts.contains(field) {
                order.unwanted.extend(&everywhere);
            }
        }
        for field in &fields {
            let domain = &self.theory.domains[field];
            if known(field) && !domain.mentions.is_empty() {
                orders.entry(*field).or_default();
            }
        }
        let texts = fields.iter().filter(|field| known(field));
        for field in texts {
            orders.entry(*field).or_default();
        }
        (fields, orders)
    }

    /// The value of a field that holds no text to be searched; `None` where a missing one says the same.
    fn value(
        &self,
        worlds: &Worlds<'a>,
        number: FieldNumber,
        support: &BTreeSet<(usize, Is)>,
    ) -> Option<Value> {
        let (field, domain) = (&worlds.fields.all[number], &self.theory.domains[&number]);
        let mut held = domain
            .values
            .iter()
            .filter(|(_, lit)| self.sat.holds(**lit));
        match field.kind {
            FieldType::Number => match domain
                .numbers
                .as_ref()
                .and_then(|line| line.value(&self.sat))
            {
                Some(Stretch::Number(number)) => Some(plain_number(number)),
                _ => Some(Value::from(1)),
            },
            FieldType::Date => match domain.dates.as_ref().and_then(|line| line.value(&self.sat)) {
                Some(Stretch::Instant(at)) => {
                    Some(Value::String(Instant::from_unix_seconds(at).to_string()))
                }
                Some(Stretch::Day(day)) => Some(Value::String(civil_day(day)?)),
                _ => Some(Value::from("2020-01-01")),
            },
            FieldType::YesNo => {
                let no = domain.values.contains_key("yes");
                let value = held.next().map_or(!no, |(value, _)| value == "yes");
                Some(Value::Bool(value))
            }
            FieldType::Names => Some(match self.names(number, support).as_slice() {
                [] => Value::from(fresh(&field.path, &domain.values)),
                [name] => Value::from(*name),
                names => Value::from(names.to_vec()),
            }),
            FieldType::Text | FieldType::Name => {
                let value = held.next().map(|(value, _)| value.as_str());
                let default = field.default.as_deref();
                let said = default.is_some_and(|default| match value {
                    Some(value) => value == default,
                    None => !domain.values.contains_key(default),
                });
                let other = || fresh(&field.path, &domain.values);
                (!said).then(|| value.map_or_else(|| Value::from(other()), Value::from))
            }
        }
    }

    /// As few of the names that a field holds as give the answers.
    fn names(&self, number: FieldNumber, support: &BTreeSet<(usize, Is)>) -> Vec<&str> {
        let domain = &self.theory.domains[&number];
        let mut names: Vec<&str> = Vec::new();
        for (fact, is) in support {
            let Fact::OneOf { field, values, .. } = &self.facts[*fact] else {
                continue;
            };
            let yes =
                matches!(is, Is::True | Is::NotFalse) && self.sat.holds(self.answers[*fact].yes);
            if *field != number || !yes || values.iter().any(|one| names.contains(&one.as_str())) {
                continue;
            }
            let mut held = values
                .iter()
                .filter(|one| self.sat.holds(domain.values[*one]));
            names.extend(held.next().map(String::as_str));
        }
        names.sort_unstable();
        names
    }

    /// The text of a field, or the texts that stand for it.
    fn text(
        &mut self,
        worlds: &mut Worlds<'a>,
        field: FieldNumber,
        order: &Order,
    ) -> Result<Vec<(FieldNumber, String)>, Vec<Lemma>> {
        if worlds.fields.all[field].kind != FieldType::Text {
            return Ok(Vec::new());
        }
        let domain = &self.theory.domains[&field];
        let held = domain.values.iter().find(|(_, lit)| self.sat.holds(**lit));
        if let Some((value, &lit)) = held {
            let found = worlds.mentioned(value, self.at);
            let wrong = domain.mentions.iter().filter(|(mention, _)| {
                let holds = found.contains(mention);
                (holds && order.unwanted.contains(mention))
                    || (!holds && order.wanted.contains(mention))
            });
            let lemmas = wrong.map(|(mention, &makes)| Lemma {
                clause: vec![
                    !lit,
                    if found.contains(mention) {
                        makes
                    } else {
                        !makes
                    },
                ],
                sure: true,
            });
            let lemmas: Vec<Lemma> = lemmas.collect();
            let value = value.clone();
            return if lemmas.is_empty() {
                Ok(vec![(field, value)])
            } else {
                Err(lemmas)
            };
        }
        let taken: BTreeSet<String> = domain.values.keys().cloned().collect();
        let composed = worlds.compose(self.at, order, &taken);
        match composed {
            Ok(text) => Ok(vec![(field, text)]),
            Err(clash) if self.theory.spare == Some(field) => {
                let named: BTreeSet<FieldNumber> = self.theory.texts.iter().copied().collect();
                let spare = worlds.fields.spare_texts(&named);
                let fields: Vec<FieldNumber> = [field].into_iter().chain(spare).collect();
                worlds
                    .spread(self.at, order, &fields)
                    .ok_or_else(|| self.lemmas(&clash))
            }
            Err(clash) => Err(self.lemmas(&clash)),
        }
    }

    /// What one text cannot do, no other can.
    fn lemmas(&self, clash: &Clash) -> Vec<Lemma> {
        let mut lemmas = Vec::new();
        for domain in self.theory.domains.values() {
            let lits = |mentions: &BTreeSet<Mention>| {
                let lits = mentions.iter().filter_map(|one| domain.mentions.get(one));
                lits.copied().collect::<Vec<_>>()
            };
            let (made, brought) = (lits(&clash.made), lits(&clash.brought));
            if made.len() == clash.made.len() && !made.is_empty() {
                lemmas.push(Lemma {
                    clause: made.into_iter().map(|lit| !lit).chain(brought).collect(),
                    sure: false,
                });
            }
        }
        lemmas
    }
}

/// A number without a needless `.0`.
fn plain_number(number: f64) -> Value {
    let whole = number as i64;
    if whole as f64 == number && whole.abs() < 1 << 53 {
        Value::from(whole)
    } else {
        Value::from(number)
    }
}

fn civil_day(day: i64) -> Option<String> {
    let days = jiff::Span::new().try_days(day).ok()?;
    let day = jiff::civil::date(1970, 1, 1).checked_add(days).ok()?;
    Some(day.to_string())
}

/// A name that no question names.
fn fresh<T>(path: &str, taken: &BTreeMap<String, T>) -> String {
    let word = match path {
        "platform" => "elsewhere",
        "seller.country" | "market" | "origin" | "destination" => "ZZ",
        _ => "other",
    };
    let numbered = (2..).map(|number| format!("{word}-{number}"));
    let mut names = [word.to_owned()].into_iter().chain(numbered);
    names
        .find(|name| !taken.contains_key(name))
        .unwrap_or_else(|| word.to_owned())
}

//! What an item holds → the rules that may fire, through the inverted index.
//!
//! A rule stands in the index under something that an item must hold for the rule to fire. Where
//! many rules stand under the same thing, they stand once more under a second thing that each of
//! them needs besides, so that what is evaluated follows what the item holds and not how many rules
//! speak of it. Spans of numbers and dates are a tree, of which a value goes down to the spans that
//! it lies in and passes over the others.

use crate::artifact::*;
use crate::decide::Findings;
use crate::item::{DateValue, Item, Value};

/// The rules that something in an item makes worth evaluating. They keep their memory.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    rules: Vec<u32>,
    /// Rows of `Refined`, as starts and lengths.
    refined: Vec<(u32, u32)>,
}

impl Candidates {
    /// Ascending, each once.
    pub(super) fn rules(&self) -> &[u32] {
        &self.rules
    }

    /// Looks up what an item holds.
    pub(super) fn pull(&mut self, view: &View<'_>, item: &Item<'_>, findings: &Findings) {
        let Candidates { rules, refined } = self;
        rules.clear();
        refined.clear();
        let all = Rows {
            view,
            table: view.triggers,
            start: 0,
            len: u32::try_from(view.triggers.len()).unwrap_or(u32::MAX),
        };
        each_key(view, item, findings, &mut |key| {
            all.each(key, &mut |row| {
                rules.extend(view.index_range(row.rules_start, row.rules_len));
                if row.refined_len > 0 {
                    refined.push((row.refined_start, row.refined_len));
                }
            });
        });
        for &(start, len) in &*refined {
            // Of an artifact that was not checked a range may lead anywhere.
            let rest = view.refined.len().saturating_sub(start as usize);
            let below = Rows {
                view,
                table: view.refined,
                start,
                len: len.min(u32::try_from(rest).unwrap_or(u32::MAX)),
            };
            each_key(view, item, findings, &mut |key| {
                below.each(key, &mut |row| {
                    rules.extend(view.index_range(row.rules_start, row.rules_len));
                });
            });
        }
        rules.sort_unstable();
        rules.dedup();
    }
}

/// What rows of the index are found by: their kind, their number, and what else they name.
#[derive(Clone, Copy)]
struct Key<'k> {
    kind: u32,
    a: u32,
    named: Named<'k>,
}

#[derive(Clone, Copy)]
enum Named<'k> {
    Nothing,
    Text(&'k str),
    /// A place that spans hold.
    Place(i64),
}

/// Everything in an item that a rule may stand under.
fn each_key(view: &View<'_>, item: &Item<'_>, findings: &Findings, found: &mut dyn FnMut(Key<'_>)) {
    let mut found = |kind, a, named| found(Key { kind, a, named });
    found(TRIGGER_ALWAYS, 0, Named::Nothing);
    for term in findings.terms() {
        found(TRIGGER_TERM, term, Named::Nothing);
    }
    for &category in &findings.declared {
        let row = view.categories.row(category);
        for one in view.index_range(row.ancestors_start, row.ancestors_len) {
            found(TRIGGER_CATEGORY, one, Named::Nothing);
        }
    }
    if !findings.has_text || !findings.unread.is_empty() {
        found(TRIGGER_NO_TEXT, 0, Named::Nothing);
    }
    for (field, row) in view.fields.iter() {
        let mut value = |text| found(TRIGGER_VALUE, field, Named::Text(text));
        match item.value(field) {
            None => match view.strings.maybe(row.default) {
                Some(default) => value(default),
                None => found(TRIGGER_MISSING, field, Named::Nothing),
            },
            Some(Value::Text(text)) => value(text),
            Some(Value::Names(names)) => names.iter().for_each(|name| value(name)),
            Some(Value::YesNo(answer)) => value(if *answer { "yes" } else { "no" }),
            Some(Value::Number(number)) => {
                found(TRIGGER_NUMBER, field, Named::Place(place_of(*number)));
            }
            Some(Value::Date(DateValue::Day(day))) => {
                found(TRIGGER_DAY, field, Named::Place(i64::from(*day)));
            }
            Some(Value::Date(DateValue::Instant(at))) => {
                found(TRIGGER_INSTANT, field, Named::Place(*at));
            }
        }
    }
}

/// Rows of the index, which are sorted.
#[derive(Clone, Copy)]
struct Rows<'a, 'v> {
    view: &'v View<'a>,
    table: Table<'a, Trigger>,
    start: u32,
    len: u32,
}

impl Rows<'_, '_> {
    fn row(self, at: u32) -> Trigger {
        self.table.row(self.start.saturating_add(at))
    }

    /// Gives the rows that a key finds.
    fn each(self, key: Key<'_>, found: &mut dyn FnMut(Trigger)) {
        let order = |row: &Trigger| (row.kind, row.a).cmp(&(key.kind, key.a));
        if let Named::Place(place) = key.named {
            let first = partition(self.len, |at| order(&self.row(at)).is_lt());
            let past = partition(self.len, |at| order(&self.row(at)).is_le());
            let alike = Rows {
                start: self.start.saturating_add(first),
                len: past.saturating_sub(first),
                ..self
            };
            return alike.each_span(place, found);
        }
        let at = search(self.len, |at| {
            let row = self.row(at);
            order(&row).then_with(|| match key.named {
                Named::Text(text) => self.view.strings.bytes(row.b).cmp(text.as_bytes()),
                _ => std::cmp::Ordering::Equal,
            })
        });
        if let Some(at) = at {
            found(self.row(at));
        }
    }

    /// Gives the rows of one kind and field whose spans hold a place.
    fn each_span(self, place: i64, found: &mut dyn FnMut(Trigger)) {
        if self.len == 0 {
            return;
        }
        let middle = self.len / 2;
        let row = self.row(middle);
        let span = self.view.spans.row(row.b);
        if span.reach() < place {
            return;
        }
        let before = Rows {
            len: middle,
            ..self
        };
        before.each_span(place, found);
        if span.least() > place {
            return;
        }
        if place <= span.most() {
            found(row);
        }
        let behind = Rows {
            start: self.start.saturating_add(middle + 1),
            len: self.len - middle - 1,
            ..self
        };
        behind.each_span(place, found);
    }
}

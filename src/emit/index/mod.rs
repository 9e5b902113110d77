//! The inverted index: from what an item holds to the rules that may fire.
//!
//! For every condition there is a set of *keys* (a term mentioned, a category declared, a value held,
//! a number or date in a span, a field missing) without one of which it is surely false. A rule is
//! filed under the keys of the part of its condition that is rarest; a rule with no such part is
//! looked at for every item. Where many rules are filed under one key, they are filed below it under
//! the keys of their second part.

mod key;
mod needs;

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::artifact::{self as format, Section};

use super::{Emitter, halves, number};
use key::Key;
use needs::{Keys, node_keys};

/// The most rules that stand under one key without being filed below it.
const MOST: usize = 8;
/// The most keys below a key that a rule is filed under.
const MOST_BELOW: usize = 8;

/// Rules by key.
type Index = BTreeMap<Key, Vec<u32>>;

fn file(index: &mut Index, keys: &BTreeSet<Key>, rule: u32) {
    for key in keys {
        index.entry(key.clone()).or_default().push(rule);
    }
}

/// A key with the rules that stand under it, and where in Refined those stand that need more.
struct Entry {
    key: Key,
    rules: Vec<u32>,
    refined: (u32, u32),
}

impl Emitter<'_> {
    pub(super) fn triggers(&mut self) {
        let program = self.program;
        let keys = node_keys(program);
        let rows = program.rows().into_iter();
        let keys: Vec<&Keys> = rows.map(|rule| &keys[rule.condition as usize]).collect();
        let mut index = Index::new();
        let always = BTreeSet::from([Key::Always]);
        for (keys, number) in keys.iter().zip(0..) {
            file(&mut index, keys.first.as_deref().unwrap_or(&always), number);
        }
        let (mut spans, mut refined) = (Vec::new(), Vec::new());
        let mut entries = Vec::with_capacity(index.len());
        for (key, rules) in index {
            let (rules, below) = divide(rules, &keys);
            let start = number(refined.len());
            let below = below.into_iter().map(|(key, rules)| Entry {
                key,
                rules,
                refined: (0, 0),
            });
            refined.extend(self.list(&below.collect::<Vec<_>>(), &mut spans));
            entries.push(Entry {
                key,
                rules,
                refined: (start, number(refined.len()) - start),
            });
        }
        let triggers = self.list(&entries, &mut spans);
        self.writer.table(Section::Triggers, &triggers);
        self.writer.table(Section::Refined, &refined);
        self.writer.table(Section::Spans, &spans);
    }

    /// The rows of a list, and their spans.
    fn list(&mut self, entries: &[Entry], spans: &mut Vec<format::Span>) -> Vec<format::Trigger> {
        let mut rows = Vec::with_capacity(entries.len());
        for alike in entries.chunk_by(|one, next| one.key.row() == next.key.row()) {
            let first = spans.len();
            for entry in alike {
                let (kind, a) = entry.key.row();
                let b = match &entry.key {
                    Key::Value(_, value) => self.string(value),
                    &Key::Span(_, _, least, most) => {
                        spans.push(span(least, most));
                        number(spans.len() - 1)
                    }
                    _ => 0,
                };
                let (rules_start, rules_len) = self.range(entry.rules.iter().copied());
                rows.push(format::Trigger {
                    kind,
                    a,
                    b,
                    rules_start,
                    rules_len,
                    refined_start: entry.refined.0,
                    refined_len: entry.refined.1,
                });
            }
            reach(&mut spans[first..]);
        }
        rows
    }
}

/// The rules that stay under their key, and those that stand below it under a second one.
fn divide(mut rules: Vec<u32>, keys: &[&Keys]) -> (Vec<u32>, Index) {
    let mut below = Index::new();
    if rules.len() > MOST {
        rules.retain(|&rule| {
            let second = keys[rule as usize].second.as_ref();
            let Some(second) = second.filter(|keys| keys.len() <= MOST_BELOW) else {
                return true;
            };
            file(&mut below, second, rule);
            false
        });
    }
    (rules, below)
}

fn span(least: i64, most: i64) -> format::Span {
    let [least_low, least_high] = halves(least.cast_unsigned());
    let [most_low, most_high] = halves(most.cast_unsigned());
    format::Span {
        least_low,
        least_high,
        most_low,
        most_high,
        ..format::Span::default()
    }
}

/// Writes into the middle one of some spans how far any of them reaches, and so into the middle ones
/// of both sides. Returns it.
fn reach(spans: &mut [format::Span]) -> Option<i64> {
    let (before, rest) = spans.split_at_mut(spans.len() / 2);
    let (middle, behind) = rest.split_first_mut()?;
    let sides = [reach(before), reach(behind)].into_iter().flatten();
    let most = sides.fold(middle.most(), i64::max);
    [middle.reach_low, middle.reach_high] = halves(most.cast_unsigned());
    Some(most)
}

//! What an item holds → the rules that may fire, through the inverted index.
//!
//! A rule stands in the index under something that an item must hold for the rule to fire. Where
//! many rules stand under the same thing, they stand once more under a second thing that each of
//! them needs besides, so that what is evaluated follows what the item holds and not how many rules
//! speak of it.

use crate::artifact::*;
use crate::decide::Findings;
use crate::item::{Item, Value};

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
        let all = (0, u32::try_from(view.triggers.len()).unwrap_or(u32::MAX));
        each_key(view, item, findings, &mut |key| {
            if let Some(row) = find(view, view.triggers, all, key) {
                rules.extend(view.index_range(row.rules_start, row.rules_len));
                if row.refined_len > 0 {
                    refined.push((row.refined_start, row.refined_len));
                }
            }
        });
        for &rows in &*refined {
            each_key(view, item, findings, &mut |key| {
                if let Some(row) = find(view, view.refined, rows, key) {
                    rules.extend(view.index_range(row.rules_start, row.rules_len));
                }
            });
        }
        rules.sort_unstable();
        rules.dedup();
    }
}

/// What a row of the index is found by: its kind, its number, and its text if it has one.
type Key<'k> = (u32, u32, &'k str);

/// Everything in an item that a rule may stand under.
fn each_key(view: &View<'_>, item: &Item<'_>, findings: &Findings, found: &mut dyn FnMut(Key<'_>)) {
    found((TRIGGER_ALWAYS, 0, ""));
    for term in findings.terms() {
        found((TRIGGER_TERM, term, ""));
    }
    for &category in &findings.declared {
        let row = view.categories.row(category);
        for one in view.index_range(row.ancestors_start, row.ancestors_len) {
            found((TRIGGER_CATEGORY, one, ""));
        }
    }
    if !findings.has_text || !findings.unread.is_empty() {
        found((TRIGGER_NO_TEXT, 0, ""));
    }
    for (field, row) in view.fields.iter() {
        match item.value(field) {
            None => match view.strings.maybe(row.default) {
                Some(default) => found((TRIGGER_VALUE, field, default)),
                None => found((TRIGGER_MISSING, field, "")),
            },
            Some(Value::Text(text)) => found((TRIGGER_VALUE, field, text)),
            Some(Value::Names(names)) => names
                .iter()
                .for_each(|name| found((TRIGGER_VALUE, field, name))),
            Some(_) => {}
        }
    }
}

/// The row of a key among some rows, which are sorted.
fn find(
    view: &View<'_>,
    triggers: Table<'_, Trigger>,
    (start, len): (u32, u32),
    (kind, a, value): Key<'_>,
) -> Option<Trigger> {
    let row = |at: u32| triggers.row(start.saturating_add(at));
    let found = search(len, |at| {
        let row = row(at);
        (row.kind, row.a).cmp(&(kind, a)).then_with(|| match kind {
            TRIGGER_VALUE => view.strings.bytes(row.b).cmp(value.as_bytes()),
            _ => std::cmp::Ordering::Equal,
        })
    });
    found.map(row)
}

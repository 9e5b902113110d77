//! What an item's texts mention and what its fields hold, before any rule is looked at.

use std::cmp::Ordering;

use crate::artifact::*;
use crate::folds::Folds;
use crate::item::{Item, Value};
use crate::text::{ScanScratch, TextHit};
use crate::verdict::FieldType;

/// The longest text that is searched, in bytes. A longer one is unknown, and the decision says so.
pub(super) const MAX_TEXT: usize = 16 << 20;

/// A mention of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) term: u32,
    pub(crate) field: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) folds: Folds,
    /// The epoch from which the spelling counts.
    pub(crate) since: u32,
}

/// A stretch in which hits do not count.
#[derive(Debug, Clone, Copy)]
struct Mask {
    phrase: u32,
    field: u32,
    start: u32,
    end: u32,
}

/// Everything found in one item.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Sorted by term, field and place; guards and phrases of terms have been applied.
    hits: Vec<Hit>,
    masks: Vec<Mask>,
    /// The categories that the item declares, as numbers, without those they lie within.
    pub(crate) declared: Vec<u32>,
    /// Text fields that are there but too long to search.
    pub(crate) unread: Vec<u32>,
    /// Whether any text field is there.
    pub(crate) has_text: bool,
}

impl Findings {
    pub(crate) fn gather(view: View<'_>, item: &Item<'_>, scan: &mut ScanScratch) -> Findings {
        let mut findings = Findings::default();
        let mut guards = Vec::new();
        let mut found = Vec::new();
        for (field, row) in view.fields.iter() {
            let Some(Value::Text(text)) = item.value(field) else {
                continue;
            };
            if FieldType::from_index(row.kind) != Some(FieldType::Text) {
                continue;
            }
            findings.has_text = true;
            if text.len() > MAX_TEXT {
                findings.unread.push(field);
                continue;
            }
            found.clear();
            view.text.scan(text, scan, &mut found);
            for &hit in &found {
                findings.file(view, field, hit, &mut guards);
            }
        }
        findings.settle(view, item, &guards);
        findings.declared = declared(view, item);
        findings
    }

    fn file(&mut self, view: View<'_>, field: u32, hit: TextHit, guards: &mut Vec<Hit>) {
        let spelling = view.spellings.row(hit.spelling);
        let filed = Hit {
            term: spelling.owner,
            field,
            start: hit.start,
            end: hit.end,
            folds: hit.folds,
            since: spelling.since,
        };
        match spelling.owner_kind {
            OWNER_TERM => self.hits.push(filed),
            OWNER_GUARD => guards.push(filed),
            _ => self.masks.push(Mask {
                phrase: spelling.owner,
                field,
                start: hit.start,
                end: hit.end,
            }),
        }
    }

    /// Drops the hits that a guard or a phrase of their term takes away, and sorts the rest.
    fn settle(&mut self, view: View<'_>, item: &Item<'_>, guards: &[Hit]) {
        let masks = &self.masks;
        self.hits.retain(|hit| {
            let term = view.terms.row(hit.term);
            let masked = term.phrased != 0
                && masks
                    .iter()
                    .any(|mask| view.phrases.row(mask.phrase).term == hit.term && mask.covers(hit));
            let guarded = term.guarded != 0
                && guards.iter().any(|guard| {
                    let row = view.guards.row(guard.term);
                    row.term == hit.term
                        && guard.field == hit.field
                        && (row.words == NONE || near(item, guard, hit, row.words))
                });
            !masked && !guarded
        });
        self.hits.sort_by_key(|hit| {
            (
                hit.term,
                hit.field,
                hit.start,
                hit.end,
                hit.folds.bits().count_ones(),
                hit.since,
            )
        });
    }

    /// The hits of a term, in order.
    pub(crate) fn of_term(&self, term: u32) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.term < term);
        let len = self.hits[start..].partition_point(|hit| hit.term == term);
        &self.hits[start..start + len]
    }

    /// Whether a mask of a rule covers a hit.
    pub(crate) fn is_masked(&self, view: View<'_>, hit: &Hit, mask: u32) -> bool {
        mask != NONE
            && self
                .masks
                .iter()
                .any(|one| view.phrases.row(one.phrase).mask == mask && one.covers(hit))
    }

    /// The rules that something in the item makes worth evaluating, ascending.
    pub(crate) fn candidates(&self, view: View<'_>, item: &Item<'_>, out: &mut Vec<u32>) {
        out.clear();
        let mut pull = |kind: u32, a: u32, value: &str| {
            if let Some(trigger) = find_trigger(view, kind, a, value) {
                out.extend(view.index_range(trigger.rules_start, trigger.rules_len));
            }
        };
        pull(TRIGGER_ALWAYS, 0, "");
        let mut last = NONE;
        for hit in &self.hits {
            if hit.term != last {
                pull(TRIGGER_TERM, hit.term, "");
                last = hit.term;
            }
        }
        for &category in &self.declared {
            let row = view.categories.row(category);
            for one in view.index_range(row.ancestors_start, row.ancestors_len) {
                pull(TRIGGER_CATEGORY, one, "");
            }
        }
        if !self.has_text || !self.unread.is_empty() {
            pull(TRIGGER_NO_TEXT, 0, "");
        }
        for (field, row) in view.fields.iter() {
            match item.value(field) {
                None => match view.strings.maybe(row.default) {
                    Some(default) => pull(TRIGGER_VALUE, field, default),
                    None => pull(TRIGGER_MISSING, field, ""),
                },
                Some(Value::Text(text)) => pull(TRIGGER_VALUE, field, text),
                Some(Value::Names(names)) => names
                    .iter()
                    .for_each(|name| pull(TRIGGER_VALUE, field, name)),
                Some(_) => {}
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}

impl Mask {
    fn covers(&self, hit: &Hit) -> bool {
        self.field == hit.field && self.start <= hit.start && hit.end <= self.end
    }
}

fn find_trigger(view: View<'_>, kind: u32, a: u32, value: &str) -> Option<Trigger> {
    let count = u32::try_from(view.triggers.len()).unwrap_or(u32::MAX);
    let order = |at: u32| -> Ordering {
        let row = view.triggers.row(at);
        (row.kind, row.a).cmp(&(kind, a)).then_with(|| match kind {
            TRIGGER_VALUE => view.strings.get(row.b).cmp(value),
            _ => Ordering::Equal,
        })
    };
    search(count, order).map(|at| view.triggers.row(at))
}

fn declared(view: View<'_>, item: &Item<'_>) -> Vec<u32> {
    let field = view
        .field_number("category")
        .and_then(|field| item.value(field));
    let Some(Value::Names(names)) = field else {
        return Vec::new();
    };
    names
        .iter()
        .filter_map(|name| view.category_number(name))
        .collect()
}

/// Whether at most so many words stand between two hits of one field.
pub(crate) fn near(item: &Item<'_>, a: &Hit, b: &Hit, words: u32) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    if second.start <= first.end {
        return true;
    }
    let Some(Value::Text(text)) = item.value(a.field) else {
        return false;
    };
    let between = text
        .get(first.end as usize..second.start as usize)
        .unwrap_or("");
    words_in(between, words) <= words
}

/// How many words a text has, counted no further than just beyond `limit`. A run of letters and
/// digits is one word; in a script without spaces every character is one.
fn words_in(text: &str, limit: u32) -> u32 {
    let (mut count, mut inside) = (0, false);
    for c in text.chars() {
        let alone = is_unspaced(c);
        if alone || (c.is_alphanumeric() && !inside) {
            count += 1;
        }
        inside = c.is_alphanumeric() && !alone;
        if count > limit {
            break;
        }
    }
    count
}

/// Scripts that are written without spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_run_of_letters_or_one_han_character() {
        for (text, count) in [
            ("", 0),
            (" , ", 0),
            ("a b", 2),
            ("don't", 2),
            ("白皮书", 3),
            ("x白y", 3),
        ] {
            assert_eq!(words_in(text, 100), count, "{text}");
        }
    }
}

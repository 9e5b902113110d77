//! What an item's texts mention and what its fields hold, before any rule is looked at.

use std::sync::OnceLock;

use super::count::{is_spaced, word_starts, words_in};
use crate::artifact::*;
use crate::folds::Folds;
use crate::item::{Item, Value};
use crate::text::{ScanScratch, TextHit};
use crate::verdict::FieldType;

/// The longest text that is searched, in bytes. A longer one is unknown, and the decision says so.
pub(crate) const MAX_TEXT: usize = 16 << 20;

/// The longest stretch in which words are counted for each hit anew, in characters.
const NEARBY: usize = 256;

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

/// A stretch of a field, filed under a key.
#[derive(Debug, Clone, Copy)]
struct Place {
    key: u64,
    field: u32,
    start: u32,
    end: u32,
    /// The furthest end of the places of its key and field up to this one.
    reach: u32,
}

/// Places by key, field, start and end, each span once.
#[derive(Debug, Default)]
struct Places(Vec<Place>);

/// Everything found in one item. Findings that are gathered anew keep their memory.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Sorted by term, field and place; guards and phrases of terms have been applied.
    hits: Vec<Hit>,
    /// The phrases that mask hits for single rules, by mask.
    masks: Places,
    /// What takes hits away: spellings near a term (by term and words), phrases of a term (by
    /// term).
    guards: Places,
    phrases: Places,
    /// The hits of one text.
    found: Vec<TextHit>,
    /// The hits again, by term and epoch; for `within … words of`.
    neighbours: OnceLock<Places>,
    /// Where words start, by field; of fields that are too long to count words afresh each time.
    word_starts: Vec<(u32, OnceLock<Vec<u32>>)>,
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
        findings.gather_anew(view, item, scan);
        findings
    }

    /// Forgets what was found before, and gathers.
    pub(crate) fn gather_anew(&mut self, view: View<'_>, item: &Item<'_>, scan: &mut ScanScratch) {
        self.forget();
        for (field, row) in view.fields.iter() {
            let Some(Value::Text(text)) = item.value(field) else {
                continue;
            };
            if FieldType::from_index(row.kind) != Some(FieldType::Text) {
                continue;
            }
            self.has_text = true;
            if text.len() > MAX_TEXT {
                self.unread.push(field);
                continue;
            }
            if text.len() > NEARBY {
                self.word_starts.push((field, OnceLock::new()));
            }
            let mut found = std::mem::take(&mut self.found);
            found.clear();
            view.text.scan(text, scan, &mut found);
            found.iter().for_each(|&hit| self.file(view, field, hit));
            self.found = found;
        }
        self.settle(view, item);
        declared(view, item, &mut self.declared);
    }

    fn forget(&mut self) {
        self.hits.clear();
        for places in [&mut self.masks, &mut self.guards, &mut self.phrases] {
            places.0.clear();
        }
        self.neighbours.take();
        self.word_starts.clear();
        self.unread.clear();
        self.has_text = false;
    }

    fn file(&mut self, view: View<'_>, field: u32, hit: TextHit) {
        let owner = view.owner_of(hit.spelling);
        let place = |key| Place {
            key,
            field,
            start: hit.start,
            end: hit.end,
            reach: hit.end,
        };
        match owner.kind {
            OWNER_TERM => self.hits.push(Hit {
                term: owner.row,
                field,
                start: hit.start,
                end: hit.end,
                folds: hit.folds,
                since: owner.since,
            }),
            OWNER_GUARD => {
                let guard = view.guards.row(owner.row);
                self.guards.0.push(place(pair(guard.term, guard.words)));
            }
            _ => {
                let phrase = view.phrases.row(owner.row);
                if phrase.term != NONE {
                    self.phrases.0.push(place(phrase.term.into()));
                }
                if phrase.mask != NONE {
                    self.masks.0.push(place(phrase.mask.into()));
                }
            }
        }
    }

    /// Drops the hits that a guard or a phrase of their term takes away, and sorts the rest.
    fn settle(&mut self, view: View<'_>, item: &Item<'_>) {
        for places in [&mut self.masks, &mut self.guards, &mut self.phrases] {
            places.settle();
        }
        let mut hits = std::mem::take(&mut self.hits);
        hits.retain(|hit| {
            let term = view.terms.row(hit.term);
            let masked = term.phrased != 0 && self.phrases.cover(hit.term.into(), hit);
            let guards = &self.guards;
            let mut limits = guards.keys(pair(hit.term, 0), pair(hit.term, NONE));
            let guarded = term.guarded != 0
                && limits.any(|key| {
                    let words = key as u32;
                    self.is_close(item, guards.beside(key, hit, false), hit, words)
                });
            !masked && !guarded
        });
        hits.sort_by_key(|hit| {
            (
                hit.term,
                hit.field,
                hit.start,
                hit.end,
                hit.folds.bits().count_ones(),
                hit.since,
            )
        });
        self.hits = hits;
    }

    /// The hits of a term, in order.
    pub(crate) fn of_term(&self, term: u32) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.term < term);
        let len = self.hits[start..].partition_point(|hit| hit.term == term);
        &self.hits[start..start + len]
    }

    /// Whether a mask of a rule covers a hit.
    pub(crate) fn is_masked(&self, hit: &Hit, mask: u32) -> bool {
        mask != NONE && self.masks.cover(mask.into(), hit)
    }

    /// Whether a hit that counts in the epoch, and is not this one, stands near this one.
    pub(crate) fn is_near(&self, item: &Item<'_>, hit: &Hit, to: Near, epoch: u32) -> bool {
        let places = self.neighbours.get_or_init(|| {
            let place = |hit: &Hit| Place {
                key: pair(hit.term, hit.since),
                field: hit.field,
                start: hit.start,
                end: hit.end,
                reach: hit.end,
            };
            Places::new(self.hits.iter().map(place).collect())
        });
        let mut keys = places.keys(pair(to.term, 0), pair(to.term, epoch));
        keys.any(|key| {
            let beside = places.beside(key, hit, to.term == hit.term);
            self.is_close(item, beside, hit, to.words)
        })
    }

    /// Whether one of the nearest places on either side is near a hit.
    fn is_close(&self, item: &Item<'_>, beside: Beside, hit: &Hit, words: u32) -> bool {
        let (before, after) = beside;
        before.is_some_and(|end| self.is_within(item, hit.field, end, hit.start, words))
            || after.is_some_and(|start| self.is_within(item, hit.field, hit.end, start, words))
    }

    /// Whether at most so many words stand between two places of a field. [`NONE`] is no limit.
    fn is_within(&self, item: &Item<'_>, field: u32, from: u32, to: u32, words: u32) -> bool {
        if to <= from || words == NONE {
            return true;
        }
        let Some(Value::Text(text)) = item.value(field) else {
            return false;
        };
        let between = text.get(from as usize..to as usize).unwrap_or("");
        // What is counted afresh for every hit is bounded; beyond that, all words are counted once.
        if words_in(between.chars().take(NEARBY), words) > words {
            return false;
        }
        let long = self.word_starts.iter().find(|(one, _)| *one == field);
        let Some((_, starts)) = long.filter(|_| between.len() > NEARBY) else {
            return true;
        };
        let starts = starts.get_or_init(|| word_starts(text));
        let first = starts.partition_point(|&start| start < from);
        let count = starts.partition_point(|&start| start < to) - first;
        let cut = text.get(..from as usize).unwrap_or("");
        let cut = cut.chars().next_back().is_some_and(is_spaced)
            && between.chars().next().is_some_and(is_spaced);
        count + usize::from(cut) <= words as usize
    }

    /// The terms that are mentioned, ascending.
    pub(super) fn terms(&self) -> impl Iterator<Item = u32> {
        let mut last = None;
        let terms = self.hits.iter().map(|hit| hit.term);
        terms.filter(move |&term| last.replace(term) != Some(term))
    }
}

/// Where the nearest place before a hit ends and the nearest one after it starts.
type Beside = (Option<u32>, Option<u32>);

impl Places {
    fn new(places: Vec<Place>) -> Places {
        let mut places = Places(places);
        places.settle();
        places
    }

    /// Puts what was filed in order.
    fn settle(&mut self) {
        let places = &mut self.0;
        let order = |one: &Place| (one.key, one.field, one.start, one.end);
        places.sort_unstable_by_key(order);
        places.dedup_by_key(|one| order(one));
        let mut last: Option<Place> = None;
        for place in places {
            if let Some(last) = last.filter(|last| last.is_of(place.key, place.field)) {
                place.reach = place.end.max(last.reach);
            }
            last = Some(*place);
        }
    }

    /// The keys that are there, from the first to the last one wanted.
    fn keys(&self, first: u64, last: u64) -> impl Iterator<Item = u64> {
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let from = next?;
            let at = self.0.partition_point(|one| one.key < from);
            let key = self.0.get(at)?.key;
            next = key.checked_add(1);
            (key <= last).then_some(key)
        })
    }

    /// Whether a place of a key covers a hit.
    fn cover(&self, key: u64, hit: &Hit) -> bool {
        let order = |one: &Place| (one.key, one.field, one.start);
        let sought = (key, hit.field, hit.start);
        let at = self.0.partition_point(|one| order(one) <= sought);
        self.reach(at, key, hit.field)
            .is_some_and(|reach| hit.end <= reach)
    }

    /// The places of a key that are nearest to a hit. Of those that start before it, the one that
    /// ends last is; of the others, the one that starts first. A hit is not beside its `own` span.
    fn beside(&self, key: u64, hit: &Hit, own: bool) -> Beside {
        let order = |one: &Place| (one.key, one.field, one.start, one.end);
        let sought = (key, hit.field, hit.start, hit.end);
        let at = self.0.partition_point(|one| order(one) < sought);
        let mut after = self.0.iter().skip(at);
        let after = after.find(|one| !own || order(one) != sought);
        let after = after.filter(|one| one.is_of(key, hit.field));
        (
            self.reach(at, key, hit.field),
            after.map(|place| place.start),
        )
    }

    /// How far the places of a key and field reach that stand before number `at`.
    fn reach(&self, at: usize, key: u64, field: u32) -> Option<u32> {
        let last = self.0.get(at.checked_sub(1)?)?;
        last.is_of(key, field).then_some(last.reach)
    }
}

impl Place {
    fn is_of(&self, key: u64, field: u32) -> bool {
        (self.key, self.field) == (key, field)
    }
}

/// Two words as one key, sorted by the first one.
fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn declared(view: View<'_>, item: &Item<'_>, out: &mut Vec<u32>) {
    out.clear();
    let field = view
        .field_number("category")
        .and_then(|field| item.value(field));
    let Some(Value::Names(names)) = field else {
        return;
    };
    let known = names.iter().filter_map(|name| view.category_number(name));
    out.extend(known);
}

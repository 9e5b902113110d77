//! Mentions, from the search for one spelling in one text upwards.

use std::collections::BTreeMap;

use interdict::model::*;
use interdict::text_index::{Edges, SpellingSpec, TextIndexBytes, build};
use interdict_matcher::text::{ScanScratch, TextHit};
use interdict_matcher::{FieldType, Folds};

use crate::decide::Evaluator;
use crate::truth::Truth;

type Spot = (usize, usize);

/// One index of everything that a set looks for, searched for one spelling at a time.
#[derive(Default)]
pub(crate) struct Searches {
    specs: Vec<SpellingSpec>,
    numbers: BTreeMap<(String, Folds, u8), usize>,
    index: Option<TextIndexBytes>,
    scratch: ScanScratch,
    found: BTreeMap<String, Vec<TextHit>>,
    /// What was found once.
    hits: BTreeMap<Asked, Vec<(Spot, Folds)>>,
}

/// By when something must have been published to be known, a term of what was, the instant as of
/// which its spellings stand, and the text. A number may be another term to those who knew less.
type Asked = (Option<i64>, TermId, i64, String);

impl Searches {
    /// The spellings of terms, of what is innocent near them, and of masks.
    pub(crate) fn of(set: &PolicySet) -> Searches {
        let mut searches = Searches::default();
        let mut add = |text: &str, folds: Folds, edges: Edges| {
            let spec = SpellingSpec {
                text: text.to_owned(),
                folds,
                edges,
            };
            let next = searches.numbers.len();
            searches
                .numbers
                .entry(key(text, folds, edges))
                .or_insert_with(|| {
                    searches.specs.push(spec);
                    next
                });
        };
        for term in &set.terms {
            term.spellings
                .iter()
                .for_each(|one| add(&one.text, one.folds, one.edges));
            let guards = term.guards.iter().flat_map(|guard| &guard.texts);
            guards.for_each(|text| add(text, INNOCENT_FOLDS, Edges::Auto));
            term.phrases
                .iter()
                .for_each(|text| add(text, term.folds | INNOCENT_FOLDS, Edges::Auto));
        }
        let masks = set.rules.iter().flat_map(|rule| &rule.masks);
        masks.for_each(|text| add(text, Folds::STANDARD, Edges::Auto));
        searches.index = Some(build(&searches.specs));
        searches
    }

    fn find(
        &mut self,
        spelling: &str,
        folds: Folds,
        edges: Edges,
        text: &str,
    ) -> Vec<(Spot, Folds)> {
        let number = self.numbers.get(&key(spelling, folds, edges));
        let number = *number.expect("a spelling of the set");
        let (index, scratch) = (&self.index, &mut self.scratch);
        let found = self.found.entry(text.to_owned()).or_insert_with(|| {
            let mut hits = Vec::new();
            let index = index.as_ref().expect("an index");
            index.view().scan(text, scratch, &mut hits);
            hits
        });
        let own = found.iter().filter(|hit| hit.spelling as usize == number);
        own.map(|hit| ((hit.start as usize, hit.end as usize), hit.folds))
            .collect()
    }
}

fn key(text: &str, folds: Folds, edges: Edges) -> (String, Folds, u8) {
    (text.to_owned(), folds, edges as u8)
}

impl Evaluator<'_> {
    pub(crate) fn mentions(
        &mut self,
        term: TermId,
        paths: &[String],
        near: Option<(TermId, u32)>,
        dress: Dress,
        masks: &[String],
    ) -> Truth {
        let set = self.set;
        let texts = set
            .fields
            .iter()
            .filter(|field| field.kind == FieldType::Text);
        let everywhere: Vec<String> = texts.map(|field| field.path.clone()).collect();
        let looked = if paths.is_empty() { &everywhere } else { paths };
        let there: Vec<(&String, &str)> = looked
            .iter()
            .filter_map(|path| Some((path, self.item.get(path)?.as_str()?)))
            .collect();
        for (_, text) in &there {
            for (spot, folds) in self.hits(term, text) {
                let dressed = match dress {
                    Dress::Any => true,
                    Dress::Disguised => folds.is_disguise(),
                    Dress::Exact => !folds.is_disguise(),
                };
                let masked = masks
                    .iter()
                    .any(|mask| self.covers(mask, Folds::STANDARD, text, spot));
                // A mention is not near itself.
                let close = near.is_none_or(|(other, words)| {
                    let itself = (other == term).then_some(spot);
                    let mut others = self.hits(other, text).into_iter();
                    others.any(|(other, _)| {
                        Some(other) != itself && words_between(text, spot, other) <= words
                    })
                });
                if dressed && !masked && close {
                    return Some(true);
                }
            }
        }
        match paths.is_empty() {
            true if there.is_empty() => None,
            false if there.len() < paths.len() => None,
            _ => Some(false),
        }
    }

    /// The mentions of a term in one text, without the innocent ones.
    fn hits(&mut self, term: TermId, text: &str) -> Vec<(Spot, Folds)> {
        let key = (self.known_at, term, self.listed, text.to_owned());
        if let Some(hits) = self.searches.hits.get(&key) {
            return hits.clone();
        }
        let hits = self.search(term, text);
        self.searches.hits.insert(key, hits.clone());
        hits
    }

    fn search(&mut self, term: TermId, text: &str) -> Vec<(Spot, Folds)> {
        let term = &self.set.terms[term.at()];
        let mut hits = Vec::new();
        for spelling in &term.spellings {
            if spelling.since.is_none_or(|since| self.listed >= since) {
                hits.extend(self.searches.find(
                    &spelling.text,
                    spelling.folds,
                    spelling.edges,
                    text,
                ));
            }
        }
        hits.retain(|(spot, _)| {
            let guarded = term.guards.iter().any(|guard| {
                guard.texts.iter().any(|innocent| {
                    let found = self
                        .searches
                        .find(innocent, INNOCENT_FOLDS, Edges::Auto, text);
                    found.iter().any(|(other, _)| {
                        guard
                            .words
                            .is_none_or(|words| words_between(text, *spot, *other) <= words)
                    })
                })
            });
            let folds = term.folds | INNOCENT_FOLDS;
            !guarded
                && !term
                    .phrases
                    .iter()
                    .any(|phrase| self.covers(phrase, folds, text, *spot))
        });
        hits
    }

    fn covers(&mut self, phrase: &str, folds: Folds, text: &str, spot: Spot) -> bool {
        let found = self.searches.find(phrase, folds, Edges::Auto, text);
        found
            .iter()
            .any(|((start, end), _)| *start <= spot.0 && spot.1 <= *end)
    }
}

/// How many words stand between two stretches; a Han character is a word of its own.
fn words_between(text: &str, a: Spot, b: Spot) -> u32 {
    let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    if second.0 <= first.1 {
        return 0;
    }
    let spaced: String = text[first.1..second.0]
        .chars()
        .map(|c| match c {
            '\u{4E00}'..='\u{9FFF}' => format!(" {c} "),
            c if c.is_alphanumeric() => c.to_string(),
            _ => " ".to_owned(),
        })
        .collect();
    u32::try_from(spaced.split_whitespace().count()).unwrap_or(u32::MAX)
}

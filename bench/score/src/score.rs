//! Labelled texts and a preset to recall and false positives.
//!
//! All terms are loaded. A positive counts when a hit of its term overlaps the labelled span; a
//! negative counts when anything at all is found in it.

use std::collections::BTreeMap;

use interdict_matcher::text::{ScanScratch, TextHit, TextIndex};
use serde::{Serialize, Serializer};

use crate::Failure;
use crate::cases::{Cases, Group, Negative, Positive};
use crate::preset::Preset;

/// What a preset finds in a folder.
#[derive(Debug, Serialize)]
pub struct Score {
    /// The name of the preset.
    pub fold: String,
    /// Recall by tier.
    pub tiers: BTreeMap<u8, Share>,
    /// False positives by group, of the negatives that are scored.
    #[serde(flatten)]
    pub groups: Groups,
    /// Recall by class of disguise.
    pub classes: BTreeMap<String, Recall>,
    /// False positives by class and name.
    pub innocent: BTreeMap<String, Share>,
    /// Positives that were not found.
    #[serde(skip)]
    pub missed: Vec<Miss>,
    /// What was found in negatives.
    #[serde(skip)]
    pub hits: Vec<FalseHit>,
}

/// False positives by group.
#[derive(Debug, Default, Serialize)]
pub struct Groups {
    /// On chosen collisions.
    pub collide: Share,
    /// On Han words that straddle a term.
    pub seg: Share,
    /// On real texts.
    pub base: Share,
}

/// Recall on one class.
#[derive(Debug, Serialize)]
pub struct Recall {
    /// The class in words, where the folder names it.
    pub name: String,
    /// The fold that the class belongs to.
    pub level: String,
    /// Its tier.
    pub tier: u8,
    /// What was found.
    #[serde(flatten)]
    pub share: Share,
}

/// A positive that was not found.
#[derive(Clone, Debug, Serialize)]
pub struct Miss {
    /// The class of disguise.
    pub class: String,
    /// The term.
    pub term: String,
    /// The term as it is disguised.
    pub instance: String,
    /// The whole text.
    pub text: String,
}

/// What was found in a negative.
#[derive(Clone, Debug, Serialize)]
pub struct FalseHit {
    /// The class of the negative.
    pub class: String,
    /// The term that was found.
    pub term: String,
    /// The folds that it took.
    pub folds: String,
    /// Where, in bytes.
    pub span: (u32, u32),
    /// The whole text.
    pub text: String,
}

/// Found and all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share {
    /// How many were found.
    pub found: u32,
    /// Of how many.
    pub all: u32,
}

impl Share {
    fn add(&mut self, found: bool) {
        self.found += u32::from(found);
        self.all += 1;
    }

    /// In percent; of none, nothing.
    pub fn percent(self) -> f64 {
        100.0 * f64::from(self.found) / f64::from(self.all.max(1))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut share = serializer.serialize_struct("Share", 3)?;
        share.serialize_field("found", &self.found)?;
        share.serialize_field("all", &self.all)?;
        share.serialize_field("percent", &self.percent())?;
        share.end()
    }
}

/// Scores a preset.
pub fn score(cases: &Cases, preset: &Preset) -> Result<Score, Failure> {
    let bytes = preset.index(cases.terms.iter().map(|term| term.term.as_str()));
    let index = bytes.view();
    index.validate()?;
    let mut scanner = Scanner {
        index,
        scratch: ScanScratch::default(),
        hits: Vec::new(),
    };
    let mut score = Score {
        fold: preset.name.clone(),
        tiers: BTreeMap::new(),
        groups: Groups::default(),
        classes: BTreeMap::new(),
        innocent: BTreeMap::new(),
        missed: Vec::new(),
        hits: Vec::new(),
    };
    for positive in &cases.positives {
        score.positive(cases, positive, scanner.scan(&positive.text));
    }
    for negative in &cases.negatives {
        score.negative(cases, negative, scanner.scan(&negative.text));
    }
    Ok(score)
}

struct Scanner<'a> {
    index: TextIndex<'a>,
    scratch: ScanScratch,
    hits: Vec<TextHit>,
}

impl Scanner<'_> {
    fn scan(&mut self, text: &str) -> &[TextHit] {
        self.hits.clear();
        self.index.scan(text, &mut self.scratch, &mut self.hits);
        &self.hits
    }
}

fn term<'c>(cases: &'c Cases, hit: &TextHit) -> &'c str {
    &cases.terms[hit.spelling as usize].term
}

impl Score {
    fn positive(&mut self, cases: &Cases, positive: &Positive, hits: &[TextHit]) {
        let (start, end) = positive.span;
        let right =
            |hit: &TextHit| term(cases, hit) == positive.term && hit.start < end && start < hit.end;
        let found = hits.iter().any(right);
        let class = &positive.class;
        let recall = self.classes.entry(class.clone()).or_insert_with(|| Recall {
            name: cases
                .classes
                .get(class)
                .map_or("", |one| &one.name)
                .to_owned(),
            level: positive.level.clone(),
            tier: positive.tier,
            share: Share::default(),
        });
        recall.share.add(found);
        self.tiers.entry(positive.tier).or_default().add(found);
        if !found {
            self.missed.push(Miss {
                class: class.clone(),
                term: positive.term.clone(),
                instance: positive.instance.clone(),
                text: positive.text.clone(),
            });
        }
    }

    fn negative(&mut self, cases: &Cases, negative: &Negative, hits: &[TextHit]) {
        let found = !hits.is_empty();
        let name = format!("{} {}", negative.class, negative.short_name());
        let name = name.trim_end().to_owned();
        self.innocent.entry(name).or_default().add(found);
        if negative.scored {
            let group = match negative.group() {
                Group::Collide => &mut self.groups.collide,
                Group::Seg => &mut self.groups.seg,
                Group::Base => &mut self.groups.base,
            };
            group.add(found);
        }
        self.hits.extend(hits.iter().map(|hit| FalseHit {
            class: negative.class.clone(),
            term: term(cases, hit).to_owned(),
            folds: hit.folds.to_string(),
            span: (hit.start, hit.end),
            text: negative.text.clone(),
        }));
    }

    /// Recall of a tier.
    pub fn tier(&self, tier: u8) -> Share {
        self.tiers.get(&tier).copied().unwrap_or_default()
    }
}

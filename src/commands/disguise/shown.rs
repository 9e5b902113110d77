//! What `disguise` shows, as JSON.

use interdict::disguise::{Disguises, FoldShown, Innocent, Mention, Rung, Sample, Shield};
use interdict::render::visible;
use interdict::text_index::Edges;
use interdict_matcher::Folds;
use serde::Serialize;

use super::report::Report;

#[derive(Serialize)]
pub(super) struct ReportJson<'a> {
    term: &'a str,
    spellings: Vec<SpellingJson<'a>>,
    /// Further spellings of the term.
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    innocent: Vec<InnocentJson<'a>>,
}

#[derive(Serialize)]
struct SpellingJson<'a> {
    text: &'a str,
    budget: Vec<&'static str>,
    edges: &'static str,
    folds: Vec<FoldJson<'a>>,
    presets: Vec<PresetJson>,
    samples: usize,
    in_budget: usize,
}

#[derive(Serialize)]
struct FoldJson<'a> {
    fold: String,
    meaning: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<&'static str>,
    samples: Vec<SampleJson<'a>>,
}

#[derive(Serialize)]
struct SampleJson<'a> {
    how: &'static str,
    text: &'a str,
    /// The text with escapes for what no reader sees.
    shown: String,
    caught_by: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why_not: Option<&'a str>,
    in_budget: bool,
}

#[derive(Serialize)]
struct PresetJson {
    preset: &'static str,
    catches: usize,
}

#[derive(Serialize)]
struct InnocentJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within_words: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<&'a str>,
    text: &'a str,
    mention: &'static str,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Report {
    pub(super) fn json(&self) -> ReportJson<'_> {
        ReportJson {
            term: &self.term,
            spellings: self.spellings.iter().map(spelling).collect(),
            left_out: self.left_out,
            innocent: self.innocent.iter().map(innocent).collect(),
        }
    }
}

fn spelling(shown: &Disguises) -> SpellingJson<'_> {
    let presets = Rung::ALL.map(|rung| PresetJson {
        preset: rung.name(),
        catches: shown.caught_by(rung),
    });
    SpellingJson {
        text: &shown.spelling.text,
        budget: names(shown.spelling.folds),
        edges: match shown.spelling.edges {
            Edges::Auto => "by script",
            Edges::WholeWords => "whole words",
            Edges::Anywhere => "anywhere",
        },
        folds: shown.folds.iter().map(fold).collect(),
        presets: presets.into(),
        samples: shown.samples().count(),
        in_budget: shown.in_budget(),
    }
}

/// The names of folds; none but case and width are none.
fn names(folds: Folds) -> Vec<&'static str> {
    folds.names().collect()
}

fn fold(shown: &FoldShown) -> FoldJson<'_> {
    FoldJson {
        fold: shown.fold.to_string(),
        meaning: shown.meaning,
        none: shown.none,
        samples: shown.samples.iter().map(sample).collect(),
    }
}

fn sample(sample: &Sample) -> SampleJson<'_> {
    let caught = sample.caught.as_ref();
    SampleJson {
        how: sample.how,
        text: &sample.text,
        shown: visible(&sample.text).into_owned(),
        caught_by: caught.ok().map(|caught| caught.by.name()),
        needs: caught.ok().map(|caught| names(caught.needs)),
        why_not: caught.err().map(String::as_str),
        in_budget: sample.in_budget,
    }
}

fn innocent(trial: &Innocent) -> InnocentJson<'_> {
    let (near, within_words, phrase) = match &trial.by {
        Shield::Near(text, words) => (Some(text.as_str()), *words, None),
        Shield::Phrase(text) => (None, None, Some(text.as_str())),
    };
    InnocentJson {
        near,
        within_words,
        phrase,
        text: &trial.text,
        mention: match trial.mention {
            Mention::Stands => "stands",
            Mention::Taken => "taken away",
            Mention::Missing => "there is none",
        },
    }
}

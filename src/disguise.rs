//! How a spelling may be written, and what catches it.
//!
//! In: a spelling with its budget and its edges, or a term of a program. Out: for every fold of the
//! vocabulary samples made of the spelling, each with the smallest preset that catches it and the
//! folds that it needs; and what the guards and phrases of a term take away. Guarantee: each verdict
//! comes from a compiled matcher, and the same spelling gives the same samples.

mod edits;
mod han;
mod innocent;
mod judge;
mod letters;
mod refusal;
mod shape;
mod ways;

use interdict_matcher::Folds;

use crate::text_index::{SpellingSpec, idle};
use judge::Judge;
use shape::Shape;

pub use innocent::{Innocent, Mention, Shield, innocent};

/// A spelling under every fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disguises {
    /// The spelling, with the budget and the edges that it was asked about.
    pub spelling: SpellingSpec,
    /// The folds in the order of the vocabulary.
    pub folds: Vec<FoldShown>,
}

/// What a fold makes of a spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldShown {
    /// The fold.
    pub fold: Folds,
    /// What it covers, in a few words.
    pub meaning: &'static str,
    /// Ways to write the spelling that are of this fold by their kind.
    pub samples: Vec<Sample>,
    /// What the fold is for, where it has no sample.
    pub none: Option<&'static str>,
}

/// One way to write a spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What was done to the spelling.
    pub how: &'static str,
    /// The spelling then.
    pub text: String,
    /// What catches it, or why nothing does.
    pub caught: Result<Caught, String>,
    /// Whether the budget of the spelling catches it.
    pub in_budget: bool,
}

/// What catches a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caught {
    /// The smallest preset that does.
    pub by: Rung,
    /// The folds that the matcher reports then.
    pub needs: Folds,
}

/// The presets, each within the next, and the folds that are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// `plain`
    Plain,
    /// `standard`
    Standard,
    /// `strict`
    Strict,
    /// `paranoid`
    Paranoid,
    /// Only a budget that names every fold.
    ByName,
}

impl Rung {
    /// All of them, the smallest first.
    pub const ALL: [Rung; 5] = [
        Rung::Plain,
        Rung::Standard,
        Rung::Strict,
        Rung::Paranoid,
        Rung::ByName,
    ];

    /// The preset, or `by name`.
    pub fn name(self) -> &'static str {
        match self {
            Rung::Plain => "plain",
            Rung::Standard => "standard",
            Rung::Strict => "strict",
            Rung::Paranoid => "paranoid",
            Rung::ByName => "by name",
        }
    }
}

impl Disguises {
    /// All samples.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        self.folds.iter().flat_map(|fold| &fold.samples)
    }

    /// How many samples a preset catches.
    pub fn caught_by(&self, rung: Rung) -> usize {
        let caught = |sample: &&Sample| sample.caught.as_ref().is_ok_and(|one| one.by <= rung);
        self.samples().filter(caught).count()
    }

    /// How many samples the budget of the spelling catches.
    pub fn in_budget(&self) -> usize {
        self.samples().filter(|sample| sample.in_budget).count()
    }
}

/// The ways to write a text, each with the fold that it is a sample of. What a matcher makes of them
/// is not asked.
pub fn ways_to_write(text: &str) -> Vec<(Folds, String)> {
    let samples = ways::samples(&Shape::of(text)).into_iter();
    let of_fold = samples
        .flat_map(|(chapter, samples)| samples.into_iter().map(|(_, text)| (chapter.fold, text)));
    of_fold.collect()
}

/// Shows a spelling under every fold.
pub fn disguises(spelling: &SpellingSpec) -> Disguises {
    let shape = Shape::of(&spelling.text);
    let mut judge = Judge::of(spelling);
    let folds = ways::samples(&shape).into_iter().map(|(chapter, samples)| {
        let judged = samples.into_iter().map(|(how, text)| {
            let refusal = || refusal::refusal(spelling, chapter.fold, &shape, &text);
            Sample {
                how,
                caught: judge.caught(&text).ok_or_else(refusal),
                in_budget: judge.in_budget(&text),
                text,
            }
        });
        let samples: Vec<Sample> = judged.collect();
        FoldShown {
            fold: chapter.fold,
            meaning: chapter.meaning,
            none: samples
                .is_empty()
                .then(|| idle(spelling, chapter.fold).unwrap_or(chapter.none)),
            samples,
        }
    });
    Disguises {
        folds: folds.collect(),
        spelling: spelling.clone(),
    }
}

#[cfg(test)]
mod tests;

//! What both ways of deciding must agree on.

use std::collections::BTreeSet;

use interdict_matcher::{Decision, Layer, Verdict};

/// A decision, without what only one of the two ways can say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    /// The primary one first.
    pub(crate) fired: Vec<Fired>,
    /// The rule, and what lifted it.
    pub(crate) lifted: BTreeSet<(String, String)>,
    pub(crate) possible: BTreeSet<(String, Verdict)>,
    /// The rule, and from when it holds.
    pub(crate) upcoming: BTreeSet<(String, String)>,
}

/// A rule that fired.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fired {
    pub(crate) id: String,
    pub(crate) verdict: Verdict,
    pub(crate) layer: Layer,
    pub(crate) effective: String,
    /// The acts that amended it, each with its sources.
    pub(crate) amended_by: Vec<(String, Vec<String>)>,
    pub(crate) reading: Option<String>,
    /// Each with whether it is uncertain.
    pub(crate) penalties: Vec<(String, bool)>,
    pub(crate) withheld: bool,
    /// The texts that are missing.
    pub(crate) missing: Vec<Vec<String>>,
    pub(crate) sources: Vec<String>,
    pub(crate) laws: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) appeal: Option<String>,
    pub(crate) dsa: Option<(String, String)>,
}

impl Outcome {
    /// What a matcher decided.
    pub(crate) fn of(decision: &Decision<'_>) -> Outcome {
        Outcome {
            verdict: decision.verdict,
            fired: decision.rules.iter().map(Fired::of).collect(),
            lifted: pairs(decision.lifted.iter().map(|one| (one.id, one.by))),
            possible: decision
                .possible
                .iter()
                .map(|one| (one.id.to_owned(), one.verdict))
                .collect(),
            upcoming: pairs(decision.upcoming.iter().map(|one| (one.id, one.effective))),
        }
    }
}

impl Fired {
    fn of(rule: &interdict_matcher::Fired<'_>) -> Fired {
        Fired {
            id: rule.id.to_owned(),
            verdict: rule.verdict,
            layer: rule.layer,
            effective: rule.effective.to_owned(),
            amended_by: rule
                .amended_by
                .iter()
                .map(|act| {
                    let sources = owned(act.sources.iter().map(|one| one.source));
                    (act.effective.to_owned(), sources)
                })
                .collect(),
            reading: rule.reading.map(str::to_owned),
            penalties: rule
                .penalty
                .iter()
                .map(|one| (one.name.to_owned(), one.uncertain))
                .collect(),
            withheld: rule.penalty_withheld,
            missing: rule
                .missing
                .iter()
                .map(|one| owned(one.wording.iter().copied()))
                .collect(),
            sources: owned(rule.sources.iter().map(|one| one.source)),
            laws: owned(rule.under.iter().map(|one| one.law)),
            messages: owned(rule.messages.iter().map(|one| one.text)),
            appeal: rule.appeal.map(str::to_owned),
            dsa: rule
                .dsa
                .map(|(category, keyword)| (category.to_owned(), keyword.to_owned())),
        }
    }
}

fn owned<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeSet<(String, String)> {
    pairs
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .collect()
}

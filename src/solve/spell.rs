//! Texts that make a mention.

use interdict_matcher::Folds;

use super::probe::Local;
use crate::ast::Dress;
use crate::disguise::ways_to_write;
use crate::ir::{Epoch, Owner, Program, Spelling};
use crate::text_index::Edges;

/// How many spellings of a term are tried; lists may hold a million.
const MOST_SPELLINGS: usize = 128;

/// How many of them are tried in disguise.
const MOST_DISGUISED: usize = 4;

/// How a mention may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// As the author wrote it.
    Plain,
    /// As sellers write it who do not want it found.
    Disguised,
}

impl Tier {
    /// The plainest first.
    pub(super) const ALL: [Tier; 2] = [Tier::Plain, Tier::Disguised];
}

/// Texts that may make a mention. Whether one does, the matcher says.
pub(super) fn spelled(program: &Program, local: Local, epoch: Epoch, tier: Tier) -> Vec<String> {
    let own = spellings(program, local.term, epoch);
    let texts: Vec<String> = match (tier, local.dress) {
        (Tier::Plain, Dress::Any | Dress::Exact) => {
            own.iter().map(|one| one.text.clone()).collect()
        }
        (Tier::Disguised, Dress::Any | Dress::Disguised) => {
            let some = own.iter().take(MOST_DISGUISED);
            some.flat_map(|one| disguised(one)).collect()
        }
        (Tier::Plain, Dress::Disguised) | (Tier::Disguised, Dress::Exact) => Vec::new(),
    };
    let Some((other, _)) = local.near else {
        return texts;
    };
    let others = spellings(program, other, epoch);
    let beside = others.iter().map(|one| &one.text);
    let pairs = texts
        .iter()
        .flat_map(|text| beside.clone().map(move |other| format!("{text} {other}")));
    pairs.take(MOST_SPELLINGS * 4).collect()
}

/// The spellings of a term that count, those that people write before names such as `writing-services`.
fn spellings(program: &Program, term: u32, epoch: Epoch) -> Vec<&Spelling> {
    let own = program.spellings.iter();
    let own = own.filter(|one| one.owner == Owner::Term(term) && one.since <= epoch);
    let mut own: Vec<&Spelling> = own.take(MOST_SPELLINGS).collect();
    own.sort_by_key(|one| one.text.contains('-') && one.text == program.terms[term as usize].name);
    own
}

/// A spelling in the dresses that its budget and its edges let through, the commonest first.
fn disguised(spelling: &Spelling) -> Vec<String> {
    let edges = match spelling.edges {
        Edges::Anywhere => Folds::EMBEDDED,
        Edges::Auto | Edges::WholeWords => Folds::EXACT,
    };
    let budget = spelling.folds.budget() | edges;
    let mut ways = ways_to_write(&spelling.text);
    ways.retain(|(fold, text)| budget.contains(*fold) && *text != spelling.text);
    // Letters apart are what sellers try first, and what a reader sees at once.
    ways.sort_by_key(|(fold, _)| *fold != Folds::SPACED);
    ways.into_iter().map(|(_, text)| text).collect()
}

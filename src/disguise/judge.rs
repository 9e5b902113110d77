//! Samples → what catches them: every verdict is a scan.

use interdict_matcher::Folds;
use interdict_matcher::text::ScanScratch;

use super::{Caught, Rung};
use crate::text_index::{SpellingSpec, TextIndexBytes, build, supported};

/// Indexes of one spelling, under every preset and under its own budget.
pub(super) struct Judge {
    rungs: Vec<(Rung, TextIndexBytes)>,
    own: TextIndexBytes,
    scratch: ScanScratch,
}

impl Judge {
    pub(super) fn of(spec: &SpellingSpec) -> Judge {
        let under = |folds: Folds| {
            let folds = SpellingSpec {
                folds,
                ..spec.clone()
            };
            build(&[folds])
        };
        Judge {
            rungs: Rung::ALL.map(|rung| (rung, under(rung.folds()))).into(),
            own: under(spec.folds),
            scratch: ScanScratch::default(),
        }
    }

    /// The smallest preset that catches a text, and the folds that it needs then.
    pub(super) fn caught(&mut self, text: &str) -> Option<Caught> {
        let scratch = &mut self.scratch;
        let mut rungs = self.rungs.iter();
        rungs.find_map(|(by, index)| {
            let needs = needs(index, text, scratch)?;
            Some(Caught { by: *by, needs })
        })
    }

    /// Whether the spelling's own budget catches a text.
    pub(super) fn in_budget(&mut self, text: &str) -> bool {
        needs(&self.own, text, &mut self.scratch).is_some()
    }
}

/// The folds of the hit that needs the fewest.
fn needs(index: &TextIndexBytes, text: &str, scratch: &mut ScanScratch) -> Option<Folds> {
    let mut hits = Vec::new();
    index.view().scan(text, scratch, &mut hits);
    let folds = hits.iter().map(|hit| hit.folds);
    folds.min_by_key(|folds| folds.count())
}

impl Rung {
    /// The budget of the rung.
    pub fn folds(self) -> Folds {
        match self {
            Rung::Plain => Folds::PLAIN,
            Rung::Standard => Folds::STANDARD,
            Rung::Strict => Folds::STRICT,
            Rung::Paranoid => Folds::PARANOID,
            Rung::ByName => supported(),
        }
    }
}

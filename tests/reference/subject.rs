//! One policy set, ready to be decided in three ways.

use interdict::model::PolicySet;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher, Scratch};
use serde_json::{Map, Value};

use crate::decide::Evaluator;
use crate::mentions::Searches;
use crate::outcome::Outcome;
use crate::support;

pub(crate) struct Subject {
    set: PolicySet,
    plain: Matcher,
    optimised: Matcher,
    scratch: Scratch,
    searches: Searches,
}

impl Subject {
    /// The policy set of some files, if it compiles.
    pub(crate) fn new(sources: &Sources) -> Option<Subject> {
        let set = support::checked(sources).1?;
        let (plain, optimised) = support::lowered(&set);
        Some(Subject {
            plain: support::matcher(&plain, sources),
            optimised: support::matcher(&optimised, sources),
            scratch: Scratch::default(),
            searches: Searches::of(&set),
            set,
        })
    }

    /// What the model says of an item, if both matchers say the same.
    ///
    /// # Errors
    ///
    /// The difference, for a person to read.
    pub(crate) fn agree(&mut self, item: &Map<String, Value>, at: i64) -> Result<Outcome, String> {
        let reference = Evaluator {
            set: &self.set,
            item,
            at,
            searches: &mut self.searches,
        }
        .decide();
        let json = serde_json::to_vec(item).expect("an item");
        for (way, matcher) in [("optimised", &self.optimised), ("as lowered", &self.plain)] {
            let item = matcher.item(&json).expect("an item of the policy's fields");
            let at = Instant::from_unix_seconds(at);
            let decision = matcher.decide_with(&mut self.scratch, &item, at);
            let found = Outcome::of(&decision);
            if found != reference {
                return Err(format!(
                    "at {at} the matcher ({way}) decides\n{found:#?}\nand the model says\n{reference:#?}"
                ));
            }
            let verdict = decision.verdict;
            if matcher.decide_verdict(&mut self.scratch, &item, at) != verdict {
                return Err(format!(
                    "at {at} the verdict alone is another one than {verdict}"
                ));
            }
            if decision.needs.is_empty() != decision.possible.is_empty() {
                return Err(format!(
                    "at {at} something is possible without a need, or the other way round"
                ));
            }
        }
        Ok(reference)
    }
}

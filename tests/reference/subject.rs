//! One policy set, ready to be decided in three ways.

use std::collections::BTreeMap;

use interdict::model::PolicySet;
use interdict::source::Sources;
use interdict::{ast, check};
use interdict_matcher::{AsOf, Instant, Matcher, Scratch};
use serde_json::{Map, Value};

use crate::decide::Evaluator;
use crate::known::as_known;
use crate::mentions::Searches;
use crate::outcome::Outcome;
use crate::support;

pub(crate) struct Subject {
    sources: Sources,
    files: Vec<ast::File>,
    today: PolicySet,
    /// What somebody knew who knew less; `None` where that does not make a policy set.
    before: BTreeMap<i64, Option<PolicySet>>,
    /// Of all that is known today, and so of all that was.
    searches: Searches,
    plain: Matcher,
    optimised: Matcher,
    scratch: Scratch,
}

/// When an item is judged, and by when something must have been published to be known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) at: i64,
    pub(crate) known_at: Option<i64>,
}

impl From<i64> for View {
    fn from(at: i64) -> View {
        View { at, known_at: None }
    }
}

impl View {
    pub(crate) fn as_of(self) -> AsOf {
        AsOf {
            at: Instant::from_unix_seconds(self.at),
            known_at: self.known_at.map(Instant::from_unix_seconds),
        }
    }
}

impl Subject {
    /// The policy set of some files, if it compiles.
    pub(crate) fn new(sources: &Sources) -> Option<Subject> {
        let (files, set, _) = support::checked(sources);
        let set = set?;
        let (plain, optimised) = support::lowered(&set);
        Some(Subject {
            plain: support::matcher(&plain, sources),
            optimised: support::matcher(&optimised, sources),
            scratch: Scratch::default(),
            searches: Searches::of(&set),
            today: set,
            before: BTreeMap::new(),
            files,
            sources: sources.clone(),
        })
    }

    /// What the model says of an item, if both matchers say the same; nothing if what was known makes
    /// no policy set.
    ///
    /// # Errors
    ///
    /// The difference, for a person to read.
    pub(crate) fn agree(
        &mut self,
        item: &Map<String, Value>,
        view: impl Into<View>,
    ) -> Result<Option<Outcome>, String> {
        let view = view.into();
        let set = match view.known_at {
            None => Some(&self.today),
            Some(known_at) => {
                let (files, sources) = (&self.files, &self.sources);
                let known = self.before.entry(known_at).or_insert_with(|| {
                    let files = as_known(files, known_at);
                    check::check(&files, sources).0
                });
                known.as_ref()
            }
        };
        let Some(set) = set else { return Ok(None) };
        let reference = Evaluator {
            set,
            item,
            at: view.at,
            listed: view.at.min(view.known_at.unwrap_or(i64::MAX)),
            known_at: view.known_at,
            searches: &mut self.searches,
        }
        .decide();
        let json = serde_json::to_vec(item).expect("an item");
        for (way, matcher) in [("optimised", &self.optimised), ("as lowered", &self.plain)] {
            let item = matcher.item(&json).expect("an item of the policy's fields");
            let as_of = view.as_of();
            let decision = matcher.decide_with(&mut self.scratch, &item, as_of);
            let found = Outcome::of(&decision);
            if found != reference {
                return Err(format!(
                    "at {as_of} the matcher ({way}) decides\n{found:#?}\nand the model says\n{reference:#?}"
                ));
            }
            let verdict = decision.verdict;
            if matcher.decide_verdict(&mut self.scratch, &item, as_of) != verdict {
                return Err(format!(
                    "at {as_of} the verdict alone is another one than {verdict}"
                ));
            }
            if decision.needs.is_empty() != decision.possible.is_empty() {
                return Err(format!(
                    "at {as_of} something is possible without a need, or the other way round"
                ));
            }
        }
        Ok(Some(reference))
    }
}

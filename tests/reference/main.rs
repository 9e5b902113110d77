//! Two opinions on random policies: the matcher, optimised and not, against an evaluator that knows
//! nothing of tables. A disagreement prints the policy, the item and the instant.

mod evaluate;
mod generate;
mod mentions;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use evaluate::{Evaluator, Outcome};
use interdict::model::PolicySet;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher};
use mentions::Searches;
use serde_json::{Map, Value};
use support::{Case, Random};

/// More of them: `INTERDICT_ROUNDS=100000 cargo test --test reference`.
fn rounds() -> usize {
    let given = std::env::var("INTERDICT_ROUNDS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(120)
}

fn by_matcher(matcher: &Matcher, item: &Map<String, Value>, at: i64) -> Outcome {
    let json = serde_json::to_vec(item).expect("an item");
    let item = matcher.item(&json).expect("an item of the policy's fields");
    let decision = matcher.decide(&item, Instant::from_unix_seconds(at));
    let strictest = decision.rules.iter().map(|rule| rule.verdict).max();
    assert_eq!(
        decision.rules.first().map(|rule| rule.verdict),
        strictest,
        "the first rule is the strictest"
    );
    let mut fired: Vec<_> = decision
        .rules
        .iter()
        .map(|rule| (rule.id.to_owned(), rule.reading.is_some()))
        .collect();
    fired.sort();
    Outcome {
        verdict: decision.verdict,
        fired,
        lifted: decision
            .lifted
            .iter()
            .map(|one| (one.id.to_owned(), one.by.to_owned()))
            .collect(),
        possible: decision
            .possible
            .iter()
            .map(|one| (one.id.to_owned(), one.verdict))
            .collect(),
        upcoming: decision
            .upcoming
            .iter()
            .map(|one| one.id.to_owned())
            .collect(),
    }
}

/// One policy, ready to be decided in three ways.
struct Subject {
    set: PolicySet,
    slow: Matcher,
    fast: Matcher,
    searches: Searches,
    text: String,
}

impl Subject {
    fn new(sources: &Sources, text: String) -> Option<Subject> {
        let set = support::checked(sources).1?;
        let (plain, optimised) = support::lowered(&set);
        let (slow, fast) = (
            support::matcher(&plain, sources),
            support::matcher(&optimised, sources),
        );
        let searches = Searches::of(&set);
        Some(Subject {
            set,
            slow,
            fast,
            searches,
            text,
        })
    }

    fn agree(&mut self, item: &Map<String, Value>, at: i64) -> Outcome {
        let reference = Evaluator {
            set: &self.set,
            item,
            at,
            searches: &mut self.searches,
        }
        .decide();
        for (way, matcher) in [("optimised", &self.fast), ("not optimised", &self.slow)] {
            let found = by_matcher(matcher, item, at);
            let shown = Value::Object(item.clone());
            let at = Instant::from_unix_seconds(at);
            assert_eq!(
                found, reference,
                "{way}; reference on the right\n{}\n{shown}\nat {at}",
                self.text
            );
        }
        reference
    }
}

#[test]
fn random_policies_are_decided_as_the_model_says() {
    let mut random = Random(7);
    let instants = generate::instants();
    let (mut policies, mut pairs, mut seen) = (0, 0, BTreeSet::new());
    let (mut lifted, mut upcoming) = (0, 0);
    for _ in 0..rounds() {
        let text = generate::policy(&mut random);
        let sources = Sources::from_texts([("x.policy", text.clone())]);
        let Some(mut subject) = Subject::new(&sources, text) else {
            continue;
        };
        policies += 1;
        for _ in 0..40 {
            let item = generate::item(&mut random);
            let outcome = subject.agree(&item, random.pick(&instants));
            pairs += 1;
            seen.insert(outcome.verdict);
            lifted += usize::from(!outcome.lifted.is_empty());
            upcoming += usize::from(!outcome.upcoming.is_empty());
        }
    }
    assert!(
        policies * 2 > rounds(),
        "only {policies} policies compile: the generator has gone astray"
    );
    assert!(pairs >= 2000.min(rounds() * 20), "{pairs} pairs");
    assert!(
        lifted > 10 && upcoming > 10,
        "{lifted} lifted, {upcoming} upcoming"
    );
    assert_eq!(seen.len(), 5, "some verdict never came up: {seen:?}");
}

#[test]
fn every_accepted_case_is_decided_as_the_model_says() {
    for path in support::cases("accept") {
        let case = Case::read(&path);
        let text = case
            .files
            .iter()
            .map(|(name, text)| format!("--- file {name}\n{text}"))
            .collect();
        let mut subject = Subject::new(&case.sources(), text).expect("a case that compiles");
        for record in &case.records {
            let record: Value = serde_json::from_str(record).expect("JSON");
            let at: Instant = record["at"]
                .as_str()
                .expect("at")
                .parse()
                .expect("an instant");
            let item = flat(&record["item"]);
            subject.agree(&item, at.unix_seconds());
        }
    }
}

/// An item with its paths in one piece, without missing values.
fn flat(item: &Value) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, value) in item.as_object().expect("an object") {
        match value {
            Value::Null => {}
            Value::Object(_) => out.extend(
                flat(value)
                    .into_iter()
                    .map(|(path, one)| (format!("{key}.{path}"), one)),
            ),
            value => {
                out.insert(key.replace('_', "-"), value.clone());
            }
        }
    }
    out
}

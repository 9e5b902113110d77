//! Two opinions: the matcher, optimised and not, against an evaluator that reads the model slowly and
//! knows nothing of tables. Random policies are put to both, and every accepted case.
//!
//! A failure is made small and says which seed brings it back:
//! `INTERDICT_SEED=… INTERDICT_PAIRS=1 cargo test --test reference`.

mod by_hand;
mod conditions;
mod consolidated;
mod decide;
mod diff;
mod generate;
mod known;
mod lift;
mod mentions;
mod mutants;
mod outcome;
mod proof;
mod shrink;
mod subject;
#[path = "../support/mod.rs"]
mod support;
mod time;
mod trial;
mod truth;

use std::cell::RefCell;
use std::collections::BTreeSet;

use interdict::source::Sources;
use interdict::vocabulary::{HEADS, RULES, clauses_of};
use interdict::{ast, parse};
use interdict_matcher::{Instant, Verdict};
use outcome::Outcome;
use serde_json::{Map, Value};
use shrink::try_seed;
use subject::{Subject, View};
use support::Case;
use trial::Trial;

/// A number that the environment gives.
fn given(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What came up, so that a generator that has gone astray is noticed.
#[derive(Debug, Default)]
struct Tally {
    pairs: u64,
    policies: u64,
    verdicts: BTreeSet<Verdict>,
    lifted: u64,
    upcoming: u64,
    possible: u64,
    withheld: u64,
    readings: u64,
    amended: u64,
    /// Asked by what was known before.
    earlier: u64,
    /// What was known before made no policy set.
    unknowable: u64,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        self.pairs += 1;
        self.verdicts.insert(outcome.verdict);
        self.lifted += u64::from(!outcome.lifted.is_empty());
        self.upcoming += u64::from(!outcome.upcoming.is_empty());
        self.possible += u64::from(!outcome.possible.is_empty());
        self.withheld += u64::from(outcome.fired.iter().any(|one| one.withheld));
        self.readings += u64::from(outcome.fired.iter().any(|one| one.reading.is_some()));
        self.amended += u64::from(outcome.fired.iter().any(|one| !one.amended_by.is_empty()));
    }
}

fn judge(trial: &Trial, tally: &mut Tally) -> Result<(), String> {
    // What does not compile after something was left out is no failure.
    let Some(mut subject) = Subject::new(&trial.sources()) else {
        return Ok(());
    };
    tally.policies += 1;
    for probe in &trial.probes {
        match subject.agree(&probe.item, probe.view())? {
            Some(outcome) => tally.count(&outcome),
            None => tally.unknowable += 1,
        }
        tally.earlier += u64::from(probe.known_at.is_some());
    }
    Ok(())
}

#[test]
fn random_policies_are_decided_as_the_model_says() {
    let pairs = given("INTERDICT_PAIRS", 10_000);
    let first = given("INTERDICT_SEED", 0);
    let tally = RefCell::new(Tally::default());
    let mut tried = 0;
    while tally.borrow().pairs < pairs {
        try_seed(first + tried, |trial| judge(trial, &mut tally.borrow_mut()));
        tried += 1;
        assert!(tried < pairs + 10, "hardly anything compiles");
    }
    let tally = tally.into_inner();
    println!("{tried} policies tried, {tally:?}");
    if pairs >= 10_000 {
        assert!(tally.unknowable * 2 < tally.earlier, "{tally:?}");
        assert!(tally.policies * 10 > tried * 9, "{tally:?} of {tried}");
        assert_eq!(tally.verdicts.len(), 5, "{tally:?}");
        let counts = [
            tally.lifted,
            tally.upcoming,
            tally.possible,
            tally.withheld,
            tally.readings,
            tally.amended,
            tally.earlier,
        ];
        assert!(counts.iter().all(|count| *count > pairs / 250), "{tally:?}");
    }
}

/// Statements and clauses that decide nothing, or that cannot be compiled yet.
fn is_silent(head: &str, clause: &str) -> bool {
    head == "test" || clause == "example"
}

#[test]
fn random_policies_hold_every_clause() {
    let mut written: BTreeSet<(&str, &str)> = BTreeSet::new();
    for seed in 0..400 {
        let trial = generate::trial(&mut support::Random(seed));
        for source in trial.sources().files() {
            for statement in parse::parse(source).0.statements {
                let head = word(&statement.head);
                written.insert((head, ""));
                written.extend(statement.clauses.iter().map(|one| (head, one.kind.words())));
            }
        }
    }
    let mut missing = Vec::new();
    for head in HEADS {
        let head_or_rule = if RULES.contains(&head) { "rule" } else { head };
        for clause in clauses_of(head).chain([""]) {
            let pair = (head_or_rule, clause);
            if !written.contains(&pair) && !is_silent(head, clause) && !missing.contains(&pair) {
                missing.push(pair);
            }
        }
    }
    assert!(missing.is_empty(), "never written: {missing:?}");
}

/// The word of a head; the five modalities are rules.
fn word(head: &ast::Head) -> &'static str {
    match head {
        ast::Head::Rule(..) => "rule",
        head => head.word(),
    }
}

#[test]
fn every_accepted_case_is_decided_as_the_model_says() {
    for path in support::cases("accept") {
        let case = Case::read(&path);
        let mut subject = Subject::new(&case.sources()).expect("a case that compiles");
        for record in &case.records {
            let record: Value = serde_json::from_str(record).expect("JSON");
            let instant = |key: &str| {
                let at = record[key].as_str();
                let at = at.map(|at| at.parse::<Instant>().expect("an instant"));
                at.map(Instant::unix_seconds)
            };
            let view = View {
                at: instant("at").expect("at"),
                known_at: instant("known_at"),
            };
            let item = flat(&record["item"]);
            if let Err(difference) = subject.agree(&item, view) {
                panic!("{}: {record}\n{difference}", path.display());
            }
        }
    }
}

/// The examples and tests of both shipped sets, each at its instant and the second before.
#[test]
fn every_shipped_example_is_decided_as_the_model_says() {
    for folder in ["rules", "rules/real"] {
        let sources = Sources::read(&[support::root().join(folder)]).expect("policies");
        let tests = interdict::build(&sources).0.expect("a set").tests;
        let mut subject = Subject::new(&sources).expect("a set that compiles");
        for test in tests {
            let item = test.item.to_string();
            let item = flat(&serde_json::from_str(&item).expect("JSON"));
            for at in [test.at - 1, test.at] {
                if let Err(difference) = subject.agree(&item, at) {
                    panic!("{folder}: {} at {at}\n{difference}", test.item);
                }
            }
        }
    }
}

/// Quoted texts are numbered as they come: where a rule is not known, its texts are not there.
#[test]
fn a_text_is_the_same_for_those_who_knew_less() {
    let policy = "\
extend r1 with category c1
  effective 2018-02-01
  where mentions \"token sale\"
ban category c2 effective 2018-05-01
  id r1
require category c3 effective 2018-02-01
  wording \"coin\"
";
    let sources = Sources::from_texts([("x.policy", policy)]);
    let mut subject = Subject::new(&sources).expect("a set that compiles");
    let item = serde_json::json!({"title": "token sale"});
    let item = item.as_object().expect("an object");
    let known = "2018-04-06T00:00:00Z".parse::<Instant>();
    let known = known.expect("an instant").unix_seconds();
    for (at, known_at) in [(known, None), (known + 1, Some(known))] {
        subject
            .agree(item, View { at, known_at })
            .expect("one opinion");
    }
}

/// An item with its paths in one piece, without missing values.
fn flat(item: &Value) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, value) in item.as_object().expect("an object") {
        match value {
            Value::Null => {}
            Value::Object(_) => {
                let inner = flat(value).into_iter();
                out.extend(inner.map(|(path, one)| (format!("{key}.{path}"), one)));
            }
            value => {
                out.insert(key.replace('_', "-"), value.clone());
            }
        }
    }
    out
}

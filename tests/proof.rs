//! What the search for items promises: what it shows is so, what it calls impossible never happens.

mod support;

use interdict::prove::{BUDGET, prove};
use interdict::solve::rules::{Window, fired, fires, nodes};
use interdict::solve::{Answer, Worlds};
use interdict::source::Sources;
use support::root;

#[test]
fn every_shipped_rule_has_an_item_that_it_fires_on() {
    let build = support::shipped().expect("rules that compile");
    let mut worlds = Worlds::new(&[(&build.program, &build.matcher)], BUDGET);
    for rule in &build.program.rules {
        let claims = fires(&build.program, 0, rule);
        let window = Window::certain(worlds.world(0), rule);
        let instants = window.instants([(worlds.world(0), nodes(rule).collect())]);
        let answer = worlds.find(instants[0], &claims, &|decisions| {
            fired(&decisions[0], rule)
        });
        let Answer::Found(witness) = answer else {
            panic!("{} {:?}: {answer:?}", rule.id, rule.reading);
        };
        let json = witness.to_string();
        let request = build.matcher.request(json.as_bytes()).expect("a request");
        let at = request.at.expect("an instant");
        assert!(
            fired(&build.matcher.decide(&request.item, at), rule),
            "{json}"
        );
    }
}

#[test]
fn nothing_is_left_open_in_the_shipped_rules() {
    for folder in ["rules", "rules/real"] {
        let sources = Sources::read(&[root().join(folder)]).expect("the rules");
        let build = interdict::build(&sources).0.expect("rules that compile");
        let proof = prove(&build.program, &build.matcher, &sources, BUDGET);
        let left = (proof.open.as_slice(), proof.refused);
        assert_eq!(left, ([].as_slice(), 0), "{folder}");
    }
}

#[test]
fn without_budget_everything_is_left_open_and_nothing_is_said() {
    let sources = Sources::read(&[root().join("rules")]).expect("the rules");
    let build = interdict::build(&sources).0.expect("rules that compile");
    let proof = prove(&build.program, &build.matcher, &sources, 0);
    assert_eq!(proof.findings, []);
    assert_eq!(proof.taken, 0);
    assert!(proof.refused >= build.program.rules.len() as u64);
}

/// Ages turn with the instant that is judged, and dates that are named do not.
#[test]
fn a_date_and_an_age_together_are_possible_for_a_while() {
    let policy = "
policy ages
  zone America/New_York

ban category a effective 2018-02-01
  id for-a-while
  where created before 2018-03-01 and created at most 90 days ago

ban category b effective 2018-07-01
  id too-late
  where created before 2018-03-01 and created at most 90 days ago

ban category c effective 2018-02-01
  id by-the-hour
  where created after 2018-06-01 and created over 36 hours ago and created below 40 hours ago

ban category d effective 2018-02-01
  id over
  where published is past and created after published

ban category e effective 2018-02-01
  id ages-clash
  where created over 3 days ago and created below 48 hours ago
";
    let sources = Sources::from_texts([("ages.policy", policy)]);
    let build = interdict::build(&sources).0.expect("rules that compile");
    let proof = prove(&build.program, &build.matcher, &sources, BUDGET);
    let messages: Vec<&str> = proof
        .findings
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "`ages/too-late` can never fire",
            "`ages/ages-clash` can never fire"
        ]
    );
    assert!(proof.open.is_empty(), "{:?}", proof.open);
}

/// An amended rule has two texts; an exception that begins with the second one is not idle.
#[test]
fn an_exception_may_belong_to_one_text_of_an_amended_rule() {
    let policy = "
policy coins

restrict category coins
  to seller.licences has first
  effective 2018-06-26
  id R

amend R effective 2021-12-01
  to seller.licences has second

exception late to R
  when seller.kind is bank
  effective 2021-12-01

exception idle to R
  when category is not coins
  effective 2021-12-01
";
    let sources = Sources::from_texts([("coins.policy", policy)]);
    let build = interdict::build(&sources).0.expect("rules that compile");
    let found = prove(&build.program, &build.matcher, &sources, BUDGET).findings;
    let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(messages, ["`coins/idle` never lifts `coins/R`"]);
}

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
    let sources = Sources::read(&[root().join("rules")]).expect("the rules");
    let build = interdict::build(&sources).0.expect("rules that compile");
    let proof = prove(&build.program, &build.matcher, &sources, BUDGET);
    assert_eq!((proof.open.as_slice(), proof.refused), ([].as_slice(), 0));
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

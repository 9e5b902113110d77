//! Accounts agree with decisions, and tell conditions in words of the language.

mod support;

use std::fs;

use interdict::parse;
use interdict::source::Sources;
use interdict_matcher::{Account, Asks, Decision, Instant, Matcher, Outcome, Part};
use support::{Case, root};

/// Matchers with the items that are decided by them, each with its instant.
fn corpus() -> Vec<(String, Matcher, Vec<String>)> {
    let mut corpus = Vec::new();
    for path in support::cases("accept") {
        let case = Case::read(&path);
        let sources = case.sources();
        let set = support::checked(&sources).1.expect("a case that compiles");
        for program in <[_; 2]>::from(support::lowered(&set)) {
            let matcher = support::matcher(&program, &sources);
            corpus.push((path.display().to_string(), matcher, case.records.clone()));
        }
    }
    let build = support::shipped().expect("the shipped rules");
    let matcher = Matcher::from_bytes(build.artifact).expect("a sound artifact");
    let items = fs::read_to_string(root().join("rules/items/listings.jsonl")).expect("items");
    let items = items.lines().map(str::to_owned).collect();
    corpus.push(("rules".to_owned(), matcher, items));
    corpus
}

fn each_account(mut check: impl FnMut(&str, &Account<'_>, &Decision<'_>)) {
    for (name, matcher, records) in corpus() {
        for record in records {
            let request = matcher.request(record.as_bytes()).expect("a record");
            let at: Instant = request.at.expect("an instant");
            let account = matcher.explain(&request.item, at);
            let decision = matcher.decide(&request.item, at);
            check(&format!("{name}: {record}"), &account, &decision);
        }
    }
}

/// The ids of the rules that something became of, sorted, each once.
fn ids<'a>(account: &Account<'a>, outcome: Outcome) -> Vec<&'a str> {
    let rules = account.rules.iter();
    let of = rules.filter(|rule| rule.outcome == outcome && !rule.idle);
    sorted(of.map(|rule| rule.rule.id).collect())
}

fn sorted(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn accounts_agree_with_decisions() {
    let mut seen = [0; 8];
    each_account(|name, account, decision| {
        assert_eq!(account.verdict, decision.verdict, "{name}");
        assert_eq!(account.needs, decision.needs, "{name}");
        let fired = account
            .rules
            .iter()
            .filter(|rule| rule.outcome == Outcome::Fired);
        let fired: Vec<_> = fired.map(|rule| &rule.rule).collect();
        assert_eq!(fired, decision.rules.iter().collect::<Vec<_>>(), "{name}");
        for (outcome, decided) in [
            (
                Outcome::Lifted,
                decision.lifted.iter().map(|one| one.id).collect(),
            ),
            (
                Outcome::Open,
                decision.possible.iter().map(|one| one.id).collect(),
            ),
            (
                Outcome::Upcoming,
                decision.upcoming.iter().map(|one| one.id).collect(),
            ),
        ] {
            assert_eq!(
                ids(account, outcome),
                sorted(decided),
                "{outcome:?}, {name}"
            );
        }
        for rule in &account.rules {
            seen[rule.outcome as usize] += 1;
        }
    });
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn a_lifted_rule_names_an_exception_that_holds() {
    each_account(|name, account, decision| {
        for lifted in &decision.lifted {
            let rules = account
                .rules
                .iter()
                .filter(|rule| rule.rule.id == lifted.id);
            let mut exceptions = rules.flat_map(|rule| &rule.exceptions);
            let holds = exceptions.any(|one| {
                one.id == lifted.by && one.condition.answer == interdict_matcher::Answer::Yes
            });
            assert!(holds, "{} by {}: {name}", lifted.id, lifted.by);
        }
    });
}

/// The words of every part of a condition, but for those that no condition of a policy can say.
fn worded<'p>(part: &'p Part<'_>, out: &mut Vec<&'p str>) {
    if !part.words.contains('…') && !is_ours(part) {
        out.push(&part.words);
    }
    part.parts.iter().for_each(|one| worded(one, out));
}

fn is_ours(part: &Part<'_>) -> bool {
    let whole = match part.asks {
        Asks::Nothing | Asks::InForce | Asks::During { .. } | Asks::Declares { .. } => true,
        _ => part.scope || part.words.starts_with("exactly "),
    };
    let is_opaque = matches!(part.asks, Asks::Category { .. });
    whole || (!is_opaque && part.parts.iter().any(is_ours))
}

#[test]
fn conditions_are_told_in_words_of_the_language() {
    let mut words: Vec<String> = Vec::new();
    each_account(|name, account, _| {
        // Terms there are called like words of the language.
        if name.contains("names-in-quotes") {
            return;
        }
        let mut found = Vec::new();
        for rule in &account.rules {
            worded(&rule.condition, &mut found);
            rule.exceptions
                .iter()
                .for_each(|one| worded(&one.condition, &mut found));
        }
        words.extend(found.into_iter().map(str::to_owned));
    });
    words.sort_unstable();
    words.dedup();
    assert!(words.len() > 200, "{} conditions", words.len());
    for one in words {
        let text = format!("ban anything effective 2018-04-17\n  where {one}\n");
        let sources = Sources::from_texts([("x.policy", text)]);
        let (_, found) = parse::parse(&sources.files()[0]);
        assert!(
            found.is_empty(),
            "{}",
            support::listed(&found, &sources) + &one
        );
    }
}

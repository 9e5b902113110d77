//! Accounts agree with decisions, and tell conditions in words of the language.

mod support;

use std::collections::BTreeSet;
use std::fs;

use interdict::parse;
use interdict::source::Sources;
use interdict_matcher::{Account, Aim, Asks, Decision, Instant, Matcher, Outcome, Part, Verdict};
use serde_json::{Map, Value};
use support::{Case, Random, root};

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
            let as_of = request.as_of(None, None).expect("an instant");
            let account = matcher.explain(&request.item, as_of);
            let decision = matcher.decide_as_of(&request.item, as_of);
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
        Asks::Nothing
        | Asks::InForce
        | Asks::Published
        | Asks::During { .. }
        | Asks::Declares { .. } => true,
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

// -------------------------------------------------------------------------------- changes

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

/// Does to the JSON of an item what the JSON of a change says.
fn changed(item: &Map<String, Value>, edits: &[Value]) -> Map<String, Value> {
    let mut item = item.clone();
    for edit in edits {
        let field = edit["field"].as_str().expect("a field").to_owned();
        match &edit["value"] {
            Value::Null => item.remove(&field),
            value => item.insert(field, value.clone()),
        };
    }
    item
}

fn decided(matcher: &Matcher, item: &Map<String, Value>, at: Instant) -> Verdict {
    let json = serde_json::to_vec(item).expect("JSON");
    let item = matcher.item(&json).expect("an item");
    matcher.decide(&item, at).verdict
}

/// What is cut out of a text stood in it, and what is left stands there in the same order.
fn is_cut(old: &str, new: &str) -> bool {
    let mut old = old.chars();
    new.chars().all(|c| old.any(|one| one == c))
}

/// What tells how often something came up.
#[derive(Debug, Default)]
struct Seen {
    kinds: BTreeSet<String>,
    pairs: usize,
    periods: usize,
    looser: usize,
    settled: usize,
    stricter: usize,
}

fn check_changes(
    matcher: &Matcher,
    item: &Map<String, Value>,
    at: Instant,
    aim: Aim,
    seen: &mut Seen,
) {
    let json = serde_json::to_vec(item).expect("JSON");
    let read = matcher.item(&json).expect("an item");
    let before = matcher.decide(&read, at).verdict;
    let changes = matcher.changes(&read, at, aim);
    let shown = || format!("{} at {at}\n{changes:#?}", Value::Object(item.clone()));
    let told = serde_json::to_value(&changes).expect("JSON");
    for (change, told) in changes
        .changes
        .iter()
        .zip(told["changes"].as_array().expect("changes"))
    {
        let edits = told["edits"].as_array().expect("edits");
        assert_eq!(
            decided(matcher, &changed(item, edits), at),
            change.verdict,
            "{}",
            shown()
        );
        assert_ne!(change.verdict, before, "{}", shown());
        match aim.toward {
            Some(toward) => assert_eq!(change.verdict, toward, "{}", shown()),
            None => seen.looser += usize::from(change.verdict < before),
        }
        seen.settled += usize::from(aim.toward.is_none() && change.verdict > before);
        seen.stricter += usize::from(aim.toward.is_some() && change.verdict > before);
        seen.pairs += usize::from(edits.len() > 1);
        // Nothing in a change is idle: without an edit the verdict is another.
        for at_edit in 0..edits.len() {
            let mut fewer = edits.clone();
            fewer.remove(at_edit);
            let same_field = edits
                .iter()
                .any(|one| one["field"] == edits[at_edit]["field"] && *one != edits[at_edit]);
            let verdict = decided(matcher, &changed(item, &fewer), at);
            assert!(same_field || verdict != change.verdict, "{}", shown());
        }
        for edit in edits {
            seen.kinds
                .insert(edit["does"].as_str().expect("a kind").to_owned());
            if edit["does"] == "drop" {
                let field = edit["field"].as_str().expect("a field");
                let [old, new] =
                    [&item[field], &edit["value"]].map(|one| one.as_str().expect("a text"));
                assert!(is_cut(old, new) && old.len() > new.len(), "{}", shown());
            }
        }
    }
    for period in &changes.periods {
        seen.periods += 1;
        assert_ne!(period.verdict, before, "{}", shown());
        let last = period.until.map(|until| until.unix_seconds() - 1);
        let last = last.map(Instant::from_unix_seconds);
        for one in period.from.into_iter().chain(last) {
            assert_eq!(
                decided(matcher, item, one),
                period.verdict,
                "{one}\n{}",
                shown()
            );
        }
        let nearest = match period
            .until
            .filter(|until| until.unix_seconds() <= at.unix_seconds())
        {
            Some(until) => until,
            None => Instant::from_unix_seconds(period.from.expect("a start").unix_seconds() - 1),
        };
        assert_eq!(
            decided(matcher, item, nearest),
            before,
            "{nearest}\n{}",
            shown()
        );
    }
}

#[test]
fn every_change_that_is_told_gives_the_verdict_that_it_promises() {
    let (mut seen, mut random) = (Seen::default(), Random(5));
    for (_, matcher, records) in corpus() {
        for record in records {
            let record: Value = serde_json::from_str(&record).expect("JSON");
            let at: Instant = record["at"]
                .as_str()
                .expect("at")
                .parse()
                .expect("an instant");
            let item = flat(&record["item"]);
            let toward = [None]
                .into_iter()
                .chain(Verdict::ALL.iter().copied().map(Some));
            for toward in toward {
                let aim = Aim {
                    toward,
                    place: toward == Some(Verdict::Review),
                    trials: 150,
                };
                check_changes(&matcher, &item, at, aim, &mut seen);
            }
            // An item that says less, so that more is unknown.
            let mut poorer = item.clone();
            poorer.retain(|_, _| !random.once_in(3));
            check_changes(&matcher, &poorer, at, Aim::default(), &mut seen);
        }
    }
    let kinds = [
        "be",
        "be-not",
        "declare",
        "declare-not",
        "drop",
        "give",
        "join",
        "leave",
        "mention",
        "mention-not",
        "omit",
        "pass",
    ];
    assert_eq!(seen.kinds, kinds.map(str::to_owned).into(), "{seen:?}");
    let counts = [
        seen.pairs,
        seen.periods,
        seen.looser,
        seen.settled,
        seen.stricter,
    ];
    assert!(counts.iter().all(|count| *count > 10), "{seen:?}");
}

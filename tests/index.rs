//! The inverted index against the account of a decision, which asks every rule: hundreds of rules
//! about numbers, dates, yes and no, and what is missing, on items about their limits.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use interdict::compile;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher, Outcome, Scratch};
use serde_json::{Map, Value, json};
use support::Random;

const RULES: usize = 300;
const ITEMS: usize = 60;
const POLICIES: u64 = 12;
const AT: i64 = 1_600_000_000;

const PLATFORMS: [&str; 3] = ["taobao", "tmall", "ebay"];

fn question(random: &mut Random) -> String {
    let number = ["-1", "0", "0.5", "1", "2", "7", "40", "1000000"];
    let day = ["2018-01-31", "2018-02-01", "2018-02", "2019-12-31"];
    let instant = ["2018-01-31T12:00", "2018-02-01T00:00"];
    let path = random.pick(&["n", "m", "price.amount"]);
    let date = random.pick(&["created", "published"]);
    match random.below(12) {
        0..5 => {
            let test = random.pick(&["over", "below", "at least", "at most", "is", "is not"]);
            format!("{path} {test} {}", random.pick(&number))
        }
        5..7 => {
            let (low, high) = (random.below(60), random.below(60));
            format!("{path} at least {low} and {path} below {high}")
        }
        7 => format!(
            "{date} {} {}",
            random.pick(&["before", "after", "is", "is not"]),
            random.pick(&day)
        ),
        8 => format!(
            "{date} {} {}",
            random.pick(&["before", "after"]),
            random.pick(&instant)
        ),
        9 => format!("flag is {}", random.pick(&["yes", "no", "not yes"])),
        10 => format!("{path} is {}known", random.pick(&["", "not "])),
        _ => format!("tags has {}", random.pick(&["a", "b"])),
    }
}

fn condition(random: &mut Random) -> String {
    let (one, other) = (question(random), question(random));
    match random.below(6) {
        0 | 1 => one,
        2 | 3 => format!("({one}) and ({other})"),
        4 => format!("({one}) or ({other})"),
        _ => format!("not (({one}) or ({other}))"),
    }
}

/// Bans, whose conditions are narrow, so that many items meet none of them and leave some open; and
/// reviews.
fn rule(random: &mut Random) -> (&'static str, String) {
    if random.once_in(4) {
        let path = random.pick(&["n", "m", "price.amount"]);
        let (least, date) = (random.below(60), random.pick(&["created", "published"]));
        let band = format!("{path} at least {least} and {path} below {}", least + 2);
        let month = random.pick(&["2018-01", "2018-02"]);
        return ("ban", format!("{band} and {date} is {month}"));
    }
    ("review", condition(random))
}

fn policy(random: &mut Random) -> String {
    let mut out =
        String::from("policy p\n\nfield n is number\nfield m is number\nfield flag is yes-no\n");
    for number in 0..RULES {
        let (verdict, condition) = rule(random);
        let _ = writeln!(out, "\n{verdict} anything effective 2018-01-01");
        let _ = writeln!(out, "  id r{number}");
        if random.once_in(2) {
            let _ = writeln!(out, "  on {}", random.pick(&PLATFORMS));
        }
        let _ = writeln!(out, "  where {condition}");
    }
    out
}

fn item(random: &mut Random) -> Value {
    let mut item = Map::new();
    let mut put = |random: &mut Random, path: &str, value: Value| {
        if random.below(5) > 0 {
            item.insert(path.to_owned(), value);
        }
    };
    for path in ["n", "m", "price.amount"] {
        let limits = [
            -1.5, -1.0, -0.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 7.0, 39.9, 40.0, 1e6, 1e300,
        ];
        let number = match random.below(2) {
            0 => random.pick(&limits),
            _ => random.below(60) as f64,
        };
        put(random, path, json!(number));
    }
    let dates = [
        "2018-01-30",
        "2018-01-31",
        "2018-02-01",
        "2018-02-28",
        "2018-03-01",
        "2020-01-01",
        "2018-01-31T12:00:00Z",
        "2018-01-31T11:59:59Z",
        "2018-02-01T00:00:00Z",
        "2018-02-28T23:59:59Z",
        "2018-03-01T00:00:00Z",
        "1960-01-01T00:00:00Z",
    ];
    for path in ["created", "published"] {
        let date = random.pick(&dates);
        put(random, path, json!(date));
    }
    let flag = random.below(2) == 0;
    put(random, "flag", json!(flag));
    let platform = random.pick(&PLATFORMS);
    put(random, "platform", json!(platform));
    let tags = [json!([]), json!(["a"]), json!(["a", "b"])];
    let tags = tags[random.below(3)].clone();
    put(random, "tags", tags);
    Value::Object(item)
}

#[test]
fn what_fires_or_is_open_is_looked_at() {
    let at = Instant::from_unix_seconds(AT);
    let mut scratch = Scratch::default();
    let (mut fired, mut open) = (0, 0);
    for seed in 0..POLICIES {
        let mut random = Random(seed);
        let text = policy(&mut random);
        let build = compile(&Sources::from_texts([("p.policy", text.clone())]));
        let artifact = build
            .artifact
            .unwrap_or_else(|| panic!("{:?}", build.diagnostics));
        let matcher = Matcher::from_bytes(artifact).expect("an artifact");
        for _ in 0..ITEMS {
            let json = serde_json::to_vec(&item(&mut random)).expect("JSON");
            let item = matcher.item(&json).expect("an item");
            let account = matcher.explain(&item, at);
            let of = |outcome| {
                let rules = account.rules.iter();
                let rules = rules.filter(move |one| one.outcome == outcome && !one.idle);
                rules.map(|one| one.rule.id).collect::<BTreeSet<_>>()
            };
            let decision = matcher.decide_with(&mut scratch, &item, at);
            let rules: BTreeSet<_> = decision.rules.iter().map(|one| one.id).collect();
            let possible: BTreeSet<_> = decision.possible.iter().map(|one| one.id).collect();
            let shown = String::from_utf8_lossy(&json);
            assert_eq!(rules, of(Outcome::Fired), "seed {seed}: {shown}\n{text}");
            assert_eq!(possible, of(Outcome::Open), "seed {seed}: {shown}\n{text}");
            assert_eq!(
                matcher.decide_verdict(&mut scratch, &item, at),
                account.verdict
            );
            (fired, open) = (fired + rules.len(), open + possible.len());
        }
    }
    assert!(fired > 1000 && open > 1000, "{fired} fired, {open} open");
}

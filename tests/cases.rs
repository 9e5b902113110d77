//! Every policy under `tests/cases`, and what a user sees of it.
//!
//! `reject/SLUG.policy` → the diagnostics; its records are innocent texts. `accept/NAME.policy` → the tables that it becomes, and the
//! decision for each of its records. A case needs no Rust: write the file, run
//! `INSTA_UPDATE=always cargo test --test cases`, read the new snapshot, commit both.

mod support;

use std::fmt::Write as _;

use interdict::diagnostic::{Code, has_errors};
use interdict::prove::BUDGET;
use interdict::source::Sources;
use interdict::{compile, examine, render};
use interdict_matcher::{Decision, Instant, Matcher};
use support::Case;

#[test]
fn reject() {
    let mut problems = Vec::new();
    insta::glob!("cases/reject/*.policy", |path| {
        let slug = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let case = Case::read(path);
        let sources = case.sources();
        let (found, proof) = examine(&sources, Some(BUDGET), &case.benign());
        let shown = render::text(&found.diagnostics, &sources, false);
        if !proof.open.is_empty() {
            problems.push(format!("{slug}: left open: {:?}", proof.open));
        } else if !Code::ALL.iter().any(|code| code.slug() == slug) {
            problems.push(format!("`{slug}` is no diagnostic"));
        } else if !found.diagnostics.iter().any(|one| one.code.slug() == slug) {
            problems.push(format!("`{slug}` does not occur in its case:\n{shown}"));
        } else if found.artifact.is_none() != has_errors(&found.diagnostics) {
            problems.push(format!(
                "{slug}: an artifact in spite of errors, or none without"
            ));
        } else {
            insta::assert_snapshot!(shown);
        }
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn every_diagnostic_has_a_case() {
    let cases = support::cases("reject");
    let has = |code: &Code| {
        cases
            .iter()
            .any(|path| path.file_stem().is_some_and(|stem| stem == code.slug()))
    };
    let without: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !has(code))
        .map(|code| code.slug())
        .collect();
    assert!(
        without.is_empty(),
        "no tests/cases/reject/SLUG.policy for: {without:?}"
    );
}

#[test]
fn accept() {
    let mut problems = Vec::new();
    insta::glob!("cases/accept/*.policy", |path| {
        let case = Case::read(path);
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if let Some(problem) = problem(&case) {
            problems.push(format!("{name}: {problem}"));
            return;
        }
        let sources = case.sources();
        let set = support::checked(&sources).1.expect("a case that compiles");
        let (plain, optimised) = support::lowered(&set);
        let (slow, fast) = (
            support::matcher(&plain, &sources),
            support::matcher(&optimised, &sources),
        );
        let mut shown = optimised.to_string();
        for record in &case.records {
            let (decision, slowly) = (decide(&fast, record), decide(&slow, record));
            if decision != slowly {
                problems.push(format!(
                    "{name}: not optimised, {record} is decided\n{slowly}"
                ));
            }
            write!(shown, "\n> {record}\n{decision}\n").expect("strings take text");
        }
        insta::assert_snapshot!(shown);
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// The case compiles and its examples hold, formatting twice is formatting once, and the formatted
/// policy is the same artifact.
fn problem(case: &Case) -> Option<String> {
    let sources = case.sources();
    let before = compile(&sources);
    if before.artifact.is_none() {
        return Some(support::listed(&before.diagnostics, &sources));
    }
    let Some(once) = case.formatted() else {
        return Some("does not parse".to_owned());
    };
    let Some(twice) = once.formatted() else {
        return Some("does not parse when formatted".to_owned());
    };
    if once.files != twice.files {
        return Some(format!(
            "formatted twice:\n{:#?}\n{:#?}",
            once.files, twice.files
        ));
    }
    let same = compile(&once.sources()).artifact == before.artifact;
    (!same).then(|| format!("another artifact when formatted:\n{:#?}", once.files))
}

/// The decision as JSON, without the artifact's id, which every change of the format changes.
fn decide(matcher: &Matcher, record: &str) -> String {
    let request = matcher
        .request(record.as_bytes())
        .unwrap_or_else(|error| panic!("{record}: {error}"));
    let as_of = request.as_of(None, None);
    let as_of = as_of.unwrap_or_else(|| panic!("{record}: no `at`"));
    shown(&matcher.decide_as_of(&request.item, as_of))
}

fn shown(decision: &Decision<'_>) -> String {
    let json = serde_json::to_string_pretty(decision).expect("decisions are JSON");
    let lines: Vec<&str> = json
        .lines()
        .filter(|line| !line.starts_with("  \"matcher\":"))
        .collect();
    lines.join("\n").replace(",\n}", "\n}")
}

/// An item decides alike whichever way its fields are written.
#[test]
fn nested_and_flat_fields_are_one_item() {
    let text =
        "ban anything effective 2018-04-17 where price.amount over 10 and seller.country is CN";
    let artifact = compile(&Sources::from_texts([("x.policy", text)]))
        .artifact
        .expect("a whole policy");
    let matcher = Matcher::from_bytes(artifact).expect("a sound artifact");
    let at = Instant::from_unix_seconds(1_600_000_000);
    for item in [
        r#"{"price": {"amount": 11}, "seller": {"country": "CN"}}"#,
        r#"{"price.amount": 11, "seller.country": "CN"}"#,
    ] {
        let item = matcher.item(item.as_bytes()).expect("an item");
        assert_eq!(matcher.decide(&item, at).verdict.word(), "ban");
    }
}

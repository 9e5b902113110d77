//! Every policy under `tests/cases`, and what a user sees of it.
//!
//! `reject/SLUG.policy` → the diagnostics. `accept/NAME.policy` → the tables that it becomes, and the
//! decision for each of its records. A case needs no Rust: write the file, run
//! `INSTA_UPDATE=always cargo test --test cases`, read the new snapshot, commit both.

mod support;

use std::fmt::Write as _;

use interdict::diagnostic::{Code, has_errors};
use interdict::source::Sources;
use interdict::{compile, render};
use interdict_matcher::{Decision, Instant, Matcher};
use support::Case;

#[test]
fn reject() {
    insta::glob!("cases/reject/*.policy", |path| {
        let slug = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let sources = Case::read(path).sources();
        let found = compile(&sources);
        let codes: Vec<&str> = found
            .diagnostics
            .iter()
            .map(|one| one.code.slug())
            .collect();
        let code = Code::ALL.iter().find(|code| code.slug() == slug);
        let code = code.unwrap_or_else(|| panic!("`{slug}` is no diagnostic"));
        let shown = render::text(&found.diagnostics, &sources, false);
        assert!(
            codes.contains(&code.slug()),
            "{slug} does not occur:\n{shown}"
        );
        assert_eq!(
            found.artifact.is_none(),
            has_errors(&found.diagnostics),
            "{slug}"
        );
        insta::assert_snapshot!(shown);
    });
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
    insta::glob!("cases/accept/*.policy", |path| {
        let case = Case::read(path);
        let sources = case.sources();
        let (_, set, diagnostics) = support::checked(&sources);
        let listed = support::listed(&diagnostics, &sources);
        let set = set.unwrap_or_else(|| panic!("{} does not compile:\n{listed}", path.display()));
        let (plain, optimised) = support::lowered(&set);
        let (slow, fast) = (
            support::matcher(&plain, &sources),
            support::matcher(&optimised, &sources),
        );
        let mut shown = optimised.to_string();
        for record in &case.records {
            let decision = decide(&fast, record);
            assert_eq!(
                decision,
                decide(&slow, record),
                "optimised and not, {record}"
            );
            write!(shown, "\n> {record}\n{decision}\n").expect("strings take text");
        }
        layout_changes_nothing(&case, &sources);
        insta::assert_snapshot!(shown);
    });
}

/// Formatting twice is formatting once, and the formatted policy is the same artifact.
fn layout_changes_nothing(case: &Case, sources: &Sources) {
    let once = case.formatted().expect("a case that parses");
    let twice = once.formatted().expect("a formatted case still parses");
    assert_eq!(once.files, twice.files, "formatting twice");
    let (before, after) = (compile(sources), compile(&once.sources()));
    assert!(
        before.artifact.is_some(),
        "{}",
        support::listed(&before.diagnostics, sources)
    );
    assert!(
        before.artifact == after.artifact,
        "another artifact after formatting:\n{:?}",
        once.files
    );
}

/// The decision as JSON, without the artifact's id, which every change of the format changes.
fn decide(matcher: &Matcher, record: &str) -> String {
    let request = matcher
        .request(record.as_bytes())
        .unwrap_or_else(|error| panic!("{record}: {error}"));
    let at = request.at.unwrap_or_else(|| panic!("{record}: no `at`"));
    shown(&matcher.decide(&request.item, at))
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

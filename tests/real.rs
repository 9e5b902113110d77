//! The real rules under `rules/real`: one file a rule, and `docs/coverage.md` that tells what became of
//! each. The table, the heads of the files and the counts say the same; every rule is shown on both sides.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use interdict::ast::{self, ClauseKind, Given, Head};
use interdict::judge::try_test;
use interdict::source::{Source, Sources};
use interdict::{compile, diagnostic, parse};
use jiff::tz::TimeZone;
use support::{listed, root};

const FOLDER: &str = "rules/real";

fn sources() -> Sources {
    Sources::read(&[root().join(FOLDER)]).expect("the real rules")
}

/// The files that state a rule, by the rule's id; the others are vocabulary.
fn files(sources: &Sources) -> BTreeMap<String, &Source> {
    let named = sources.files().iter().filter_map(|file| {
        let (id, _) = file.name.split_once('-')?;
        let is_rule = id.len() == 3 && id.starts_with('R');
        is_rule.then(|| (id.to_owned(), file))
    });
    let named: Vec<(String, &Source)> = named.collect();
    let by_id: BTreeMap<String, &Source> = named.iter().cloned().collect();
    assert_eq!(by_id.len(), named.len(), "one file a rule");
    by_id
}

/// The comment that opens a file, without its signs.
fn head(file: &Source) -> Vec<&str> {
    let lines = file.text.lines().map_while(|line| line.strip_prefix('#'));
    lines.map(str::trim).collect()
}

/// A row of the table in `docs/coverage.md`.
struct Row {
    name: String,
    stated: String,
    missing: String,
}

fn page() -> String {
    fs::read_to_string(root().join("docs/coverage.md")).expect("docs/coverage.md")
}

fn rows(page: &str) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| R")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [id, name, stated, needed, missing] = cells.as_slice() else {
            panic!("five cells a row: {line}");
        };
        assert!(!needed.is_empty(), "{id}: what it needed");
        let row = Row {
            name: (*name).to_owned(),
            stated: (*stated).to_owned(),
            missing: missing.trim_end_matches([' ', '|']).to_owned(),
        };
        assert!(
            rows.insert((*id).to_owned(), row).is_none(),
            "{id} stands twice"
        );
    }
    rows
}

#[test]
fn every_file_has_its_row_and_says_the_same() {
    let (sources, page) = (sources(), page());
    let (files, rows) = (files(&sources), rows(&page));
    for (id, row) in &rows {
        let stated = files.contains_key(id);
        assert_eq!(stated, row.stated != "not stated", "{id} in {FOLDER}");
    }
    for (id, file) in &files {
        let row = rows.get(id).unwrap_or_else(|| panic!("no row for {id}"));
        let head = head(file);
        let first = format!("{id} · {} · {}", row.name, row.stated);
        assert_eq!(head.first(), Some(&first.as_str()), "{}", file.name);
        let missing = head.iter().any(|line| line.starts_with("Missing: "));
        match row.stated.as_str() {
            "whole" => assert!(!missing, "{id} is whole, and something is missing"),
            "in part" => assert!(missing && !row.missing.is_empty(), "{id}: what is missing"),
            other => panic!("{id}: {other}"),
        }
        let books = head.iter().any(|line| line.starts_with("Books: "));
        let fields = file.text.lines().any(|line| line.starts_with("field "));
        assert!(books || !fields, "{id} does not say what its fields are");
        assert_eq!(
            books,
            row.missing.contains("books:"),
            "{id}: the books in the table"
        );
    }
}

#[test]
fn the_counts_are_right() {
    let page = page();
    let rows = rows(&page);
    let count = |stated: &str| rows.values().filter(|row| row.stated == stated).count();
    let (whole, part, open) = (count("whole"), count("in part"), count("not stated"));
    let told = format!(
        "Of {} rules {} are stated, {whole} of them whole and {part} in part; {open} are not stated.",
        rows.len(),
        whole + part
    );
    assert!(page.contains(&told), "docs/coverage.md should say: {told}");
}

#[test]
fn every_rule_is_shown_on_both_sides() {
    let sources = sources();
    for (id, file) in files(&sources) {
        let (parsed, _) = parse::parse(file);
        let mut instants = 0;
        for statement in &parsed.statements {
            let examples = statement.clauses.iter().filter_map(|one| match &one.kind {
                ClauseKind::Example(example) => Some(example),
                _ => None,
            });
            let examples: Vec<_> = examples.collect();
            instants += examples.iter().filter(|one| one.at.is_some()).count();
            let Head::Rule(verdict, _) = statement.head else {
                continue;
            };
            let (line, _) = file.line_column(statement.span.start);
            let shown: BTreeSet<_> = examples.iter().map(|one| one.verdict).collect();
            assert!(
                shown.contains(&verdict) && shown.len() > 1,
                "{}:{line}: shown as {shown:?} alone",
                file.name
            );
            let bound = |one: &ast::Clause| matches!(one.kind, ClauseKind::Targeting(_));
            let elsewhere = |one: &&ast::Example| match &one.given {
                Given::Item(item) => item.fields.iter().any(|(path, _)| path.value == "market"),
                Given::Title(_) => false,
            };
            assert!(
                !statement.clauses.iter().any(bound) || examples.iter().any(elsewhere),
                "{}:{line}: not shown in another market",
                file.name
            );
        }
        assert!(instants > 0, "{id} is shown at one instant alone");
    }
}

/// The instants at which a file's examples and tests are judged, as clocks of its zone show them.
fn instants(parsed: &ast::File) -> Vec<i64> {
    let clauses = parsed.statements.iter().flat_map(|one| &one.clauses);
    let given = clauses.filter_map(|one| match &one.kind {
        ClauseKind::Example(example) => example.at,
        ClauseKind::At(when) => Some(*when),
        _ => None,
    });
    given.map(|when| when.value.start(&TimeZone::UTC)).collect()
}

/// What starts on a day is shown within the day before, and what ends is shown on both sides of its end.
#[test]
fn every_day_is_shown_from_both_sides() {
    const DAY: i64 = 24 * 60 * 60;
    let sources = sources();
    let mut unseen = Vec::new();
    for file in files(&sources).values() {
        let (parsed, _) = parse::parse(file);
        let shown = instants(&parsed);
        let within = |from: i64, to: i64| shown.iter().any(|at| (from..to).contains(at));
        let acts = parsed.statements.iter();
        let acts = acts.filter(|one| !matches!(one.head, Head::Law(..) | Head::Reaffirm(..)));
        for clause in acts.flat_map(|one| &one.clauses) {
            let seen = match &clause.kind {
                ClauseKind::Effective(when) => {
                    let start = when.value.start(&TimeZone::UTC);
                    within(start - DAY, start)
                }
                ClauseKind::Through(when) | ClauseKind::Before(when) => {
                    let end = match &clause.kind {
                        ClauseKind::Through(_) => when.value.end(&TimeZone::UTC),
                        _ => when.value.start(&TimeZone::UTC),
                    };
                    within(end - DAY, end) && within(end, end + DAY)
                }
                _ => true,
            };
            if !seen {
                let (line, _) = file.line_column(clause.span.start);
                unseen.push(format!("{}:{line}", file.name));
            }
        }
    }
    assert!(unseen.is_empty(), "not shown from both sides: {unseen:#?}");
}

#[test]
fn every_exception_is_shown_at_work() {
    let build = interdict::build(&sources()).0.expect("rules that compile");
    let mut shown = BTreeSet::new();
    for test in &build.tests {
        let seen = try_test(&build.matcher, test, |_, decision| {
            let lifted = decision.lifted.iter();
            lifted
                .map(|one| (one.id.to_owned(), one.by.to_string()))
                .collect::<Vec<_>>()
        });
        shown.extend(seen.expect("an item"));
    }
    let stated = build.program.rules.iter().flat_map(|rule| {
        let exceptions = rule.exceptions.iter();
        exceptions.map(|(by, _)| (rule.id.clone(), by.clone()))
    });
    let unseen: BTreeSet<_> = stated.filter(|one| !shown.contains(one)).collect();
    assert!(unseen.is_empty(), "never lifts in an example: {unseen:#?}");
}

/// Where words decide, an example shows them as written and another one disguised.
#[test]
fn words_are_shown_disguised_too() {
    let sources = sources();
    let build = interdict::build(&sources).0.expect("rules that compile");
    let mut seen: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for test in &build.tests {
        let file = sources.file(test.span.file).expect("a file");
        let ways = try_test(&build.matcher, test, |_, decision| {
            let evidence = decision.rules.iter().flat_map(|rule| &rule.evidence);
            let ways = evidence.map(|one| one.folds.names().next().is_some());
            ways.collect::<Vec<_>>()
        });
        let ways = ways.expect("an item");
        if !ways.is_empty() {
            seen.entry(&file.name).or_default().extend(ways);
        }
    }
    let plain = seen.iter().filter(|(_, ways)| ways.len() < 2);
    let plain: Vec<_> = plain.map(|(name, _)| name).collect();
    assert!(plain.is_empty(), "words shown in one way alone: {plain:?}");
}

#[test]
fn the_real_rules_compile_and_their_tests_pass() {
    let sources = sources();
    let found = compile(&sources).diagnostics;
    let shown = listed(&found, &sources);
    assert!(!diagnostic::has_errors(&found), "{shown}");
    let Some(program) = option_env!("CARGO_BIN_EXE_interdict") else {
        return;
    };
    let ran = Command::new(program)
        .args(["test", FOLDER])
        .current_dir(root())
        .output()
        .expect("the program runs");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}

#[test]
fn the_founding_set_knows_nothing_of_them() {
    let founding = Sources::read(&[root().join("rules")]).expect("the founding rules");
    assert_eq!(founding.apart(), [root().join(FOLDER)]);
    assert!(
        founding
            .files()
            .iter()
            .all(|file| !file.name.starts_with("real/"))
    );
}

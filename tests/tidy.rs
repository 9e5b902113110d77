//! What the architecture promises of the source itself.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use interdict::diagnostic::Code;
use interdict::vocabulary::{HEADS, all_clauses};
use support::root;

/// A module uses only modules above it.
const ORDER: [&str; 29] = [
    "source",
    "witness",
    "diagnostic",
    "vocabulary",
    "moment",
    "calendar",
    "ast",
    "parse",
    "fields",
    "fold",
    "text_index",
    "model",
    "check",
    "ir",
    "lower",
    "optimize",
    "emit",
    "collision",
    "collide",
    "format",
    "consolidate",
    "judge",
    "disguise",
    "solve",
    "prove",
    "diff",
    "render",
    "lib",
    "main",
];

const LONGEST_FILE: usize = 450;

/// Every Rust file of the repository, relative to its root, with its text.
fn rust_files() -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = ["src", "crates", "tests", "fuzz", "bench"]
        .map(|part| root().join(part))
        .into();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            let entries = fs::read_dir(&path).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = relative(&path);
            files.push((name, fs::read_to_string(&path).expect("a file of text")));
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    let parts = path
        .strip_prefix(root())
        .expect("a path below the root")
        .components();
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// The lines of code, numbered, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or("")));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// The module that a file of the compiler belongs to.
fn module(name: &str) -> Option<&str> {
    let name = name.strip_prefix("src/")?;
    let first = name.split('/').next()?.trim_end_matches(".rs");
    Some(if first == "commands" { "main" } else { first })
}

/// The modules that a line names after `crate::`; what stands in `lib.rs` itself is `lib`.
fn used(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for piece in text.split("crate::").skip(1) {
        let names = match piece.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').collect(),
            None => vec![piece],
        };
        for name in names {
            let name = name.trim();
            let end = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            let item = name.starts_with(char::is_uppercase);
            used.push(if item {
                "lib".to_owned()
            } else {
                name[..end].to_owned()
            });
        }
    }
    used.retain(|name| !name.is_empty());
    used
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn data_flows_one_way() {
    let place = |module: &str| ORDER.iter().position(|one| *one == module);
    let mut problems = Vec::new();
    for (name, text) in rust_files() {
        let Some(own) = module(&name) else { continue };
        let Some(here) = place(own) else {
            problems.push(format!(
                "{name}: the module `{own}` has no place in the order"
            ));
            continue;
        };
        let text: Vec<&str> = code(&text).map(|(_, line)| line).collect();
        for other in used(&text.join(" ")) {
            match place(&other) {
                Some(there) if there <= here => {}
                Some(_) => {
                    problems.push(format!("{name} uses `{other}`, which stands below `{own}`"))
                }
                None if own == "main" => {}
                None => problems.push(format!(
                    "{name} uses `{other}`, which has no place in the order"
                )),
            }
        }
    }
    problems.sort();
    problems.dedup();
    report(&problems);
}

#[test]
fn lib_lists_every_module_in_the_order() {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let declared = text
        .lines()
        .filter_map(|line| line.trim_end_matches(';').strip_prefix("pub mod "));
    let declared: BTreeSet<&str> = declared.collect();
    let order: BTreeSet<&str> = ORDER
        .into_iter()
        .filter(|one| !matches!(*one, "lib" | "main"))
        .collect();
    assert_eq!(declared, order);
}

/// Lines of code that hold a word, outside the files that may.
fn forbid(words: &[&str], allowed: impl Fn(&str) -> bool) {
    let mut problems = Vec::new();
    for (name, text) in rust_files().into_iter().filter(|(name, _)| !allowed(name)) {
        for (line, code) in code(&text) {
            for word in words.iter().filter(|word| code.contains(**word)) {
                problems.push(format!("{name}:{line}: `{word}`"));
            }
        }
    }
    report(&problems);
}

fn is_test(name: &str) -> bool {
    name.starts_with("tests/")
        || name.contains("/tests/")
        || name.starts_with("fuzz/")
        || name.starts_with("bench/")
        || name.ends_with("tests.rs")
}

#[test]
fn only_parse_knows_pest() {
    forbid(&["pest::", "pest_derive"], |name| {
        name.starts_with("src/parse/") || is_test(name)
    });
}

#[test]
fn only_the_command_line_prints_or_exits() {
    forbid(&["println!", "print!", "process::exit"], |name| {
        name.starts_with("src/commands/")
            || name.ends_with("/main.rs")
            || name.ends_with("/build.rs")
            || is_test(name)
    });
}

#[test]
fn only_files_instructions_and_the_boundary_to_c_are_unsafe() {
    forbid(&["unsafe ", "unsafe{", "unsafe("], |name| {
        name == "crates/interdict-matcher/src/bytes.rs"
            || name.starts_with("crates/interdict-matcher/src/text/vector/")
            || name.starts_with("crates/interdict-c/src/boundary/")
            || name == "tests/tidy.rs"
    });
}

#[test]
fn the_runtime_does_not_know_the_compiler() {
    let manifest =
        fs::read_to_string(root().join("crates/interdict-matcher/Cargo.toml")).expect("a manifest");
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or("");
    let own = dependencies.split("\n[").next().unwrap_or("");
    for line in own.lines() {
        assert!(
            !line.starts_with("interdict") && !line.starts_with("pest"),
            "{line}"
        );
    }
}

#[test]
fn nothing_is_left_undone() {
    let words = [
        concat!("dbg", "!("),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let mut problems = Vec::new();
    for (name, text) in rust_files() {
        for (line, text) in text.lines().enumerate() {
            let found = words.iter().filter(|word| text.contains(**word));
            problems.extend(found.map(|word| format!("{name}:{}: `{word}`", line + 1)));
        }
    }
    report(&problems);
}

#[test]
fn no_file_is_too_long() {
    let files = rust_files().into_iter();
    let lengths = files.map(|(name, text)| (name, text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > LONGEST_FILE);
    report(
        &long
            .map(|(name, lines)| format!("{name} has {lines} lines"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_diagnostic_has_a_page() {
    let pages =
        fs::read_to_string(root().join("docs/diagnostics.md")).expect("docs/diagnostics.md");
    let headings: Vec<&str> = pages
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(str::trim)
        .collect();
    let named = |slug: &str| {
        headings
            .iter()
            .any(|heading| heading.trim_matches('`') == slug)
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.slug())
        .filter(|slug| !named(slug))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/diagnostics.md has no section on {missing:?}"
    );
}

// ------------------------------------------------------------------------- grammar and vocabulary

/// The right side of a rule of the grammar, on one line, without comments.
fn definition<'a>(grammar: &'a str, rule: &str) -> &'a str {
    let start = format!("{rule} = ");
    let at = grammar.split('\n').filter(|line| {
        line.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .starts_with(&start)
    });
    let line = at
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("the grammar has no rule `{rule}`"));
    let offset = line.as_ptr() as usize - grammar.as_ptr() as usize;
    let text = &grammar[offset..];
    &text[text.find('{').map_or(0, |at| at + 1)
        ..text
            .find("\n}")
            .unwrap_or(text.len())
            .min(end_of_line(text))]
}

/// Where a rule on one line ends; the length of the text if it goes on.
fn end_of_line(text: &str) -> usize {
    let line = text.find('\n').unwrap_or(text.len());
    if text[..line].trim_end().ends_with('}') {
        text[..line].rfind('}').unwrap_or(line)
    } else {
        text.len()
    }
}

/// The words of a keyword's rule: `no later than`.
fn words(grammar: &str, keyword: &str) -> String {
    let body = definition(grammar, keyword);
    body.split('"')
        .skip(1)
        .step_by(2)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The ways in which a rule begins: the keywords up to the first thing that is none.
fn beginnings(grammar: &str, rule: &str) -> Vec<String> {
    if rule.starts_with("kw_") {
        return vec![words(grammar, rule)];
    }
    let body = definition(grammar, rule);
    let mut said = String::new();
    for part in body.split('~').map(str::trim) {
        if part.starts_with('(') && said.is_empty() {
            let ways = part.trim_matches(['(', ')']).split('|').map(str::trim);
            return ways.map(|way| words(grammar, way)).collect();
        }
        if part.starts_with("kw_") && part.ends_with('?') {
            continue;
        }
        if !part.starts_with("kw_") {
            if said.is_empty() {
                let ways = definition(grammar, part).split('|').map(str::trim);
                return ways.map(|way| words(grammar, way)).collect();
            }
            break;
        }
        said = format!("{said} {}", words(grammar, part)).trim().to_owned();
    }
    vec![said]
}

fn alternatives(grammar: &str, rule: &str) -> BTreeSet<String> {
    let ways = definition(grammar, rule).split('|').map(str::trim);
    ways.flat_map(|way| beginnings(grammar, way)).collect()
}

#[test]
fn the_grammar_and_the_vocabulary_hold_the_same_words() {
    let grammar = fs::read_to_string(root().join("grammar/policy.pest")).expect("the grammar");
    let heads: BTreeSet<String> = HEADS.iter().map(|&head| head.to_owned()).collect();
    assert_eq!(alternatives(&grammar, "head"), heads);
    let clauses: BTreeSet<String> = all_clauses().map(str::to_owned).collect();
    assert_eq!(alternatives(&grammar, "clause"), clauses);
}

/// A clause that stands after a list of names must not begin with what could be a name.
#[test]
fn every_statement_begins_with_a_reserved_word() {
    let grammar = fs::read_to_string(root().join("grammar/policy.pest")).expect("the grammar");
    let reserved: BTreeSet<&str> = definition(&grammar, "reserved")
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    let missing: Vec<&&str> = HEADS
        .iter()
        .filter(|head| !reserved.contains(**head))
        .collect();
    assert!(missing.is_empty(), "not reserved: {missing:?}");
}

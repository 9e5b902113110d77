//! The documents say what the program does: policies in them compile, commands exist, lists are whole.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use interdict::diagnostic::{Code, has_errors};
use interdict::prove::BUDGET;
use interdict::source::Sources;
use interdict::{compile, examine, parse, render, text_index};
use interdict_matcher::{Folds, Matcher};
use support::root;

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a document: the words after the fence, and the text.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        found.push((info.to_owned(), body.join("\n") + "\n"));
    }
    found
}

fn blocks_of(text: &str, info: &str) -> Vec<String> {
    let blocks = blocks(text).into_iter();
    blocks
        .filter(|(found, _)| found == info)
        .map(|(_, body)| body)
        .collect()
}

fn headings(text: &str, level: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if !fenced && let Some(heading) = line.strip_prefix(level) {
            found.push(heading.trim().to_owned());
        }
    }
    found
}

/// The one policy of the README, under the name that its messages show.
fn worked_policy() -> (String, Sources) {
    let readme = read("README.md");
    let policies = blocks_of(&readme, "policy");
    assert_eq!(policies.len(), 1, "README.md works one policy");
    (
        readme,
        Sources::from_texts([("taobao.policy", policies[0].clone())]),
    )
}

// ---------------------------------------------------------------------------------- README.md

#[test]
fn the_policy_of_the_readme_compiles_and_decides_as_it_says() {
    let (readme, sources) = worked_policy();
    let (compiled, proof) = examine(&sources, Some(BUDGET), &[]);
    assert_eq!(proof.open, [""; 0]);
    let shown = render::text(&compiled.diagnostics, &sources, false);
    assert!(compiled.diagnostics.is_empty(), "{shown}");
    let matcher = Matcher::from_bytes(compiled.artifact.expect("an artifact")).expect("a matcher");
    let title = "I.C.O 白 皮 书 写作";
    assert!(readme.contains(title));
    let json = format!(r#"{{"platform": "taobao", "title": "{title}"}}"#);
    let item = matcher.item(json.as_bytes()).expect("an item");
    let decision = matcher.decide(
        &item,
        "2018-04-18T12:00:00+08:00".parse().expect("an instant"),
    );
    assert_eq!(decision.verdict.word(), "ban");
    let primary = decision.rules.first().expect("a rule");
    let found: Vec<&str> = primary.evidence.iter().map(|one| one.text).collect();
    let marked = found.iter().fold(title.to_owned(), |title, one| {
        title.replace(one, &format!("«{one}»"))
    });
    assert!(readme.contains(&marked), "{marked}");
    for one in &primary.evidence {
        let folds = format!("{} by {}", one.term, one.folds);
        assert!(readme.contains(&folds), "{folds}");
    }
    assert!(readme.contains(&format!(
        "rule      {} · ban · platform · since {}",
        primary.id, primary.effective
    )));
}

#[test]
fn the_message_of_the_readme_is_the_compilers() {
    let (readme, sources) = worked_policy();
    let text = sources.files()[0].text.replace(
        "example allow \"ICO 白皮书 图书\"",
        "example ban \"ICO 白皮书 图书\"",
    );
    let sources = Sources::from_texts([("taobao.policy", text)]);
    let shown = render::text(&compile(&sources).diagnostics, &sources, false);
    let shown = shown.trim_end();
    assert!(
        shown.contains("failing-example"),
        "the example does not fail:\n{shown}"
    );
    assert!(readme.contains(shown), "README.md should show:\n{shown}");
}

#[test]
fn the_headings_of_the_readme_are_in_order() {
    let wanted = [
        "A worked policy",
        "Try it",
        "Install",
        "Commands",
        "Library",
        "Other languages",
        "Figures",
        "Where to read next",
        "Licence",
    ];
    assert_eq!(headings(&read("README.md"), "## "), wanted);
}

#[test]
fn the_readme_gives_two_commands() {
    let readme = read("README.md");
    let from = readme.find("## Try it").expect("the heading");
    let commands = blocks_of(&readme[from..], "sh");
    assert_eq!(
        commands.first().map(String::as_str),
        Some(
            "cargo run --release -- decide rules rules/items/listings.jsonl\ncargo test --workspace\n"
        )
    );
    assert!(root().join("rules/items/listings.jsonl").exists());
}

#[test]
fn the_snippet_of_the_readme_is_the_one_that_is_compiled() {
    let readme = read("README.md");
    let snippets = blocks_of(&readme, "rust");
    let library = read("crates/interdict-matcher/src/lib.rs");
    let documented: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    for line in snippets[0].lines().map(str::trim) {
        let frame = line.starts_with("fn main") || matches!(line, "" | "}" | "Ok(())");
        assert!(
            frame || documented.contains(&line),
            "not in the documentation of interdict-matcher: {line}"
        );
    }
}

/// The command line, if it was built.
fn help(arguments: &[&str]) -> Option<String> {
    let output = Command::new(option_env!("CARGO_BIN_EXE_interdict")?)
        .args(arguments)
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_commands_of_the_readme_exist_with_their_options() {
    let Some(all) = help(&["--help"]) else { return };
    let listed = all
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let listed: Vec<&str> = listed
        .filter_map(|line| line.split_whitespace().next())
        .filter(|one| *one != "help")
        .collect();
    let readme = read("README.md");
    let rows: Vec<&str> = readme
        .lines()
        .filter(|line| line.starts_with("| `interdict "))
        .collect();
    let named: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split([' ', '`']).nth(3))
        .collect();
    assert_eq!(named, listed);
    for (row, command) in rows.iter().zip(named) {
        let help = help(&[command, "--help"]).unwrap_or_default();
        let options = row
            .split([' ', '`', '|'])
            .filter(|word| word.starts_with('-') && word.len() > 1);
        for option in options {
            assert!(
                help.contains(option),
                "`interdict {command}` has no {option}:\n{help}"
            );
        }
    }
}

// ---------------------------------------------------------------------------------- docs/

#[test]
fn the_policies_of_the_language_page_parse() {
    let policies = blocks_of(&read("docs/language.md"), "policy");
    assert!(policies.len() >= 5, "the page shows policies");
    for policy in policies {
        let sources = Sources::from_texts([("language.policy", policy.clone())]);
        let (_, found) = parse::parse(&sources.files()[0]);
        assert!(
            found.is_empty(),
            "{}",
            render::text(&found, &sources, false)
        );
    }
}

#[test]
fn every_page_on_a_diagnostic_shows_it_and_its_mend() {
    let page = read("docs/diagnostics.md");
    let slugs: Vec<&str> = Code::ALL.iter().map(|code| code.slug()).collect();
    assert_eq!(
        headings(&page, "## "),
        slugs,
        "one section a kind, in the order of src/diagnostic.rs"
    );
    for section in page.split("\n## ").skip(1) {
        let slug = section.lines().next().unwrap_or("");
        let code = Code::ALL
            .iter()
            .find(|code| code.slug() == slug)
            .expect("a kind");
        assert!(
            section.contains(code.meaning()),
            "{slug}: the page does not say: {}",
            code.meaning()
        );
        for (info, policy) in blocks(section) {
            let sources = Sources::from_texts([("page.policy", policy)]);
            let found = examine(&sources, Some(BUDGET), &[]).0.diagnostics;
            let shown = render::text(&found, &sources, false);
            let reported = found.iter().any(|one| one.code == *code);
            match info.as_str() {
                "policy bad" => assert!(reported, "{slug} is not reported:\n{shown}"),
                "policy good" => {
                    assert!(!reported && !has_errors(&found), "{slug}, mended:\n{shown}")
                }
                _ => {}
            }
        }
    }
}

/// The rows of a table whose last column begins with yes, no or *not*, by the name in the first one.
fn fold_rows(page: &str) -> Vec<(String, bool)> {
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| `")?.split(" | ").collect();
        let name = cells.first()?.strip_suffix('`')?;
        let last = cells.last()?.trim_end_matches([' ', '|']);
        let known = name == "exact" || Folds::from_name(name).is_some();
        let answer = last.starts_with("yes") || last.starts_with("no") || last.starts_with("*not");
        (known && answer).then(|| (name.to_owned(), last.starts_with("yes")))
    });
    rows.collect()
}

#[test]
fn the_pages_name_the_folds_that_work() {
    for page in ["docs/language.md", "docs/matching.md"] {
        let rows = fold_rows(&read(page));
        assert_eq!(rows.len(), 12, "{page} lists every fold: {rows:?}");
        for (name, works) in rows {
            let fold = Folds::from_name(&name).expect("a fold");
            assert_eq!(
                text_index::supported().contains(fold),
                works,
                "{page}: does `{name}` work?"
            );
        }
    }
}

/// What the program says of a title under the README's policy, or nothing if it was not built.
fn explained(title: &str) -> Option<String> {
    let program = option_env!("CARGO_BIN_EXE_interdict")?;
    let folder = tempfile::tempdir().expect("a folder");
    let policy = &blocks_of(&read("README.md"), "policy")[0];
    let item = format!(r#"{{"platform": "taobao", "title": "{title}"}}"#);
    for (name, text) in [("taobao.policy", policy), ("item.json", &item)] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let arguments = "explain taobao.policy item.json --at 2018-04-18T12:00:00+08:00";
    let output = Command::new(program)
        .args(arguments.split(' '))
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn accounts_in_the_documents_are_the_programs() {
    let Some(shown) = explained("I.CO. 白皮书 写作") else {
        return;
    };
    let pages = blocks_of(&read("docs/explain.md"), "text");
    assert!(
        pages.contains(&shown),
        "docs/explain.md should show:\n{shown}"
    );
    let shown = explained("I.C.O 白 皮 书 写作").unwrap_or_default();
    let mut blocks = blocks_of(&read("README.md"), "text").into_iter();
    let changes = blocks.find(|block| block.starts_with("What would change"));
    let changes = changes.expect("what would change the verdict");
    assert!(
        shown.ends_with(&changes),
        "README.md should show the end of:\n{shown}"
    );
}

// ---------------------------------------------------------------------------------- the map

#[test]
fn the_map_names_every_module() {
    let map = read("ARCHITECTURE.md");
    for folder in ["src", "crates/interdict-matcher/src"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
                continue;
            };
            let named = ["", ".rs", "/"]
                .iter()
                .any(|end| map.contains(&format!("`{name}{end}`")));
            assert!(
                named || name == "mod",
                "ARCHITECTURE.md says nothing of {}",
                path.display()
            );
        }
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/language.md",
        "docs/diagnostics.md",
        "docs/explain.md",
        "docs/coverage.md",
        "docs/artifact.md",
        "docs/embedding.md",
        "tests/conformance/README.md",
    ] {
        let text = read(name);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let (file, _) = link.split_once('#').unwrap_or((link, ""));
            let beside = root()
                .join(name)
                .parent()
                .unwrap_or(Path::new(""))
                .join(file);
            assert!(
                file.is_empty() || file.contains("://") || beside.exists(),
                "{name}: {link}"
            );
        }
    }
}

#[test]
fn people_and_ci_run_the_same_lines() {
    let (just, ci) = (read("justfile"), read(".ci/run"));
    let recipe = |name: &str| -> Vec<String> {
        let lines = just
            .lines()
            .skip_while(|line| *line != format!("{name}:"))
            .skip(1);
        lines
            .take_while(|line| line.starts_with("    "))
            .map(|line| line.trim().to_owned())
            .collect()
    };
    for name in ["test", "layout", "clippy", "docs", "library", "rules"] {
        let lines = recipe(name);
        assert!(!lines.is_empty(), "the justfile has no `{name}`");
        for line in lines {
            let plain = line
                .strip_prefix("RUSTDOCFLAGS=\"-D warnings\" ")
                .unwrap_or(&line);
            assert!(
                ci.lines().any(|one| one.contains(plain)),
                ".ci/run does not run `{line}`"
            );
        }
    }
}

//! The conformance corpus: policy sets, what is asked of them, and the answers that every face gives.
//!
//! A file of `tests/conformance` is a set: a line that asks, then the line that answers it, and so on;
//! `tests/conformance/README.md` says how a face reads them. The artifacts are compiled from the cases
//! and from `rules`, so that a change of the format changes no file of the corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use interdict::source::Sources;
use serde_json::{Value, json};

use super::{Case, cases, listed, root};

/// A policy set and what is asked of it.
pub(crate) struct Set {
    /// Where it stands below `tests/conformance`, without an ending.
    pub(crate) name: String,
    /// The artifact.
    pub(crate) artifact: Vec<u8>,
    /// One request a line.
    pub(crate) questions: Vec<String>,
}

/// Requests that no matcher decides: each is answered by the reason.
const REFUSED: [&str; 18] = [
    "",
    "{",
    "[]",
    "null",
    "\"taobao\"",
    "{\"title\": \"x\"}",
    "{\"title\": \"\\ud800\", \"at\": \"2018-04-18T00:00:00Z\"}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"item\": {\"title\": 1}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"item\": {\"price\": {\"amount\": \"1\"}}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"item\": {\"created\": \"yesterday\"}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"item\": {\"title\": \"a\", \"title\": \"b\"}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"title\": \"x\", \"item\": {}}",
    "{\"at\": \"2018-04-18T00:00:00\", \"item\": {}}",
    "{\"at\": \"2018-04-18\", \"item\": {}}",
    "{\"at\": 1524009600, \"item\": {}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"known_at\": \"then\", \"item\": {}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"at\": \"2018-04-18T00:00:00Z\", \"item\": {}}",
    "{\"at\": \"2018-04-18T00:00:00Z\", \"item\": {}} {}",
];

/// What an old artifact is asked; it stays as it was written.
const PUBLISHED: [&str; 4] = [
    r#"{}"#,
    r#"{"platform": "taobao", "title": "1C0 paper; a good ICO, ICO fee favicon 代币发行", "seller": {"name": "a"}}"#,
    r#"{"platform": "taobao", "category": ["papers", "books", "medals"], "created": "2018-04-17", "seller": {"name": "b", "kind": "press"}, "price": {"amount": 200}}"#,
    r#"{"title": "x", "description": "I.C.O paper", "seller": {"kind": "shop"}, "category": []}"#,
];

const INSTANTS: [&str; 3] = [
    "1970-01-01T00:00:00Z",
    "2018-04-17T12:40:00.25+08:00",
    "2020-09-13T12:26:40Z",
];

/// All sets, by name.
pub(crate) fn sets() -> Vec<Set> {
    let mut sets: Vec<Set> = cases("accept")
        .iter()
        .map(|path| {
            let case = Case::read(path);
            let stem = path.file_stem().expect("a name").to_string_lossy();
            let build = built(&case.sources());
            Set {
                name: format!("cases/{stem}"),
                artifact: build.artifact,
                questions: case.records,
            }
        })
        .collect();
    let listings = fs::read_to_string(root().join("rules/items/listings.jsonl"));
    let listings = listings.expect("the listings");
    let rules = shipped("rules", listings.lines().map(str::to_owned).collect());
    sets.push(Set {
        name: "refused".to_owned(),
        artifact: rules.artifact.clone(),
        questions: REFUSED.map(str::to_owned).into(),
    });
    sets.push(rules);
    sets.push(shipped("rules/real", Vec::new()));
    sets.push(published());
    sets.sort_by(|one, other| one.name.cmp(&other.name));
    sets
}

fn built(sources: &Sources) -> interdict::Build {
    let (build, diagnostics) = interdict::build(sources);
    build.unwrap_or_else(|| panic!("{}", listed(&diagnostics, sources)))
}

/// A folder of rules, asked what its own examples and tests ask.
fn shipped(folder: &str, mut questions: Vec<String>) -> Set {
    let sources = Sources::read(&[root().join(folder)]).expect("a folder of rules");
    let build = built(&sources);
    questions.extend(build.tests.iter().map(|test| {
        let as_of = test.as_of();
        let mut request = json!({"at": as_of.at.to_string(), "item": test.item});
        if let Some(known_at) = as_of.known_at {
            request["known_at"] = Value::String(known_at.to_string());
        }
        request.to_string()
    }));
    Set {
        name: folder.replace('/', "-"),
        artifact: build.artifact,
        questions,
    }
}

fn published() -> Set {
    let bytes = fs::read(root().join("tests/artifacts/v1.matcher"));
    let ask = |item| INSTANTS.map(|at| format!(r#"{{"at": "{at}", "item": {item}}}"#));
    Set {
        name: "published-v1".to_owned(),
        artifact: bytes.expect("the published artifact"),
        questions: PUBLISHED.into_iter().flat_map(ask).collect(),
    }
}

/// The folder of the corpus.
pub(crate) fn folder() -> PathBuf {
    root().join("tests/conformance")
}

/// What the corpus asks and answers, by the name of the set.
pub(crate) fn read() -> BTreeMap<String, Vec<(String, String)>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder()) {
        let path = entry.expect("an entry").into_path();
        if path.extension().is_none_or(|end| end != "jsonl") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a set");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len().is_multiple_of(2), "{}", path.display());
        let pairs = lines.chunks(2);
        let pairs = pairs.map(|pair| (pair[0].to_owned(), pair[1].to_owned()));
        let below = path.strip_prefix(folder()).expect("a path below");
        let name = below
            .with_extension("")
            .to_string_lossy()
            .replace('\\', "/");
        found.insert(name, pairs.collect());
    }
    found
}

/// An answer as the corpus keeps it: the content id, which every change of the format changes, is cut
/// out of a decision; a reason why there is none is an object of its own.
pub(crate) fn kept(answer: Result<String, String>, content_id: &str) -> String {
    match answer {
        Ok(decision) => {
            decision.replace(&format!("\"matcher\":\"{content_id}\""), "\"matcher\":\"\"")
        }
        Err(reason) => json!({ "error": reason }).to_string(),
    }
}

//! What once made the compiler or the matcher panic, hang or overflow, and must not again.
//!
//! Found by fuzzing or by tests; each file says what was wrong. `fuzz/regressions/load` holds what
//! stands behind the header of an artifact, as the fuzz target `load` reads it.

mod support;

use std::fs;
use std::path::PathBuf;

use interdict::source::Sources;
use interdict::{compile, parse};
use interdict_matcher::{Instant, Matcher};

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = support::root().join("fuzz/regressions").join(target);
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != ".gitkeep"));
    paths.sort();
    paths
}

/// Runs on every input and names those that panic.
fn replay(target: &str, run: impl Fn(Vec<u8>) + std::panic::RefUnwindSafe) {
    let failing = inputs(target).into_iter().filter(|path| {
        let bytes = fs::read(path).expect("an input");
        std::panic::catch_unwind(|| run(bytes)).is_err()
    });
    let failing: Vec<PathBuf> = failing.collect();
    assert!(failing.is_empty(), "{failing:#?}");
}

fn sources(bytes: &[u8]) -> Sources {
    Sources::from_texts([("x.policy", String::from_utf8_lossy(bytes).into_owned())])
}

#[test]
fn parse_regressions() {
    replay("parse", |bytes| {
        let sources = sources(&bytes);
        parse::parse(&sources.files()[0]);
    });
}

#[test]
fn compile_regressions() {
    replay("compile", |bytes| {
        compile(&sources(&bytes));
    });
}

#[test]
fn load_regressions() {
    replay("load", |bytes| {
        let mut artifact = b"INTRDICT\x01\0\0\0\0\0\0\0".to_vec();
        artifact.extend_from_slice(blake3::hash(&bytes).as_bytes());
        artifact.extend_from_slice(&bytes);
        let Ok(matcher) = Matcher::from_bytes(artifact) else {
            return;
        };
        let json =
            br#"{"platform": "taobao", "title": "1C0 paper; I.C.O", "category": ["papers"]}"#;
        let Ok(item) = matcher.item(json) else { return };
        matcher.decide(&item, Instant::from_unix_seconds(1_523_940_000));
    });
}

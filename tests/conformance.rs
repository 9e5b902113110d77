//! The runtime gives the answers of `tests/conformance`, byte for byte, as every other face does.
//!
//! The files are written anew by `INTERDICT_WRITE_CONFORMANCE=1 cargo test --test conformance`, and the
//! artifacts that they ask by `INTERDICT_WRITE_MATCHERS=FOLDER cargo test --test conformance`.

#[path = "support/compiled.rs"]
mod compiled;
#[path = "support/signed.rs"]
mod signed;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use interdict_matcher::{Given, Matcher, Scratch};
use interdict_sign::{PublicKey, Refusal, Trust};
use support::conformance::{Set, folder, kept, read, sets};

/// Compiled once for all tests.
static SETS: LazyLock<Vec<Set>> = LazyLock::new(sets);

type Corpus = BTreeMap<String, Vec<(String, String)>>;

fn asked(sets: &[Set]) -> Corpus {
    let answers = |set: &Set| {
        let matcher = Matcher::from_bytes(set.artifact.clone()).expect("a sound artifact");
        let (id, mut scratch) = (matcher.content_id_hex(), Scratch::default());
        let questions = set.questions.iter();
        let pairs = questions.map(|question| {
            let answer = matcher.decide_json(&mut scratch, question.as_bytes(), Given::default());
            let answer = kept(answer.map_err(|error| error.to_string()), &id);
            (question.clone(), answer)
        });
        (set.name.clone(), pairs.collect())
    };
    sets.iter().map(answers).collect()
}

fn write(file: &Path, bytes: &[u8]) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
    fs::write(file, bytes).expect("a file");
}

#[test]
fn the_runtime_answers_as_the_corpus_says() {
    let sets = &*SETS;
    if let Some(target) = std::env::var_os("INTERDICT_WRITE_MATCHERS") {
        for set in sets {
            let name = format!("{}.matcher", set.name);
            write(&Path::new(&target).join(name), &set.artifact);
        }
    }
    let found = asked(sets);
    if std::env::var_os("INTERDICT_WRITE_CONFORMANCE").is_some() {
        for name in read().keys() {
            fs::remove_file(folder().join(format!("{name}.jsonl"))).expect("a set to replace");
        }
        for (name, pairs) in &found {
            let lines = pairs
                .iter()
                .map(|(ask, answer)| format!("{ask}\n{answer}\n"));
            let text: String = lines.collect();
            write(&folder().join(format!("{name}.jsonl")), text.as_bytes());
        }
    }
    let corpus = read();
    let names = |corpus: &Corpus| corpus.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&corpus),
        names(&found),
        "INTERDICT_WRITE_CONFORMANCE=1 writes the sets anew"
    );
    for (name, pairs) in &corpus {
        assert_eq!(pairs, &found[name], "{name}");
    }
}

#[test]
fn what_has_the_form_of_json_is_read_as_json_is() {
    for set in &*SETS {
        let matcher = Matcher::from_bytes(set.artifact.clone()).expect("a sound artifact");
        for question in &set.questions {
            let value = &mut serde_json::Deserializer::from_str(question);
            match matcher.request(question.as_bytes()) {
                Ok(request) => assert_eq!(matcher.request_from(value).unwrap(), request),
                Err(_) if serde_json::from_str::<serde_json::Value>(question).is_err() => {}
                Err(error) => {
                    let found = matcher.request_from(value).unwrap_err();
                    assert_eq!(found.to_string(), error.to_string(), "{question}");
                }
            }
        }
    }
}

#[test]
fn the_verdict_alone_and_the_account_agree_with_the_decision() {
    for set in &*SETS {
        let matcher = Matcher::from_bytes(set.artifact.clone()).expect("a sound artifact");
        let scratch = &mut Scratch::default();
        for (place, question) in set.questions.iter().enumerate() {
            let json = question.as_bytes();
            let Ok(decision) = matcher.decide_json(scratch, json, Given::default()) else {
                continue;
            };
            let verdict = matcher.verdict_json(scratch, json, Given::default());
            let starts = format!("{{\"verdict\":\"{}\"", verdict.expect("a verdict"));
            assert!(decision.starts_with(&starts), "{question}: {starts}");
            // An account looks at every rule, where a decision looks at a few.
            if place % 8 != 0 {
                continue;
            }
            let account = matcher.explain_json(json, Given::default());
            let account = account.expect("an account");
            assert!(account.starts_with(&starts), "{question}: {starts}");
        }
    }
}

#[test]
fn the_compiler_gives_an_artifact_or_says_why_not() {
    let trials = compiled::trials();
    for trial in &trials {
        let failed = trial.text.contains("error[");
        assert_eq!(trial.found.artifact.is_none(), failed, "{}", trial.text);
        let set = trial.name.replace("accept/", "cases/");
        if let Some(set) = SETS.iter().find(|one| one.name == set) {
            let same = trial.found.artifact.as_ref() == Some(&set.artifact);
            assert!(same, "{}: {}", trial.name, trial.text);
        }
    }
    if let Some(target) = std::env::var_os("INTERDICT_WRITE_MATCHERS") {
        compiled::write(&Path::new(&target).join("compiled"), &trials);
    }
}

/// What comes of a trial in Rust, in the words of the C ABI.
fn trusted(trial: &signed::Trial, path: &Path) -> (&'static str, String) {
    let trust = PublicKey::all_in(&trial.public_key).map(Trust::new);
    match trust.and_then(|trust| trust.since(trial.least_version).open(path)) {
        Ok((_, release)) => ("ok", release.version.to_string()),
        Err(refusal) => {
            let status = match &refusal {
                Refusal::Unsigned(_) | Refusal::NoSignature => "unsigned",
                Refusal::Older { .. } => "older",
                Refusal::BadKey(_) => "bad key",
                Refusal::OtherKey | Refusal::Wrong | Refusal::Unreadable(_) => "untrusted",
                other => panic!("{other}"),
            };
            (status, refusal.to_string())
        }
    }
}

#[test]
fn the_runtime_trusts_as_the_trials_say() {
    let artifact = |name| {
        &SETS
            .iter()
            .find(|set| set.name == name)
            .expect("a set")
            .artifact
    };
    let trials = signed::trials(artifact("published-v1"), artifact("refused"));
    let folder = tempfile::tempdir().expect("a folder");
    signed::write(folder.path(), &trials);
    if let Some(target) = std::env::var_os("INTERDICT_WRITE_MATCHERS") {
        signed::write(&Path::new(&target).join("signed"), &trials);
    }
    for trial in &trials {
        let path = folder.path().join(format!("{}.matcher", trial.name));
        let (status, says) = trusted(trial, &path);
        assert!(
            trial.came_to(status, &says),
            "{}: {status}: {says}",
            trial.name
        );
    }
}

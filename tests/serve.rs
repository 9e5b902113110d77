//! `interdict serve`, as the program runs: its answers beside those of `interdict decide`.

#![cfg(unix)]

#[path = "support/served.rs"]
mod served;
mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use served::{AT, Served, compiled, interdict, post};
use support::root;
use tempfile::TempDir;

#[test]
fn its_answers_are_those_of_decide_byte_for_byte_and_a_signal_ends_it() {
    let folder = TempDir::new().expect("a folder");
    let artifact = compiled(&folder);
    let items = "rules/items/listings.jsonl";
    let decided = interdict(&["decide", &artifact, items, "--at", AT]).output();
    let decided = String::from_utf8(decided.expect("the program").stdout).expect("text");
    // The folder that holds it does as well.
    let served = Served::start(&folder.path().display().to_string(), &[]);
    let text = std::fs::read_to_string(root().join(items)).expect("items");
    assert_eq!(served.post("/v1/decide:batch", &text), decided);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let singly: String = lines.map(|line| served.post("/v1/decide", line)).collect();
    assert_eq!(singly, decided);

    let log = served.stop();
    assert!(log.contains("\"message\":\"stopped\""), "{log}");
}

/// Killed while clients ask: every answer that anybody got is in the log, whose lines are whole once
/// the server has started again.
#[test]
fn a_kill_loses_no_decision_that_was_answered() {
    let folder = TempDir::new().expect("a folder");
    let artifact = compiled(&folder);
    let log = folder.path().join("log").display().to_string();
    let mut answered = Vec::new();
    for round in 0..3 {
        let mut served = Served::start(&artifact, &["--log", &log]);
        let address = served.address.clone();
        let clients: Vec<_> = (0..4)
            .map(|client| {
                let address = address.clone();
                std::thread::spawn(move || {
                    let id = |at| format!("{round}-{client}-{at}");
                    let ask = |at| {
                        let item = format!("{{\"id\": \"{}\", \"title\": \"ICO\"}}", id(at));
                        post(&address, "/v1/decide", &item)
                    };
                    let ids = (0..10_000).map_while(|at| ask(at).map(|_| id(at)));
                    ids.collect::<Vec<String>>()
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(300));
        served.child.kill().expect("to kill");
        served.child.wait().expect("to end");
        for client in clients {
            answered.extend(client.join().expect("a client"));
        }
    }
    let mut last = Served::start(&artifact, &["--log", &log]);
    last.child.kill().expect("to kill");
    last.child.wait().expect("to end");
    let text = std::fs::read_to_string(folder.path().join("log/decisions-000001.jsonl"));
    let text = text.expect("a log");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a whole line"));
    let logged: BTreeSet<String> = lines
        .map(|line| line["id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(!answered.is_empty());
    for id in answered {
        assert!(
            logged.contains(&id),
            "{id} was answered and is not in the log"
        );
    }
}

#[test]
fn others_need_a_token_unless_told() {
    let ran = interdict(&["serve", "rules.matcher", "--listen", "0.0.0.0:0"]).output();
    let ran = ran.expect("the program");
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(
        told.contains("others can reach 0.0.0.0:0: give --token-file"),
        "{told}"
    );
    let ran = interdict(&["serve", "nothing.matcher", "--listen", "127.0.0.1:0"])
        .output()
        .expect("the program");
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(
        told.contains("no artifact to serve: cannot read `nothing.matcher`"),
        "{told}"
    );
}

/// What the packaging asks of the program is there.
#[test]
fn the_packaging_names_options_that_exist() {
    let help = interdict(&["serve", "--help"])
        .output()
        .expect("the program");
    let help = String::from_utf8(help.stdout).expect("text");
    for name in ["packaging/Containerfile", "packaging/interdict.service"] {
        let text = std::fs::read_to_string(root().join(name)).expect("a file");
        let lines = text
            .lines()
            .filter(|line| line.starts_with("CMD") || line.starts_with("ExecStart"));
        let words = lines.flat_map(|line| line.split(['"', ' ', ',']));
        let options: Vec<&str> = words.filter(|word| word.starts_with("--")).collect();
        assert!(options.contains(&"--state"), "{name}");
        for option in options {
            assert!(help.contains(&format!("{option} <")), "{name}: {option}");
        }
    }
}

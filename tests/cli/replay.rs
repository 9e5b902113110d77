//! `replay`.

use insta::assert_snapshot;

use crate::Folder;

/// What a server logged under older policies, with a line that a crash cut.
const LOG: &str = r#"{"id":1,"at":"2018-04-18T00:00:00Z","verdict":"ban","rules":["shop/T2"],"matcher":"00","item_hash":"00","item":{"title":"ICO"}}
{"id":2,"at":"2018-04-18T00:00:00Z","verdict":"allow","rules":[],"matcher":"00","item_hash":"00","item":{"title":"ICO"}}
{"id":3,"at":"2018-04-18T00:00:00Z","verdict":"ban","rules":["shop/T1"],"matcher":"00","item_hash":"00","item":{"title":"I.C.O"}}
{"id":4,"at":"2018-04-16T00:00:00Z","known_at":"2018-04-01T00:00:00Z","verdict":"ban","rules":["shop/T1"],"matcher":"00","item_hash":"00","item":{"title":"I.C.O"}}
{"at":"2018-04-18T00:00:00Z","verdict":"ban","rules":["shop/T2"],"matcher":"00","item_hash":"00"}
{"at":"2018-04-18T00:00:00Z","verdict":"ban","rules":["shop/T2"],"matcher":"00","item_hash":"00","item":{},"masked":["phone","title"]}
{"at":"2018-04-18T00:00:00Z","verdict":"allow","rules":[],"matcher":"00","item_hash":"00","item":{"title":"tea"},"masked":["phone"]}
{"at":"2018-04-18T00:00:00Z","verdict":"allow","rules":[],"matcher":"00","item_hash":"00","item":{"title":7}}
{"id":9,"at":"2018-04-18T00:0
"#;

fn logged() -> Folder {
    let folder = Folder::compiled();
    folder.write("log/decisions-000001.jsonl", LOG);
    folder
}

#[test]
fn replay_says_what_would_differ_and_what_cannot_be_said() {
    let folder = logged();
    let ran = folder.run("replay log --with rules.matcher");
    let json = folder.run("replay log/decisions-000001.jsonl --with rules --format json");
    assert_snapshot!(format!("{ran}\n{json}"));
}

#[test]
fn replay_of_its_own_decisions_differs_in_nothing() {
    let folder = logged();
    let same = LOG.lines().next().unwrap();
    folder.write("log/decisions-000001.jsonl", format!("{same}\n"));
    let ran = folder.run("replay log --with rules.matcher");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "1 decided again: 1 the same, 0 not\n")
    );
    folder.write("empty/of-lines", "");
    assert_eq!(
        folder.run("replay empty --with rules.matcher").code,
        Some(2)
    );
}

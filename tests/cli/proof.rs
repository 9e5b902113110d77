//! `test` and `inspect`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::{Folder, SHOP, steady};

#[test]
fn test_passes_sound_policies() {
    let ran = Folder::new().run("test rules");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "2 passed, 0 failed\n")
    );
}

#[test]
fn test_shows_what_fails_and_why() {
    let folder = Folder::new();
    let shop = SHOP.replace("example allow", "example ban");
    let test = "\ntest tea\n  given { title \"茶叶\" }\n  at 2018-04-18\n  expect ban by T2\n";
    folder.write("rules/shop.policy", shop + test);
    assert_snapshot!(folder.run("test rules --cases cases.jsonl"));
}

#[test]
fn test_writes_a_line_a_case() {
    let folder = Folder::compiled();
    let ran = folder.run("test rules.matcher --cases cases.jsonl --format json");
    assert_snapshot!(ran);
}

#[test]
fn test_of_an_artifact_needs_cases() {
    let folder = Folder::compiled();
    let ran = folder.run("test rules.matcher");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("add --cases"), "{ran}");
    assert_eq!(
        folder
            .run("test rules.matcher rules --cases cases.jsonl")
            .code,
        Some(2)
    );
}

#[test]
fn inspect_shows_what_is_inside() {
    let folder = Folder::compiled();
    let ran = folder.run("inspect rules.matcher");
    assert_eq!(ran.code, Some(0));
    let (contents, sizes) = ran.stdout.split_once("\nsizes").unwrap();
    assert!(sizes.contains("Rules"), "{sizes}");
    assert_snapshot!(steady(contents));
}

#[test]
fn inspect_writes_json() {
    let folder = Folder::new();
    let id = folder.compile();
    let contents = &folder.run("inspect rules.matcher --format json").json()[0];
    assert_eq!(contents["content_id"], id);
    let rule = &contents["rules"][0];
    assert_eq!(rule["id"], "shop/T2");
    assert_eq!(rule["announced"], "2018-04-10T00:00:00+08:00");
    assert_eq!(rule["from"], "2018-04-17T00:00:00+08:00");
    assert_eq!(rule["enforced"], "2018-05-01T00:00:00+08:00");
    assert_eq!(rule["until"], Value::Null);
}

#[test]
fn inspect_gives_the_policies_back() {
    let folder = Folder::new();
    let id = folder.compile();
    let ran = folder.run("inspect rules.matcher --source");
    assert!(
        ran.stdout
            .starts_with("# ---- shop.policy\n\npolicy shop\n"),
        "{ran}"
    );
    let source = folder.run("inspect rules.matcher --source --format json");
    let text = source.json()[0]["text"].as_str().unwrap().to_owned();
    folder.write("rules/shop.policy", text);
    assert_eq!(folder.compile(), id);
}

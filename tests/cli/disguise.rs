//! `disguise`.

use insta::assert_snapshot;

use crate::Folder;

const VOCABULARY: &str = r#"term mining
  also "挖矿机"
  also "ASIC miner" with fold exact
  fold standard, leet
  whole words
  unless near "iron ore" within 2 words
  except phrase "data mining", "coal"

ban term mining effective 2018-04-17
"#;

#[test]
fn disguise_shows_what_catches_a_short_word() {
    assert_snapshot!(Folder::new().run("disguise ICO"));
}

#[test]
fn disguise_shows_what_catches_several_words() {
    assert_snapshot!(Folder::new().run_all(&["disguise", "white paper"]));
}

#[test]
fn disguise_shows_what_catches_han() {
    assert_snapshot!(Folder::new().run("disguise 挖矿机"));
}

#[test]
fn disguise_holds_samples_against_a_budget() {
    let folder = Folder::new();
    let ran = folder.run_all(&["disguise", "viagra", "--fold", "fold, leet"]);
    assert_snapshot!(ran);
}

#[test]
fn disguise_takes_a_term_as_its_policy_has_it() {
    let folder = Folder::new();
    folder.write("terms/mining.policy", VOCABULARY);
    assert_snapshot!(folder.run("disguise mining --in terms --spellings 2"));
}

#[test]
fn disguise_writes_json() {
    let folder = Folder::new();
    folder.write("terms/mining.policy", VOCABULARY);
    let ran = folder.run("disguise mining --in terms --format json");
    let report = &ran.json()[0];
    assert_eq!(report["term"], "mining");
    let spelling = &report["spellings"][0];
    assert_eq!(spelling["edges"], "whole words");
    assert_eq!(spelling["budget"][4], "leet");
    let folds = spelling["folds"].as_array().unwrap();
    assert_eq!(folds.len(), 12);
    let veiled = &folds[1]["samples"][8];
    assert_eq!(veiled["how"], "zero-width spaces");
    assert_eq!(
        veiled["text"],
        "m\u{200b}i\u{200b}n\u{200b}i\u{200b}n\u{200b}g"
    );
    assert!(veiled["shown"].as_str().unwrap().starts_with("m\\u{200b}i"));
    assert_eq!(
        (&veiled["caught_by"], &veiled["needs"][0]),
        (&"standard".into(), &"fold".into())
    );
    assert_eq!(spelling["presets"][2]["preset"], "strict");
    assert_eq!(report["innocent"][0]["within_words"], 2);
    assert_eq!(report["innocent"][1]["mention"], "stands");
    assert_eq!(ran.code, Some(0));
}

#[test]
fn disguise_says_what_it_cannot_show() {
    let folder = Folder::new();
    for (arguments, reason) in [
        (
            &["disguise", " "][..],
            "holds nothing that a text could match",
        ),
        (&["disguise", "ICQ", "--in", "rules"], "did you mean `ICO`?"),
        (&["disguise", "ICO", "--in", "wrong"], "does not compile"),
        (
            &["disguise", "ICO", "--fold", "lete"],
            "did you mean `leet`?",
        ),
    ] {
        let ran = folder.run_all(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran}");
        assert!(ran.stderr.contains(reason), "{ran}");
    }
}

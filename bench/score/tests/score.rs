//! Scores of a folder that is small enough to reckon by hand.

use std::path::Path;

use interdict_score::bars::{Bar, bars};
use interdict_score::cases::Cases;
use interdict_score::preset::Preset;
use interdict_score::report::Report;
use interdict_score::score::{Score, Share, score};

fn folder() -> Cases {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/folder");
    Cases::read(&folder).expect("a folder of texts")
}

fn scored(name: &str) -> Score {
    score(&folder(), &Preset::named(name).expect("a preset")).expect("a score")
}

fn counts(share: Share) -> (u32, u32) {
    (share.found, share.all)
}

#[test]
fn recall_and_false_positives_are_counted() {
    let standard = scored("standard");
    assert_eq!(counts(standard.tier(1)), (3, 4));
    assert_eq!(counts(standard.tier(2)), (0, 1));
    assert_eq!(standard.classes["D15"].name, "letters with blanks");
    assert_eq!(counts(standard.groups.collide), (0, 1));
    assert_eq!(counts(standard.groups.seg), (0, 1));
    assert_eq!(counts(standard.groups.base), (0, 1));
    assert_eq!(counts(standard.innocent["N09 innocent-use"]), (1, 1));
    assert_eq!(counts(standard.innocent["N01 real-text"]), (0, 1));
    assert_eq!(standard.hits.len(), 1);
    let strict = scored("strict");
    assert_eq!(
        [1, 2].map(|tier| counts(strict.tier(tier))),
        [(4, 4), (1, 1)]
    );
    assert_eq!(counts(scored("standard+leet").tier(1)), (4, 4));
}

#[test]
fn a_bar_that_is_not_met_is_told() {
    let standard = scored("standard");
    let short: Vec<String> = bars(&standard)
        .into_iter()
        .filter(|bar| !bar.met())
        .map(|bar| bar.figure)
        .collect();
    assert_eq!(short, ["T1", "T2"]);
    assert!(bars(&scored("strict")).iter().all(Bar::met));
    assert!(bars(&scored("plain")).is_empty());
}

#[test]
fn a_report_shows_what_was_asked_for() {
    let scores = ["standard", "strict"].map(scored).into();
    let report = Report::new(scores, Some("D20"), false);
    let text = report.to_string();
    for part in [
        "standard              75.00     0.00        –",
        "D15  T1 spaced    letters with blanks    1    100.00    100.00",
        "  T2         0.00  ≥ 40    short",
        "missed by standard: D20 bitcoin | b*tcoin\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let json = serde_json::to_value(&report).expect("JSON");
    let standard = &json["presets"][0];
    assert_eq!(standard["tiers"]["1"]["percent"], 75.0);
    assert_eq!(standard["classes"]["D20"]["found"], 0);
    assert_eq!(standard["missed"][0]["instance"], "b*tcoin");
    assert_eq!(standard["hits"], serde_json::Value::Null);
    assert!(!report.met());
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(
        Preset::named("standard+loud").unwrap_err(),
        "there is no fold `loud`"
    );
    let nowhere = Cases::read(Path::new("nowhere")).unwrap_err().to_string();
    assert!(nowhere.starts_with("nowhere/terms.jsonl: "), "{nowhere}");
}

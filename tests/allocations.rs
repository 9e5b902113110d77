//! Deciding in warmed memory allocates nothing for an item in which nothing is found, and a verdict
//! alone needs no memory where something is.

use std::path::Path;

use allocation_counter::measure;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher, Scratch, Verdict};

/// The founding rules, compiled.
fn rules() -> Matcher {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let sources = Sources::read(&[folder]).expect("the rules");
    let artifact = interdict::compile(&sources).artifact.expect("an artifact");
    Matcher::from_bytes(artifact).expect("a sound artifact")
}

const AT: &str = "2018-04-18T12:00:00+08:00";

#[test]
fn an_item_without_hits_costs_no_allocation() {
    let matcher = rules();
    let text =
        "A pair of warm socks, wool, size 42 - \u{7F8A}\u{6BDB}\u{889C}\u{5B50}. ".repeat(40);
    let json = format!(r#"{{"platform": "taobao", "title": "socks", "description": "{text}"}}"#);
    let item = matcher.item(json.as_bytes()).expect("an item");
    let at: Instant = AT.parse().expect("an instant");
    let mut scratch = Scratch::default();
    assert_eq!(
        matcher.decide_with(&mut scratch, &item, at).verdict,
        Verdict::Allow
    );
    let counted = measure(|| {
        for _ in 0..10 {
            let decision = matcher.decide_with(&mut scratch, &item, at);
            assert_eq!(decision.verdict, Verdict::Allow);
        }
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn a_verdict_alone_costs_no_allocation() {
    let matcher = rules();
    let json = r#"{"platform": "taobao", "title": "I.C.O \u767d\u76ae\u4e66 writing service"}"#;
    let item = matcher.item(json.as_bytes()).expect("an item");
    let at: Instant = AT.parse().expect("an instant");
    let mut scratch = Scratch::default();
    assert_eq!(
        matcher.decide_verdict(&mut scratch, &item, at),
        Verdict::Ban
    );
    let counted = measure(|| {
        assert_eq!(
            matcher.decide_verdict(&mut scratch, &item, at),
            Verdict::Ban
        );
    });
    assert_eq!(counted.count_total, 0);
}

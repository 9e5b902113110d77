//! Any text is refused or becomes an artifact that loads.

#![no_main]

use interdict::source::Sources;
use interdict_matcher::Matcher;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = interdict::compile(&Sources::from_texts([("x.policy", text)]));
    if let Some(artifact) = found.artifact {
        let matcher = Matcher::from_bytes(artifact).expect("the compiler writes sound artifacts");
        let item = matcher.item(br#"{"title": "ICO"}"#).expect("an item");
        let _ = matcher.decide(
            &item,
            interdict_matcher::Instant::from_unix_seconds(1_523_940_000),
        );
    }
});

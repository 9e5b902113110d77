//! Behind a sound header, any bytes give a matcher or an error, and deciding and explaining end.

#![no_main]

use interdict_matcher::{Instant, Matcher};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut artifact = b"INTRDICT\x01\0\0\0\0\0\0\0".to_vec();
    artifact.extend_from_slice(blake3::hash(bytes).as_bytes());
    artifact.extend_from_slice(bytes);
    let Ok(matcher) = Matcher::from_bytes(artifact) else {
        return;
    };
    let json = br#"{"platform": "taobao", "title": "1C0 paper; I.C.O", "category": ["papers"]}"#;
    let Ok(item) = matcher.item(json) else { return };
    let _ = matcher.decide(&item, Instant::from_unix_seconds(1_523_940_000));
    let _ = matcher.explain(&item, Instant::from_unix_seconds(1_523_940_000));
});

//! Any text parses without a panic, and what parses still does when it is formatted.

#![no_main]

use interdict::diagnostic::has_errors;
use interdict::source::Sources;
use interdict::{format, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sources = Sources::from_texts([("x.policy", text)]);
    let source = &sources.files()[0];
    let (file, diagnostics) = parse::parse(source);
    if has_errors(&diagnostics) {
        return;
    }
    let once = format::format(&file, source);
    let again = Sources::from_texts([("x.policy", once.as_str())]);
    let (file, diagnostics) = parse::parse(&again.files()[0]);
    assert!(!has_errors(&diagnostics), "{diagnostics:?}");
    assert_eq!(format::format(&file, &again.files()[0]), once);
});

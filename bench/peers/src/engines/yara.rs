//! YARA-X, all terms as patterns of one rule, without regard to case.

use std::fmt::Write;
use std::rc::Rc;

use super::{Engine, timed};
use crate::Failure;

/// It takes a minute to compile so many.
const MOST: usize = 100_000;

pub(super) fn engines(terms: &[String], out: &mut Vec<Engine>) -> Result<(), Failure> {
    if terms.len() > MOST {
        return Ok(());
    }
    let mut rule = String::from("rule measured {\n  strings:\n");
    for (number, term) in terms.iter().enumerate() {
        let term = term.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(rule, "    $t{number} = \"{term}\" nocase");
    }
    rule.push_str("  condition:\n    any of them\n}\n");
    let (rules, built) = timed(|| Ok(yara_x::compile(rule.as_str())?))?;
    let stored: Rc<[u8]> = rules.serialize()?.into();
    let bytes = stored.len();
    // A scanner borrows its rules, which live as long as the program for it.
    let mut scanner = yara_x::Scanner::new(Box::leak(Box::new(rules)));
    let scan = move |listing: &str| match scanner.scan(listing.as_bytes()) {
        Ok(found) => found
            .matching_rules()
            .flat_map(|rule| rule.patterns())
            .map(|one| one.matches().count())
            .sum(),
        Err(_) => 0,
    };
    let load = move || yara_x::Rules::deserialize(&stored).is_ok();
    out.push(Engine {
        name: "yara-x, nocase",
        scan: Box::new(scan),
        built,
        bytes: Some(bytes),
        load: Some(Box::new(load)),
    });
    Ok(())
}

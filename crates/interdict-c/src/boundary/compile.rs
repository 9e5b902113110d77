//! Compiling, for the WebAssembly module that does; it stands in no header.

use super::pointers::{Slot, given_bytes, guard, lend};
use crate::compile::compile;
use crate::handle::{InterdictText, Text};
use crate::status::InterdictStatus;

/// Compiles policies, JSON such as `{"policies":{"NAME":"TEXT"},"lists":{}}`. Gives the bytes of an
/// artifact, or NULL if an error was found, and as the report what the compiler said, as JSON. Where the
/// status is not OK, the report is the reason.
///
/// # Safety
///
/// `json` is NULL or leads to `len` bytes; `artifact` and `report` are NULL or take a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_compile(
    json: *const u8,
    len: usize,
    artifact: *mut *mut InterdictText,
    report: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(report, || {
        let (artifact, report) = (
            Slot::new(artifact, "artifact")?,
            Slot::new(report, "report")?,
        );
        let compiled = compile(given_bytes(json, len, "json")?)?;
        if let Some(bytes) = compiled.artifact {
            artifact.put(lend::<InterdictText>(Text::of_bytes(bytes)));
        }
        report.put(lend::<InterdictText>(Text::new(compiled.report)));
        Ok(())
    })
}

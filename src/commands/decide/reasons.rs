//! A decided line → its statement of reasons and what the seller is told, or why there is none.

use interdict_matcher::{Decision, Verdict};
use interdict_statement::{Circumstances, Notice, Refusal, Statement, export, notices};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// What is said of a line.
#[derive(Serialize)]
pub(super) struct Reasons<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a RawValue>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<Statement>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<Notice<'a>>,
    /// Why none is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_due: Option<String>,
    /// All that stands against one that is due.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<String>,
}

impl<'a> Reasons<'a> {
    /// Reads the circumstances of a line, `"statement": {…}` beside its item, over those that hold
    /// for all lines.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub(super) fn of(
        line: &str,
        id: Option<&'a RawValue>,
        defaults: &Map<String, Value>,
        decision: &Decision<'a>,
    ) -> Result<Reasons<'a>, String> {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let mut said = Circumstances::read(&line["statement"], defaults)?;
        said.fill_from(line.get("item").unwrap_or(&line));
        let exported = export(decision, &said);
        let refusal = exported.as_ref().err();
        let not_due = refusal.and_then(Refusal::not_due).map(ToString::to_string);
        let refused = refusal.filter(|_| not_due.is_none());
        let refused = refused.map_or(&[][..], |refusal| &refusal.reasons);
        Ok(Reasons {
            id,
            verdict: decision.verdict,
            notices: notices(decision),
            refused: refused.iter().map(ToString::to_string).collect(),
            statement: exported.ok(),
            not_due,
        })
    }

    /// Whether a statement is due and cannot be made.
    pub(super) fn is_refused(&self) -> bool {
        !self.refused.is_empty()
    }
}

/// Circumstances that hold for all lines, as a file has them.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn defaults(text: &str) -> Result<Map<String, Value>, String> {
    let defaults: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    Circumstances::read(&Value::Null, &defaults)?;
    Ok(defaults)
}

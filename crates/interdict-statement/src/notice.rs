//! What the seller is told: the message, the clause that it rests on, and what was found.

use std::fmt;

use interdict_matcher::{Cited, Decision, Evidence, Fired};
use serde::Serialize;

use crate::words;

/// The account of a decision for the one whose listing it is, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Notice<'a> {
    /// The language, as the policy names it.
    pub language: &'a str,
    /// The policy's words.
    pub message: &'a str,
    /// The rule, `policy/id`.
    pub rule: &'a str,
    /// Since when it is in force, in the author's words.
    pub effective: &'a str,
    /// What it rests on.
    pub clauses: Vec<Cited<'a>>,
    /// Where that was found.
    pub found: Vec<Found<'a>>,
    /// Where to appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeal: Option<&'a str>,
}

/// A stretch of the listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found<'a> {
    /// The field.
    pub field: &'a str,
    /// First byte in the field's UTF-8 text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The text between.
    pub text: &'a str,
}

/// What the seller is told of a decision, once for each language in which the primary rule has a
/// message; nothing if no rule fired or it has none.
pub fn notices<'a>(decision: &Decision<'a>) -> Vec<Notice<'a>> {
    let Some(fired) = decision.rules.first() else {
        return Vec::new();
    };
    let told = fired.messages.iter();
    told.map(|told| notice(fired, told.language, told.text))
        .collect()
}

fn notice<'a>(fired: &Fired<'a>, language: &'a str, message: &'a str) -> Notice<'a> {
    let found = |one: &Evidence<'a>| Found {
        field: one.field,
        start: one.start,
        end: one.end,
        text: one.text,
    };
    Notice {
        language,
        message,
        rule: fired.id,
        effective: fired.effective,
        clauses: fired.sources.clone(),
        found: fired.evidence.iter().map(found).collect(),
        appeal: fired.appeal,
    }
}

impl fmt::Display for Notice<'_> {
    /// The notice as a text to send; the words around the policy's own are Chinese where its are,
    /// else English.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chinese = self.language == "zh" || self.language.starts_with("zh-");
        let [rule, found, appeal] = match chinese {
            true => ["依据规则", "涉及内容", "申诉"],
            false => ["Rule", "Found", "Appeal"],
        };
        writeln!(formatter, "{}", self.message)?;
        writeln!(formatter, "{rule}: {} ({})", self.rule, self.effective)?;
        for one in &self.clauses {
            writeln!(formatter, "  {}", words::cited(one))?;
        }
        for one in &self.found {
            let (field, start, end) = (one.field, one.start, one.end);
            writeln!(formatter, "{found}: “{}” ({field} {start}–{end})", one.text)?;
        }
        match self.appeal {
            Some(place) => writeln!(formatter, "{appeal}: {place}"),
            None => Ok(()),
        }
    }
}

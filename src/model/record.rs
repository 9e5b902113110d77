//! What happened to rules and exceptions.

use std::fmt;

use super::Citation;
use crate::source::Span;

/// That a rule takes the place of another, and leaves no gap on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The id of the rule that ends.
    pub old: String,
    /// The id of the rule that takes its place.
    pub new: String,
    /// When, in seconds.
    pub at: i64,
    /// Where that is said.
    pub span: Span,
}

/// An act that amended a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Where it stands.
    pub span: Span,
    /// When it took effect, in the author's words.
    pub effective: String,
    /// Where it comes from.
    pub citations: Vec<Citation>,
}

/// The life of a rule or an exception, as statements tell it.
#[derive(Debug, Clone)]
pub struct Record {
    /// `policy/id`.
    pub id: String,
    /// The statement that makes it.
    pub span: Span,
    /// What happened, in the order of time.
    pub events: Vec<Event>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// When, in seconds; `i64::MIN`: since always.
    pub at: i64,
    /// The day, or the author's words of it.
    pub when: String,
    /// What.
    pub what: What,
    /// The statement that says so.
    pub span: Span,
    /// The sources that the statement names.
    pub sources: Vec<String>,
}

/// What can happen to a rule or an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It was made known.
    Announced,
    /// It began to bind.
    Effective,
    /// Its penalties began to apply.
    Enforced,
    /// Clauses of its text changed: these.
    Amended(Vec<&'static str>),
    /// Another rule widened it.
    Extended(String),
    /// An exception began to lift it.
    Excepted(String),
    /// A permission began to override it.
    Overridden(String),
    /// It stopped binding for a time.
    Suspended,
    /// It binds again.
    Resumed,
    /// Somebody said that it stands.
    Reaffirmed,
    /// It ended by its own text.
    Ended,
    /// Another rule took its place.
    Superseded(String),
    /// An act ended it.
    Repealed,
}

impl What {
    /// In one word.
    pub fn word(&self) -> &'static str {
        match self {
            What::Announced => "announced",
            What::Effective => "effective",
            What::Enforced => "enforced",
            What::Amended(_) => "amended",
            What::Extended(_) => "extended",
            What::Excepted(_) => "excepted",
            What::Overridden(_) => "overridden",
            What::Suspended => "suspended",
            What::Resumed => "resumed",
            What::Reaffirmed => "reaffirmed",
            What::Ended => "ended",
            What::Superseded(_) => "superseded",
            What::Repealed => "repealed",
        }
    }

    /// The rule or exception that does it.
    pub fn by(&self) -> Option<&str> {
        match self {
            What::Extended(by)
            | What::Excepted(by)
            | What::Overridden(by)
            | What::Superseded(by) => Some(by),
            _ => None,
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Amended(clauses) => write!(f, "amended: {}", clauses.join(", ")),
            what => match what.by() {
                Some(by) => write!(f, "{} by {by}", what.word()),
                None => f.write_str(what.word()),
            },
        }
    }
}

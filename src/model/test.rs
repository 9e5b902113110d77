//! Items with the decisions that they must get.

use interdict_matcher::Verdict;

use crate::source::Span;

/// An example or a test: an item, an instant, and what must be decided.
#[derive(Debug, Clone)]
pub struct Test {
    /// `policy/name`, or the rule's id and the example's number.
    pub name: String,
    /// Whether it is the example of a rule or an exception.
    pub example: bool,
    /// Where it stands.
    pub span: Span,
    /// The item.
    pub item: serde_json::Value,
    /// The instant, in seconds since 1970.
    pub at: i64,
    /// By when something must have been published to be known, in seconds since 1970; if none, all is.
    pub known_at: Option<i64>,
    /// The offset from UTC in which to show it, in seconds.
    pub offset: i32,
    /// What must be decided.
    pub expected: Expected,
}

/// What must stand in a decision; empty lists ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// Rules that fired, or may have.
    pub rules: Option<Vec<String>>,
    /// Rules that are upcoming.
    pub upcoming: Option<Vec<String>>,
    /// What is needed.
    pub needs: Option<Vec<String>>,
    /// Rules that were lifted.
    pub lifted: Option<Vec<String>>,
    /// Whether the primary rule's penalty is withheld.
    pub withheld: bool,
}

/// Whether an expected id names a rule: whole, or by its last part.
pub fn names(expected: &str, id: &str) -> bool {
    names_of(id).any(|name| name == expected)
}

/// What a rule may be called by in a test: its id, and what stands behind each `/` of it.
pub fn names_of(id: &str) -> impl Iterator<Item = &str> {
    let parts = id.match_indices('/').map(|(at, _)| &id[at + 1..]);
    std::iter::once(id).chain(parts)
}

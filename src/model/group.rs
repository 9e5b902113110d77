//! Who belongs to whom, and when.

use super::{FieldId, Party};

/// A list of parties, or a list of values whose entries come and go.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Whom it gathers; none: it is a list of values.
    pub party: Option<Party>,
    /// The field that is held against it.
    pub field: FieldId,
    /// Its members, sorted by name.
    pub members: Vec<Member>,
    /// From when nobody knows who else is one of them; `i64::MAX`: it is known for good.
    pub known_until: i64,
}

/// A member and its time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// From when.
    pub since: Option<i64>,
    /// Until when, exclusive.
    pub until: Option<i64>,
}

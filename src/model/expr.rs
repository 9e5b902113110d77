//! Conditions over resolved names.

use super::{
    Age, CategoryId, DateTest, Dress, FieldId, GroupId, NumberTest, RuleId, TermId, ZoneId,
};

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Always.
    True,
    /// All of these.
    And(Vec<Expr>),
    /// One of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// A text mentions a term.
    Mentions {
        /// The term.
        term: TermId,
        /// Where to look; empty: every text field.
        fields: Vec<FieldId>,
        /// Near what, and within how many words.
        near: Option<(TermId, u32)>,
        /// Written how.
        dress: Dress,
    },
    /// A field is or holds one of these.
    Is(FieldId, Vec<String>),
    /// A number compares.
    Number(FieldId, NumberTest, f64),
    /// A number equals.
    Equals(FieldId, f64),
    /// A date compares; `None`: falls on that day.
    Date(FieldId, Option<DateTest>, DateBoundary),
    /// Two dates of the item compare; a day is one of the zone.
    Order(FieldId, DateTest, FieldId, ZoneId),
    /// A date of the item is over at the instant that is judged.
    Past(FieldId, ZoneId),
    /// A date of the item is so long ago at the instant that is judged.
    Age(FieldId, NumberTest, Age, ZoneId),
    /// A field is there.
    Known(FieldId),
    /// The item is in a category.
    InCategory {
        /// The category.
        category: CategoryId,
        /// Whether those within it are left out.
        exactly: bool,
    },
    /// The field of the group is, or holds, one of its members at the instant.
    Member(GroupId),
    /// The instant lies between two others, the second left out.
    Between(i64, i64),
    /// The rule binds and fires (for `allow … overrides`).
    Fires(RuleId),
}

/// A day or instant that dates in items are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateBoundary {
    /// First second.
    pub first: i64,
    /// Last second; the same for an instant.
    pub last: i64,
    /// First civil day, in days since 1970-01-01.
    pub first_day: i32,
    /// Last civil day.
    pub last_day: i32,
}

//! Conditions.

use super::{Count, Name, Path, Spanned, When};
use crate::source::Span;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it asks.
    pub kind: ExprKind,
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// All of these.
    And(Vec<Expr>),
    /// One of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// `mentions A, B in title within 5 words of C disguised`
    Mentions(Mentions),
    /// `PATH is known`
    Known(Path),
    /// `PATH is member of GROUP`, where the path is `seller` or `platform`
    MemberOf(Path, Name),
    /// `PATH is one of LIST` or `PATH is one of A, B`
    OneOf(Path, Vec<Value>),
    /// `PATH is VALUE`
    Is(Path, Value),
    /// `PATH has VALUE`
    Has(Path, Value),
    /// `PATH has any of LIST`, `PATH has all of A, B`
    HasOf(Path, Share, Vec<Value>),
    /// `PATH over N` and its kin
    Number(Path, NumberTest, Spanned<f64>),
    /// `PATH before D`, `PATH after D`
    Date(Path, DateTest, When),
    /// `PATH before PATH`, `PATH after PATH`
    Order(Path, DateTest, Path),
    /// `PATH is past`
    Past(Path),
    /// `PATH at least N days ago` and its kin
    Age(Path, NumberTest, Age),
}

/// A value in a condition, whose type the field decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The word, unquoted.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Its place.
    pub span: Span,
}

/// `mentions …`
#[derive(Debug, Clone, PartialEq)]
pub struct Mentions {
    /// The terms; in quotes and not the name of a term: that text itself.
    pub terms: Vec<Value>,
    /// Whether one of them is enough.
    pub any: bool,
    /// The fields to look in; empty: every text field.
    pub fields: Vec<Path>,
    /// Near what.
    pub near: Option<(Count, Value)>,
    /// Written how.
    pub dress: Dress,
}

/// How a mention must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Dress {
    /// In any way that its folds allow.
    #[default]
    Any,
    /// Only as disguised.
    Disguised,
    /// Only plainly.
    Exact,
}

/// How many of several values a field must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// One of them.
    Any,
    /// All of them.
    All,
}

/// How long ago something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Age {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: AgeUnit,
}

/// What an age is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeUnit {
    /// Days of the zone, of 23 to 25 hours.
    Days,
    /// Hours.
    Hours,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberTest {
    /// `over`
    Over,
    /// `below`
    Below,
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
}

/// How a date is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateTest {
    /// `before`
    Before,
    /// `after`
    After,
}

//! The policy as written.
//!
//! In: nothing; these are nouns. Out: [`File`] and its parts. Guarantee: every node carries its
//! [`Span`], nothing is resolved, and clauses stand in the author's order under whatever head they
//! were written: whether a clause belongs there is decided by `check`.

mod clause;
mod expr;

pub use clause::*;
pub use expr::*;
pub use interdict_matcher::{FieldType, Layer, Verdict};

use crate::calendar::YearDay;
use crate::moment::Moment;
use crate::source::{FileId, Span};

/// A value with the place where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A name, bare or quoted.
pub type Name = Spanned<String>;
/// Quoted text, unescaped.
pub type Text = Spanned<String>;
/// A path of a field: `price.amount`.
pub type Path = Spanned<String>;
/// A rule as other statements name it: `T2` or `policy/T2`.
pub type RuleRef = Spanned<String>;
/// A date, a month or an instant, with its place.
pub type When = Spanned<Moment>;
/// A whole number, with its place.
pub type Count = Spanned<u32>;

/// One parsed file: its good statements, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Which file.
    pub id: FileId,
    /// The statements that could be read.
    pub statements: Vec<Statement>,
    /// Names that statements would have defined that could not be read.
    pub broken: Vec<String>,
}

/// A statement: a head and its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// From the head word to the last clause.
    pub span: Span,
    /// The head alone.
    pub head_span: Span,
    /// What it states.
    pub head: Head,
    /// Its clauses in the order written.
    pub clauses: Vec<Clause>,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Head {
    /// `policy NAME`
    Policy(Name),
    /// `source NAME official "title"`
    Source(Name, SourceKind, Text),
    /// `law NAME "title"`
    Law(Name, Text),
    /// `claim NAME "text"`
    Claim(Name, Text),
    /// `term NAME`
    Term(Name),
    /// `terms NAME`, whose spellings come from a list
    Terms(Name),
    /// `category NAME`
    Category(Name),
    /// `group NAME of sellers`
    Group(Name, Party),
    /// `list NAME`
    List(Name),
    /// `field PATH is TYPE`
    Field(Path, FieldType),
    /// `event NAME`
    Event(Name),
    /// `calendar NAME D through D, yearly 11-01 through 11-11, …`
    Calendar(Name, Vec<Window>),
    /// `ban SUBJECT` and its four sisters
    Rule(Verdict, Subject),
    /// `exception NAME to ID, ID`
    Exception(Name, Vec<RuleRef>),
    /// `extend ID with SUBJECT`
    Extend(RuleRef, Subject),
    /// `amend ID`
    Amend(RuleRef),
    /// `repeal ID`
    Repeal(RuleRef),
    /// `suspend ID`
    Suspend(RuleRef),
    /// `reaffirm ID`
    Reaffirm(RuleRef),
    /// `test NAME`
    Test(Name),
}

impl Head {
    /// The head word as an author writes it.
    pub fn word(&self) -> &'static str {
        match self {
            Head::Policy(..) => "policy",
            Head::Source(..) => "source",
            Head::Law(..) => "law",
            Head::Claim(..) => "claim",
            Head::Term(..) => "term",
            Head::Terms(..) => "terms",
            Head::Category(..) => "category",
            Head::Group(..) => "group",
            Head::List(..) => "list",
            Head::Field(..) => "field",
            Head::Event(..) => "event",
            Head::Calendar(..) => "calendar",
            Head::Rule(verdict, _) => verdict.word(),
            Head::Exception(..) => "exception",
            Head::Extend(..) => "extend",
            Head::Amend(..) => "amend",
            Head::Repeal(..) => "repeal",
            Head::Suspend(..) => "suspend",
            Head::Reaffirm(..) => "reaffirm",
            Head::Test(..) => "test",
        }
    }
}

/// A window of a calendar, and when it was announced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// What it covers.
    pub stretch: Stretch,
    /// From when it is known.
    pub announced: Option<When>,
}

/// What a window covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stretch {
    /// `D through D`, or one day or month.
    Dated(When, When),
    /// `yearly 11-01 through 11-11`, or one day.
    Yearly(Spanned<YearDay>, Spanned<YearDay>),
}

/// How near a source stands to what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// The issuer's own text.
    Official,
    /// A report by somebody else.
    Press,
    /// Words of a person or firm about itself.
    Statement,
}

impl SourceKind {
    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Official => "official",
            SourceKind::Press => "press",
            SourceKind::Statement => "statement",
        }
    }
}

/// Whom a group gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Compared with `seller.name`.
    Sellers,
    /// Compared with `platform`.
    Platforms,
}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A category and all within it.
    Category(Name),
    /// A category without those within it.
    Exactly(Name),
    /// Items that mention a term.
    Term(Name),
    /// Items of one seller.
    Seller(Name),
    /// Every item.
    Anything(Span),
}

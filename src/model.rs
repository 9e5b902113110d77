//! The policy as meant: names resolved to numbers, types known, time turned into seconds.
//!
//! In: nothing; these are nouns. Guarantee: every number refers to something in its [`PolicySet`],
//! categories, exceptions and overrides form no circle, and every interval is one. Times are seconds
//! since 1970-01-01T00:00Z.

use interdict_matcher::{Folds, Layer, Verdict};

mod category;
mod expr;
mod group;
mod life;
mod record;
mod scope;
mod test;

pub use crate::ast::{Age, AgeUnit, DateTest, Dress, NumberTest, Party, SourceKind};
pub use crate::calendar::{Calendar, Window};
pub use crate::fields::Field;
use crate::source::{FileId, Span};
pub use crate::text_index::Edges;
pub use category::*;
pub use expr::*;
pub use group::*;
pub use life::*;
pub use record::*;
pub use scope::*;
pub use test::*;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as a place in a table.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A place in [`PolicySet::policies`].
    PolicyId,
    /// A place in [`PolicySet::fields`].
    FieldId,
    /// A place in [`PolicySet::sources`].
    SourceId,
    /// A place in [`PolicySet::laws`].
    LawId,
    /// A place in [`PolicySet::terms`].
    TermId,
    /// A place in [`PolicySet::categories`].
    CategoryId,
    /// A place in [`PolicySet::groups`].
    GroupId,
    /// A place in [`PolicySet::calendars`].
    CalendarId,
    /// A place in [`PolicySet::zones`].
    ZoneId,
    /// A place in [`PolicySet::rules`].
    RuleId,
    /// A place in [`PolicySet::exceptions`].
    ExceptionId,
}

/// All policies of one compilation.
#[derive(Debug, Clone, Default)]
pub struct PolicySet {
    /// One per file with rules, sorted by name.
    pub policies: Vec<Policy>,
    /// The fields of items, sorted by path.
    pub fields: Vec<Field>,
    /// Sources, sorted by name.
    pub sources: Vec<Source>,
    /// Laws, sorted by name.
    pub laws: Vec<Law>,
    /// Claims, sorted by name. They decide nothing.
    pub claims: Vec<Claim>,
    /// Terms, sorted by name; then texts that rules quote.
    pub terms: Vec<Term>,
    /// Lists from files, sorted by name.
    pub lists: Vec<ListFile>,
    /// Categories, sorted by name; undefined ones too.
    pub categories: Vec<Category>,
    /// What counts as something else for a time, because a statement says so.
    pub countings: Vec<Counting>,
    /// Groups, sorted by name; then lists whose values come and go, by the fields held against them.
    pub groups: Vec<Group>,
    /// Calendars, sorted by name.
    pub calendars: Vec<Calendar>,
    /// The zones in which items' days are held against instants, in the order of their first use.
    pub zones: Vec<Zone>,
    /// Rules, sorted by id and then by time.
    pub rules: Vec<Rule>,
    /// Exceptions, in the order of their policies.
    pub exceptions: Vec<Exception>,
    /// Which rules take the place of others.
    pub successions: Vec<Succession>,
    /// What happened to each rule and exception, sorted by id.
    pub records: Vec<Record>,
    /// Examples and tests, in the order written.
    pub tests: Vec<Test>,
    /// Instants at which conditions that ask for the time change their answers.
    pub turns: Vec<i64>,
}

/// A policy: the header of a file.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its zone's IANA name.
    pub zone: String,
    /// The layer of its rules.
    pub layer: Layer,
    /// What it says where none of its rules fires, if not `allow`.
    pub otherwise: Option<Otherwise>,
    /// The file.
    pub file: FileId,
}

/// What a policy says where none of its rules fires.
#[derive(Debug, Clone)]
pub struct Otherwise {
    /// What it says.
    pub verdict: Verdict,
    /// Where, as the header has it.
    pub scope: Scope,
    /// Where that is said.
    pub span: Span,
}

impl Policy {
    /// What a decision calls that: `policy/otherwise`.
    pub fn otherwise_id(&self) -> String {
        format!("{}/otherwise", self.name)
    }
}

/// A time zone that conditions need.
#[derive(Debug, Clone)]
pub struct Zone {
    /// Its IANA name.
    pub name: String,
    /// Its clock.
    pub clock: jiff::tz::TimeZone,
}

/// Where policy text comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// How near it stands to what it reports.
    pub kind: SourceKind,
    /// Its title.
    pub title: String,
    /// Its date, as written.
    pub dated: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was read, as written.
    pub retrieved: Option<String>,
    /// Its words.
    pub quote: Option<String>,
}

/// A legal ground.
#[derive(Debug, Clone)]
pub struct Law {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// Something said, and what became of it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// Its words.
    pub text: String,
    /// Whether somebody confirmed it and nobody denied it.
    pub confirmed: bool,
}

/// A concept that texts mention.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name.
    pub name: String,
    /// How it may be written.
    pub spellings: Vec<Spelling>,
    /// What makes a mention innocent by standing near it.
    pub guards: Vec<Guard>,
    /// What makes a mention innocent by standing round it.
    pub phrases: Vec<String>,
    /// The folds of guards and phrases.
    pub folds: Folds,
}

/// One way to write a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// As the author wrote it.
    pub text: String,
    /// What a text may do to it.
    pub folds: Folds,
    /// Where it must end.
    pub edges: Edges,
    /// From when it counts.
    pub since: Option<i64>,
    /// Where it stands; the name of the list that it stands in.
    pub span: Span,
}

/// What guards and phrases may look like at the least: nobody disguises what is innocent, but case,
/// width and invisible signs differ.
pub const INNOCENT_FOLDS: Folds = Folds::FOLD;

/// `unless near`
#[derive(Debug, Clone)]
pub struct Guard {
    /// The innocent texts.
    pub texts: Vec<String>,
    /// Within so many words; if none, anywhere in the field.
    pub words: Option<u32>,
}

/// A list that was read outside the grammar.
#[derive(Debug, Clone)]
pub struct ListFile {
    /// Its name, as the policy wrote it.
    pub name: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
    /// How many entries it has.
    pub entries: u32,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A category; `exactly`: without those within it.
    Category {
        /// Which.
        category: CategoryId,
        /// Whether those within it are left out.
        exactly: bool,
    },
    /// A mention.
    Term(TermId),
    /// Everything of the seller that [`Rule::seller`] names.
    Seller,
    /// Everything.
    Anything,
}

/// A rule as it stands over one stretch of time. The rows of one rule have one id and follow each
/// other in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its policy.
    pub policy: PolicyId,
    /// `policy/id`.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// The clauses of its text, where they stand.
    pub clauses: Vec<Span>,
    /// What it says.
    pub verdict: Verdict,
    /// The layer of its force.
    pub layer: Layer,
    /// Whether nothing that another statement says lifts or pauses it.
    pub absolute: bool,
    /// What it is about.
    pub subject: Subject,
    /// The seller, if that is its subject.
    pub seller: Option<String>,
    /// Where and for whom it binds.
    pub scope: Scope,
    /// Further conditions; all must hold.
    pub conditions: Vec<Expr>,
    /// What allows an item after all (`to`, `wording`): the rule fires when it does not hold.
    pub duty: Option<Expr>,
    /// The texts among what it demands.
    pub wordings: Vec<Wording>,
    /// When it stands as it stands here.
    pub life: Life,
    /// Who knows that it does.
    pub known: Knowledge,
    /// From when the rule binds, however it stands; for the order of rules.
    pub since: i64,
    /// The same in the author's words.
    pub effective: String,
    /// What lifts it.
    pub exceptions: Vec<ExceptionId>,
    /// Stretches of text in which this rule sees nothing.
    pub masks: Vec<String>,
    /// Rival readings.
    pub readings: Vec<Reading>,
    /// Where it comes from.
    pub citations: Vec<Citation>,
    /// The acts that gave it this text, in the order of time.
    pub amended_by: Vec<Act>,
    /// Its legal grounds.
    pub laws: Vec<LawId>,
    /// What a violation costs.
    pub penalties: Vec<Penalty>,
    /// What the seller is told, by language.
    pub messages: Vec<(String, String)>,
    /// Where to appeal.
    pub appeal: Option<String>,
    /// Category and keyword for a statement of reasons.
    pub dsa: Option<(String, String)>,
}

impl Rule {
    /// The category that it is about.
    pub fn category(&self) -> Option<CategoryId> {
        match self.subject {
            Subject::Category { category, .. } => Some(category),
            _ => None,
        }
    }

    /// What the subject asks of an item; the seller is a matter of the scope.
    pub fn subject_condition(&self) -> Expr {
        match self.subject {
            Subject::Category { category, exactly } => Expr::InCategory { category, exactly },
            Subject::Term(term) => Expr::Mentions {
                term,
                fields: Vec::new(),
                near: None,
                dress: Dress::Any,
            },
            Subject::Seller | Subject::Anything => Expr::True,
        }
    }
}

/// A text that a rule demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    /// The texts, one of which is enough.
    pub texts: Vec<String>,
    /// Where; empty: in any text.
    pub fields: Vec<FieldId>,
    /// Whether it is there.
    pub holds: Expr,
}

/// A rival reading: where only it applies, the verdict is `review`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its words, and whose.
    pub text: String,
    /// What it takes the rule to say.
    pub means: Verdict,
    /// When it applies.
    pub holds: Expr,
}

/// A rule's reference to a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// The place in it.
    pub clause: Option<String>,
    /// Its words.
    pub quote: Option<String>,
}

/// What a violation costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Penalty {
    /// Its name.
    pub name: String,
    /// Points.
    pub points: Option<u32>,
    /// Days.
    pub days: Option<u32>,
    /// When it applies.
    pub holds: Expr,
}

/// What lifts one rule.
#[derive(Debug, Clone)]
pub struct Exception {
    /// `policy/name`, or the clause in the author's words.
    pub id: String,
    /// Whether it is a statement of its own.
    pub is_stated: bool,
    /// The clauses of its text, where they stand.
    pub clauses: Vec<Span>,
    /// When it holds.
    pub holds: Expr,
    /// When it is in force.
    pub life: Life,
    /// Who knows that it is.
    pub known: Knowledge,
    /// Whether it is a clause of the rule's own text. A rival reading may read such a clause
    /// otherwise; what a statement of its own lifts is lifted in every reading.
    pub of_text: bool,
    /// What lifts the exception.
    pub exceptions: Vec<ExceptionId>,
}

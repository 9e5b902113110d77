//! The policy as written.
//!
//! In: nothing; these are nouns. Out: [`File`] and its parts. Guarantee: every node carries its
//! [`Span`], nothing is resolved, and clauses stand in the author's order under whatever head they
//! were written: whether a clause belongs there is decided by `check`.

pub use interdict_matcher::{Layer, Verdict};

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
    /// `calendar NAME D through D, …`
    Calendar(Name, Vec<(When, When)>),
    /// `ban SUBJECT` and its four sisters
    Rule(Verdict, Subject),
    /// `exception NAME to ID`
    Exception(Name, RuleRef),
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

/// The type of a field.
pub use interdict_matcher::FieldType;

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

/// One clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// From its keyword to its end.
    pub span: Span,
    /// What it says.
    pub kind: ClauseKind,
}

/// What a clause says; the variants stand in the order of the grammar.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant is the clause of its name in docs/language.md")]
pub enum ClauseKind {
    Effective(When),
    NoLaterThan(When),
    SometimeIn(When),
    Announced(When),
    EnforcedSince(When),
    Through(When),
    Before(When),
    UntilEvent(Name),
    DuringCalendar(Name),
    Id(Name),
    On(Vec<Name>),
    Via(Vec<Name>),
    In(Vec<Name>),
    Targeting(Vec<Name>),
    ForMembers { negated: bool, groups: Vec<Name> },
    Where(Expr),
    To(Expr),
    When(Expr),
    Wording(Vec<Text>),
    ExceptCategory(Name),
    ExceptWhen(Expr),
    ExceptPhrase(Vec<Text>),
    SuchAs(Vec<Name>),
    Namely(Vec<Name>),
    Comply { created_before: When, through: When },
    Under(Vec<Name>),
    /// `from`: a source in a rule, a file in a term or a list.
    From(Citation),
    Reading { source: Name, text: Text, means: Verdict, holds: Option<Expr> },
    Penalty(Penalty),
    Layer(Layer),
    Overrides(RuleRef),
    Supersedes { rule: RuleRef, leaves_gap: bool },
    Message { language: Name, text: Text },
    Appeal(Text),
    Dsa { category: Name, keyword: Name },
    Example(Example),
    Title(Text),
    Zone(Name),
    Otherwise(Spanned<Verdict>),
    Dated(When),
    Retrieved(When),
    Quote(Text),
    Said(Said),
    Also { texts: Vec<Text>, since: Option<When>, folds: Option<Vec<Name>> },
    Fold(Vec<Name>),
    WholeWords,
    Anywhere,
    UnlessNear { texts: Vec<Text>, words: Option<Count> },
    Since(When),
    Within(Vec<Name>),
    Members(Vec<Member>),
    Values(Vec<Name>),
    NotYet,
    Given(Given),
    /// `at "url"` of a source or a law.
    AtUrl(Text),
    /// `at D` of a test.
    At(When),
    Expect(Expectation),
}

/// `from SOURCE clause "4" quote "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The source's name, or the file's.
    pub source: Name,
    /// The place within it.
    pub clause: Option<Name>,
    /// Its words.
    pub quote: Option<Text>,
}

/// `penalty NAME N points for N days where EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Penalty {
    /// What it is called.
    pub name: Name,
    /// Points on the seller's account.
    pub points: Option<Count>,
    /// How long it lasts.
    pub days: Option<Count>,
    /// When it applies.
    pub holds: Option<Expr>,
}

/// `example VERDICT … at D`
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What the set must decide.
    pub verdict: Verdict,
    /// The item.
    pub given: Given,
    /// The instant; if none, the rule's first.
    pub at: Option<When>,
}

/// An item in a policy: a title alone, or fields.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// `"text"`: an item with that title.
    Title(Text),
    /// `{ title "…", price.amount 19.9 }`
    Item(Item),
}

/// `{ PATH VALUE, … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// From brace to brace.
    pub span: Span,
    /// Its fields in the order written.
    pub fields: Vec<(Path, ItemValue)>,
}

/// A value in an item.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemValue {
    /// In quotes.
    Text(Text),
    /// Bare: a name, a number, a date, `yes` or `no`.
    Word(Name),
    /// `[a, b]`
    List(Vec<ItemValue>, Span),
    /// `{ … }`
    Item(Item),
}

/// `said by WHO dated D from source S`
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Said, confirmed or denied.
    pub stance: Stance,
    /// Who.
    pub by: Name,
    /// When.
    pub dated: Option<When>,
    /// Where we have it from.
    pub source: Option<Name>,
}

/// What somebody did with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// `said by`
    Said,
    /// `confirmed by`
    Confirmed,
    /// `denied by`
    Denied,
}

impl Stance {
    /// The clause's words.
    pub fn words(self) -> &'static str {
        match self {
            Stance::Said => "said by",
            Stance::Confirmed => "confirmed by",
            Stance::Denied => "denied by",
        }
    }
}

/// A member of a group, and since when and until when.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// First day.
    pub since: Option<When>,
    /// Last day.
    pub through: Option<When>,
}

/// `expect VERDICT by ID, … upcoming ID, … needs PATH, … penalty withheld`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Verdict,
    /// Rules that must be among those that decide.
    pub rules: Vec<RuleRef>,
    /// Rules that must be among the upcoming.
    pub upcoming: Vec<RuleRef>,
    /// What must be needed.
    pub needs: Vec<Path>,
    /// Rules that must be lifted.
    pub lifted: Vec<RuleRef>,
    /// Whether the penalty must be withheld.
    pub withheld: bool,
}

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
    /// `PATH over N` and its kin
    Number(Path, NumberTest, Spanned<f64>),
    /// `PATH before D`, `PATH after D`
    Date(Path, DateTest, When),
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

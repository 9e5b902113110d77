//! Clauses, and the items of examples and tests.

use super::{Count, Expr, Layer, Name, Path, RuleRef, Spanned, Text, Verdict, When};
use crate::source::Span;

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
#[allow(
    missing_docs,
    reason = "each variant is the clause of its name in docs/language.md"
)]
pub enum ClauseKind {
    Effective(When),
    NoLaterThan(When),
    SometimeIn(When),
    SometimeBetween(When, When),
    SinceEvent(Name),
    Announced(When),
    EnforcedSince(When),
    Through(When),
    Before(When),
    UntilEvent(Name),
    Lasting(Count),
    DuringCalendar(Name),
    Id(Name),
    On(Vec<Name>),
    Via(Vec<Name>),
    In(Vec<Name>),
    Targeting(Vec<Name>),
    Originating(Vec<Name>),
    Destined(Vec<Name>),
    ForMembers {
        negated: bool,
        groups: Vec<Name>,
    },
    Where(Expr),
    To(Expr),
    When(Expr),
    Wording {
        fields: Vec<Path>,
        texts: Vec<Text>,
    },
    ExceptCategory(Name),
    ExceptWhen(Expr),
    ExceptSeller(Vec<Member>),
    ExceptPhrase(Vec<Text>),
    SuchAs(Vec<Name>),
    Namely(Vec<Name>),
    Comply(Transition),
    Under(Vec<Name>),
    /// `from`: a source in a rule, a file in a term or a list.
    From(Citation),
    Reading {
        source: Name,
        text: Text,
        means: Verdict,
        holds: Option<Expr>,
    },
    Penalty(Penalty),
    Layer(Layer),
    Absolute,
    Overrides(RuleRef),
    Supersedes {
        rule: RuleRef,
        leaves_gap: bool,
    },
    Message {
        language: Name,
        text: Text,
    },
    Appeal(Text),
    Dsa {
        category: Name,
        keyword: Name,
    },
    Example(Example),
    Title(Text),
    Zone(Name),
    Otherwise(Spanned<Verdict>),
    Dated(When),
    Retrieved(When),
    Quote(Text),
    Said(Said),
    Also {
        texts: Vec<Text>,
        since: Option<When>,
        folds: Option<Vec<Name>>,
    },
    Fold(Vec<Name>),
    WholeWords,
    Anywhere,
    UnlessNear {
        texts: Vec<Text>,
        words: Option<Count>,
    },
    Since(When),
    Within(Vec<Name>),
    CountsAs(Counting),
    Members(Vec<Member>),
    Values(Vec<Member>),
    NotYet,
    KnownThrough(When),
    Given(Given),
    /// `at "url"` of a source or a law.
    AtUrl(Text),
    /// `at D` of a test.
    At(When),
    /// `known at D` of a test.
    KnownAt(When),
    Expect(Expectation),
}

/// `items PATH before D comply through D`
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// A date of the item.
    pub path: Path,
    /// Items whose date is before this one get time.
    pub before: When,
    /// Until when.
    pub through: Through,
}

/// The last day of a transition.
#[derive(Debug, Clone, PartialEq)]
pub enum Through {
    /// The same for all items.
    Date(When),
    /// Another date of each item.
    Path(Path),
}

/// `counts as CATEGORY since D through D from S`
#[derive(Debug, Clone, PartialEq)]
pub struct Counting {
    /// What it counts as.
    pub whole: Name,
    /// First day.
    pub since: Option<When>,
    /// Last day.
    pub through: Option<When>,
    /// Who says so.
    pub citations: Vec<Citation>,
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

/// A member of a group or a value of a list, and since when and until when.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name; that of a file whose entries all come and go together.
    pub name: Name,
    /// Whether the name is a file's.
    pub from_file: bool,
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

impl ClauseKind {
    /// Whether this says when a rule binds.
    pub fn is_time(&self) -> bool {
        matches!(
            self,
            ClauseKind::Effective(_)
                | ClauseKind::NoLaterThan(_)
                | ClauseKind::SometimeIn(_)
                | ClauseKind::SometimeBetween(..)
                | ClauseKind::SinceEvent(_)
                | ClauseKind::Lasting(_)
                | ClauseKind::Announced(_)
                | ClauseKind::EnforcedSince(_)
                | ClauseKind::Through(_)
                | ClauseKind::Before(_)
                | ClauseKind::UntilEvent(_)
                | ClauseKind::DuringCalendar(_)
        )
    }

    /// The clause's words, as `vocabulary` lists them.
    pub fn words(&self) -> &'static str {
        match self {
            ClauseKind::Effective(_) => "effective",
            ClauseKind::NoLaterThan(_) => "no later than",
            ClauseKind::SometimeIn(_) => "sometime in",
            ClauseKind::SometimeBetween(..) => "sometime between",
            ClauseKind::SinceEvent(_) => "since event",
            ClauseKind::Announced(_) => "announced",
            ClauseKind::EnforcedSince(_) => "enforced since",
            ClauseKind::Through(_) => "through",
            ClauseKind::Before(_) => "before",
            ClauseKind::UntilEvent(_) => "until event",
            ClauseKind::Lasting(_) => "lasting",
            ClauseKind::DuringCalendar(_) => "during calendar",
            ClauseKind::Id(_) => "id",
            ClauseKind::On(_) => "on",
            ClauseKind::Via(_) => "via",
            ClauseKind::In(_) => "in",
            ClauseKind::Targeting(_) => "targeting",
            ClauseKind::Originating(_) => "originating in",
            ClauseKind::Destined(_) => "destined for",
            ClauseKind::ForMembers { .. } => "for members of",
            ClauseKind::Where(_) => "where",
            ClauseKind::To(_) => "to",
            ClauseKind::When(_) => "when",
            ClauseKind::Wording { .. } => "wording",
            ClauseKind::ExceptCategory(_) => "except category",
            ClauseKind::ExceptWhen(_) => "except when",
            ClauseKind::ExceptSeller(_) => "except seller",
            ClauseKind::ExceptPhrase(_) => "except phrase",
            ClauseKind::SuchAs(_) => "such as",
            ClauseKind::Namely(_) => "namely",
            ClauseKind::Comply(_) => "items",
            ClauseKind::Under(_) => "under",
            ClauseKind::From(_) => "from",
            ClauseKind::Reading { .. } => "reading",
            ClauseKind::Penalty(_) => "penalty",
            ClauseKind::Layer(_) => "layer",
            ClauseKind::Absolute => "absolute",
            ClauseKind::Overrides(_) => "overrides",
            ClauseKind::Supersedes { .. } => "supersedes",
            ClauseKind::Message { .. } => "message",
            ClauseKind::Appeal(_) => "appeal",
            ClauseKind::Dsa { .. } => "dsa",
            ClauseKind::Example(_) => "example",
            ClauseKind::Title(_) => "title",
            ClauseKind::Zone(_) => "zone",
            ClauseKind::Otherwise(_) => "otherwise",
            ClauseKind::Dated(_) => "dated",
            ClauseKind::Retrieved(_) => "retrieved",
            ClauseKind::Quote(_) => "quote",
            ClauseKind::Said(said) => said.stance.words(),
            ClauseKind::Also { .. } => "also",
            ClauseKind::Fold(_) => "fold",
            ClauseKind::WholeWords => "whole words",
            ClauseKind::Anywhere => "anywhere",
            ClauseKind::UnlessNear { .. } => "unless near",
            ClauseKind::Since(_) => "since",
            ClauseKind::Within(_) => "within",
            ClauseKind::CountsAs(_) => "counts as",
            ClauseKind::Members(_) => "members",
            ClauseKind::Values(_) => "values",
            ClauseKind::NotYet => "not yet",
            ClauseKind::KnownThrough(_) => "known through",
            ClauseKind::Given(_) => "given",
            ClauseKind::KnownAt(_) => "known at",
            ClauseKind::AtUrl(_) | ClauseKind::At(_) => "at",
            ClauseKind::Expect(_) => "expect",
        }
    }
}

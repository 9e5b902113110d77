//! Flat tables and integer numbers: the policy as it is decided.
//!
//! In: nothing; these are nouns. Guarantee: a node refers only to nodes with smaller numbers, every
//! other number to a row of its table. `Display` prints a listing for people and snapshots.

mod listing;
mod vocabulary;

use std::collections::BTreeMap;

use interdict_matcher::artifact::NEVER;
use interdict_matcher::{Layer, Verdict};

use crate::ast::{Age, DateTest, Dress, NumberTest};
pub use crate::model::{DateBoundary, Field, Law, ListFile, Policy, Source, Succession};
use crate::source::{FileId, Span};
pub use vocabulary::*;

/// How many boundaries have passed; 0 is before the first.
pub type Epoch = u32;
/// A place in [`Program::nodes`].
pub type NodeId = u32;

/// A whole policy set.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The instants at which anything starts or ends, in seconds since 1970, ascending.
    pub boundaries: Vec<i64>,
    /// Fields, sorted by path.
    pub fields: Vec<Field>,
    /// What texts are searched for.
    pub spellings: Vec<Spelling>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Guards of terms.
    pub guards: Vec<Guard>,
    /// Phrases of terms and masks.
    pub phrases: Vec<Phrase>,
    /// Categories, sorted by name.
    pub categories: Vec<Category>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Zones that questions need.
    pub zones: Vec<Zone>,
    /// Questions.
    pub atoms: Vec<Atom>,
    /// Conditions.
    pub nodes: Vec<Node>,
    /// Which conditions stand for `category is N`, sorted by node.
    pub in_category: Vec<InCategory>,
    /// Which conditions hold because something counts as something else, sorted by node.
    pub countings: Vec<Counting>,
    /// Rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Rules as they were held to stand before more was published.
    pub former: Vec<Rule>,
    /// Exceptions that have exceptions of their own, as proofs look at them, by their conditions.
    pub narrowed: BTreeMap<NodeId, Narrowed>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Laws.
    pub laws: Vec<Law>,
    /// Policies.
    pub policies: Vec<Policy>,
    /// Lists.
    pub lists: Vec<ListFile>,
    /// Which rules take the place of others. Nothing decides by it: the lives of the rules hold it.
    pub successions: Vec<Succession>,
}

/// A question with an answer of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// A text mentions a term.
    Mentions {
        /// The term.
        term: u32,
        /// Where; empty: every text field.
        fields: Vec<u32>,
        /// How.
        dress: Dress,
        /// Near what, within how many words.
        near: Option<(u32, u32)>,
        /// The mask of the rule that asks.
        mask: Option<u32>,
    },
    /// A field is or holds one of these, sorted.
    Is(u32, Vec<String>),
    /// A number compares; the number as its bits. `None`: equals.
    Number(u32, Option<NumberTest>, u64),
    /// A date compares. `None`: falls on.
    Date(u32, Option<DateTest>, [i64; 4]),
    /// Two dates of the item compare, in a zone.
    Order(u32, DateTest, u32, u32),
    /// A date of the item is over, in a zone.
    Past(u32, u32),
    /// A date of the item is so long ago, in a zone.
    Age(u32, NumberTest, Age, u32),
    /// A field is there.
    Known(u32),
    /// The item declares a category.
    Declared {
        /// The category.
        category: u32,
        /// Whether those within it are left out.
        exactly: bool,
        /// Whether an item without categories is unknown.
        unknown_if_missing: bool,
    },
    /// The field of a group is, or holds, one of its members.
    Member(u32),
    /// Something is known: from which epoch on, and from which something else is.
    Published(Epoch, Epoch),
    /// The epoch lies in a window of a calendar.
    During(u32),
    /// The epoch lies within.
    InForce {
        /// Uncertain from.
        possible: Epoch,
        /// Certain from.
        certain: Epoch,
        /// Uncertain again from.
        may_end: Epoch,
        /// Until.
        until: Epoch,
        /// What to ask while the start is uncertain.
        start: String,
        /// What to ask while the end is.
        end: String,
    },
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// Always.
    True,
    /// Never.
    False,
    /// All of these.
    And(Vec<NodeId>),
    /// One of these.
    Or(Vec<NodeId>),
    /// Not this.
    Not(NodeId),
    /// A place in [`Program::atoms`].
    Atom(u32),
}

/// A condition that stands for `category is N`: declared, or recognised in one of several ways. What
/// explains decisions gives it back in the author's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InCategory {
    /// The condition.
    pub node: NodeId,
    /// The category.
    pub category: u32,
    /// Whether those within it are left out.
    pub exactly: bool,
}

/// A condition that makes an item count as another kind of thing. What reports decisions says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counting {
    /// The condition.
    pub node: NodeId,
    /// The category of the item.
    pub part: u32,
    /// The category that it counts as.
    pub whole: u32,
    /// Since when, in the author's words.
    pub since: Option<String>,
    /// Who says so.
    pub citations: Vec<Citation>,
}

/// An exception that has exceptions of its own, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    /// What it asks for, without its exceptions.
    pub own: Vec<NodeId>,
    /// What keeps it from lifting: an id and when it holds.
    pub exceptions: Vec<(String, NodeId)>,
}

/// A rule as it stands over one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// `policy/id`.
    pub id: String,
    /// What it says.
    pub verdict: Verdict,
    /// The layer of its force.
    pub layer: Layer,
    /// Its policy.
    pub policy: u32,
    /// The whole condition but time and exceptions.
    pub condition: NodeId,
    /// The same taken apart, if the rule demands something.
    pub duty: Option<Duty>,
    /// The texts among what it demands.
    pub wordings: Vec<Wording>,
    /// What lifts it: an id and when it holds.
    pub exceptions: Vec<(String, NodeId)>,
    /// When.
    pub life: Life,
    /// From which epoch on it is known to stand like that, and from which something else is known.
    pub known: (Epoch, Epoch),
    /// From when the rule binds, however it stands.
    pub since: Epoch,
    /// The same in the author's words.
    pub effective: String,
    /// The category of its subject.
    pub category: Option<Membership>,
    /// The rival reading that this row stands for.
    pub reading: Option<String>,
    /// Where it comes from.
    pub citations: Vec<Citation>,
    /// What gave it this text: when, and where that comes from.
    pub acts: Vec<(String, Vec<Citation>)>,
    /// Its legal grounds.
    pub laws: Vec<u32>,
    /// What a violation costs.
    pub penalties: Vec<Penalty>,
    /// What the seller is told, by language.
    pub messages: Vec<(String, String)>,
    /// Where to appeal.
    pub appeal: Option<String>,
    /// Category and keyword for a statement of reasons.
    pub dsa: Option<(String, String)>,
    /// Where it stands.
    pub span: Span,
}

impl Program {
    /// Every row of every rule, as it is known today and as it was, in the order of artifacts.
    pub fn rows(&self) -> Vec<&Rule> {
        let mut rows: Vec<&Rule> = self.rules.iter().chain(&self.former).collect();
        rows.sort_by(|a, b| a.place().cmp(&b.place()));
        rows
    }
}

impl Rule {
    /// Its place among the rows: by id, then by time, then by reading, then by what is known.
    pub(crate) fn place(&self) -> impl Ord + '_ {
        (&self.id, self.life.certain, &self.reading, self.known)
    }

    /// A rule of the first policy that fires whenever a condition holds, and says nothing more: for
    /// matchers that are asked one thing.
    pub fn bare(id: String, verdict: Verdict, condition: NodeId) -> Rule {
        Rule {
            id,
            verdict,
            layer: Layer::Platform,
            policy: 0,
            condition,
            duty: None,
            wordings: Vec::new(),
            exceptions: Vec::new(),
            life: Life {
                announced: NEVER,
                possible: 0,
                certain: 0,
                enforced: 0,
                may_end: NEVER,
                until: NEVER,
                starts: String::new(),
            },
            known: (0, NEVER),
            since: 0,
            effective: String::new(),
            category: None,
            reading: None,
            citations: Vec::new(),
            acts: Vec::new(),
            laws: Vec::new(),
            penalties: Vec::new(),
            messages: Vec::new(),
            appeal: None,
            dsa: None,
            span: Span::default(),
        }
    }
}

/// What a `restrict` or `require` demands. Nothing decides by it: the condition holds it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// Where it is demanded.
    pub applies: NodeId,
    /// What must hold there.
    pub holds: NodeId,
}

/// A text that a rule demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The texts, one of which is enough.
    pub texts: Vec<String>,
    /// Where; empty: in any text.
    pub fields: Vec<u32>,
    /// Whether it is there.
    pub condition: NodeId,
}

/// A reference to a source: its number, the place in it, its words.
pub type Citation = (u32, Option<String>, Option<String>);

/// A category, and how an item can be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The category.
    pub category: u32,
    /// Whether the item declares it.
    pub declared: NodeId,
    /// Whether it is recognised, if anything recognises it.
    pub recognised: Option<NodeId>,
}

/// The epochs of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Upcoming from.
    pub announced: Epoch,
    /// May bind from.
    pub possible: Epoch,
    /// Binds from.
    pub certain: Epoch,
    /// Penalties from.
    pub enforced: Epoch,
    /// May be over from.
    pub may_end: Epoch,
    /// Until.
    pub until: Epoch,
    /// The start in the author's words.
    pub starts: String,
}

/// What a violation costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    /// Its name.
    pub name: String,
    /// Points.
    pub points: Option<u32>,
    /// Days.
    pub days: Option<u32>,
    /// When it applies.
    pub condition: NodeId,
}

/// The text of one file, as the artifact embeds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedFile {
    /// Which file.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Its text in the canonical layout.
    pub text: String,
    /// Where each statement of the original starts, and the line on which it stands in `text`.
    pub lines: Vec<(u32, u32)>,
}

impl EmbeddedFile {
    /// A file without text, for rules that stand in none.
    pub fn empty() -> EmbeddedFile {
        EmbeddedFile {
            id: FileId(0),
            name: String::new(),
            text: String::new(),
            lines: Vec::new(),
        }
    }
}

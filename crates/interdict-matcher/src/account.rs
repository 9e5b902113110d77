//! The account of a decision: every rule, what became of it, and which part of its condition is to
//! thank or to blame.

use serde::Serialize;

use crate::as_of::AsOf;
use crate::decision::{Evidence, Fired};
use crate::instant::Instant;
use crate::item::Value;
use crate::verdict::Verdict;

/// Why one item is decided as it is at one instant. Borrows its texts from the matcher and from the
/// item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Account<'a> {
    /// What [`Matcher::decide`](crate::Matcher::decide) says.
    pub verdict: Verdict,
    /// The instant judged, as it was asked for.
    pub at: Instant,
    /// By when something must have been published to be known, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<Instant>,
    /// Every rule of the matcher: first those that fired, the primary one first, then by
    /// [`Outcome`], then by id. A rule with rival readings has a row for each.
    pub rules: Vec<RuleAccount<'a>>,
    /// The fields and questions that would settle the verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// How many fields of the item the matcher does not know.
    #[serde(skip_serializing_if = "is_zero")]
    pub ignored_fields: u32,
    /// The content id of the artifact, in hexadecimal.
    pub matcher: String,
}

impl Account<'_> {
    /// What it was decided by.
    pub fn as_of(&self) -> AsOf {
        let (at, known_at) = (self.at, self.known_at);
        AsOf { at, known_at }
    }
}

/// What became of one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleAccount<'a> {
    /// What became of it.
    pub outcome: Outcome,
    /// What it says, and on what grounds; its evidence if its condition holds.
    #[serde(flatten)]
    pub rule: Fired<'a>,
    /// From when it binds; none: since always, or never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// When it ends; none: not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Its condition, without time and exceptions.
    pub condition: Part<'a>,
    /// What lifts it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionAccount<'a>>,
    /// If it is open: whether it could not change the verdict, whatever the answers.
    #[serde(skip_serializing_if = "is_false")]
    pub idle: bool,
    /// If it is open: the fields and questions that would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// The file that it stands in.
    pub file: &'a str,
    /// The line of that file as the artifact embeds it, from 1.
    pub line: u32,
    /// The zone of its policy, by its IANA name.
    pub zone: &'a str,
}

/// What became of a rule. Ordered as accounts tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It fired.
    Fired,
    /// It would have fired, but an exception lifts it.
    Lifted,
    /// What is unknown decides.
    Open,
    /// It is announced, and will fire on this item.
    Upcoming,
    /// Its condition does not hold.
    NotMet,
    /// It is for another place, other parties, or other windows of time.
    OutOfScope,
    /// It does not bind yet.
    NotYet,
    /// It does not bind any more.
    Ended,
}

/// An exception of a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExceptionAccount<'a> {
    /// Its id, or the words of the clause.
    pub id: &'a str,
    /// When it holds.
    pub condition: Part<'a>,
}

/// What is known of a part of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It does not hold.
    No,
    /// The item does not say.
    Unknown,
    /// It holds.
    Yes,
}

/// A part of a condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Part<'a> {
    /// Whether it holds.
    pub answer: Answer,
    /// The part in the words of the language; shortened with `…` where it is long.
    pub words: String,
    /// Whether it says where, for whom or in which windows of time the rule binds.
    #[serde(skip_serializing_if = "is_false")]
    pub scope: bool,
    /// What it asks.
    #[serde(flatten)]
    pub asks: Asks<'a>,
    /// What it is made of. A category that came up before is not taken apart again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part<'a>>,
    /// The mentions that make it hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence<'a>>,
    /// If it does not hold: mentions that do not count for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spared: Vec<Spared<'a>>,
    /// What the item holds in the field that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Value<'a>>,
    /// The fields and questions that would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

/// A mention that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Spared<'a> {
    /// The mention.
    #[serde(flatten)]
    pub mention: Evidence<'a>,
    /// Why it does not count.
    pub because: Because<'a>,
}

/// Why a mention does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Because<'a> {
    /// It stands near a text that its term is not to stand near.
    Near {
        /// The text.
        guard: &'a str,
    },
    /// It lies inside a phrase.
    Inside {
        /// The phrase.
        phrase: &'a str,
    },
    /// A disguised mention was asked for, and it stands as written.
    Written,
    /// A mention as written was asked for, and it is disguised.
    Disguised,
    /// It stands in another field.
    Elsewhere,
    /// It does not stand near the other term.
    Alone,
    /// Its spelling counts from a later day on.
    Later,
}

/// What a part of a condition asks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "asks", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Asks<'a> {
    /// Nothing: it always or never holds.
    Nothing,
    /// That all parts hold.
    All,
    /// That one part holds.
    Any,
    /// That its part does not hold.
    Not,
    /// That the item is in a category: declared, or recognised by one of the parts.
    Category {
        /// The category.
        category: &'a str,
    },
    /// That a text mentions one of these.
    Mentions {
        /// The terms.
        terms: Vec<&'a str>,
        /// Where; empty: in any text.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        fields: Vec<&'a str>,
    },
    /// That a field is, or holds, one of these.
    Is {
        /// The field.
        field: &'a str,
        /// The values; of a long list the first ones.
        values: Vec<&'a str>,
    },
    /// That a number lies on one side of another.
    Number {
        /// The field.
        field: &'a str,
        /// `over 100`
        test: String,
    },
    /// That a date lies on one side of another, is over, or is so long ago.
    Date {
        /// The field.
        field: &'a str,
        /// `before 2018-04-17`, `before published`, `past`, `at least 90 days ago`
        test: String,
    },
    /// That a field is there.
    Known {
        /// The field.
        field: &'a str,
    },
    /// That the item declares a category.
    Declares {
        /// The category.
        category: &'a str,
    },
    /// That a party is a member of one of these.
    Member {
        /// The field that names the party.
        field: &'a str,
        /// The groups.
        groups: Vec<&'a str>,
    },
    /// That a field is, or holds, a value of one of these.
    Listed {
        /// The field.
        field: &'a str,
        /// The lists.
        lists: Vec<&'a str>,
    },
    /// That the instant lies in a window of a calendar.
    During {
        /// The calendar.
        calendar: &'a str,
    },
    /// That an exception or another rule is in force.
    InForce,
    /// That somebody could know it.
    Published,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

//! The answer: what holds for an item at an instant, and why.

use serde::{Serialize, Serializer};

use crate::as_of::AsOf;
use crate::folds::Folds;
use crate::instant::Instant;
use crate::verdict::{Layer, Verdict};

/// What holds for one item at one instant. Borrows its texts from the matcher and from the item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Decision<'a> {
    /// What to do.
    pub verdict: Verdict,
    /// The instant judged, as it was asked for.
    pub at: Instant,
    /// By when something must have been published to be known, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<Instant>,
    /// The rules that fired; the first one is the primary: the strictest, then the highest layer,
    /// then the earliest, then by id.
    pub rules: Vec<Fired<'a>>,
    /// Rules that would have fired, had no exception lifted them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifted: Vec<Lifted<'a>>,
    /// Rules that may fire: what is unknown decides. Only those that could change the verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible: Vec<Possible<'a>>,
    /// Rules that are announced and will hold for this item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub upcoming: Vec<Upcoming<'a>>,
    /// The fields and questions that would settle the verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// How many fields of the item the matcher does not know.
    #[serde(skip_serializing_if = "is_zero")]
    pub ignored_fields: u32,
    /// The content id of the artifact that decided.
    #[serde(serialize_with = "hex")]
    pub matcher: [u8; 32],
}

impl Decision<'_> {
    /// What it was decided by.
    pub fn as_of(&self) -> AsOf {
        let (at, known_at) = (self.at, self.known_at);
        AsOf { at, known_at }
    }
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fired<'a> {
    /// `policy/id`.
    pub id: &'a str,
    /// What it says.
    pub verdict: Verdict,
    /// The layer of its force.
    pub layer: Layer,
    /// When it took effect, in the author's words.
    pub effective: &'a str,
    /// The acts that gave it the text that applies here, in the order of time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amended_by: Vec<Amended<'a>>,
    /// The category that its subject names, and how the item is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Membership<'a>>,
    /// The rival reading that alone applies; then the verdict is `review`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<&'a str>,
    /// Where it was found.
    pub evidence: Vec<Evidence<'a>>,
    /// That the item counts as another kind of thing, where the rule rests on that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted<'a>>,
    /// The texts that the rule demands and that are not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing<'a>>,
    /// Where the rule comes from.
    pub sources: Vec<Cited<'a>>,
    /// Its legal grounds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<Ground<'a>>,
    /// What a violation costs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub penalty: Vec<Sanction<'a>>,
    /// Whether the rule binds, but penalties do not apply yet.
    #[serde(skip_serializing_if = "is_false")]
    pub penalty_withheld: bool,
    /// What the seller is told, by language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Told<'a>>,
    /// Where the seller may appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeal: Option<&'a str>,
    /// Category and keyword for a statement of reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dsa: Option<(&'a str, &'a str)>,
}

/// That an item counts as another kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted<'a> {
    /// The kind that it is.
    pub category: &'a str,
    /// The kind that it counts as.
    #[serde(rename = "as")]
    pub whole: &'a str,
    /// Since when, in the author's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<&'a str>,
    /// Who says so.
    pub sources: Vec<Cited<'a>>,
}

/// A text that a rule demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing<'a> {
    /// The texts, one of which is enough.
    pub wording: Vec<&'a str>,
    /// Where; empty: in any text.
    #[serde(rename = "in", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<&'a str>,
}

/// An act that amended a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amended<'a> {
    /// When it took effect, in the author's words.
    pub effective: &'a str,
    /// Where the act comes from.
    pub sources: Vec<Cited<'a>>,
}

/// How an item is in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Membership<'a> {
    /// The category.
    pub name: &'a str,
    /// Whether the item declares it or the policy recognises it.
    pub by: MembershipBy,
}

/// Who says that an item is in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MembershipBy {
    /// The item.
    Declared,
    /// The policy, by the category's `where`.
    Recognised,
}

/// A stretch of the item's text that a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence<'a> {
    /// The field.
    pub field: &'a str,
    /// First byte in the field's UTF-8 text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The text between.
    pub text: &'a str,
    /// The term that it mentions.
    pub term: &'a str,
    /// The folds that it needed, none if it stands as written.
    #[serde(serialize_with = "fold_names")]
    pub folds: Folds,
}

/// A source that a rule cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cited<'a> {
    /// The source's name.
    pub source: &'a str,
    /// `official`, `press` or `statement`.
    pub kind: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<&'a str>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// The place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'a str>,
    /// Its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<&'a str>,
}

/// A legal ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ground<'a> {
    /// The law's name.
    pub law: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// What a violation costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sanction<'a> {
    /// Its name.
    pub name: &'a str,
    /// Points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Whether something that the item does not say decides if it applies.
    #[serde(skip_serializing_if = "is_false")]
    pub uncertain: bool,
}

/// What the seller is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Told<'a> {
    /// The language.
    pub language: &'a str,
    /// The text.
    pub text: &'a str,
}

/// A rule that an exception lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lifted<'a> {
    /// The rule.
    pub id: &'a str,
    /// The exception.
    pub by: &'a str,
}

/// A rule that may fire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Possible<'a> {
    /// The rule.
    pub id: &'a str,
    /// What it would say.
    pub verdict: Verdict,
    /// What would settle it.
    pub needs: Vec<String>,
}

/// A rule that is announced and not yet in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Upcoming<'a> {
    /// The rule.
    pub id: &'a str,
    /// What it will say.
    pub verdict: Verdict,
    /// From when.
    pub effective: &'a str,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn hex<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&blake3::Hash::from_bytes(*bytes).to_hex())
}

fn fold_names<S: Serializer>(folds: &Folds, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(folds.names())
}

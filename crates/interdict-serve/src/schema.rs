//! Items and decisions as the OpenAPI document tells them.
//!
//! The crate that decides knows nothing of OpenAPI, so that its answers are told here once more; a
//! test holds the answers of the server against this.
#![expect(dead_code, reason = "read by the document alone")]

use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Code;

/// What items are judged by that do not say so themselves.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Judged {
    /// The instant: with its offset, `2018-04-18T12:00:00+08:00`, or a date, which is 00:00 UTC. Escape the plus sign.
    at: Option<String>,
    /// By when something must have been published to be known.
    known_at: Option<String>,
}

/// An item: its fields by name, with the instants beside them; or an object with the item under
/// `item` and the instants beside it.
#[derive(ToSchema)]
pub(crate) struct Request {
    /// The instant to judge at.
    at: Option<String>,
    /// By when something must have been published to be known.
    known_at: Option<String>,
    /// A text or number that the decision repeats.
    #[schema(value_type = Value, required = false)]
    id: Option<Value>,
    /// The item.
    #[schema(value_type = Object)]
    item: Option<Map<String, Value>>,
}

/// What holds for one item at one instant.
#[derive(ToSchema)]
pub(crate) struct Decision {
    /// The id of the item.
    #[schema(value_type = Value, required = false)]
    id: Option<Value>,
    /// What to do.
    verdict: Verdict,
    /// The instant judged, as it was asked for.
    at: String,
    /// By when something must have been published to be known, if that was asked.
    known_at: Option<String>,
    /// The rules that fired; the first one is the primary.
    rules: Vec<Fired>,
    /// Rules that would have fired, had no exception lifted them.
    #[schema(required = false)]
    lifted: Vec<Lifted>,
    /// Rules that may fire: what is unknown decides.
    #[schema(required = false)]
    possible: Vec<Possible>,
    /// Rules that are announced and will hold for this item.
    #[schema(required = false)]
    upcoming: Vec<Upcoming>,
    /// The fields and questions that would settle the verdict.
    #[schema(required = false)]
    needs: Vec<String>,
    /// How many fields of the item the matcher does not know.
    #[schema(required = false)]
    ignored_fields: u32,
    /// The content id of the artifact that decided.
    matcher: String,
}

/// A line of the answer to a batch.
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum Answered {
    /// Of a line that was decided.
    Decision(Box<Decision>),
    /// Of a line that was not.
    Undecided(Undecided),
}

/// Why a line of a batch was not decided.
#[derive(ToSchema)]
pub(crate) struct Undecided {
    /// Its number, from 1 on.
    line: u64,
    /// What is wrong with it.
    code: Code,
    /// In words.
    detail: String,
}

/// What to do with an item.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    Allow,
    Require,
    Restrict,
    Review,
    Ban,
}

/// A rule that fired.
#[derive(ToSchema)]
pub(crate) struct Fired {
    /// `policy/id`.
    id: String,
    /// What it says.
    verdict: Verdict,
    /// The layer of its force.
    layer: String,
    /// When it took effect, in the author's words.
    effective: String,
    /// The acts that gave it the text that applies here.
    #[schema(required = false)]
    amended_by: Vec<Amended>,
    /// The category that its subject names, and how the item is in it.
    category: Option<Membership>,
    /// The rival reading that alone applies.
    reading: Option<String>,
    /// Where it was found.
    evidence: Vec<Evidence>,
    /// That the item counts as another kind of thing.
    #[schema(required = false)]
    counted: Vec<Counted>,
    /// The texts that the rule demands and that are not there.
    #[schema(required = false)]
    missing: Vec<Missing>,
    /// Where the rule comes from.
    sources: Vec<Cited>,
    /// Its legal grounds.
    #[schema(required = false)]
    under: Vec<Ground>,
    /// What a violation costs.
    #[schema(required = false)]
    penalty: Vec<Sanction>,
    /// Whether the rule binds, but penalties do not apply yet.
    #[schema(required = false)]
    penalty_withheld: bool,
    /// What the seller is told, by language.
    #[schema(required = false)]
    messages: Vec<Told>,
    /// Where the seller may appeal.
    appeal: Option<String>,
    /// Category and keyword for a statement of reasons.
    #[schema(required = false)]
    dsa: Vec<String>,
}

/// An act that amended a rule.
#[derive(ToSchema)]
pub(crate) struct Amended {
    /// When it took effect, in the author's words.
    effective: String,
    /// Where the act comes from.
    sources: Vec<Cited>,
}

/// How an item is in a category.
#[derive(ToSchema)]
pub(crate) struct Membership {
    /// The category.
    name: String,
    /// Who says so.
    by: MembershipBy,
}

/// Who says that an item is in a category.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum MembershipBy {
    Declared,
    Recognised,
}

/// A stretch of the item's text that a rule rests on.
#[derive(ToSchema)]
pub(crate) struct Evidence {
    /// The field.
    field: String,
    /// First byte in the field's UTF-8 text.
    start: u32,
    /// Byte after the last.
    end: u32,
    /// The text between.
    text: String,
    /// The term that it mentions.
    term: String,
    /// The folds that it needed, none if it stands as written.
    folds: Vec<String>,
}

/// That an item counts as another kind of thing.
#[derive(ToSchema)]
pub(crate) struct Counted {
    /// The kind that it is.
    category: String,
    /// The kind that it counts as.
    r#as: String,
    /// Since when, in the author's words.
    since: Option<String>,
    /// Who says so.
    sources: Vec<Cited>,
}

/// A text that a rule demands.
#[derive(ToSchema)]
pub(crate) struct Missing {
    /// The texts, one of which is enough.
    wording: Vec<String>,
    /// Where; empty: in any text.
    #[schema(required = false)]
    r#in: Vec<String>,
}

/// A source that a rule cites.
#[derive(ToSchema)]
pub(crate) struct Cited {
    /// The source's name.
    source: String,
    /// `official`, `press` or `statement`.
    kind: String,
    /// Its title.
    title: String,
    /// Its date.
    dated: Option<String>,
    /// Its address.
    url: Option<String>,
    /// The place in it.
    clause: Option<String>,
    /// Its words.
    quote: Option<String>,
}

/// A legal ground.
#[derive(ToSchema)]
pub(crate) struct Ground {
    /// The law's name.
    law: String,
    /// Its title.
    title: String,
    /// Its address.
    url: Option<String>,
}

/// What a violation costs.
#[derive(ToSchema)]
pub(crate) struct Sanction {
    /// Its name.
    name: String,
    /// Points.
    points: Option<u32>,
    /// Days.
    days: Option<u32>,
    /// Whether something that the item does not say decides if it applies.
    #[schema(required = false)]
    uncertain: bool,
}

/// What the seller is told.
#[derive(ToSchema)]
pub(crate) struct Told {
    /// The language.
    language: String,
    /// The text.
    text: String,
}

/// A rule that an exception lifted.
#[derive(ToSchema)]
pub(crate) struct Lifted {
    /// The rule.
    id: String,
    /// The exception.
    by: String,
}

/// A rule that may fire.
#[derive(ToSchema)]
pub(crate) struct Possible {
    /// The rule.
    id: String,
    /// What it would say.
    verdict: Verdict,
    /// What would settle it.
    needs: Vec<String>,
}

/// A rule that is announced and not yet in force.
#[derive(ToSchema)]
pub(crate) struct Upcoming {
    /// The rule.
    id: String,
    /// What it will say.
    verdict: Verdict,
    /// From when.
    effective: String,
}

/// Why an item is decided as it is, and what would change that.
#[derive(ToSchema)]
pub(crate) struct Explained {
    /// What is decided.
    verdict: Verdict,
    /// The instant judged, as it was asked for.
    at: String,
    /// By when something must have been published to be known, if that was asked.
    known_at: Option<String>,
    /// Every rule, with what became of it, part by part.
    #[schema(value_type = Vec<Object>)]
    rules: Vec<Map<String, Value>>,
    /// The fields and questions that would settle the verdict.
    #[schema(required = false)]
    needs: Vec<String>,
    /// How many fields of the item the matcher does not know.
    #[schema(required = false)]
    ignored_fields: u32,
    /// The content id of the artifact.
    matcher: String,
    /// The smallest changes that would loosen the verdict, and the times at which it would be looser.
    #[schema(value_type = Object)]
    changes: Map<String, Value>,
}

//! What would change a verdict: edits of the item, and other instants.

use serde::Serialize;

use crate::instant::Instant;
use crate::item::Value;
use crate::verdict::Verdict;

/// What to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// The verdict wanted. `None`: a looser one; where what is unknown makes the verdict, any other.
    pub toward: Option<Verdict>,
    /// Whether another platform, channel, country or market may be tried.
    pub place: bool,
    /// How many decisions may be tried.
    pub trials: u32,
}

impl Default for Aim {
    fn default() -> Aim {
        Aim {
            toward: None,
            place: false,
            trials: 2000,
        }
    }
}

/// The smallest changes of an item that change the verdict on it. Each was tried.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Changes<'a> {
    /// Changes of the item, the smallest first; those of one edit, or if there are none, of more.
    pub changes: Vec<Change<'a>>,
    /// The times before and after the instant that are the nearest with another verdict.
    pub periods: Vec<Period>,
    /// How many decisions were tried.
    pub trials: u32,
    /// Whether there was more to try than was allowed.
    pub stopped: bool,
}

/// A change of the item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change<'a> {
    /// The verdict on the changed item.
    pub verdict: Verdict,
    /// What is changed, to be done in this order.
    pub edits: Vec<Edit<'a>>,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Edit<'a> {
    /// The field.
    pub field: &'a str,
    /// What the change amounts to.
    #[serde(flatten)]
    pub does: Does<'a>,
    /// The value with which it was tried; none: the field was left out.
    pub value: Option<Value<'a>>,
}

/// What a change of a field amounts to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "does", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Does<'a> {
    /// A text loses all mentions of terms.
    Drop {
        /// The terms.
        terms: Vec<&'a str>,
        /// What is cut out, in the order of the text.
        texts: Vec<String>,
    },
    /// A text gains a mention.
    Mention {
        /// The term.
        term: &'a str,
        /// The spelling that was tried.
        text: &'a str,
    },
    /// A text is given, and does not mention a term.
    MentionNot {
        /// The term.
        term: &'a str,
    },
    /// A field gets a value, or a list another name.
    Be {
        /// The value.
        value: &'a str,
    },
    /// A field gets a value that no rule asks for, or a list loses these.
    BeNot {
        /// The values that it is not.
        values: Vec<&'a str>,
    },
    /// A number or a date gets to the other side of a boundary.
    Pass {
        /// Where it then lies: `over 100`, `before 2018-04-17`.
        test: String,
    },
    /// A field is given.
    Give,
    /// A field is left out.
    Omit,
    /// The item declares a category.
    Declare {
        /// The category.
        category: &'a str,
    },
    /// The item does not declare a category, nor one within it.
    DeclareNot {
        /// The category.
        category: &'a str,
    },
    /// The party is a member of a group.
    Join {
        /// The group.
        group: &'a str,
    },
    /// The party is no member of a group.
    Leave {
        /// The group.
        group: &'a str,
    },
}

/// A stretch of time with one verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Period {
    /// The verdict.
    pub verdict: Verdict,
    /// Its first instant; none: since always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// The instant that ends it; none: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

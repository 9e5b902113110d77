//! What conditions ask about: spellings and terms, categories, groups, calendars and zones.

use interdict_matcher::Folds;

use super::Epoch;
use crate::source::Span;
use crate::text_index::{Edges, SpellingSpec};

/// A spelling and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The term, guard or phrase.
    pub owner: Owner,
    /// As the author wrote it.
    pub text: String,
    /// What a text may do to it.
    pub folds: Folds,
    /// Where it must end.
    pub edges: Edges,
    /// From when it counts.
    pub since: Epoch,
    /// Where a term's spelling stands; guards and phrases are not asked for theirs.
    pub span: Option<Span>,
}

impl Spelling {
    /// The spelling as the text index takes it.
    pub fn spec(&self) -> SpellingSpec {
        SpellingSpec {
            text: self.text.clone(),
            folds: self.folds,
            edges: self.edges,
        }
    }
}

/// What a spelling stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A place in [`terms`](super::Program::terms).
    Term(u32),
    /// A place in [`guards`](super::Program::guards).
    Guard(u32),
    /// A place in [`phrases`](super::Program::phrases).
    Phrase(u32),
}

/// A concept that texts mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name.
    pub name: String,
}

/// `unless near`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// The term.
    pub term: u32,
    /// Within so many words.
    pub words: Option<u32>,
}

/// `except phrase`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Of a term.
    Term(u32),
    /// Of a rule, by the number of its mask.
    Mask(u32),
}

/// A kind of thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// The categories that it lies within, itself first.
    pub ancestors: Vec<u32>,
}

/// A list of parties, or of values that come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Whether it is a list of values.
    pub is_list: bool,
    /// The field that is held against it.
    pub field: u32,
    /// The epoch from which nobody knows further members.
    pub known_until: Epoch,
    /// What to ask from then on.
    pub question: String,
    /// Name, first epoch, last epoch (exclusive).
    pub members: Vec<(String, Epoch, Epoch)>,
}

/// Windows under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// First epoch and last epoch (exclusive) of each window, ascending and apart.
    pub windows: Vec<(Epoch, Epoch)>,
    /// The epoch from which nobody knows further windows.
    pub known_until: Epoch,
    /// What to ask from then on.
    pub question: String,
}

/// What the clocks of a zone show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its IANA name.
    pub name: String,
    /// From which second on, how many seconds they are ahead of UTC; ascending, the first from always.
    pub offsets: Vec<(i64, i32)>,
    /// Until when that is known.
    pub known_until: i64,
}

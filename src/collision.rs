//! An ordinary text that a spelling is found in, or would be if nothing told chance from disguise.
//!
//! In: nothing; these are nouns.

use interdict_matcher::Folds;

/// A line that its author says is innocent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benign {
    /// Where it stands: `sold.txt:17`.
    pub place: String,
    /// Its text.
    pub text: String,
}

/// What kind of ordinary text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of the lists.
    Word,
    /// Two words in a row.
    Words,
    /// A line of benign texts, by its place among them.
    Benign(usize),
}

/// What the matcher makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is a mention.
    Found,
    /// A guard or a phrase of the term makes it innocent.
    Excepted,
    /// The artifact knows it as innocent.
    BakedIn,
}

impl Standing {
    /// In the words that people read.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Found => "found",
            Standing::Excepted => "excepted",
            Standing::BakedIn => "baked in",
        }
    }
}

/// A spelling in an ordinary text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The number of the spelling in its program.
    pub spelling: usize,
    /// The ordinary text.
    pub text: String,
    /// What kind of text it is.
    pub kind: Kind,
    /// How many words of its language are more common, and one more; a benign line has no rank.
    pub rank: Option<u32>,
    /// Where the hit starts in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The folds that it needs.
    pub folds: Folds,
    /// What the matcher makes of it.
    pub standing: Standing,
}

impl Collision {
    /// The stretch of the text that stands for the spelling.
    pub fn hit(&self) -> &str {
        self.text.get(self.start..self.end).unwrap_or("")
    }
}

//! A sentence that tells its own words from those of policies and items, so that every face can show
//! the latter safely.

use std::fmt;

use interdict::render::visible;
use serde::{Serialize, Serializer};

/// How many characters of a quoted text are shown.
const LONGEST: usize = 80;

/// A sentence in pieces.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sentence(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// Our words.
    Said(String),
    /// Words of a policy or an item.
    Quoted(String),
}

/// Begins a sentence.
pub(super) fn say(words: impl Into<String>) -> Sentence {
    Sentence::default().say(words)
}

/// Begins a sentence with words of a policy or an item.
pub(super) fn quote(words: &str) -> Sentence {
    Sentence::default().quote(words)
}

impl Sentence {
    /// Adds words of our own.
    pub(super) fn say(mut self, words: impl Into<String>) -> Sentence {
        self.0.push(Piece::Said(words.into()));
        self
    }

    /// Adds words of a policy or an item.
    pub(super) fn quote(mut self, words: &str) -> Sentence {
        self.0.push(Piece::Quoted(shortened(words)));
        self
    }

    /// Adds words of a policy in full.
    pub(super) fn cite(mut self, words: &str) -> Sentence {
        self.0.push(Piece::Quoted(words.to_owned()));
        self
    }

    /// Adds another sentence.
    pub(super) fn and(mut self, other: Sentence) -> Sentence {
        self.0.extend(other.0);
        self
    }

    /// Adds several sentences: `a, b and c`.
    pub(super) fn list(mut self, parts: Vec<Sentence>, last: &str) -> Sentence {
        let count = parts.len();
        for (at, part) in parts.into_iter().enumerate() {
            self = match at {
                0 => self,
                at if at + 1 == count => self.say(format!(" {last} ")),
                _ => self.say(", "),
            };
            self = self.and(part);
        }
        self
    }

    /// For a terminal: nothing in it acts on one.
    pub(super) fn shown(&self) -> String {
        visible(&self.to_string()).into_owned()
    }

    /// For Markdown: nothing quoted is read as markup.
    pub(super) fn markdown(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Said(words) => words.clone(),
            Piece::Quoted(words) => code(words),
        });
        pieces.collect()
    }
}

/// A text as code of Markdown, within a fence that it does not hold.
pub(in crate::commands) fn code(text: &str) -> String {
    let text = visible(text);
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Several words of a policy or an item: `a`, `b` and `c`; of many the first ones.
pub(super) fn quotes(words: &[&str], last: &str) -> Sentence {
    const MOST: usize = 6;
    let mut parts: Vec<Sentence> = words.iter().take(MOST).map(|one| quote(one)).collect();
    if words.len() > MOST {
        parts.push(say(format!("{} more", words.len() - MOST)));
    }
    Sentence::default().list(parts, last)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Said(words) => f.write_str(words),
            Piece::Quoted(words) => write!(f, "`{words}`"),
        })
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

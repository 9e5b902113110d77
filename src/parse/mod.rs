//! Text → [`File`]. The only module that knows pest.
//!
//! In: any text. Out: the statements that could be read, and a diagnostic for each one that could
//! not. Guarantee: never fails and never panics; a statement starts in column 1, so a broken one
//! costs nothing but itself.

mod build;
mod explain;
mod lexical;
mod slice;

use pest::Parser as _;

use crate::ast::File;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// The grammar as pest compiles it.
mod grammar {
    #![allow(
        missing_docs,
        reason = "pest derives one variant a rule of the grammar"
    )]
    #![allow(unreachable_pub, reason = "pest derives public items")]

    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/policy.pest"]
    pub(super) struct Grammar;
}

use grammar::{Grammar, Rule};

/// Reads one file.
pub fn parse(source: &Source) -> (File, Vec<Diagnostic>) {
    let mut file = File {
        id: source.id,
        statements: Vec::new(),
        broken: Vec::new(),
    };
    let mut diagnostics = lexical::invisible(source);
    for slice in slice::statements(source, &mut diagnostics) {
        let before = diagnostics.len();
        lexical::check(slice, &mut diagnostics);
        if diagnostics.len() == before {
            match Grammar::parse(Rule::statement, slice.text) {
                Ok(pairs) => {
                    let statement = build::statement(pairs, slice, &mut diagnostics);
                    if diagnostics.len() == before {
                        file.statements.extend(statement);
                    }
                }
                Err(error) => diagnostics.push(explain::syntax_error(&error, slice)),
            }
        }
        if diagnostics.len() > before {
            file.broken.extend(slice.defined_name());
        }
    }
    diagnostics.sort_by_key(|one| one.span);
    (file, diagnostics)
}

/// Whether a text may stand as a name without quotes.
pub fn is_bare_name(text: &str) -> bool {
    Grammar::parse(Rule::name, text).is_ok_and(|pairs| pairs.as_str() == text)
}

/// The text of one statement and where it stands.
#[derive(Debug, Clone, Copy)]
struct Slice<'a> {
    source: &'a Source,
    start: usize,
    text: &'a str,
}

impl Slice<'_> {
    fn span(self, start: usize, end: usize) -> Span {
        Span {
            file: self.source.id,
            start: u32::try_from(self.start + start).unwrap_or(u32::MAX),
            end: u32::try_from(self.start + end).unwrap_or(u32::MAX),
        }
    }

    fn head_word(&self) -> &str {
        let end = self
            .text
            .find(|c: char| c.is_whitespace() || c == '"' || c == '{');
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// What a broken statement would have defined, so that its absence causes no further errors.
    fn defined_name(&self) -> Option<String> {
        let mut words = self.text.split_whitespace().skip(1);
        let mut word = words.next()?;
        if matches!(word, "category" | "term" | "seller" | "exactly") {
            word = words.next()?;
        }
        Some(word.trim_matches('"').to_owned())
    }
}

//! A policy file in its canonical layout.
//!
//! In: a file that parsed, and its text. Out: the same statements, clauses, comments and blank lines
//! between statements, laid out in one way. Guarantee: formatting twice changes nothing, and the
//! result means the same. Layout: the head with its clauses of time on the first line, then one
//! clause a line, indented by two; a line that would exceed 100 columns continues indented by six.

mod layout;
mod tokens;

use crate::ast::{ClauseKind, File, Statement};
use crate::ir::EmbeddedFile;
use crate::source::{Source, Sources};
use layout::Lines;
use tokens::{Token, tokens};

/// Lays out a file that parsed without an error.
pub fn format(file: &File, source: &Source) -> String {
    format_with_lines(file, source).0
}

/// The canonical text as an artifact embeds it.
pub(crate) fn embed(file: &File, sources: &Sources) -> EmbeddedFile {
    let source = sources.file(file.id);
    let (text, lines) = source.map_or((String::new(), Vec::new()), |source| {
        format_with_lines(file, source)
    });
    EmbeddedFile {
        id: file.id,
        name: source.map_or(String::new(), |source| source.name.clone()),
        text,
        lines,
    }
}

/// The canonical text, and for each statement where it starts in the original and on which line it
/// stands now.
fn format_with_lines(file: &File, source: &Source) -> (String, Vec<(u32, u32)>) {
    let mut lines = Lines::default();
    let mut places = Vec::new();
    let mut from = 0;
    for statement in &file.statements {
        let (start, end) = (statement.span.start as usize, statement.span.end as usize);
        lines.between(&source.text[from..start]);
        places.push((statement.span.start, lines.next_line()));
        from = format_statement(statement, source, end, &mut lines);
    }
    lines.between(&source.text[from..]);
    (lines.finish(), places)
}

/// Writes a statement; returns where the text after it starts.
fn format_statement(
    statement: &Statement,
    source: &Source,
    end: usize,
    lines: &mut Lines,
) -> usize {
    let rest = &source.text[end..];
    // A comment after the last clause, on its line, belongs to the statement.
    let trailing = rest.find('\n').unwrap_or(rest.len());
    let tail = if rest[..trailing].trim_start().starts_with('#') {
        end + trailing
    } else {
        end
    };
    let mut cuts: Vec<usize> = statement
        .clauses
        .iter()
        .map(|clause| clause.span.start as usize)
        .collect();
    cuts.push(tail);
    let head_end = cuts[0];
    lines.begin(&tokens(
        &source.text[statement.span.start as usize..head_end],
    ));
    for (at, clause) in statement.clauses.iter().enumerate() {
        let text = &source.text[cuts[at]..cuts[at + 1]];
        let joins = joins_head(&clause.kind)
            && statement.clauses[..at]
                .iter()
                .all(|before| joins_head(&before.kind));
        lines.clause(&tokens(text), joins);
    }
    lines.end();
    tail
}

/// Clauses that say when a rule holds read on with its head.
fn joins_head(kind: &ClauseKind) -> bool {
    matches!(
        kind,
        ClauseKind::Effective(_)
            | ClauseKind::NoLaterThan(_)
            | ClauseKind::SometimeIn(_)
            | ClauseKind::Announced(_)
            | ClauseKind::EnforcedSince(_)
            | ClauseKind::Through(_)
            | ClauseKind::Before(_)
            | ClauseKind::UntilEvent(_)
            | ClauseKind::NotYet
    )
}

#[cfg(test)]
mod tests;

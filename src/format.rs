//! A policy file in its canonical layout.
//!
//! In: a file that parsed, and its text. Out: the same statements, clauses, comments and blank lines
//! between statements, laid out in one way. Guarantee: formatting twice changes nothing, and the
//! result means the same. Layout: the head with its clauses of time on the first line, then one
//! clause a line, indented by two (`via`, `in` and `targeting` stay with `on`, the parts of a test
//! together); a line that would exceed 100 columns continues indented by six.

mod layout;
mod pieces;
mod tokens;

use crate::ast::{Clause, ClauseKind, File, Statement};
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
        let joins = reads_on(&statement.clauses[..at], &clause.kind);
        lines.clause(&tokens(text), joins);
    }
    lines.end();
    tail
}

/// Whether a clause reads on with what stands before it: times with the head, the parts of a scope
/// and of a test with each other.
fn reads_on(before: &[Clause], kind: &ClauseKind) -> bool {
    let last = before.last().map(|clause| &clause.kind);
    match kind {
        ClauseKind::Via(_)
        | ClauseKind::In(_)
        | ClauseKind::Targeting(_)
        | ClauseKind::Originating(_)
        | ClauseKind::Destined(_) => matches!(
            last,
            Some(ClauseKind::On(_) | ClauseKind::Via(_) | ClauseKind::In(_))
        ),
        ClauseKind::At(_) => matches!(last, Some(ClauseKind::Given(_))),
        ClauseKind::KnownAt(_) => matches!(last, Some(ClauseKind::At(_))),
        ClauseKind::Expect(_) => {
            matches!(last, Some(ClauseKind::At(_) | ClauseKind::KnownAt(_)))
        }
        kind => is_dated(kind) && before.iter().all(|clause| is_dated(&clause.kind)),
    }
}

/// Whether a clause says when, of a rule or of anything else.
fn is_dated(kind: &ClauseKind) -> bool {
    let others = matches!(
        kind,
        ClauseKind::KnownThrough(_) | ClauseKind::Dated(_) | ClauseKind::NotYet
    );
    others || kind.is_time()
}

#[cfg(test)]
mod tests;

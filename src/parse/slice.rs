//! File → statements, by their first column.

use super::Slice;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;

/// Cuts a file where a line starts in column 1, and reports indented text before the first cut.
pub(super) fn statements<'a>(
    source: &'a Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Slice<'a>> {
    let text = source.text.as_str();
    let mut starts = Vec::new();
    let mut offset = text.len() - text.trim_start_matches('\u{FEFF}').len();
    for line in text[offset..].split_inclusive('\n') {
        match line.chars().next() {
            Some(c) if starts_statement(c) => starts.push(offset),
            Some(c) if starts.is_empty() && is_content(line) && c != '#' => {
                diagnostics.push(indented(source, offset, line));
            }
            _ => {}
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let slices = starts.iter().zip(ends);
    slices
        .map(|(&start, end)| Slice {
            source,
            start,
            text: &text[start..end],
        })
        .collect()
}

/// A closing bracket in column 1 still belongs to the statement above.
fn starts_statement(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '#' | '}' | ')' | ']')
}

fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn indented(source: &Source, offset: usize, line: &str) -> Diagnostic {
    let text = line.trim();
    let start = offset + (line.len() - line.trim_start().len());
    let slice = Slice {
        source,
        start,
        text,
    };
    let message = "this line is indented, but there is no statement above that it could belong to";
    Diagnostic::new(Code::IndentedStart, slice.span(0, text.len()), message)
        .help("start the statement in column 1; only its clauses are indented")
}

//! Diagnostics → text for a terminal, or JSON for tools.
//!
//! In: diagnostics and the files that they speak of. Out: strings; nothing is printed here.
//! Guarantee: no span makes it panic, and no control character of a policy reaches a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Source, Sources, Span};
use crate::witness::Witness;

/// Draws diagnostics with the lines that they speak of, a blank line after each.
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, coloured: bool) -> String {
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out += &renderer.render(&[group(diagnostic, sources)]);
        out += "\n\n";
    }
    out
}

/// Writes diagnostics as JSON, an object a line.
///
/// Lines and columns count from 1, columns in characters; offsets count bytes from 0. `start`, `end`
/// and `file` are missing where a diagnostic has no place.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let line = Line {
            code: diagnostic.code,
            severity: diagnostic.severity(),
            message: &diagnostic.message,
            place: place_of(diagnostic, sources),
            label: diagnostic.label.as_deref(),
            related: related(diagnostic, sources),
            help: diagnostic.help.as_deref(),
            witness: diagnostic.witness.as_ref(),
        };
        out += &serde_json::to_string(&line).unwrap_or_default();
        out.push('\n');
    }
    out
}

/// Counts diagnostics in a line: `2 errors, 1 warning in 3 files`.
pub fn summary(diagnostics: &[Diagnostic], files: usize) -> String {
    let count = |severity| {
        let found = diagnostics.iter().filter(|one| one.severity() == severity);
        found.count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "error"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    if parts.is_empty() {
        parts.push("no errors".to_owned());
    }
    format!("{} in {}", parts.join(", "), counted(files, "file"))
}

/// A number with its noun: `1 file`, `2 files`.
pub fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Text from outside as a terminal may show it: what would move the cursor, turn the direction of
/// writing or hide is written as an escape such as `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts_on_terminals) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            c if acts_on_terminals(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn acts_on_terminals(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

// -------------------------------------------------------------------------------- terminal

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.slug());
    let mut group = Group::with_title(title);
    let mut marks = vec![Mark {
        span: diagnostic.span,
        kind: AnnotationKind::Primary,
        label: diagnostic.label.as_deref(),
    }];
    marks.extend(diagnostic.related.iter().map(|(span, label)| Mark {
        span: *span,
        kind: AnnotationKind::Context,
        label: Some(label),
    }));
    if has_place(diagnostic) {
        while let Some(first) = marks.first() {
            let file = first.span.file;
            let here = marks.extract_if(.., |mark| mark.span.file == file);
            let here: Vec<Mark<'_>> = here.collect();
            if let Some(source) = sources.file(file) {
                group = group.element(snippet(source, &here));
            }
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    if let Some(witness) = &diagnostic.witness {
        let line = visible(&witness.to_string()).into_owned();
        group = group.element(Level::NOTE.with_name("witness").message(line));
    }
    group
}

/// Something to underline.
struct Mark<'a> {
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// The lines of one file that the marks stand on, and what lies between them.
fn snippet<'a>(source: &'a Source, marks: &[Mark<'a>]) -> Snippet<'a, Annotation<'a>> {
    let text = source.text.as_str();
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| drawn(text, mark.span)).collect();
    let start = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = text[..start].bytes().filter(|&byte| byte == b'\n').count() + 1;
    let annotations = marks.iter().zip(ranges).map(|(mark, range)| {
        let annotation = mark.kind.span(range.start - start..range.end - start);
        annotation.label(mark.label.map(visible))
    });
    Snippet::source(tamed(&text[start..end]))
        .path(source.shown_path())
        .line_start(line)
        .annotations(annotations.collect::<Vec<_>>())
}

/// A span as it is underlined: inside the text, on character boundaries, without the white space
/// at its end.
fn drawn(text: &str, span: Span) -> Range<usize> {
    let inside = |offset: u32| {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = inside(span.start);
    let end = inside(span.end).max(start);
    start..start + text[start..end].trim_end().len()
}

/// The renderer replaces the control characters of ASCII; those beyond are replaced here, by one
/// that is as long in UTF-8, so that spans stay true.
fn tamed(text: &str) -> Cow<'_, str> {
    let beyond = |c: char| matches!(c, '\u{80}'..='\u{9f}');
    if text.contains(beyond) {
        Cow::Owned(text.replace(beyond, "¿"))
    } else {
        Cow::Borrowed(text)
    }
}

// ------------------------------------------------------------------------------------ JSON

#[derive(Serialize)]
struct Line<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a Witness>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Place {
    file: String,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: u32,
}

fn place_of(diagnostic: &Diagnostic, sources: &Sources) -> Option<Place> {
    has_place(diagnostic)
        .then(|| place(diagnostic.span, sources))
        .flatten()
}

fn related<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Vec<Related<'a>> {
    let places = diagnostic.related.iter().filter_map(|(span, message)| {
        place(*span, sources).map(|place| Related { place, message })
    });
    places.collect()
}

fn place(span: Span, sources: &Sources) -> Option<Place> {
    let source = sources.file(span.file)?;
    let point = |offset: u32| {
        let (line, column) = source.line_column(offset);
        Point {
            line,
            column,
            offset,
        }
    };
    Some(Place {
        file: source.shown_path(),
        start: point(span.start),
        end: point(span.end),
    })
}

/// A whole policy set can be too large; no line of it is to blame.
fn has_place(diagnostic: &Diagnostic) -> bool {
    diagnostic.code != Code::TooLarge
}

#[cfg(test)]
mod tests;

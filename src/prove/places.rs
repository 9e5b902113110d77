//! Where things stand that the tables do not place: heads, clauses, stated exceptions.

use super::Prover;
use crate::source::Span;

impl Prover<'_> {
    /// The first line of a statement: the rest of it need not be underlined.
    pub(super) fn head(&self, span: Span) -> Span {
        let line = self.text(span).lines().next().unwrap_or("");
        part(span, 0, line.trim_end().len())
    }

    /// A clause of a statement by its words, whatever stands between them.
    pub(super) fn clause(&self, span: Span, words: &str) -> Option<Span> {
        let text = self.text(span);
        let first = words.split_whitespace().next()?;
        let starts = text.match_indices(first).map(|(start, _)| start);
        starts
            .filter_map(|start| Some(part(span, start, words_at(&text[start..], words)?)))
            .next()
    }

    /// The head of an exception or of a permission by its id.
    pub(super) fn statement(&self, id: &str) -> Option<Span> {
        let rule = self.program.rules.iter().find(|rule| rule.id == id);
        if let Some(rule) = rule {
            return Some(self.head(rule.span));
        }
        let (policy, name) = id.split_once('/')?;
        let mut policies = self.program.policies.iter();
        let policy = policies.find(|one| one.name == policy)?;
        let text = &self.sources.file(policy.file)?.text;
        let heads = [
            format!("exception {name} "),
            format!("exception \"{name}\" "),
        ];
        let start = text
            .lines()
            .find(|line| heads.iter().any(|head| line.starts_with(head)))?;
        let offset = start.as_ptr() as usize - text.as_ptr() as usize;
        let whole = Span {
            file: policy.file,
            start: 0,
            end: 0,
        };
        Some(part(whole, offset, start.trim_end().len()))
    }

    fn text(&self, span: Span) -> &str {
        let file = self.sources.file(span.file);
        let text = file.and_then(|file| file.text.get(span.start as usize..span.end as usize));
        text.unwrap_or("")
    }
}

/// A part of a span by its first byte and its length.
fn part(span: Span, start: usize, length: usize) -> Span {
    let number = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let start = span.start.saturating_add(number(start));
    Span {
        file: span.file,
        start,
        end: start.saturating_add(number(length)),
    }
}

/// How many bytes some words take at the beginning of a text, if they stand there.
fn words_at(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.split_whitespace() {
        rest = rest.trim_start().strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

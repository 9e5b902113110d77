//! A move and an item → the changed item.

use std::borrow::Cow;
use std::ops::Range;

use super::moves::{Act, Move};
use crate::artifact::View;
use crate::change::{Does, Edit};
use crate::decide::Findings;
use crate::item::{Item, Value};
use crate::text::ScanScratch;

/// How often what is left of a text is read again, because a cut may join what stood apart.
const PASSES: usize = 4;

/// Does a move. `None` if it changes nothing, or cannot be done.
pub(super) fn apply<'a>(
    view: View<'a>,
    item: &Item<'a>,
    one: &Move<'a>,
    scan: &mut ScanScratch,
) -> Option<(Item<'a>, Edit<'a>)> {
    let old = item.value(one.field);
    let mut does = one.does.clone();
    let value = match (&one.act, old) {
        (Act::Cut(terms), _) => {
            let (text, cut) = cut(view, item, one.field, terms, scan)?;
            if let Does::Drop { texts, .. } = &mut does {
                *texts = cut;
            }
            Some(Value::Text(Cow::Owned(text)))
        }
        (Act::Append(text), Some(Value::Text(old))) => {
            let gap = if old.is_empty() { "" } else { " " };
            Some(Value::Text(Cow::Owned(format!("{old}{gap}{text}"))))
        }
        (Act::Append(_), _) => return None,
        (Act::Put(value), _) => value.clone(),
        (Act::Add(name), Some(Value::Names(names))) => {
            let mut names = names.clone();
            names.push(Cow::Borrowed(name));
            Some(Value::Names(names))
        }
        (Act::Add(name), _) => Some(Value::Names(vec![Cow::Borrowed(name)])),
        (Act::Remove(gone), Some(Value::Names(names))) => {
            let mut names = names.clone();
            names.retain(|name| !gone.contains(&&**name));
            Some(Value::Names(names))
        }
        (Act::Remove(_), _) => Some(Value::Names(Vec::new())),
    };
    if value.as_ref() == old {
        return None;
    }
    let edit = Edit {
        field: view.strings.get(view.fields.row(one.field).path),
        does,
        value: value.clone(),
    };
    Some((item.with(one.field, value), edit))
}

/// A text without its mentions of terms, and what was cut out.
fn cut(
    view: View<'_>,
    item: &Item<'_>,
    field: u32,
    terms: &[u32],
    scan: &mut ScanScratch,
) -> Option<(String, Vec<String>)> {
    let mut item = item.clone();
    let mut gone = Vec::new();
    for _ in 0..PASSES {
        let Some(Value::Text(text)) = item.value(field) else {
            return None;
        };
        let findings = Findings::gather(view, &item, scan);
        let hits = terms.iter().flat_map(|term| findings.of_term(*term));
        let hits = hits.filter(|hit| hit.field == field);
        let spans = hits.map(|hit| whole(text, hit.start as usize..hit.end as usize));
        let spans = merged(spans.collect());
        if spans.is_empty() {
            let left = text.clone().into_owned();
            return (!gone.is_empty()).then_some((left, gone));
        }
        gone.extend(spans.iter().map(|span| text[span.clone()].to_owned()));
        let left = without(text, &spans);
        item = item.with(field, Some(Value::Text(Cow::Owned(left))));
    }
    None
}

/// A mention with the signs at its ends that part its letters: of `I.CO.` the last point too.
fn whole(text: &str, span: Range<usize>) -> Range<usize> {
    let found = text.get(span.clone()).unwrap_or("");
    let parts = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && found.contains(c);
    let after = text.get(span.end..).unwrap_or("");
    let before = text.get(..span.start).unwrap_or("");
    let start = before.trim_end_matches(parts).len();
    let end = text.len() - after.trim_start_matches(parts).len();
    start..end
}

fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => out.push(span),
        }
    }
    out
}

/// A text without some stretches, nor the blank that each leaves beside another.
fn without(text: &str, spans: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        left += text.get(at..span.start).unwrap_or("");
        at = span.end;
        let blank = left.is_empty() || left.ends_with(char::is_whitespace);
        let rest = text.get(at..).unwrap_or("");
        if let Some(c) = rest.chars().next().filter(|c| blank && c.is_whitespace()) {
            at += c.len_utf8();
        }
    }
    left + text.get(at..).unwrap_or("")
}

//! Conditions → lines: a part each, with its answer and what it rests on.

use interdict_matcher::{Answer, Asks, Folds, Part};

use super::facts::{place, spare, value};
use super::sentence::{Sentence, quote, quotes, say};

/// How many mentions a line names.
const MENTIONS: usize = 3;

/// A part of a condition on a line of its own.
pub(super) struct Line<'a> {
    /// How deep it stands.
    pub(super) depth: usize,
    /// Whether it holds.
    pub(super) answer: Answer,
    /// The part in the words of the language.
    pub(super) words: &'a str,
    /// What it rests on.
    pub(super) note: Sentence,
}

impl Line<'_> {
    /// The sign of the answer.
    pub(super) fn sign(&self) -> &'static str {
        match self.answer {
            Answer::Yes => "✓",
            Answer::Unknown => "?",
            Answer::No => "✗",
        }
    }
}

/// The lines of a condition, those parts alone whose answer is at least `from`.
pub(super) fn of<'a>(part: &'a Part<'_>, from: Answer) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    add(part, 0, from, true, &mut lines);
    lines
}

/// Adds a part; one that stands `alone` under its parent needs no line to hold its own parts together.
fn add<'a>(part: &'a Part<'_>, depth: usize, from: Answer, alone: bool, lines: &mut Vec<Line<'a>>) {
    let (parts, from) = inner(part, from);
    let shown: Vec<&Part<'_>> = parts.iter().filter(|one| one.answer >= from).collect();
    let is_plain = match part.asks {
        Asks::All => alone && !shown.is_empty(),
        Asks::Any => shown.len() == 1,
        _ => false,
    };
    let alone = shown.len() == 1 || (is_plain && depth == 0);
    let deeper = if is_plain { depth } else { depth + 1 };
    if !is_plain {
        lines.push(Line {
            depth,
            answer: part.answer,
            words: &part.words,
            note: note(part),
        });
    }
    for one in shown {
        add(one, deeper, from, alone, lines);
    }
}

/// The parts that are worth a line of their own, and from which answer on.
fn inner<'a, 'p>(part: &'p Part<'a>, from: Answer) -> (&'p [Part<'a>], Answer) {
    match (&part.asks, part.parts.as_slice()) {
        // A denial of one question says it all in its words; of more, its parts have answers of their own.
        (Asks::Not, [inner]) if from < part.answer && !inner.parts.is_empty() => {
            (part.parts.as_slice(), Answer::No)
        }
        (Asks::Not, _) => (&[], from),
        (_, parts) => (parts, from),
    }
}

fn note(part: &Part<'_>) -> Sentence {
    if let (Asks::Not, [inner]) = (&part.asks, part.parts.as_slice()) {
        return note(inner);
    }
    if !part.evidence.is_empty() {
        let mentions = part.evidence.iter().take(MENTIONS).map(|one| {
            let found = quote(one.text);
            let found = match &part.asks {
                Asks::Mentions { terms, .. } if terms.len() > 1 && one.term != one.text => {
                    found.say(" (").quote(one.term).say(")")
                }
                _ => found,
            };
            let found = found.say(" in ").and(place(one.field));
            let folds = one.folds.without(Folds::CASE);
            match folds.is_empty() {
                true => found,
                false => found.say(format!(" by {folds}")),
            }
        });
        let mut mentions: Vec<Sentence> = mentions.collect();
        if part.evidence.len() > MENTIONS {
            mentions.push(say(format!("{} more", part.evidence.len() - MENTIONS)));
        }
        return Sentence::default().list(mentions, "and");
    }
    if !part.spared.is_empty() {
        let spared = part.spared.iter().take(MENTIONS).map(spare);
        return Sentence::default().list(spared.collect(), "and");
    }
    if !part.needs.is_empty() {
        let needs: Vec<&str> = part.needs.iter().map(String::as_str).collect();
        return say("needs ").and(quotes(&needs, "and"));
    }
    match (&part.asks, &part.found) {
        (Asks::Known { .. }, _) | (_, None) => Sentence::default(),
        _ if part.scope && part.answer == Answer::Yes => Sentence::default(),
        (_, Some(found)) => say("it is ").and(value(found)),
    }
}

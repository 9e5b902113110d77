//! The text of a rule over time: clauses, and the acts that put them there.
//!
//! An amendment takes out every clause of the words that it says, and puts in its own. An extension
//! takes over clauses of the rule that it widens, as they stand at each instant, unless it says such
//! clauses itself.

use std::collections::BTreeSet;

use super::Checker;
use super::acts::Amendment;
use super::exceptions::Target;
use crate::ast::{Clause, ClauseKind};
use crate::model::{Act, CalendarId, RuleId};

/// A rule's text from a day on.
#[derive(Debug, Clone, Default)]
pub(super) struct Text<'a> {
    /// From when; the first text: from always.
    pub(super) from: i64,
    /// The same in the author's words.
    pub(super) starts: String,
    /// When it was announced.
    pub(super) announced: Option<i64>,
    /// From when its penalties apply, if an act says so.
    pub(super) enforced: Option<i64>,
    /// The windows in which it binds, if an act says so.
    pub(super) calendar: Option<CalendarId>,
    /// Each clause with its file.
    pub(super) clauses: Vec<(usize, &'a Clause)>,
    /// The acts that made it, in order: the rule that each amends, and its place among the
    /// amendments of that rule.
    pub(super) amended_by: Vec<(RuleId, usize)>,
}

impl<'a> Checker<'a> {
    /// The texts of a rule, in order; the first one is as it was stated.
    pub(super) fn texts(&self, rule: RuleId) -> Vec<Text<'a>> {
        let chain = self.chain(rule);
        let mut texts: Option<Vec<Text<'a>>> = None;
        for rule in chain.into_iter().rev() {
            let own = self.own_texts(rule);
            texts = Some(match texts {
                Some(base) => self.extended(rule, &base, &own),
                None => own,
            });
        }
        texts.unwrap_or_default()
    }

    /// What a rule's own statement and the amendments of it say, without what it takes over.
    fn own_texts(&self, rule: RuleId) -> Vec<Text<'a>> {
        let origin = self.origins.get(&rule);
        let clauses = origin.map(|origin| {
            let clauses = origin.statement.clauses.iter();
            clauses.map(|clause| (origin.file, clause)).collect()
        });
        let mut texts = vec![Text {
            from: i64::MIN,
            clauses: clauses.unwrap_or_default(),
            ..Text::default()
        }];
        for (number, amendment) in self.known_amendments(Target::Rule(rule)) {
            let last = texts.last().cloned().unwrap_or_default();
            let mut text = last.amended(rule, number, amendment);
            if amendment.slots().contains("during calendar") {
                text.calendar = self.calendar_of(amendment.statement);
            }
            // Several acts of one day make one text.
            if texts.len() > 1 && texts.last().is_some_and(|one| one.from == text.from) {
                texts.pop();
            }
            texts.push(text);
        }
        texts
    }

    /// The texts of an extension: what it takes over at each instant, and what it says itself.
    fn extended(&self, rule: RuleId, base: &[Text<'a>], own: &[Text<'a>]) -> Vec<Text<'a>> {
        let life = self.standing.get(&rule);
        // From the first instant at which it may bind: nobody knows when it began.
        let (start, end) = life.map_or((i64::MAX, i64::MAX), |life| {
            (life.possible.min(life.certain), life.until)
        });
        let mut starts: BTreeSet<i64> = own.iter().map(|text| text.from).collect();
        let later = base.iter().map(|text| text.from);
        starts.extend(later.filter(|from| start < *from && *from < end));
        let texts = starts.into_iter().map(|from| {
            let (base, own) = (text_at(base, from.max(start)), text_at(own, from));
            self.widened(base, own, from, start)
        });
        let mut texts: Vec<Text<'a>> = texts.collect();
        // An act on clauses that are not taken over changes nothing here.
        texts.dedup_by(|later, earlier| later.amended_by == earlier.amended_by);
        texts
    }

    /// What an extension says, after what it takes over from a text of its base.
    fn widened(&self, base: &Text<'a>, own: &Text<'a>, from: i64, start: i64) -> Text<'a> {
        let mut displaced: BTreeSet<&str> = own
            .clauses
            .iter()
            .map(|(_, clause)| slot(&clause.kind))
            .filter(|slot| matches!(*slot, "penalty" | "message" | "appeal" | "dsa"))
            .collect();
        displaced.extend(own.amended_by.iter().flat_map(|act| self.slots_of(*act)));
        let takes_over = |slot: &str| is_taken_over(slot) && !displaced.contains(slot);
        let taken = base.clauses.iter().copied();
        let taken = taken.filter(|(_, clause)| takes_over(slot(&clause.kind)));
        // What had been amended before it began is how it was stated.
        let acts = base.amended_by.iter().copied();
        let acts = acts.filter(|act| {
            self.start_of(*act) > start && self.slots_of(*act).into_iter().any(takes_over)
        });
        let last = if own.from == from { own } else { base };
        Text {
            from,
            starts: last.starts.clone(),
            announced: last.announced,
            enforced: own.enforced,
            calendar: own.calendar,
            clauses: taken.chain(own.clauses.iter().copied()).collect(),
            amended_by: acts.chain(own.amended_by.iter().copied()).collect(),
        }
    }

    fn amendment(&self, (rule, number): (RuleId, usize)) -> Option<&Amendment<'a>> {
        self.amendments.get(&Target::Rule(rule))?.get(number)
    }

    fn start_of(&self, act: (RuleId, usize)) -> i64 {
        let amendment = self.amendment(act);
        amendment.map_or(i64::MIN, |amendment| amendment.life.certain)
    }

    /// The slots that an act fills.
    fn slots_of(&self, act: (RuleId, usize)) -> BTreeSet<&'static str> {
        self.amendment(act)
            .map_or(BTreeSet::new(), Amendment::slots)
    }

    /// An act, as decisions name it.
    pub(super) fn act(&mut self, rule: RuleId, number: usize) -> Option<Act> {
        let amendment = self.amendment((rule, number))?.clone();
        let mut citations = Vec::new();
        for clause in &amendment.statement.clauses {
            if let ClauseKind::From(citation) = &clause.kind {
                citations.extend(self.cite(citation));
            }
        }
        Some(Act {
            span: amendment.statement.span,
            effective: amendment.life.effective,
            citations,
        })
    }
}

impl<'a> Text<'a> {
    /// This text as an amendment of its rule leaves it.
    fn amended(mut self, rule: RuleId, number: usize, amendment: &Amendment<'a>) -> Text<'a> {
        let slots = amendment.slots();
        self.clauses
            .retain(|(_, clause)| !slots.contains(slot(&clause.kind)));
        let said = amendment.clauses();
        self.clauses
            .extend(said.map(|clause| (amendment.file, clause)));
        if slots.contains("enforced since") {
            self.enforced = Some(amendment.life.enforced);
        }
        self.from = amendment.life.certain;
        self.starts.clone_from(&amendment.life.effective);
        self.announced = amendment.life.announced;
        self.amended_by.push((rule, number));
        self
    }
}

/// The text that holds at an instant.
fn text_at<'t, 'a>(texts: &'t [Text<'a>], at: i64) -> &'t Text<'a> {
    let place = texts.iter().skip(1).rposition(|text| text.from <= at);
    &texts[place.map_or(0, |place| place + 1)]
}

/// The place in a text that a clause fills; an amendment empties the places that it fills.
pub(super) fn slot(kind: &ClauseKind) -> &'static str {
    match kind.words() {
        "before" | "until event" | "lasting" => "through",
        "namely" => "such as",
        words => words,
    }
}

/// Whether an extension takes over what stands in this place.
fn is_taken_over(slot: &str) -> bool {
    matches!(
        slot,
        "on" | "via"
            | "in"
            | "targeting"
            | "originating in"
            | "destined for"
            | "for members of"
            | "layer"
            | "absolute"
            | "to"
            | "wording"
            | "except phrase"
            | "under"
            | "penalty"
            | "message"
            | "appeal"
            | "dsa"
    )
}

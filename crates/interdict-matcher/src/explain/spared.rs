//! Mentions that do not count for a question, and why: near a guard, inside a phrase, in another field.

use std::collections::BTreeMap;

use crate::account::{Because, Spared};
use crate::artifact::*;
use crate::decide::{Evaluation, Hit, report};
use crate::decision::Evidence;
use crate::item::{Item, Value};
use crate::text::{ScanScratch, TextHit};
use crate::verdict::FieldType;

/// How many mentions are told for a question, and how many are looked at.
const MOST: usize = 5;
const LOOKED_AT: usize = 200;

/// Everything that the texts of an item hold, before guards and phrases are applied.
pub(super) struct Scanned(BTreeMap<Whose, Vec<(u32, TextHit)>>);

/// Whose spelling was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Term(u32),
    GuardOf(u32),
    PhraseOf(u32),
    Mask(u32),
}

impl Scanned {
    pub(super) fn of(view: View<'_>, item: &Item<'_>, scan: &mut ScanScratch) -> Scanned {
        let mut scanned: BTreeMap<Whose, Vec<(u32, TextHit)>> = BTreeMap::new();
        let mut found = Vec::new();
        for (field, row) in view.fields.iter() {
            let is_text = FieldType::from_index(row.kind) == Some(FieldType::Text);
            let Some(Value::Text(text)) = item.value(field).filter(|_| is_text) else {
                continue;
            };
            if text.len() > report::MAX_TEXT {
                continue;
            }
            found.clear();
            view.text.scan(text, scan, &mut found);
            for hit in &found {
                let owner = view.owner_of(hit.spelling);
                let phrase = view.phrases.row(owner.row);
                let whose = match owner.kind {
                    OWNER_TERM => Whose::Term(owner.row),
                    OWNER_GUARD => Whose::GuardOf(view.guards.row(owner.row).term),
                    _ if phrase.term != NONE => Whose::PhraseOf(phrase.term),
                    _ => Whose::Mask(phrase.mask),
                };
                scanned.entry(whose).or_default().push((field, *hit));
            }
        }
        Scanned(scanned)
    }

    /// What was found in the field of a mention.
    fn around(&self, whose: Whose, hit: &Hit) -> impl Iterator<Item = &TextHit> {
        let found = self.0.get(&whose).into_iter().flatten();
        let here = found.filter(|(field, _)| *field == hit.field);
        here.map(|(_, found)| found)
    }

    /// The mentions that do not count for a question.
    pub(super) fn spared<'a>(
        &self,
        evaluation: &Evaluation<'a, '_>,
        atom: Atom,
    ) -> Vec<Spared<'a>> {
        let view = evaluation.view;
        let found = self.0.get(&Whose::Term(atom.a));
        let found = found.filter(|_| atom.kind == ATOM_MENTIONS);
        let mut spared: Vec<Spared<'a>> = Vec::new();
        for (field, found) in found.into_iter().flatten().take(LOOKED_AT) {
            let hit = Hit {
                term: atom.a,
                field: *field,
                start: found.start,
                end: found.end,
                folds: found.folds,
                since: view.owner_of(found.spelling).since,
            };
            let Some(mention) = report::evidence_of(evaluation, &hit) else {
                continue;
            };
            let place = |one: &Evidence<'a>| (one.field, one.start, one.end);
            let is_told = spared
                .iter()
                .any(|one| place(&one.mention) == place(&mention));
            if !is_told && let Some(because) = self.because(evaluation, atom, &hit) {
                spared.push(Spared { mention, because });
            }
            if spared.len() == MOST {
                break;
            }
        }
        spared
    }

    /// Why a mention does not count, as far as that can be told.
    fn because<'a>(
        &self,
        evaluation: &Evaluation<'a, '_>,
        atom: Atom,
        hit: &Hit,
    ) -> Option<Because<'a>> {
        let view = evaluation.view;
        let mut fields = view.index_range(atom.b, atom.c);
        if atom.c != 0 && !fields.any(|field| field == hit.field) {
            return Some(Because::Elsewhere);
        }
        if hit.since > evaluation.point.listed() {
            return Some(Because::Later);
        }
        let counts = evaluation.findings.of_term(atom.a);
        let span = |one: &Hit| (one.field, one.start, one.end);
        if !counts.iter().any(|one| span(one) == span(hit)) {
            let phrase = self.phrase(view, Whose::PhraseOf(atom.a), hit);
            return phrase.or_else(|| self.guard(view, hit));
        }
        if evaluation.findings.is_masked(hit, atom.f) {
            return self.phrase(view, Whose::Mask(atom.f), hit);
        }
        match atom.d {
            1 if !hit.folds.is_disguise() => return Some(Because::Written),
            2 if hit.folds.is_disguise() => return Some(Because::Disguised),
            _ => {}
        }
        (atom.e != NONE).then_some(Because::Alone)
    }

    /// The phrase that a mention lies in.
    fn phrase<'a>(&self, view: View<'a>, whose: Whose, hit: &Hit) -> Option<Because<'a>> {
        let covers = |found: &&TextHit| found.start <= hit.start && hit.end <= found.end;
        let found = self.around(whose, hit).find(covers)?;
        let phrase = view.text.spelling(found.spelling);
        Some(Because::Inside { phrase })
    }

    /// The guard of its term that stands nearest to a mention.
    fn guard<'a>(&self, view: View<'a>, hit: &Hit) -> Option<Because<'a>> {
        let guards = self.around(Whose::GuardOf(hit.term), hit);
        let nearest = guards.min_by_key(|found| {
            let before = hit.start.saturating_sub(found.end);
            before.max(found.start.saturating_sub(hit.end))
        })?;
        let guard = view.text.spelling(nearest.spelling);
        Some(Because::Near { guard })
    }
}

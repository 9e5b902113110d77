//! What a decision says of its rules: evidence, grounds, and what is unknown.

use std::collections::BTreeSet;

use super::evaluate::{Evaluation, Truth};
use super::findings::Hit;
pub(crate) use super::findings::MAX_TEXT;
use super::{layer, verdict};
use crate::artifact::*;
use crate::decision::*;
use crate::item::{DateValue, Value};

/// What is said of a rule that fired.
pub(crate) fn fired<'a>(evaluation: &mut Evaluation<'a, '_>, rule: Rule) -> Fired<'a> {
    let view = evaluation.view;
    let strings = view.strings;
    let penalties = view
        .penalties
        .range(rule.penalties_start, rule.penalties_len);
    let penalty = penalties
        .map(|(_, penalty)| (penalty, evaluation.node(penalty.condition)))
        .filter(|(_, truth)| *truth != Truth::False)
        .map(|(penalty, truth)| Sanction {
            name: strings.get(penalty.name),
            points: (penalty.points != NONE).then_some(penalty.points),
            days: (penalty.days != NONE).then_some(penalty.days),
            uncertain: truth == Truth::Unknown,
        });
    let penalty = penalty.collect();
    let laws = view
        .index_range(rule.laws_start, rule.laws_len)
        .map(|law| view.laws.row(law));
    let messages = view.messages.range(rule.messages_start, rule.messages_len);
    let dsa = strings
        .maybe(rule.dsa_category)
        .zip(strings.maybe(rule.dsa_keyword));
    Fired {
        id: strings.get(rule.id),
        verdict: verdict(rule),
        layer: layer(rule),
        effective: strings.get(rule.effective),
        amended_by: view
            .acts
            .range(rule.acts_start, rule.acts_len)
            .map(|(_, act)| Amended {
                effective: strings.get(act.effective),
                sources: citations(view, act.citations_start, act.citations_len),
            })
            .collect(),
        category: membership(evaluation, rule),
        reading: strings.maybe(rule.reading),
        evidence: evidence(evaluation, rule.condition),
        counted: counted(evaluation, rule.condition),
        missing: missing(evaluation, rule),
        sources: citations(view, rule.citations_start, rule.citations_len),
        under: laws
            .map(|law| Ground {
                law: strings.get(law.name),
                title: strings.get(law.title),
                url: strings.maybe(law.url),
            })
            .collect(),
        penalty,
        penalty_withheld: evaluation.point.epoch < rule.enforced,
        messages: messages
            .map(|(_, message)| Told {
                language: strings.get(message.language),
                text: strings.get(message.text),
            })
            .collect(),
        appeal: strings.maybe(rule.appeal),
        dsa,
    }
}

/// Where a condition holds because the item counts as another kind of thing.
fn counted<'a>(evaluation: &mut Evaluation<'a, '_>, condition: u32) -> Vec<Counted<'a>> {
    let (view, strings) = (evaluation.view, evaluation.view.strings);
    let name = |category: u32| strings.get(view.categories.row(category).name);
    let mut counted: Vec<Counted<'a>> = Vec::new();
    if view.countings.is_empty() {
        return counted;
    }
    let mut found = Leaves::default();
    leaves(evaluation, condition, Truth::True, &mut found);
    for (_, row) in view
        .countings
        .iter()
        .filter(|(_, row)| found.seen.contains(&row.node))
    {
        let one = Counted {
            category: name(row.part),
            whole: name(row.whole),
            since: strings.maybe(row.since),
            sources: citations(view, row.citations_start, row.citations_len),
        };
        // A kind may be declared and recognised at once.
        if !counted.contains(&one) {
            counted.push(one);
        }
    }
    counted
}

/// The texts that a rule demands and that are not there.
fn missing<'a>(evaluation: &mut Evaluation<'a, '_>, rule: Rule) -> Vec<Missing<'a>> {
    let view = evaluation.view;
    let demanded = view.wordings.range(rule.wordings_start, rule.wordings_len);
    let absent = demanded.filter(|(_, one)| evaluation.node(one.condition) == Truth::False);
    let absent = absent.map(|(_, one)| Missing {
        wording: view
            .index_range(one.texts_start, one.texts_len)
            .map(|text| view.strings.get(text))
            .collect(),
        fields: view
            .index_range(one.fields_start, one.fields_len)
            .map(|field| view.strings.get(view.fields.row(field).path))
            .collect(),
    });
    absent.collect()
}

fn citations<'a>(view: View<'a>, start: u32, len: u32) -> Vec<Cited<'a>> {
    let rows = view.citations.range(start, len);
    rows.map(|(_, citation)| cited(view, citation)).collect()
}

fn cited<'a>(view: View<'a>, citation: Citation) -> Cited<'a> {
    let (source, strings) = (view.sources.row(citation.source), view.strings);
    Cited {
        source: strings.get(source.name),
        kind: strings.get(source.kind),
        title: strings.get(source.title),
        dated: strings.maybe(source.dated),
        url: strings.maybe(source.url),
        clause: strings.maybe(citation.clause),
        quote: strings
            .maybe(citation.quote)
            .or_else(|| strings.maybe(source.quote)),
    }
}

fn membership<'a>(evaluation: &mut Evaluation<'a, '_>, rule: Rule) -> Option<Membership<'a>> {
    let category = (rule.category != NONE).then_some(rule.category)?;
    let mut holds = |node: u32| node != NONE && evaluation.node(node) == Truth::True;
    let (declared, recognised) = (holds(rule.declared), holds(rule.recognised));
    let by = match (declared, recognised) {
        (true, _) => MembershipBy::Declared,
        (false, true) => MembershipBy::Recognised,
        (false, false) => return None,
    };
    let name = evaluation.view.categories.row(category).name;
    Some(Membership {
        name: evaluation.view.strings.get(name),
        by,
    })
}

/// The mentions that make a condition true.
fn evidence<'a>(evaluation: &mut Evaluation<'a, '_>, node: u32) -> Vec<Evidence<'a>> {
    let mut found = Leaves::default();
    leaves(evaluation, node, Truth::True, &mut found);
    mentions(evaluation, &found.atoms)
}

/// The mentions that questions find, in the order of the fields and of the text.
pub(crate) fn mentions<'a>(evaluation: &Evaluation<'a, '_>, atoms: &[Atom]) -> Vec<Evidence<'a>> {
    let mut found = Vec::new();
    for atom in atoms.iter().filter(|atom| atom.kind == ATOM_MENTIONS) {
        for hit in evaluation.hits(*atom) {
            found.extend(evidence_of(evaluation, hit).map(|one| (hit.field, one)));
        }
    }
    found.sort_by(|(a_field, a), (b_field, b)| {
        let key = |field: &u32, one: &Evidence<'_>| {
            (*field, one.start, one.end, one.folds.bits().count_ones())
        };
        key(a_field, a)
            .cmp(&key(b_field, b))
            .then_with(|| a.term.cmp(b.term))
    });
    let mut found: Vec<_> = found.into_iter().map(|(_, evidence)| evidence).collect();
    found.dedup_by(|a, b| (a.field, a.start, a.end, a.term) == (b.field, b.start, b.end, b.term));
    found
}

/// A mention with its text.
pub(crate) fn evidence_of<'a>(evaluation: &Evaluation<'a, '_>, hit: &Hit) -> Option<Evidence<'a>> {
    let view = evaluation.view;
    let Some(Value::Text(text)) = evaluation.item.value(hit.field) else {
        return None;
    };
    Some(Evidence {
        field: view.strings.get(view.fields.row(hit.field).path),
        start: hit.start,
        end: hit.end,
        text: text.get(hit.start as usize..hit.end as usize).unwrap_or(""),
        term: view.strings.get(view.terms.row(hit.term).name),
        folds: hit.folds,
    })
}

/// The fields and questions that leave a rule unknown.
pub(crate) fn needs(evaluation: &mut Evaluation<'_, '_>, rule: Rule) -> Vec<String> {
    let mut atoms = Leaves::default();
    leaves(evaluation, rule.condition, Truth::Unknown, &mut atoms);
    let view = evaluation.view;
    let exceptions = view
        .exceptions
        .range(rule.exceptions_start, rule.exceptions_len);
    for (_, exception) in exceptions {
        leaves(evaluation, exception.condition, Truth::Unknown, &mut atoms);
    }
    let mut needs: Vec<String> = Vec::new();
    if rule.certain > evaluation.point.epoch {
        let id = view.strings.get(rule.id);
        needs.push(format!(
            "from which instant {id} binds ({})",
            view.strings.get(rule.starts)
        ));
    }
    for atom in atoms.atoms {
        for need in atom_needs(evaluation, atom) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
    }
    needs
}

/// The fields and questions that would settle a question.
pub(crate) fn atom_needs(evaluation: &Evaluation<'_, '_>, atom: Atom) -> Vec<String> {
    let view = evaluation.view;
    let path = |field: u32| view.strings.get(view.fields.row(field).path).to_owned();
    match atom.kind {
        ATOM_MENTIONS => {
            let unread = evaluation.findings.unread.iter();
            let named = |field: &u32| {
                atom.c == 0 || view.index_range(atom.b, atom.c).any(|one| one == *field)
            };
            let mut needs: Vec<String> = unread
                .filter(|field| named(field))
                .map(|&field| {
                    format!(
                        "{} (longer than the limit of {} MiB)",
                        path(field),
                        MAX_TEXT >> 20
                    )
                })
                .collect();
            let missing = |field: &u32| evaluation.item.value(*field).is_none();
            needs.extend(view.index_range(atom.b, atom.c).filter(missing).map(path));
            if atom.c == 0 && !evaluation.findings.has_text {
                needs.push("title".to_owned());
            }
            needs
        }
        ATOM_DECLARED => vec!["category".to_owned()],
        ATOM_MEMBER => {
            let group = view.groups.row(atom.a);
            // What the field holds is known, but not who else belongs to the group by now.
            match evaluation.item.value_or_default(view, group.field) {
                Some(_) => vec![view.strings.get(group.question).to_owned()],
                None => vec![path(group.field)],
            }
        }
        ATOM_IN_FORCE => {
            let epoch = evaluation.point.epoch;
            let questions = [(epoch < atom.b, atom.e), (epoch >= atom.c, atom.f)];
            let asked = questions.into_iter().filter(|(open, _)| *open);
            asked
                .map(|(_, question)| view.strings.get(question).to_owned())
                .collect()
        }
        ATOM_DURING => {
            let question = view.calendars.row(atom.a).question;
            vec![view.strings.get(question).to_owned()]
        }
        ATOM_DATE => dates_needed(evaluation, &[atom.a], None),
        ATOM_ORDER => dates_needed(evaluation, &[atom.a, atom.c], Some(atom.d)),
        ATOM_PAST => dates_needed(evaluation, &[atom.a], Some(atom.b)),
        ATOM_AGE => dates_needed(evaluation, &[atom.a], Some(atom.e)),
        _ => vec![path(atom.a)],
    }
}

/// The dates that are missing; if none is, the time of those that are days; if none is a day, what
/// the clocks show, which nobody knows of the far future.
fn dates_needed(evaluation: &Evaluation<'_, '_>, fields: &[u32], zone: Option<u32>) -> Vec<String> {
    let view = evaluation.view;
    let path = |field: &u32| view.strings.get(view.fields.row(*field).path).to_owned();
    let missing = |field: &&u32| evaluation.item.value(**field).is_none();
    let missing: Vec<String> = fields.iter().filter(missing).map(path).collect();
    if !missing.is_empty() {
        return missing;
    }
    let is_day = |field: &&u32| {
        let value = evaluation.item.value(**field);
        matches!(value, Some(Value::Date(DateValue::Day(_))))
    };
    let days = fields.iter().filter(is_day);
    let days: Vec<String> = days
        .map(|field| format!("{} (the time of the day)", path(field)))
        .collect();
    match zone.filter(|_| days.is_empty()) {
        Some(zone) => {
            let name = view.strings.get(view.zones.row(zone).name);
            vec![format!("what the clocks of {name} show then")]
        }
        None => days,
    }
}

/// The questions that give a condition the answer it has, in the order written.
#[derive(Default)]
struct Leaves {
    atoms: Vec<Atom>,
    /// Conditions share parts; each is visited once.
    seen: BTreeSet<u32>,
}

fn leaves(evaluation: &mut Evaluation<'_, '_>, number: u32, answer: Truth, out: &mut Leaves) {
    if evaluation.node(number) != answer || !out.seen.insert(number) {
        return;
    }
    let node = evaluation.view.nodes.row(number);
    match node.op {
        NODE_AND | NODE_OR => {
            for child in evaluation.view.index_range(node.a, node.b) {
                leaves(evaluation, child, answer, out);
            }
        }
        NODE_NOT if answer == Truth::Unknown => leaves(evaluation, node.a, answer, out),
        NODE_ATOM => {
            out.atoms.push(evaluation.view.atoms.row(node.a));
        }
        _ => {}
    }
}

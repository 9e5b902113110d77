//! Changes → sentences: `allowed if the title drops "I.CO."`, `banned from 2018-04-17 on`.

use interdict_matcher::{Change, Changes, Does, Edit, Period, Value, Verdict};

use super::facts::{place, unique};
use super::sentence::{Sentence, quotes, say};
use super::why::{day_or_instant, done};

/// A sentence for each change and each period; changes that differ in one name are told together.
pub(super) fn sentences(changes: &Changes<'_>, zone: &str) -> Vec<Sentence> {
    let groups = changes
        .changes
        .chunk_by(differ_in_a_name)
        .map(|group| match group {
            [one] => change(one),
            several => either(several),
        });
    let periods = changes.periods.iter().map(|one| period(*one, zone));
    groups.chain(periods).collect()
}

/// What a change does, and what it leads to.
pub(super) fn change(change: &Change<'_>) -> Sentence {
    let cuts = |a: &Edit<'_>, b: &Edit<'_>| a.field == b.field && is_cut(a) && is_cut(b);
    let edits = change.edits.chunk_by(cuts).map(edit).collect();
    say(format!("{} if ", done(change.verdict))).list(edits, "and")
}

fn is_cut(edit: &Edit<'_>) -> bool {
    matches!(edit.does, Does::Drop { .. })
}

/// Whether each of two changes is one edit, and these are alike but for a name.
fn differ_in_a_name(one: &Change<'_>, other: &Change<'_>) -> bool {
    let ([a], [b]) = (one.edits.as_slice(), other.edits.as_slice()) else {
        return false;
    };
    let alike = matches!(
        (&a.does, &b.does),
        (Does::Declare { .. }, Does::Declare { .. })
            | (Does::Mention { .. }, Does::Mention { .. })
            | (Does::Be { .. }, Does::Be { .. })
    );
    alike && one.verdict == other.verdict && a.field == b.field
}

/// Changes of which each will do.
fn either(changes: &[Change<'_>]) -> Sentence {
    let edits = changes.iter().flat_map(|change| &change.edits);
    let names = edits.clone().filter_map(|edit| match &edit.does {
        Does::Declare { category } => Some(*category),
        Does::Mention { term, .. } => Some(*term),
        Does::Be { value } => Some(*value),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let verdict = changes.first().map_or("", |change| done(change.verdict));
    let head = say(format!("{verdict} if "));
    let head = match edits.clone().next() {
        Some(edit) => match edit.does {
            Does::Declare { .. } => head.say("it declares category "),
            Does::Mention { .. } => head.and(place(edit.field)).say(" mentions "),
            _ => head.and(place(edit.field)).say(verb(edit)),
        },
        None => head,
    };
    head.and(quotes(&names, "or"))
}

fn verb(edit: &Edit<'_>) -> &'static str {
    match edit.value {
        Some(Value::Names(_)) => " has ",
        _ => " is ",
    }
}

/// When the verdict is another.
pub(super) fn period(period: Period, zone: &str) -> Sentence {
    let day = |at| day_or_instant(at, zone);
    let when = match (period.from, period.until) {
        (None, None) => "at any other time".to_owned(),
        (None, Some(until)) => format!("before {}", day(until)),
        (Some(from), None) => format!("from {} on", day(from)),
        (Some(from), Some(until)) => format!("from {} until {}", day(from), day(until)),
    };
    say(format!("{} {when}", done(period.verdict)))
}

/// That not everything could be tried.
pub(super) fn stopped(changes: &Changes<'_>) -> Sentence {
    let trials = changes.trials;
    say(format!(
        "the search ended after {trials} trials: there may be more changes, or smaller ones"
    ))
}

/// That no change was found, where one was searched for.
pub(super) fn none(verdict: Verdict, toward: Option<Verdict>) -> Option<Sentence> {
    let wanted = match toward {
        Some(toward) if toward == verdict => return None,
        Some(toward) => format!("`{toward}`"),
        None if verdict == Verdict::Allow => return None,
        None => "another verdict".to_owned(),
    };
    Some(say(format!("no change that was tried leads to {wanted}")))
}

/// What an edit does; or several cuts of one text.
fn edit(edits: &[Edit<'_>]) -> Sentence {
    let Some(edit) = edits.first() else {
        return Sentence::default();
    };
    let field = place(edit.field);
    let is_list = matches!(edit.value, Some(Value::Names(_)));
    match &edit.does {
        Does::Drop { .. } => {
            let cuts = edits.iter().filter_map(|edit| match &edit.does {
                Does::Drop { texts, .. } => Some(texts),
                _ => None,
            });
            let texts = unique(cuts.flatten().map(String::as_str));
            field.say(" drops ").and(quotes(&texts, "and"))
        }
        Does::Mention { term, text } if term == text => field.say(" mentions ").quote(term),
        Does::Mention { term, text } => field
            .say(" mentions ")
            .quote(term)
            .say(", as in ")
            .quote(text),
        Does::MentionNot { term } => field.say(" is given and does not mention ").quote(term),
        Does::Be { value } => field.say(verb(edit)).quote(value),
        Does::BeNot { values } if is_list => field.say(" has no ").and(quotes(values, "and no")),
        Does::BeNot { values } if values.len() == 1 => {
            field.say(" is not ").and(quotes(values, "or"))
        }
        Does::BeNot { values } => field.say(" is none of ").and(quotes(values, "or")),
        Does::Pass { test } if test.starts_with("is") => field.say(" ").say(test.clone()),
        Does::Pass { test } => field.say(" is ").say(test.clone()),
        Does::Give => field.say(" is given"),
        Does::Omit => field.say(" is left out"),
        Does::Declare { category } => say("it declares category ").quote(category),
        Does::DeclareNot { category } => say("it does not declare category ").quote(category),
        Does::Join { group } => field.say(" is a member of ").quote(group),
        Does::Leave { group } => field.say(" is no member of ").quote(group),
        _ => field.say(" changes"),
    }
}

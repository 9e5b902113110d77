//! Parts of conditions → sentences on the item: `the title mentions "ICO"`, `price.amount is 19.9, not
//! over 100`.

use interdict_matcher::{Answer, Asks, Because, Miss, Part, Spared, Value};

use super::sentence::{Sentence, quote, quotes, say};

/// How many facts a sentence holds.
const MOST: usize = 3;

/// What holds, in a few words.
pub(super) fn holding(parts: &[&Part<'_>]) -> Sentence {
    let facts = facts(&telling(parts));
    match facts.is_empty() {
        true => say("the item is within its scope"),
        false => Sentence::default().list(facts, "and"),
    }
}

/// Why a condition does not hold: what holds of it, and the first things that do not.
pub(super) fn missing(miss: &Miss<'_, '_>) -> Sentence {
    let fails = Sentence::default().list(facts(&miss.fails), "and");
    if !miss.is_near() || miss.holds.is_empty() {
        return fails;
    }
    let holds = facts(&telling(&miss.holds));
    Sentence::default()
        .list(holds, "and")
        .say(", but ")
        .and(fails)
}

/// What there is says more than what there is not, and what a field holds more than that it is given;
/// that alone is told, if there is any.
fn telling<'p, 'a>(parts: &[&'p Part<'a>]) -> Vec<&'p Part<'a>> {
    let is_absence = |part: &Part<'_>| match (&part.asks, part.parts.as_slice()) {
        (Asks::Not, [inner]) => !matches!(
            inner.asks,
            Asks::Is { .. } | Asks::Number { .. } | Asks::Date { .. } | Asks::Member { .. }
        ),
        (Asks::Known { .. } | Asks::InForce | Asks::During { .. }, _) => true,
        _ => false,
    };
    let (absent, present): (Vec<_>, Vec<_>) = parts.iter().partition(|part| is_absence(part));
    if present.is_empty() { absent } else { present }
}

/// Where or for whom a rule binds, and where the item is.
pub(super) fn elsewhere(part: &Part<'_>) -> Sentence {
    let words = part.words.strip_prefix("for not ").map_or_else(
        || format!("not {}", part.words),
        |members| format!("for none but those who are not {members}"),
    );
    let found = match &part.asks {
        Asks::Not => part.parts.first().and_then(|inner| inner.found.as_ref()),
        _ => part.found.as_ref(),
    };
    let Some(found) = found else {
        return match &part.asks {
            Asks::During { .. } => fact(part),
            _ => quote(&words),
        };
    };
    let preposition = match &part.asks {
        Asks::Is {
            field: "platform", ..
        } => ": the item is on ",
        Asks::Is {
            field: "channel", ..
        } => ": the item is in channel ",
        Asks::Is {
            field: "seller.country",
            ..
        } => ": the seller is in ",
        Asks::Is {
            field: "market", ..
        } => ": the item is offered in ",
        Asks::Is {
            field: "origin", ..
        } => ": the item comes from ",
        Asks::Is {
            field: "destination",
            ..
        } => ": the item goes to ",
        _ => ": it is ",
    };
    quote(&words).say(preposition).and(value(found))
}

/// A sentence a part; mentions of several terms in one place are one.
fn facts(parts: &[&Part<'_>]) -> Vec<Sentence> {
    let mut facts: Vec<Sentence> = Vec::new();
    let mut mentioned: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    for part in parts {
        match (&part.asks, part.answer) {
            (Asks::Mentions { .. }, Answer::Yes) if is_plain(part) => {
                let terms = unique(part.evidence.iter().map(|one| one.term));
                let fields = unique(part.evidence.iter().map(|one| one.field));
                match mentioned.iter_mut().find(|(one, _)| *one == fields) {
                    Some((_, before)) => *before = unique(before.iter().copied().chain(terms)),
                    None => mentioned.push((fields, terms)),
                }
            }
            _ => facts.push(fact(part)),
        }
    }
    let mentioned = mentioned
        .into_iter()
        .map(|(fields, terms)| mention(&fields).and(quotes(&terms, "and")));
    facts.splice(0..0, mentioned.collect::<Vec<_>>());
    let more = facts.len().saturating_sub(MOST);
    facts.truncate(MOST);
    if more > 0 {
        facts.push(say(format!("{more} more")));
    }
    facts
}

/// Whether a mention asks for nothing but its terms.
fn is_plain(part: &Part<'_>) -> bool {
    !part.words.ends_with(" disguised")
        && !part.words.ends_with(" exact")
        && !part.words.contains(" within ")
}

/// What a part says of the item.
pub(super) fn fact(part: &Part<'_>) -> Sentence {
    if part.answer == Answer::Unknown {
        return unknown(part);
    }
    let holds = part.answer == Answer::Yes;
    match &part.asks {
        Asks::Mentions { .. } if holds && is_plain(part) => {
            let fields = unique(part.evidence.iter().map(|one| one.field));
            let terms = unique(part.evidence.iter().map(|one| one.term));
            mention(&fields).and(quotes(&terms, "and"))
        }
        Asks::Mentions { .. } if !part.spared.is_empty() => {
            let spared = part.spared.iter().take(MOST).map(spare);
            Sentence::default().list(spared.collect(), "and")
        }
        Asks::Mentions { terms, fields } if !holds && is_plain(part) => {
            let place = match fields.is_empty() {
                true => say("no text"),
                false => say("nothing in ").list(places(fields), "or"),
            };
            place.say(" mentions ").and(quotes(terms, "or"))
        }
        Asks::Is { field, values } => {
            let wanted = quotes(values, "or");
            match (&part.found, holds) {
                (Some(Value::Names(_)), true) => quote(field).say(" has ").and(wanted),
                (Some(Value::Names(_)), false) => quote(field).say(" has no ").and(wanted),
                (Some(found), true) => quote(field).say(" is ").and(value(found)),
                (Some(found), false) => quote(field)
                    .say(" is ")
                    .and(value(found))
                    .say(", not ")
                    .and(wanted),
                (None, _) => quote(&part.words).say(answer(part)),
            }
        }
        Asks::Number { field, test } | Asks::Date { field, test } => {
            let found = part.found.as_ref().map_or_else(Sentence::default, value);
            let not = if holds { ", " } else { ", not " };
            quote(field)
                .say(" is ")
                .and(found)
                .say(format!("{not}{test}"))
        }
        Asks::Known { field } if holds => quote(field).say(" is given"),
        Asks::Known { field } => quote(field).say(" is not given"),
        Asks::Category { category } if holds => say("the item is in category ").quote(category),
        Asks::Category { category } => say("the item is not in category ").quote(category),
        Asks::Declares { category } if holds => say("the item declares category ").quote(category),
        Asks::Declares { category } => say("the item does not declare category ").quote(category),
        Asks::Member { groups, .. } => {
            let party = part.found.as_ref().map_or_else(Sentence::default, value);
            let verb = if holds {
                " is a member of "
            } else {
                " is no member of "
            };
            party.say(verb).and(quotes(groups, "or"))
        }
        Asks::Listed { field, lists } => match &part.found {
            Some(found) => {
                let verb = if holds { " is in " } else { " is not in " };
                quote(field)
                    .say(" ")
                    .and(value(found))
                    .say(verb)
                    .and(quotes(lists, "or"))
            }
            None => quote(&part.words).say(answer(part)),
        },
        Asks::Not => match part.parts.as_slice() {
            [inner] if !matches!(inner.asks, Asks::All | Asks::Any) => fact(inner),
            _ => quote(&part.words).say(answer(part)),
        },
        Asks::During { calendar } if holds => say("it is within ").quote(calendar),
        Asks::During { calendar } => say("it is outside ").quote(calendar),
        Asks::InForce if holds => say("it is in force"),
        Asks::InForce => say("it is not in force"),
        _ => quote(&part.words).say(answer(part)),
    }
}

/// That a mention does not count, and why.
pub(super) fn spare(spared: &Spared<'_>) -> Sentence {
    let mention = quote(spared.mention.text)
        .say(" in ")
        .and(place(spared.mention.field));
    let mention = mention.say(" does not count: it ");
    match spared.because {
        Because::Near { guard } => mention.say("stands near ").quote(guard),
        Because::Inside { phrase } => mention.say("lies inside ").quote(phrase),
        Because::Written => mention.say("is not disguised"),
        Because::Disguised => mention.say("is disguised"),
        Because::Elsewhere => mention.say("stands in another field"),
        Because::Alone => mention.say("does not stand near what was asked for"),
        Because::Later => mention.say("is a spelling that counts later"),
        _ => mention.say("is spared"),
    }
}

fn unknown(part: &Part<'_>) -> Sentence {
    let needs: Vec<&str> = part.needs.iter().map(String::as_str).collect();
    match needs.is_empty() {
        true => quote(&part.words).say(answer(part)),
        false => quote(&part.words)
            .say(" depends on ")
            .and(quotes(&needs, "and")),
    }
}

fn answer(part: &Part<'_>) -> &'static str {
    match part.answer {
        Answer::Yes => " holds",
        Answer::Unknown => " is not known",
        Answer::No => " does not hold",
    }
}

/// `the title mentions `, `the title and the description mention `
fn mention(fields: &[&str]) -> Sentence {
    let verb = if fields.len() > 1 {
        " mention "
    } else {
        " mentions "
    };
    Sentence::default().list(places(fields), "and").say(verb)
}

fn places(fields: &[&str]) -> Vec<Sentence> {
    fields.iter().map(|field| place(field)).collect()
}

/// A text field in plain words.
pub(super) fn place(field: &str) -> Sentence {
    match field {
        "title" | "description" | "query" => say(format!("the {field}")),
        "image-text" => say("the text of the image"),
        "page-text" => say("the text of the page"),
        other => quote(other),
    }
}

/// Each word once, in the order of the first.
pub(super) fn unique<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut unique: Vec<&str> = Vec::new();
    for word in words {
        if !unique.contains(&word) {
            unique.push(word);
        }
    }
    unique
}

/// A value of an item.
pub(super) fn value(value: &Value<'_>) -> Sentence {
    match value {
        Value::Text(text) => quote(text),
        Value::Names(names) if names.is_empty() => say("empty"),
        Value::Names(names) => quotes(&names.iter().map(|name| &**name).collect::<Vec<_>>(), "and"),
        Value::Number(number) => say(number.to_string()),
        Value::Date(date) => say(date.to_string()),
        Value::YesNo(answer) => say(if *answer { "yes" } else { "no" }),
    }
}

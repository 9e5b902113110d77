//! Rules → what they rest on and what they cost: a label and its lines each.

use interdict_matcher::{Amended, Cited, RuleAccount, Sanction};

use super::sentence::{Sentence, quote};

/// Sources, legal grounds, penalties, messages; only where there is something to say.
pub(super) fn of(rule: &RuleAccount<'_>) -> Vec<(&'static str, Vec<Sentence>)> {
    let facts = &rule.rule;
    let penalties: Vec<Sentence> = facts.penalty.iter().map(penalty).collect();
    let penalty = if facts.penalty_withheld {
        "penalty, withheld until enforced"
    } else {
        "penalty"
    };
    let laws = facts.under.iter().map(|ground| {
        let law = quote(ground.law).say(" ").cite(ground.title);
        ground.url.map_or(law.clone(), |url| law.say(" ").cite(url))
    });
    let messages = facts
        .messages
        .iter()
        .map(|told| quote(told.language).say(" ").cite(told.text));
    let dsa = facts
        .dsa
        .map(|(category, keyword)| quote(category).say(" ").quote(keyword));
    let rows = [
        ("source", facts.sources.iter().map(source).collect()),
        ("amended", facts.amended_by.iter().map(amendment).collect()),
        ("law", laws.collect()),
        (penalty, penalties),
        ("message", messages.collect()),
        (
            "appeal",
            facts
                .appeal
                .into_iter()
                .map(|appeal| Sentence::default().cite(appeal))
                .collect(),
        ),
        ("dsa", dsa.into_iter().collect()),
    ];
    rows.into_iter()
        .filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty())
        .collect()
}

fn amendment(amendment: &Amended<'_>) -> Sentence {
    let line = quote(amendment.effective);
    let sources: Vec<Sentence> = amendment.sources.iter().map(source).collect();
    match sources.is_empty() {
        true => line,
        false => line.say(" by ").list(sources, "and"),
    }
}

fn source(source: &Cited<'_>) -> Sentence {
    let mut line = quote(source.source).say(format!(", {}", source.kind));
    if let Some(dated) = source.dated {
        line = line.say(format!(", {dated}"));
    }
    if let Some(clause) = source.clause {
        line = line.say(", clause ").quote(clause);
    }
    match source.quote {
        Some(words) => line.say(": ").cite(words),
        None => line.say(": ").cite(source.title),
    }
}

fn penalty(penalty: &Sanction<'_>) -> Sentence {
    let mut line = quote(penalty.name);
    if let Some(points) = penalty.points {
        line = line.say(format!(", {points} points"));
    }
    if let Some(days) = penalty.days {
        line = line.say(format!(", {days} days"));
    }
    if penalty.uncertain {
        line = line.say(", if its condition holds");
    }
    line
}

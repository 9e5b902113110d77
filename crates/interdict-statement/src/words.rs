//! What a statement says in sentences: why, and on which facts.

use std::fmt::Write;

use interdict_matcher::{Cited, Decision, Fired};

/// Cuts a text to so many characters, and shows that it was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

/// The rule and its time: `amz/no-batteries, in force since 2024-02-01, as amended 2024-03-10`.
pub(crate) fn rule(rule: &Fired<'_>) -> String {
    let mut words = rule.id.to_owned();
    if rule.effective != "always" {
        let _ = write!(words, ", in force since {}", rule.effective);
    }
    for act in &rule.amended_by {
        let _ = write!(words, ", as amended {}", act.effective);
    }
    words
}

/// A source as one cites it: `Notice of the house (2018-04-10), clause 4: “token offerings”`.
pub(crate) fn cited(source: &Cited<'_>) -> String {
    let mut words = source.title.to_owned();
    if let Some(dated) = source.dated {
        let _ = write!(words, " ({dated})");
    }
    if let Some(clause) = source.clause {
        let _ = write!(words, ", clause {clause}");
    }
    if let Some(quote) = source.quote {
        let _ = write!(words, ": “{quote}”");
    }
    words
}

/// What a rule says to the seller in a language, or else in English, or else in any.
pub(crate) fn message<'a>(rule: &Fired<'a>, language: &str) -> Option<&'a str> {
    let in_language = |wanted: &str| rule.messages.iter().find(|one| one.language == wanted);
    let found = in_language(language).or_else(|| in_language("en"));
    found.or(rule.messages.first()).map(|one| one.text)
}

/// Why the content is not allowed.
pub(crate) fn explanation(fired: &Fired<'_>, language: &str) -> String {
    let mut words = String::new();
    if let Some(message) = message(fired, language) {
        let _ = write!(words, "{message} ");
    }
    let _ = write!(words, "Rule {}", rule(fired));
    let sources: Vec<String> = fired.sources.iter().map(cited).collect();
    if !sources.is_empty() {
        let _ = write!(words, ", rests on {}", sources.join("; "));
    }
    if !words.ends_with(".”") {
        words.push('.');
    }
    let laws: Vec<&str> = fired.under.iter().map(|one| one.title).collect();
    if !laws.is_empty() {
        let _ = write!(words, " Legal grounds: {}.", laws.join("; "));
    }
    words
}

/// What the decision rests on. It quotes what was found and nothing else of the listing.
pub(crate) fn facts(decision: &Decision<'_>, fired: &Fired<'_>) -> String {
    let mut facts = Vec::new();
    for one in &fired.evidence {
        let mut fact = format!(
            "Found in `{}`, bytes {} to {}: “{}”",
            one.field, one.start, one.end, one.text
        );
        let folds: Vec<&str> = one.folds.names().collect();
        match folds.as_slice() {
            [] if one.text == one.term => {}
            [] => {
                let _ = write!(fact, ", a spelling of `{}`", one.term);
            }
            folds => {
                let folds = folds.join(", ");
                let _ = write!(fact, ", which disguises `{}` ({folds})", one.term);
            }
        }
        facts.push(fact);
    }
    if let Some(category) = fired.category {
        let by = match category.by {
            interdict_matcher::MembershipBy::Declared => "The listing declares",
            interdict_matcher::MembershipBy::Recognised => "The listing is recognised as",
        };
        facts.push(format!("{by} category `{}`", category.name));
    }
    for one in &fired.counted {
        let since = one
            .since
            .map_or(String::new(), |since| format!(" since {since}"));
        facts.push(format!(
            "`{}` counts as `{}`{since}",
            one.category, one.whole
        ));
    }
    for one in &fired.missing {
        let texts: Vec<String> = one.wording.iter().map(|text| format!("“{text}”")).collect();
        facts.push(format!("The wording is missing: {}", texts.join(" or ")));
    }
    let others: Vec<&str> = decision
        .rules
        .iter()
        .map(|one| one.id)
        .filter(|id| *id != fired.id)
        .collect();
    if !others.is_empty() {
        facts.push(format!("Also against it: {}", others.join(", ")));
    }
    for one in &decision.lifted {
        facts.push(format!("Not applied: {}, lifted by {}", one.id, one.by));
    }
    facts.push(format!("Decided by the rules in force at {}", decision.at));
    facts.join(". ") + "."
}

//! Accounts → a sentence each: why the verdict is what it is, and what became of a rule.

use interdict_matcher::{Account, Answer, Instant, Outcome, Part, RuleAccount, Verdict};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::facts::{elsewhere, holding, missing};
use super::sentence::{Sentence, quote, quotes, say};
use crate::commands::Failure;

/// What a verdict does to an item.
pub(super) fn done(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ban => "banned",
        Verdict::Review => "sent to review",
        Verdict::Restrict => "restricted",
        Verdict::Require => "held to a duty",
        Verdict::Allow => "allowed",
    }
}

/// Why the verdict is what it is.
pub(super) fn verdict(account: &Account<'_>) -> Sentence {
    let of = |outcome| {
        account
            .rules
            .iter()
            .filter(move |rule| rule.outcome == outcome)
    };
    let head = done(account.verdict);
    let primary = of(Outcome::Fired).next();
    if let Some(rule) = primary.filter(|rule| rule.rule.verdict == account.verdict) {
        let read = match rule.rule.reading {
            Some(reading) => say(", if read as: ").quote(reading).say(":"),
            None => say(":"),
        };
        let facts = holding(&rule.condition.reasons());
        return say(format!("{head} by "))
            .quote(rule.rule.id)
            .and(read)
            .say(" ")
            .and(facts);
    }
    if account.verdict == Verdict::Review {
        let matters = |rule: &&RuleAccount<'_>| !rule.idle;
        let open: Vec<&str> = of(Outcome::Open)
            .filter(matters)
            .map(|rule| rule.rule.id)
            .collect();
        let needs: Vec<&str> = account.needs.iter().map(String::as_str).collect();
        let verb = if open.len() == 1 {
            " applies"
        } else {
            " apply"
        };
        let sentence = say(format!("{head}: whether "))
            .and(quotes(&open, "or"))
            .say(verb);
        return match needs.is_empty() {
            true => sentence.say(" is not known"),
            false => sentence.say(" depends on ").and(quotes(&needs, "and")),
        };
    }
    let lifted: Vec<&str> = of(Outcome::Lifted).map(|rule| rule.rule.id).collect();
    let upcoming: Vec<&str> = of(Outcome::Upcoming).map(|rule| rule.rule.id).collect();
    let mut sentence = say(format!("{head}: no rule fires"));
    if !lifted.is_empty() {
        let verb = if lifted.len() == 1 {
            " is lifted"
        } else {
            " are lifted"
        };
        sentence = sentence.say("; ").and(quotes(&lifted, "and")).say(verb);
    }
    if !upcoming.is_empty() {
        let verb = if upcoming.len() == 1 {
            " is announced"
        } else {
            " are announced"
        };
        sentence = sentence.say("; ").and(quotes(&upcoming, "and")).say(verb);
    }
    sentence
}

/// What became of a rule, and why.
pub(super) fn rule(rule: &RuleAccount<'_>) -> Sentence {
    let condition = &rule.condition;
    match rule.outcome {
        Outcome::Fired | Outcome::Upcoming => holding(&condition.reasons()),
        Outcome::Lifted => {
            let by = rule
                .exceptions
                .iter()
                .filter(|one| one.condition.answer == Answer::Yes);
            let by: Vec<Sentence> = by
                .map(|one| {
                    quote(one.id)
                        .say(": ")
                        .and(holding(&one.condition.reasons()))
                })
                .collect();
            say("lifted by ").list(by, "and by")
        }
        Outcome::Open => {
            let needs: Vec<&str> = rule.needs.iter().map(String::as_str).collect();
            let sentence = match needs.is_empty() {
                true => say("not known"),
                false => say("depends on ").and(quotes(&needs, "and")),
            };
            match rule.idle {
                true => sentence.say("; the verdict does not"),
                false => sentence,
            }
        }
        Outcome::NotMet => missing(&condition.miss()),
        Outcome::OutOfScope => {
            let away = |part: &&Part<'_>| part.scope && part.answer == Answer::No;
            let part = std::iter::once(condition)
                .chain(&condition.parts)
                .find(away);
            part.map_or_else(|| say("out of scope"), elsewhere)
        }
        Outcome::NotYet => say("not in force yet: it starts ").quote(&start(rule)),
        Outcome::Ended => {
            let since = rule.until.map(|until| day_or_instant(until, rule.zone));
            say("not in force since ").say(since.unwrap_or_default())
        }
    }
}

/// When a rule starts to bind as it stands: the day of an amendment, or the author's words of a start
/// that nobody knows to the day.
pub(super) fn start(rule: &RuleAccount<'_>) -> String {
    let is_day = rule
        .rule
        .effective
        .starts_with(|c: char| c.is_ascii_digit());
    match rule.from.filter(|_| is_day) {
        Some(from) => day_or_instant(from, rule.zone),
        None => rule.rule.effective.to_owned(),
    }
}

/// An instant as people write it: a day, if one begins then in the zone of the policy.
pub(super) fn day_or_instant(at: Instant, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let civil = Timestamp::from_second(at.unix_seconds()).map(|stamp| zone.to_datetime(stamp));
    match civil {
        Ok(civil) if civil.time() == jiff::civil::Time::midnight() => civil.date().to_string(),
        _ => at.to_string(),
    }
}

/// A rule that does not exist, with the nearest one that does.
pub(super) fn no_rule(id: &str, account: &Account<'_>) -> Failure {
    let nearest = account
        .rules
        .iter()
        .map(|rule| rule.rule.id)
        .max_by(|a, b| {
            let near = |one: &str| strsim::jaro_winkler(one.rsplit('/').next().unwrap_or(one), id);
            near(a).total_cmp(&near(b))
        });
    let hint = nearest.map_or(String::new(), |near| format!("; the nearest is `{near}`"));
    Failure::because(format!("there is no rule `{id}`{hint}"))
}

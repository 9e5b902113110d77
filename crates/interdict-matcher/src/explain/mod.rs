//! Item and instant → [`Account`]: what became of every rule, part by part of its condition.
//!
//! In: what deciding takes. Out: an account that agrees with the decision. Guarantee: it names every
//! rule; what it says of one is bounded, however its condition is built.

mod reason;
mod search;
mod spared;
mod tree;
mod words;

use crate::account::*;
use crate::artifact::{NEVER, Rule, View};
use crate::as_of::AsOf;
use crate::decide::{Evaluation, Findings, Point, Scratch, Truth, decide, report};
use crate::instant::Instant;
use crate::item::Item;
use crate::verdict::Verdict;
pub use reason::Miss;
pub(crate) use search::search;
use spared::Scanned;
use tree::{Choices, Grower};

/// Explains the decision on one item at one instant.
pub(crate) fn explain<'a>(
    view: View<'a>,
    content_id: [u8; 32],
    item: &'a Item<'_>,
    as_of: AsOf,
) -> Account<'a> {
    let mut scratch = Scratch::default();
    let decision = decide(view, content_id, item, as_of, &mut scratch);
    let (point, at) = (Point::of(view, as_of), as_of.at);
    let epoch = point.epoch;
    let findings = Findings::gather(view, item, &mut scratch.scan);
    let told = (
        Choices::of(view),
        Scanned::of(view, item, &mut scratch.scan),
    );
    let mut rules = Vec::with_capacity(view.rules.len());
    let mut announced = Vec::new();
    let mut evaluation = Evaluation::new(view, item, &findings, point, &mut scratch.memo);
    let known = view.rules.iter().map(|(_, rule)| rule);
    for rule in known.filter(|rule| point.knows(rule.known_from, rule.known_until)) {
        let is_announced = rule.announced <= epoch && rule.certain < rule.until;
        if is_announced && epoch < rule.possible && epoch < rule.until {
            announced.push(rule);
        } else {
            let outcome = outcome(&mut evaluation, rule);
            rules.push(account(&mut evaluation, &told, rule, outcome, at));
        }
    }
    for rule in announced {
        let start = point.at_start(view, rule.certain);
        let mut then = Evaluation::new(view, item, &findings, start, &mut scratch.memo);
        let outcome = match then.rule(rule).0 {
            Truth::True => Outcome::Upcoming,
            Truth::Unknown | Truth::False => Outcome::NotYet,
        };
        rules.push(account(&mut then, &told, rule, outcome, at));
    }
    let known = decision.rules.first();
    let known = known.map_or(Verdict::Allow, |rule| rule.verdict);
    for one in &mut rules {
        one.idle = one.outcome == Outcome::Open && one.rule.verdict <= known;
    }
    rules.sort_by_cached_key(|one| {
        let mut fired = decision.rules.iter();
        let place = fired.position(|fired| one.outcome == Outcome::Fired && *fired == one.rule);
        (one.outcome, place, one.rule.id, one.rule.reading)
    });
    Account {
        verdict: decision.verdict,
        at,
        known_at: as_of.known_at,
        rules,
        needs: decision.needs,
        ignored_fields: decision.ignored_fields,
        matcher: blake3::Hash::from_bytes(content_id).to_hex().to_string(),
    }
}

/// What became of a rule that is not merely announced; its scope is looked at later.
fn outcome(evaluation: &mut Evaluation<'_, '_>, rule: Rule) -> Outcome {
    let epoch = evaluation.point.epoch;
    if rule.until <= epoch {
        return Outcome::Ended;
    }
    if epoch < rule.possible {
        return Outcome::NotYet;
    }
    match evaluation.rule(rule) {
        (Truth::True, _) if rule.certain <= epoch => Outcome::Fired,
        (Truth::True | Truth::Unknown, _) => Outcome::Open,
        (Truth::False, lifted_by) if !lifted_by.is_empty() => Outcome::Lifted,
        (Truth::False, _) => Outcome::NotMet,
    }
}

fn account<'a>(
    evaluation: &mut Evaluation<'a, '_>,
    (choices, scanned): &(Choices, Scanned),
    rule: Rule,
    outcome: Outcome,
    at: Instant,
) -> RuleAccount<'a> {
    let (view, strings) = (evaluation.view, evaluation.view.strings);
    let instant = |epoch: u32| {
        let boundary = (epoch != NEVER).then(|| epoch.checked_sub(1)).flatten()?;
        let instant = Instant::from_unix_seconds(view.boundary(boundary));
        Some(instant.with_offset(at.offset_seconds()))
    };
    let mut grower = Grower::new(evaluation, choices, scanned);
    let condition = grower.condition(rule.condition);
    let exceptions = view
        .exceptions
        .range(rule.exceptions_start, rule.exceptions_len);
    let exceptions = exceptions.map(|(_, exception)| ExceptionAccount {
        id: strings.get(exception.id),
        condition: grower.part(exception.condition),
    });
    let exceptions = exceptions.collect();
    let elsewhere = |part: &Part<'_>| part.scope && part.answer == Answer::No;
    let outcome = match outcome {
        Outcome::NotMet if elsewhere(&condition) || condition.parts.iter().any(elsewhere) => {
            Outcome::OutOfScope
        }
        other => other,
    };
    let needs = match outcome {
        Outcome::Open => report::needs(evaluation, rule),
        _ => Vec::new(),
    };
    RuleAccount {
        outcome,
        rule: report::fired(evaluation, rule),
        from: instant(rule.certain),
        until: instant(rule.until),
        condition,
        exceptions,
        idle: false,
        needs,
        file: strings.get(view.files.row(rule.file).name),
        line: rule.line,
        zone: strings.get(view.policies.row(rule.policy).zone),
    }
}

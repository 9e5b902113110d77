//! The page for programs: the account, with the sentences that people read.

use interdict_matcher::{Change, Instant, Period, RuleAccount, Verdict};
use serde::Serialize;

use super::sentence::Sentence;
use super::{Page, changes, why};
use crate::commands::Failure;

#[derive(Serialize)]
struct Shown<'a> {
    verdict: Verdict,
    at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<Instant>,
    why: Sentence,
    rules: Vec<Rule<'a>>,
    changes: Vec<Told<'a, Change<'a>>>,
    periods: Vec<Told<'a, Period>>,
    trials: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stopped: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    needs: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    ignored_fields: u32,
    matcher: &'a str,
}

#[derive(Serialize)]
struct Rule<'a> {
    why: Sentence,
    #[serde(flatten)]
    account: &'a RuleAccount<'a>,
}

/// Something with the sentence that people read.
#[derive(Serialize)]
struct Told<'a, T> {
    why: Sentence,
    #[serde(flatten)]
    told: &'a T,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Writes the page as one object.
pub(super) fn write(page: &Page<'_>) -> Result<String, Failure> {
    let account = page.account;
    let rules = page.rules.iter().map(|rule| Rule {
        why: why::rule(rule),
        account: rule,
    });
    let edits = page.changes.changes.iter().map(|change| Told {
        why: changes::change(change),
        told: change,
    });
    let periods = page.changes.periods.iter().map(|period| Told {
        why: changes::period(*period, page.zone()),
        told: period,
    });
    let shown = Shown {
        verdict: account.verdict,
        at: account.at,
        known_at: account.known_at,
        why: why::verdict(account),
        rules: rules.collect(),
        changes: edits.collect(),
        periods: periods.collect(),
        trials: page.changes.trials,
        stopped: page.changes.stopped,
        needs: &account.needs,
        ignored_fields: account.ignored_fields,
        matcher: &account.matcher,
    };
    let text = serde_json::to_string_pretty(&shown).map_err(std::io::Error::from)?;
    Ok(text + "\n")
}

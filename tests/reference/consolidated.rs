//! The text in force at an instant decides at that instant what all texts together decide.

use std::cell::Cell;
use std::collections::BTreeSet;

use interdict::consolidate::consolidate;
use interdict::optimize::optimize;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher};
use serde_json::{Map, Value};

use crate::by_hand::{id, said, stated_anew, target};
use crate::outcome::Outcome;
use crate::shrink::try_seed;
use crate::support::{self, Case};
use crate::trial::{LIST, Statement, Trial};
use crate::{flat, given};

/// How many instants of a case are tried.
const INSTANTS: usize = 2;

/// The matcher of a policy set.
///
/// # Errors
///
/// What is wrong with it.
fn matcher(sources: &Sources) -> Result<Matcher, String> {
    let (_, set, diagnostics) = support::checked(sources);
    let set = set.ok_or_else(|| support::listed(&diagnostics, sources))?;
    Ok(support::matcher(
        &optimize(interdict::lower::lower(&set)),
        sources,
    ))
}

/// What both texts must agree on: the acts are gone from one of them, and what is upcoming too.
fn decided(matcher: &Matcher, item: &Map<String, Value>, at: i64) -> Outcome {
    let json = serde_json::to_vec(item).expect("an item");
    let item = matcher.item(&json).expect("an item of the policy's fields");
    let decision = matcher.decide(&item, Instant::from_unix_seconds(at));
    let mut outcome = Outcome::of(&decision);
    outcome.upcoming.clear();
    for rule in &mut outcome.fired {
        rule.amended_by.clear();
    }
    // The words of a clause may be spaced otherwise.
    let lifted = outcome.lifted.into_iter();
    outcome.lifted = lifted
        .map(|(rule, by)| (rule, by.split_whitespace().collect()))
        .collect();
    outcome
}

/// That the whole set and its text in force at an instant decide items alike.
fn agree<'i>(
    whole: &Matcher,
    sources: &Sources,
    lists: &[(String, String)],
    at: i64,
    items: impl Iterator<Item = &'i Map<String, Value>>,
) -> Result<(), String> {
    let (files, set, _) = support::checked(sources);
    let set = set.expect("a set that compiles");
    let texts = consolidate(&files, &set, sources, at).files;
    let shown = texts.iter();
    let shown: String = shown
        .map(|(name, text)| format!("--- file {name}\n{text}"))
        .collect();
    let at_shown = Instant::from_unix_seconds(at);
    let consolidated = support::with_lists(Sources::from_texts(texts), lists);
    let part = matcher(&consolidated).map_err(|why| format!("{shown}at {at_shown}\n{why}"))?;
    for item in items {
        let (found, wanted) = (decided(&part, item, at), decided(whole, item, at));
        if found != wanted {
            let item = Value::Object(item.clone());
            return Err(format!(
                "{shown}---\n{item}\nat {at_shown} the text in force decides\n{found:#?}\nand the whole set\n{wanted:#?}"
            ));
        }
    }
    Ok(())
}

#[test]
fn the_text_in_force_decides_what_the_whole_set_decides() {
    let trials = given("INTERDICT_TRIALS", 30);
    let first = given("INTERDICT_SEED", 0);
    let lists = [(LIST.0.to_owned(), LIST.1.to_owned())];
    for seed in first..first + trials {
        try_seed(seed, |trial| {
            let sources = trial.sources();
            let (Some(probe), Ok(whole)) = (trial.probes.first(), matcher(&sources)) else {
                return Ok(());
            };
            if may_tell_of_an_end(trial) {
                return Ok(());
            }
            // The instant of the first item is as good as any.
            let items = trial.probes.iter().map(|probe| &probe.item);
            agree(&whole, &sources, &lists, probe.at, items)
        });
    }
}

#[test]
fn acts_do_what_a_hand_would_do_to_the_text() {
    let trials = given("INTERDICT_TRIALS", 60);
    let first = given("INTERDICT_SEED", 0);
    let written = Cell::new(0);
    for seed in first..first + trials {
        try_seed(seed, |trial| {
            written.set(written.get() + u64::from(by_hand(trial)?));
            Ok(())
        });
    }
    assert!(
        written.get() * 2 > trials,
        "{written:?} of {trials} can be written by hand"
    );
}

/// Whoever amends a rule says that it was in force until then: of an end that nobody knows, the
/// text of before knows less than the whole set.
fn may_tell_of_an_end(trial: &Trial) -> bool {
    let statements = || trial.files.iter().flat_map(|(_, file)| file);
    let amended = |one| target(one).filter(|(act, _)| *act == "amend");
    let amended: BTreeSet<&str> = statements().filter_map(amended).map(|(_, of)| of).collect();
    let is_vague = |one: &Statement| said(one, "until event perhaps").is_some();
    statements().filter(|one| is_vague(one)).any(|one| {
        let own = id(one);
        let of = own.as_deref().or(target(one).map(|(_, of)| of));
        of.is_some_and(|of| amended.contains(of))
    })
}

fn only_never_applies(why: &str) -> bool {
    let mut errors = why.lines().filter(|line| line.starts_with("error["));
    errors.all(|line| line.starts_with("error[never-applies]"))
}

/// Whether a trial can be written without acts; then both ways to write it must be decided alike.
fn by_hand(trial: &Trial) -> Result<bool, String> {
    let Some(at) = trial.probes.first().map(|probe| probe.at) else {
        return Ok(false);
    };
    let Some(anew) = stated_anew(trial, at).filter(|_| !may_tell_of_an_end(trial)) else {
        return Ok(false);
    };
    // Members that rules give categories are left out of both.
    let mut trial = trial.clone();
    trial.forget_members();
    let Ok(whole) = matcher(&trial.sources()) else {
        return Ok(false);
    };
    let at_shown = Instant::from_unix_seconds(at);
    let part = match matcher(&anew.sources()) {
        Ok(part) => part,
        // An exception may wait for an act that is still to come.
        Err(why) if only_never_applies(&why) => return Ok(false),
        Err(why) => return Err(format!("by hand, {at_shown}:\n{anew}{why}")),
    };
    for probe in &trial.probes {
        let found = decided(&whole, &probe.item, at);
        let wanted = decided(&part, &probe.item, at);
        if found != wanted {
            let item = Value::Object(probe.item.clone());
            return Err(format!(
                "by hand, {at_shown}:\n{anew}{item}\nthe acts decide\n{found:#?}\nand the hand\n{wanted:#?}"
            ));
        }
    }
    Ok(true)
}

#[test]
fn the_text_in_force_of_every_case_decides_the_same() {
    for path in support::cases("accept") {
        let case = Case::read(&path);
        let records = case
            .records
            .iter()
            .map(|record| -> (i64, Map<String, Value>) {
                let record: Value = serde_json::from_str(record).expect("JSON");
                let at: Instant = record["at"]
                    .as_str()
                    .expect("at")
                    .parse()
                    .expect("an instant");
                (at.unix_seconds(), flat(&record["item"]))
            });
        let records: Vec<_> = records.collect();
        let instants: BTreeSet<i64> = records.iter().map(|(at, _)| *at).collect();
        let sources = case.sources();
        let whole = matcher(&sources).expect("a case that compiles");
        let step = instants.len().div_ceil(INSTANTS).max(1);
        for at in instants.into_iter().step_by(step) {
            let items = records.iter().map(|(_, item)| item);
            if let Err(difference) = agree(&whole, &sources, &case.lists, at, items) {
                panic!("{}: {difference}", path.display());
            }
        }
    }
}

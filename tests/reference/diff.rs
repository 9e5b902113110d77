//! What `diff` tells against the model: each item that it shows is decided as it says by both sides,
//! and no rule that comes out otherwise goes unsaid.

use std::collections::BTreeSet;

use interdict::diff::{Diff, Kind, Side, diff};
use interdict_matcher::{Layer, Verdict};

use crate::outcome::Outcome;
use crate::subject::Subject;
use crate::support::Random;
use crate::trial::Trial;
use crate::{generate, given};

/// More steps than any of these policies takes.
const AMPLE: u64 = 1_000_000;

#[test]
fn what_changes_is_told_and_what_is_told_changes() {
    let trials = given("INTERDICT_TRIALS", 12);
    let (mut told, mut silent, mut open) = (0, 0, 0);
    for seed in 0..trials {
        let mut random = Random(seed);
        let old = generate::trial(&mut random);
        let new = mutant(&old, &mut random);
        let Some(found) = compare(&old, &new) else {
            continue;
        };
        told += found.changes.len();
        silent += usize::from(found.changes.is_empty());
        open += found.open.len();
    }
    println!("{told} told, {silent} pairs without a change, {open} left open");
    assert!(
        told as u64 * 4 > trials && silent > 0,
        "{told} told, {silent} silent"
    );
}

#[test]
fn nothing_changes_between_a_policy_and_itself() {
    for seed in 0..given("INTERDICT_TRIALS", 12) / 2 {
        let trial = generate::trial(&mut Random(seed));
        let Some(found) = compare(&trial, &trial) else {
            continue;
        };
        assert_eq!(found.changes, [], "{trial}");
        assert_eq!(found.open, [""; 0], "{trial}");
    }
}

/// The same policy, a clause or a statement less.
fn mutant(trial: &Trial, random: &mut Random) -> Trial {
    let mut mutant = trial.clone();
    let Some((_, statements)) = mutant.files.iter_mut().find(|(_, all)| !all.is_empty()) else {
        return mutant;
    };
    let number = random.below(statements.len());
    let clauses = &mut statements[number].clauses;
    if clauses.is_empty() || random.once_in(5) {
        statements.remove(number);
    } else {
        clauses.remove(random.below(clauses.len()));
    }
    mutant.mend();
    mutant
}

fn compare(old: &Trial, new: &Trial) -> Option<Diff> {
    let sources = [old.sources(), new.sources()];
    let builds = [&sources[0], &sources[1]].map(|sources| interdict::build(sources).0);
    let [Some(before), Some(after)] = &builds else {
        return None;
    };
    let sides = [before, after].map(|build| Side {
        program: &build.program,
        matcher: &build.matcher,
    });
    let found = diff(sides[0], sides[1], AMPLE);
    let mut subjects =
        [&sources[0], &sources[1]].map(|one| Subject::new(one).expect("it compiles"));
    let show = |problem: String| -> ! { panic!("OLD\n{old}\nNEW\n{new}\n{found:#?}\n{problem}") };
    if let Err(problem) = confirm_changes(&found, subjects.each_mut()) {
        show(problem);
    }
    let named: BTreeSet<&str> = found
        .changes
        .iter()
        .map(|one| one.rule.as_str())
        .chain(
            found
                .renamed
                .iter()
                .flat_map(|(old, new)| [old.as_str(), new.as_str()]),
        )
        .collect();
    for probe in &old.probes {
        let outcomes = subjects
            .each_mut()
            .map(|subject| subject.agree(&probe.item, probe.at));
        let [Ok(Some(before)), Ok(Some(after))] = &outcomes else {
            show(format!("{outcomes:#?}"));
        };
        let (before, after) = (said(before), said(after));
        let unsaid = before
            .symmetric_difference(&after)
            .find(|one| !named.contains(one.0.as_str()));
        if let Some(unsaid) = unsaid
            && found.open.is_empty()
        {
            show(format!(
                "{:?} at {}: {unsaid:?} is not told",
                probe.item, probe.at
            ));
        }
    }
    Some(found)
}

/// That each item shown is decided by both sides as the change says.
pub(crate) fn confirm_changes(found: &Diff, subjects: [&mut Subject; 2]) -> Result<(), String> {
    let [old, new] = subjects;
    for change in &found.changes {
        let Some(shown) = &change.shown else {
            continue;
        };
        let at = shown.witness.at.unix_seconds();
        let [before, after] = [&mut *old, &mut *new].map(|side| {
            let outcome = side.agree(&shown.witness.item, at);
            outcome.map(|outcome| outcome.expect("all is known"))
        });
        let (before, after) = (before?, after?);
        let said = (before.verdict, after.verdict) == (shown.old, shown.new);
        if !said || !shows(change.kind, &change.rule, &before, &after) {
            let what = format!("{change:#?} shows\n{before:#?}\n{after:#?}");
            return Err(what);
        }
    }
    Ok(())
}

/// Whether the outcomes of both sides show a change of a rule.
fn shows(kind: Kind, rule: &str, before: &Outcome, after: &Outcome) -> bool {
    let appears = |outcome: &Outcome| {
        let fired = outcome.fired.iter().map(|one| &one.id);
        let possible = outcome.possible.iter().map(|(id, _)| id);
        fired.chain(possible).any(|id| id == rule)
    };
    let reads = |outcome: &Outcome| {
        let own = outcome.fired.iter().filter(|one| one.id == rule);
        own.map(|one| one.reading.clone()).collect::<BTreeSet<_>>()
    };
    match kind {
        Kind::Added | Kind::Widened => appears(after),
        Kind::Ended | Kind::Narrowed => appears(before),
        Kind::Moved => appears(before) || appears(after),
        Kind::Stricter | Kind::Looser | Kind::Penalty => !reads(before).is_disjoint(&reads(after)),
        Kind::Field => true,
    }
}

/// A rule that fired, its reading, and what it says.
type Said = (
    String,
    Option<String>,
    Verdict,
    Layer,
    Vec<(String, bool)>,
    bool,
);

fn said(outcome: &Outcome) -> BTreeSet<Said> {
    let said = outcome.fired.iter().map(|one| {
        (
            one.id.clone(),
            one.reading.clone(),
            one.verdict,
            one.layer,
            one.penalties.clone(),
            one.withheld,
        )
    });
    said.collect()
}

//! The solver against the model: what happens is never called impossible, and what is shown happens.

use interdict::diagnostic::Diagnostic;
use interdict::ir::Rule;
use interdict::prove::prove;
use interdict::solve::rules::{Window, fires, stays_silent};
use interdict::solve::{Claim, Worlds};
use interdict::source::Sources;
use serde_json::{Map, Value};

use crate::outcome::Outcome;
use crate::subject::Subject;
use crate::support::{self, Case, Random};
use crate::{flat, generate, given};

/// More steps than any of these policies takes.
pub(crate) const AMPLE: u64 = 1_000_000;

/// How many rules are asked about at once.
const TOGETHER: usize = 5;

#[test]
fn what_happens_is_never_called_impossible() {
    let trials = given("INTERDICT_TRIALS", 12);
    let mut asked = 0;
    for seed in 0..trials {
        let mut random = Random(seed);
        let trial = generate::trial(&mut random);
        let sources = trial.sources();
        let Some(build) = interdict::build(&sources).0 else {
            continue;
        };
        let mut subject = Subject::new(&sources).expect("it compiles");
        let mut worlds = Worlds::new(&[(&build.program, &build.matcher)], AMPLE);
        for probe in &trial.probes {
            let outcome = subject.agree(&probe.item, probe.at);
            let outcome = outcome.unwrap_or_else(|difference| panic!("{trial}{difference}"));
            let outcome = outcome.expect("what is known today is a policy set");
            let binds = |rule: &&Rule| {
                let window = Window::certain(worlds.world(0), rule);
                window.from <= probe.at && probe.at < window.until
            };
            let rules: Vec<&Rule> = build.program.rules.iter().filter(binds).collect();
            let some = (0..TOGETHER).filter(|_| !rules.is_empty());
            let some: Vec<&Rule> = some.map(|_| random.pick(&rules)).collect();
            let claims: Vec<Claim> = some
                .iter()
                .flat_map(|rule| match has_fired(&outcome, rule) {
                    true => fires(&build.program, 0, rule),
                    false => vec![stays_silent(0, rule)],
                })
                .collect();
            let clash = worlds.clash(probe.at, &claims);
            let shown = Value::Object(probe.item.clone());
            let ids: Vec<&str> = some.iter().map(|rule| rule.id.as_str()).collect();
            assert_eq!(clash, None, "{trial}{shown} at {}: {ids:?}", probe.at);
            asked += 1;
        }
    }
    assert!(
        asked >= trials * 30,
        "{asked} of {trials}: hardly anything compiles"
    );
}

fn has_fired(outcome: &Outcome, rule: &Rule) -> bool {
    let own = |one: &crate::outcome::Fired| one.id == rule.id && one.reading == rule.reading;
    outcome.fired.iter().any(own)
}

#[test]
fn what_is_shown_happens() {
    let trials = given("INTERDICT_TRIALS", 12);
    let (mut shown, mut open) = (0, 0);
    for seed in 0..trials {
        let trial = generate::trial(&mut Random(seed));
        let sources = trial.sources();
        let Some(build) = interdict::build(&sources).0 else {
            continue;
        };
        let proof = prove(&build.program, &build.matcher, &sources, AMPLE);
        let mut subject = Subject::new(&sources).expect("it compiles");
        for finding in &proof.findings {
            confirm(finding, &mut subject).unwrap_or_else(|problem| panic!("{trial}{problem}"));
            shown += usize::from(finding.witness.is_some());
        }
        open += proof.open.len();
    }
    println!("{shown} shown, {open} left open");
    assert!(shown > 0);
}

#[test]
fn what_the_cases_show_happens() {
    for path in support::cases("reject") {
        let sources = Case::read(&path).sources();
        confirm_all(&sources, &path.display().to_string());
    }
}

fn confirm_all(sources: &Sources, name: &str) {
    let Some(build) = interdict::build(sources).0 else {
        return;
    };
    let proof = prove(&build.program, &build.matcher, sources, AMPLE);
    let mut subject = Subject::new(sources).expect("it compiles");
    for finding in &proof.findings {
        confirm(finding, &mut subject).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    }
}

/// That the witness of a finding is decided alike by all, and shows what the finding says.
pub(crate) fn confirm(finding: &Diagnostic, subject: &mut Subject) -> Result<(), String> {
    let Some(witness) = &finding.witness else {
        return match finding.code.slug() {
            "rule-never-fires" | "spelling-swallowed" => Ok(()),
            _ => Err(format!("{}: no witness", finding.message)),
        };
    };
    let item: Map<String, Value> = flat(&Value::Object(witness.item.clone()));
    let outcome = subject.agree(&item, witness.at.unix_seconds())?;
    let outcome = outcome.expect("what is known today is a policy set");
    let names: Vec<&str> = finding.message.split('`').skip(1).step_by(2).collect();
    let fired = |name: &str| {
        outcome
            .fired
            .iter()
            .any(|one| one.id == name && one.reading.is_none())
    };
    let possible = |name: &str| outcome.possible.iter().any(|(id, _)| id == name);
    let lifted = |rule: &str, by: &str| {
        let by = format!("{rule}: {by}");
        let same = |one: &str| one == by || by.ends_with(one);
        outcome
            .lifted
            .iter()
            .any(|(id, one)| id == rule && same(one))
    };
    let (first, last) = (names[0], names[names.len() - 1]);
    let holds = match finding.code.slug() {
        "rule-never-fires" if names.len() == 1 => !fired(first),
        "rule-never-fires" => true,
        // An exception of an exception: the item would be met by the outer one.
        "exception-never-applies" if finding.message.contains(" never narrows ") => {
            lifted(last, names[1]) || fired(last) || possible(last)
        }
        // A rule without a certain day is shown where it may fire.
        "exception-never-applies" => (fired(last) || possible(last)) && !lifted(last, first),
        "overlap-without-link" => fired(first) && fired(names[1]),
        "rule-swallowed" => fired(first) && fired(names[1]),
        "contradictory-requirements" if names.len() == 1 => fired(first),
        "supersession-narrows" => {
            let before = subject.agree(&item, witness.at.unix_seconds() - 1)?;
            let before = before.expect("what is known today is a policy set");
            let old = before.fired.iter().find(|one| one.id == last);
            let as_strict = |old: &crate::outcome::Fired| {
                outcome.fired.iter().any(|one| one.verdict >= old.verdict)
            };
            old.is_some_and(|old| !as_strict(old)) && !fired(first)
        }
        "contradictory-requirements" => !fired(first) && fired(last),
        other => return Err(format!("nobody knows how `{other}` is shown")),
    };
    match holds {
        true => Ok(()),
        false => Err(format!(
            "{}: {witness} shows\n{outcome:#?}",
            finding.message
        )),
    }
}

//! A failing trial made small: whatever can be left out without the failure going away is left out.

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use serde_json::Value;

use crate::generate;
use crate::support::Random;
use crate::trial::{Clause, Condition, Probe, Statement, Trial};

/// Puts the trial that grows from a seed to a judge.
///
/// # Panics
///
/// With the smallest trial that was found to fail, the difference, and how to bring it back.
pub(crate) fn try_seed(seed: u64, judge: impl Fn(&Trial) -> Result<(), String>) {
    let mut runner = TestRunner::new(Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    });
    let tried = runner.run(&Seed(seed), |trial| {
        judge(&trial).map_err(TestCaseError::fail)
    });
    if let Err(TestError::Fail(difference, trial)) = tried {
        panic!("{trial}{difference}\nINTERDICT_SEED={seed} brings it back");
    }
}

/// The trial that grows from a seed.
#[derive(Debug, Clone, Copy)]
struct Seed(u64);

impl Strategy for Seed {
    type Tree = Shrinking;
    type Value = Trial;

    fn new_tree(&self, _: &mut TestRunner) -> NewTree<Self> {
        let failing = generate::trial(&mut Random(self.0));
        Ok(Shrinking {
            tried: failing.clone(),
            simpler: Vec::new(),
            failing,
        })
    }
}

/// A trial that fails, and the simpler ones that may fail too.
#[derive(Debug)]
pub(crate) struct Shrinking {
    failing: Trial,
    /// The last one handed out.
    tried: Trial,
    /// What is still to be tried, the next one last.
    simpler: Vec<Trial>,
}

impl ValueTree for Shrinking {
    type Value = Trial;

    fn current(&self) -> Trial {
        self.tried.clone()
    }

    /// The last one failed: go on from there.
    fn simplify(&mut self) -> bool {
        self.failing = self.tried.clone();
        self.simpler = simpler_trials(&self.failing);
        self.complicate()
    }

    /// The last one did not fail: try another.
    fn complicate(&mut self) -> bool {
        let next = self.simpler.pop();
        let more = next.is_some();
        self.tried = next.unwrap_or_else(|| self.failing.clone());
        more
    }
}

/// Every trial that is one step simpler; those that leave out most come last, which is first.
fn simpler_trials(trial: &Trial) -> Vec<Trial> {
    let mut found = Vec::new();
    for probes in simpler_list(&trial.probes, simpler_probes) {
        found.push(Trial {
            probes,
            ..trial.clone()
        });
    }
    for (number, (_, statements)) in trial.files.iter().enumerate() {
        for statements in simpler_list(statements, simpler_statements) {
            let mut simpler = trial.clone();
            simpler.files[number].1 = statements;
            found.push(simpler);
        }
    }
    found.reverse();
    found
}

/// A list without a half, without one of its parts, and with one of them made simpler.
fn simpler_list<T: Clone>(list: &[T], simpler: impl Fn(&T) -> Vec<T>) -> Vec<Vec<T>> {
    let mut found = Vec::new();
    let half = list.len() / 2;
    if half > 1 {
        found.extend([list[..half].to_vec(), list[half..].to_vec()]);
    }
    for at in (0..list.len()).rev() {
        let mut rest = list.to_vec();
        rest.remove(at);
        found.push(rest);
    }
    for (at, one) in list.iter().enumerate() {
        for simpler in simpler(one) {
            let mut changed = list.to_vec();
            changed[at] = simpler;
            found.push(changed);
        }
    }
    found
}

fn simpler_statements(statement: &Statement) -> Vec<Statement> {
    let clauses = simpler_list(&statement.clauses, simpler_clauses);
    let found = clauses.into_iter().map(|clauses| Statement {
        clauses,
        ..statement.clone()
    });
    found.collect()
}

fn simpler_clauses(clause: &Clause) -> Vec<Clause> {
    let conditions = clause.condition.iter().flat_map(simpler_conditions);
    let found = conditions.map(|condition| Clause {
        condition: Some(condition),
        ..clause.clone()
    });
    found.collect()
}

fn simpler_conditions(condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::Question(_) => Vec::new(),
        Condition::Not(one) => {
            let inner = simpler_conditions(one).into_iter();
            let inner = inner.map(|one| Condition::Not(Box::new(one)));
            [(**one).clone()].into_iter().chain(inner).collect()
        }
        Condition::Join(word, parts) => {
            let shorter = simpler_list(parts, simpler_conditions).into_iter();
            let shorter = shorter.filter(|parts| parts.len() > 1);
            let shorter = shorter.map(|parts| Condition::Join(word, parts));
            parts.iter().cloned().chain(shorter).collect()
        }
    }
}

fn simpler_probes(probe: &Probe) -> Vec<Probe> {
    let mut found = Vec::new();
    if probe.known_at.is_some() {
        found.push(Probe {
            known_at: None,
            ..probe.clone()
        });
    }
    for (path, value) in &probe.item {
        let mut without = probe.clone();
        without.item.remove(path);
        found.push(without);
        for value in simpler_values(value) {
            let mut changed = probe.clone();
            changed.item.insert(path.clone(), value);
            found.push(changed);
        }
    }
    found
}

/// A text without one of its words, a list without one of its names.
fn simpler_values(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) if text.contains(' ') => {
            let words: Vec<&str> = text.split(' ').collect();
            let shorter = (0..words.len()).map(|at| {
                let mut words = words.clone();
                words.remove(at);
                Value::String(words.join(" "))
            });
            shorter.collect()
        }
        Value::Array(names) => {
            let shorter = (0..names.len()).map(|at| {
                let mut names = names.clone();
                names.remove(at);
                Value::Array(names)
            });
            shorter.collect()
        }
        _ => Vec::new(),
    }
}

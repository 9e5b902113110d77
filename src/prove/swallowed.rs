//! Rules that another one covers, so that they never change a verdict.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use interdict_matcher::Verdict;

use super::{ONE, Prover};
use crate::diagnostic::Code;
use crate::ir::Rule;
use crate::solve::rules::{Window, cannot_fire, fires, may_fire, nodes, stays_silent};

impl Prover<'_> {
    /// Looks, for each rule, for one that fires wherever it does. The item on which a rule fires names
    /// the few that can.
    pub(super) fn swallowed(&mut self) {
        let program = self.program;
        // Between equals the later one gives way.
        let mut places: Vec<usize> = (0..program.rules.len()).collect();
        places.sort_by_key(|place| Reverse((program.rules[*place].life.certain, *place)));
        let mut swallowed: BTreeSet<&str> = BTreeSet::new();
        for place in places {
            let rule = &program.rules[place];
            if rule.reading.is_some() || self.does_more(rule) {
                continue;
            }
            let Some(witness) = &self.shown[place] else {
                continue;
            };
            let others = self.worlds.read(witness, |decisions| {
                let others = decisions[ONE].rules.iter().map(|one| one.id.to_owned());
                others.collect::<Vec<_>>()
            });
            let others = others.unwrap_or_default();
            let mut others = others.iter().filter(|id| !swallowed.contains(id.as_str()));
            if let Some(other) = others.find(|id| self.covers(rule, id)) {
                self.never_matters(place, other);
                swallowed.insert(&rule.id);
            }
        }
    }

    /// Whether a rule has a part in the policy beyond its own verdict.
    fn does_more(&self, rule: &Rule) -> bool {
        let of_rule = |one: &&Rule| one.id == rule.id;
        let mut own = self.program.rules.iter().filter(of_rule);
        let exceptions = self.program.rules.iter().flat_map(|one| &one.exceptions);
        let overrides = exceptions.into_iter().any(|(id, _)| *id == rule.id);
        overrides || own.any(|one| one.reading.is_some())
    }

    /// Whether the rows of another rule fire wherever a rule does, and say as much.
    fn covers(&mut self, rule: &Rule, other: &str) -> bool {
        let program = self.program;
        let rows: Vec<&Rule> = program
            .rules
            .iter()
            .filter(|one| one.id == other && one.reading.is_none())
            .collect();
        let adds = rows.iter().any(|row| adds(rule, row));
        if other == rule.id || rows.is_empty() || adds {
            return false;
        }
        let all = rows.iter().flat_map(|row| nodes(row)).chain(nodes(rule));
        let mut instants = self.instants(Window::possible(self.world(), rule), all);
        let windows: Vec<Window> = rows
            .iter()
            .map(|row| Window::certain(self.world(), row))
            .collect();
        let own = Window::possible(self.world(), rule);
        let ends = windows
            .iter()
            .flat_map(|window| [window.from, window.until]);
        instants.extend(ends.filter(|at| own.from < *at && *at < own.until));
        instants.into_iter().all(|at| {
            let binds = windows
                .iter()
                .position(|one| one.from <= at && at < one.until);
            binds.is_some_and(|row| self.covers_at(rule, rows[row], at))
        })
    }

    fn covers_at(&mut self, rule: &Rule, other: &Rule, at: i64) -> bool {
        let mut surely = fires(self.program, ONE, rule);
        surely.push(stays_silent(ONE, other));
        let mut perhaps = may_fire(ONE, rule);
        perhaps.push(cannot_fire(ONE, other));
        self.worlds.clash(at, &surely).is_some() && self.worlds.clash(at, &perhaps).is_some()
    }

    fn never_matters(&mut self, place: usize, other: &str) {
        let rule = &self.program.rules[place];
        let message = format!("`{}` never changes a verdict: `{other}` covers it", rule.id);
        let help =
            "take it out, or let it say what the other does not: a stricter verdict, a penalty, a \
                    message, a legal ground"
                .to_owned();
        let span = self.statement(other);
        let witness = self.shown[place].clone();
        let witness = witness.map(|witness| self.placed(witness, rule));
        let diagnostic = self.report(Code::RuleSwallowed, rule, message);
        let related =
            span.map(|span| (span, "whatever that one reaches, this one does".to_owned()));
        diagnostic.related.extend(related);
        (diagnostic.help, diagnostic.witness) = (Some(help), witness);
    }
}

/// Whether a rule says something that another, which fires wherever it does, leaves unsaid.
fn adds(rule: &Rule, other: &Rule) -> bool {
    let penalties = rule
        .penalties
        .iter()
        .all(|one| other.penalties.contains(one));
    let messages = rule.messages.iter().all(|one| other.messages.contains(one));
    let laws = rule.laws.iter().all(|one| other.laws.contains(one));
    let cited = |source: u32| other.citations.iter().any(|(one, ..)| *one == source);
    let sources = rule.citations.iter().all(|(source, ..)| cited(*source));
    let told = (rule.appeal.is_none() || rule.appeal == other.appeal)
        && (rule.dsa.is_none() || rule.dsa == other.dsa);
    let weaker = rule.verdict <= other.verdict && rule.layer <= other.layer;
    let restates = rule.policy != other.policy && !sources;
    let demands = rule.verdict == Verdict::Allow && other.verdict != Verdict::Allow;
    !weaker || !penalties || !messages || !laws || !told || restates || demands
}

//! Exceptions of exceptions that never apply.

use std::collections::BTreeMap;

use super::exceptions::claimed;
use super::{ONE, Prover, best};
use crate::diagnostic::Code;
use crate::ir::{NodeId, Rule};
use crate::solve::rules::{Window, holds};
use crate::solve::{Answer, Claim, Why};
use crate::witness::Witness;

/// How many exceptions of exceptions of one another are looked at; nobody writes more.
const DEEPEST: usize = 8;

/// By inner and outer exception: where the inner one is idle, or `None` once it is known to apply.
type Found<'a> = BTreeMap<(&'a str, &'a str), Option<Idle<'a>>>;

struct Idle<'a> {
    rule: &'a Rule,
    /// What excludes what.
    why: String,
    /// An item that the outer exception would be met by.
    witness: Witness,
}

impl<'a> Prover<'a> {
    /// Looks at each exception of each exception, in every rule that it reaches.
    pub(super) fn narrowed(&mut self) {
        let program = self.program;
        let mut found = Found::new();
        for rule in program.rules.iter().filter(|rule| rule.reading.is_none()) {
            let claims = holds(program, ONE, rule.condition);
            self.narrowed_in(rule, &claims, &rule.exceptions, DEEPEST, &mut found);
        }
        for ((inner, outer), idle) in found {
            if let Some(idle) = idle {
                self.never_narrows(inner, outer, idle);
            }
        }
    }

    /// The same for some exceptions of one rule, and for theirs, where all claims hold.
    fn narrowed_in(
        &mut self,
        rule: &'a Rule,
        claims: &[Claim],
        exceptions: &'a [(String, NodeId)],
        deeper: usize,
        found: &mut Found<'a>,
    ) {
        let program = self.program;
        for (outer, condition) in exceptions {
            let row = program.narrowed.get(condition);
            let Some(row) = row.filter(|_| !self.is_former(*condition)) else {
                continue;
            };
            let mut met = claims.to_vec();
            met.extend(row.own.iter().flat_map(|node| holds(program, ONE, *node)));
            let mut lifting = claims.to_vec();
            lifting.extend(holds(program, ONE, *condition));
            for (inner, applies) in &row.exceptions {
                let key = (inner.as_str(), outer.as_str());
                let is_known = matches!(found.get(&key), Some(None));
                if is_known || self.is_former(*applies) {
                    continue;
                }
                let mut both = met.clone();
                both.extend(holds(program, ONE, *applies));
                match self.never_meet(rule, &both) {
                    None => drop(found.insert(key, None)),
                    Some(why) => {
                        let idle =
                            self.meets(rule, &lifting)
                                .map(|witness| Idle { rule, why, witness });
                        // What the outer exception never reaches says nothing of the inner one.
                        if let Some(idle) = idle {
                            found.entry(key).or_insert(Some(idle));
                        }
                    }
                }
            }
            let has_more = |(_, inner): &(String, NodeId)| program.narrowed.contains_key(inner);
            match deeper {
                0 if !row.exceptions.iter().any(has_more) => {}
                0 => self.leave_open(
                    format!("whether what narrows `{outer}` ever applies"),
                    Why::Text,
                ),
                _ => self.narrowed_in(rule, &met, &row.exceptions, deeper - 1, found),
            }
        }
    }

    /// An item of which all claims hold while a rule may bind.
    fn meets(&mut self, rule: &Rule, claims: &[Claim]) -> Option<Witness> {
        let window = Window::possible(self.world(), rule);
        let instants = self.instants(window, claimed(claims));
        let answers = instants
            .into_iter()
            .map(|at| self.worlds.find(at, claims, &|_| true));
        match best(answers) {
            Answer::Found(witness) => Some(witness),
            Answer::Never(_) | Answer::Open(_) => None,
        }
    }

    fn never_narrows(&mut self, inner: &str, outer: &str, idle: Idle<'_>) {
        let rule = idle.rule;
        let message = format!("`{inner}` never narrows `{outer}` of `{}`", rule.id);
        let span = self.statement(inner);
        let witness = self.placed(idle.witness, rule);
        let diagnostic = self.report(Code::ExceptionNeverApplies, rule, message);
        diagnostic.span = span.unwrap_or(diagnostic.span);
        (diagnostic.help, diagnostic.witness) = (Some(idle.why), Some(witness));
    }
}

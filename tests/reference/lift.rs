//! What spares an item that a rule is about: exceptions, and readings that allow.

use std::collections::BTreeSet;

use interdict::model::*;
use interdict_matcher::Verdict;

use crate::decide::Evaluator;
use crate::truth::{Truth, all, not};

impl<'a> Evaluator<'a> {
    /// The rule after its exceptions and after the readings that allow: there somebody looks instead.
    pub(crate) fn unless_lifted(
        &mut self,
        rule: &'a Rule,
        condition: Truth,
        lifted: &mut BTreeSet<(String, String)>,
    ) -> Truth {
        let mut truths = vec![condition];
        for &id in &rule.exceptions {
            let holds = self.exception(id);
            truths.push(not(holds));
            if condition == Some(true) && holds == Some(true) {
                lifted.insert((rule.id.clone(), self.set.exceptions[id.at()].id.clone()));
            }
        }
        let allowing =
            |reading: &&Reading| reading.means == Verdict::Allow && rule.verdict != Verdict::Allow;
        for reading in rule.readings.iter().filter(allowing) {
            let holds = self.ask(&reading.holds, &rule.masks);
            truths.push(not(holds));
            if condition == Some(true) && holds == Some(true) {
                lifted.insert((rule.id.clone(), reading.text.clone()));
            }
        }
        all(truths)
    }

    /// A rival reading after what lifts the rule in every reading.
    pub(crate) fn rival_unless_lifted(
        &mut self,
        rule: &'a Rule,
        condition: Truth,
        lifted: &mut BTreeSet<(String, String)>,
    ) -> Truth {
        let mut truths = vec![condition];
        for &id in self.exceptions(rule, false) {
            let holds = self.exception(id);
            truths.push(not(holds));
            if condition == Some(true) && holds == Some(true) {
                lifted.insert((rule.id.clone(), self.set.exceptions[id.at()].id.clone()));
            }
        }
        all(truths)
    }

    /// The exceptions that stand in the rule's own text, or those that are statements of their own.
    pub(crate) fn exceptions(&self, rule: &'a Rule, of_text: bool) -> Vec<&'a ExceptionId> {
        let set = self.set;
        let wanted = |id: &&ExceptionId| set.exceptions[id.at()].of_text == of_text;
        rule.exceptions.iter().filter(wanted).collect()
    }

    /// Whether an exception holds: in force, its condition, and none of its own exceptions.
    pub(crate) fn exception(&mut self, id: ExceptionId) -> Truth {
        let set = self.set;
        let exception = &set.exceptions[id.at()];
        if exception.known.until != i64::MAX {
            return Some(false);
        }
        let mut truths = vec![
            self.in_force(&exception.life),
            self.ask(&exception.holds, &[]),
        ];
        for &one in &exception.exceptions {
            truths.push(not(self.exception(one)));
        }
        all(truths)
    }

    /// Whether a rule binds and fires, for permissions that override.
    pub(crate) fn fires(&mut self, id: RuleId) -> Truth {
        let set = self.set;
        let rule = &set.rules[id.at()];
        if rule.known.until != i64::MAX {
            return Some(false);
        }
        let (force, condition) = (self.in_force(&rule.life), self.condition(rule));
        all([
            force,
            self.unless_lifted(rule, condition, &mut BTreeSet::new()),
        ])
    }
}

//! Rules that never fire.

use super::{ONE, Prover, best};
use crate::diagnostic::Code;
use crate::ir::Rule;
use crate::solve::rules::{Window, fired, fires, holds, may_fire, nodes};
use crate::solve::{Answer, Why};
use crate::witness::Witness;

impl Prover<'_> {
    /// Looks for an item on which each rule fires.
    pub(super) fn firing(&mut self) {
        let program = self.program;
        for rule in &program.rules {
            let witness = match self.fires(rule) {
                Answer::Found(witness) => Some(witness),
                Answer::Never(_) => {
                    self.never_fires(rule);
                    None
                }
                Answer::Open(why) => {
                    self.leave_open(format!("whether {} ever fires", named(rule)), why);
                    None
                }
            };
            self.shown.push(witness);
        }
    }

    fn fires(&mut self, rule: &Rule) -> Answer {
        let certain = Window::certain(self.world(), rule);
        let claims = match Window::is_in_doubt(self.world(), rule) {
            true => may_fire(ONE, rule),
            false => fires(self.program, ONE, rule),
        };
        let window = match certain.is_empty() {
            true => Window::possible(self.world(), rule),
            false => certain,
        };
        let uncertain = certain.is_empty();
        let instants = self.instants(window, nodes(rule));
        let answers = instants.into_iter().map(|at| {
            self.worlds.find(at, &claims, &|decisions| {
                let decision = &decisions[ONE];
                let may = decision.possible.iter().any(|one| one.id == rule.id);
                fired(decision, rule) || (uncertain && may)
            })
        });
        best(answers)
    }

    fn never_fires(&mut self, rule: &Rule) {
        let message = format!("{} can never fire", named(rule));
        let lifted = self.always_lifted(rule);
        let help = match &lifted {
            Some((by, _)) => format!(
                "an exception lifts it wherever it reaches, as here {}",
                by.join(" and ")
            ),
            None => self.why_never(rule),
        };
        let witness = lifted.map(|(_, witness)| witness);
        let witness = witness.or_else(|| self.nearest(rule));
        let witness = witness.map(|witness| self.placed(witness, rule));
        let diagnostic = self.report(Code::RuleNeverFires, rule, message);
        (diagnostic.help, diagnostic.witness) = (Some(help), witness);
    }

    /// The exceptions that lift a rule on an item that its condition fits.
    fn always_lifted(&mut self, rule: &Rule) -> Option<(Vec<String>, Witness)> {
        let claims = holds(self.program, ONE, rule.condition);
        let window = Window::possible(self.world(), rule);
        for at in self.instants(window, nodes(rule)) {
            let lifted = |decisions: &[interdict_matcher::Decision<'_>]| {
                let mut lifted = decisions[ONE].lifted.iter();
                lifted.any(|one| one.id == rule.id)
            };
            if let Answer::Found(witness) = self.worlds.find(at, &claims, &lifted) {
                let by = self.worlds.read(&witness, |decisions| {
                    let lifted = decisions[ONE].lifted.iter().filter(|one| one.id == rule.id);
                    lifted
                        .map(|one| format!("`{}`", words(one.by, rule)))
                        .collect::<Vec<_>>()
                });
                return Some((by.unwrap_or_default(), witness));
            }
        }
        None
    }

    fn why_never(&mut self, rule: &Rule) -> String {
        let claims = fires(self.program, ONE, rule);
        let window = Window::possible(self.world(), rule);
        let first = self.instants(window, nodes(rule)).first().copied();
        let Some(at) = first else {
            return "it ends before it begins".to_owned();
        };
        match self.worlds.clash(at, &claims) {
            Some(core) => self.shown_clash(&claims, &core),
            None => "look at its conditions and at its exceptions".to_owned(),
        }
    }

    /// An item that fits all of a rule but one part that excludes the others.
    fn nearest(&mut self, rule: &Rule) -> Option<Witness> {
        let claims = fires(self.program, ONE, rule);
        let window = Window::possible(self.world(), rule);
        let at = *self.instants(window, nodes(rule)).first()?;
        let core = self.worlds.clash(at, &claims)?;
        for &left_out in core.iter().rev() {
            let mut rest = claims.clone();
            rest.remove(left_out);
            let silent =
                |decisions: &[interdict_matcher::Decision<'_>]| !fired(&decisions[ONE], rule);
            match self.worlds.find(at, &rest, &silent) {
                Answer::Found(witness) => return Some(witness),
                Answer::Open(Why::Budget) => return None,
                _ => {}
            }
        }
        None
    }
}

/// A rule, or one of its rival readings, as a message names it.
pub(super) fn named(rule: &Rule) -> String {
    match &rule.reading {
        None => format!("`{}`", rule.id),
        Some(reading) => format!("the reading `{reading}` of `{}`", rule.id),
    }
}

/// An exception without the id of its rule.
fn words<'w>(exception: &'w str, rule: &Rule) -> &'w str {
    let own = exception.strip_prefix(rule.id.as_str());
    own.and_then(|rest| rest.strip_prefix(": "))
        .unwrap_or(exception)
}

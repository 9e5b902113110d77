//! Permissions that meet a stricter rule, with no word on which of the two holds.

use interdict_matcher::Verdict;

use super::scopes::Scope;
use super::{ONE, Prover, best};
use crate::diagnostic::Code;
use crate::ir::Rule;
use crate::solve::rules::{fired, fires, nodes};
use crate::solve::{Answer, Claim};
use crate::witness::Witness;

/// How many stricter rules are named for one permission.
const MOST_MEETINGS: usize = 3;

impl Prover<'_> {
    /// Looks for an item on which a permission and a stricter rule both fire.
    pub(super) fn overlaps(&mut self, scopes: &[Scope]) {
        let program = self.program;
        let strict = |rule: &&Rule| rule.verdict > Verdict::Allow && rule.reading.is_none();
        let mut places: Vec<usize> = (0..program.rules.len())
            .filter(|place| strict(&&program.rules[*place]) && self.shown[*place].is_some())
            .collect();
        places.sort_by_key(|place| std::cmp::Reverse(program.rules[*place].verdict));
        for (place, permission) in program.rules.iter().enumerate() {
            if permission.verdict != Verdict::Allow || self.shown[place].is_none() {
                continue;
            }
            let mut met: Vec<&str> = Vec::new();
            for &other in &places {
                let rule = &program.rules[other];
                if met.len() == MOST_MEETINGS {
                    break;
                }
                if met.contains(&rule.id.as_str())
                    || !scopes[place].meets(&scopes[other])
                    || is_settled(permission, rule)
                {
                    continue;
                }
                let instants = scopes[place].window.and(scopes[other].window);
                let instants = self.instants(instants, nodes(permission).chain(nodes(rule)));
                match self.meeting(permission, rule, &instants) {
                    Answer::Found(witness) => {
                        self.unlinked(permission, rule, witness);
                        met.push(&rule.id);
                    }
                    Answer::Never(_) => {}
                    Answer::Open(why) => self.leave_open(
                        format!("whether `{}` meets `{}`", permission.id, rule.id),
                        why,
                    ),
                }
            }
        }
    }

    fn meeting(&mut self, permission: &Rule, rule: &Rule, instants: &[i64]) -> Answer {
        let mut claims = fires(self.program, ONE, permission);
        claims.extend(fires(self.program, ONE, rule));
        // Who declares a thing to be two things that have nothing to do with each other, shows nothing.
        claims.push(Claim::OneCategory);
        let both = |decisions: &[interdict_matcher::Decision<'_>]| {
            fired(&decisions[ONE], permission) && fired(&decisions[ONE], rule)
        };
        let answers = instants
            .iter()
            .map(|at| self.worlds.find(*at, &claims, &both));
        best(answers)
    }

    fn unlinked(&mut self, permission: &Rule, rule: &Rule, witness: Witness) {
        let message = format!(
            "`{}` allows what `{}` decides `{}`",
            permission.id, rule.id, rule.verdict
        );
        let help = format!(
            "the stricter verdict wins: say `overrides {}` if the permission is to win, or narrow one of \
             the two",
            rule.id
        );
        let witness = self.placed(witness, permission);
        let other = self.head(rule.span);
        let diagnostic = self.report(Code::OverlapWithoutLink, permission, message);
        diagnostic
            .related
            .push((other, format!("this one decides `{}`", rule.verdict)));
        (diagnostic.help, diagnostic.witness) = (Some(help), Some(witness));
    }
}

/// Whether the text says which of two rules holds: the permission overrides, or stands in a lower
/// layer, which can never loosen.
fn is_settled(permission: &Rule, rule: &Rule) -> bool {
    let overridden = rule.exceptions.iter().any(|(id, _)| *id == permission.id);
    overridden || permission.layer < rule.layer
}

//! Rules that take the place of others and do not reach all that those reached.

use super::{ONE, Prover};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Rule, Succession};
use crate::solve::rules::{Window, fired, fires, stays_silent};
use crate::solve::{Answer, Claim, Is, Why};
use crate::witness::Witness;

/// How often rules that reach an item after all are left out, one after the other.
const MOST_ROUNDS: usize = 6;

impl Prover<'_> {
    /// Looks, for each rule that supersedes another, for an item that the other reached and it does not.
    pub(super) fn successions(&mut self) {
        let program = self.program;
        for succession in &program.successions {
            let at = succession.at;
            let row = |id: &str, at: i64| {
                let mut rows = program
                    .rules
                    .iter()
                    .filter(|rule| rule.id == id && rule.reading.is_none());
                rows.find(|rule| {
                    let window = Window::possible(self.world(), rule);
                    window.from <= at && at < window.until
                })
            };
            if let (Some(old), Some(new)) = (row(&succession.old, at - 1), row(&succession.new, at))
            {
                self.succession(succession, old, new);
            }
        }
    }

    fn succession(&mut self, succession: &Succession, old: &Rule, new: &Rule) {
        let mut claims = fires(self.program, ONE, old);
        // What the new rule excepts, or lets pass on a condition, it speaks of.
        claims.push(Claim::Node {
            world: ONE,
            node: new.duty.map_or(new.condition, |duty| duty.applies),
            is: Is::NotTrue,
        });
        for _ in 0..MOST_ROUNDS {
            match self.worlds.find(succession.at, &claims, &|_| true) {
                Answer::Found(witness) => match self.reached_by(&witness, old) {
                    // Rules of their own reach it on both days: nothing is left out.
                    Some(others) if !others.is_empty() => {
                        claims.extend(self.silence(&others, &witness))
                    }
                    Some(_) => return self.leaves_out(succession, old, witness),
                    None => break,
                },
                Answer::Never(_) => return,
                Answer::Open(Why::Budget) => return,
                Answer::Open(Why::Text) => break,
            }
        }
        let question = format!("whether `{}` reaches all that `{}` reached", new.id, old.id);
        self.leave_open(question, Why::Text);
    }

    /// The rules that fire on an item once a rule is superseded and say as much; `None` if that rule did
    /// not fire the second before.
    fn reached_by(&self, witness: &Witness, old: &Rule) -> Option<Vec<String>> {
        let before = self
            .worlds
            .read(&witness.earlier(1), |decisions| fired(&decisions[ONE], old));
        before.filter(|before| *before)?;
        self.worlds.read(witness, |decisions| {
            let rules = decisions[ONE].rules.iter();
            let as_strict = rules.filter(|one| one.verdict >= old.verdict);
            as_strict.map(|one| one.id.to_owned()).collect()
        })
    }

    fn silence(&self, ids: &[String], witness: &Witness) -> Vec<Claim> {
        let at = witness.at.unix_seconds();
        let stands = |rule: &&Rule| {
            let window = Window::possible(self.world(), rule);
            ids.contains(&rule.id) && window.from <= at && at < window.until
        };
        let rules = self.program.rules.iter().filter(stands);
        rules.map(|rule| stays_silent(ONE, rule)).collect()
    }

    fn leaves_out(&mut self, succession: &Succession, old: &Rule, witness: Witness) {
        let (old_id, new_id) = (&succession.old, &succession.new);
        let message = format!("`{new_id}` does not reach all that `{old_id}` reached");
        let help = format!(
            "nothing as strict reaches the witness from now on: widen this rule, or say `supersedes {} leaves gap`",
            old_id.rsplit('/').next().unwrap_or(old_id)
        );
        let witness = self.placed(witness, old);
        let head = self.head(old.span);
        let finding = Diagnostic::new(Code::SupersessionNarrows, succession.span, message);
        let finding = finding.related(head, "it ends here".to_owned());
        self.proof
            .findings
            .push(finding.help(help).witness(witness));
    }
}

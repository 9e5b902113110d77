//! Demands that nobody can meet: alone, beside another, or because a ban awaits whoever does.

use std::collections::BTreeSet;

use super::scopes::Scope;
use super::{ONE, Prover, best};
use crate::diagnostic::Code;
use crate::ir::{Atom, Duty, NodeId, Rule};
use crate::solve::rules::{Window, fired, fires, holds, nodes, stays_silent, unlifted};
use crate::solve::{Answer, Claim};
use crate::witness::Witness;

impl Prover<'_> {
    /// Looks at every demand, alone and beside the others.
    pub(super) fn duties(&mut self, scopes: &[Scope]) {
        let program = self.program;
        let demanding = program
            .rules
            .iter()
            .enumerate()
            .filter_map(|(place, rule)| {
                let duty = rule.duty.filter(|_| self.shown[place].is_some())?;
                Some((place, rule, duty))
            });
        let demanding: Vec<(usize, &Rule, Duty)> = demanding.collect();
        let asked: Vec<[BTreeSet<Asked>; 2]> = demanding
            .iter()
            .map(|(_, _, duty)| [self.asked(duty.holds), self.asked(duty.applies)])
            .collect();
        // What nobody can meet alone need not be held against the others.
        let alone: Vec<bool> = demanding
            .iter()
            .map(|&(place, _, duty)| self.is_impossible(place, duty) || self.is_barred(place, duty))
            .collect();
        for (number, &(place, rule, duty)) in demanding.iter().enumerate() {
            for (later, &(other, second, also)) in demanding.iter().enumerate().skip(number + 1) {
                if alone[number] || alone[later] {
                    continue;
                }
                let (one, two) = (&asked[number], &asked[later]);
                let touch = !one[0].is_disjoint(&two[0])
                    || !one[0].is_disjoint(&two[1])
                    || !one[1].is_disjoint(&two[0]);
                if touch && rule.id != second.id && scopes[place].meets(&scopes[other]) {
                    let window = scopes[place].window.and(scopes[other].window);
                    self.face((place, duty), (other, also), window);
                }
            }
        }
    }

    /// The fields and terms that a condition asks about.
    fn asked(&self, node: NodeId) -> BTreeSet<Asked> {
        let atoms = self.worlds.world(ONE).atoms([node]);
        let asked = atoms
            .into_iter()
            .flat_map(|atom| match &self.program.atoms[atom as usize] {
                Atom::Mentions { term, .. } => vec![Asked::Term(*term)],
                Atom::Is(field, _)
                | Atom::Number(field, ..)
                | Atom::Date(field, ..)
                | Atom::Past(field, _)
                | Atom::Age(field, ..)
                | Atom::Known(field) => vec![Asked::Field(*field)],
                Atom::Order(one, _, other, _) => vec![Asked::Field(*one), Asked::Field(*other)],
                Atom::Member(group) => {
                    vec![Asked::Field(self.program.groups[*group as usize].field)]
                }
                Atom::Declared { .. } => vec![Asked::Category],
                Atom::Published(..) | Atom::During(_) | Atom::InForce { .. } => Vec::new(),
            });
        asked.collect()
    }

    /// That a rule applies and what it demands is met.
    fn complies(&self, rule: &Rule, duty: Duty) -> Vec<Claim> {
        let mut claims = holds(self.program, ONE, duty.applies);
        claims.extend(unlifted(ONE, rule));
        claims.extend(holds(self.program, ONE, duty.holds));
        claims
    }

    /// Whether what a rule demands can never be met.
    fn is_impossible(&mut self, place: usize, duty: Duty) -> bool {
        let rule = &self.program.rules[place];
        let claims = self.complies(rule, duty);
        let window = Window::certain(self.world(), rule);
        let mut why = None;
        for at in self.instants(window, nodes(rule)) {
            let Some(core) = self.worlds.clash(at, &claims) else {
                return false;
            };
            why = why.or(Some(core));
        }
        let Some(core) = why else {
            return false;
        };
        let message = format!("nobody can meet what `{}` demands", rule.id);
        let help = self.shown_clash(&claims, &core);
        let witness = self.shown[place].clone();
        self.contradiction(rule, None, message, help, witness);
        true
    }

    /// Whether another rule awaits whoever meets a demand, and only those.
    fn is_barred(&mut self, place: usize, duty: Duty) -> bool {
        let rule = &self.program.rules[place];
        let claims = self.complies(rule, duty);
        let window = Window::certain(self.world(), rule);
        let instants = self.instants(window, nodes(rule));
        let answers = instants.iter().map(|at| {
            self.worlds
                .find(*at, &claims, &|decisions| !fired(&decisions[ONE], rule))
        });
        let Answer::Found(witness) = best(answers) else {
            return false;
        };
        let program = self.program;
        let awaits = |one: &&Rule| {
            one.duty.is_none() && one.reading.is_none() && one.verdict >= rule.verdict
        };
        let others = self.worlds.read(&witness, |decisions| {
            let rules = program.rules.iter().filter(awaits);
            rules
                .filter(|one| fired(&decisions[ONE], one))
                .collect::<Vec<_>>()
        });
        for other in others.unwrap_or_default() {
            if self.bars(rule, duty, other) {
                let message = format!(
                    "whoever meets what `{}` demands falls under `{}`",
                    rule.id, other.id
                );
                let help = format!(
                    "let `{}` except what is demanded, or demand something else",
                    other.id
                );
                self.contradiction(rule, Some(other), message, help, Some(witness));
                return true;
            }
        }
        false
    }

    fn bars(&mut self, rule: &Rule, duty: Duty, other: &Rule) -> bool {
        let mut met = self.complies(rule, duty);
        met.push(stays_silent(ONE, other));
        let mut unmet = fires(self.program, ONE, rule);
        unmet.push(stays_silent(ONE, other));
        let own = Window::certain(self.world(), rule);
        let window = own.and(Window::certain(self.world(), other));
        let instants = self.instants(own, nodes(rule).chain(nodes(other)));
        let always = window == own
            && instants
                .iter()
                .all(|at| self.worlds.clash(*at, &met).is_some());
        // A rule that covers the whole ground makes the demand idle, and no trap.
        always
            && instants
                .iter()
                .any(|at| self.worlds.clash(*at, &unmet).is_none())
    }

    /// Whether two demands that meet exclude each other.
    fn face(&mut self, (one, first): (usize, Duty), (two, second): (usize, Duty), window: Window) {
        let (rule, other) = (&self.program.rules[one], &self.program.rules[two]);
        let mut met = self.complies(rule, first);
        met.extend(self.complies(other, second));
        let mut half = self.complies(rule, first);
        half.extend(holds(self.program, ONE, second.applies));
        half.extend(unlifted(ONE, other));
        let instants = self.instants(window, nodes(rule).chain(nodes(other)));
        let never = instants
            .iter()
            .all(|at| self.worlds.clash(*at, &met).is_some());
        if !never {
            return;
        }
        let shows = |decisions: &[interdict_matcher::Decision<'_>]| {
            !fired(&decisions[ONE], rule) && fired(&decisions[ONE], other)
        };
        let answers = instants
            .iter()
            .map(|at| self.worlds.find(*at, &half, &shows));
        if let Answer::Found(witness) = best(answers) {
            let message = format!(
                "nobody can meet what `{}` demands and what `{}` demands",
                rule.id, other.id
            );
            let help = format!(
                "the witness meets the first, and so falls under `{}`",
                other.id
            );
            self.contradiction(rule, Some(other), message, help, Some(witness));
        }
    }

    fn contradiction(
        &mut self,
        rule: &Rule,
        other: Option<&Rule>,
        message: String,
        help: String,
        witness: Option<Witness>,
    ) {
        let witness = witness.map(|witness| self.placed(witness, rule));
        let related = other.map(|other| (self.head(other.span), "against this one".to_owned()));
        let diagnostic = self.report(Code::ContradictoryRequirements, rule, message);
        diagnostic.related.extend(related);
        (diagnostic.help, diagnostic.witness) = (Some(help), witness);
    }
}

/// What a condition asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Term(u32),
    Field(u32),
    Category,
}

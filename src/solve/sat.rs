//! Clauses, and whether they can all hold. The only file that knows the solver's crate.

use std::collections::BTreeMap;

use batsat::callbacks::Callbacks;
use batsat::{ClauseKind, Solver, SolverInterface, SolverOpts, Var, lbool};

/// A variable, or its opposite.
pub(super) use batsat::Lit;

/// How often the solver may learn from a contradiction before a question is left open: a count and
/// no clock, so that the answer is the same on every machine.
const MOST_CONFLICTS: u64 = 20_000;

/// What came of asking whether clauses can hold together.
pub(super) enum Verdict {
    /// They can.
    Model,
    /// Not with these assumptions.
    Clash(Vec<Lit>),
    /// Nobody knows within the limit.
    Unsettled,
}

/// A set of clauses.
pub(super) struct Sat {
    solver: Solver<Limit>,
    yes: Lit,
    gates: BTreeMap<Vec<Lit>, Lit>,
}

/// Stops the solver after so many contradictions.
#[derive(Default)]
struct Limit {
    conflicts: u64,
}

impl Callbacks for Limit {
    fn on_start(&mut self) {
        self.conflicts = 0;
    }

    fn on_new_clause(&mut self, _: &[Lit], kind: ClauseKind) {
        self.conflicts += u64::from(kind == ClauseKind::Learnt);
    }

    fn stop(&self) -> bool {
        self.conflicts > MOST_CONFLICTS
    }
}

impl Sat {
    pub(super) fn new() -> Sat {
        let mut solver = Solver::new(SolverOpts::default(), Limit::default());
        let yes = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![yes]);
        Sat {
            solver,
            yes,
            gates: BTreeMap::new(),
        }
    }

    /// What always holds.
    pub(super) fn yes(&self) -> Lit {
        self.yes
    }

    /// What always holds, or its opposite.
    pub(super) fn constant(&self, holds: bool) -> Lit {
        if holds { self.yes } else { !self.yes }
    }

    /// A variable that the solver sets to false unless something asks otherwise.
    pub(super) fn variable(&mut self) -> Lit {
        let variable: Var = self.solver.new_var_default();
        Lit::new(variable, true)
    }

    /// One of these must hold.
    pub(super) fn clause(&mut self, lits: impl IntoIterator<Item = Lit>) {
        let mut lits: Vec<Lit> = lits.into_iter().collect();
        self.solver.add_clause_reuse(&mut lits);
    }

    /// The first brings the second along.
    pub(super) fn implies(&mut self, first: Lit, second: Lit) {
        self.clause([!first, second]);
    }

    /// What holds if and only if all of these do. Equal questions get one answer, so that what two
    /// policies say alike is alike for the solver.
    pub(super) fn all(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = parts.into_iter().filter(|one| *one != self.yes).collect();
        parts.sort_unstable();
        parts.dedup();
        let clash = parts.windows(2).any(|pair| pair[0] == !pair[1]);
        if clash || parts.contains(&!self.yes) {
            return !self.yes;
        }
        match parts.as_slice() {
            [] => return self.yes,
            [only] => return *only,
            _ => {}
        }
        if let Some(&gate) = self.gates.get(&parts) {
            return gate;
        }
        let gate = self.variable();
        for &part in &parts {
            self.implies(gate, part);
        }
        self.clause(parts.iter().map(|part| !*part).chain([gate]));
        self.gates.insert(parts, gate);
        gate
    }

    /// What holds if and only if one of these does.
    pub(super) fn any(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let none: Vec<Lit> = parts.into_iter().map(|part| !part).collect();
        !self.all(none)
    }

    /// At most one of these holds where `when` does. A ladder: its clauses grow with the number of
    /// parts, not with its square.
    pub(super) fn at_most_one(&mut self, when: Lit, parts: &[Lit]) {
        let mut before: Option<Lit> = None;
        for &part in parts {
            let seen = self.variable();
            self.clause([!when, !part, seen]);
            if let Some(before) = before {
                self.clause([!when, !before, seen]);
                self.clause([!when, !before, !part]);
            }
            before = Some(seen);
        }
    }

    /// Whether all clauses and these assumptions can hold.
    pub(super) fn solve(&mut self, assumptions: &[Lit]) -> Verdict {
        match self.solver.solve_limited(assumptions) {
            answer if answer == lbool::TRUE => Verdict::Model,
            answer if answer == lbool::FALSE => {
                // The solver names the opposites of the assumptions that clash.
                let core = self.solver.unsat_core().iter().map(|lit| !*lit);
                Verdict::Clash(core.collect())
            }
            _ => Verdict::Unsettled,
        }
    }

    /// Whether something holds in the last model.
    pub(super) fn holds(&self, lit: Lit) -> bool {
        self.solver.value_lit(lit) == lbool::TRUE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_mean_what_they_say() {
        let mut sat = Sat::new();
        let (a, b) = (sat.variable(), sat.variable());
        let (both, either) = (sat.all([a, b]), sat.any([a, b]));
        assert_eq!(both, sat.all([b, a, sat.yes()]));
        assert!(matches!(sat.solve(&[both, !either]), Verdict::Clash(_)));
        assert!(matches!(sat.solve(&[either, !both]), Verdict::Model));
        assert!(sat.holds(a) != sat.holds(b));
        assert_eq!(sat.all([a, !a]), !sat.yes());
    }

    #[test]
    fn a_clash_names_the_assumptions_that_make_it() {
        let mut sat = Sat::new();
        let (a, b, c) = (sat.variable(), sat.variable(), sat.variable());
        sat.implies(a, !b);
        let Verdict::Clash(mut core) = sat.solve(&[c, a, b]) else {
            panic!("a and b exclude each other");
        };
        core.sort();
        assert_eq!(core, [a, b]);
    }

    #[test]
    fn at_most_one_of_many() {
        let mut sat = Sat::new();
        let parts: Vec<Lit> = (0..9).map(|_| sat.variable()).collect();
        let when = sat.variable();
        sat.at_most_one(when, &parts);
        assert!(matches!(sat.solve(&[parts[2], parts[7]]), Verdict::Model));
        assert!(matches!(sat.solve(&[when, parts[2]]), Verdict::Model));
        assert!(matches!(
            sat.solve(&[when, parts[2], parts[7]]),
            Verdict::Clash(_)
        ));
    }
}

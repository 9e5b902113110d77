//! Tables → what they can never mean, and where they clash: findings about the whole policy set.
//!
//! In: the tables of a policy set, its matcher and its files. Out: warnings, each with an item and an
//! instant whose decision shows it, and the questions that were left open. Guarantee: what is said to be
//! impossible is so for every item; what is shown, the matcher has decided.

mod duties;
mod exceptions;
mod firing;
mod narrowed;
mod overlap;
mod places;
mod scopes;
mod spellings;
mod succession;
mod swallowed;

use interdict_matcher::Matcher;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NodeId, Program, Rule};
use crate::solve::rules::Window;
use crate::solve::{Answer, Claim, Is, Why, World, Worlds};
use crate::source::Sources;
use crate::witness::Witness;

/// How many steps `check` takes unless it is told otherwise: runs of the solver and decisions.
pub const BUDGET: u64 = 500_000;

/// What was found, and what was not.
#[derive(Debug, Default)]
pub struct Proof {
    /// What an author will want to look at.
    pub findings: Vec<Diagnostic>,
    /// What nobody knows: questions that begin with `whether`, because no text was found that shows
    /// the one or the other.
    pub open: Vec<String>,
    /// How many steps were taken.
    pub taken: u64,
    /// How many more steps would have been taken at least, had the budget not been spent.
    pub refused: u64,
}

/// Looks for what can never be and for what clashes, within a budget of steps.
pub fn prove(program: &Program, matcher: &Matcher, sources: &Sources, budget: u64) -> Proof {
    let mut prover = Prover {
        program,
        sources,
        worlds: Worlds::new(&[(program, matcher)], budget),
        shown: Vec::new(),
        proof: Proof::default(),
    };
    prover.firing();
    prover.exceptions();
    prover.narrowed();
    let scopes = prover.scopes();
    prover.overlaps(&scopes);
    prover.swallowed();
    prover.duties(&scopes);
    prover.successions();
    prover.spellings();
    let (taken, refused) = (prover.worlds.taken(), prover.worlds.refused());
    let mut proof = Proof {
        taken,
        refused,
        ..prover.proof
    };
    proof.findings.sort_by_key(|one| (one.span, one.code));
    proof
}

struct Prover<'a> {
    program: &'a Program,
    sources: &'a Sources,
    worlds: Worlds<'a>,
    /// For each rule, an item on which it fires.
    shown: Vec<Option<Witness>>,
    proof: Proof,
}

/// The only policy set there is.
const ONE: usize = 0;

impl<'a> Prover<'a> {
    fn world(&self) -> &World<'a> {
        self.worlds.world(ONE)
    }

    /// An instant of each stretch of a window over which conditions stay the same.
    fn instants(&self, window: Window, nodes: impl IntoIterator<Item = NodeId>) -> Vec<i64> {
        window.instants([(self.world(), nodes.into_iter().collect())])
    }

    fn report(&mut self, code: Code, rule: &Rule, message: String) -> &mut Diagnostic {
        let span = self.head(rule.span);
        self.proof
            .findings
            .push(Diagnostic::new(code, span, message));
        let last = self.proof.findings.len() - 1;
        &mut self.proof.findings[last]
    }

    /// Notes a question without an answer. What the budget leaves open is counted, not named.
    fn leave_open(&mut self, question: String, why: Why) {
        if why == Why::Text {
            self.proof.open.push(question);
        }
    }

    /// A witness with its instant in the zone of a rule's policy.
    fn placed(&self, witness: Witness, rule: &Rule) -> Witness {
        let policy = self.program.policies.get(rule.policy as usize);
        match policy {
            Some(policy) => witness.in_zone(&policy.zone),
            None => witness,
        }
    }

    /// Conditions that exclude each other, in words.
    fn shown_clash(&self, claims: &[Claim], core: &[usize]) -> String {
        let parts = core.iter().filter_map(|place| match claims.get(*place) {
            Some(Claim::Node { node, is, .. }) => {
                let shown = self.program.show(*node);
                Some(match is {
                    Is::True | Is::NotFalse => format!("`{shown}`"),
                    Is::False | Is::NotTrue => format!("not `{shown}`"),
                })
            }
            _ => None,
        });
        let parts: Vec<String> = parts.collect();
        match parts.as_slice() {
            [only] => format!("no item meets {only} while the rule binds"),
            several => format!("no item meets {} at once", several.join(" and ")),
        }
    }
}

/// The best of several answers about one thing: found once is found.
fn best(answers: impl IntoIterator<Item = Answer>) -> Answer {
    let mut core: Vec<usize> = Vec::new();
    let mut open = None;
    for answer in answers {
        match answer {
            Answer::Found(witness) => return Answer::Found(witness),
            Answer::Never(places) => core.extend(places),
            Answer::Open(why) => open = open.or(Some(why)),
        }
    }
    core.sort_unstable();
    core.dedup();
    open.map_or(Answer::Never(core), Answer::Open)
}

//! Whether an item can be: conditions → an item and an instant at which they hold, or the proof that
//! there is none.
//!
//! In: compiled policy sets and claims about their conditions at an instant. Out: an item that the
//! matcher itself confirmed, or the claims that exclude each other, or the admission that neither was
//! found. What fields can hold is clauses (`theory`), a solver answers (`sat`), and its answer is
//! written down as an item (`realize`). The clauses allow whatever a real item answers, so that
//! `Never` is a proof; what a text mentions by accident shows only when the matcher reads it, and what
//! is learnt from that is a guess, which no proof may rest on.
//!
//! Guarantee: the same question gets the same answer; nothing depends on a clock.

mod clock;
mod fact;
mod inquiry;
mod lexicon;
mod line;
mod probe;
mod realize;
pub mod rules;
mod sat;
mod spell;
mod support;
mod text;
mod theory;
mod world;

use std::collections::BTreeMap;

use interdict_matcher::{Decision, Matcher};

use crate::ir::{Field, NodeId, Program};
use crate::witness::Witness;
use inquiry::Inquiry;
use lexicon::Lexicon;
pub use world::World;

/// How often an item is drafted for one question before it is left open.
const MOST_DRAFTS: usize = 24;

/// What a condition is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Is {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It does not hold, or nobody knows.
    NotTrue,
    /// It holds, or nobody knows.
    NotFalse,
}

/// Something said of an item.
#[derive(Debug, Clone)]
pub enum Claim {
    /// A condition of one policy set is so.
    Node {
        /// The number of the policy set.
        world: usize,
        /// The condition.
        node: NodeId,
        /// What it is said to be.
        is: Is,
    },
    /// All of these.
    All(Vec<Claim>),
    /// One of these.
    Any(Vec<Claim>),
    /// The item declares no more than one category.
    OneCategory,
}

/// What came of a question.
#[derive(Debug)]
pub enum Answer {
    /// An item of which all claims are true; the matcher confirmed it.
    Found(Witness),
    /// There is no such item: these claims, by their places, exclude each other.
    Never(Vec<usize>),
    /// Neither was found.
    Open(Why),
}

/// Why a question was left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The budget is spent.
    Budget,
    /// No text could be found that mentions just what it must.
    Text,
}

/// The policy sets that questions are about, and what is known of them by now.
pub struct Worlds<'a> {
    worlds: Vec<World<'a>>,
    lexicon: Lexicon,
    fields: Fields,
    budget: u64,
    taken: u64,
    refused: u64,
}

/// The fields of all policy sets.
struct Fields {
    all: Vec<Field>,
    /// For each policy set, the places of its fields in `all`.
    shared: Vec<Vec<usize>>,
}

impl<'a> Worlds<'a> {
    /// Policy sets to ask about, with at most so many steps: runs of the solver and decisions.
    pub fn new(sides: &[(&'a Program, &'a Matcher)], budget: u64) -> Worlds<'a> {
        let mut lexicon = Lexicon::default();
        let worlds = sides
            .iter()
            .map(|(program, matcher)| World::new(program, matcher, &mut lexicon));
        let worlds = worlds.collect();
        Worlds {
            worlds,
            lexicon,
            fields: Fields::of(sides.iter().map(|(program, _)| *program)),
            budget,
            taken: 0,
            refused: 0,
        }
    }

    /// One of the policy sets.
    pub fn world(&self, number: usize) -> &World<'a> {
        &self.worlds[number]
    }

    /// How many steps were taken.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// How many steps were refused, because the budget was spent or because one was too hard.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// An item of which all claims are true at an instant. `shows` says whether the decisions on it,
    /// one a policy set, are what was looked for.
    pub fn find(
        &mut self,
        at: i64,
        claims: &[Claim],
        shows: &dyn Fn(&[Decision<'_>]) -> bool,
    ) -> Answer {
        let mut inquiry = Inquiry::new(self, at, claims);
        for _ in 0..MOST_DRAFTS {
            match inquiry.solve(self) {
                Err(answer) => return answer,
                Ok(()) => {
                    if let Some(witness) = inquiry.draft(self, shows) {
                        return Answer::Found(witness);
                    }
                }
            }
        }
        Answer::Open(Why::Text)
    }

    /// Whether no item whatever makes all claims true at an instant: the places of some that exclude
    /// each other, as few as can be. `None`: there may be one.
    pub fn clash(&mut self, at: i64, claims: &[Claim]) -> Option<Vec<usize>> {
        let mut inquiry = Inquiry::new(self, at, claims);
        match inquiry.solve(self) {
            Err(Answer::Never(core)) => Some(inquiry.fewest(self, core)),
            _ => None,
        }
    }

    /// Decides a witness once more.
    pub fn read<T>(&self, witness: &Witness, see: impl FnOnce(&[Decision<'_>]) -> T) -> Option<T> {
        self.decide(&witness.json(), witness.at.unix_seconds(), see)
    }

    /// Takes a step; `false` if none is left.
    fn step(&mut self) -> bool {
        let left = self.taken < self.budget;
        if left {
            self.taken += 1;
        } else {
            self.refused += 1;
        }
        left
    }

    /// The decisions of all policy sets on one item.
    fn decide<T>(&self, json: &str, at: i64, see: impl FnOnce(&[Decision<'_>]) -> T) -> Option<T> {
        let at = interdict_matcher::Instant::from_unix_seconds(at);
        let items: Option<Vec<_>> = self
            .worlds
            .iter()
            .map(|world| Some((world.matcher, world.matcher.item(json.as_bytes()).ok()?)))
            .collect();
        let items = items?;
        let decisions = items.iter().map(|(matcher, item)| matcher.decide(item, at));
        Some(see(&decisions.collect::<Vec<_>>()))
    }
}

impl Fields {
    fn of<'p>(programs: impl Iterator<Item = &'p Program>) -> Fields {
        let mut fields = Fields {
            all: Vec::new(),
            shared: Vec::new(),
        };
        let mut places: BTreeMap<(String, usize, Option<String>), usize> = BTreeMap::new();
        for program in programs {
            let shared = program.fields.iter().map(|field| {
                let kind = interdict_matcher::FieldType::ALL
                    .iter()
                    .position(|one| *one == field.kind);
                let key = (field.path.clone(), kind.unwrap_or(0), field.default.clone());
                *places.entry(key).or_insert_with(|| {
                    fields.all.push(field.clone());
                    fields.all.len() - 1
                })
            });
            let shared = shared.collect();
            fields.shared.push(shared);
        }
        fields
    }
}

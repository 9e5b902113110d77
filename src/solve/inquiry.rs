//! One question: its clauses, and the search for an item.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::Decision;

use super::fact::Fact;
use super::sat::{Lit, Sat, Verdict};
use super::theory::{Rails, Theory};
use super::{Answer, Claim, Is, Why, Worlds};
use crate::ir::{Node, NodeId, Program};
use crate::witness::Witness;

/// A question about one instant.
pub(super) struct Inquiry<'q, 'a> {
    pub(super) at: i64,
    pub(super) claims: &'q [Claim],
    pub(super) programs: Vec<&'a Program>,
    pub(super) sat: Sat,
    pub(super) theory: Theory,
    /// The questions that the conditions ask, each once.
    pub(super) facts: Vec<Fact>,
    /// By policy set and question there.
    places: BTreeMap<(usize, u32), usize>,
    pub(super) answers: Vec<Rails>,
    nodes: BTreeMap<(usize, NodeId), Rails>,
    /// One a claim.
    wanted: Vec<Lit>,
    /// Where this holds, so does what was guessed.
    guess: Lit,
}

impl<'q, 'a> Inquiry<'q, 'a> {
    pub(super) fn new(worlds: &mut Worlds<'a>, at: i64, claims: &'q [Claim]) -> Self {
        let mut sat = Sat::new();
        let mut asked: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
        claims.iter().for_each(|claim| claim.nodes(&mut asked));
        let (mut numbers, mut places) = (BTreeMap::new(), BTreeMap::new());
        let mut facts: Vec<Fact> = Vec::new();
        for (world, nodes) in asked {
            for atom in worlds.worlds[world].atoms(nodes) {
                let fact = worlds.fact(world, atom, at);
                let number = *numbers.entry(fact.clone()).or_insert_with(|| {
                    facts.push(fact);
                    facts.len() - 1
                });
                places.insert((world, atom), number);
            }
        }
        let theory = Theory::of(&facts, &worlds.fields, &mut worlds.lexicon, &mut sat);
        let answers = facts.iter().map(|fact| theory.rails(fact, &mut sat));
        let answers = answers.collect();
        let guess = sat.variable();
        let mut inquiry = Inquiry {
            at,
            claims,
            programs: worlds.worlds.iter().map(|world| world.program).collect(),
            sat,
            theory,
            facts,
            places,
            answers,
            nodes: BTreeMap::new(),
            wanted: Vec::new(),
            guess,
        };
        let category = worlds
            .fields
            .all
            .iter()
            .position(|one| one.path == "category");
        let wanted = claims.iter().map(|claim| inquiry.claim(claim, category));
        inquiry.wanted = wanted.collect();
        inquiry
    }

    fn claim(&mut self, claim: &Claim, category: Option<usize>) -> Lit {
        match claim {
            Claim::Node { world, node, is } => {
                let rails = self.node(*world, *node);
                rails.is(*is)
            }
            Claim::All(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|one| self.claim(one, category)).collect();
                self.sat.all(parts)
            }
            Claim::Any(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|one| self.claim(one, category)).collect();
                self.sat.any(parts)
            }
            Claim::OneCategory => {
                let domain = category.and_then(|field| self.theory.domains.get(&field));
                let values = domain.map(|domain| domain.values.values().copied());
                let values: Vec<Lit> = values.into_iter().flatten().collect();
                let one = self.sat.variable();
                self.sat.at_most_one(one, &values);
                one
            }
        }
    }

    /// The question that a policy set asks.
    pub(super) fn fact(&self, world: usize, atom: u32) -> usize {
        self.places[&(world, atom)]
    }

    pub(super) fn node(&mut self, world: usize, number: NodeId) -> Rails {
        if let Some(&rails) = self.nodes.get(&(world, number)) {
            return rails;
        }
        let program = self.programs[world];
        let rails = match &program.nodes[number as usize] {
            Node::True => self.constant(true),
            Node::False => self.constant(false),
            Node::Not(part) => {
                let part = self.node(world, *part);
                Rails {
                    yes: part.no,
                    no: part.yes,
                }
            }
            Node::Atom(atom) => self.answers[self.fact(world, *atom)],
            Node::And(parts) => {
                let parts: Vec<Rails> = parts.iter().map(|part| self.node(world, *part)).collect();
                Rails {
                    yes: self.sat.all(parts.iter().map(|part| part.yes)),
                    no: self.sat.any(parts.iter().map(|part| part.no)),
                }
            }
            Node::Or(parts) => {
                let parts: Vec<Rails> = parts.iter().map(|part| self.node(world, *part)).collect();
                Rails {
                    yes: self.sat.any(parts.iter().map(|part| part.yes)),
                    no: self.sat.all(parts.iter().map(|part| part.no)),
                }
            }
        };
        self.nodes.insert((world, number), rails);
        rails
    }

    fn constant(&self, holds: bool) -> Rails {
        Rails {
            yes: self.sat.constant(holds),
            no: self.sat.constant(!holds),
        }
    }

    /// Whether a condition is so in the model.
    pub(super) fn holds(&mut self, world: usize, node: NodeId, is: Is) -> bool {
        let rails = self.node(world, node);
        self.sat.holds(rails.is(is))
    }

    /// Looks for a model; an answer if there is none.
    pub(super) fn solve(&mut self, worlds: &mut Worlds<'a>) -> Result<(), Answer> {
        if !worlds.step() {
            return Err(Answer::Open(Why::Budget));
        }
        let mut assumed = self.wanted.clone();
        assumed.push(self.guess);
        match self.sat.solve(&assumed) {
            Verdict::Model => Ok(()),
            Verdict::Unsettled => Err(Self::too_hard(worlds)),
            Verdict::Clash(core) if !core.contains(&self.guess) => {
                Err(Answer::Never(self.places_of(&core)))
            }
            // Perhaps it clashes without what was guessed, too.
            Verdict::Clash(_) => match self.sat.solve(&self.wanted.clone()) {
                Verdict::Clash(core) => Err(Answer::Never(self.places_of(&core))),
                Verdict::Model => Err(Answer::Open(Why::Text)),
                Verdict::Unsettled => Err(Self::too_hard(worlds)),
            },
        }
    }

    fn too_hard(worlds: &mut Worlds<'a>) -> Answer {
        worlds.refused += 1;
        Answer::Open(Why::Budget)
    }

    /// The claims behind assumptions.
    fn places_of(&self, core: &[Lit]) -> Vec<usize> {
        let never = !self.sat.yes();
        let places = self.wanted.iter().enumerate();
        places
            .filter(|(_, lit)| core.contains(lit) || **lit == never)
            .map(|(place, _)| place)
            .collect()
    }

    /// Drops claims from a clash for as long as it stays one.
    pub(super) fn fewest(&mut self, worlds: &mut Worlds<'a>, core: Vec<usize>) -> Vec<usize> {
        let mut fewest = core;
        for place in fewest.clone() {
            let rest: Vec<usize> = fewest.iter().copied().filter(|one| *one != place).collect();
            let assumed: Vec<Lit> = rest.iter().map(|one| self.wanted[*one]).collect();
            if worlds.step() && matches!(self.sat.solve(&assumed), Verdict::Clash(_)) {
                fewest = rest;
            }
        }
        fewest
    }

    /// Writes the model down as an item and lets the matcher judge it; learns from what does not come
    /// out as it should.
    pub(super) fn draft(
        &mut self,
        worlds: &mut Worlds<'a>,
        shows: &dyn Fn(&[Decision<'_>]) -> bool,
    ) -> Option<Witness> {
        let support = self.support();
        let item = match self.realize(worlds, &support) {
            Ok(item) => item,
            Err(lemmas) => {
                lemmas.into_iter().for_each(|lemma| self.learn(lemma));
                return None;
            }
        };
        let witness = Witness::new(self.at, item);
        worlds.step();
        if worlds.decide(&witness.json(), self.at, shows) == Some(true) {
            return Some(witness);
        }
        self.forget(&support);
        None
    }

    fn learn(&mut self, lemma: Lemma) {
        let guess = (!lemma.sure).then_some(!self.guess);
        self.sat.clause(lemma.clause.into_iter().chain(guess));
    }

    /// No more items for these reasons: the matcher does not see in them what the clauses do.
    fn forget(&mut self, support: &BTreeSet<(usize, Is)>) {
        let is_text = |fact: &usize| matches!(self.facts[*fact], Fact::Mentions(..));
        let texts = support.iter().filter(|(fact, _)| is_text(fact));
        let mut clause: Vec<Lit> = texts
            .map(|(fact, is)| !self.answers[*fact].is(*is))
            .collect();
        if clause.is_empty() {
            let all = support
                .iter()
                .map(|(fact, is)| !self.answers[*fact].is(*is));
            clause.extend(all);
        }
        self.learn(Lemma {
            clause,
            sure: false,
        });
    }
}

/// Something learnt from a draft.
pub(super) struct Lemma {
    pub(super) clause: Vec<Lit>,
    /// Whether it holds for every item, and not only for those that could be drafted.
    pub(super) sure: bool,
}

impl Rails {
    pub(super) fn is(self, is: Is) -> Lit {
        match is {
            Is::True => self.yes,
            Is::False => self.no,
            Is::NotTrue => !self.yes,
            Is::NotFalse => !self.no,
        }
    }
}

impl Claim {
    fn nodes(&self, out: &mut BTreeMap<usize, Vec<NodeId>>) {
        match self {
            Claim::Node { world, node, .. } => out.entry(*world).or_default().push(*node),
            Claim::All(parts) | Claim::Any(parts) => parts.iter().for_each(|one| one.nodes(out)),
            Claim::OneCategory => {}
        }
    }
}

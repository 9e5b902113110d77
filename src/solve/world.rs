//! A compiled policy set as questions see it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use interdict_matcher::Matcher;
use interdict_matcher::artifact::NEVER;

use super::lexicon::{Definition, Lexicon, Mention};
use super::probe::{Local, Probe};
use super::spell::Tier;
use crate::ast::AgeUnit;
use crate::ir::{Atom, Epoch, Node, NodeId, Owner, Program};

const DAY: i64 = 86_400;

/// One policy set: its tables, its matcher, and the matcher that says what a text mentions.
pub struct World<'a> {
    /// The tables.
    pub program: &'a Program,
    /// The matcher that decides by them.
    pub matcher: &'a Matcher,
    probe: Probe,
    masks: Vec<u32>,
    /// The epochs in which spellings begin to count.
    stages: Vec<Epoch>,
    /// The numbers of the terms, by stage.
    terms: BTreeMap<usize, Vec<u32>>,
    /// What texts mention, by stage.
    mentions: BTreeMap<(usize, String), BTreeSet<Mention>>,
    /// What may make mentions, by stage.
    spelled: BTreeMap<(usize, Mention, Tier), Rc<[String]>>,
}

impl<'a> World<'a> {
    pub(super) fn new(program: &'a Program, matcher: &'a Matcher, lexicon: &mut Lexicon) -> Self {
        let dated = program.spellings.iter().filter_map(|one| match one.owner {
            Owner::Term(_) if one.since > 0 => Some(one.since),
            _ => None,
        });
        let stages: BTreeSet<Epoch> = dated.collect();
        World {
            program,
            matcher,
            probe: Probe::of(program),
            masks: lexicon.masks(program),
            stages: stages.into_iter().collect(),
            terms: BTreeMap::new(),
            mentions: BTreeMap::new(),
            spelled: BTreeMap::new(),
        }
    }

    /// The epoch of an instant.
    pub fn epoch(&self, at: i64) -> Epoch {
        let boundaries = &self.program.boundaries;
        let passed = boundaries.partition_point(|&boundary| boundary <= at);
        u32::try_from(passed).unwrap_or(NEVER)
    }

    /// The first instant of an epoch; `i64::MIN` for the one before all boundaries, `i64::MAX` for
    /// one that never comes.
    pub fn start(&self, epoch: Epoch) -> i64 {
        match epoch.checked_sub(1) {
            None => i64::MIN,
            Some(before) => {
                let boundary = self.program.boundaries.get(before as usize);
                boundary.copied().unwrap_or(i64::MAX)
            }
        }
    }

    /// The questions that conditions ask, each once.
    pub fn atoms(&self, nodes: impl IntoIterator<Item = NodeId>) -> BTreeSet<u32> {
        let (mut atoms, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open: Vec<NodeId> = nodes.into_iter().collect();
        while let Some(number) = open.pop() {
            if !seen.insert(number) {
                continue;
            }
            match &self.program.nodes[number as usize] {
                Node::And(parts) | Node::Or(parts) => open.extend(parts),
                Node::Not(part) => open.push(*part),
                Node::Atom(atom) => {
                    atoms.insert(*atom);
                }
                Node::True | Node::False => {}
            }
        }
        atoms
    }

    /// The instants at which the answers to conditions may change, for one and the same item.
    pub fn changes(&self, nodes: impl IntoIterator<Item = NodeId>) -> BTreeSet<i64> {
        let mut epochs: BTreeSet<Epoch> = BTreeSet::new();
        let mut terms: BTreeSet<u32> = BTreeSet::new();
        let (mut dates, mut ages) = (BTreeSet::new(), BTreeSet::new());
        for atom in self.atoms(nodes) {
            match &self.program.atoms[atom as usize] {
                Atom::InForce {
                    possible,
                    certain,
                    may_end,
                    until,
                    ..
                } => epochs.extend([possible, certain, may_end, until]),
                Atom::During(calendar) => {
                    let calendar = &self.program.calendars[*calendar as usize];
                    epochs.insert(calendar.known_until);
                    epochs.extend(
                        calendar
                            .windows
                            .iter()
                            .flat_map(|(from, until)| [from, until]),
                    );
                }
                Atom::Member(group) => {
                    let group = &self.program.groups[*group as usize];
                    epochs.insert(group.known_until);
                    let members = group.members.iter();
                    epochs.extend(members.flat_map(|(_, since, until)| [since, until]));
                }
                Atom::Mentions { term, near, .. } => {
                    terms.insert(*term);
                    terms.extend(near.map(|(other, _)| other));
                }
                Atom::Date(_, _, [first, last, ..]) => dates.extend([*first, *last]),
                Atom::Past(..) => {
                    ages.insert(0);
                }
                Atom::Age(_, _, age, _) => {
                    let unit = match age.unit {
                        AgeUnit::Days => DAY,
                        AgeUnit::Hours => 3_600,
                    };
                    ages.insert(i64::from(age.count) * unit);
                }
                Atom::Published(..)
                | Atom::Is(..)
                | Atom::Number(..)
                | Atom::Order(..)
                | Atom::Known(_)
                | Atom::Declared { .. } => {}
            }
        }
        if !self.stages.is_empty() {
            let spellings = self.program.spellings.iter();
            epochs.extend(spellings.filter_map(|one| match one.owner {
                Owner::Term(term) if terms.contains(&term) => Some(one.since),
                _ => None,
            }));
        }
        let starts = epochs.into_iter().map(|epoch| self.start(epoch));
        // A date that is named and an age: what is both turns about so much later, give or take a day
        // of the clock.
        let ages = ages.iter().flat_map(|age| {
            let turns = dates
                .iter()
                .map(move |date: &i64| date.saturating_add(*age));
            turns.flat_map(|at| [-DAY, 0, 1, DAY].map(|step| at.saturating_add(step)))
        });
        starts
            .chain(ages)
            .filter(|at| !matches!(*at, i64::MIN | i64::MAX))
            .collect()
    }

    fn stage(&self, epoch: Epoch) -> usize {
        self.stages.partition_point(|&since| since <= epoch)
    }

    fn terms(&mut self, epoch: Epoch, lexicon: &mut Lexicon) -> &[u32] {
        let (stage, program) = (self.stage(epoch), self.program);
        self.terms.entry(stage).or_insert_with(|| {
            let definitions = Definition::all(program, epoch).into_iter();
            definitions.map(|one| lexicon.number(one)).collect()
        })
    }

    /// A mention as this policy set asks for it, in the words that all share.
    pub(super) fn shared(&mut self, local: Local, epoch: Epoch, lexicon: &mut Lexicon) -> Mention {
        let mask = local.mask.map(|mask| self.masks[mask as usize]);
        let terms = self.terms(epoch, lexicon);
        Mention {
            term: terms[local.term as usize],
            dress: local.dress,
            near: local
                .near
                .map(|(term, words)| (terms[term as usize], words)),
            mask,
        }
    }

    /// Whether a text mentions what this policy set asks for; all of it.
    pub(super) fn mentioned(
        &mut self,
        text: &str,
        at: i64,
        lexicon: &mut Lexicon,
    ) -> BTreeSet<Mention> {
        let epoch = self.epoch(at);
        let key = (self.stage(epoch), text.to_owned());
        if let Some(found) = self.mentions.get(&key) {
            return found.clone();
        }
        let found = self.probe.find(text, at);
        let found = found
            .into_iter()
            .map(|one| self.shared(one, epoch, lexicon));
        let found: BTreeSet<Mention> = found.collect();
        self.mentions.insert(key, found.clone());
        found
    }

    /// Texts that may make a mention.
    pub(super) fn spelled(
        &mut self,
        mention: Mention,
        tier: Tier,
        at: i64,
        lexicon: &mut Lexicon,
    ) -> Rc<[String]> {
        let epoch = self.epoch(at);
        let key = (self.stage(epoch), mention, tier);
        if let Some(texts) = self.spelled.get(&key) {
            return Rc::clone(texts);
        }
        let locals = self.probe.asked().to_vec();
        let own = locals
            .into_iter()
            .find(|local| self.shared(*local, epoch, lexicon) == mention);
        let texts = own.map_or(Vec::new(), |local| {
            super::spell::spelled(self.program, local, epoch, tier)
        });
        let texts: Rc<[String]> = texts.into();
        self.spelled.insert(key, Rc::clone(&texts));
        texts
    }
}

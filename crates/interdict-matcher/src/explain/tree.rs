//! Conditions as the artifact holds them → parts as the author wrote them, each with its answer.
//!
//! The compiler writes `category is N` out, flattens choices in choices and asks a question a term;
//! here they are put together again.

use std::collections::{BTreeMap, BTreeSet};

use super::spared::Scanned;
use super::words;
use crate::account::{Answer, Asks, Part};
use crate::artifact::*;
use crate::decide::{Evaluation, Truth, report};

/// How many parts the account of a rule has at most: conditions share parts, so that one written out
/// could be longer than any machine can hold.
const MOST_PARTS: u32 = 600;

/// How many parts a condition has that is taken apart once in a rule.
const LONG: u32 = 16;

/// The conditions that stand for categories, by category.
pub(super) struct Choices(BTreeMap<u32, Vec<InCategory>>);

impl Choices {
    pub(super) fn of(view: View<'_>) -> Choices {
        let mut choices: BTreeMap<u32, Vec<InCategory>> = BTreeMap::new();
        for (_, one) in view.in_category.iter() {
            choices.entry(one.category).or_default().push(one);
        }
        Choices(choices)
    }
}

/// Takes the condition of one rule, and those of its exceptions, apart.
pub(super) struct Grower<'a, 's, 'e> {
    evaluation: &'e mut Evaluation<'a, 's>,
    choices: &'e Choices,
    scanned: &'e Scanned,
    /// Categories and long conditions that have been taken apart.
    told: BTreeSet<u32>,
    left: u32,
}

/// Something that one of several parts may be.
enum Way {
    Node(u32),
    Category(InCategory),
    Mentions(Vec<Atom>),
    Member(Vec<Atom>),
}

impl<'a, 's, 'e> Grower<'a, 's, 'e> {
    pub(super) fn new(
        evaluation: &'e mut Evaluation<'a, 's>,
        choices: &'e Choices,
        scanned: &'e Scanned,
    ) -> Self {
        Grower {
            evaluation,
            choices,
            scanned,
            told: BTreeSet::new(),
            left: MOST_PARTS,
        }
    }

    /// The condition of a rule: what says where and for whom it binds is marked as its scope.
    pub(super) fn condition(&mut self, number: u32) -> Part<'a> {
        let mut part = self.part(number);
        let whole = !matches!(part.asks, Asks::All);
        let parts = match whole {
            true => std::slice::from_mut(&mut part),
            false => part.parts.as_mut_slice(),
        };
        for one in parts {
            if let Some(words) = words::scope(one) {
                (one.scope, one.words) = (true, words);
            } else if asks_of_all_rules(one) {
                one.words = "no other rule of the policy fires".to_owned();
            }
        }
        if !whole {
            part.words = words::join(&part.parts, " and ");
        }
        part
    }

    /// A condition and what it is made of.
    pub(super) fn part(&mut self, number: u32) -> Part<'a> {
        let node = self.evaluation.view.nodes.row(number);
        let answer = self.answer(number);
        match node.op {
            NODE_ATOM => self.question(vec![self.evaluation.view.atoms.row(node.a)], answer),
            NODE_OR => self.choice(number, node, answer),
            NODE_AND | NODE_NOT if self.may_tell(number, node) => {
                let children: Vec<u32> = match node.op {
                    NODE_NOT => vec![node.a],
                    _ => self.children(node).collect(),
                };
                let parts: Vec<Part<'a>> = children.into_iter().map(|one| self.part(one)).collect();
                let (asks, words) = match (node.op, parts.as_slice()) {
                    (NODE_NOT, [part]) => (Asks::Not, words::not(part)),
                    _ => {
                        let counted = words::counted(self.evaluation.view, number);
                        let joined = || words::join(&parts, " and ");
                        (Asks::All, counted.unwrap_or_else(joined))
                    }
                };
                Part::of(answer, asks, words, parts)
            }
            NODE_TRUE | NODE_FALSE => {
                let words = if answer == Answer::Yes {
                    "anything"
                } else {
                    "nothing"
                };
                Part::of(answer, Asks::Nothing, words.to_owned(), Vec::new())
            }
            _ => Part::of(answer, Asks::All, words::CUT.to_owned(), Vec::new()),
        }
    }

    fn answer(&mut self, node: u32) -> Answer {
        match self.evaluation.node(node) {
            Truth::True => Answer::Yes,
            Truth::Unknown => Answer::Unknown,
            Truth::False => Answer::No,
        }
    }

    fn children(&self, node: Node) -> impl Iterator<Item = u32> + use<'a> {
        self.evaluation.view.index_range(node.a, node.b)
    }

    /// Whether another part may be told.
    fn spend(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    /// Whether a condition may be taken apart; a long one is once.
    fn may_tell(&mut self, number: u32, node: Node) -> bool {
        let is_long = node.op != NODE_NOT && node.b > LONG;
        self.spend() && (!is_long || self.told.insert(number))
    }

    fn choice(&mut self, number: u32, node: Node, answer: Answer) -> Part<'a> {
        let table = self.evaluation.view.in_category;
        let count = u32::try_from(table.len()).unwrap_or(u32::MAX);
        let row = search(count, |at| table.row(at).node.cmp(&number));
        if let Some(row) = row {
            return self.category(table.row(row), answer);
        }
        if !self.may_tell(number, node) {
            return Part::of(answer, Asks::Any, words::CUT.to_owned(), Vec::new());
        }
        let mut parts = self.ways(node, None);
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let words = words::join(&parts, " or ");
        Part::of(answer, Asks::Any, words, parts)
    }

    fn category(&mut self, row: InCategory, answer: Answer) -> Part<'a> {
        let view = self.evaluation.view;
        let name = view.strings.get(view.categories.row(row.category).name);
        let parts = match self.spend() && self.told.insert(row.node) {
            true => self.ways(view.nodes.row(row.node), Some(row.node)),
            false => Vec::new(),
        };
        let words = words::category(name, row.exactly == 1);
        Part::of(answer, Asks::Category { category: name }, words, parts)
    }

    /// The parts of a choice as the author wrote them; `whole` is the category that it stands for.
    fn ways(&mut self, node: Node, whole: Option<u32>) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        for way in self.regrouped(node, whole) {
            let part = match way {
                Way::Node(number) => self.part(number),
                Way::Category(row) => {
                    let answer = self.answer(row.node);
                    self.category(row, answer)
                }
                Way::Mentions(atoms) | Way::Member(atoms) => {
                    let answers = atoms.iter().map(|atom| self.evaluation.atom(*atom));
                    let answer = answers.max().unwrap_or(Truth::False);
                    self.question(atoms, answer.into())
                }
            };
            parts.push(part);
        }
        parts
    }

    /// Finds the categories whose ways all stand among those of a choice, the widest first, and puts
    /// questions alike but for their term or group together.
    fn regrouped(&self, node: Node, whole: Option<u32>) -> Vec<Way> {
        let view = self.evaluation.view;
        let mut open: BTreeSet<u32> = self.children(node).collect();
        let mut found: Vec<(usize, InCategory)> = Vec::new();
        for atom in open.iter().filter_map(|child| self.atom_of(*child)) {
            let rows = match atom.kind {
                ATOM_DECLARED => self.choices.0.get(&atom.a),
                _ => None,
            };
            for row in rows
                .into_iter()
                .flatten()
                .filter(|row| row.exactly == atom.b)
            {
                let ways = view.nodes.row(row.node);
                if Some(row.node) != whole && self.children(ways).all(|one| open.contains(&one)) {
                    found.push((self.children(ways).count(), *row));
                }
            }
        }
        found.sort_by_key(|&(count, row)| (std::cmp::Reverse(count), row.node));
        let mut ways: Vec<Way> = Vec::new();
        for (_, row) in found {
            let children: Vec<u32> = self.children(view.nodes.row(row.node)).collect();
            let declares = |child: &u32| {
                self.atom_of(*child)
                    .is_some_and(|atom| atom.kind == ATOM_DECLARED && atom.a == row.category)
            };
            if children
                .iter()
                .any(|child| declares(child) && open.contains(child))
            {
                ways.push(Way::Category(row));
                children.iter().for_each(|child| {
                    open.remove(child);
                });
            }
        }
        for child in self.children(node).filter(|child| open.contains(child)) {
            self.add(&mut ways, child);
        }
        ways
    }

    /// Adds a way, to an earlier one if the two ask alike.
    fn add(&self, ways: &mut Vec<Way>, child: u32) {
        let Some(atom) = self.atom_of(child) else {
            return ways.push(Way::Node(child));
        };
        let view = self.evaluation.view;
        for way in ways.iter_mut() {
            match way {
                Way::Mentions(atoms) | Way::Member(atoms)
                    if words::ask_alike(view, atoms, atom) =>
                {
                    return atoms.push(atom);
                }
                _ => {}
            }
        }
        let way = match atom.kind {
            ATOM_MENTIONS => Way::Mentions(vec![atom]),
            ATOM_MEMBER => Way::Member(vec![atom]),
            _ => Way::Node(child),
        };
        ways.push(way);
    }

    fn atom_of(&self, number: u32) -> Option<Atom> {
        let node = self.evaluation.view.nodes.row(number);
        (node.op == NODE_ATOM).then(|| self.evaluation.view.atoms.row(node.a))
    }

    /// A question, or several that differ in their term or group alone.
    fn question(&mut self, atoms: Vec<Atom>, answer: Answer) -> Part<'a> {
        self.spend();
        let (view, item) = (self.evaluation.view, self.evaluation.item);
        let (asks, words) = words::question(view, &atoms);
        let mut part = Part::of(answer, asks, words, Vec::new());
        if answer == Answer::Yes {
            part.evidence = report::mentions(self.evaluation, &atoms);
        }
        if answer == Answer::No {
            let spared = atoms
                .iter()
                .map(|atom| self.scanned.spared(self.evaluation, *atom));
            part.spared = spared.flatten().collect();
        }
        if answer == Answer::Unknown {
            for need in atoms
                .iter()
                .flat_map(|atom| report::atom_needs(self.evaluation, *atom))
            {
                if !part.needs.contains(&need) {
                    part.needs.push(need);
                }
            }
        }
        let field = atoms.first().and_then(|atom| words::field(view, *atom));
        part.found = field.and_then(|field| item.value_or_default(view, field));
        part
    }
}

impl From<Truth> for Answer {
    fn from(truth: Truth) -> Answer {
        match truth {
            Truth::True => Answer::Yes,
            Truth::Unknown => Answer::Unknown,
            Truth::False => Answer::No,
        }
    }
}

impl<'a> Part<'a> {
    fn of(answer: Answer, asks: Asks<'a>, words: String, parts: Vec<Part<'a>>) -> Part<'a> {
        Part {
            answer,
            words,
            scope: false,
            asks,
            parts,
            evidence: Vec::new(),
            spared: Vec::new(),
            found: None,
            needs: Vec::new(),
        }
    }
}

/// Whether a part of a condition is what `otherwise` of a policy asks: that none of the rules fires.
fn asks_of_all_rules(part: &Part<'_>) -> bool {
    let fires = |one: &Part<'_>| {
        let mut parts = one.parts.iter();
        matches!(one.asks, Asks::All) && parts.any(|part| matches!(part.asks, Asks::InForce))
    };
    match (&part.asks, part.parts.as_slice()) {
        (Asks::Not, [one]) if matches!(one.asks, Asks::Any) => one.parts.iter().all(fires),
        (Asks::Not, [one]) => fires(one),
        _ => false,
    }
}

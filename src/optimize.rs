//! Tables → tables that mean the same and decide faster: a list of small passes.

use std::collections::BTreeMap;

use crate::ir::{Atom, InCategory, Node, NodeId, Program};

/// Runs every pass.
pub fn optimize(program: Program) -> Program {
    let passes: [fn(Program) -> Program; 2] = [simplify, prune];
    passes
        .into_iter()
        .fold(program, |program, pass| pass(program))
}

/// Flattens `and` in `and` and `or` in `or`, removes repetitions and constants, and asks cheap
/// questions before dear ones.
fn simplify(mut program: Program) -> Program {
    let mut simpler = Nodes::default();
    let mut renamed: Vec<NodeId> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let new = match node {
            Node::And(parts) => simpler.join(&program.atoms, parts, &renamed, true),
            Node::Or(parts) => simpler.join(&program.atoms, parts, &renamed, false),
            Node::Not(part) => simpler.negate(renamed[*part as usize]),
            other => simpler.intern(other.clone()),
        };
        renamed.push(new);
    }
    program.nodes = simpler.rows;
    rename(&mut program, |node| renamed[node as usize]);
    // What is no choice any more has nothing to give back.
    let nodes = &program.nodes;
    let is_choice = |one: &InCategory| matches!(nodes[one.node as usize], Node::Or(_));
    program.in_category.retain(is_choice);
    program.in_category.sort_unstable();
    program.in_category.dedup();
    program
}

/// Drops conditions and questions that nothing refers to.
fn prune(mut program: Program) -> Program {
    let mut needed = vec![false; program.nodes.len()];
    rename(&mut program, |node| {
        needed[node as usize] = true;
        node
    });
    for number in (0..program.nodes.len())
        .rev()
        .filter(|&number| needed[number])
        .collect::<Vec<_>>()
    {
        mark_parts(&program.nodes, number, &mut needed);
    }
    let mut new_atoms: BTreeMap<u32, u32> = BTreeMap::new();
    let mut atoms: Vec<Atom> = Vec::new();
    let mut new_nodes = vec![0; program.nodes.len()];
    let mut nodes: Vec<Node> = Vec::new();
    for (number, node) in program
        .nodes
        .iter()
        .enumerate()
        .filter(|(number, _)| needed[*number])
    {
        let moved = |part: &NodeId| new_nodes[*part as usize];
        let node = match node {
            Node::And(parts) => Node::And(parts.iter().map(moved).collect()),
            Node::Or(parts) => Node::Or(parts.iter().map(moved).collect()),
            Node::Not(part) => Node::Not(moved(part)),
            Node::Atom(atom) => Node::Atom(*new_atoms.entry(*atom).or_insert_with(|| {
                atoms.push(program.atoms[*atom as usize].clone());
                place(atoms.len() - 1)
            })),
            other => other.clone(),
        };
        new_nodes[number] = place(nodes.len());
        nodes.push(node);
    }
    (program.nodes, program.atoms) = (nodes, atoms);
    rename(&mut program, |node| new_nodes[node as usize]);
    program
}

fn mark_parts(nodes: &[Node], number: usize, needed: &mut [bool]) {
    let mut open = vec![number];
    while let Some(at) = open.pop() {
        let parts = match &nodes[at] {
            Node::And(parts) | Node::Or(parts) => parts.as_slice(),
            Node::Not(part) => std::slice::from_ref(part),
            _ => &[],
        };
        for part in parts {
            if !std::mem::replace(&mut needed[*part as usize], true) {
                open.push(*part as usize);
            }
        }
    }
}

/// Gives every reference from a rule or a category to a condition a new number.
fn rename(program: &mut Program, mut new: impl FnMut(NodeId) -> NodeId) {
    for rule in program.rules.iter_mut().chain(&mut program.former) {
        rule.condition = new(rule.condition);
        if let Some(duty) = &mut rule.duty {
            (duty.applies, duty.holds) = (new(duty.applies), new(duty.holds));
        }
        for (_, condition) in &mut rule.exceptions {
            *condition = new(*condition);
        }
        for wording in &mut rule.wordings {
            wording.condition = new(wording.condition);
        }
        for penalty in &mut rule.penalties {
            penalty.condition = new(penalty.condition);
        }
        if let Some(membership) = &mut rule.category {
            membership.declared = new(membership.declared);
            membership.recognised = membership.recognised.map(&mut new);
        }
    }
    let narrowed = std::mem::take(&mut program.narrowed).into_iter();
    let narrowed = narrowed.map(|(condition, mut one)| {
        let parts = one.exceptions.iter_mut().map(|(_, part)| part);
        for part in one.own.iter_mut().chain(parts) {
            *part = new(*part);
        }
        (new(condition), one)
    });
    program.narrowed = narrowed.collect();
    for one in &mut program.in_category {
        one.node = new(one.node);
    }
    for one in &mut program.countings {
        one.node = new(one.node);
    }
}

#[derive(Default)]
struct Nodes {
    rows: Vec<Node>,
    numbers: BTreeMap<Node, NodeId>,
}

impl Nodes {
    fn intern(&mut self, node: Node) -> NodeId {
        if let Some(&number) = self.numbers.get(&node) {
            return number;
        }
        let number = place(self.rows.len());
        self.rows.push(node.clone());
        self.numbers.insert(node, number);
        number
    }

    fn negate(&mut self, part: NodeId) -> NodeId {
        let node = match &self.rows[part as usize] {
            Node::True => Node::False,
            Node::False => Node::True,
            Node::Not(inner) => return *inner,
            _ => Node::Not(part),
        };
        self.intern(node)
    }

    fn join(&mut self, atoms: &[Atom], parts: &[NodeId], renamed: &[NodeId], and: bool) -> NodeId {
        let (neutral, absorbing) = if and {
            (Node::True, Node::False)
        } else {
            (Node::False, Node::True)
        };
        let mut flat: Vec<NodeId> = Vec::new();
        for part in parts.iter().map(|part| renamed[*part as usize]) {
            match &self.rows[part as usize] {
                Node::And(inner) if and => flat.extend(inner),
                Node::Or(inner) if !and => flat.extend(inner),
                node if *node == neutral => {}
                node if *node == absorbing => return part,
                _ => flat.push(part),
            }
        }
        // The order of cost keeps the author's order among equals, so that evidence reads naturally.
        flat.sort_by_key(|part| self.cost(atoms, *part));
        let mut seen = std::collections::BTreeSet::new();
        flat.retain(|part| seen.insert(*part));
        match flat.as_slice() {
            [] => self.intern(neutral),
            [only] => *only,
            _ => self.intern(if and { Node::And(flat) } else { Node::Or(flat) }),
        }
    }

    /// 0 for fields, 1 for mentions, 2 for conditions of several parts.
    fn cost(&self, atoms: &[Atom], node: NodeId) -> u8 {
        match &self.rows[node as usize] {
            Node::True | Node::False => 0,
            Node::Not(part) => self.cost(atoms, *part),
            Node::Atom(atom) => u8::from(matches!(atoms[*atom as usize], Atom::Mentions { .. })),
            Node::And(_) | Node::Or(_) => 2,
        }
    }
}

fn place(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

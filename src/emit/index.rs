//! The inverted index: from what an item holds to the rules that may fire.
//!
//! For every condition there is a set of *keys* (a term mentioned, a category declared, a value held,
//! a field missing) without one of which it is surely false. A rule is filed under the keys of the
//! part of its condition that is rarest; a rule with no such part is looked at for every item.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::FieldType;
use interdict_matcher::artifact::{self as format, NEVER, Section};

use super::Emitter;
use crate::ir::{Atom, Node, NodeId, Program};

/// Something in an item that makes a condition worth asking.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Always,
    Term(u32),
    Category(u32),
    Value(u32, String),
    Missing(u32),
    NoText,
}

impl Key {
    /// How often items bring it, roughly: every platform name is common, a mention is rare.
    fn frequency(&self, program: &Program) -> u32 {
        match self {
            Key::Always => 1000,
            Key::Term(_) | Key::Category(_) => 1,
            Key::NoText => 2,
            Key::Missing(field) if program.fields[*field as usize].path == "platform" => 2,
            Key::Missing(_) => 100,
            Key::Value(field, _) => match program.fields[*field as usize].path.as_str() {
                "platform" | "channel" | "seller.country" | "market" | "origin" | "destination" => {
                    100
                }
                _ => 5,
            },
        }
    }

    fn row(&self) -> (u32, u32) {
        match self {
            Key::Always => (format::TRIGGER_ALWAYS, 0),
            Key::Term(term) => (format::TRIGGER_TERM, *term),
            Key::Category(category) => (format::TRIGGER_CATEGORY, *category),
            Key::Value(field, _) => (format::TRIGGER_VALUE, *field),
            Key::Missing(field) => (format::TRIGGER_MISSING, *field),
            Key::NoText => (format::TRIGGER_NO_TEXT, 0),
        }
    }
}

/// `None`: no keys are needed for it to be true or unknown.
type Keys = Option<BTreeSet<Key>>;

impl Emitter<'_> {
    pub(super) fn triggers(&mut self) {
        let program = self.program;
        let keys = node_keys(program);
        let mut index: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for (rule, number) in program.rows().into_iter().zip(0..) {
            let always = BTreeSet::from([Key::Always]);
            let filed = keys[rule.condition as usize].as_ref().unwrap_or(&always);
            for key in filed {
                index.entry(key.clone()).or_default().push(number);
            }
        }
        let mut rows: Vec<(u32, u32, &str, format::Trigger)> = Vec::new();
        for (key, rules) in &index {
            let (kind, a) = key.row();
            let value = match key {
                Key::Value(_, value) => value.as_str(),
                _ => "",
            };
            let b = match key {
                Key::Value(..) => self.string(value),
                _ => 0,
            };
            let (rules_start, rules_len) = self.range(rules.iter().copied());
            rows.push((
                kind,
                a,
                value,
                format::Trigger {
                    kind,
                    a,
                    b,
                    rules_start,
                    rules_len,
                },
            ));
        }
        rows.sort_by(|x, y| (x.0, x.1, x.2).cmp(&(y.0, y.1, y.2)));
        let rows: Vec<_> = rows.into_iter().map(|(.., row)| row).collect();
        self.writer.table(Section::Triggers, &rows);
    }
}

fn node_keys(program: &Program) -> Vec<Keys> {
    let mut keys: Vec<Keys> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let found = match node {
            Node::True | Node::Not(_) => None,
            Node::False => Some(BTreeSet::new()),
            Node::And(parts) => rarest(program, parts, &keys),
            Node::Or(parts) => {
                let all: Option<Vec<_>> = parts
                    .iter()
                    .map(|part| keys[*part as usize].clone())
                    .collect();
                all.map(|all| all.into_iter().flatten().collect())
            }
            Node::Atom(atom) => atom_keys(program, &program.atoms[*atom as usize]),
        };
        keys.push(found);
    }
    keys
}

fn rarest(program: &Program, parts: &[NodeId], keys: &[Keys]) -> Keys {
    let known = parts
        .iter()
        .filter_map(|part| keys[*part as usize].as_ref());
    let cost = |keys: &&BTreeSet<Key>| {
        let common = keys
            .iter()
            .map(|key| key.frequency(program))
            .max()
            .unwrap_or(0);
        (common, keys.len())
    };
    known.min_by_key(cost).cloned()
}

fn atom_keys(program: &Program, atom: &Atom) -> Keys {
    match atom {
        Atom::Mentions { term, fields, .. } => {
            let missing = fields.iter().map(|field| Key::Missing(*field));
            Some(
                [Key::Term(*term), Key::NoText]
                    .into_iter()
                    .chain(missing)
                    .collect(),
            )
        }
        Atom::Is(field, values) if !is_yes_no(program, *field) => {
            let values = values.iter().map(|value| Key::Value(*field, value.clone()));
            Some(values.chain(missing(program, *field)).collect())
        }
        Atom::Declared {
            category,
            unknown_if_missing,
            ..
        } => {
            let field = program
                .fields
                .iter()
                .position(|field| field.path == "category");
            let field = field.and_then(|field| u32::try_from(field).ok());
            let missing = field.filter(|_| *unknown_if_missing).map(Key::Missing);
            Some(
                [Key::Category(*category)]
                    .into_iter()
                    .chain(missing)
                    .collect(),
            )
        }
        Atom::Member(group) => {
            let group = &program.groups[*group as usize];
            if group.known_until != NEVER {
                return None;
            }
            let members = group.members.iter();
            let values = members.map(|(name, ..)| Key::Value(group.field, name.clone()));
            Some(values.chain(missing(program, group.field)).collect())
        }
        Atom::Is(..)
        | Atom::Number(..)
        | Atom::Date(..)
        | Atom::Order(..)
        | Atom::Past(..)
        | Atom::Age(..)
        | Atom::Known(_)
        | Atom::Published(..)
        | Atom::During(_)
        | Atom::InForce { .. } => None,
    }
}

/// A field with a default is never missing.
fn missing(program: &Program, field: u32) -> Option<Key> {
    program.fields[field as usize]
        .default
        .is_none()
        .then_some(Key::Missing(field))
}

fn is_yes_no(program: &Program, field: u32) -> bool {
    program.fields[field as usize].kind == FieldType::YesNo
}

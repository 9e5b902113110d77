//! The inverted index: from what an item holds to the rules that may fire.
//!
//! For every condition there is a set of *keys* (a term mentioned, a category declared, a value held,
//! a field missing) without one of which it is surely false. A rule is filed under the keys of the
//! part of its condition that is rarest; a rule with no such part is looked at for every item. Where
//! many rules are filed under one key, they are filed below it under the keys of their second part.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::FieldType;
use interdict_matcher::artifact::{self as format, NEVER, Section};

use super::{Emitter, number};
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
    /// How many of a thousand items bring it, roughly: every platform name is common, a mention is
    /// rare.
    fn frequency(&self, program: &Program) -> u32 {
        match self {
            Key::Always => 1000,
            Key::Term(_) => 2,
            Key::Category(_) => 4,
            Key::NoText => 5,
            Key::Missing(field) => match program.fields[*field as usize].path.as_str() {
                "platform" => 20,
                "category" => 100,
                _ => 250,
            },
            Key::Value(field, _) => match program.fields[*field as usize].path.as_str() {
                "platform" | "channel" | "seller.country" | "market" | "origin" | "destination" => {
                    300
                }
                _ => 10,
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

/// Keys without one of which a condition is surely false. `None`: it needs none.
type KeySet = Option<BTreeSet<Key>>;

/// The keys of the two rarest parts of a condition. It needs one of each.
#[derive(Debug, Clone, Default)]
struct Keys {
    first: KeySet,
    second: KeySet,
}

/// The most rules that stand under one key without being filed below it.
const MOST: usize = 8;
/// The most keys below a key that a rule is filed under.
const MOST_BELOW: usize = 8;

/// Rules by key.
type Index = BTreeMap<Key, Vec<u32>>;

fn file(index: &mut Index, keys: &BTreeSet<Key>, rule: u32) {
    for key in keys {
        index.entry(key.clone()).or_default().push(rule);
    }
}

impl Emitter<'_> {
    pub(super) fn triggers(&mut self) {
        let program = self.program;
        let keys = node_keys(program);
        let conditions: Vec<u32> = program.rows().iter().map(|rule| rule.condition).collect();
        let mut index = Index::new();
        let always = BTreeSet::from([Key::Always]);
        for (&condition, number) in conditions.iter().zip(0..) {
            let filed = keys[condition as usize].first.as_ref().unwrap_or(&always);
            file(&mut index, filed, number);
        }
        let (mut triggers, mut refined) = (Vec::new(), Vec::new());
        for (key, rules) in index {
            let mut below = Index::new();
            let mut rest = rules;
            if rest.len() > MOST {
                rest.retain(|&rule| {
                    let second = keys[conditions[rule as usize] as usize].second.as_ref();
                    let Some(second) = second.filter(|keys| keys.len() <= MOST_BELOW) else {
                        return true;
                    };
                    file(&mut below, second, rule);
                    false
                });
            }
            let (start, len) = (number(refined.len()), number(below.len()));
            let below = below
                .iter()
                .map(|(key, rules)| self.trigger(key, rules, (0, 0)));
            refined.extend(below.collect::<Vec<_>>());
            triggers.push(self.trigger(&key, &rest, (start, len)));
        }
        self.writer.table(Section::Triggers, &triggers);
        self.writer.table(Section::Refined, &refined);
    }

    /// The row of a key. Keys sort as their rows are to sort.
    fn trigger(&mut self, key: &Key, rules: &[u32], refined: (u32, u32)) -> format::Trigger {
        let (kind, a) = key.row();
        let b = match key {
            Key::Value(_, value) => self.string(value),
            _ => 0,
        };
        let (rules_start, rules_len) = self.range(rules.iter().copied());
        format::Trigger {
            kind,
            a,
            b,
            rules_start,
            rules_len,
            refined_start: refined.0,
            refined_len: refined.1,
        }
    }
}

fn node_keys(program: &Program) -> Vec<Keys> {
    let mut keys: Vec<Keys> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let found = match node {
            Node::True | Node::Not(_) => Keys::default(),
            Node::False => Keys {
                first: Some(BTreeSet::new()),
                second: None,
            },
            Node::And(parts) => rarest(program, parts, &keys),
            Node::Or(parts) => {
                let either = |of: fn(&Keys) -> &KeySet| -> KeySet {
                    let sets = parts.iter().map(|part| of(&keys[*part as usize]).clone());
                    let sets: Option<Vec<_>> = sets.collect();
                    sets.map(|sets| sets.into_iter().flatten().collect())
                };
                Keys {
                    first: either(|keys| &keys.first),
                    second: either(|keys| &keys.second),
                }
            }
            Node::Atom(atom) => Keys {
                first: atom_keys(program, &program.atoms[*atom as usize]),
                second: None,
            },
        };
        keys.push(found);
    }
    keys
}

/// The two rarest of what the parts of an `and` need.
fn rarest(program: &Program, parts: &[NodeId], keys: &[Keys]) -> Keys {
    let known = parts.iter().map(|part| &keys[*part as usize]);
    let known = known.flat_map(|keys| [&keys.first, &keys.second]);
    let mut known: Vec<&BTreeSet<Key>> = known.flatten().collect();
    known.sort_by_cached_key(|keys| {
        let frequencies = keys.iter().map(|key| key.frequency(program));
        (frequencies.max().unwrap_or(0), keys.len())
    });
    let first = known.first().copied();
    let second = known.iter().copied().find(|&keys| Some(keys) != first);
    Keys {
        first: first.cloned(),
        second: second.cloned(),
    }
}

fn atom_keys(program: &Program, atom: &Atom) -> KeySet {
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

//! Conditions → the keys without which they cannot hold, and without which they cannot fail.

use std::collections::BTreeSet;
use std::rc::Rc;

use interdict_matcher::artifact::{self as format, NEVER};

use super::key::{Key, KeySet, Measure, key_set, shared};
use crate::ast::{DateTest, NumberTest};
use crate::ir::{Atom, Node, Program};

/// The keys of the two rarest parts of a condition. It needs one of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    pub(super) first: KeySet,
    pub(super) second: KeySet,
}

impl Keys {
    fn one(first: KeySet) -> Keys {
        Keys {
            first,
            second: None,
        }
    }

    fn never() -> Keys {
        Keys::one(key_set([]))
    }
}

/// What a condition needs not to be surely false, and what it needs not to be surely true.
#[derive(Debug, Clone, Default)]
struct Needs {
    to_hold: Keys,
    to_fail: Keys,
}

/// What every condition needs not to be surely false.
pub(super) fn node_keys(program: &Program) -> Vec<Keys> {
    let mut needs: Vec<Needs> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let found = match node {
            Node::True => Needs {
                to_hold: Keys::default(),
                to_fail: Keys::never(),
            },
            Node::False => Needs {
                to_hold: Keys::never(),
                to_fail: Keys::default(),
            },
            Node::Not(part) => {
                let part = &needs[*part as usize];
                Needs {
                    to_hold: part.to_fail.clone(),
                    to_fail: part.to_hold.clone(),
                }
            }
            Node::And(parts) => {
                let parts = || parts.iter().map(|part| &needs[*part as usize]);
                Needs {
                    to_hold: all_of(program, parts().map(|part| &part.to_hold)),
                    to_fail: one_of(parts().map(|part| &part.to_fail)),
                }
            }
            Node::Or(parts) => {
                let parts = || parts.iter().map(|part| &needs[*part as usize]);
                Needs {
                    to_hold: one_of(parts().map(|part| &part.to_hold)),
                    to_fail: all_of(program, parts().map(|part| &part.to_fail)),
                }
            }
            Node::Atom(atom) => {
                let atom = &program.atoms[*atom as usize];
                Needs {
                    to_hold: Keys::one(to_hold(program, atom)),
                    to_fail: Keys::one(to_fail(program, atom)),
                }
            }
        };
        needs.push(found);
    }
    needs.into_iter().map(|needs| needs.to_hold).collect()
}

/// What one of some conditions needs at least.
fn one_of<'k>(parts: impl Iterator<Item = &'k Keys> + Clone) -> Keys {
    let either = |of: fn(&Keys) -> &KeySet| -> KeySet {
        let sets: Option<Vec<&Rc<BTreeSet<Key>>>> =
            parts.clone().map(|part| of(part).as_ref()).collect();
        match sets?.as_slice() {
            [one] => Some(Rc::clone(one)),
            sets => key_set(sets.iter().flat_map(|set| set.iter().cloned())),
        }
    };
    Keys {
        first: either(|keys| &keys.first),
        second: either(|keys| &keys.second),
    }
}

/// The two rarest of what some conditions need together.
fn all_of<'k>(program: &Program, parts: impl Iterator<Item = &'k Keys>) -> Keys {
    let mut known: Vec<Rc<BTreeSet<Key>>> = Vec::new();
    for set in parts.flat_map(|keys| [&keys.first, &keys.second]).flatten() {
        let both = known
            .iter()
            .enumerate()
            .find_map(|(at, one)| Some((at, shared(one, set)?)));
        match both {
            Some((at, both)) => known[at] = Rc::new(both),
            None => known.push(Rc::clone(set)),
        }
    }
    known.sort_by_cached_key(|keys| {
        let frequencies = keys.iter().map(|key| key.frequency(program));
        (frequencies.max().unwrap_or(0), keys.len())
    });
    let mut known = known.into_iter();
    let first = known.next();
    let second = known.find(|keys| Some(keys) != first.as_ref());
    Keys { first, second }
}

fn to_hold(program: &Program, atom: &Atom) -> KeySet {
    match atom {
        Atom::Mentions { term, fields, .. } => {
            let missing = fields.iter().map(|field| Key::Missing(*field));
            key_set([Key::Term(*term), Key::NoText].into_iter().chain(missing))
        }
        Atom::Is(field, values) => {
            let values = values.iter().map(|value| Key::Value(*field, value.clone()));
            key_set(values.chain(missing(program, *field)))
        }
        Atom::Declared {
            category,
            unknown_if_missing,
            ..
        } => {
            let mut fields = program.fields.iter().zip(0..);
            let field = fields.find(|(field, _)| field.path == "category");
            let missing = field.filter(|_| *unknown_if_missing);
            let missing = missing.map(|(_, field)| Key::Missing(field));
            key_set([Key::Category(*category)].into_iter().chain(missing))
        }
        Atom::Member(group) => {
            let group = &program.groups[*group as usize];
            if group.known_until != NEVER {
                return None;
            }
            let members = group.members.iter();
            let values = members.map(|(name, ..)| Key::Value(group.field, name.clone()));
            key_set(values.chain(missing(program, group.field)))
        }
        Atom::Number(field, test, bits) => {
            let spans = number(*field, *test, f64::from_bits(*bits));
            key_set(spans.into_iter().chain([Key::absent(program, *field)]))
        }
        Atom::Date(field, test, moments) => {
            let spans = date(*field, *test, *moments);
            key_set(spans.into_iter().chain([Key::absent(program, *field)]))
        }
        Atom::Order(..)
        | Atom::Past(..)
        | Atom::Age(..)
        | Atom::Known(_)
        | Atom::Published(..)
        | Atom::During(_)
        | Atom::InForce { .. } => None,
    }
}

/// What keeps an answer from being surely true. Most items hold that of most questions, so that
/// only those are told apart that ask for a place or a presence.
fn to_fail(program: &Program, atom: &Atom) -> KeySet {
    let spans = match atom {
        Atom::Known(field) => return key_set(missing(program, *field)),
        Atom::Number(field, test, bits) => {
            let number = |test| number(*field, test, f64::from_bits(*bits));
            match test {
                Some(NumberTest::Over) => number(Some(NumberTest::AtMost)),
                Some(NumberTest::Below) => number(Some(NumberTest::AtLeast)),
                Some(NumberTest::AtLeast) => number(Some(NumberTest::Below)),
                Some(NumberTest::AtMost) => number(Some(NumberTest::Over)),
                None => [NumberTest::Below, NumberTest::Over]
                    .into_iter()
                    .flat_map(|test| number(Some(test)))
                    .collect(),
            }
        }
        Atom::Date(field, test, moments) => not_date(*field, *test, *moments),
        _ => return None,
    };
    let (Atom::Number(field, ..) | Atom::Date(field, ..)) = atom else {
        return None;
    };
    key_set(spans.into_iter().chain([Key::absent(program, *field)]))
}

/// Where a number lies if it compares like that. `None`: equals.
fn number(field: u32, test: Option<NumberTest>, than: f64) -> Vec<Key> {
    let (measure, place) = (Measure::Number, format::place_of(than));
    let (first, last) = measure.ends();
    let span = match test {
        Some(NumberTest::Over) => measure.above(field, place),
        Some(NumberTest::Below) => measure.below(field, place),
        Some(NumberTest::AtLeast) => measure.span(field, place, last),
        Some(NumberTest::AtMost) => measure.span(field, first, place),
        None => measure.span(field, place, place),
    };
    span.into_iter().collect()
}

/// Where a day and an instant lie if they may compare like that: nobody knows how a day compares
/// with an instant in it. `None`: falls on.
fn date(field: u32, test: Option<DateTest>, moments: [i64; 4]) -> Vec<Key> {
    let [first, last, first_day, last_day] = moments;
    let is_instant = i64::from(first == last);
    let (instant, day) = (Measure::Instant, Measure::Day);
    let spans = match test {
        Some(DateTest::Before) => [
            instant.below(field, first),
            day.below(field, first_day.saturating_add(is_instant)),
        ],
        Some(DateTest::After) => [
            instant.above(field, last),
            day.above(field, last_day.saturating_sub(is_instant)),
        ],
        None => [
            instant.span(field, first, last),
            day.span(field, first_day, last_day),
        ],
    };
    spans.into_iter().flatten().collect()
}

/// Where they lie if they may compare otherwise.
fn not_date(field: u32, test: Option<DateTest>, moments: [i64; 4]) -> Vec<Key> {
    let [first, last, first_day, last_day] = moments;
    let (instant, day) = (Measure::Instant, Measure::Day);
    let spans = match test {
        Some(DateTest::Before) => vec![
            instant.span(field, first, instant.ends().1),
            day.span(field, first_day, day.ends().1),
        ],
        Some(DateTest::After) => vec![
            instant.span(field, instant.ends().0, last),
            day.span(field, day.ends().0, last_day),
        ],
        None if first == last => vec![
            instant.below(field, first),
            instant.above(field, last),
            day.span(field, day.ends().0, day.ends().1),
        ],
        None => vec![
            instant.below(field, first),
            instant.above(field, last),
            day.below(field, first_day),
            day.above(field, last_day),
        ],
    };
    spans.into_iter().flatten().collect()
}

/// A field with a default is never missing.
fn missing(program: &Program, field: u32) -> Option<Key> {
    let missing = Key::absent(program, field);
    matches!(missing, Key::Missing(_)).then_some(missing)
}

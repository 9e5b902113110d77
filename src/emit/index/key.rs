//! What an item may hold that makes a condition worth asking.

use std::collections::BTreeSet;
use std::rc::Rc;

use interdict_matcher::FieldType;
use interdict_matcher::artifact as format;

use crate::ir::Program;

/// Something in an item that makes a condition worth asking. Keys sort as their rows are to sort.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Always,
    Term(u32),
    Category(u32),
    Value(u32, String),
    Missing(u32),
    NoText,
    /// A field lies from one place to another, both included.
    Span(Measure, u32, i64, i64),
}

/// What the places of a span are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Number,
    Day,
    Instant,
}

/// Keys without one of which a condition is surely false. `None`: it needs none.
pub(super) type KeySet = Option<Rc<BTreeSet<Key>>>;

pub(super) fn key_set(keys: impl IntoIterator<Item = Key>) -> KeySet {
    Some(Rc::new(keys.into_iter().collect()))
}

impl Key {
    /// What an item holds that says nothing of a field.
    pub(super) fn absent(program: &Program, field: u32) -> Key {
        match &program.fields[field as usize].default {
            Some(default) => Key::Value(field, default.clone()),
            None => Key::Missing(field),
        }
    }

    /// How many of a thousand items bring it, roughly: every platform name is common, a mention is
    /// rare.
    pub(super) fn frequency(&self, program: &Program) -> u32 {
        let field = |field: &u32| &program.fields[*field as usize];
        match self {
            Key::Always => 1000,
            Key::Term(_) => 2,
            Key::Category(_) => 4,
            Key::NoText => 5,
            Key::Missing(missing) => match field(missing).path.as_str() {
                "platform" => 20,
                "category" => 100,
                _ => 250,
            },
            Key::Value(of, _) if field(of).kind == FieldType::YesNo => 500,
            Key::Value(of, _) => match field(of).path.as_str() {
                "platform" | "channel" | "seller.country" | "market" | "origin" | "destination" => {
                    300
                }
                _ => 10,
            },
            Key::Span(.., least, most) if least == most => 10,
            Key::Span(measure, _, least, most) => {
                let (first, last) = measure.ends();
                if (*least, *most) == (first, last) {
                    1000
                } else if *least == first || *most == last {
                    500
                } else {
                    100
                }
            }
        }
    }

    /// The first two words of its row.
    pub(super) fn row(&self) -> (u32, u32) {
        match self {
            Key::Always => (format::TRIGGER_ALWAYS, 0),
            Key::Term(term) => (format::TRIGGER_TERM, *term),
            Key::Category(category) => (format::TRIGGER_CATEGORY, *category),
            Key::Value(field, _) => (format::TRIGGER_VALUE, *field),
            Key::Missing(field) => (format::TRIGGER_MISSING, *field),
            Key::NoText => (format::TRIGGER_NO_TEXT, 0),
            Key::Span(Measure::Number, field, ..) => (format::TRIGGER_NUMBER, *field),
            Key::Span(Measure::Day, field, ..) => (format::TRIGGER_DAY, *field),
            Key::Span(Measure::Instant, field, ..) => (format::TRIGGER_INSTANT, *field),
        }
    }
}

impl Measure {
    /// The first and the last place that an item can hold.
    pub(super) fn ends(self) -> (i64, i64) {
        match self {
            Measure::Number => (
                format::place_of(f64::NEG_INFINITY),
                format::place_of(f64::INFINITY),
            ),
            Measure::Day => (i64::from(i32::MIN), i64::from(i32::MAX)),
            Measure::Instant => (i64::MIN, i64::MAX),
        }
    }

    /// What lies below a place.
    pub(super) fn below(self, field: u32, place: i64) -> Option<Key> {
        self.span(field, self.ends().0, place.checked_sub(1)?)
    }

    /// What lies above a place.
    pub(super) fn above(self, field: u32, place: i64) -> Option<Key> {
        self.span(field, place.checked_add(1)?, self.ends().1)
    }

    /// What lies from one place to another, if anything does.
    pub(super) fn span(self, field: u32, least: i64, most: i64) -> Option<Key> {
        let (first, last) = self.ends();
        let (least, most) = (least.max(first), most.min(last));
        (least <= most).then_some(Key::Span(self, field, least, most))
    }
}

/// Keys of which an item holds one whenever it holds one of each of two sets that speak of one
/// number or date alone. Such a field has one value, so that two spans ask for what they share.
pub(super) fn shared(one: &BTreeSet<Key>, other: &BTreeSet<Key>) -> Option<BTreeSet<Key>> {
    /// More pairs than this are left apart.
    const MOST: usize = 64;

    let field = only_field(one)?;
    if only_field(other)? != field || one.len() * other.len() > MOST {
        return None;
    }
    let pairs = one
        .iter()
        .flat_map(|a| other.iter().map(move |b| (a.clone(), b)));
    let both = pairs.filter_map(|pair| match pair {
        (Key::Span(measure, field, a, b), &Key::Span(same, _, c, d)) if measure == same => {
            measure.span(field, a.max(c), b.min(d))
        }
        (Key::Missing(field), Key::Missing(_)) => Some(Key::Missing(field)),
        _ => None,
    });
    Some(both.collect())
}

/// The one field of whose place all keys speak.
fn only_field(keys: &BTreeSet<Key>) -> Option<u32> {
    let mut fields = keys.iter().map(|key| match key {
        Key::Span(_, field, ..) | Key::Missing(field) => Some(*field),
        _ => None,
    });
    let first = fields.next()??;
    let spans = keys.iter().any(|key| matches!(key, Key::Span(..)));
    (spans && fields.all(|field| field == Some(first))).then_some(first)
}

//! Wishes → moves: what can be done to an item so that a question gets another answer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::wishes::Wish;
use crate::artifact::*;
use crate::change::Does;
use crate::decide::Evaluation;
use crate::item::{DateValue, Value};
use crate::verdict::FieldType;

/// How many values of a list are tried, and how many are told that would not do.
const VALUES: u32 = 6;
const TOLD: u32 = 64;

/// Something to do to one field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Move<'a> {
    pub(super) field: u32,
    pub(super) act: Act<'a>,
    /// What it amounts to; what a cut takes out is seen when it is done.
    pub(super) does: Does<'a>,
    /// Moves of a lower rank are tried, and told, first.
    pub(super) rank: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act<'a> {
    /// Cut out all mentions of terms.
    Cut(Vec<u32>),
    /// Append a text to a text.
    Append(&'a str),
    /// Put a value, or leave the field out.
    Put(Option<Value<'a>>),
    /// Add a name to a list.
    Add(&'a str),
    /// Take names out of a list.
    Remove(Vec<&'a str>),
}

/// Makes moves of wishes.
pub(super) struct Mover<'a, 's, 'e> {
    pub(super) evaluation: &'e Evaluation<'a, 's>,
    /// Whether texts may gain mentions like any other change.
    may_mention: bool,
    pub(super) moves: Vec<Move<'a>>,
    spellings: Option<BTreeMap<u32, &'a str>>,
}

impl<'a, 's, 'e> Mover<'a, 's, 'e> {
    pub(super) fn new(evaluation: &'e Evaluation<'a, 's>, may_mention: bool) -> Self {
        Mover {
            evaluation,
            may_mention,
            moves: Vec::new(),
            spellings: None,
        }
    }

    /// Adds the moves that may fulfil a wish.
    pub(super) fn add(&mut self, wish: Wish) {
        let atom = wish.atom;
        match atom.kind {
            ATOM_MENTIONS if wish.answer => self.mention(wish),
            ATOM_MENTIONS => self.mention_not(atom),
            ATOM_IS => self.is(atom, wish.answer),
            ATOM_NUMBER => self.number(atom, wish.answer),
            ATOM_DATE => self.date(atom, wish.answer),
            ATOM_ORDER => self.order(atom, wish.answer),
            ATOM_PAST => self.past(atom, wish.answer),
            ATOM_AGE => self.age(atom, wish.answer),
            ATOM_KNOWN => self.known(atom.a, wish.answer),
            ATOM_DECLARED => self.declare(atom, wish.answer),
            ATOM_MEMBER => self.member(atom, wish.answer),
            _ => {}
        }
    }

    pub(super) fn push(&mut self, field: u32, act: Act<'a>, does: Does<'a>, rank: u32) {
        let new = Move {
            field,
            act,
            does,
            rank,
        };
        if !self.moves.contains(&new) {
            self.moves.push(new);
        }
    }

    fn string(&self, number: u32) -> &'a str {
        self.evaluation.view.strings.get(number)
    }

    fn has(&self, field: u32) -> bool {
        self.evaluation.item.value(field).is_some()
    }

    fn field_named(&self, path: &str) -> Option<u32> {
        self.evaluation.view.field_number(path)
    }

    // ----------------------------------------------------------------------------- texts

    fn mention_not(&mut self, atom: Atom) {
        let term = self.string(self.evaluation.view.terms.row(atom.a).name);
        let mut fields: Vec<u32> = self.evaluation.hits(atom).map(|hit| hit.field).collect();
        fields.dedup();
        for field in fields {
            let does = Does::Drop {
                terms: vec![term],
                texts: Vec::new(),
            };
            self.push(field, Act::Cut(vec![atom.a]), does, 0);
        }
        for field in self.missing_texts(atom) {
            let act = Act::Put(Some(Value::Text(Cow::Borrowed(""))));
            self.push(field, act, Does::MentionNot { term }, 1);
        }
    }

    fn mention(&mut self, wish: Wish) {
        let (atom, view) = (wish.atom, self.evaluation.view);
        let missing = self.missing_texts(atom);
        // To mention what an exception spares is no mending of an item.
        if wish.of_exception && !self.may_mention && missing.is_empty() {
            return;
        }
        let Some(&text) = self.spellings().get(&atom.a) else {
            return;
        };
        let term = self.string(view.terms.row(atom.a).name);
        let does = Does::Mention { term, text };
        for field in missing {
            let act = Act::Put(Some(Value::Text(Cow::Borrowed(text))));
            self.push(field, act, does.clone(), 1);
        }
        if let Some(field) = self.text_of(atom) {
            let rank = if self.may_mention { 1 } else { 4 };
            self.push(field, Act::Append(text), does, rank);
        }
    }

    /// The first spelling of each term that counts. There may be many: they are read once.
    fn spellings(&mut self) -> &BTreeMap<u32, &'a str> {
        let (view, epoch) = (self.evaluation.view, self.evaluation.point.listed());
        self.spellings.get_or_insert_with(|| {
            let mut first = BTreeMap::new();
            for (owner, spellings) in view.owned() {
                if owner.kind == OWNER_TERM && owner.since <= epoch {
                    first
                        .entry(owner.row)
                        .or_insert_with(|| view.text.spelling(spellings.start));
                }
            }
            first
        })
    }

    /// Fields that are missing, so that nobody knows what they mention.
    fn missing_texts(&self, atom: Atom) -> Vec<u32> {
        let view = self.evaluation.view;
        match atom.c {
            0 if self.evaluation.findings.has_text => Vec::new(),
            0 => self.field_named("title").into_iter().collect(),
            _ => {
                let fields = view.index_range(atom.b, atom.c);
                fields.filter(|field| !self.has(*field)).collect()
            }
        }
    }

    /// The text that a mention may be added to.
    fn text_of(&self, atom: Atom) -> Option<u32> {
        let view = self.evaluation.view;
        let main = ["title", "description", "image-text", "page-text", "query"];
        let main = main.iter().filter_map(|path| self.field_named(path));
        let named = view.index_range(atom.b, atom.c);
        let mut fields: Vec<u32> = if atom.c == 0 {
            main.collect()
        } else {
            named.collect()
        };
        fields.retain(|field| self.has(*field));
        fields.first().copied()
    }

    // ---------------------------------------------------------------------------- values

    fn is(&mut self, atom: Atom, answer: bool) {
        let view = self.evaluation.view;
        let field = atom.a;
        let most = if answer { VALUES } else { TOLD };
        let asked = view.index_range(atom.b, atom.c.min(most));
        let asked: Vec<&'a str> = asked.map(|value| self.string(value)).collect();
        match (view.field_type(field), answer) {
            (FieldType::Names, true) => {
                for value in asked {
                    self.push(field, Act::Add(value), Does::Be { value }, 1);
                }
            }
            (FieldType::Names, false) => {
                let all = view.index_range(atom.b, atom.c);
                let all = all.map(|value| self.string(value)).collect();
                let does = Does::BeNot { values: asked };
                self.push(field, Act::Remove(all), does, 1);
            }
            (FieldType::YesNo, answer) => {
                let value = asked.first().is_some_and(|value| *value == "yes") == answer;
                let act = Act::Put(Some(Value::YesNo(value)));
                let value = if value { "yes" } else { "no" };
                self.push(field, act, Does::Be { value }, 1);
            }
            (_, true) => {
                for value in asked {
                    let act = Act::Put(Some(Value::Text(Cow::Borrowed(value))));
                    self.push(field, act, Does::Be { value }, 1);
                }
            }
            (_, false) => {
                let act = Act::Put(Some(Value::Text(Cow::Owned(self.unheard(field)))));
                self.push(field, act, Does::BeNot { values: asked }, 1);
            }
        }
    }

    /// A name for a field that nothing asks for.
    fn unheard(&self, field: u32) -> String {
        let view = self.evaluation.view;
        let atoms = view.atoms.iter().map(|(_, atom)| atom);
        let asked = atoms.filter(|atom| atom.kind == ATOM_IS && atom.a == field);
        let asked = asked.flat_map(|atom| view.index_range(atom.b, atom.c));
        let members = view.members.iter().map(|(_, member)| member.name);
        let taken: Vec<&str> = asked.chain(members).map(|name| self.string(name)).collect();
        let mut name = "other".to_owned();
        while taken.contains(&name.as_str()) {
            name.push('-');
        }
        name
    }

    fn number(&mut self, atom: Atom, answer: bool) {
        let than = f64::from_bits(wide(atom.c, atom.d).cast_unsigned());
        let step = if than.abs() < 1e9 {
            0.01
        } else {
            than.abs() * 1e-9
        };
        // The first number on the wanted side, and how that side is called.
        let (number, side) = match (atom.b, answer) {
            (0, true) => (than + step, "over"),
            (0, false) => (than, "at most"),
            (1, true) => (than - step, "below"),
            (1, false) => (than, "at least"),
            (2, true) => (than, "at least"),
            (2, false) => (than - step, "below"),
            (3, true) => (than, "at most"),
            (3, false) => (than + step, "over"),
            (_, true) => (than, "is"),
            (_, false) => (than + step, "is not"),
        };
        let rounded = (number * 1000.0).round() / 1000.0;
        let number = if (rounded - number).abs() < 1e-6 {
            rounded
        } else {
            number
        };
        let does = Does::Pass {
            test: format!("{side} {than}"),
        };
        self.push(atom.a, Act::Put(Some(Value::Number(number))), does, 1);
    }

    fn known(&mut self, field: u32, answer: bool) {
        if !answer {
            return self.push(field, Act::Put(None), Does::Omit, 2);
        }
        let value = match self.evaluation.view.field_type(field) {
            FieldType::Text | FieldType::Name => Value::Text(Cow::Owned(self.unheard(field))),
            FieldType::Names => Value::Names(vec![Cow::Owned(self.unheard(field))]),
            FieldType::Number => Value::Number(0.0),
            FieldType::Date => Value::Date(DateValue::Day(0)),
            FieldType::YesNo => Value::YesNo(false),
        };
        self.push(field, Act::Put(Some(value)), Does::Give, 2);
    }

    fn declare(&mut self, atom: Atom, answer: bool) {
        let view = self.evaluation.view;
        let Some(field) = self.field_named("category") else {
            return;
        };
        let category = self.string(view.categories.row(atom.a).name);
        if answer {
            return self.push(field, Act::Add(category), Does::Declare { category }, 2);
        }
        let is_within = |number: &u32| {
            let row = view.categories.row(*number);
            let mut ancestors = view.index_range(row.ancestors_start, row.ancestors_len);
            ancestors.any(|one| one == atom.a)
        };
        let declared = self.evaluation.findings.declared.iter();
        let names = declared
            .filter(|number| is_within(number))
            .map(|number| self.string(view.categories.row(*number).name));
        let names: Vec<&'a str> = names.collect();
        let act = match self.has(field) {
            true => Act::Remove(names),
            false => Act::Put(Some(Value::Names(Vec::new()))),
        };
        self.push(field, act, Does::DeclareNot { category }, 1);
    }

    fn member(&mut self, atom: Atom, answer: bool) {
        let (view, epoch) = (self.evaluation.view, self.evaluation.point.listed());
        let row = view.groups.row(atom.a);
        let group = self.string(row.name);
        let holds_names = view.field_type(row.field) == FieldType::Names;
        let members = view.members.range(row.members_start, row.members_len);
        let mut current = members.filter(|(_, one)| one.since <= epoch && epoch < one.until);
        let (act, does) = match answer {
            true => {
                let Some((_, member)) = current.next() else {
                    return;
                };
                let value = self.string(member.name);
                let act = match holds_names {
                    true => Act::Add(value),
                    false => Act::Put(Some(Value::Text(Cow::Borrowed(value)))),
                };
                (act, Does::Join { group })
            }
            false if holds_names => {
                let all = current.map(|(_, one)| self.string(one.name));
                (Act::Remove(all.collect()), Does::Leave { group })
            }
            false => {
                let name = self.unheard(row.field);
                let act = Act::Put(Some(Value::Text(Cow::Owned(name))));
                (act, Does::Leave { group })
            }
        };
        self.push(row.field, act, does, 3);
    }
}

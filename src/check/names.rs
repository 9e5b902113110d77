//! Who defines which name.

use std::collections::BTreeMap;

use super::Checker;
use crate::ast::{Head, Name};
use crate::diagnostic::Code;
use crate::source::Span;

/// The namespaces that all files share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Term,
    Category,
    Group,
    List,
    Source,
    Law,
    Claim,
    Event,
    Calendar,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Term => "term",
            Kind::Category => "category",
            Kind::Group => "group",
            Kind::List => "list",
            Kind::Source => "source",
            Kind::Law => "law",
            Kind::Claim => "claim",
            Kind::Event => "event",
            Kind::Calendar => "calendar",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Place {
    span: Span,
    /// The place among the sorted names of its kind.
    number: u32,
}

/// Each defined name, with its place and its number in the order of names.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    defined: BTreeMap<Kind, BTreeMap<&'a str, Place>>,
}

impl<'a> Names<'a> {
    pub(super) fn span(&self, kind: Kind, name: &str) -> Option<Span> {
        Some(self.defined.get(&kind)?.get(name)?.span)
    }

    /// The names of a kind, sorted, with their places.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = (&'a str, Span)> + '_ {
        let names = self.defined.get(&kind).into_iter().flatten();
        names.map(|(name, place)| (*name, place.span))
    }

    /// The place of a name among the sorted names of its kind.
    pub(super) fn number(&self, kind: Kind, name: &str) -> Option<u32> {
        Some(self.defined.get(&kind)?.get(name)?.number)
    }

    fn number_all(&mut self) {
        for names in self.defined.values_mut() {
            for (place, number) in names.values_mut().zip(0..) {
                place.number = number;
            }
        }
    }
}

impl<'a> Checker<'a> {
    pub(super) fn collect_names(&mut self) {
        for (_, statement) in self.statements() {
            let (kind, name) = match &statement.head {
                Head::Term(name) | Head::Terms(name) => (Kind::Term, name),
                Head::Category(name) => (Kind::Category, name),
                Head::Group(name, _) => (Kind::Group, name),
                Head::List(name) => (Kind::List, name),
                Head::Source(name, ..) => (Kind::Source, name),
                Head::Law(name, _) => (Kind::Law, name),
                Head::Claim(name, _) => (Kind::Claim, name),
                Head::Event(name) => (Kind::Event, name),
                Head::Calendar(name, _) => (Kind::Calendar, name),
                _ => continue,
            };
            self.define_name(kind, name);
        }
        self.names.number_all();
    }

    fn define_name(&mut self, kind: Kind, name: &'a Name) {
        let names = self.names.defined.entry(kind).or_default();
        match names.get(name.value.as_str()) {
            Some(&Place { span: first, .. }) => {
                let message = format!("the {} `{}` is defined twice", kind.word(), name.value);
                let diagnostic = self.report(Code::DuplicateName, name.span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                diagnostic.help = Some(
                    "names hold across all files: rename one of them, or join the two".to_owned(),
                );
            }
            None => {
                let span = name.span;
                names.insert(&name.value, Place { span, number: 0 });
            }
        }
    }

    /// The number of a defined name; reports an unknown one.
    pub(super) fn resolve(&mut self, kind: Kind, name: &str, span: Span) -> Option<u32> {
        if let Some(number) = self.names.number(kind, name) {
            self.mark_used(kind, name);
            return Some(number);
        }
        let known = self
            .names
            .all(kind)
            .map(|(name, _)| name.to_owned())
            .collect();
        self.unknown(Code::UnknownName, span, kind.word(), name, known);
        None
    }

    pub(super) fn mark_used(&mut self, kind: Kind, name: &str) {
        let names = self.names.defined.get(&kind);
        if let Some((&name, _)) = names.and_then(|names| names.get_key_value(name)) {
            self.used.insert((kind, name));
        }
    }
}

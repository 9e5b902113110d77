//! Fields, sources, laws and claims; the order in which all that rules build on is defined.

use super::Checker;
use super::names::Kind;
use crate::ast::{ClauseKind, FieldType, Head, Name, Path, Stance, Statement};
use crate::diagnostic::Code;
use crate::fields;
use crate::model::{Claim, Field, FieldId, Law, Source, SourceId};

/// What became of a claim.
#[derive(Debug, Clone, Default)]
pub(super) struct ClaimStatus {
    pub(super) confirmed: bool,
    pub(super) denied: bool,
    /// The sources that report it.
    pub(super) sources: Vec<SourceId>,
}

impl<'a> Checker<'a> {
    pub(super) fn define(&mut self) {
        self.define_fields();
        let statements: Vec<_> = self.statements().collect();
        for &(file, statement) in &statements {
            match &statement.head {
                Head::Source(name, kind, title) => {
                    let mut source = Source {
                        name: name.value.clone(),
                        kind: *kind,
                        title: title.value.clone(),
                        dated: None,
                        url: None,
                        retrieved: None,
                        quote: None,
                    };
                    for clause in &statement.clauses {
                        match &clause.kind {
                            ClauseKind::Dated(when) => {
                                source.dated = Some(when.value.to_string());
                                let at = when.value.start(&self.headers[file].zone);
                                self.source_dates.insert(&name.value, at);
                            }
                            ClauseKind::AtUrl(url) => source.url = Some(url.value.clone()),
                            ClauseKind::Retrieved(when) => {
                                source.retrieved = Some(when.value.to_string())
                            }
                            ClauseKind::Quote(quote) => source.quote = Some(quote.value.clone()),
                            _ => {}
                        }
                    }
                    self.set.sources.push(source);
                }
                Head::Law(name, title) => {
                    let url = statement
                        .clauses
                        .iter()
                        .find_map(|clause| match &clause.kind {
                            ClauseKind::AtUrl(url) => Some(url.value.clone()),
                            _ => None,
                        });
                    let (name, title) = (name.value.clone(), title.value.clone());
                    self.set.laws.push(Law { name, title, url });
                }
                Head::List(name) => self.define_list(file, name, statement),
                Head::Event(name) => self.define_event(file, name, statement),
                Head::Group(name, party) => self.define_group(file, name, *party, statement),
                Head::Calendar(name, windows) => {
                    self.define_calendar(file, name, windows, statement)
                }
                _ => {}
            }
        }
        self.set.sources.sort_by(|a, b| a.name.cmp(&b.name));
        self.set.sources.dedup_by(|a, b| a.name == b.name);
        self.set.laws.sort_by(|a, b| a.name.cmp(&b.name));
        self.set.laws.dedup_by(|a, b| a.name == b.name);
        self.set.groups.sort_by(|a, b| a.name.cmp(&b.name));
        self.set.groups.dedup_by(|a, b| a.name == b.name);
        let calendars = &mut self.set.calendars;
        calendars.sort_by(|a, b| (&a.name, a.known_from).cmp(&(&b.name, b.known_from)));
        calendars.dedup_by(|a, b| (&a.name, a.known_from) == (&b.name, b.known_from));
        for &(_, statement) in &statements {
            if let Head::Claim(name, text) = &statement.head {
                self.define_claim(name, &text.value, statement);
            }
        }
        self.set.claims.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn define_fields(&mut self) {
        self.set.fields = fields::standard();
        for (_, statement) in self.statements() {
            let Head::Field(path, kind) = &statement.head else {
                continue;
            };
            let within =
                |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
            let clash = self.set.fields.iter().map(|field| field.path.clone());
            let clash = clash
                .into_iter()
                .find(|one| within(one, &path.value) || within(&path.value, one));
            if let Some(clash) = clash {
                let message = format!("`{}` cannot be a field: items have `{clash}`", path.value);
                self.report(Code::DuplicateName, path.span, message).help =
                    Some("a field holds a value or further fields, not both".to_owned());
                continue;
            }
            let fields = &mut self.set.fields;
            match fields.binary_search_by(|field| field.path.as_str().cmp(&path.value)) {
                Ok(at) if fields[at].kind == *kind => {}
                Ok(at) => {
                    let message = format!(
                        "items have a field `{}` of type {} already",
                        path.value, fields[at].kind
                    );
                    self.report(Code::DuplicateName, path.span, message).help =
                        Some("give the field another name".to_owned());
                }
                Err(at) => fields.insert(
                    at,
                    Field {
                        path: path.value.clone(),
                        kind: *kind,
                        default: None,
                    },
                ),
            }
        }
    }

    fn define_claim(&mut self, name: &'a Name, text: &str, statement: &Statement) {
        let mut status = ClaimStatus::default();
        for clause in &statement.clauses {
            let ClauseKind::Said(said) = &clause.kind else {
                continue;
            };
            status.confirmed |= said.stance == Stance::Confirmed;
            status.denied |= said.stance == Stance::Denied;
            if let Some(source) = &said.source
                && let Some(number) = self.resolve(Kind::Source, &source.value, source.span)
            {
                status.sources.push(SourceId(number));
            }
        }
        status.confirmed &= !status.denied;
        self.set.claims.push(Claim {
            name: name.value.clone(),
            text: text.to_owned(),
            confirmed: status.confirmed,
        });
        self.claims.insert(&name.value, status);
    }

    /// The field with this path; reports an unknown one.
    pub(super) fn field(&mut self, path: &Path) -> Option<(FieldId, FieldType)> {
        let fields = &self.set.fields;
        match fields.binary_search_by(|field| field.path.as_str().cmp(&path.value)) {
            Ok(at) => Some((FieldId(u32::try_from(at).ok()?), fields[at].kind)),
            Err(_) => {
                let known: Vec<String> = fields.iter().map(|field| field.path.clone()).collect();
                self.unknown(Code::UnknownField, path.span, "field", &path.value, known);
                let last = self.diagnostics.last_mut();
                if let Some(last) = last.filter(|last| last.span == path.span)
                    && last
                        .help
                        .as_deref()
                        .is_some_and(|help| !help.starts_with("did"))
                {
                    let inner = format!("{}.", path.value);
                    let parts = self
                        .set
                        .fields
                        .iter()
                        .filter(|field| field.path.starts_with(&inner));
                    let parts: Vec<&str> = parts.map(|field| field.path.as_str()).collect();
                    last.help = Some(match parts.is_empty() {
                        false => format!("there are: {}", parts.join(", ")),
                        true => format!(
                            "declare it with `field {} is TYPE` if items carry it",
                            path.value
                        ),
                    });
                }
                None
            }
        }
    }
}

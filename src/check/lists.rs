//! Lists and groups: values and parties that come and go.
//!
//! A list without dates is written out wherever it is asked for. One with dates becomes a group of the
//! field that is held against it.

use std::collections::BTreeMap;

use super::Checker;
use crate::ast::{self, ClauseKind, Name, Party, Path, Statement};
use crate::diagnostic::Code;
use crate::model::{Expr, FieldId, Group, GroupId, ListFile, Member};

/// The lists of the set, by name.
pub(super) type Lists<'a> = BTreeMap<&'a str, List>;

/// What a list holds.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Sorted.
    pub(super) values: Vec<Member>,
    /// From when nobody knows what else it holds; `i64::MAX`: it is known for good.
    pub(super) known_until: i64,
}

impl List {
    /// Every value that it holds at some time, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.values.iter().map(|one| one.name.clone()).collect();
        names.dedup();
        names
    }

    /// Whether it holds one thing now and another then.
    fn is_dated(&self) -> bool {
        let dated = |one: &Member| one.since.is_some() || one.until.is_some();
        self.known_until != i64::MAX || self.values.iter().any(dated)
    }
}

impl<'a> Checker<'a> {
    pub(super) fn define_list(&mut self, file: usize, name: &'a Name, statement: &Statement) {
        let mut values = Vec::new();
        for clause in &statement.clauses {
            match &clause.kind {
                ClauseKind::Values(all) => values.extend(self.members(file, all, "list")),
                ClauseKind::From(citation) => {
                    let entries = self.read_list(file, &citation.source).into_iter();
                    values.extend(entries.map(|(_, name)| Member {
                        name,
                        since: None,
                        until: None,
                    }));
                }
                _ => {}
            }
        }
        let says = |clause: &ast::Clause| !matches!(clause.kind, ClauseKind::KnownThrough(_));
        if !statement.clauses.iter().any(says) {
            let message = format!("the list `{}` holds nothing", name.value);
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some("add `values …` or `from \"file.txt\"`".to_owned());
        }
        values.sort();
        values.dedup();
        let known_until = self.known_until(file, statement);
        self.values.insert(
            &name.value,
            List {
                values,
                known_until,
            },
        );
    }

    pub(super) fn define_group(
        &mut self,
        file: usize,
        name: &Name,
        party: Party,
        statement: &Statement,
    ) {
        let mut members = Vec::new();
        for clause in &statement.clauses {
            if let ClauseKind::Members(all) = &clause.kind {
                members.extend(self.members(file, all, "group"));
            }
        }
        members.sort();
        members.dedup();
        let path = match party {
            Party::Sellers => "seller.name",
            Party::Platforms => "platform",
        };
        let fields = &self.set.fields;
        let field = fields.partition_point(|field| field.path.as_str() < path);
        let known_until = self.known_until(file, statement);
        self.set.groups.push(Group {
            name: name.value.clone(),
            party: Some(party),
            field: FieldId(u32::try_from(field).unwrap_or(u32::MAX)),
            members,
            known_until,
        });
    }

    /// Members as written, with those that stand in files.
    pub(super) fn members(
        &mut self,
        file: usize,
        written: &[ast::Member],
        of: &str,
    ) -> Vec<Member> {
        let zone = self.headers[file].zone.clone();
        let mut members = Vec::new();
        for one in written {
            let since = one.since.map(|when| when.value.start(&zone));
            let until = one.through.map(|when| when.value.end(&zone));
            if let (Some(since), Some(until)) = (since, until)
                && until <= since
            {
                let message = format!("`{}` leaves the {of} before it joins", one.name.value);
                self.report(Code::EmptyInterval, one.name.span, message);
            }
            let names = match one.from_file {
                true => {
                    let entries = self.read_list(file, &one.name).into_iter();
                    entries.map(|(_, entry)| entry).collect()
                }
                false => vec![one.name.value.clone()],
            };
            members.extend(names.into_iter().map(|name| Member { name, since, until }));
        }
        members
    }

    /// From when nobody knows who else belongs to a list or a group.
    fn known_until(&self, file: usize, statement: &Statement) -> i64 {
        let ends = statement
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::KnownThrough(when) => Some(when.value.end(&self.headers[file].zone)),
                _ => None,
            });
        ends.min().unwrap_or(i64::MAX)
    }

    /// That a field is, or holds, a value of a list at the instant.
    pub(super) fn listed(&mut self, field: FieldId, list: &str) -> Expr {
        let Some(held) = self.values.get(list) else {
            return Expr::True;
        };
        if !held.is_dated() {
            return Expr::Is(field, held.names());
        }
        let known =
            self.set.groups.iter().position(|group| {
                group.party.is_none() && group.field == field && group.name == list
            });
        let number = known.unwrap_or_else(|| {
            self.set.groups.push(Group {
                name: list.to_owned(),
                party: None,
                field,
                members: held.values.clone(),
                known_until: held.known_until,
            });
            self.set.groups.len() - 1
        });
        Expr::Member(GroupId(u32::try_from(number).unwrap_or(u32::MAX)))
    }

    /// That the item is in a category of a list at the instant.
    pub(super) fn listed_category(&mut self, path: &Path, list: &str) -> Expr {
        let Some(list) = self.values.get(list).cloned() else {
            return Expr::True;
        };
        if list.known_until != i64::MAX {
            self.not_supported(path.span, "`known through` of a list of categories");
        }
        let parts = list.values.iter().map(|value| {
            let (category, exactly) = (self.category(&value.name), false);
            let within = Expr::InCategory { category, exactly };
            self.between(value.since, value.until, within)
        });
        let parts = parts.collect();
        Expr::Or(parts)
    }

    /// A condition that asks for more while it lasts; without bounds, that alone.
    pub(super) fn between(&mut self, since: Option<i64>, until: Option<i64>, asks: Expr) -> Expr {
        match (since, until) {
            (None, None) => asks,
            (since, until) => {
                let (since, until) = (since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX));
                self.set.turns.extend([since, until]);
                Expr::And(vec![Expr::Between(since, until), asks])
            }
        }
    }

    /// The entries of a list file with their line numbers; the list is noted in the set.
    pub(super) fn read_list(&mut self, file: usize, name: &Name) -> Vec<(usize, String)> {
        let text = match self.sources.list(self.files[file].id, &name.value) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("cannot read the list `{}`: {error}", name.value);
                self.report(Code::UnreadableList, name.span, message).help = Some(
                    "the path starts at the folder of this file; a list is UTF-8 text with one entry a line".to_owned(),
                );
                return Vec::new();
            }
        };
        let entries = text.lines().zip(1..).map(|(line, number)| (number, line));
        let entries: Vec<(usize, String)> = entries
            .map(|(number, line)| (number, line.trim_start_matches('\u{FEFF}').trim()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(number, line)| (number, line.to_owned()))
            .collect();
        let list = ListFile {
            name: name.value.clone(),
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
            entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        };
        if entries.is_empty() {
            let message = format!("the list `{}` is empty", name.value);
            self.report(Code::UnreadableList, name.span, message).help = Some(
                "a list has one entry a line; lines that start with `#` are comments".to_owned(),
            );
        }
        self.set.lists.push(list);
        entries
    }
}

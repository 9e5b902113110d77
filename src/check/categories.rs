//! Categories: who lies within whom, and what recognises an item.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Kind;
use super::{Checker, all};
use crate::ast::{Clause, ClauseKind, Expr, ExprKind, Head, Subject};
use crate::diagnostic::{Code, nearest};
use crate::model::{Category, CategoryId};
use crate::source::Span;

/// The values of each list, by its name.
type Lists<'a> = BTreeMap<&'a str, Vec<String>>;

impl Checker<'_> {
    pub(super) fn define_categories(&mut self) {
        let defined = self.names.all(Kind::Category);
        let mut named: BTreeMap<String, Span> = defined
            .map(|(name, span)| (name.to_owned(), span))
            .collect();
        for (_, statement) in self.statements() {
            if let Head::Rule(_, subject) | Head::Extend(_, subject) = &statement.head
                && let Subject::Category(name) | Subject::Exactly(name) = subject
            {
                named.entry(name.value.clone()).or_insert(name.span);
                self.mark_used(Kind::Category, &name.value);
            }
            for clause in &statement.clauses {
                for (name, span) in named_in_clause(clause, &self.values) {
                    self.mark_used(Kind::Category, &name);
                    named.entry(name).or_insert(span);
                }
            }
        }
        self.warn_similar(&named);
        let categories = named.keys().map(|name| Category {
            name: name.clone(),
            within: Vec::new(),
            recognised_by: None,
        });
        self.set.categories = categories.collect();
        self.place_members();
        self.refuse_circles(&named);
        self.define_recognisers();
    }

    /// The number of a category; every one that is named anywhere has one.
    pub(super) fn category(&self, name: &str) -> CategoryId {
        let categories = &self.set.categories;
        let place = categories.partition_point(|one| one.name.as_str() < name);
        CategoryId(u32::try_from(place).unwrap_or(u32::MAX))
    }

    fn place_members(&mut self) {
        let mut closed: BTreeMap<CategoryId, (Span, BTreeSet<CategoryId>)> = BTreeMap::new();
        let mut placed: Vec<(CategoryId, CategoryId, Span)> = Vec::new();
        for (_, statement) in self.statements() {
            let whole = match &statement.head {
                Head::Category(name)
                | Head::Rule(_, Subject::Category(name))
                | Head::Extend(_, Subject::Category(name)) => name,
                _ => continue,
            };
            let whole = self.category(&whole.value);
            for clause in &statement.clauses {
                match &clause.kind {
                    ClauseKind::Within(names) => {
                        placed.extend(
                            names
                                .iter()
                                .map(|name| (whole, self.category(&name.value), name.span)),
                        );
                    }
                    ClauseKind::SuchAs(names) => {
                        placed.extend(
                            names
                                .iter()
                                .map(|name| (self.category(&name.value), whole, name.span)),
                        );
                    }
                    ClauseKind::Namely(names) => {
                        let members = names
                            .iter()
                            .map(|name| self.category(&name.value))
                            .collect();
                        closed.insert(whole, (clause.span, members));
                        placed.extend(
                            names
                                .iter()
                                .map(|name| (self.category(&name.value), whole, name.span)),
                        );
                    }
                    _ => {}
                }
            }
        }
        for (part, whole, span) in placed {
            if let Some((closing, members)) = closed.get(&whole)
                && !members.contains(&part)
            {
                let message = format!(
                    "`{}` cannot be placed within `{}`, which names its members and ends there",
                    self.set.categories[part.at()].name,
                    self.set.categories[whole.at()].name,
                );
                let closing = *closing;
                let diagnostic = self.report(Code::ClosedCategory, span, message);
                diagnostic
                    .related
                    .push((closing, "the members are named here".to_owned()));
                diagnostic.help = Some("add it there, or open the list with `such as`".to_owned());
            }
            let within = &mut self.set.categories[part.at()].within;
            if !within.contains(&whole) {
                within.push(whole);
                within.sort();
            }
        }
    }

    /// Reports each circle once and cuts it, so that what follows need not care.
    fn refuse_circles(&mut self, named: &BTreeMap<String, Span>) {
        let count = self.set.categories.len();
        let mut done = vec![false; count];
        for start in 0..count {
            let mut path = vec![(start, 0)];
            while let Some(&mut (at, ref mut next)) = path.last_mut() {
                let Some(&whole) = self.set.categories[at].within.get(*next) else {
                    done[at] = true;
                    path.pop();
                    continue;
                };
                *next += 1;
                if let Some(from) = path.iter().position(|&(one, _)| one == whole.at()) {
                    let names = path[from..]
                        .iter()
                        .map(|&(one, _)| self.set.categories[one].name.clone());
                    let names: Vec<String> = names.collect();
                    self.report_circle(&names, named);
                    self.set.categories[at].within.retain(|&one| one != whole);
                    *path.last_mut().unwrap_or(&mut (at, 0)) = (at, 0);
                } else if !done[whole.at()] {
                    path.push((whole.at(), 0));
                }
            }
        }
    }

    fn report_circle(&mut self, names: &[String], named: &BTreeMap<String, Span>) {
        let span = names.iter().find_map(|name| named.get(name.as_str()));
        let first = names.first().cloned().unwrap_or_default();
        let way = names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" within ");
        let message = format!("categories lie within themselves: {way} within `{first}`");
        let span = span.copied().unwrap_or_default();
        self.report(Code::Cycle, span, message).help =
            Some("take one of them out of the circle".to_owned());
    }

    fn define_recognisers(&mut self) {
        for (file, statement) in self.statements() {
            let Head::Category(name) = &statement.head else {
                continue;
            };
            let number = self.category(&name.value);
            let conditions: Vec<_> = statement
                .clauses
                .iter()
                .filter_map(|clause| match &clause.kind {
                    ClauseKind::Where(condition) => Some(condition),
                    _ => None,
                })
                .collect();
            if conditions.is_empty() {
                continue;
            }
            let conditions = conditions
                .into_iter()
                .map(|one| self.condition(file, one))
                .collect();
            self.set.categories[number.at()].recognised_by = Some(all(conditions));
        }
        self.refuse_circular_recognition();
    }

    fn warn_similar(&mut self, named: &BTreeMap<String, Span>) {
        let defined: Vec<&str> = self
            .names
            .all(Kind::Category)
            .map(|(name, _)| name)
            .collect();
        for (name, &span) in named {
            let name = name.as_str();
            if self.names.span(Kind::Category, name).is_some() || self.broken.contains(name) {
                continue;
            }
            if let Some(near) = nearest(name, defined.iter().copied()) {
                let message =
                    format!("no statement defines the category `{name}`, but there is `{near}`");
                let help = format!(
                    "write `{near}` if that is meant; otherwise `{name}` is known only where items declare it"
                );
                self.report(Code::SimilarCategory, span, message).help = Some(help);
            }
        }
    }
}

/// The categories that a clause names.
fn named_in_clause(clause: &Clause, lists: &Lists<'_>) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    match &clause.kind {
        ClauseKind::Within(names) | ClauseKind::SuchAs(names) | ClauseKind::Namely(names) => {
            out.extend(names.iter().map(|name| (name.value.clone(), name.span)));
        }
        ClauseKind::ExceptCategory(name) => out.push((name.value.clone(), name.span)),
        ClauseKind::Where(condition)
        | ClauseKind::To(condition)
        | ClauseKind::When(condition)
        | ClauseKind::ExceptWhen(condition) => {
            named_in_condition(condition, lists, &mut out);
        }
        ClauseKind::Reading {
            holds: Some(condition),
            ..
        } => named_in_condition(condition, lists, &mut out),
        ClauseKind::Penalty(penalty) => {
            if let Some(condition) = &penalty.holds {
                named_in_condition(condition, lists, &mut out);
            }
        }
        _ => {}
    }
    out
}

fn named_in_condition(condition: &Expr, lists: &Lists<'_>, out: &mut Vec<(String, Span)>) {
    match &condition.kind {
        ExprKind::And(all) | ExprKind::Or(all) => {
            for one in all {
                named_in_condition(one, lists, out);
            }
        }
        ExprKind::Not(one) => named_in_condition(one, lists, out),
        ExprKind::Is(path, value) | ExprKind::Has(path, value) if path.value == "category" => {
            out.push((value.text.clone(), value.span));
        }
        ExprKind::OneOf(path, values) if path.value == "category" => match values.as_slice() {
            [one] if !one.quoted => {
                let listed = lists.get(one.text.as_str()).into_iter().flatten();
                out.extend(listed.map(|name| (name.clone(), one.span)));
            }
            values => out.extend(values.iter().map(|one| (one.text.clone(), one.span))),
        },
        _ => {}
    }
}

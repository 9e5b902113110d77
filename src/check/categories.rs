//! Categories and what recognises an item.

use std::collections::BTreeMap;

use super::lists::{List, Lists};
use super::names::Kind;
use super::{Checker, all};
use crate::ast::{Clause, ClauseKind, Expr, ExprKind, Head, Subject};
use crate::diagnostic::{Code, nearest};
use crate::model::{Category, CategoryId};
use crate::source::Span;

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
            placed: Vec::new(),
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
        ClauseKind::CountsAs(counting) => {
            out.push((counting.whole.value.clone(), counting.whole.span));
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
        ExprKind::OneOf(path, values) | ExprKind::HasOf(path, _, values)
            if path.value == "category" =>
        {
            match values.as_slice() {
                [one] if !one.quoted => {
                    let listed = lists.get(one.text.as_str());
                    let listed = listed.into_iter().flat_map(List::names);
                    out.extend(listed.map(|name| (name, one.span)));
                }
                values => out.extend(values.iter().map(|one| (one.text.clone(), one.span))),
            }
        }
        _ => {}
    }
}

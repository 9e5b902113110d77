//! The ids of rules, and which rule a statement names.

use std::collections::BTreeMap;

use crate::ast::{self, ClauseKind, Head, RuleRef, Statement};
use crate::check::Checker;
use crate::diagnostic::Code;
use crate::model::RuleId;
use crate::source::Span;

impl Checker<'_> {
    /// Gives every rule its number: its place among the sorted ids.
    pub(in crate::check) fn number_rules(&mut self) {
        let mut ids: BTreeMap<String, Span> = BTreeMap::new();
        for (file, statement) in self.statements() {
            let Some((id, span)) = own_id(statement) else {
                continue;
            };
            let full = format!("{}/{id}", self.headers[file].name);
            if let Some(first) = self.otherwise_named(&full) {
                let message =
                    format!("`{id}` is what decisions call the `otherwise` of the policy");
                let diagnostic = self.report(Code::DuplicateId, span, message);
                diagnostic.related.push((first, "said here".to_owned()));
                diagnostic.help = Some("give the rule another id with `id NAME`".to_owned());
            }
            if let Some(&first) = ids.get(&full) {
                let message = format!("two rules have the id `{id}`");
                let diagnostic = self.report(Code::DuplicateId, span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                diagnostic.help =
                    Some("give one of them an id of its own with `id NAME`".to_owned());
            } else {
                ids.insert(full, span);
            }
        }
        let numbered = ids.into_iter().zip(0..);
        self.rule_ids = numbered
            .map(|((id, span), number)| (id, (RuleId(number), span)))
            .collect();
    }

    /// The rule that `policy/id`, an id of the same policy, or an id that only one policy has, names.
    pub(in crate::check) fn rule_id(&mut self, file: usize, name: &RuleRef) -> Option<RuleId> {
        let found = self.rules_named(file, &name.value);
        if let [(number, _)] = found.as_slice() {
            return Some(*number);
        }
        if found.is_empty() {
            let ids = self.rule_ids.keys().chain(self.exception_ids.keys());
            let known = ids.flat_map(|id| {
                let short = id.split('/').nth(1).unwrap_or(id);
                [short.to_owned(), id.clone()]
            });
            let known = known.collect();
            self.unknown(Code::UnknownRule, name.span, "rule", &name.value, known);
            return None;
        }
        let ids: Vec<String> = found.iter().map(|(_, id)| format!("`{id}`")).collect();
        let message = format!("several policies have a rule `{}`", name.value);
        let help = format!("say which: {}", ids.join(" or "));
        self.report(Code::AmbiguousRule, name.span, message).help = Some(help);
        None
    }

    /// Where a policy says `otherwise`, if that is what an id names.
    pub(in crate::check) fn otherwise_named(&self, id: &str) -> Option<Span> {
        let mut policies = self.set.policies.iter();
        let policy = policies.find(|policy| policy.otherwise_id() == id)?;
        policy.otherwise.as_ref().map(|otherwise| otherwise.span)
    }

    /// The rules that a name may mean.
    pub(in crate::check) fn rules_named(&self, file: usize, name: &str) -> Vec<(RuleId, String)> {
        let own = format!("{}/{name}", self.headers[file].name);
        for id in [name, own.as_str()] {
            if let Some((number, _)) = self.rule_ids.get(id) {
                return vec![(*number, id.to_owned())];
            }
        }
        let suffix = format!("/{name}");
        let ids = self.rule_ids.iter().filter(|(id, _)| id.ends_with(&suffix));
        ids.map(|(id, (number, _))| (*number, id.clone())).collect()
    }

    /// The number of the rule that a statement makes.
    pub(in crate::check) fn own_rule(&self, file: usize, statement: &Statement) -> Option<RuleId> {
        let (id, _) = own_id(statement)?;
        let full = format!("{}/{id}", self.headers[file].name);
        self.rule_ids.get(&full).map(|(number, _)| *number)
    }
}

/// The id that a rule or an extension gives itself, and where.
pub(in crate::check) fn own_id(statement: &Statement) -> Option<(String, Span)> {
    let given = statement
        .clauses
        .iter()
        .find_map(|clause| match &clause.kind {
            ClauseKind::Id(id) => Some((id.value.clone(), id.span)),
            _ => None,
        });
    let made = match &statement.head {
        Head::Rule(verdict, subject) => match subject {
            ast::Subject::Category(name)
            | ast::Subject::Exactly(name)
            | ast::Subject::Term(name)
            | ast::Subject::Seller(name) => {
                format!("{verdict}-{}", name.value)
            }
            ast::Subject::Anything(_) => format!("{verdict}-anything"),
        },
        Head::Extend(of, _) => format!("{}-extended", of.value.rsplit('/').next().unwrap_or("")),
        _ => return None,
    };
    given.or(Some((made, statement.head_span)))
}

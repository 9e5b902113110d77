//! Where rules bind that took it over from the header of another file.

use super::{Consolidator, as_written};
use crate::ast::{ClauseKind, File, Head, Name, Statement};
use crate::fields::SELLER_PLACE;
use crate::model::Rule;

impl Consolidator<'_> {
    /// Whether the header's defaults cannot stand, because a rule of the file binds without them.
    pub(super) fn must_say_scope(&self, file: &File) -> bool {
        let (on, places) = defaults(file);
        let rules = file.statements.iter();
        let mut rules = rules.filter_map(|statement| self.rules.get(&statement.span));
        rules.any(|rule| {
            let says = |words: &str| self.says(rule, words);
            (rule.scope.platforms.is_empty() && !on.is_empty() && !says("on"))
                || (self.places(rule).is_empty() && !places.is_empty() && !says("in"))
        })
    }

    /// Where the seller must be.
    fn places<'r>(&self, rule: &'r Rule) -> &'r [String] {
        let mut places = rule.scope.places.iter();
        let place = places.find(|place| self.set.fields[place.field.at()].path == SELLER_PLACE);
        place.map_or(&[], |place| &place.written)
    }

    fn says(&self, rule: &Rule, words: &str) -> bool {
        let mut clauses = rule
            .clauses
            .iter()
            .filter_map(|span| self.clauses.get(span));
        clauses.any(|clause| clause.kind.words() == words)
    }

    /// The header, without the defaults that cannot stand.
    pub(super) fn header(&self, statement: &Statement, stripped: bool) -> String {
        let mut text = self.slice(statement.head_span).to_owned();
        for clause in &statement.clauses {
            let is_default = matches!(clause.kind, ClauseKind::On(_) | ClauseKind::In(_));
            if !(stripped && is_default) {
                text += &format!("\n  {}", self.slice(clause.span));
            }
        }
        text
    }

    /// The clauses that say what a rule takes over from a header, where its own does not say it.
    pub(super) fn scope_of(
        &self,
        file: &File,
        rule: &Rule,
        says_scope: bool,
        has: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let (on, places) = match says_scope {
            true => (Vec::new(), Vec::new()),
            false => defaults(file),
        };
        let mut clauses = Vec::new();
        for (words, own, default) in [
            ("on", rule.scope.platforms.as_slice(), on),
            ("in", self.places(rule), places),
        ] {
            if !has(words) && own != default && !own.is_empty() {
                let names: Vec<String> = own.iter().map(|name| as_written(name)).collect();
                clauses.push(format!("{words} {}", names.join(", ")));
            }
        }
        let policy = &self.set.policies[rule.policy.at()];
        if !has("layer") && rule.layer != policy.layer {
            clauses.push(format!("layer {}", rule.layer));
        }
        clauses
    }
}

/// What the header of a file says for every rule in it, sorted as models have it.
fn defaults(file: &File) -> (Vec<String>, Vec<String>) {
    let header = file.statements.first();
    let header = header.filter(|statement| matches!(statement.head, Head::Policy(_)));
    let (mut on, mut places) = (Vec::new(), Vec::new());
    for clause in header.into_iter().flat_map(|header| &header.clauses) {
        match &clause.kind {
            ClauseKind::On(names) => on = sorted(names),
            ClauseKind::In(names) => places = sorted(names),
            _ => {}
        }
    }
    (on, places)
}

fn sorted(names: &[Name]) -> Vec<String> {
    let mut values: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
    values.sort();
    values.dedup();
    values
}

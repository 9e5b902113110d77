//! Exceptions that never apply.

use std::collections::BTreeMap;

use interdict_matcher::artifact::NEVER;

use super::{ONE, Prover};
use crate::diagnostic::Code;
use crate::ir::{Atom, Node, NodeId, Rule};
use crate::solve::Claim;
use crate::solve::rules::{Window, holds};

impl Prover<'_> {
    /// Looks at each exception of each rule that fires at all. A rule that was amended has several
    /// texts; an exception is idle if it lifts none of them.
    pub(super) fn exceptions(&mut self) {
        let program = self.program;
        let mut idle: BTreeMap<(&str, &str), Option<(usize, String)>> = BTreeMap::new();
        for (place, rule) in program.rules.iter().enumerate() {
            if rule.reading.is_some() || self.shown[place].is_none() {
                continue;
            }
            let unsure = Window::is_in_doubt(self.world(), rule);
            for (id, condition) in &rule.exceptions {
                let key = (rule.id.as_str(), id.as_str());
                if self.is_former(*condition) || matches!(idle.get(&key), Some(None)) {
                    continue;
                }
                let mut claims = holds(self.program, ONE, rule.condition);
                claims.extend(holds(self.program, ONE, *condition));
                let why = (!unsure).then(|| self.never_meet(rule, &claims));
                match why.flatten() {
                    Some(why) => drop(idle.entry(key).or_insert(Some((place, why)))),
                    None => drop(idle.insert(key, None)),
                }
            }
        }
        let mut idle: Vec<_> = idle.into_iter().collect();
        idle.sort_by_key(|(_, found)| found.as_ref().map(|(place, _)| *place));
        for ((_, id), found) in idle {
            if let Some((place, why)) = found {
                self.never_applies(place, id, &why);
            }
        }
    }

    /// Whether a condition is that of something as it was held to be before more was published.
    pub(super) fn is_former(&self, condition: NodeId) -> bool {
        let is_former = |node: &NodeId| match self.program.nodes[*node as usize] {
            Node::Atom(atom) => matches!(
                self.program.atoms[atom as usize],
                Atom::Published(_, until) if until != NEVER
            ),
            _ => false,
        };
        match &self.program.nodes[condition as usize] {
            Node::And(parts) => parts.iter().any(is_former),
            _ => is_former(&condition),
        }
    }

    /// Whether claims exclude each other for as long as a rule binds; if so, what excludes what.
    pub(super) fn never_meet(&mut self, rule: &Rule, claims: &[Claim]) -> Option<String> {
        let window = Window::possible(self.world(), rule);
        let mut why = None;
        for at in self.instants(window, claimed(claims)) {
            let core = self.worlds.clash(at, claims)?;
            why = why.or(Some(core));
        }
        why.map(|core| self.shown_clash(claims, &core))
    }

    fn never_applies(&mut self, place: usize, exception: &str, why: &str) {
        let rule = &self.program.rules[place];
        let own = exception.strip_prefix(&format!("{}: ", rule.id));
        let (span, name) = match own {
            Some(words) => (self.clause(rule.span, words), words),
            None => (self.statement(exception), exception),
        };
        let message = format!("`{name}` never lifts `{}`", rule.id);
        let witness = self.shown[place].clone();
        let witness = witness.map(|witness| self.placed(witness, rule));
        let diagnostic = self.report(Code::ExceptionNeverApplies, rule, message);
        diagnostic.span = span.unwrap_or(diagnostic.span);
        (diagnostic.help, diagnostic.witness) = (Some(why.to_owned()), witness);
    }
}

/// The conditions that claims are about.
pub(super) fn claimed(claims: &[Claim]) -> impl Iterator<Item = NodeId> {
    claims.iter().filter_map(|claim| match claim {
        Claim::Node { node, .. } => Some(*node),
        Claim::Any(_) | Claim::All(_) | Claim::OneCategory => None,
    })
}

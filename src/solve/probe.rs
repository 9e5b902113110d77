//! Asks the matcher itself what a text mentions: a small policy with one rule a mention.
//!
//! Guards, phrases, masks and edges are the matcher's business; nothing of them is told twice.

use std::collections::BTreeSet;

use interdict_matcher::{FieldType, Instant, Matcher, Verdict};

use crate::ast::Dress;
use crate::emit::emit;
use crate::ir::{Atom, EmbeddedFile, Node, Program, Rule};

/// A mention in the numbers of one program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Local {
    pub(super) term: u32,
    pub(super) dress: Dress,
    pub(super) near: Option<(u32, u32)>,
    pub(super) mask: Option<u32>,
}

/// A matcher that says which mentions a text makes.
pub(super) struct Probe {
    asked: Vec<Local>,
    field: String,
    /// `None` if nothing is asked, or if the tables are too large for an artifact.
    matcher: Option<Matcher>,
}

impl Probe {
    /// A probe for everything that a program asks of texts.
    pub(super) fn of(program: &Program) -> Probe {
        let asked: Vec<Local> = asked(program).into_iter().collect();
        let texts = (0..).zip(&program.fields);
        let field = texts
            .into_iter()
            .find(|(_, one)| one.kind == FieldType::Text);
        let matcher = field.filter(|_| !asked.is_empty()).and_then(|(field, _)| {
            let bytes = emit(&probing(program, &asked, field), &[EmbeddedFile::empty()]);
            Matcher::from_bytes(bytes).ok()
        });
        Probe {
            asked,
            field: field.map_or(String::new(), |(_, field)| field.path.clone()),
            matcher,
        }
    }

    pub(super) fn asked(&self) -> &[Local] {
        &self.asked
    }

    /// The mentions that a text makes.
    pub(super) fn find(&self, text: &str, at: i64) -> Vec<Local> {
        let Some(matcher) = &self.matcher else {
            return Vec::new();
        };
        let json = serde_json::json!({ self.field.as_str(): text }).to_string();
        let Ok(item) = matcher.item(json.as_bytes()) else {
            return Vec::new();
        };
        let decision = matcher.decide(&item, Instant::from_unix_seconds(at));
        let numbers = decision
            .rules
            .iter()
            .filter_map(|rule| rule.id.parse().ok());
        let mut found: Vec<Local> = numbers
            .filter_map(|number: usize| self.asked.get(number).copied())
            .collect();
        found.sort();
        found
    }
}

/// The mentions that a program asks for, and those that they are as well.
fn asked(program: &Program) -> BTreeSet<Local> {
    let mut asked = BTreeSet::new();
    for atom in &program.atoms {
        let Atom::Mentions {
            term,
            dress,
            near,
            mask,
            ..
        } = atom
        else {
            continue;
        };
        let whole = Local {
            term: *term,
            dress: *dress,
            near: *near,
            mask: *mask,
        };
        let beside = near.map(|(term, _)| Local {
            term,
            dress: Dress::Any,
            near: None,
            mask: None,
        });
        asked.extend(beside);
        for near in [None, *near] {
            for mask in [None, *mask] {
                for dress in [Dress::Any, *dress] {
                    asked.insert(Local {
                        dress,
                        near,
                        mask,
                        ..whole
                    });
                }
            }
        }
    }
    asked
}

fn probing(program: &Program, asked: &[Local], field: u32) -> Program {
    let atoms = asked.iter().map(|local| Atom::Mentions {
        term: local.term,
        fields: vec![field],
        dress: local.dress,
        near: local.near,
        mask: local.mask,
    });
    let numbers = 0..u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let rules = numbers
        .clone()
        .map(|number| Rule::bare(number.to_string(), Verdict::Allow, number));
    let mut rules: Vec<Rule> = rules.collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Program {
        boundaries: program.boundaries.clone(),
        fields: program.fields.clone(),
        spellings: program.spellings.clone(),
        terms: program.terms.clone(),
        guards: program.guards.clone(),
        phrases: program.phrases.clone(),
        policies: program.policies.clone(),
        atoms: atoms.collect(),
        nodes: numbers.map(Node::Atom).collect(),
        rules,
        ..Program::default()
    }
}

//! What the guards and phrases of a term take away.
//!
//! In: a program and a term of it. Out: texts in which a mention stands near a guard or inside a
//! phrase, each judged by matchers that are compiled of that term alone, with and without them.

use interdict_matcher::{Instant, Layer, Matcher, Verdict};

use crate::ast::Dress;
use crate::emit::emit;
use crate::ir::{Atom, EmbeddedFile, Node, Owner, Phrase, Policy, Program, Rule, Spelling};
use crate::source::FileId;

/// A text that a guard or a phrase should make innocent, or should not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Innocent {
    /// The guard or the phrase.
    pub by: Shield,
    /// What was tried.
    pub text: String,
    /// What became of the mention in it.
    pub mention: Mention,
}

/// What takes mentions away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shield {
    /// `unless near`, with the most words between.
    Near(String, Option<u32>),
    /// `except phrase`
    Phrase(String),
}

/// What became of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention {
    /// It stands.
    Stands,
    /// It was taken away.
    Taken,
    /// There was none.
    Missing,
}

/// Tries every guard and phrase of a term, a place in `program.terms`.
pub fn innocent(program: &Program, term: u32) -> Vec<Innocent> {
    let own = program.spellings.iter();
    let Some(spelling) = own.clone().find(|one| one.owner == Owner::Term(term)) else {
        return Vec::new();
    };
    let mut trials = Vec::new();
    for one in own {
        match one.owner {
            Owner::Guard(guard) if program.guards[guard as usize].term == term => {
                let words = program.guards[guard as usize].words;
                let near = || Shield::Near(one.text.clone(), words);
                trials.push((near(), format!("{} {}", spelling.text, one.text)));
                if let Some(words) = words {
                    let between = " x".repeat(words as usize + 1);
                    trials.push((near(), format!("{}{between} {}", spelling.text, one.text)));
                }
            }
            Owner::Phrase(phrase) if program.phrases[phrase as usize] == Phrase::Term(term) => {
                trials.push((Shield::Phrase(one.text.clone()), one.text.clone()));
            }
            _ => {}
        }
    }
    if trials.is_empty() {
        return Vec::new();
    }
    let judges = [true, false].map(|shielded| asks(program, term, shielded));
    let judged = trials.into_iter().map(|(by, text)| {
        let [with, without] = judges.each_ref().map(|judge| mentions(judge, &text));
        let mention = match (with, without) {
            (true, _) => Mention::Stands,
            (false, true) => Mention::Taken,
            (false, false) => Mention::Missing,
        };
        Innocent { by, text, mention }
    });
    judged.collect()
}

/// Whether the rule of a matcher fires on a title.
fn mentions(matcher: &Option<Matcher>, title: &str) -> bool {
    let Some(matcher) = matcher else { return false };
    let item = serde_json::json!({ "title": title }).to_string();
    let Ok(item) = matcher.item(item.as_bytes()) else {
        return false;
    };
    let decision = matcher.decide(&item, Instant::from_unix_seconds(0));
    decision.verdict == Verdict::Ban
}

/// A matcher with one rule, which asks for a mention of the term; with or without what shields it.
fn asks(program: &Program, term: u32, shielded: bool) -> Option<Matcher> {
    let belongs = |spelling: &&Spelling| match spelling.owner {
        Owner::Term(one) => one == term,
        Owner::Guard(one) => shielded && program.guards[one as usize].term == term,
        Owner::Phrase(one) => shielded && program.phrases[one as usize] == Phrase::Term(term),
    };
    let always = |spelling: &Spelling| Spelling {
        since: 0,
        ..spelling.clone()
    };
    let asked = Program {
        fields: program.fields.clone(),
        spellings: program
            .spellings
            .iter()
            .filter(belongs)
            .map(always)
            .collect(),
        terms: program.terms.clone(),
        guards: program.guards.clone(),
        phrases: program.phrases.clone(),
        atoms: vec![Atom::Mentions {
            term,
            fields: Vec::new(),
            dress: Dress::Any,
            near: None,
            mask: None,
        }],
        nodes: vec![Node::Atom(0)],
        rules: vec![Rule::bare("disguise/mention".to_owned(), Verdict::Ban, 0)],
        policies: vec![policy()],
        ..Program::default()
    };
    Matcher::from_bytes(emit(&asked, &[EmbeddedFile::empty()])).ok()
}

fn policy() -> Policy {
    Policy {
        name: "disguise".to_owned(),
        title: None,
        zone: "UTC".to_owned(),
        layer: Layer::Platform,
        otherwise: None,
        file: FileId(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;
    use crate::lower::lower;
    use crate::parse::parse;
    use crate::source::Sources;

    #[test]
    fn guards_and_phrases_are_tried_with_and_without() {
        let text = "term ICO\n  unless near \"favicon\" within 1 words\n  unless near \"logo\"\n  \
                    except phrase \"ico fee\", \"co fee\"\n\nban term ICO effective 2018-01-01\n";
        let sources = Sources::from_texts([("x.policy", text)]);
        let (file, _) = parse(&sources.files()[0]);
        let (set, found) = check(&[file], &sources);
        let program = lower(&set.unwrap_or_else(|| panic!("{found:?}")));
        let tried: Vec<(String, Mention)> = innocent(&program, 0)
            .into_iter()
            .map(|trial| (trial.text, trial.mention))
            .collect();
        let expected = [
            ("ICO favicon", Mention::Taken),
            ("ICO x x favicon", Mention::Stands),
            ("ICO logo", Mention::Taken),
            ("ico fee", Mention::Taken),
            ("co fee", Mention::Missing),
        ];
        assert_eq!(
            tried,
            expected.map(|(text, mention)| (text.to_owned(), mention))
        );
    }
}

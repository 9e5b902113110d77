//! What compiles, and still deserves an author's look.

use std::collections::BTreeMap;

use super::Checker;
use super::names::Kind;
use crate::ast::{Clause, ClauseKind, Head, SourceKind, Statement};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold::fold_text;
use crate::model::{Edges, SourceId};
use crate::source::Span;

impl Checker<'_> {
    pub(super) fn warn(&mut self) {
        self.warn_names();
        self.warn_unused();
        for (file, statement) in self.statements() {
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => self.warn_rule(file, statement),
                Head::Term(name) => self.warn_term(&name.value, statement),
                _ => {}
            }
        }
    }

    fn warn_rule(&mut self, file: usize, statement: &Statement) {
        let Some((id, span)) = super::rules::own_id(statement) else {
            return;
        };
        let full = format!("{}/{id}", self.headers[file].name);
        let tested = self.set.tests.iter().any(|test| {
            let refs = [
                &test.expected.rules,
                &test.expected.upcoming,
                &test.expected.lifted,
            ];
            let expects = refs
                .into_iter()
                .flatten()
                .flatten()
                .any(|one| full == *one || full.ends_with(&format!("/{one}")));
            expects
                || test
                    .name
                    .strip_prefix(&full)
                    .is_some_and(|rest| rest.starts_with(" example"))
        });
        if !tested {
            let message = format!("no example and no test shows what `{id}` does");
            self.report(Code::UntestedRule, span, message).help = Some(format!(
                "add `example {} \"…\"` with a text that it must decide",
                self.verdict_of(&full, statement)
            ));
        }
        for clause in &statement.clauses {
            if let ClauseKind::SometimeIn(when) = &clause.kind {
                let message = format!("nobody knows on which day of `{}` this starts", when.value);
                self.report(Code::VagueDate, clause.span, message).help =
                    Some("until the month is over, what it covers is decided `review`".to_owned());
            }
        }
        self.warn_press_only(&statement.clauses, span);
    }

    /// The verdict of a rule; an extension has that of its base.
    fn verdict_of(&self, id: &str, statement: &Statement) -> &'static str {
        let rule = self.set.rules.iter().find(|rule| rule.id == id);
        rule.map_or(statement.head.word(), |rule| rule.verdict.word())
    }

    fn warn_press_only(&mut self, clauses: &[Clause], span: Span) {
        let mut kinds = Vec::new();
        for clause in clauses {
            let ClauseKind::From(citation) = &clause.kind else {
                continue;
            };
            let number = self.names.number(Kind::Source, &citation.source.value);
            kinds.extend(number.map(|number| self.set.sources[SourceId(number).at()].kind));
        }
        if !kinds.is_empty() && kinds.iter().all(|kind| *kind == SourceKind::Press) {
            let message = "this rule rests on press reports alone";
            self.report(Code::PressOnlySource, span, message).help =
                Some("cite the issuer's own text when it can be had".to_owned());
        }
    }

    fn warn_term(&mut self, name: &str, statement: &Statement) {
        let Some(number) = self.names.number(Kind::Term, name) else {
            return;
        };
        let term = self.set.terms[number as usize].clone();
        let mut seen: BTreeMap<Vec<u32>, String> = BTreeMap::new();
        for clause in &statement.clauses {
            let ClauseKind::Also {
                texts,
                folds,
                since,
            } = &clause.kind
            else {
                continue;
            };
            for text in texts {
                let key: Vec<u32> = fold_text(&text.value)
                    .iter()
                    .map(|symbol| symbol.symbol)
                    .collect();
                let letters = key
                    .iter()
                    .filter(|&&symbol| char::from_u32(symbol).is_some_and(char::is_alphanumeric))
                    .count();
                let anywhere = term
                    .spellings
                    .iter()
                    .any(|one| one.text == text.value && one.edges == Edges::Anywhere);
                if anywhere && letters <= 3 && term.guards.is_empty() && term.phrases.is_empty() {
                    self.warn_short(text.span, &text.value);
                }
                let plain = folds.is_none() && since.is_none();
                if let Some(first) = seen
                    .get(&key)
                    .filter(|first| plain && **first != text.value)
                {
                    let message = format!("`{}` is found as `{first}` already", text.value);
                    self.diagnostics.push(
                        Diagnostic::new(Code::SpellingSwallowed, text.span, message)
                            .help("take one of them out; case, width and look-alike letters are all found"),
                    );
                }
                if plain {
                    seen.entry(key).or_insert_with(|| text.value.clone());
                }
            }
        }
    }

    fn warn_short(&mut self, span: Span, text: &str) {
        let message = format!("`{text}` is short, and is looked for inside other words");
        self.report(Code::ShortTermUnguarded, span, message).help = Some(
            "add `whole words`, or `unless near` and `except phrase` for its innocent neighbours"
                .to_owned(),
        );
    }

    fn warn_unused(&mut self) {
        let kinds = [
            Kind::Term,
            Kind::Group,
            Kind::List,
            Kind::Source,
            Kind::Law,
            Kind::Event,
        ];
        let mut unused = Vec::new();
        for kind in kinds {
            for (name, span) in self.names.all(kind) {
                if !self.used.contains(&(kind, name)) {
                    unused.push((kind, name, span));
                }
            }
        }
        for (kind, name, span) in unused {
            let message = format!("nothing uses the {} `{name}`", kind.word());
            self.report(Code::UnusedDefinition, span, message).help =
                Some("use it, or take it out".to_owned());
        }
    }

    /// A name such as `ІCO` with a Cyrillic letter is never the name that it looks like.
    fn warn_names(&mut self) {
        let mut mixed: Vec<(String, Span)> = Vec::new();
        let kinds = [
            Kind::Term,
            Kind::Category,
            Kind::Group,
            Kind::List,
            Kind::Source,
            Kind::Law,
            Kind::Claim,
            Kind::Event,
        ];
        for kind in kinds {
            let names = self.names.all(kind).filter(|(name, _)| mixes_scripts(name));
            mixed.extend(names.map(|(name, span)| (name.to_owned(), span)));
        }
        for (name, span) in mixed {
            let message = format!("the name `{name}` mixes letters of scripts that look alike");
            self.report(Code::MixedScriptName, span, message).help =
                Some("write it in one script, so that others can type the same name".to_owned());
        }
    }
}

fn mixes_scripts(name: &str) -> bool {
    let latin = name
        .chars()
        .any(|c| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}'));
    let alike = name.chars().any(
        |c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}' | '\u{530}'..='\u{58F}'),
    );
    latin && alike
}

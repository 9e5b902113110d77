//! What compiles, and still deserves an author's look.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::Folds;
use interdict_statement::{Part, known};

use super::Checker;
use super::names::Kind;
use crate::ast::{Clause, ClauseKind, Head, Name, SourceKind, Statement, Text};
use crate::diagnostic::Code;
use crate::fold::fold_text;
use crate::model::{Edges, PolicySet, SourceId, names_of};
use crate::source::Span;

/// What tests and examples show, and the verdicts of rules, by their ids.
struct Shown {
    /// Ids as tests name them: whole, or by their last part.
    expected: BTreeSet<String>,
    /// Whole ids of what has an example.
    examples: BTreeSet<String>,
    verdicts: BTreeMap<String, &'static str>,
}

impl Shown {
    fn of(set: &PolicySet) -> Shown {
        let expected = set.tests.iter().flat_map(|test| {
            let test = &test.expected;
            [&test.rules, &test.upcoming, &test.lifted]
                .into_iter()
                .flatten()
                .flatten()
        });
        let examples = set.tests.iter().filter(|test| test.example);
        let examples = examples.filter_map(|test| test.name.split_once(" example"));
        let verdicts = set.rules.iter();
        Shown {
            expected: expected.cloned().collect(),
            examples: examples.map(|(id, _)| id.to_owned()).collect(),
            // Of the rows of a rule the first one counts.
            verdicts: verdicts
                .rev()
                .map(|rule| (rule.id.clone(), rule.verdict.word()))
                .collect(),
        }
    }

    fn shows(&self, id: &str) -> bool {
        self.examples.contains(id) || names_of(id).any(|name| self.expected.contains(name))
    }

    /// The verdict of a rule; an extension has that of its base.
    fn verdict_of(&self, id: &str, statement: &Statement) -> &'static str {
        let verdict = self.verdicts.get(id).copied();
        verdict.unwrap_or_else(|| statement.head.word())
    }
}

impl Checker<'_> {
    pub(super) fn warn(&mut self) {
        self.warn_names();
        self.warn_unused();
        let shown = Shown::of(&self.set);
        for (file, statement) in self.statements() {
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => self.warn_rule(file, statement, &shown),
                Head::Event(_) => self.warn_vague(
                    statement,
                    "happened",
                    "for that time, what starts or ends with it is decided `review`",
                ),
                Head::Term(name) => {
                    self.warn_term(name, statement);
                    self.warn_idle_folds(name, statement);
                }
                Head::Terms(name) => self.warn_idle_folds(name, statement),
                _ => {}
            }
        }
    }

    fn warn_rule(&mut self, file: usize, statement: &Statement, shown: &Shown) {
        let Some((id, span)) = super::rules::own_id(statement) else {
            return;
        };
        let full = format!("{}/{id}", self.headers[file].name);
        if !shown.shows(&full) {
            let message = format!("no example and no test shows what `{id}` does");
            self.report(Code::UntestedRule, span, message).help = Some(format!(
                "add `example {} \"…\"` with a text that it must decide",
                shown.verdict_of(&full, statement)
            ));
        }
        self.warn_vague(
            statement,
            "starts",
            "until then, what it covers is decided `review`",
        );
        self.warn_press_only(&statement.clauses, span);
        self.warn_dsa(&statement.clauses);
    }

    /// Categories and keywords that no statement of reasons could be sent with.
    fn warn_dsa(&mut self, clauses: &[Clause]) {
        for clause in clauses {
            let ClauseKind::Dsa { category, keyword } = &clause.kind else {
                continue;
            };
            let names = [
                (Part::Category, "category", category),
                (Part::Keyword, "keyword", keyword),
            ];
            for (part, kind, name) in names {
                let Err(near) = known(part, &name.value) else {
                    continue;
                };
                let message = format!("the transparency database has no {kind} `{}`", name.value);
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "decisions by this rule cannot be exported as statements of reasons; its API documentation lists the names".to_owned(),
                };
                self.report(Code::UnknownDsaName, name.span, message).help = Some(help);
            }
        }
    }

    /// A day that lies somewhere within a stretch.
    fn warn_vague(&mut self, statement: &Statement, what: &str, help: &str) {
        for clause in &statement.clauses {
            let stretch = match &clause.kind {
                ClauseKind::SometimeIn(when) => format!("of `{}`", when.value),
                ClauseKind::SometimeBetween(first, last) => {
                    format!("between `{}` and `{}`", first.value, last.value)
                }
                _ => continue,
            };
            let message = format!("nobody knows on which day {stretch} this {what}");
            self.report(Code::VagueDate, clause.span, message).help = Some(help.to_owned());
        }
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

    fn warn_term(&mut self, name: &Name, statement: &Statement) {
        let Some(number) = self.names.number(Kind::Term, &name.value) else {
            return;
        };
        let term = &self.set.terms[number as usize];
        let anywhere = term
            .spellings
            .iter()
            .any(|one| one.edges == Edges::Anywhere);
        let folded = term.folds.contains(Folds::FOLD);
        let unguarded = anywhere && term.guards.is_empty() && term.phrases.is_empty();
        let mut seen: BTreeMap<Vec<u32>, String> = BTreeMap::new();
        let mut warned = Vec::new();
        for (text, plain) in written(name, statement) {
            let symbols = fold_text(&text.value);
            let letters = symbols
                .iter()
                .filter(|symbol| symbol.kind.is_word())
                .count();
            if unguarded && letters <= 3 {
                warned.push((Code::ShortTermUnguarded, text, String::new()));
            }
            let key = symbols.iter().map(|symbol| symbol.symbol).collect();
            match seen.get(&key) {
                Some(first) if plain && folded && *first != text.value => {
                    warned.push((Code::SpellingSwallowed, text, first.clone()));
                }
                None if plain => {
                    seen.insert(key, text.value.clone());
                }
                _ => {}
            }
        }
        for (code, text, first) in warned {
            match code {
                Code::SpellingSwallowed => self.warn_swallowed(text, &first),
                _ => self.warn_short(text.span, &text.value),
            }
        }
    }

    fn warn_swallowed(&mut self, text: &Text, first: &str) {
        let message = format!("`{}` is found as `{first}` already", text.value);
        self.report(Code::SpellingSwallowed, text.span, message)
            .help = Some(
            "take one of them out; case, width and look-alike letters are all found".to_owned(),
        );
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
            Kind::Calendar,
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
            Kind::Calendar,
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

/// The spellings of a term as they stand in it, and whether each has the term's own folds and time.
fn written<'s>(name: &'s Name, statement: &'s Statement) -> Vec<(&'s Text, bool)> {
    let also = statement
        .clauses
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Also {
                texts,
                folds,
                since,
            } => Some((texts, folds.is_none() && since.is_none())),
            _ => None,
        });
    let also = also.flat_map(|(texts, plain)| texts.iter().map(move |text| (text, plain)));
    [(name, true)].into_iter().chain(also).collect()
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

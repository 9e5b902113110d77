//! Terms: spellings, folds, guards and phrases.

use interdict_matcher::Folds;

use super::Checker;
use super::names::Kind;
use crate::ast::{Clause, ClauseKind, Head, Name, Statement, Text};
use crate::diagnostic::{Code, instead};
use crate::model::{Edges, Guard, Spelling, Term, TermId};
use crate::source::Span;

impl Checker<'_> {
    pub(super) fn define_terms(&mut self) {
        let mut terms: Vec<Term> = Vec::new();
        for (file, statement) in self.statements() {
            match &statement.head {
                Head::Term(name) => terms.push(self.term(file, name, statement, true)),
                Head::Terms(name) => terms.push(self.term(file, name, statement, false)),
                _ => {}
            }
        }
        terms.sort_by(|a, b| a.name.cmp(&b.name));
        terms.dedup_by(|a, b| a.name == b.name);
        self.set.terms = terms;
    }

    fn term(&mut self, file: usize, name: &Name, statement: &Statement, name_spells: bool) -> Term {
        let zone = self.headers[file].zone.clone();
        let mut term = Term {
            name: name.value.clone(),
            spellings: Vec::new(),
            guards: Vec::new(),
            phrases: Vec::new(),
            folds: self.term_folds(statement),
        };
        let (edges, since) = self.edges_and_since(statement, &zone);
        let plain = |text: &str, span| Spelling {
            text: text.to_owned(),
            folds: term.folds,
            edges,
            since,
            span,
        };
        let mut spellings = Vec::new();
        if name_spells && has_symbols(&name.value) {
            spellings.push(plain(&name.value, name.span));
        }
        for clause in &statement.clauses {
            match &clause.kind {
                ClauseKind::Also {
                    texts,
                    since: alias_since,
                    folds,
                } => {
                    let folds = folds.as_ref().map(|names| self.folds(names));
                    let since = alias_since.map(|when| when.value.start(&zone)).or(since);
                    for text in texts.iter().filter(|text| self.matchable(text)) {
                        let folds = folds.unwrap_or(term.folds);
                        spellings.push(Spelling {
                            folds,
                            since,
                            ..plain(&text.value, text.span)
                        });
                    }
                }
                ClauseKind::From(citation) => {
                    for (line, entry) in self.read_list(file, &citation.source) {
                        if has_symbols(&entry) {
                            spellings.push(plain(&entry, citation.source.span));
                        } else {
                            let message = format!(
                                "line {line} of `{}`, `{entry}`, holds nothing that a text could match",
                                citation.source.value
                            );
                            self.report(Code::NothingToMatch, citation.source.span, message);
                        }
                    }
                }
                ClauseKind::UnlessNear { texts, words } => term.guards.push(Guard {
                    texts: self.matchable_texts(texts),
                    words: words.map(|words| words.value),
                }),
                ClauseKind::ExceptPhrase(texts) => term.phrases.extend(self.matchable_texts(texts)),
                _ => {}
            }
        }
        let from_list = |clause: &Clause| matches!(clause.kind, ClauseKind::From(_));
        let listed = statement.clauses.iter().any(from_list);
        if spellings.is_empty() && !listed && !self.broken.contains(name.value.as_str()) {
            let message = format!("the term `{}` has no spelling", name.value);
            self.report(Code::MissingClause, name.span, message).help =
                Some("add `also \"…\"`, or `from \"file.txt\"` under `terms`".to_owned());
        }
        term.spellings = distinct(spellings);
        term
    }

    fn edges_and_since(
        &mut self,
        statement: &Statement,
        zone: &jiff::tz::TimeZone,
    ) -> (Edges, Option<i64>) {
        let (mut edges, mut since) = (Edges::Auto, None);
        for clause in &statement.clauses {
            let wanted = match &clause.kind {
                ClauseKind::WholeWords => Edges::WholeWords,
                ClauseKind::Anywhere => Edges::Anywhere,
                ClauseKind::Since(when) => {
                    since = Some(when.value.start(zone));
                    continue;
                }
                _ => continue,
            };
            if edges != Edges::Auto {
                self.report(
                    Code::ConflictingClauses,
                    clause.span,
                    "`whole words` and `anywhere` exclude each other",
                );
            }
            edges = wanted;
        }
        (edges, since)
    }

    fn term_folds(&mut self, statement: &Statement) -> Folds {
        let names = statement
            .clauses
            .iter()
            .find_map(|clause| match &clause.kind {
                ClauseKind::Fold(names) => Some(names),
                _ => None,
            });
        names.map_or(Folds::STANDARD, |names| self.folds(names))
    }

    fn folds(&mut self, names: &[Name]) -> Folds {
        let mut folds = Folds::EXACT;
        for name in names {
            let Some(found) = Folds::from_name(&name.value) else {
                let message = format!("there is no fold `{}`", name.value);
                let help = instead(&name.value, Folds::written_names());
                self.report(Code::UnknownFold, name.span, message).help = Some(help);
                continue;
            };
            folds |= found;
        }
        folds
    }

    fn matchable_texts(&mut self, texts: &[Text]) -> Vec<String> {
        let texts = texts.iter().filter(|text| self.matchable(text));
        texts.map(|text| text.value.clone()).collect()
    }

    fn matchable(&mut self, text: &Text) -> bool {
        let can = has_symbols(&text.value);
        if !can {
            let message = "this text holds nothing that another text could match";
            self.report(Code::NothingToMatch, text.span, message);
        }
        can
    }

    /// A term that stands for a text which a condition or a rule quotes.
    pub(super) fn inline_term(&mut self, text: &str, folds: Folds, span: Span) -> Option<TermId> {
        if !has_symbols(text) {
            let message = "this text holds nothing that another text could match";
            self.report(Code::NothingToMatch, span, message);
            return None;
        }
        let key = format!("{}\u{0}{text}", folds.bits());
        if let Some(&number) = self.inline_terms.get(&key) {
            return Some(TermId(number));
        }
        let number = u32::try_from(self.set.terms.len()).ok()?;
        self.inline_terms.insert(key, number);
        let spelling = Spelling {
            text: text.to_owned(),
            folds,
            edges: Edges::Auto,
            since: None,
            span,
        };
        self.set.terms.push(Term {
            name: text.to_owned(),
            spellings: vec![spelling],
            guards: Vec::new(),
            phrases: Vec::new(),
            folds,
        });
        Some(TermId(number))
    }

    /// A term by name, or by the quoted text itself if no term bears that name.
    pub(super) fn term_or_text(&mut self, value: &crate::ast::Value) -> Option<TermId> {
        if value.quoted && self.names.number(Kind::Term, &value.text).is_none() {
            return self.inline_term(&value.text, Folds::STANDARD, value.span);
        }
        self.resolve(Kind::Term, &value.text, value.span)
            .map(TermId)
    }
}

fn has_symbols(text: &str) -> bool {
    crate::fold::fold_text(text)
        .iter()
        .any(|symbol| !symbol.kind.is_blank())
}

/// Without repetitions, in the order written; the earliest start and the widest budget stay.
fn distinct(spellings: Vec<Spelling>) -> Vec<Spelling> {
    let mut seen = std::collections::HashSet::with_capacity(spellings.len());
    let is_new = spellings
        .iter()
        .map(|one| seen.insert((one.text.as_str(), one.folds.bits(), one.since)));
    let is_new: Vec<bool> = is_new.collect();
    let kept = spellings.into_iter().zip(is_new).filter(|(_, new)| *new);
    kept.map(|(spelling, _)| spelling).collect()
}

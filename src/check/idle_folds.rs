//! Folds that a term names without effect. What a preset brings along is nobody's slip.

use interdict_matcher::Folds;

use super::Checker;
use super::names::Kind;
use crate::ast::{ClauseKind, Name, Statement};
use crate::diagnostic::Code;
use crate::model::Spelling;
use crate::text_index::{SpellingSpec, idle};

impl Checker<'_> {
    pub(super) fn warn_idle_folds(&mut self, name: &Name, statement: &Statement) {
        let Some(number) = self.names.number(Kind::Term, &name.value) else {
            return;
        };
        let term = &self.set.terms[number as usize];
        let (spellings, folds) = (term.spellings.clone(), term.folds);
        for clause in &statement.clauses {
            let (named, concerned): (&[Name], Vec<&Spelling>) = match &clause.kind {
                ClauseKind::Fold(named) => {
                    let own = spellings.iter().filter(|one| one.folds == folds);
                    (named, own.collect())
                }
                ClauseKind::Also {
                    folds: Some(named),
                    texts,
                    ..
                } => {
                    let of_clause =
                        |one: &&Spelling| texts.iter().any(|text| text.value == one.text);
                    (named, spellings.iter().filter(of_clause).collect())
                }
                _ => continue,
            };
            for fold in named {
                self.warn_idle_fold(fold, named.len() > 1, &concerned);
            }
        }
    }

    fn warn_idle_fold(&mut self, name: &Name, beside_others: bool, spellings: &[&Spelling]) {
        let (message, reason) = match name.value.as_str() {
            "exact" | "plain" if beside_others => (
                format!("`{}` adds nothing to the folds beside it", name.value),
                "what is as written is always found",
            ),
            named => {
                let Some(fold) = Folds::from_name(named).filter(|fold| fold.count() == 1) else {
                    return;
                };
                let reasons = spellings.iter().map(|one| idle(&spec(one), fold));
                let Some(reason) = reasons
                    .collect::<Option<Vec<_>>>()
                    .and_then(|all| all.first().copied())
                else {
                    return;
                };
                let of = match spellings {
                    [only] => format!("`{}`", only.text),
                    _ => "any of these spellings".to_owned(),
                };
                (
                    format!("the fold `{named}` finds nothing more of {of}"),
                    reason,
                )
            }
        };
        self.report(Code::FoldWithoutEffect, name.span, message)
            .help = Some(format!("take it out: {reason}"));
    }
}

fn spec(spelling: &Spelling) -> SpellingSpec {
    SpellingSpec {
        text: spelling.text.clone(),
        folds: spelling.folds,
        edges: spelling.edges,
    }
}

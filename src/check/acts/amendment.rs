//! Amendments, and what may stand in them.

use std::collections::BTreeSet;

use crate::ast::{Clause, ClauseKind, Statement, Subject, Verdict};
use crate::check::Checker;
use crate::check::exceptions::Target;
use crate::check::texts::slot;
use crate::diagnostic::Code;
use crate::model::Life;
use crate::source::Span;

/// A change of the text of a rule or an exception.
#[derive(Debug, Clone)]
pub(in crate::check) struct Amendment<'a> {
    pub(in crate::check) file: usize,
    pub(in crate::check) statement: &'a Statement,
    pub(in crate::check) life: Life,
    /// From when it is known.
    pub(in crate::check) published: i64,
}

impl<'a> Amendment<'a> {
    /// The clauses that go into the text; the others are the act's own.
    pub(in crate::check) fn clauses(&self) -> impl Iterator<Item = &'a Clause> + use<'a> {
        let clauses = self.statement.clauses.iter();
        clauses.filter(|clause| {
            !matches!(
                clause.kind,
                ClauseKind::Effective(_)
                    | ClauseKind::Announced(_)
                    | ClauseKind::From(_)
                    | ClauseKind::Example(_)
            )
        })
    }

    /// The places in the text that it fills.
    pub(in crate::check) fn slots(&self) -> BTreeSet<&'static str> {
        self.clauses().map(|clause| slot(&clause.kind)).collect()
    }
}

impl<'a> Checker<'a> {
    /// Clauses that the amended rule or exception does not take, and an amendment without any.
    pub(super) fn refuse_misfits(&mut self, target: Target, amendment: &Amendment<'a>) {
        for clause in &amendment.statement.clauses {
            let Some((home, help)) = self.misfit(target, &clause.kind) else {
                continue;
            };
            let words = clause.kind.words();
            let message = format!("`{words}` does not belong in {home}");
            self.report(Code::MisplacedClause, clause.span, message)
                .help = Some(help.to_owned());
        }
        if amendment.clauses().next().is_none() {
            let message = "this `amend` changes nothing";
            let span = amendment.statement.head_span;
            self.report(Code::MissingClause, span, message).help = Some(
                "write the clauses that take the place of the rule's own: `via listing, shop`"
                    .to_owned(),
            );
        }
    }

    /// Where a clause does not belong, and why not.
    fn misfit(&self, target: Target, kind: &ClauseKind) -> Option<(String, &'static str)> {
        let Target::Rule(rule) = target else {
            let fits = matches!(
                kind,
                ClauseKind::When(_)
                    | ClauseKind::Effective(_)
                    | ClauseKind::Through(_)
                    | ClauseKind::Before(_)
                    | ClauseKind::UntilEvent(_)
                    | ClauseKind::Lasting(_)
                    | ClauseKind::DuringCalendar(_)
                    | ClauseKind::From(_)
                    | ClauseKind::Example(_)
            );
            let help = "an exception has `when`, and a time";
            return (!fits).then(|| ("an exception".to_owned(), help));
        };
        let verdict = self.set.rules[rule.at()].verdict;
        let subject = self.origins.get(&rule).map(|origin| origin.subject);
        let help = match kind {
            ClauseKind::To(_) if !matches!(verdict, Verdict::Restrict | Verdict::Require) => {
                "`to` goes with `restrict` and `require`"
            }
            ClauseKind::Wording { .. } if verdict != Verdict::Require => {
                "`wording` goes with `require`"
            }
            ClauseKind::SuchAs(_) | ClauseKind::Namely(_)
                if !matches!(subject, Some(Subject::Category(_))) =>
            {
                "it names members of a category, and the rule is about none"
            }
            ClauseKind::When(_) => "`when` goes with exceptions; a rule has `where`",
            _ => return None,
        };
        Some((format!("a `{verdict}`"), help))
    }

    /// Two acts of one day that say one clause differently.
    pub(super) fn refuse_conflicts(&mut self, target: Target, amendment: &Amendment<'a>) {
        let earlier = self.amendments.get(&target).into_iter().flatten();
        let same_day = earlier.filter(|one| one.life.certain == amendment.life.certain);
        let taken: Vec<(&str, Span)> = same_day
            .flat_map(Amendment::clauses)
            .map(|clause| (slot(&clause.kind), clause.span))
            .collect();
        for clause in amendment.clauses() {
            let found = taken.iter().find(|(one, _)| *one == slot(&clause.kind));
            if let Some(&(_, first)) = found {
                let words = clause.kind.words();
                let message = format!("two amendments of one day say `{words}`");
                let diagnostic = self.report(Code::ConflictingClauses, clause.span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                diagnostic.help = Some("say it in one of them".to_owned());
            }
        }
    }
}

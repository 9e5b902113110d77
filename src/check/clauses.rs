//! Which clause stands where, and how often.

use super::Checker;
use crate::ast::{Clause, ClauseKind, Head, Statement, Subject};
use crate::diagnostic::Code;
use crate::vocabulary::{clauses_of, heads_of, repeats, takes};

impl Checker<'_> {
    pub(super) fn place_clauses(&mut self) {
        for (_, statement) in self.statements() {
            self.place(statement);
        }
    }

    fn place(&mut self, statement: &Statement) {
        let head = statement.head.word();
        for (at, clause) in statement.clauses.iter().enumerate() {
            let words = clause.kind.words();
            if !takes(head, words) || misfit(&statement.head, &clause.kind) {
                self.misplaced(head, clause, words);
            } else if !repeats(words) {
                let mut before = statement.clauses[..at].iter();
                if let Some(first) = before.find(|one| one.kind.words() == words) {
                    let message = format!("`{words}` stands twice in this statement");
                    let diagnostic = self.report(Code::RepeatedClause, clause.span, message);
                    diagnostic
                        .related
                        .push((first.span, "first here".to_owned()));
                }
            }
        }
    }

    fn misplaced(&mut self, head: &str, clause: &Clause, words: &str) {
        let homes = heads_of(words);
        let message = format!("`{words}` does not belong under `{head}`");
        let help = match (words, homes.as_slice()) {
            (_, []) => format!(
                "`{head}` takes: {}",
                clauses_of(head).collect::<Vec<_>>().join(", ")
            ),
            ("absolute", _) => {
                "an `allow` lifts nothing by itself: `absolute` goes with what forbids or demands"
                    .to_owned()
            }
            ("overrides", _) => "only `allow` overrides another rule".to_owned(),
            ("to", _) => "`to` goes with `restrict` and `require`".to_owned(),
            ("wording", _) => "`wording` goes with `require`".to_owned(),
            ("at", _) => {
                "a source or a law is `at` an address in quotes, a test `at` an instant".to_owned()
            }
            ("such as" | "namely", _) => {
                format!("`{words}` names members of a category: write `{head} category NAME`")
            }
            (_, homes) => format!("`{words}` goes with {}", homes.join(", ")),
        };
        self.report(Code::MisplacedClause, clause.span, message)
            .help = Some(help);
    }
}

/// Clauses that the heads share by words, but not by what they hold, and clauses that only some of
/// the five modalities take.
fn misfit(head: &Head, kind: &ClauseKind) -> bool {
    match (head, kind) {
        (Head::Test(_), ClauseKind::AtUrl(_)) => true,
        (Head::Source(..) | Head::Law(..), ClauseKind::At(_)) => true,
        (Head::Rule(verdict, _), ClauseKind::Overrides(_)) => verdict.word() != "allow",
        (Head::Rule(verdict, _), ClauseKind::Absolute) => verdict.word() == "allow",
        (Head::Rule(verdict, _), ClauseKind::To(_)) => {
            !matches!(verdict.word(), "restrict" | "require")
        }
        (Head::Rule(verdict, _), ClauseKind::Wording { .. }) => verdict.word() != "require",
        (
            Head::Rule(_, subject) | Head::Extend(_, subject),
            ClauseKind::SuchAs(_) | ClauseKind::Namely(_),
        ) => !matches!(subject, Subject::Category(_)),
        _ => false,
    }
}

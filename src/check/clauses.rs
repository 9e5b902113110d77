//! Which clause stands where, and how often.

use super::Checker;
use crate::ast::{Clause, ClauseKind, Head, Statement};
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
                    diagnostic.related.push((first.span, "first here".to_owned()));
                }
            }
        }
    }

    fn misplaced(&mut self, head: &str, clause: &Clause, words: &str) {
        let homes = heads_of(words);
        let message = format!("`{words}` does not belong under `{head}`");
        let help = match homes.is_empty() {
            true => format!("`{head}` takes: {}", clauses_of(head).collect::<Vec<_>>().join(", ")),
            false => format!(
                "`{words}` goes with {}; `{head}` takes: {}",
                homes.join(", "),
                clauses_of(head).collect::<Vec<_>>().join(", ")
            ),
        };
        self.report(Code::MisplacedClause, clause.span, message).help = Some(help);
    }
}

/// Clauses that the heads share by words, but not by what they hold, and clauses that only some of
/// the five modalities take.
fn misfit(head: &Head, kind: &ClauseKind) -> bool {
    match (head, kind) {
        (Head::Test(_), ClauseKind::AtUrl(_)) => true,
        (Head::Source(..) | Head::Law(..), ClauseKind::At(_)) => true,
        (Head::Rule(verdict, _), ClauseKind::Overrides(_)) => verdict.word() != "allow",
        (Head::Rule(verdict, _), ClauseKind::To(_)) => !matches!(verdict.word(), "restrict" | "require"),
        (Head::Rule(verdict, _), ClauseKind::Wording(_)) => verdict.word() != "require",
        _ => false,
    }
}

impl ClauseKind {
    /// The clause's words, as `vocabulary` lists them.
    pub fn words(&self) -> &'static str {
        match self {
            ClauseKind::Effective(_) => "effective",
            ClauseKind::NoLaterThan(_) => "no later than",
            ClauseKind::SometimeIn(_) => "sometime in",
            ClauseKind::Announced(_) => "announced",
            ClauseKind::EnforcedSince(_) => "enforced since",
            ClauseKind::Through(_) => "through",
            ClauseKind::Before(_) => "before",
            ClauseKind::UntilEvent(_) => "until event",
            ClauseKind::DuringCalendar(_) => "during calendar",
            ClauseKind::Id(_) => "id",
            ClauseKind::On(_) => "on",
            ClauseKind::Via(_) => "via",
            ClauseKind::In(_) => "in",
            ClauseKind::Targeting(_) => "targeting",
            ClauseKind::ForMembers { .. } => "for members of",
            ClauseKind::Where(_) => "where",
            ClauseKind::To(_) => "to",
            ClauseKind::When(_) => "when",
            ClauseKind::Wording(_) => "wording",
            ClauseKind::ExceptCategory(_) => "except category",
            ClauseKind::ExceptWhen(_) => "except when",
            ClauseKind::ExceptPhrase(_) => "except phrase",
            ClauseKind::SuchAs(_) => "such as",
            ClauseKind::Namely(_) => "namely",
            ClauseKind::Comply { .. } => "items created before",
            ClauseKind::Under(_) => "under",
            ClauseKind::From(_) => "from",
            ClauseKind::Reading { .. } => "reading",
            ClauseKind::Penalty(_) => "penalty",
            ClauseKind::Layer(_) => "layer",
            ClauseKind::Overrides(_) => "overrides",
            ClauseKind::Supersedes { .. } => "supersedes",
            ClauseKind::Message { .. } => "message",
            ClauseKind::Appeal(_) => "appeal",
            ClauseKind::Dsa { .. } => "dsa",
            ClauseKind::Example(_) => "example",
            ClauseKind::Title(_) => "title",
            ClauseKind::Zone(_) => "zone",
            ClauseKind::Otherwise(_) => "otherwise",
            ClauseKind::Dated(_) => "dated",
            ClauseKind::Retrieved(_) => "retrieved",
            ClauseKind::Quote(_) => "quote",
            ClauseKind::Said(said) => said.stance.words(),
            ClauseKind::Also { .. } => "also",
            ClauseKind::Fold(_) => "fold",
            ClauseKind::WholeWords => "whole words",
            ClauseKind::Anywhere => "anywhere",
            ClauseKind::UnlessNear { .. } => "unless near",
            ClauseKind::Since(_) => "since",
            ClauseKind::Within(_) => "within",
            ClauseKind::Members(_) => "members",
            ClauseKind::Values(_) => "values",
            ClauseKind::NotYet => "not yet",
            ClauseKind::Given(_) => "given",
            ClauseKind::AtUrl(_) | ClauseKind::At(_) => "at",
            ClauseKind::Expect(_) => "expect",
        }
    }
}

//! Transitions: older items get time, by a date of their own.

use super::time::ALWAYS;
use super::{Checker, all};
use crate::ast::{ClauseKind, DateTest, Statement, Through, Transition};
use crate::diagnostic::Code;
use crate::model::{Expr, Life};

impl Checker<'_> {
    /// `items PATH before D comply through …` as an exception: what it asks, and when it ends.
    pub(super) fn transition(
        &mut self,
        file: usize,
        transition: &Transition,
    ) -> Option<(Expr, Life)> {
        let boundary = self.boundary(file, transition.before.value);
        let field = self.date(&transition.path)?;
        let older = Expr::Date(field, Some(DateTest::Before), boundary);
        match &transition.through {
            Through::Path(path) => {
                let over = Expr::Past(self.date(path)?, self.zone(file));
                Some((all(vec![older, Expr::Not(Box::new(over))]), ALWAYS))
            }
            Through::Date(when) => {
                let until = when.value.end(&self.headers[file].zone);
                let may_end = until;
                let life = Life {
                    may_end,
                    until,
                    ..ALWAYS
                };
                Some((older, life))
            }
        }
    }

    /// A transition that is over before its rule binds.
    pub(super) fn refuse_late_transitions(
        &mut self,
        file: usize,
        statement: &Statement,
        life: &Life,
    ) {
        for clause in &statement.clauses {
            let ClauseKind::Comply(Transition {
                through: Through::Date(when),
                ..
            }) = &clause.kind
            else {
                continue;
            };
            if when.value.end(&self.headers[file].zone) <= life.certain {
                let message = "older items must comply before this binds at all";
                self.report(Code::NeverApplies, when.span, message).help =
                    Some(format!("it takes effect {}", life.effective));
            }
        }
    }
}

//! What time says of a statement.

use interdict::model::Life;

use crate::decide::Evaluator;
use crate::truth::Truth;

impl Evaluator<'_> {
    /// Whether a statement is in force at the instant.
    pub(crate) fn in_force(&self, life: &Life) -> Truth {
        match self.at {
            at if at >= life.until => Some(false),
            at if at >= life.certain => Some(true),
            at if at >= life.possible => None,
            _ => Some(false),
        }
    }
}

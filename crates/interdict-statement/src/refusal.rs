//! Why a decision is not exported.

use std::fmt;

/// All that stands against a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Each of them; at least one.
    pub reasons: Vec<Reason>,
}

impl Refusal {
    /// Why no statement is due at all, if that is so; else something is missing or wrong.
    pub fn not_due(&self) -> Option<&Reason> {
        let mut reasons = self.reasons.iter();
        reasons.find(|one| matches!(one, Reason::Allowed | Reason::OutsideEea))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, reason) in self.reasons.iter().enumerate() {
            let comma = if at == 0 { "" } else { "; " };
            write!(formatter, "{comma}{reason}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// One thing that stands against a statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was restricted.
    #[error("no statement is due: the verdict is `allow`")]
    Allowed,
    /// It was restricted elsewhere.
    #[error("no statement is due: the restriction reaches no territory of the EEA")]
    OutsideEea,
    /// Nobody has decided.
    #[error("no rule is known to apply: a statement can be made once {needs} are known")]
    Undecided {
        /// What would settle it.
        needs: String,
    },
    /// A machine says `review`.
    #[error(
        "`review` is for a person: say `automated_decision` PARTIALLY or NOT_AUTOMATED once one has decided"
    )]
    Unreviewed,
    /// It is not said what was done.
    #[error(
        "the verdict is `{verdict}`: say what was done in `decision_visibility`, `decision_monetary`, `decision_provision` or `decision_account`"
    )]
    NoRestriction {
        /// What was decided.
        verdict: &'static str,
    },
    /// A field that the database demands.
    #[error("`{field}` is missing")]
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// A value that the enumeration does not hold.
    #[error("`{field}` cannot be `{value}`{hint}")]
    Unknown {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// What it may be.
        hint: String,
    },
    /// A date that is none, or too early, or before another.
    #[error("`{field}` is `{value}`: {problem}")]
    Date {
        /// The field.
        field: &'static str,
        /// What it says.
        value: String,
        /// What is wrong with that.
        problem: String,
    },
    /// A text that the database would not take.
    #[error("`{field}` {problem}")]
    Text {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The rule has no category.
    #[error("the rule `{rule}` has no `dsa` clause, which gives category and keyword")]
    NoCategory {
        /// The rule.
        rule: String,
    },
    /// The rule is law and names none.
    #[error("the rule `{rule}` is of the layer `law` and names no law: add `under LAW`")]
    NoLaw {
        /// The rule.
        rule: String,
    },
}

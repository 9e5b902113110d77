//! Rules, what lifts them, and what makes them worth evaluating.

use super::Record;
use crate::words::Words;

record! {
    /// A rule as it stands over one stretch of time.
    Rule {
        /// String: `policy/id`.
        id,
        /// The place in [`Verdict::ALL`](crate::Verdict::ALL).
        verdict,
        /// The place in [`Layer::ALL`](crate::Layer::ALL).
        layer,
        /// Row of `Policy`.
        policy,
        /// Node: the whole condition but exceptions and time.
        condition,
        /// Rows of [`Exception`].
        exceptions_start, exceptions_len,
        /// Epoch from which it is listed as upcoming.
        announced,
        /// Epoch from which it may bind.
        possible,
        /// Epoch from which it binds.
        certain,
        /// Epoch from which its penalties apply.
        enforced,
        /// Epoch that ends it.
        until,
        /// Epoch from which it is known to stand like that.
        known_from,
        /// Epoch from which something else is known.
        known_until,
        /// Epoch from which the rule binds, however it stands: its age among rules.
        since,
        /// String: the same in the author's words.
        effective,
        /// String: when it starts to stand as it does here, in the author's words.
        starts,
        /// Rows of [`Act`](super::Act): what gave it this text.
        acts_start, acts_len,
        /// The category of its subject, or `NONE`.
        category,
        /// Node: whether the item declares that category, or `NONE`.
        declared,
        /// Node: whether that category is recognised from the item, or `NONE`.
        recognised,
        /// Rows of `Citation`.
        citations_start, citations_len,
        /// Range: rows of `Law`.
        laws_start, laws_len,
        /// Rows of `Penalty`.
        penalties_start, penalties_len,
        /// Rows of `Message`.
        messages_start, messages_len,
        /// Rows of [`Wording`].
        wordings_start, wordings_len,
        /// String: where to appeal, or `NONE`.
        appeal,
        /// String: category of the statement of reasons, or `NONE`.
        dsa_category,
        /// String: its keyword, or `NONE`.
        dsa_keyword,
        /// String: the rival reading that this row stands for, or `NONE`.
        reading,
        /// Row of `File`.
        file,
        /// Line of the embedded text, from 1.
        line,
    }
}
record! {
    /// A text that a rule demands.
    Wording {
        /// Node: whether it is there.
        condition,
        /// Range: strings, one of which is enough.
        texts_start, texts_len,
        /// Range: fields to look in; empty: every text field.
        fields_start, fields_len,
    }
}
record! {
    /// What lifts one rule.
    Exception {
        /// String: `policy/name`, or the words of a clause.
        id,
        /// Node: whether it holds, its own time and exceptions included.
        condition,
    }
}
record! {
    /// A value that makes rules worth evaluating; sorted by `kind`, `a`, `b`, as are the rows that
    /// refine one.
    Trigger {
        /// One of the `TRIGGER_` constants.
        kind,
        /// See there.
        a,
        /// See there.
        b,
        /// Range: rules, ascending.
        rules_start, rules_len,
        /// Rows of `Refined`: values that further rules need besides this one. None in those rows
        /// themselves.
        refined_start, refined_len,
    }
}

/// Every item: `a`, `b` are 0.
pub const TRIGGER_ALWAYS: u32 = 0;
/// The item mentions term `a`.
pub const TRIGGER_TERM: u32 = 1;
/// The item declares category `a` or one within it.
pub const TRIGGER_CATEGORY: u32 = 2;
/// Field `a` holds string `b`.
pub const TRIGGER_VALUE: u32 = 3;
/// Field `a` is missing.
pub const TRIGGER_MISSING: u32 = 4;
/// No text field is there; `a` is 0.
pub const TRIGGER_NO_TEXT: u32 = 5;

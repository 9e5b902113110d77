//! Rules, what lifts them, and what makes them worth evaluating.

use super::*;
use crate::artifact::wide;
use crate::{Layer, Verdict};

record! {
    /// A rule as it stands over one stretch of time.
    Rule {
        /// `policy/id`.
        id: Text,
        /// What holds for an item for which it fires, from the mildest on.
        verdict: Word(Verdict::WORDS),
        /// Where its force comes from, from the lowest on.
        layer: Word(Layer::WORDS),
        /// The policy that it stands in.
        policy: Row(Section::Policies),
        /// The whole condition but exceptions and time.
        condition: Row(Section::Nodes),
        /// What lifts it.
        exceptions_start: Rows(Section::Exceptions),
        exceptions_len: Length,
        /// From when it is listed as upcoming.
        announced: Epoch,
        /// From when it may bind.
        possible: Epoch,
        /// From when it binds.
        certain: Epoch,
        /// From when its penalties apply.
        enforced: Epoch,
        /// The end.
        until: Epoch,
        /// From when it is known to stand like that.
        known_from: Epoch,
        /// From when something else is known.
        known_until: Epoch,
        /// From when the rule binds, however it stands: its age among rules.
        since: Epoch,
        /// The same in the author's words.
        effective: Text,
        /// When it starts to stand as it does here, in the author's words.
        starts: Text,
        /// What gave it this text.
        acts_start: Rows(Section::Acts),
        acts_len: Length,
        /// The category of its subject.
        category: MaybeRow(Section::Categories),
        /// Whether the item declares that category.
        declared: MaybeRow(Section::Nodes),
        /// Whether that category is recognised from the item.
        recognised: MaybeRow(Section::Nodes),
        /// Where it comes from.
        citations_start: Rows(Section::Citations),
        citations_len: Length,
        /// Its legal grounds.
        laws_start: Range(Section::Laws),
        laws_len: Length,
        /// What a violation costs.
        penalties_start: Rows(Section::Penalties),
        penalties_len: Length,
        /// What the seller is told.
        messages_start: Rows(Section::Messages),
        messages_len: Length,
        /// Texts that it demands.
        wordings_start: Rows(Section::Wordings),
        wordings_len: Length,
        /// Where to appeal.
        appeal: MaybeText,
        /// The category of the statement of reasons.
        dsa_category: MaybeText,
        /// Its keyword.
        dsa_keyword: MaybeText,
        /// The rival reading that this row stands for.
        reading: MaybeText,
        /// The text that it stands in.
        file: Row(Section::Files),
        /// The line there, from 1.
        line: Number,
    }
}
record! {
    /// A text that a rule demands.
    Wording {
        /// Whether it is there.
        condition: Row(Section::Nodes),
        /// The texts, one of which is enough.
        texts_start: Texts,
        texts_len: Length,
        /// The fields to look in; none: every text field.
        fields_start: Range(Section::Fields),
        fields_len: Length,
    }
}
record! {
    /// What lifts one rule.
    Exception {
        /// `policy/name`, or the words of a clause.
        id: Text,
        /// Whether it holds, its own time and exceptions included.
        condition: Row(Section::Nodes),
    }
}
record! {
    /// Something in an item that makes rules worth evaluating; sorted by `kind`, `a` and what `b`
    /// stands for, as are the rows that refine one.
    Trigger {
        /// What an item must hold.
        kind: Case(TRIGGERS),
        /// See the kind.
        a: Operand,
        /// See the kind.
        b: Operand,
        /// The rules, ascending.
        rules_start: Range(Section::Rules),
        rules_len: Length,
        /// What further rules need besides this; none in the rows of Refined themselves.
        refined_start: Rows(Section::Refined),
        refined_len: Length,
    }
}

cases! {
    /// What triggers are.
    TRIGGERS:
    /// Every item holds this.
    TRIGGER_ALWAYS = 0 {}
    /// Some text mentions a term.
    TRIGGER_TERM = 1 {
        /// The term.
        a: Row(Section::Terms),
    }
    /// The item declares a category, or one within it.
    TRIGGER_CATEGORY = 2 {
        /// The category.
        a: Row(Section::Categories),
    }
    /// A field is, or holds, a value.
    TRIGGER_VALUE = 3 {
        /// The field.
        a: Row(Section::Fields),
        /// The value.
        b: Text,
    }
    /// A field without a default is missing.
    TRIGGER_MISSING = 4 {
        /// The field.
        a: Row(Section::Fields),
    }
    /// No text field is there, or one is too long to be searched.
    TRIGGER_NO_TEXT = 5 {}
    /// A number lies in a span.
    TRIGGER_NUMBER = 6 {
        /// The field.
        a: Row(Section::Fields),
        /// The span, of places of numbers.
        b: Row(Section::Spans),
    }
    /// A date is a day in a span.
    TRIGGER_DAY = 7 {
        /// The field.
        a: Row(Section::Fields),
        /// The span, in days since 1970-01-01.
        b: Row(Section::Spans),
    }
    /// A date is an instant in a span.
    TRIGGER_INSTANT = 8 {
        /// The field.
        a: Row(Section::Fields),
        /// The span, in seconds since 1970-01-01T00:00Z.
        b: Row(Section::Spans),
    }
}
record! {
    /// From one place to another, both included, and how far its neighbours reach.
    Span {
        /// Of the first place.
        least_low: Low,
        /// Of the same.
        least_high: High,
        /// Of the last place.
        most_low: Low,
        /// Of the same.
        most_high: High,
        /// Of the greatest last place in its part of the list.
        reach_low: Low,
        /// Of the same.
        reach_high: High,
    }
}

impl Span {
    /// The first place.
    pub fn least(&self) -> i64 {
        wide(self.least_low, self.least_high)
    }

    /// The last place.
    pub fn most(&self) -> i64 {
        wide(self.most_low, self.most_high)
    }

    /// The greatest last place in its part of the list.
    pub fn reach(&self) -> i64 {
        wide(self.reach_low, self.reach_high)
    }
}

/// The place of a number among all numbers: places compare as numbers do.
pub fn place_of(number: f64) -> i64 {
    // Zero has two signs and one place.
    let bits = (number + 0.0).to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
}
record! {
    /// What an epoch begins with.
    Boundary {
        /// Of the seconds.
        low: Low,
        /// Of the same.
        high: High,
    }
}

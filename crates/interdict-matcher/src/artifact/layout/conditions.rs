//! What is asked of an item: conditions over questions.

use super::*;

record! {
    /// A condition: an operator over nodes with smaller numbers.
    Node {
        /// The operator.
        op: Case(NODES),
        /// See the operator.
        a: Operand,
        /// See the operator.
        b: Operand,
    }
}

cases! {
    /// The operators of conditions.
    NODES:
    /// Always true.
    NODE_TRUE = 0 {}
    /// Always false.
    NODE_FALSE = 1 {}
    /// All of its parts.
    NODE_AND = 2 {
        /// The parts.
        a: Range(Section::Nodes),
        b: Length,
    }
    /// One of its parts.
    NODE_OR = 3 {
        /// The parts.
        a: Range(Section::Nodes),
        b: Length,
    }
    /// The opposite of its part.
    NODE_NOT = 4 {
        /// The part.
        a: Row(Section::Nodes),
    }
    /// The answer to a question.
    NODE_ATOM = 5 {
        /// The question.
        a: Row(Section::Atoms),
    }
}

record! {
    /// A question with an answer of its own.
    Atom {
        /// What is asked.
        kind: Case(ATOMS),
        /// See the kind.
        a: Operand,
        /// See the kind.
        b: Operand,
        /// See the kind.
        c: Operand,
        /// See the kind.
        d: Operand,
        /// See the kind.
        e: Operand,
        /// See the kind.
        f: Operand,
    }
}

cases! {
    /// The kinds of questions.
    ATOMS:
    /// Whether a text mentions a term.
    ATOM_MENTIONS = 0 {
        /// The term.
        a: Row(Section::Terms),
        /// The fields to look in; none: every text field.
        b: Range(Section::Fields),
        c: Length,
        /// How it must be written.
        d: Word(&["any way", "disguised", "exact"]),
        /// What must stand near it.
        e: MaybeRow(Section::Nears),
        /// The mask whose phrases hide it; see Phrases.
        f: MaybeNumber,
    }
    /// Whether a field equals, or holds, one of some values.
    ATOM_IS = 1 {
        /// The field.
        a: Row(Section::Fields),
        /// The values, in ascending order of their bytes.
        b: Texts,
        c: Length,
    }
    /// How a number compares.
    ATOM_NUMBER = 2 {
        /// The field.
        a: Row(Section::Fields),
        /// How it must compare.
        b: Word(&["over", "below", "at least", "at most", "equal"]),
        /// Of the bits of a 64-bit IEEE 754 number.
        c: Low,
        /// Of the same.
        d: High,
    }
    /// How a date compares.
    ATOM_DATE = 3 {
        /// The field.
        a: Row(Section::Fields),
        /// How it must compare.
        b: Word(&["before", "after", "within"]),
        /// The first instant of the author's day, or the author's instant.
        c: Row(Section::Moments),
        /// The last second of the day, or the same instant.
        d: Row(Section::Moments),
    }
    /// Whether a field is there, or has a default.
    ATOM_KNOWN = 4 {
        /// The field.
        a: Row(Section::Fields),
    }
    /// Whether the item declares a category.
    ATOM_DECLARED = 5 {
        /// The category.
        a: Row(Section::Categories),
        /// 1 if none of those within it counts.
        b: Flag,
        /// 1 if an item that declares none is unknown rather than outside.
        c: Flag,
    }
    /// Whether the field of a group is, or holds, one of its members.
    ATOM_MEMBER = 6 {
        /// The group.
        a: Row(Section::Groups),
    }
    /// Whether the instant lies in an interval. It does from `b` on and before `c`, does not before `a`
    /// or from `d` on, and is unknown between.
    ATOM_IN_FORCE = 7 {
        /// From when it is uncertain.
        a: Epoch,
        /// From when it is certain.
        b: Epoch,
        /// From when it is uncertain again.
        c: Epoch,
        /// The end.
        d: Epoch,
        /// What to ask while the start is uncertain.
        e: Text,
        /// What to ask while the end is.
        f: Text,
    }
    /// Whether the instant lies in a window of a calendar.
    ATOM_DURING = 8 {
        /// The calendar.
        a: Row(Section::Calendars),
    }
    /// How two dates of the item compare.
    ATOM_ORDER = 9 {
        /// The field of the one.
        a: Row(Section::Fields),
        /// How it must lie to the other.
        b: Word(&["before", "after"]),
        /// The field of the other.
        c: Row(Section::Fields),
        /// The zone whose clock tells days.
        d: Row(Section::Zones),
    }
    /// Whether a date of the item is over.
    ATOM_PAST = 10 {
        /// The field.
        a: Row(Section::Fields),
        /// The zone whose clock tells days.
        b: Row(Section::Zones),
    }
    /// How long ago a date of the item is.
    ATOM_AGE = 11 {
        /// The field.
        a: Row(Section::Fields),
        /// How that must compare.
        b: Word(&["over", "below", "at least", "at most"]),
        /// With how many.
        c: Number,
        /// Of what.
        d: Word(&["days", "hours"]),
        /// The zone whose clock tells days.
        e: Row(Section::Zones),
    }
    /// Whether something is known.
    ATOM_PUBLISHED = 12 {
        /// From when.
        a: Epoch,
        /// Until when.
        b: Epoch,
    }
}

record! {
    /// A boundary in two measures, because an item may give a day or an instant.
    Moment {
        /// Of the seconds since 1970-01-01T00:00Z.
        low: Low,
        /// Of the same.
        high: High,
        /// The civil day in the policy's zone, in days since 1970-01-01.
        day: Signed,
    }
}
record! {
    /// A condition that stands for `category is N`; for explaining alone.
    InCategory {
        /// An `or` of what declares the category and what recognises it.
        node: Row(Section::Nodes),
        /// The category.
        category: Row(Section::Categories),
        /// 1 if none of those within it counts.
        exactly: Flag,
    }
}
record! {
    /// A condition that makes an item count as another kind of thing; ascending by node.
    Counting {
        /// That the item is of the one kind, at that time.
        node: Row(Section::Nodes),
        /// The kind of the item.
        part: Row(Section::Categories),
        /// What it counts as.
        whole: Row(Section::Categories),
        /// Since when, in the author's words.
        since: MaybeText,
        /// What says so.
        citations_start: Rows(Section::Citations),
        citations_len: Length,
    }
}
record! {
    /// `within N words of T`.
    Near {
        /// The other term.
        term: Row(Section::Terms),
        /// At most so many words between.
        words: Number,
    }
}

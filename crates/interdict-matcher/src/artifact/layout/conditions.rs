//! What is asked of an item: conditions over questions.

use super::Record;
use crate::words::Words;

record! {
    /// A condition: an operator over nodes with smaller numbers.
    Node {
        /// One of the `NODE_` constants.
        op,
        /// `and`, `or`: start of a range of nodes; `not`: the node; `atom`: the row of [`Atom`].
        a,
        /// `and`, `or`: length of the range.
        b,
    }
}

/// Always true.
pub const NODE_TRUE: u32 = 0;
/// Always false.
pub const NODE_FALSE: u32 = 1;
/// All of a range.
pub const NODE_AND: u32 = 2;
/// One of a range.
pub const NODE_OR: u32 = 3;
/// Not `a`.
pub const NODE_NOT: u32 = 4;
/// The atom `a`.
pub const NODE_ATOM: u32 = 5;

record! {
    /// A question with an answer of its own.
    Atom {
        /// One of the `ATOM_` constants, which say what the other words mean.
        kind,
        /// See there.
        a,
        /// See there.
        b,
        /// See there.
        c,
        /// See there.
        d,
        /// See there.
        e,
        /// See there.
        f,
    }
}

/// A text mentions: `a` term, `b`/`c` range of fields (empty: every text field), `d` dress
/// (0 any, 1 disguised, 2 exact), `e` row of [`Near`] or `NONE`, `f` mask or `NONE`.
pub const ATOM_MENTIONS: u32 = 0;
/// A field equals or holds one of: `a` field, `b`/`c` range of strings, sorted by their bytes.
pub const ATOM_IS: u32 = 1;
/// A number compares: `a` field, `b` test (0 over, 1 below, 2 at least, 3 at most, 4 is), `c`, `d` low
/// and high half of the bits of an `f64`.
pub const ATOM_NUMBER: u32 = 2;
/// A date compares: `a` field, `b` test (0 before, 1 after, 2 is), `c`, `d` rows of [`Moment`]: the
/// first and the last one of the author's day, or the author's instant twice.
pub const ATOM_DATE: u32 = 3;
/// A field is there: `a` field.
pub const ATOM_KNOWN: u32 = 4;
/// The item declares a category: `a` category, `b` 1 if none within it counts, `c` 1 if an item that
/// declares none is unknown rather than outside.
pub const ATOM_DECLARED: u32 = 5;
/// The field of a group is, or holds, one of its members: `a` group.
pub const ATOM_MEMBER: u32 = 6;
/// The instant lies in an interval: `a` uncertain from, `b` certain from, `c` uncertain again from,
/// `d` until (epochs), `e` string: the question to ask while the start is uncertain, `f` string: the
/// one while the end is.
pub const ATOM_IN_FORCE: u32 = 7;
/// The instant lies in a window of a calendar: `a` calendar.
pub const ATOM_DURING: u32 = 8;
/// Two dates of the item compare: `a` field, `b` test (0 before, 1 after), `c` the other field, `d` row
/// of [`Zone`](super::Zone).
pub const ATOM_ORDER: u32 = 9;
/// A date of the item is over: `a` field, `b` row of [`Zone`](super::Zone).
pub const ATOM_PAST: u32 = 10;
/// A date of the item is so long ago: `a` field, `b` test (0 over, 1 below, 2 at least, 3 at most), `c`
/// how many, `d` of what (0 days, 1 hours), `e` row of [`Zone`](super::Zone).
pub const ATOM_AGE: u32 = 11;

/// Something is known: `a` from when, `b` until when (epochs of what is known).
pub const ATOM_PUBLISHED: u32 = 12;

record! {
    /// A boundary in two measures, because an item may give a day or an instant.
    Moment {
        /// Low half of the seconds since 1970-01-01T00:00Z.
        low,
        /// High half.
        high,
        /// The civil day in the policy's zone, in days since 1970-01-01, as a two's complement.
        day,
    }
}
record! {
    /// A condition that stands for `category is N`; for explaining alone.
    InCategory {
        /// Node: an `or` of what declares and what recognises it.
        node,
        /// The category.
        category,
        /// 1 if none within it counts.
        exactly,
    }
}
record! {
    /// A condition that makes an item count as another kind of thing; ascending by node.
    Counting {
        /// Node: that the item is of the one kind, at that time.
        node,
        /// Category: the kind of the item.
        part,
        /// Category: what it counts as.
        whole,
        /// String: since when, in the author's words, or `NONE`.
        since,
        /// Rows of `Citation`.
        citations_start, citations_len,
    }
}
record! {
    /// `within N words of T`.
    Near {
        /// The other term.
        term,
        /// At most so many words between.
        words,
    }
}

//! What the policies speak of: fields, spellings, terms, categories, groups.

use super::Record;
use crate::words::Words;

record! {
    /// What the artifact was made with; one row.
    Meta {
        /// String: the compiler's version.
        compiler,
        /// String: the version of the Unicode data in the folding table.
        unicode,
        /// String: the version of the time zone data, empty if no zone but UTC was used.
        zone_data,
    }
}
record! {
    /// A field of the item; sorted by path.
    Field {
        /// String: `price.amount`.
        path,
        /// The place in [`FieldType::ALL`](crate::FieldType::ALL).
        kind,
        /// String: what a missing value stands for, or `NONE`.
        default,
    }
}
record! {
    /// What spellings of the text index stand for, from one of them up to the next row's: a list of
    /// a million has one row.
    Owner {
        /// The first spelling.
        first,
        /// One of the `OWNER_` constants.
        kind,
        /// The term, the guard or the phrase.
        row,
        /// The epoch from which the spellings count.
        since,
    }
}

/// [`Owner::row`] is a term.
pub const OWNER_TERM: u32 = 0;
/// [`Owner::row`] is a guard: near it a term does not count.
pub const OWNER_GUARD: u32 = 1;
/// [`Owner::row`] is a phrase: inside it a term does not count.
pub const OWNER_PHRASE: u32 = 2;

record! {
    /// A concept that texts mention.
    Term {
        /// String: its name.
        name,
        /// Whether it has guards (1) or not (0).
        guarded,
        /// Whether it has phrases (1) or not (0).
        phrased,
    }
}
record! {
    /// `unless near`: spellings that drop a hit of the term.
    Guard {
        /// The term.
        term,
        /// Within so many words; `NONE`: anywhere in the field.
        words,
    }
}
record! {
    /// `except phrase`: spellings that mask what lies inside them.
    Phrase {
        /// The term that it masks, or `NONE`.
        term,
        /// The mask (of a rule) that it belongs to, or `NONE`.
        mask,
    }
}
record! {
    /// A kind of thing; sorted by name.
    Category {
        /// String: its name.
        name,
        /// Range: the categories that it lies within, itself first.
        ancestors_start, ancestors_len,
    }
}
record! {
    /// A list of parties, or of values that come and go.
    Group {
        /// String: its name.
        name,
        /// The field that is held against it.
        field,
        /// Rows of [`Member`].
        members_start, members_len,
        /// 1 if it is a list of values.
        is_list,
        /// The epoch from which nobody knows further members.
        known_until,
        /// String: what to ask from then on.
        question,
    }
}
record! {
    /// A member of a group; sorted by the bytes of the name within its group.
    Member {
        /// String: its name.
        name,
        /// First epoch.
        since,
        /// The epoch that ends it.
        until,
    }
}
record! {
    /// Windows of time under a name.
    Calendar {
        /// String: its name.
        name,
        /// Rows of [`Window`].
        windows_start, windows_len,
        /// The epoch from which nobody knows further windows.
        known_until,
        /// String: what to ask from then on.
        question,
    }
}
record! {
    /// A window of a calendar; ascending and apart within the calendar.
    Window {
        /// First epoch.
        from,
        /// The epoch that ends it.
        until,
    }
}
record! {
    /// A time zone in which days of items are held against instants.
    Zone {
        /// String: its IANA name.
        name,
        /// Rows of [`Offset`].
        offsets_start, offsets_len,
        /// Low half of the second until which its clocks are known.
        known_low,
        /// High half.
        known_high,
    }
}
record! {
    /// What the clocks of a zone show from a second on; ascending within the zone, the first from always.
    Offset {
        /// Low half of the seconds since 1970-01-01T00:00Z.
        low,
        /// High half.
        high,
        /// How many seconds they are ahead of UTC, as a two's complement.
        ahead,
    }
}

//! What the policies speak of: strings, fields, spellings, terms, categories, groups, time.

use super::*;
use crate::FieldType;

record! {
    /// What the artifact was made with; one row.
    Meta {
        /// The compiler's version.
        compiler: Text,
        /// The version of the Unicode data in the folding table.
        unicode: Text,
        /// The version of the time zone data, empty if no zone but UTC was used.
        zone_data: Text,
    }
}
record! {
    /// The end of a string.
    StringEnd {
        /// How many bytes of the text stand before its end.
        end: Number,
    }
}
record! {
    /// A place of the pool.
    Index {
        /// What the range says that leads here.
        value: Number,
    }
}
record! {
    /// A field of the item; sorted by path.
    Field {
        /// Its path, such as `price.amount`.
        path: Text,
        /// What it may hold.
        kind: Word(FieldType::WORDS),
        /// What a missing value stands for.
        default: MaybeText,
    }
}
record! {
    /// What spellings of the text index stand for, from one of them up to the next row's: a list of
    /// a million has one row.
    Owner {
        /// The first spelling; see the text index.
        first: Number,
        /// What the spellings are of.
        kind: Case(OWNERS),
        /// Its row.
        row: Operand,
        /// From when the spellings count.
        since: Epoch,
    }
}

cases! {
    /// What spellings are of.
    OWNERS:
    /// A term.
    OWNER_TERM = 0 {
        /// The term.
        row: Row(Section::Terms),
    }
    /// A guard: near it a term does not count.
    OWNER_GUARD = 1 {
        /// The guard.
        row: Row(Section::Guards),
    }
    /// A phrase: inside it a term does not count.
    OWNER_PHRASE = 2 {
        /// The phrase.
        row: Row(Section::Phrases),
    }
}

record! {
    /// A concept that texts mention.
    Term {
        /// Its name.
        name: Text,
        /// 1 if it has guards.
        guarded: Flag,
        /// 1 if it has phrases.
        phrased: Flag,
    }
}
record! {
    /// `unless near`: spellings that drop a hit of the term.
    Guard {
        /// The term.
        term: Row(Section::Terms),
        /// Within how many words; none: anywhere in the field.
        words: MaybeNumber,
    }
}
record! {
    /// `except phrase`: spellings that mask what lies inside them.
    Phrase {
        /// The term that it masks.
        term: MaybeRow(Section::Terms),
        /// The mask that it belongs to: a number that a question names.
        mask: MaybeNumber,
    }
}
record! {
    /// A kind of thing; sorted by name.
    Category {
        /// Its name.
        name: Text,
        /// The categories that it lies within, itself first.
        ancestors_start: Range(Section::Categories),
        ancestors_len: Length,
    }
}
record! {
    /// A list of parties, or of values that come and go.
    Group {
        /// Its name.
        name: Text,
        /// The field that is held against it.
        field: Row(Section::Fields),
        /// Its members.
        members_start: Rows(Section::Members),
        members_len: Length,
        /// 1 if it is a list of values.
        is_list: Flag,
        /// From when nobody knows further members.
        known_until: Epoch,
        /// What to ask from then on.
        question: Text,
    }
}
record! {
    /// A member of a group; sorted by the bytes of the name within its group.
    Member {
        /// Its name.
        name: Text,
        /// From when it belongs.
        since: Epoch,
        /// The end.
        until: Epoch,
    }
}
record! {
    /// Windows of time under a name.
    Calendar {
        /// Its name.
        name: Text,
        /// Its windows.
        windows_start: Rows(Section::Windows),
        windows_len: Length,
        /// From when nobody knows further windows.
        known_until: Epoch,
        /// What to ask from then on.
        question: Text,
    }
}
record! {
    /// A window of a calendar; ascending and apart within the calendar.
    Window {
        /// From when.
        from: Epoch,
        /// The end.
        until: Epoch,
    }
}
record! {
    /// A time zone in which days of items are held against instants.
    Zone {
        /// Its IANA name.
        name: Text,
        /// What its clocks show.
        offsets_start: Rows(Section::Offsets),
        offsets_len: Length,
        /// Of the second until which its clocks are known.
        known_low: Low,
        /// Of the same.
        known_high: High,
    }
}
record! {
    /// What the clocks of a zone show from a second on; ascending within the zone, the first from always.
    Offset {
        /// Of the seconds since 1970-01-01T00:00Z.
        low: Low,
        /// Of the same.
        high: High,
        /// How many seconds the clocks are ahead of UTC.
        ahead: Signed,
    }
}

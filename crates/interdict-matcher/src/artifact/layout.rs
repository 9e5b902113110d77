//! The records of the artifact: each is a row of little-endian `u32` words.
//!
//! A *string* is a number of the string table, a *range* a start and a length in the pool of
//! indexes, a *node* a row of [`Node`], an *epoch* the number of boundaries that have passed.
//! [`NONE`] stands for "there is none" wherever a record says `or NONE`.

use crate::words::Words;

/// "There is none" in a word that otherwise numbers something.
pub const NONE: u32 = u32::MAX;

/// The epoch that never comes.
pub const NEVER: u32 = u32::MAX;

/// A row of a table.
pub trait Record: Sized {
    /// How many words a row has.
    const WORDS: usize;
    /// Reads the words from `at` on; missing words read as 0.
    fn read(words: Words<'_>, at: usize) -> Self;
    /// Appends the row.
    fn write(&self, out: &mut Vec<u8>);
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[allow(missing_docs, reason = "the length of a range shares the comment of its start")]
        pub struct $name { $($(#[$field_doc])* pub $field: u32,)* }

        impl Record for $name {
            const WORDS: usize = [$(stringify!($field),)*].len();

            fn read(words: Words<'_>, at: usize) -> Self {
                let mut at = at..;
                $name { $($field: words.get(at.next().unwrap_or(usize::MAX)),)* }
            }

            fn write(&self, out: &mut Vec<u8>) {
                $(out.extend_from_slice(&self.$field.to_le_bytes());)*
            }
        }
    };
}

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
        /// String: what a missing value stands for, or [`NONE`].
        default,
    }
}
record! {
    /// What a spelling of the text index stands for; one row a spelling, in its order.
    Spelling {
        /// One of the `OWNER_` constants.
        owner_kind,
        /// The term, the guard or the phrase.
        owner,
        /// The epoch from which it counts.
        since,
        /// String: as the author wrote it.
        text,
    }
}

/// [`Spelling::owner`] is a term.
pub const OWNER_TERM: u32 = 0;
/// [`Spelling::owner`] is a guard: near it a term does not count.
pub const OWNER_GUARD: u32 = 1;
/// [`Spelling::owner`] is a phrase: inside it a term does not count.
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
        /// Within so many words; [`NONE`]: anywhere in the field.
        words,
    }
}
record! {
    /// `except phrase`: spellings that mask what lies inside them.
    Phrase {
        /// The term that it masks, or [`NONE`].
        term,
        /// The mask (of a rule) that it belongs to, or [`NONE`].
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
    /// A party list.
    Group {
        /// String: its name.
        name,
        /// The field that names the party.
        field,
        /// Rows of [`Member`].
        members_start, members_len,
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
/// (0 any, 1 disguised, 2 exact), `e` row of [`Near`] or [`NONE`], `f` mask or [`NONE`].
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
/// A party is a member: `a` group.
pub const ATOM_MEMBER: u32 = 6;
/// The instant lies in an interval: `a` uncertain from, `b` certain from, `c` until (epochs),
/// `d` string: the question to ask while it is uncertain.
pub const ATOM_IN_FORCE: u32 = 7;

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
    /// `within N words of T`.
    Near {
        /// The other term.
        term,
        /// At most so many words between.
        words,
    }
}
record! {
    /// A rule as it stands over one stretch of time.
    Rule {
        /// String: `policy/id`.
        id,
        /// The place in [`Verdict::ALL`](crate::Verdict::ALL).
        verdict,
        /// The place in [`Layer::ALL`](crate::Layer::ALL).
        layer,
        /// Row of [`Policy`].
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
        /// String: when it starts, in the author's words.
        effective,
        /// The category of its subject, or [`NONE`].
        category,
        /// Node: whether the item declares that category, or [`NONE`].
        declared,
        /// Node: whether that category is recognised from the item, or [`NONE`].
        recognised,
        /// Rows of [`Citation`].
        citations_start, citations_len,
        /// Range: rows of [`Law`].
        laws_start, laws_len,
        /// Rows of [`Penalty`].
        penalties_start, penalties_len,
        /// Rows of [`Message`].
        messages_start, messages_len,
        /// String: where to appeal, or [`NONE`].
        appeal,
        /// String: category of the statement of reasons, or [`NONE`].
        dsa_category,
        /// String: its keyword, or [`NONE`].
        dsa_keyword,
        /// String: the rival reading that this row stands for, or [`NONE`].
        reading,
        /// Row of [`File`].
        file,
        /// Line of the embedded text, from 1.
        line,
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
    /// A value that makes rules worth evaluating; sorted by `kind`, `a`, `b`.
    Trigger {
        /// One of the `TRIGGER_` constants.
        kind,
        /// See there.
        a,
        /// See there.
        b,
        /// Range: rules, ascending.
        rules_start, rules_len,
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

record! {
    /// Where policy text comes from.
    Source {
        /// String: its name.
        name,
        /// String: `official`, `press` or `statement`.
        kind,
        /// String: its title.
        title,
        /// String: its date, or [`NONE`].
        dated,
        /// String: its address, or [`NONE`].
        url,
        /// String: when it was read, or [`NONE`].
        retrieved,
        /// String: its words, or [`NONE`].
        quote,
    }
}
record! {
    /// A rule's reference to a source.
    Citation {
        /// Row of [`Source`].
        source,
        /// String: the place in it, or [`NONE`].
        clause,
        /// String: its words, or [`NONE`].
        quote,
    }
}
record! {
    /// A legal ground.
    Law {
        /// String: its name.
        name,
        /// String: its title.
        title,
        /// String: its address, or [`NONE`].
        url,
    }
}
record! {
    /// What a violation costs.
    Penalty {
        /// String: its name.
        name,
        /// Points, or [`NONE`].
        points,
        /// Days, or [`NONE`].
        days,
        /// Node: whether it applies.
        condition,
    }
}
record! {
    /// What the seller is told.
    Message {
        /// String: the language.
        language,
        /// String: the text.
        text,
    }
}
record! {
    /// A policy of the set; sorted by name.
    Policy {
        /// String: its name.
        name,
        /// String: its title, or [`NONE`].
        title,
        /// String: its zone.
        zone,
        /// Row of [`File`].
        file,
    }
}
record! {
    /// A list that stood outside the grammar.
    List {
        /// String: its file.
        name,
        /// String: BLAKE3 of its bytes, hexadecimal.
        hash,
        /// How many entries it has.
        entries,
    }
}
record! {
    /// The text of a policy file, in its canonical layout.
    File {
        /// String: its name.
        name,
        /// String: its text.
        text,
    }
}

//! What decisions show beside the verdict, and where it all came from.

use super::Record;
use crate::words::Words;

record! {
    /// Where policy text comes from.
    Source {
        /// String: its name.
        name,
        /// String: `official`, `press` or `statement`.
        kind,
        /// String: its title.
        title,
        /// String: its date, or `NONE`.
        dated,
        /// String: its address, or `NONE`.
        url,
        /// String: when it was read, or `NONE`.
        retrieved,
        /// String: its words, or `NONE`.
        quote,
    }
}
record! {
    /// A rule's reference to a source.
    Citation {
        /// Row of [`Source`].
        source,
        /// String: the place in it, or `NONE`.
        clause,
        /// String: its words, or `NONE`.
        quote,
    }
}
record! {
    /// An act that amended a rule.
    Act {
        /// String: when it took effect, in the author's words.
        effective,
        /// Rows of [`Citation`].
        citations_start, citations_len,
    }
}
record! {
    /// A legal ground.
    Law {
        /// String: its name.
        name,
        /// String: its title.
        title,
        /// String: its address, or `NONE`.
        url,
    }
}
record! {
    /// What a violation costs.
    Penalty {
        /// String: its name.
        name,
        /// Points, or `NONE`.
        points,
        /// Days, or `NONE`.
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
        /// String: its title, or `NONE`.
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

//! What decisions show beside the verdict, and where it all came from.

use super::*;

record! {
    /// Where policy text comes from.
    Source {
        /// Its name.
        name: Text,
        /// `official`, `press` or `statement`.
        kind: Text,
        /// Its title.
        title: Text,
        /// Its date, in the author's words.
        dated: MaybeText,
        /// Its address.
        url: MaybeText,
        /// When it was read, in the author's words.
        retrieved: MaybeText,
        /// Its words.
        quote: MaybeText,
    }
}
record! {
    /// A reference to a source.
    Citation {
        /// The source.
        source: Row(Section::Sources),
        /// The place in it.
        clause: MaybeText,
        /// Its words there; if none, those of the source stand for them.
        quote: MaybeText,
    }
}
record! {
    /// An act that amended a rule.
    Act {
        /// When it took effect, in the author's words.
        effective: Text,
        /// What says so.
        citations_start: Rows(Section::Citations),
        citations_len: Length,
    }
}
record! {
    /// A legal ground.
    Law {
        /// Its name.
        name: Text,
        /// Its title.
        title: Text,
        /// Its address.
        url: MaybeText,
    }
}
record! {
    /// What a violation costs.
    Penalty {
        /// Its name.
        name: Text,
        /// Points.
        points: MaybeNumber,
        /// Days.
        days: MaybeNumber,
        /// Whether it applies.
        condition: Row(Section::Nodes),
    }
}
record! {
    /// What the seller is told.
    Message {
        /// The language.
        language: Text,
        /// The text.
        text: Text,
    }
}
record! {
    /// A policy of the set; sorted by name.
    Policy {
        /// Its name.
        name: Text,
        /// Its title.
        title: MaybeText,
        /// Its zone.
        zone: Text,
        /// Its text.
        file: Row(Section::Files),
    }
}
record! {
    /// A list that stood outside the grammar.
    List {
        /// Its file.
        name: Text,
        /// BLAKE3 of its bytes, hexadecimal.
        hash: Text,
        /// How many entries it has.
        entries: Number,
    }
}
record! {
    /// The text of a policy file, in its canonical layout.
    File {
        /// Its name.
        name: Text,
        /// Its text, in its canonical layout.
        text: Text,
    }
}

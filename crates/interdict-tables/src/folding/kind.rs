//! What a character is to the matcher: a letter, a digit, a separator, nothing.

use icu_properties::props::{
    BinaryProperty, DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory, Script,
    Uppercase,
};

/// The kinds of `matching.md`, as the table names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A letter of a script that puts spaces between words.
    Letter,
    Digit,
    /// Han, Kana, Hangul, Thai and kin: no spaces, so a term may stand anywhere.
    Han,
    Space,
    Line,
    Punct,
    /// Symbols, emoji, private use.
    Other,
    /// Seen by no reader: dropped everywhere.
    Ignorable,
    /// A combining mark that is dropped.
    Mark,
    /// The voicing marks of kana: dropped after anything else.
    Voice,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Letter => "letter",
            Kind::Digit => "digit",
            Kind::Han => "han",
            Kind::Space => "space",
            Kind::Line => "line",
            Kind::Punct => "punct",
            Kind::Other => "other",
            Kind::Ignorable => "ignorable",
            Kind::Mark => "mark",
            Kind::Voice => "voice",
        }
    }
}

/// The kind of a character that stands for itself.
pub(crate) fn of(c: char) -> Kind {
    use GeneralCategory as G;
    let script = Script::for_char(c);
    match c {
        '\u{3099}' | '\u{309A}' => return Kind::Voice,
        '\t' => return Kind::Space,
        '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' => return Kind::Line,
        '\u{30FC}' | '\u{3005}' | '\u{303B}' => return Kind::Han,
        _ if DefaultIgnorableCodePoint::for_char(c) => return Kind::Ignorable,
        _ => {}
    }
    match GeneralCategory::for_char(c) {
        G::Control | G::Format | G::Surrogate => Kind::Ignorable,
        G::SpaceSeparator => Kind::Space,
        G::LineSeparator | G::ParagraphSeparator => Kind::Line,
        G::NonspacingMark | G::EnclosingMark if drops(script) => Kind::Mark,
        G::DecimalNumber => Kind::Digit,
        G::ModifierLetter if matches!(script, Script::Common | Script::Inherited) => Kind::Punct,
        G::UppercaseLetter
        | G::LowercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter
        | G::LetterNumber
        | G::NonspacingMark
        | G::SpacingMark
        | G::EnclosingMark => letter(script),
        G::OtherSymbol | G::OtherNumber | G::Unassigned | G::PrivateUse => Kind::Other,
        _ => Kind::Punct,
    }
}

fn letter(script: Script) -> Kind {
    match script {
        Script::Han
        | Script::Hiragana
        | Script::Katakana
        | Script::Hangul
        | Script::Bopomofo
        | Script::Yi
        | Script::Thai
        | Script::Lao
        | Script::Khmer
        | Script::Myanmar
        | Script::Tibetan => Kind::Han,
        _ => Kind::Letter,
    }
}

/// Marks of these scripts only dress a letter; elsewhere they are part of the
/// spelling.
fn drops(script: Script) -> bool {
    matches!(
        script,
        Script::Common
            | Script::Inherited
            | Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Han
            | Script::Arabic
            | Script::Hebrew
            | Script::Syriac
    )
}

/// Whether the character can begin a hump of `camelCase`.
pub(crate) fn is_upper(c: char) -> bool {
    Uppercase::for_char(c)
}

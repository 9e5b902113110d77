//! The vocabulary of folds, and under each fold the ways to write a spelling.
//!
//! A way makes a sample of a spelling, or none where it changes nothing or makes no sense; what the
//! matcher makes of it is for the judge to say.

use interdict_matcher::Folds;

use super::shape::Shape;
use super::{edits, han, letters};
use crate::text_index::mirror::upside_down;

/// A fold and its ways.
pub(super) struct Chapter {
    pub(super) fold: Folds,
    /// What it covers, in a few words.
    pub(super) meaning: &'static str,
    /// What its ways are for, where a spelling has none.
    pub(super) none: &'static str,
    pub(super) ways: &'static [Way],
}

/// One way to write a spelling.
pub(super) struct Way {
    pub(super) how: &'static str,
    pub(super) make: fn(&Shape<'_>) -> Option<String>,
}

const fn way(how: &'static str, make: fn(&Shape<'_>) -> Option<String>) -> Way {
    Way { how, make }
}

const SEVERAL: &str = "for spellings of several letters";
const WORDS: &str = "for spellings that begin and end with a letter or digit";
const LATIN: &str = "for spellings in Latin letters";
const SPACED: &str = "for scripts that put spaces between words";
const HAN: &str = "for spellings in Han characters";

/// The folds in their order.
static VOCABULARY: [Chapter; 12] = [
    Chapter {
        fold: Folds::EXACT,
        meaning: "as written",
        none: "",
        ways: &[way("as written", |s| Some(s.text.to_owned()))],
    },
    Chapter {
        fold: Folds::FOLD,
        meaning: "case, width, accents, look-alikes, what no reader sees, escapes",
        none: "",
        ways: FOLD,
    },
    Chapter {
        fold: Folds::SPACED,
        meaning: "letters apart, words together",
        none: SEVERAL,
        ways: SPACED_WAYS,
    },
    Chapter {
        fold: Folds::STRETCHED,
        meaning: "letters repeated",
        none: "",
        ways: &[
            way("one letter thrice", edits::thrice),
            way("every letter twice", edits::twice),
        ],
    },
    Chapter {
        fold: Folds::GLUED,
        meaning: "in a longer word, with an edge to be seen",
        none: WORDS,
        ways: &[
            way("camel case", edits::camel_case),
            way("with a number", edits::numbered),
            way("underlined", edits::underlined),
        ],
    },
    Chapter {
        fold: Folds::LEET,
        meaning: "digits and signs for letters",
        none: LATIN,
        ways: &[
            way("one digit", |s| edits::one(s, letters::digit)),
            way("digits", |s| Some(s.each(letters::digit))),
            way("one sign", |s| edits::one(s, letters::sign)),
            way("signs", |s| Some(s.each(letters::sign))),
            way("one drawn letter", edits::drawn),
        ],
    },
    Chapter {
        fold: Folds::MASKED,
        meaning: "letters hidden",
        none: SPACED,
        ways: &[
            way("one letter", edits::masked),
            way("two letters", edits::masked_twice),
        ],
    },
    Chapter {
        fold: Folds::MIRROR,
        meaning: "backwards, upside down",
        none: SEVERAL,
        ways: &[
            way("backwards", |s| Some(edits::backwards(s))),
            way("upside down", |s| upside_down(&s.text.to_lowercase())),
        ],
    },
    Chapter {
        fold: Folds::SOUND,
        meaning: "as it sounds",
        none: HAN,
        ways: &[
            way("pinyin", |s| han::pinyin(s, " ")),
            way("pinyin, joined", |s| han::pinyin(s, "")),
            way("pinyin with tones", han::pinyin_with_numbers),
            way("one in pinyin", han::mixed),
            way("one that sounds alike", han::sounding_alike),
        ],
    },
    Chapter {
        fold: Folds::SHAPE,
        meaning: "as its characters look",
        none: HAN,
        ways: &[
            way("one in its parts", han::split),
            way("one as an emoji", han::emoji),
        ],
    },
    Chapter {
        fold: Folds::EMBEDDED,
        meaning: "in a longer word, without an edge",
        none: WORDS,
        ways: &[way("in a longer word", edits::embedded)],
    },
    Chapter {
        fold: Folds::FUZZY,
        meaning: "one edit",
        none: SPACED,
        ways: &[
            way("two letters swapped", edits::swapped),
            way("one letter dropped", edits::dropped),
            way("one letter doubled", edits::doubled),
            way("one letter more", edits::added),
            way("one letter replaced", edits::replaced),
        ],
    },
];

const FOLD: &[Way] = &[
    way("other case", |s| Some(edits::other_case(s.text))),
    way("full width", |s| Some(s.each(letters::full_width))),
    way("mathematical", |s| Some(s.each(letters::bold))),
    way("in circles", |s| Some(s.each(letters::circled))),
    way("emoji letters", |s| Some(s.each(letters::squared))),
    way("small capitals", |s| Some(s.each(letters::small_capital))),
    way("accents", |s| Some(s.each(letters::accented))),
    way("stacked marks", |s| Some(edits::marked(s))),
    way("zero-width spaces", |s| Some(edits::veiled(s, "\u{200B}"))),
    way("soft hyphen", |s| edits::parted(s, "\u{AD}")),
    way("Cyrillic letters", |s| Some(s.each(letters::cyrillic))),
    way("Greek letters", |s| Some(s.each(letters::greek))),
    way("right to left", |s| Some(edits::overridden(s))),
    way("HTML numbers", |s| Some(edits::html(s))),
    way("HTML tag", |s| edits::parted(s, "<b></b>")),
    way("percent escapes", |s| Some(edits::percent(s))),
    way("backslash escapes", |s| Some(edits::backslash(s))),
    way("older forms", |s| Some(s.each(han::traditional))),
    way("radicals", |s| Some(s.each(han::radical))),
    way("number in words", edits::number_in_words),
];

const SPACED_WAYS: &[Way] = &[
    way("blanks", |s| Some(edits::apart(s, " "))),
    way("points", |s| Some(edits::apart(s, "."))),
    way("uneven gaps", |s| Some(edits::uneven(s))),
    way("a letter a line", |s| Some(edits::apart(s, "\n"))),
    way("a point inside", |s| edits::parted(s, ".")),
    way("a blank inside", |s| edits::parted(s, " ")),
    way("words together", |s| Some(edits::joined(s, ""))),
    way("words hyphenated", |s| Some(edits::joined(s, "-"))),
    way("letters between", edits::filled),
];

/// Every sample of a spelling by its chapter, each text once.
pub(super) fn samples(shape: &Shape<'_>) -> Vec<(&'static Chapter, Vec<(&'static str, String)>)> {
    let mut known: Vec<String> = Vec::new();
    let chapters = VOCABULARY.iter().map(|chapter| {
        let mut samples = Vec::new();
        for way in chapter.ways {
            let text = (way.make)(shape).filter(|text| !known.contains(text));
            if let Some(text) = text {
                known.push(text.clone());
                samples.push((way.how, text));
            }
        }
        (chapter, samples)
    });
    chapters.collect()
}

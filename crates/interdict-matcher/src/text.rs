//! A text to its verified hits.
//!
//! In: the text sections of an artifact, and a text. Out: hits with their span in
//! the bytes of that text and the folds they needed. Characters become symbols,
//! symbols become coarse classes, and grams of squeezed classes name candidates. One that
//! stands plainly is a hit at once; any other is read again in the text and held against the
//! budget and the edge rules of its spelling. Time is linear in the text, and no
//! table and no text can make the scan panic.
//!
//! ```text
//! text ─ fold, class, squeeze ─► runs ─ grams ─► candidate ─ verify ─► hit
//! ```
//!
//! A text is read in several ways: as it is; without its escapes; with reversed
//! stretches turned round; and with letters for the signs that draw them. Masked
//! letters, homophones and single edits are found beside.
//!
//! *Squeezed*: separators are skipped and neighbours of one class are one. There are
//! up to three streams of runs, because a sign such as `!` may
//! part letters (`v!i!a`) or be one (`v!agra`), and a letter may part Han; see
//! `Reading`.

mod align;
mod batch;
mod class;
mod decode;
mod edges;
pub mod edit;
mod effect;
mod element;
mod filler;
mod fuzzy;
mod grams;
mod han_words;
mod innocent;
mod look;
mod masked;
mod net;
mod pass;
mod pattern;
mod scan;
mod sound;
mod squeeze;
mod straddle;
mod stream;
mod tables;
mod vector;
mod verify;

pub use effect::{Effect, narrow};
pub use grams::{
    ANCHOR_WORDS, BUCKET, GRAM_LENGTHS, Gram, GramHash, HEAD_LEAD, LEAD, REPEATED, print_of,
};
pub use han_words::HanWord;
pub use masked::MaskPrefix;
pub use scan::{ScanScratch, TextHit};
pub use straddle::Prices;
pub use tables::{
    COSTS_FROM, EDGES_FROM, ELEMENT_WORDS, ElementFlags, FRAGMENT_WORDS, HAS_FRAGMENTS,
    INNOCENT_WORDS, MAX_RUNS, OPTION_WORDS, PATTERN_WORDS, SECTIONS, STATE_WORDS, TextIndex,
};

/// How signs that may stand for a letter are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Signs part letters.
    Parting,
    /// Signs that some spelling knows are letters.
    Lettering,
    /// Only Han are letters; single letters, digits and strokes part them.
    Filled,
}

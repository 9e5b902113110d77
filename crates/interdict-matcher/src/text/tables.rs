//! The sections of a text index, their shape and their validation.
//!
//! ```text
//! fold index, fold blocks, fold parts      see `fold`
//! class index    1 word for 128 symbols    where their block starts
//! class blocks   1 word a symbol           its coarse class, 0: in no spelling
//! states         6 words a state           first child · class · fail · first output · output link · depth
//! root           1 word a class            the state after the root
//! outputs        1 word                    pattern
//! patterns       4 words                   spelling · first element · elements · runs
//! elements       3 words                   symbol and flags · character · class
//! spellings      4 words                   first byte · bytes · folds · edges (1 start, 2 end)
//! written        bytes                     the spellings as written
//! ```
//!
//! States are numbered breadth first with the children of a state side by side
//! and sorted by class, so a state needs no list of edges. One record more than
//! there are states ends the ranges.

use crate::fold::{BLOCK, FoldTable};
use crate::words::Words;

/// The names of the sections in their order.
pub const SECTIONS: [&str; 12] = [
    "fold-index",
    "fold-blocks",
    "fold-parts",
    "class-index",
    "class-blocks",
    "states",
    "root",
    "outputs",
    "patterns",
    "elements",
    "spellings",
    "written",
];

/// Words to a state.
pub const STATE_WORDS: usize = 6;
/// Words to a pattern.
pub const PATTERN_WORDS: usize = 4;
/// Words to an element.
pub const ELEMENT_WORDS: usize = 3;
/// Words to a spelling.
pub const SPELLING_WORDS: usize = 4;
/// The most runs of a pattern that the automaton follows; the verifier reads the
/// rest.
pub const MAX_RUNS: usize = 256;

/// Blocks of the class index: symbols have 20 bits.
pub(crate) const CLASS_BLOCKS: usize = (1 << 20) / BLOCK;

/// The flags of an element above its 20-bit symbol.
#[derive(Clone, Copy, Debug)]
pub struct ElementFlags;

impl ElementFlags {
    /// The symbol of the element.
    pub const SYMBOL: u32 = (1 << 20) - 1;
    /// The spelling's own character was folded, and not only in case or width.
    pub const FOLDED: u32 = 1 << 20;
    /// The spelling's own character is upper case.
    pub const UPPER: u32 = 1 << 21;
    /// The element is a gap between words.
    pub const GAP: u32 = 1 << 22;
    /// The gap is white space only.
    pub const BLANK: u32 = 1 << 23;
}

/// A text index, borrowed from an artifact.
#[derive(Clone, Copy, Debug)]
pub struct TextIndex<'a> {
    pub(crate) folding: FoldTable<'a>,
    pub(crate) class_index: Words<'a>,
    pub(crate) class_blocks: Words<'a>,
    pub(crate) states: Words<'a>,
    pub(crate) root: Words<'a>,
    pub(crate) outputs: Words<'a>,
    pub(crate) patterns: Words<'a>,
    pub(crate) elements: Words<'a>,
    pub(crate) spellings: Words<'a>,
    pub(crate) written: &'a [u8],
}

/// What a pattern is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub(crate) spelling: u32,
    pub(crate) first: usize,
    pub(crate) count: usize,
    pub(crate) runs: u32,
}

impl<'a> TextIndex<'a> {
    /// A view on the sections, in the order of [`SECTIONS`]. Nothing is checked:
    /// [`validate`](Self::validate) does that, once.
    pub fn new(sections: [&'a [u8]; 12]) -> TextIndex<'a> {
        let [fold_index, fold_blocks, fold_parts, rest @ ..] = sections;
        let [
            class_index,
            class_blocks,
            states,
            root,
            outputs,
            patterns,
            elements,
            spellings,
            written,
        ] = rest;
        TextIndex {
            folding: FoldTable::new(fold_index, fold_blocks, fold_parts),
            class_index: Words::new(class_index),
            class_blocks: Words::new(class_blocks),
            states: Words::new(states),
            root: Words::new(root),
            outputs: Words::new(outputs),
            patterns: Words::new(patterns),
            elements: Words::new(elements),
            spellings: Words::new(spellings),
            written,
        }
    }

    /// How many spellings the index holds.
    pub fn spellings(&self) -> u32 {
        (self.spellings.len() / SPELLING_WORDS) as u32
    }

    pub(crate) fn pattern(&self, pattern: u32) -> Pattern {
        let field = |word| self.patterns.field(pattern as usize, PATTERN_WORDS, word);
        Pattern {
            spelling: field(0),
            first: field(1) as usize,
            count: (field(2) as usize).min(self.elements.len() / ELEMENT_WORDS),
            runs: field(3),
        }
    }

    /// The bytes of a spelling as its author wrote it.
    pub(crate) fn written(&self, spelling: u32) -> &'a [u8] {
        let field = |word| {
            self.spellings
                .field(spelling as usize, SPELLING_WORDS, word)
        };
        let first = field(0) as usize;
        let end = first.saturating_add(field(1) as usize);
        self.written.get(first..end).unwrap_or(&[])
    }

    /// Whether every number in every section leads where it should, so that a
    /// scan finds what the compiler meant.
    pub fn validate(&self) -> Result<(), &'static str> {
        self.folding.validate()?;
        self.validate_classes()?;
        self.validate_states()?;
        self.validate_patterns()
    }

    fn validate_classes(&self) -> Result<(), &'static str> {
        if self.class_index.len() != CLASS_BLOCKS {
            return Err("the class index has the wrong length");
        }
        let reach = |i: usize| {
            (self.class_index.get(i) as usize).saturating_add(BLOCK) <= self.class_blocks.len()
        };
        if !(0..CLASS_BLOCKS).all(reach) {
            return Err("a block of classes lies outside its section");
        }
        let classes = self.root.len();
        if !(0..self.class_blocks.len()).all(|i| (self.class_blocks.get(i) as usize) < classes) {
            return Err("a symbol has an unknown class");
        }
        Ok(())
    }

    fn validate_states(&self) -> Result<(), &'static str> {
        let words = self.states.len();
        if words < 2 * STATE_WORDS || !words.is_multiple_of(STATE_WORDS) {
            return Err("the states have the wrong length");
        }
        let count = (words / STATE_WORDS - 1) as u32;
        if !(0..self.root.len()).all(|class| self.root.get(class) < count) {
            return Err("the root leads to no state");
        }
        for state in 0..count {
            let word = |word| self.states.field(state as usize, STATE_WORDS, word);
            let next = |word| self.states.field(state as usize + 1, STATE_WORDS, word);
            let children = word(0) > state && word(0) <= next(0) && next(0) <= count;
            let outputs = word(3) <= next(3) && next(3) as usize <= self.outputs.len();
            let back = state == 0 || (word(2) < state && word(4) < state);
            if !(children && outputs && back && (word(5) as usize) <= MAX_RUNS) {
                return Err("a state leads outside the automaton");
            }
        }
        Ok(())
    }

    fn validate_patterns(&self) -> Result<(), &'static str> {
        let patterns = self.patterns.len() / PATTERN_WORDS;
        let elements = self.elements.len() / ELEMENT_WORDS;
        if !(0..self.outputs.len()).all(|i| (self.outputs.get(i) as usize) < patterns) {
            return Err("a state ends an unknown pattern");
        }
        for number in 0..patterns {
            let pattern = self.pattern(number as u32);
            let inside =
                pattern.first.saturating_add(pattern.count) <= elements && pattern.count > 0;
            let runs = pattern.runs >= 1 && pattern.runs as usize <= MAX_RUNS;
            if !(inside && runs && pattern.spelling < self.spellings()) {
                return Err("a pattern leads outside the index");
            }
        }
        for spelling in 0..self.spellings() as usize {
            let first = self.spellings.field(spelling, SPELLING_WORDS, 0) as usize;
            let length = self.spellings.field(spelling, SPELLING_WORDS, 1) as usize;
            if first.saturating_add(length) > self.written.len() {
                return Err("a spelling lies outside its section");
            }
        }
        Ok(())
    }
}

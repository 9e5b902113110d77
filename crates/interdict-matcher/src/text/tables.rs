//! The sections of a text index, their shape and their validation.
//!
//! ```text
//! fold index, fold blocks, fold parts      see `fold`
//! class index    1 word for 128 symbols    where their block starts
//! class blocks   1 word a symbol           its coarse class, 0: in no spelling
//! states         5 words a state           first child · class · fail · first output · output link
//! root           1 word a class            the state after the root
//! outputs        1 word                    pattern that has no anchor
//! patterns       3 words, 1 more           spelling · first element · runs, folds it costs, bit 31: has fragments
//! elements       half a word               number of its kind, the low 16 bits
//! element pages  a byte                    the bits above; none where all are 0
//! element kinds  3 words                   symbol and flags · character · class
//! spellings      1 word, 1 more            first byte in `written`
//! needs          half a word a spelling    folds, and from bit 11 on edges (1 start, 2 end, 4 Han words)
//! written        bytes                     the spellings as written, one after the other
//! options        4 words                   the folds of all budgets together · lengths of grams, from bit 8 on those of heads · longest pattern · longest of Han
//! words          3 words                   two symbols · two symbols · cost (bit 16: a spelling itself): Han words, sorted
//! fragments      2 words                   pattern · first element, past the last: its parts that are common words; sorted
//! sound index, sound blocks                like the classes: a symbol's syllable
//! sound states, sound root, sound outputs  like the automaton, over syllables
//! sound pairs    1 word                    two symbols: neighbours in words, or 0 and a common one; sorted
//! innocents      3 words                   spelling · first byte · bytes in `written`: ordinary words it lies in; sorted
//! effect index, effect blocks              see `effect`
//! gram filter, gram buckets, gram anchors, gram leads; the same of heads: see `grams`
//! mask states, mask root, mask outputs     like the automaton: patterns whose letters may be masked
//! mask contexts  2 words                   a filter like that of the grams: the runs around a masked letter, see `masked`
//! edit sizes     1 word                    how many letters spellings have, a bit each: by their words and first letter
//! edit starts    1 word a bucket, and one  where its keys start
//! edit keys      2 words                   key · pattern: by bucket
//! edit ordinary  3 words                   five bits a letter: ordinary words one edit away; sorted
//! ```
//!
//! States are numbered breadth first with the children of a state side by side
//! and sorted by class, so a state needs no list of edges. One record more than
//! there are states ends the ranges; so it is with patterns and spellings. A policy has a
//! million elements and a few thousand kinds of them.

use super::class::ClassMap;
use super::edit::Edits;
use super::effect::EffectMap;
use super::grams::{Grams, HEAD_LEAD, LEAD};
use super::han_words::HanWords;
use super::net::Net;
use crate::fold::FoldTable;
use crate::folds::Folds;
use crate::words::Words;

/// The names of the sections in their order.
pub const SECTIONS: [&str; 44] = [
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
    "element-pages",
    "element-kinds",
    "spellings",
    "spelling-needs",
    "written",
    "options",
    "words",
    "fragments",
    "sound-index",
    "sound-blocks",
    "sound-states",
    "sound-root",
    "sound-outputs",
    "sound-pairs",
    "innocents",
    "effect-index",
    "effect-blocks",
    "gram-filter",
    "gram-buckets",
    "gram-anchors",
    "mask-states",
    "mask-root",
    "mask-outputs",
    "mask-contexts",
    "edit-sizes",
    "edit-starts",
    "edit-keys",
    "edit-ordinary",
    "gram-leads",
    "head-filter",
    "head-buckets",
    "head-anchors",
    "head-leads",
    "word-buckets",
];

/// Words to a state.
pub const STATE_WORDS: usize = 5;
/// Words to a pattern.
pub const PATTERN_WORDS: usize = 3;
/// Words to a kind of element.
pub const ELEMENT_WORDS: usize = 3;
/// Words to an ordinary word in which a spelling lies.
pub const INNOCENT_WORDS: usize = 3;
/// Words to a part of a pattern.
pub const FRAGMENT_WORDS: usize = 2;
/// The bit of a pattern's last word that says that it has fragments.
pub const HAS_FRAGMENTS: u32 = 1 << 31;
/// Where the folds stand in a pattern's last word.
pub const COSTS_FROM: u32 = 8;
/// Where the edges stand in the needs of a spelling.
pub const EDGES_FROM: u32 = 11;
/// The most runs of a pattern that are looked for; the verifier reads the rest.
pub const MAX_RUNS: usize = 255;
/// Words of the options.
pub const OPTION_WORDS: usize = 4;

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
    /// The gap may be there or not.
    pub const OPTIONAL: u32 = 1 << 24;
}

/// A text index, borrowed from an artifact.
#[derive(Clone, Copy, Debug)]
pub struct TextIndex<'a> {
    pub(crate) folding: FoldTable<'a>,
    pub(crate) classes: ClassMap<'a>,
    pub(crate) net: Net<'a>,
    pub(crate) patterns: Words<'a>,
    pub(super) elements: &'a [[u8; 2]],
    pub(super) pages: &'a [u8],
    pub(super) kinds: Words<'a>,
    pub(crate) spellings: Words<'a>,
    needs: &'a [[u8; 2]],
    pub(crate) written: &'a [u8],
    pub(crate) options: Words<'a>,
    pub(crate) words: HanWords<'a>,
    pub(crate) fragments: Words<'a>,
    pub(crate) syllables: ClassMap<'a>,
    pub(crate) sounds: Net<'a>,
    pub(crate) pairs: Words<'a>,
    pub(crate) innocents: Words<'a>,
    pub(crate) effects: EffectMap<'a>,
    /// Patterns by their rarest grams.
    pub(crate) grams: Grams<'a, LEAD>,
    /// Patterns that begin with a word, by their first runs.
    pub(crate) heads: Grams<'a, HEAD_LEAD>,
    pub(crate) masks: Net<'a>,
    pub(crate) mask_contexts: &'a [[u8; 8]],
    pub(crate) edits: Edits<'a>,
}

impl<'a> TextIndex<'a> {
    /// A view on the sections, in the order of [`SECTIONS`]. Nothing is checked:
    /// [`validate`](Self::validate) does that, once.
    pub fn new(sections: [&'a [u8]; SECTIONS.len()]) -> TextIndex<'a> {
        let [fold_index, fold_blocks, fold_parts, rest @ ..] = sections;
        let [class_index, class_blocks, states, root, outputs, rest @ ..] = rest;
        let [patterns, elements, pages, kinds, rest @ ..] = rest;
        let [spellings, needs, written, options, rest @ ..] = rest;
        let [words, fragments, rest @ ..] = rest;
        let [sound_index, sound_blocks, sound_states, rest @ ..] = rest;
        let [sound_root, sound_outputs, sound_pairs, innocents, rest @ ..] = rest;
        let [effect_index, effect_blocks, filter, buckets, rest @ ..] = rest;
        let [anchors, mask_states, mask_root, rest @ ..] = rest;
        let [mask_outputs, mask_contexts, rest @ ..] = rest;
        let [edit_sizes, edit_starts, edit_keys, edit_ordinary, rest @ ..] = rest;
        let [leads, head_filter, head_buckets, rest @ ..] = rest;
        let [head_anchors, head_leads, word_buckets] = rest;
        let options = Words::new(options);
        let lengths = options.get(1);
        let grams = [leads, filter, buckets, anchors];
        let heads = [head_leads, head_filter, head_buckets, head_anchors];
        TextIndex {
            folding: FoldTable::new(fold_index, fold_blocks, fold_parts),
            classes: ClassMap::new(class_index, class_blocks),
            net: Net::new(states, root, outputs),
            patterns: Words::new(patterns),
            elements: elements.as_chunks().0,
            pages,
            kinds: Words::new(kinds),
            spellings: Words::new(spellings),
            needs: needs.as_chunks().0,
            written,
            options,
            words: HanWords::new(word_buckets, words),
            fragments: Words::new(fragments),
            syllables: ClassMap::new(sound_index, sound_blocks),
            sounds: Net::new(sound_states, sound_root, sound_outputs),
            pairs: Words::new(sound_pairs),
            innocents: Words::new(innocents),
            effects: EffectMap::new(effect_index, effect_blocks),
            grams: Grams::new(grams, lengths & 255),
            heads: Grams::new(heads, lengths >> 8),
            masks: Net::new(mask_states, mask_root, mask_outputs),
            mask_contexts: mask_contexts.as_chunks().0,
            edits: Edits::new(edit_sizes, edit_starts, edit_keys, edit_ordinary),
        }
    }

    /// The index without what tells chance from disguise: its words, its neighbours and its
    /// innocents. It finds what it finds, and what is refused besides.
    #[must_use]
    pub fn credulous(self) -> TextIndex<'a> {
        TextIndex {
            words: HanWords::default(),
            fragments: Words::default(),
            pairs: Words::default(),
            innocents: Words::default(),
            edits: self.edits.credulous(),
            ..self
        }
    }

    /// Whether some spelling allows one of these folds.
    #[inline]
    pub(crate) fn uses(&self, folds: Folds) -> bool {
        Folds::from_bits(self.options.get(0)).contains(folds)
    }

    /// The runs of the longest pattern.
    pub(crate) fn longest(&self) -> usize {
        (self.options.get(2) as usize).min(MAX_RUNS)
    }

    /// The runs of the longest pattern of Han.
    pub(crate) fn longest_han(&self) -> usize {
        (self.options.get(3) as usize).min(MAX_RUNS)
    }

    /// What a spelling may look like.
    pub(crate) fn budget(&self, spelling: u32) -> Folds {
        let bits = self.needs_of(spelling) & ((1 << EDGES_FROM) - 1);
        Folds::from_bits(bits).budget()
    }

    /// Where a spelling needs a word edge: bit 0 at its start, bit 1 at its end;
    /// and bit 2 where Han words around it count.
    pub(crate) fn needs(&self, spelling: u32) -> u32 {
        self.needs_of(spelling) >> EDGES_FROM
    }

    #[inline]
    fn needs_of(&self, spelling: u32) -> u32 {
        let needs = self.needs.get(spelling as usize).copied();
        needs.map_or(0, |needs| u16::from_le_bytes(needs).into())
    }

    /// How many spellings the index holds.
    pub fn spellings(&self) -> u32 {
        self.needs.len() as u32
    }

    /// The bytes of a spelling as its author wrote it.
    pub(crate) fn written(&self, spelling: u32) -> &'a [u8] {
        let first = self.spellings.get(spelling as usize);
        let past = self.spellings.get((spelling as usize).saturating_add(1));
        self.stretch(first, past.saturating_sub(first))
    }

    /// A spelling as its author wrote it.
    pub fn spelling(&self, spelling: u32) -> &'a str {
        std::str::from_utf8(self.written(spelling)).unwrap_or("")
    }

    /// An ordinary word, and the spelling that lies in it.
    pub(crate) fn innocent(&self, number: usize) -> (u32, &'a [u8]) {
        let field = |word| self.innocents.field(number, INNOCENT_WORDS, word);
        (field(0), self.stretch(field(1), field(2)))
    }

    fn stretch(&self, first: u32, bytes: u32) -> &'a [u8] {
        let first = first as usize;
        let end = first.saturating_add(bytes as usize);
        self.written.get(first..end).unwrap_or(&[])
    }

    /// Whether every number in every section leads where it should, so that a
    /// scan finds what the compiler meant.
    pub fn validate(&self) -> Result<(), &'static str> {
        self.folding.validate()?;
        self.net.validate()?;
        self.masks.validate()?;
        self.classes.validate(self.net.classes())?;
        if self.masks.classes() != self.net.classes() {
            return Err("the masked patterns have other classes");
        }
        self.effects.validate()?;
        self.grams.validate(self.patterns())?;
        self.heads.validate(self.patterns())?;
        self.sounds.validate()?;
        self.syllables.validate(self.sounds.classes())?;
        self.edits.validate(self.patterns())?;
        self.validate_nets()?;
        self.validate_patterns()?;
        self.validate_spellings()?;
        self.validate_innocents()
    }

    fn validate_nets(&self) -> Result<(), &'static str> {
        let nets = [&self.net, &self.sounds, &self.masks];
        if !nets.iter().all(|net| net.leads_below(self.patterns())) {
            return Err("a state ends an unknown pattern");
        }
        if !self.mask_contexts.len().is_power_of_two() {
            return Err("the contexts of masks have the wrong length");
        }
        let options = self.options.len() == OPTION_WORDS;
        if !options || self.longest().max(self.longest_han()) > MAX_RUNS {
            return Err("the options have the wrong length");
        }
        Ok(())
    }

    fn validate_spellings(&self) -> Result<(), &'static str> {
        if self.spellings.len() != self.needs.len() + 1 {
            return Err("the spellings have the wrong length");
        }
        // What is not UTF-8 is found as its bytes, and shown as nothing.
        let mut last = 0;
        for spelling in 0..self.spellings.len() {
            let start = self.spellings.get(spelling);
            if start < last {
                return Err("spellings are out of order");
            }
            last = start;
        }
        if last as usize > self.written.len() {
            return Err("a spelling lies outside its section");
        }
        self.words.validate()?;
        match self.fragments.len().is_multiple_of(FRAGMENT_WORDS) {
            true => Ok(()),
            false => Err("the parts of patterns have the wrong length"),
        }
    }

    fn validate_innocents(&self) -> Result<(), &'static str> {
        for number in 0..self.innocents.len() / INNOCENT_WORDS {
            let field = |word| self.innocents.field(number, INNOCENT_WORDS, word) as usize;
            let inside = field(1).saturating_add(field(2)) <= self.written.len();
            if !inside || field(0) >= self.spellings() as usize {
                return Err("an ordinary word lies outside its section");
            }
        }
        let sorted = (1..self.innocents.len() / INNOCENT_WORDS)
            .all(|number| self.innocent(number - 1) < self.innocent(number));
        match sorted && self.innocents.len().is_multiple_of(INNOCENT_WORDS) {
            true => Ok(()),
            false => Err("the ordinary words are out of order"),
        }
    }
}

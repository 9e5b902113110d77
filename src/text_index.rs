//! Spellings to the text sections of an artifact.
//!
//! In: spellings with their budgets and edges. Out: one byte vector for each
//! section, in the order of the runtime's `text::SECTIONS`; the same spellings give
//! the same bytes. The runtime's `text` module says what each section holds.

mod automaton;
mod classes;
mod corpus;
mod dictionary;
mod effects;
mod english;
mod finders;
mod fragments;
mod fuzzy;
mod grams;
mod han_words;
mod idle;
mod innocents;
mod joins;
mod mask_contexts;
pub(crate) mod mirror;
mod numerals;
mod ordinary;
mod parts;
mod pattern;
mod patterns;
mod rarity;
mod records;
mod shape;
mod sound;

use std::collections::BTreeMap;

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;
use interdict_matcher::text::{
    BUCKET, EDGES_FROM, HanWord, MAX_RUNS, REPEATED, SECTIONS, TextIndex,
};

pub(crate) use english::{is_ordinary, is_word as is_common};
pub(crate) use numerals::spelled_out;
pub(crate) use shape::drawn;
pub(crate) use sound::{Readings, homophone, toneless};

use crate::fold::{FoldData, SymbolSet, bytes};
use automaton::Automaton;
use classes::Classes;
pub use corpus::{Corpus, Found};
use finders::Finders;
use fuzzy::Fuzzy;
pub use idle::idle;
pub use innocents::is_form;
pub use joins::{Join, english_joins, han_joins};
pub use ordinary::{Ordinary, is_han_word, ordinary_words};
use pattern::{Element, elements};
use patterns::{Pattern, han, patterns};
use records::write_patterns;
use sound::Sounds;

/// A spelling to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingSpec {
    /// The spelling as its author wrote it.
    pub text: String,
    /// What it may look like.
    pub folds: Folds,
    /// Where it may stand.
    pub edges: Edges,
}

/// Where a spelling may stand in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// As a whole word at an end whose outer character is a letter or a digit;
    /// anywhere at an end in Han, Kana, Hangul, Thai or kin, unless common Han words
    /// cross that end (`外套现货` is not `套现`).
    #[default]
    Auto,
    /// As whole words only, in every script.
    WholeWords,
    /// Anywhere, in the midst of words too.
    Anywhere,
}

/// The text sections of an artifact, in the order of the runtime's `SECTIONS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextIndexBytes {
    /// The bytes of each section.
    pub sections: [Vec<u8>; SECTIONS.len()],
}

impl TextIndexBytes {
    /// The index as the runtime reads it.
    pub fn view(&self) -> TextIndex<'_> {
        TextIndex::new(self.sections.each_ref().map(Vec::as_slice))
    }

    /// Adds the ordinary words that are innocent of spellings.
    fn bake_in(&mut self, specs: &[SpellingSpec]) {
        let innocents = innocents::innocents(specs, self.view());
        let written = &mut self.sections[place("written")];
        let (mut records, mut places) = (Vec::new(), BTreeMap::new());
        for (spelling, word) in innocents {
            let first = *places.entry(word).or_insert_with(|| {
                written.extend_from_slice(word.as_bytes());
                (written.len() - word.len()) as u32
            });
            records.extend([spelling, first, word.len() as u32]);
        }
        self.sections[place("innocents")] = bytes(&records);
    }
}

/// The place of a section among the others.
fn place(section: &str) -> usize {
    let place = SECTIONS.iter().position(|name| *name == section);
    place.unwrap_or(SECTIONS.len() - 1)
}

/// The folds that `build` can make the runtime find: all of the vocabulary.
pub fn supported() -> Folds {
    Folds::PARANOID | Folds::EMBEDDED | Folds::FUZZY
}

/// Builds the text sections. The number of a spelling in hits is its place in
/// `specs`. A spelling without any character that can be matched finds nothing.
pub fn build(specs: &[SpellingSpec]) -> TextIndexBytes {
    build_with_room(specs, BUCKET)
}

/// Builds the text sections with at most `room` anchors in a bucket of grams; what finds no
/// place there is found by the automaton.
fn build_with_room(specs: &[SpellingSpec], room: usize) -> TextIndexBytes {
    let mut patterns = patterns(specs);
    let options = specs
        .iter()
        .fold(Folds::EXACT, |all, spec| all | spec.folds);
    let leet = options.contains(Folds::LEET);
    let mut homophones = Homophones::of(specs, patterns.len() as u32);
    let written = patterns.len();
    patterns.append(&mut homophones.patterns);
    let symbols = patterns.iter().flat_map(|pattern| &pattern.elements);
    let classes = Classes::of(symbols.filter(|e| !e.gap).map(|e| e.symbol), leet);
    let keys: Vec<Vec<u16>> = patterns
        .iter()
        .map(|pattern| squeeze(&pattern.elements, &classes))
        .collect();
    let edges: Vec<u32> = specs.iter().map(edge_bits).collect();
    let finders = Finders::of((specs, &edges), &patterns[..written], &keys, &classes, room);
    let records = write_patterns(&patterns, &keys, &classes);
    let spellings = write_spellings(specs, &edges);
    let (class_index, class_blocks) = classes.write();
    let whole_words = specs.iter().filter(|spec| spec.edges == Edges::Auto);
    let words = han_words::beside(whole_words.map(|spec| spec.text.as_str()));
    let fuzzy = Fuzzy::of(specs, &patterns[..written]);
    let mut known = known_symbols(&classes, &patterns, &words, &homophones);
    known.extend(fuzzy.symbols());
    let fold = FoldData::get().trimmed(&known);
    let [word_buckets, words] = HanWord::sections(words);
    let (effect_index, effect_blocks) =
        effects::write(fold.table(), &classes, &|class| finders.probes(class));
    let Finders {
        heads,
        grams,
        rest,
        masks,
        contexts,
        longest,
        longest_han,
    } = finders;
    let mut index = TextIndexBytes {
        sections: [
            fold.index,
            fold.blocks,
            fold.parts,
            bytes(&class_index),
            bytes(&class_blocks),
            bytes(&rest.states),
            bytes(&rest.root),
            bytes(&rest.outputs),
            bytes(&records.records),
            half_bytes(&records.elements),
            records.pages,
            bytes(&records.kinds),
            bytes(&spellings.starts),
            half_bytes(&spellings.needs),
            spellings.written,
            bytes(&[
                options.bits(),
                grams.lengths | heads.lengths << 8,
                longest,
                longest_han,
            ]),
            bytes(&words),
            bytes(&records.fragments),
            bytes(&homophones.index),
            bytes(&homophones.blocks),
            bytes(&homophones.automaton.states),
            bytes(&homophones.automaton.root),
            bytes(&homophones.automaton.outputs),
            bytes(&homophones.pairs),
            Vec::new(),
            bytes(&effect_index),
            bytes(&effect_blocks),
            double_bytes(&grams.filter),
            bytes(&grams.buckets),
            bytes(&grams.anchors),
            bytes(&masks.states),
            bytes(&masks.root),
            bytes(&masks.outputs),
            double_bytes(&contexts),
            bytes(&fuzzy.sizes),
            bytes(&fuzzy.starts),
            bytes(&fuzzy.keys),
            bytes(&fuzzy.ordinary),
            grams.leads,
            double_bytes(&heads.filter),
            bytes(&heads.buckets),
            bytes(&heads.anchors),
            heads.leads,
            bytes(&word_buckets),
        ],
    };
    index.bake_in(specs);
    index
}

/// Words of two bytes as little-endian bytes.
fn half_bytes(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Words of eight bytes as little-endian bytes.
fn double_bytes(words: &[u64]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// The symbols that a character may have to stand for.
fn known_symbols(
    classes: &Classes,
    patterns: &[Pattern],
    words: &[HanWord],
    homophones: &Homophones,
) -> SymbolSet {
    let mut known = SymbolSet::new();
    known.extend(classes.symbols());
    known.extend(patterns.iter().flat_map(|p| &p.elements).map(|e| e.symbol));
    known.extend(words.iter().flat_map(|word| word.symbols.map(u32::from)));
    known.extend(homophones.sounds.numbers().map(|(symbol, _)| symbol));
    known.extend(
        homophones
            .pairs
            .iter()
            .flat_map(|pair| [pair >> 16, pair & 0xFFFF]),
    );
    known
}

/// What finds Han by their sound.
struct Homophones {
    /// One for each spelling, to be numbered from `first` on.
    patterns: Vec<Pattern>,
    index: Vec<u32>,
    blocks: Vec<u32>,
    automaton: Automaton,
    pairs: Vec<u32>,
    sounds: Sounds,
}

impl Homophones {
    fn of(specs: &[SpellingSpec], first: u32) -> Homophones {
        let mut patterns = Vec::new();
        let mut spellings = Vec::new();
        for (spelling, spec) in specs.iter().enumerate() {
            let elements = elements(&spec.text);
            let sounds = spec.folds.contains(Folds::SOUND);
            if let Some(han) = han(&elements).filter(|_| sounds) {
                spellings.push(han);
                patterns.push(Pattern {
                    spelling: spelling as u32,
                    elements,
                    costs: Folds::SOUND,
                });
            }
        }
        let sounds = Sounds::of(&spellings);
        let keys: Vec<Vec<u32>> = spellings
            .iter()
            .map(|han| sounds.key(han).unwrap_or_default())
            .collect();
        let mut automaton = Automaton::build(&keys, sounds.count());
        automaton
            .outputs
            .iter_mut()
            .for_each(|output| *output += first);
        let (index, blocks) = sounds.write();
        let pairs = match spellings.is_empty() {
            true => Vec::new(),
            false => sounds.pairs(&keys),
        };
        Homophones {
            patterns,
            index,
            blocks,
            automaton,
            pairs,
            sounds,
        }
    }
}

/// The classes of a pattern without gaps and repeats: its runs, with [`REPEATED`] where one
/// has more than one letter.
fn squeeze(elements: &[Element], classes: &Classes) -> Vec<u16> {
    let letters = elements.iter().filter(|element| !element.gap);
    let mut key: Vec<u16> = Vec::new();
    for letter in letters {
        let class = classes.narrow_class(letter.symbol);
        match key.last_mut() {
            Some(last) if *last & !REPEATED == class => *last |= REPEATED,
            _ => key.push(class),
        }
    }
    key.truncate(MAX_RUNS);
    key
}

/// The sections of the spellings.
struct Spellings {
    /// Where each begins, and where the last ends.
    starts: Vec<u32>,
    /// Their folds and edges.
    needs: Vec<u16>,
    written: Vec<u8>,
}

fn write_spellings(specs: &[SpellingSpec], edges: &[u32]) -> Spellings {
    let mut out = Spellings {
        starts: Vec::with_capacity(specs.len() + 1),
        needs: Vec::with_capacity(specs.len()),
        written: Vec::new(),
    };
    for (spec, edges) in specs.iter().zip(edges) {
        out.starts.push(out.written.len() as u32);
        out.needs
            .push((spec.folds.bits() | edges << EDGES_FROM) as u16);
        out.written.extend_from_slice(spec.text.as_bytes());
    }
    out.starts.push(out.written.len() as u32);
    out
}

/// Bit 0: the start needs a word edge; bit 1: the end does; bit 2: Han words around it
/// count.
fn edge_bits(spec: &SpellingSpec) -> u32 {
    let elements = elements(&spec.text);
    let needs = |element: Option<&Element>| match (spec.edges, element) {
        (Edges::Anywhere, _) | (_, None) => false,
        (Edges::WholeWords, Some(element)) => element.kind.is_word(),
        (Edges::Auto, Some(element)) => matches!(element.kind, Kind::Letter | Kind::Digit),
    };
    let start = u32::from(needs(elements.first()));
    let end = u32::from(needs(elements.last()));
    start | end << 1 | u32::from(spec.edges == Edges::Auto) << 2
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

//! Masked letters: `b*tcoin`.
//!
//! In: a text. Out: hits in which one or two signs stand for one letter each, neither
//! the first nor the last. A word with a mask in it, or before it, is walked through
//! the automaton from its start; at a mask the walk branches into the children of its
//! state. Each word start is walked at most once and for a bounded number of steps.

use super::Reading;
use super::class::Step;
use super::element::{Element, pair_folds, same};
use super::scan::TextHit;
use super::tables::{ElementFlags, Pattern, TextIndex};
use super::verify::Alignment;
use crate::fold::{Kind, Reader, Sym};
use crate::folds::Folds;

/// Letters that may be masked.
const MOST_MASKS: u32 = 2;
/// Letters that a masked spelling has.
const FEWEST_LETTERS: u32 = 5;
/// Word starts before a mask from which a spelling may run.
const STARTS: usize = 3;
/// Letters of one class side by side in a spelling.
const MOST_REPEATS: u32 = 3;
/// States looked at from one start.
const MOST_STEPS: u32 = 512;

/// The last few starts of words that were not walked yet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordStarts {
    offsets: [Option<u32>; STARTS],
    /// Whether the last symbol was part of a word.
    inside: bool,
}

impl WordStarts {
    fn push(&mut self, start: u32) {
        self.offsets.rotate_left(1);
        if let Some(last) = self.offsets.last_mut() {
            *last = Some(start);
        }
    }

    fn take(&mut self) -> impl Iterator<Item = u32> + use<> {
        std::mem::take(&mut self.offsets).into_iter().flatten()
    }
}

/// Whether a sign may stand for a letter.
fn is_mask(sym: &Sym) -> bool {
    let parts = matches!(
        sym.character,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\''
            | '/'
            | '\\'
            | '<'
            | '>'
            | '|'
    );
    matches!(sym.kind, Kind::Punct | Kind::Other) && !parts
}

/// A walk that has come to a state.
struct Walk<'i, 'a, 't, 'o> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    start: u32,
    steps: u32,
    out: &'o mut Vec<TextHit>,
}

impl TextIndex<'_> {
    /// Takes the next symbol of a text in; at a mask, appends the hits with masked
    /// letters from the last word starts.
    #[inline]
    pub(crate) fn mask(
        &self,
        text: &str,
        starts: &mut WordStarts,
        sym: &Sym,
        out: &mut Vec<TextHit>,
    ) {
        let word = sym.kind.is_alphanumeric();
        if word && !starts.inside {
            starts.push(sym.start);
        }
        starts.inside = word;
        if !word && is_mask(sym) {
            for start in starts.take() {
                let mut walk = Walk {
                    index: self,
                    text,
                    start,
                    steps: 0,
                    out,
                };
                walk.go(Reader::new(self.folding, text, start), 0, 0, 0);
            }
        }
    }

    fn element(&self, pattern: Pattern, at: usize) -> Element {
        Element::read(self, pattern.first.saturating_add(at))
    }

    /// The hit of a pattern from a start on, sign for sign.
    fn verify_masked(&self, text: &str, start: u32, pattern: Pattern) -> Option<TextHit> {
        let budget = self.budget(pattern.spelling);
        let mut reader = Reader::new(self.folding, text, start).peekable();
        let first = *reader.peek()?;
        let mut hit = Alignment::from_first(first);
        let mut masks = 0;
        hit.folds = Folds::MASKED | pattern.costs;
        for at in 0..pattern.count {
            let element = self.element(pattern, at);
            if element.has(ElementFlags::GAP) {
                let mut blanks = 0;
                while reader
                    .next_if(|sym| sym.kind.is_blank() || sym.symbol == element.symbol())
                    .is_some()
                {
                    blanks += 1;
                }
                if blanks == 0 || blanks > 2 {
                    return None;
                }
                continue;
            }
            let sym = reader.next()?;
            hit.letters += 1;
            hit.last = sym;
            if is_mask(&sym) && at > 0 && at + 1 < pattern.count {
                masks += 1;
            } else if self.class(sym.symbol) == element.class && sym.kind.is_word() {
                hit.folds |= pair_folds(&sym, element);
                hit.true_letters += u32::from(same(&sym, element));
            } else {
                return None;
            }
        }
        let few = masks <= MOST_MASKS && hit.letters >= FEWEST_LETTERS && !hit.last.more;
        if masks == 0 || !few || hit.true_letters * 2 < hit.letters {
            return None;
        }
        let end = hit.last.end;
        let edges = self.edge_folds(text, &hit, end, self.needs(pattern.spelling), hit.folds)?;
        let clean = edges.is_empty() && budget.contains(hit.folds);
        clean.then_some(TextHit {
            spelling: pattern.spelling,
            start,
            end,
            folds: hit.folds,
        })
    }
}

impl Walk<'_, '_, '_, '_> {
    /// Walks on from a state, the class of its last letter and the masks so far.
    fn go(&mut self, mut reader: Reader<'_, '_>, mut state: u32, mut last: u32, masks: u32) {
        let (mut blanks, mut repeats) = (0, 0);
        while self.steps < MOST_STEPS {
            self.steps += 1;
            let Some(sym) = reader.next() else {
                return;
            };
            match self.index.step(&sym, Reading::Parting) {
                Step::Letter(0) => return,
                Step::Letter(class) if class == last && repeats < MOST_REPEATS => repeats += 1,
                Step::Letter(class) => {
                    let Some(child) = self.index.net.child(state, class) else {
                        return;
                    };
                    (state, last) = (child, class);
                    (blanks, repeats) = (0, 0);
                    self.end_at(state, masks);
                }
                Step::Separator if sym.kind.is_blank() && state != 0 && blanks < 2 => blanks += 1,
                Step::Separator
                    if is_mask(&sym) && masks < MOST_MASKS && blanks < 2 && state != 0 =>
                {
                    self.branch(&reader, state, last, masks + 1);
                    // The sign may also be the gap that the spelling has there.
                    blanks += 1;
                }
                Step::Separator => return,
            }
        }
    }

    fn branch(&mut self, reader: &Reader<'_, '_>, state: u32, last: u32, masks: u32) {
        // The masked letter may repeat the one before it.
        self.go(reader.clone(), state, last, masks);
        let index = self.index;
        for (child, class) in index.net.children(state) {
            self.go(reader.clone(), child, class, masks);
        }
    }

    fn end_at(&mut self, state: u32, masks: u32) {
        if masks == 0 {
            return;
        }
        let index = self.index;
        for pattern in index.net.own_outputs(state) {
            let pattern = index.pattern(pattern);
            let hit = index.verify_masked(self.text, self.start, pattern);
            self.out.extend(hit);
        }
    }
}

//! A candidate, read again in the text and aligned with its spelling.
//!
//! In: a pattern, a start and a reading. Out: a hit, when the symbols of the text
//! are those of the pattern up to repeats, gaps and letters that look alike, and
//! the spelling's budget and edges allow what was needed.

use super::Reading;
use super::align::Aligner;
use super::scan::TextHit;
use super::tables::{Pattern, TextIndex};
use crate::fold::{Kind, Sym};
use crate::folds::Folds;

/// Where a pattern may stand.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) pattern: Pattern,
    pub(crate) start: u32,
    pub(crate) reading: Reading,
}

/// Memory of the verifier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(super) run: Vec<Piece>,
    pub(crate) gaps: Vec<Gap>,
}

/// What parts two symbols of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The element after it.
    pub(crate) element: usize,
}

/// A symbol of the text and the gap before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) sym: Sym,
    pub(super) class: u32,
    pub(super) gap: Option<Gap>,
}

/// How a stretch of text stands for a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alignment {
    pub(crate) folds: Folds,
    pub(crate) first: Sym,
    pub(crate) last: Sym,
    /// Elements that are no gap.
    pub(crate) letters: u32,
    /// Letters that are themselves and not a look-alike digit or sign.
    pub(crate) true_letters: u32,
    /// A digit stands for a letter, or a letter for a digit.
    pub(crate) digit_swap: bool,
    /// Words parted by gaps, and how many of them are one letter.
    pub(crate) fragments: u32,
    pub(crate) single: u32,
    /// All symbols are Han or kin.
    pub(crate) han: bool,
    /// The longest repeat beyond the spelling's own, and how many letters repeat.
    pub(crate) longest_stretch: u32,
    pub(crate) stretched: u32,
    /// How the cases of the hit stand: lower and upper letters within its words.
    pub(crate) lower: u32,
    pub(crate) upper: u32,
    pub(super) in_fragment: u32,
}

impl Alignment {
    /// An alignment that has come to its first symbol.
    pub(crate) fn from_first(first: Sym) -> Alignment {
        Alignment {
            folds: Folds::EXACT,
            first,
            last: first,
            letters: 0,
            true_letters: 0,
            digit_swap: false,
            fragments: 1,
            single: 0,
            han: true,
            longest_stretch: 0,
            stretched: 0,
            lower: 0,
            upper: 0,
            in_fragment: 0,
        }
    }
}

impl TextIndex<'_> {
    /// The hit of a candidate, if it is one.
    pub(crate) fn verify(
        &self,
        text: &str,
        candidate: Candidate,
        held: &mut Held,
    ) -> Option<TextHit> {
        let spelling = candidate.pattern.spelling;
        let budget = self.budget(spelling);
        let mut needs = self.needs(spelling);
        held.gaps.clear();
        let aligned = Aligner::new(self, text, candidate, held).align()?;
        if needs & 4 != 0 {
            // Patterns that stand for Han may begin or end in Latin letters.
            needs |= u32::from(aligned.first.kind.is_alphanumeric());
            needs |= u32::from(aligned.last.kind.is_alphanumeric()) << 1;
        }
        let start = aligned.first.start;
        let end = self.end_with_marks(text, aligned.last.end);
        let mut folds = aligned.folds | candidate.pattern.costs;
        let as_written = candidate.pattern.costs.is_empty()
            && text.as_bytes().get(start as usize..end as usize) == Some(self.written(spelling));
        if as_written {
            folds = Folds::EXACT;
        } else {
            if end != aligned.last.end {
                folds |= Folds::FOLD;
            }
            folds |= self.gap_folds(text, &aligned, &held.gaps, candidate)?;
            if !self.allows_swaps(text, &aligned, end, folds) {
                return None;
            }
            folds |= stretch_folds(&aligned)?;
        }
        if !budget.contains(folds) {
            return None;
        }
        let whole = aligned.han && needs & 4 != 0 && held.gaps.is_empty();
        if whole && self.straddles(text, start, aligned.last.end) {
            return None;
        }
        if self.is_cut_from_words(text, &aligned, end, &held.gaps) {
            return None;
        }
        folds |= self.edge_folds(text, &aligned, end, needs, folds)?;
        budget.contains(folds).then_some(TextHit {
            spelling,
            start,
            end,
            folds,
        })
    }

    /// The end of a hit with the marks on its last letter.
    fn end_with_marks(&self, text: &str, end: u32) -> u32 {
        let mut with_marks = end;
        let mut at = end;
        for c in text.get(end as usize..).unwrap_or("").chars() {
            at += c.len_utf8() as u32;
            match self.folding.entry(c).kind() {
                Kind::Mark => with_marks = at,
                Kind::Ignorable => {}
                _ => break,
            }
        }
        with_marks
    }
}

/// One letter more is a slip or another word; two more, or every letter twice,
/// are meant.
fn stretch_folds(aligned: &Alignment) -> Option<Folds> {
    if aligned.stretched == 0 {
        return Some(Folds::EXACT);
    }
    let meant = aligned.longest_stretch >= 2 || aligned.stretched == aligned.letters;
    meant.then_some(Folds::STRETCHED)
}

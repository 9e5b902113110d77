//! A candidate, read again in the text and aligned with its spelling.
//!
//! In: a pattern, a start and a reading. Out: a hit, when the symbols of the text
//! are those of the pattern up to repeats, gaps and letters that look alike, and
//! the spelling's budget and edges allow what was needed.

use std::ops::Range;

use super::Reading;
use super::align::Aligner;
use super::effect::Effect;
use super::pattern::Pattern;
use super::scan::TextHit;
use super::straddle::HanStretch;
use super::tables::TextIndex;
use crate::fold::{Kind, Sym};
use crate::folds::Folds;

/// Where a pattern may stand.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) pattern: Pattern,
    pub(crate) start: u32,
    pub(crate) reading: Reading,
}

/// What becomes of a candidate that stands plainly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain<Hit = TextHit> {
    Hit(Hit),
    None,
    InDoubt,
}

/// Memory of the verifier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(super) run: Vec<Piece>,
    pub(crate) gaps: Vec<Gap>,
    /// Whether the last run had more letters than the pattern.
    pub(super) overran: bool,
    /// Han around the last hits of the text.
    pub(super) han: HanStretch,
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
    /// What becomes of a pattern that stands here plainly, a hit or none: most candidates, told
    /// without reading them letter by letter. What is in doubt is left to
    /// [`verify`](Self::verify), which comes to the same.
    pub(super) fn plain(
        &self,
        text: &str,
        pattern: Pattern,
        start: u32,
        han: &mut HanStretch,
    ) -> Plain {
        let written = self.written(pattern.spelling);
        let end = (start as usize).saturating_add(written.len());
        let found = text.as_bytes().get(start as usize..end);
        let Some(found) = found.filter(|_| pattern.costs.is_empty()) else {
            return Plain::InDoubt;
        };
        let folds = match found.first() {
            Some(0x80..) if found == written => {
                match self.plain_han(text, pattern, start as usize..end, han) {
                    Plain::Hit(()) => Folds::EXACT,
                    Plain::None => return Plain::None,
                    Plain::InDoubt => return Plain::InDoubt,
                }
            }
            _ => {
                let before = text.as_bytes().get((start as usize).wrapping_sub(1));
                let after = text.as_bytes().get(end);
                let alone = self.ends_words(before) && self.ends_words(after);
                match ascii_folds(found, written).filter(|_| alone) {
                    Some(folds) => folds,
                    None => return Plain::InDoubt,
                }
            }
        };
        match self.budget(pattern.spelling).contains(folds) {
            true => Plain::Hit(TextHit {
                spelling: pattern.spelling,
                start,
                end: end as u32,
                folds,
            }),
            false => Plain::InDoubt,
        }
    }

    /// Whether a word of ASCII stands alone beside this byte of a text, or where there is none.
    fn ends_words(&self, byte: Option<&u8>) -> bool {
        byte.is_none_or(|&byte| {
            let effect = self.effects.of_ascii(byte);
            byte != b'_' && effect.is_some_and(Effect::is_part)
        })
    }

    /// What becomes of a stretch that is as written: a hit where it is Han that may stand
    /// anywhere and nothing behind it belongs to it, unless words cross it.
    fn plain_han(
        &self,
        text: &str,
        pattern: Pattern,
        stretch: Range<usize>,
        around: &mut HanStretch,
    ) -> Plain<()> {
        let needs = self.needs(pattern.spelling);
        let mut last = Effect::dropped();
        let han = text.get(stretch.clone()).is_some_and(|found| {
            found.chars().all(|c| {
                last = self.effects.get(c);
                last.is_letter() && last.is_han()
            })
        });
        let behind = text.get(stretch.end..).and_then(|text| text.chars().next());
        let ends = behind.is_none_or(|behind| {
            let behind = self.effects.get(behind);
            behind.is_part() || (behind.is_letter() && behind.class() != last.class())
        });
        if !han || !ends || needs & 3 != 0 {
            return Plain::InDoubt;
        }
        let hit = stretch.start as u32..stretch.end as u32;
        match needs & 4 != 0 && self.straddles(text, hit, around) {
            true => Plain::None,
            false => Plain::Hit(()),
        }
    }

    /// The hit of a candidate, if it is one. Letters like its last one behind it stretch it,
    /// or begin what comes next: `电子烟烟油`.
    pub(crate) fn verify(
        &self,
        text: &str,
        candidate: Candidate,
        held: &mut Held,
    ) -> Option<TextHit> {
        let whole = self.verify_up_to(text, candidate, false, held);
        match whole {
            None if held.overran => self.verify_up_to(text, candidate, true, held),
            whole => whole,
        }
    }

    /// The hit of a candidate whose last run is read whole, or `cut` to what the pattern has.
    fn verify_up_to(
        &self,
        text: &str,
        candidate: Candidate,
        cut: bool,
        held: &mut Held,
    ) -> Option<TextHit> {
        let spelling = candidate.pattern.spelling;
        let budget = self.budget(spelling);
        let mut needs = self.needs(spelling);
        held.gaps.clear();
        let aligned = Aligner::new(self, text, candidate, cut, held).align()?;
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
        if whole && self.straddles(text, start..aligned.last.end, &mut held.han) {
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

/// What a stretch needs to be a spelling that begins and ends with a letter or a digit, both
/// of ASCII at their ends. Signs at an end of a spelling need not be there, and are left out.
fn ascii_folds(found: &[u8], written: &[u8]) -> Option<Folds> {
    let letter = |end: Option<&u8>| end.is_some_and(u8::is_ascii_alphanumeric);
    if !letter(written.first()) || !letter(written.last()) {
        return None;
    }
    match found == written {
        true => Some(Folds::EXACT),
        false => found.eq_ignore_ascii_case(written).then_some(Folds::CASE),
    }
}

//! A text to its hits: as it is, and as it reads once escapes, reversed stretches and
//! drawn letters are undone. Hits of a rewritten text lead back to the original.

use super::decode::{Decoded, undo_escapes, undo_reversal, undo_signs};
use super::pass::Memory;
use super::tables::TextIndex;
use crate::folds::Folds;

/// A spelling found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// The number of the spelling, as it was given to the compiler's `build`.
    pub spelling: u32,
    /// Where the hit starts, in bytes of the text.
    pub start: u32,
    /// Where the hit ends, in bytes of the text.
    pub end: u32,
    /// The folds that the hit needed.
    pub folds: Folds,
}

/// Memory that scans share, so that a warm scan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct ScanScratch {
    memory: Memory,
    escapes: Decoded,
    drawn: Decoded,
}

impl TextIndex<'_> {
    /// Appends every hit of the text to `out`, sorted by start, end and spelling.
    /// A text of 4 GiB or more gives no hit: the caller limits texts.
    pub fn scan(&self, text: &str, scratch: &mut ScanScratch, out: &mut Vec<TextHit>) {
        if u32::try_from(text.len()).is_err() {
            return;
        }
        let first = out.len();
        let ScanScratch {
            memory,
            escapes,
            drawn,
        } = scratch;
        let escaped = undo_escapes(text, escapes);
        let base = if escaped { escapes.text.as_str() } else { text };
        let overridden = self.pass(base, memory, out);
        if overridden && undo_reversal(base, drawn) {
            let from = out.len();
            self.pass(&drawn.text, memory, out);
            self.lead_back(drawn, from, out, Rewriting::Reversal);
        }
        if self.uses(Folds::LEET) {
            let mut reading = 0;
            while reading < undo_signs(self.folding, base, reading, drawn) {
                let from = out.len();
                self.pass(&drawn.text, memory, out);
                self.lead_back(drawn, from, out, Rewriting::Signs);
                reading += 1;
            }
        }
        if escaped {
            self.lead_back(escapes, first, out, Rewriting::Escapes);
        }
        sort(out, first);
        self.drop_innocent(text, first, out);
    }

    /// Leads hits of a rewritten text, `out` from `from` on, back to its original.
    fn lead_back(
        &self,
        decoded: &Decoded,
        from: usize,
        out: &mut Vec<TextHit>,
        rewriting: Rewriting,
    ) {
        let mut at = 0;
        out.retain_mut(|hit| {
            at += 1;
            at <= from || self.lead_hit_back(decoded, hit, rewriting)
        });
    }

    /// Whether the hit is still one in the original. What stands there as it is was
    /// found without rewriting, except where escapes are undone first.
    fn lead_hit_back(&self, decoded: &Decoded, hit: &mut TextHit, rewriting: Rewriting) -> bool {
        let origin = decoded.origin(hit.start, hit.end);
        let found = decoded.text.get(hit.start as usize..hit.end as usize);
        (hit.start, hit.end) = (origin.start, origin.end);
        if origin.rewritten == 0 {
            return rewriting == Rewriting::Escapes;
        }
        let count = |is: fn(char) -> bool| found.unwrap_or("").chars().filter(|&c| is(c)).count();
        let letters = count(char::is_alphanumeric) as u32;
        let true_letters = count(char::is_alphabetic) as u32;
        let (needed, allowed) = match rewriting {
            Rewriting::Escapes | Rewriting::Reversal => (Folds::FOLD, true),
            Rewriting::Signs => {
                let letters_left = true_letters.saturating_sub(origin.rewritten);
                let enough = letters_left >= 1 && letters_left * 3 >= letters;
                (Folds::LEET, enough && !hit.folds.contains(Folds::GLUED))
            }
        };
        hit.folds |= needed;
        allowed && self.budget(hit.spelling).contains(hit.folds)
    }
}

/// Why a text was rewritten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rewriting {
    Escapes,
    Reversal,
    Signs,
}

/// Sorts the new hits and keeps one of those that differ in folds only.
fn sort(out: &mut Vec<TextHit>, first: usize) {
    let Some(new) = out.get_mut(first..) else {
        return;
    };
    new.sort_unstable_by_key(|hit| {
        (
            hit.start,
            hit.end,
            hit.spelling,
            hit.folds.count(),
            hit.folds,
        )
    });
    let mut at = 0;
    let mut before: Option<(u32, u32, u32)> = None;
    out.retain(|hit| {
        at += 1;
        let key = (hit.start, hit.end, hit.spelling);
        let same = at > first + 1 && before == Some(key);
        before = Some(key);
        !same
    });
}

//! Han that sound like a spelling: `比特壁` for `比特币`.
//!
//! In: a text. Out: hits in which some characters are others with the same syllable,
//! tones aside. A character that makes a common word with its neighbour is meant as
//! that word, and no disguise: `病毒` is not `冰毒`.

use super::pattern::Pattern;
use super::scan::TextHit;
use super::tables::TextIndex;
use crate::fold::{Kind, Reader, Sym, seen_before};
use crate::folds::Folds;

/// The longest spelling that is looked for by its sound.
const LONGEST: usize = 8;

/// The last Han of a text, the newest last.
#[derive(Clone, Copy, Default)]
struct Heard {
    syms: [Option<(Sym, bool)>; LONGEST],
}

impl Heard {
    /// Takes a symbol in, and whether a sign stands before it.
    fn push(&mut self, sym: Sym, parted: bool) {
        self.syms.rotate_left(1);
        if let Some(last) = self.syms.last_mut() {
            *last = Some((sym, parted));
        }
    }

    fn last(&self, count: usize) -> impl Iterator<Item = (Sym, bool)> + Clone + '_ {
        self.syms
            .iter()
            .skip(LONGEST.saturating_sub(count))
            .copied()
            .flatten()
    }
}

impl TextIndex<'_> {
    /// Appends the hits that are found by their sound.
    pub(crate) fn homophones(&self, text: &str, out: &mut Vec<TextHit>) {
        // Han of the first plane and what folds to it begins with these bytes.
        if !text.bytes().any(|byte| (0xE2..=0xF0).contains(&byte)) {
            return;
        }
        let mut heard = Heard::default();
        let mut state = 0;
        let mut signs = 0;
        for sym in Reader::new(self.folding, text, 0) {
            if sym.kind != Kind::Han {
                signs += 1;
                if signs > 1 || sym.kind.is_blank() || sym.kind.is_word() {
                    state = 0;
                }
                continue;
            }
            let syllable = self.syllables.get(sym.symbol);
            heard.push(sym, signs > 0);
            signs = 0;
            state = match syllable {
                0 => 0,
                _ => self.sounds.advance(state, syllable),
            };
            if state != 0 {
                for pattern in self.sounds.outputs(state) {
                    out.extend(self.heard(text, &heard, self.pattern(pattern)));
                }
            }
        }
    }

    /// The hit of a pattern over the last Han.
    fn heard(&self, text: &str, heard: &Heard, pattern: Pattern) -> Option<TextHit> {
        let syms = heard.last(pattern.count);
        let (first, _) = syms.clone().next()?;
        let mut folds = pattern.costs;
        let mut changed = 0;
        let mut parted = 0;
        let mut before = self.neighbour_before(text, first.start);
        let mut meant = false;
        let mut end = first.end;
        let mut last_changed = false;
        let mut commonest = false;
        for (at, (sym, apart)) in syms.enumerate() {
            let element = self.element(pattern.first.saturating_add(at));
            let other = sym.symbol != element.symbol();
            let apart = apart && at > 0;
            let beside = before.filter(|_| !apart);
            meant |= (other || last_changed) && beside.is_some_and(|c| self.is_pair(c, sym.symbol));
            changed += usize::from(other);
            commonest |= other && self.is_pair(0, sym.symbol);
            parted += usize::from(apart);
            if sym.level == 2 || (sym.dropped && at > 0) {
                folds |= Folds::FOLD;
            }
            (before, last_changed, end) = (Some(sym.symbol), other, sym.end);
        }
        let after = Reader::new(self.folding, text, end).next();
        let after = after.filter(|sym| sym.kind == Kind::Han && last_changed);
        meant |= after
            .zip(before)
            .is_some_and(|(sym, c)| self.is_pair(c, sym.symbol));
        // Two characters of everyday side by side are a sentence: `但要`.
        meant |= commonest && changed == 2 && pattern.count == 2;
        if changed == 0 || meant || (parted > 0 && parted + 1 != pattern.count) {
            return None;
        }
        if parted > 0 {
            folds |= Folds::SPACED;
        }
        self.budget(pattern.spelling)
            .contains(folds)
            .then_some(TextHit {
                spelling: pattern.spelling,
                start: first.start,
                end,
                folds,
            })
    }

    fn neighbour_before(&self, text: &str, at: u32) -> Option<u32> {
        let (_, entry, start) = seen_before(self.folding, text, at)?;
        let sym = Reader::new(self.folding, text, start).next()?;
        (entry.kind() == Kind::Han).then_some(sym.symbol)
    }

    /// Whether two neighbours make a common word, or part of one.
    fn is_pair(&self, first: u32, second: u32) -> bool {
        let (Ok(first), Ok(second)) = (u16::try_from(first), u16::try_from(second)) else {
            return false;
        };
        let pair = u32::from(first) << 16 | u32::from(second);
        let (mut low, mut high) = (0, self.pairs.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.pairs.get(middle) {
                found if found == pair => return true,
                found if found < pair => low = middle + 1,
                _ => high = middle,
            }
        }
        false
    }
}

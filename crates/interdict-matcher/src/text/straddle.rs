//! Han words around a hit: `外套现货` is `外套` and `现货`, not `套现`.
//!
//! In: a hit whose characters are Han without gaps. Out: whether the Han around it is
//! better read as words that cross its ends. The window of four characters to either
//! side is cut into the cheapest words of the artifact's dictionary, once freely and
//! once with the hit as a word of its own; the dictionary holds only words that can
//! win, so what is no word costs a flat price.

use super::tables::{TextIndex, WORD_WORDS};
use crate::fold::{Kind, Reader, seen_before};

/// Characters read to either side of a hit.
const REACH: usize = 4;
/// The longest hit that is held against its neighbours; a longer one is no accident.
const LONGEST: usize = 8;
/// The longest word of the dictionary.
const LONGEST_WORD: usize = 4;

/// What reading costs, in hundredths of the negative logarithm of a frequency. The prices
/// were set on real reviews, so that words cut as in whole sentences.
#[derive(Clone, Copy, Debug)]
pub struct Prices;

impl Prices {
    /// A character beside the hit, which may belong to a word that is not listed.
    pub const BESIDE: u32 = 1000;
    /// A character of the hit as a word of its own.
    pub const WITHIN: u32 = 700;
    /// The most that the hit as one word costs, listed or not.
    pub const WHOLE: u32 = 1400;
}

/// Marks the cost of a word that is a spelling itself.
pub const OWN_WORD: u32 = 1 << 16;

const WINDOW: usize = 2 * REACH + LONGEST;

/// The symbols around a hit, and where the hit lies among them.
struct Window {
    symbols: [u32; WINDOW],
    start: usize,
    end: usize,
    length: usize,
}

impl TextIndex<'_> {
    /// Whether words cross the ends of this stretch of Han.
    pub(crate) fn straddles(&self, text: &str, start: u32, end: u32) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let Some(window) = self.window(text, start, end) else {
            return false;
        };
        if !self.is_crossed(&window) {
            return false;
        }
        // Both readings may use every word beside the hit: other spellings brought theirs into the
        // dictionary, and a flat price there would make any two terms side by side a straddle.
        let beside = self.cheapest(&window, 0, window.start)
            + self.cheapest(&window, window.end, window.length);
        let whole = self
            .cheapest(&window, window.start, window.end)
            .min(Prices::WHOLE);
        self.cheapest(&window, 0, window.length) < beside + whole
    }

    /// Whether a word lies across an end of the hit. Where none does, no reading is cheaper
    /// than one that stops at both.
    fn is_crossed(&self, window: &Window) -> bool {
        let crosses = |end: usize| {
            (end.saturating_sub(LONGEST_WORD - 1)..end).any(|at| {
                let longest = LONGEST_WORD.min(window.length - at);
                (end - at + 1..=longest)
                    .any(|length| self.price_within(window, at, length).is_some())
            })
        };
        crosses(window.start) || crosses(window.end)
    }

    fn window(&self, text: &str, start: u32, end: u32) -> Option<Window> {
        let mut before = [0; REACH];
        let mut found = 0;
        let mut at = start;
        while let Some((c, entry, place)) = seen_before(self.folding, text, at) {
            let Some(slot) = before.get_mut(found) else {
                break;
            };
            if entry.kind() != Kind::Han {
                break;
            }
            let sym = Reader::new(self.folding, text, place).next();
            *slot = sym.map_or(u32::from(c), |sym| sym.symbol);
            found += 1;
            at = place;
        }
        let mut window = Window {
            symbols: [0; WINDOW],
            start: found,
            end: 0,
            length: 0,
        };
        let mut slots = window.symbols.iter_mut();
        let before = before.iter().take(found).rev();
        before
            .zip(&mut slots)
            .for_each(|(symbol, slot)| *slot = *symbol);
        let mut length = found;
        let mut after = 0;
        for sym in Reader::new(self.folding, text, start) {
            let beyond = sym.start >= end;
            if sym.kind != Kind::Han || (beyond && after == REACH) {
                break;
            }
            after += usize::from(beyond);
            if !beyond && length >= found + LONGEST {
                return None;
            }
            *slots.next()? = sym.symbol;
            length += 1;
        }
        window.length = length;
        window.end = length - after;
        (window.end > window.start).then_some(window)
    }

    /// What the cheapest words from `from` up to `to` cost.
    fn cheapest(&self, window: &Window, from: usize, to: usize) -> u32 {
        let mut costs = [u32::MAX; WINDOW + 1];
        if let Some(first) = costs.get_mut(from) {
            *first = 0;
        }
        for at in from..to {
            let cost = costs.get(at).copied().unwrap_or(u32::MAX);
            let within = at >= window.start && at < window.end;
            let single = if within {
                Prices::WITHIN
            } else {
                Prices::BESIDE
            };
            for length in 1..=LONGEST_WORD.min(to - at) {
                let price = match length {
                    1 => Some(single),
                    _ => self.price_within(window, at, length),
                };
                if let (Some(price), Some(slot)) = (price, costs.get_mut(at + length)) {
                    *slot = (*slot).min(cost.saturating_add(price));
                }
            }
        }
        costs.get(to).copied().unwrap_or(u32::MAX)
    }

    /// What a word of the window costs. Another spelling across an end of the hit is no sign of
    /// innocence: in `挖矿机`, `挖矿` and `矿机` may both be sought, and neither hides the other.
    fn price_within(&self, window: &Window, at: usize, length: usize) -> Option<u32> {
        let price = self.price(window.symbols.get(at..at + length)?)?;
        let crosses = |end: usize| at < end && end < at + length;
        let hides = crosses(window.start) || crosses(window.end);
        (price & OWN_WORD == 0 || !hides).then_some(price & !OWN_WORD)
    }

    /// What a word of the dictionary costs.
    fn price(&self, word: &[u32]) -> Option<u32> {
        let key = word_key(word)?;
        let (mut low, mut high) = (0, self.words.len() / WORD_WORDS);
        while low < high {
            let middle = low + (high - low) / 2;
            let field = |at| self.words.field(middle, WORD_WORDS, at);
            let found = (field(0), field(1));
            if found == key {
                return Some(field(2));
            }
            if found < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        None
    }
}

/// The two words of a record for a Han word of two to four symbols. Symbols beyond
/// the first plane are in no listed word.
pub fn word_key(word: &[u32]) -> Option<(u32, u32)> {
    let symbol = |at: usize| match word.get(at) {
        Some(&symbol) => u16::try_from(symbol).ok().map(u32::from),
        None => Some(0),
    };
    (word.len() <= LONGEST_WORD)
        .then(|| Some((symbol(0)? << 16 | symbol(1)?, symbol(2)? << 16 | symbol(3)?)))
        .flatten()
}

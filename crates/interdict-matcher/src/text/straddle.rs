//! Han words around a hit: `外套现货` is `外套` and `现货`, not `套现`.
//!
//! In: a hit whose characters are Han without gaps. Out: whether the Han around it is
//! better read as words that cross its ends. The window of four characters to either
//! side is cut into the cheapest words of the artifact's dictionary, once freely and
//! once with the hit as a word of its own; the dictionary holds only words that can
//! win, so what is no word costs a flat price.

use std::ops::Range;

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
    /// What the words of two symbols and more cost that begin with each symbol.
    prices: [Option<[u32; LONGEST_WORD - 1]>; WINDOW],
}

/// The price of what is no word.
const NO_WORD: u32 = u32::MAX;

impl TextIndex<'_> {
    /// Whether words cross the ends of this stretch of Han.
    pub(crate) fn straddles(&self, text: &str, start: u32, end: u32) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let Some(mut window) = self.window(text, start, end) else {
            return false;
        };
        // Where no word crosses an end, no reading is cheaper than one that stops at both.
        for end in [window.start, window.end] {
            self.look_up(&mut window, end.saturating_sub(LONGEST_WORD - 1)..end);
        }
        if !window.is_crossed(window.start) && !window.is_crossed(window.end) {
            return false;
        }
        let (start, end, length) = (window.start, window.end, window.length);
        self.look_up(&mut window, 0..length);
        // Both readings may use every word beside the hit: other spellings brought theirs into the
        // dictionary, and a flat price there would make any two terms side by side a straddle.
        let beside = window.cheapest(0, start) + window.cheapest(end, length);
        let whole = window.cheapest(start, end).min(Prices::WHOLE);
        window.cheapest(0, length) < beside + whole
    }

    /// Looks up the words that begin at these places, unless that was done.
    fn look_up(&self, window: &mut Window, places: Range<usize>) {
        for at in places {
            let symbols = window.symbols.get(at..window.length).unwrap_or(&[]);
            if let Some(slot @ None) = window.prices.get_mut(at) {
                *slot = Some(self.prices(symbols));
            }
        }
    }

    /// What the words cost that these symbols begin with, by their length from two on. Words
    /// that share their first two symbols lie side by side.
    fn prices(&self, symbols: &[u32]) -> [u32; LONGEST_WORD - 1] {
        let mut prices = [NO_WORD; LONGEST_WORD - 1];
        let Some((first, _)) = symbols.get(..2).and_then(word_key) else {
            return prices;
        };
        let field = |record: usize, word: usize| self.words.field(record, WORD_WORDS, word);
        let count = self.words.len() / WORD_WORDS;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            match field(middle, 0) < first {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        for record in (low..count).take_while(|&record| field(record, 0) == first) {
            let second = field(record, 1);
            for (slot, length) in prices.iter_mut().zip(2..) {
                let word = symbols.get(..length).and_then(word_key);
                if word == Some((first, second)) {
                    *slot = field(record, 2);
                }
            }
        }
        prices
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
            prices: [None; WINDOW],
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
}

impl Window {
    /// Whether a word lies across an end of the hit.
    fn is_crossed(&self, end: usize) -> bool {
        (end.saturating_sub(LONGEST_WORD - 1)..end)
            .any(|at| (end - at + 1..=LONGEST_WORD).any(|length| self.price(at, length) != NO_WORD))
    }

    /// What the cheapest words from `from` up to `to` cost.
    fn cheapest(&self, from: usize, to: usize) -> u32 {
        let mut costs = [u32::MAX; WINDOW + 1];
        if let Some(first) = costs.get_mut(from) {
            *first = 0;
        }
        for at in from..to {
            let cost = costs.get(at).copied().unwrap_or(u32::MAX);
            for length in 1..=LONGEST_WORD.min(to - at) {
                let price = self.price(at, length);
                if let Some(slot) = costs.get_mut(at + length) {
                    *slot = (*slot).min(cost.saturating_add(price));
                }
            }
        }
        costs.get(to).copied().unwrap_or(u32::MAX)
    }

    /// What a word costs, or a character that is none. Another spelling across an end of the hit is
    /// no sign of innocence: in `挖矿机`, `挖矿` and `矿机` may both be sought, and neither hides the
    /// other.
    fn price(&self, at: usize, length: usize) -> u32 {
        let within = at >= self.start && at < self.end;
        let Some(place) = length.checked_sub(2) else {
            return if within {
                Prices::WITHIN
            } else {
                Prices::BESIDE
            };
        };
        let prices = self.prices.get(at).copied().flatten();
        let price = prices.and_then(|prices| prices.get(place).copied());
        let Some(price) = price.filter(|&price| price != NO_WORD) else {
            return NO_WORD;
        };
        let crosses = |end: usize| at < end && end < at + length;
        let hides = crosses(self.start) || crosses(self.end);
        match price & OWN_WORD != 0 && hides {
            true => NO_WORD,
            false => price & !OWN_WORD,
        }
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

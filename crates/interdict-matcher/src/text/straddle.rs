//! Han words around a hit: `外套现货` is `外套` and `现货`, not `套现`.
//!
//! In: a hit whose characters are Han without gaps. Out: whether the Han around it is
//! better read as words that cross its ends. The window of four characters to either
//! side is cut into the cheapest words of the artifact's dictionary, once freely and
//! once with the hit as a word of its own; the dictionary holds only words that can
//! win, so what is no word costs a flat price. Hits lie close, so what was read for one
//! is kept for the next.

use std::ops::Range;

use super::han_words::{HanWords, LONGEST_WORD, NO_WORD, OWN_WORD, WordPrices};
use super::tables::TextIndex;
use crate::fold::{FoldTable, Kind, Reader, seen_before};

/// Characters read to either side of a hit.
const REACH: usize = 4;
/// The longest hit that is held against its neighbours; a longer one is no accident.
const LONGEST: usize = 8;
/// The most Han that is kept.
const KEPT: usize = 256;

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

/// Han of a text, and what its words cost as far as they were looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct HanStretch {
    symbols: Vec<u32>,
    /// Where the symbols start, in bytes.
    starts: Vec<u32>,
    /// What the words cost that begin with each symbol.
    prices: Vec<Option<WordPrices>>,
    /// The byte past the last symbol.
    end: u32,
    /// Whether no Han stands right before, and none right behind.
    opens: bool,
    closes: bool,
}

impl TextIndex<'_> {
    /// Whether words cross the ends of this stretch of Han. `han` is what earlier calls for the
    /// same text left, or empty.
    pub(super) fn straddles(&self, text: &str, hit: Range<u32>, han: &mut HanStretch) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let Some(hit) = han.cover(self.folding, text, hit) else {
            return false;
        };
        let mut window = Window {
            words: self.words,
            around: hit.start.saturating_sub(REACH)..han.symbols.len().min(hit.end + REACH),
            hit,
            han,
        };
        window.is_straddled()
    }
}

impl HanStretch {
    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        self.symbols.clear();
        self.starts.clear();
        self.prices.clear();
        (self.end, self.opens, self.closes) = (0, false, false);
    }

    /// Reads the Han around a hit, unless it was read. Gives back the symbols of the hit, none
    /// where it has no Han or is long.
    fn cover(
        &mut self,
        folding: FoldTable<'_>,
        text: &str,
        hit: Range<u32>,
    ) -> Option<Range<usize>> {
        let known = self.place(hit.start);
        let enough = known.is_some_and(|first| self.opens || first >= REACH);
        if !enough || self.starts.len() >= KEPT {
            self.begin(folding, text, hit.start);
        }
        self.read(folding, text, hit.end);
        let first = self.place(hit.start)?;
        let starts = self.starts.get(first..)?.iter().take(LONGEST + 1);
        let length = starts.take_while(|&&start| start < hit.end).count();
        (length <= LONGEST).then_some(first..first + length)
    }

    /// The first symbol of the character that starts at a byte, if it was read.
    fn place(&self, start: u32) -> Option<usize> {
        let place = self.starts.partition_point(|&one| one < start);
        (self.starts.get(place) == Some(&start)).then_some(place)
    }

    /// Begins anew, a little before a byte.
    fn begin(&mut self, folding: FoldTable<'_>, text: &str, at: u32) {
        self.clear();
        self.end = at;
        for _ in 0..REACH {
            let before = seen_before(folding, text, self.end);
            match before.filter(|(_, entry, _)| entry.kind() == Kind::Han) {
                Some((.., start)) => self.end = start,
                None => {
                    self.opens = true;
                    return;
                }
            }
        }
    }

    /// Reads on, to some Han behind a byte.
    fn read(&mut self, folding: FoldTable<'_>, text: &str, past: u32) {
        let known = self.starts.iter().rev();
        let mut behind = known.take_while(|&&start| start >= past).count();
        // A word that begins within reach may end beyond it.
        let wanted = REACH + LONGEST_WORD;
        if self.closes || behind >= wanted {
            return;
        }
        for sym in Reader::new(folding, text, self.end) {
            if sym.kind != Kind::Han {
                self.closes = true;
                return;
            }
            if behind >= wanted && !self.starts.ends_with(&[sym.start]) {
                return;
            }
            behind += usize::from(sym.start >= past);
            self.symbols.push(sym.symbol);
            self.starts.push(sym.start);
            self.prices.push(None);
            self.end = sym.end;
        }
        self.closes = true;
    }

    /// What the words cost that begin with a symbol.
    #[inline]
    fn prices(&mut self, words: HanWords<'_>, at: usize) -> WordPrices {
        let none = [NO_WORD; LONGEST_WORD - 1];
        match self.prices.get_mut(at) {
            Some(Some(known)) => *known,
            Some(unknown) => {
                let symbols = self.symbols.get(at..).unwrap_or(&[]);
                *unknown.insert(words.prices(symbols))
            }
            None => none,
        }
    }
}

/// A hit among the Han around it.
struct Window<'a, 'h> {
    words: HanWords<'a>,
    han: &'h mut HanStretch,
    hit: Range<usize>,
    around: Range<usize>,
}

impl Window<'_, '_> {
    fn is_straddled(&mut self) -> bool {
        let Range { start, end } = self.hit;
        // Where no word crosses an end, no reading is cheaper than one that stops at both.
        if !self.is_crossed(start) && !self.is_crossed(end) {
            return false;
        }
        // Both readings may use every word beside the hit: other spellings brought theirs into the
        // dictionary, and a flat price there would make any two terms side by side a straddle.
        let (from, to) = (self.around.start, self.around.end);
        let beside = self.cheapest(from, start) + self.cheapest(end, to);
        let whole = self.cheapest(start, end).min(Prices::WHOLE);
        self.cheapest(from, to) < beside + whole
    }

    /// Whether a word lies across an end of the hit.
    fn is_crossed(&mut self, end: usize) -> bool {
        let first = end.saturating_sub(LONGEST_WORD - 1);
        (first.max(self.around.start)..end).any(|at| {
            let costs = self.costs(at);
            let room = costs.iter().take(self.around.end - at);
            room.skip(end - at).any(|&cost| cost != u32::MAX)
        })
    }

    /// What the cheapest words from `from` up to `to` cost.
    fn cheapest(&mut self, from: usize, to: usize) -> u32 {
        // What it costs to come to each symbol; the last that were priced are enough.
        let mut reached = [u32::MAX; LONGEST_WORD + 1];
        reached[0] = 0;
        for at in from..to {
            let (so_far, costs) = (reached[0], self.costs(at));
            reached.rotate_left(1);
            reached[LONGEST_WORD] = u32::MAX;
            for (slot, cost) in reached.iter_mut().zip(costs).take(to - at) {
                *slot = (*slot).min(so_far.saturating_add(cost));
            }
        }
        reached[0]
    }

    /// What the words of one symbol and more cost that begin at a place. Another spelling across
    /// an end of the hit is no sign of innocence: in `挖矿机`, `挖矿` and `矿机` may both be sought,
    /// and neither hides the other.
    #[inline]
    fn costs(&mut self, at: usize) -> [u32; LONGEST_WORD] {
        let alone = match self.hit.contains(&at) {
            true => Prices::WITHIN,
            false => Prices::BESIDE,
        };
        let mut costs = [alone, u32::MAX, u32::MAX, u32::MAX];
        let prices = self.han.prices(self.words, at);
        for ((slot, price), length) in costs.iter_mut().skip(1).zip(prices).zip(2..) {
            let crosses = |end: usize| at < end && end < at + length;
            let hides = crosses(self.hit.start) || crosses(self.hit.end);
            let hidden = price & OWN_WORD != 0 && hides;
            if price != NO_WORD && !hidden {
                *slot = u32::from(price & !OWN_WORD);
            }
        }
        costs
    }
}

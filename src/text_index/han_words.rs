//! The Han words that an artifact carries, so that a scan can tell a term from a
//! stretch across two words.
//!
//! In: Han spellings. Out: of the committed dictionary, the words that cross an end of some spelling and can be the cheaper
//! reading there, and the words within spellings.

use interdict_matcher::fold::Kind;
use interdict_matcher::text::{HanWord, Prices};

use super::dictionary::{pack, words, words_from};
use super::parts::Parts;
use crate::fold::{CheapMap, fold_text};

/// Words that hold a spelling and more are mostly its kinds (`炸药包`), and only a
/// frequent one (cost at most this) with a longer rest that is no word is another
/// thing (`大麻哈鱼`).
const FREQUENT: u32 = 1500;

/// The most that a word costs which claims its characters for itself.
const RIVAL: u32 = 1150;

/// The longest word.
const LONGEST: usize = 4;

/// The words that an artifact with these spellings gets.
pub(super) fn beside<'a>(spellings: impl Iterator<Item = &'a str>) -> Vec<HanWord> {
    let mut texts: Vec<Vec<u16>> = spellings.filter_map(han_symbols).collect();
    texts.sort_unstable();
    texts.dedup();
    if texts.is_empty() {
        return Vec::new();
    }
    let mut ends = Ends::of(&texts);
    let left = ends.starts.meet(|packed, _, shared| low(packed, shared));
    let right = ends
        .ends
        .meet(|packed, length, shared| packed >> (16 * (length - shared)));
    let mut kept = Kept::new();
    for text in &texts {
        Spelling::new(text, &mut kept).bound(text, &mut ends);
    }
    kept.add_holders(&ends);
    for (number, shared) in ends.starts.winners(&left) {
        let word = words()[number];
        let rest = word.length - shared;
        kept.add(number);
        word.symbols()
            .take(rest as usize)
            .for_each(|symbol| kept.before[usize::from(symbol)] = true);
    }
    for (number, shared) in ends.ends.winners(&right) {
        kept.add(number);
        words()[number]
            .symbols()
            .skip(shared as usize)
            .for_each(|symbol| kept.behind[usize::from(symbol)] = true);
    }
    kept.add_rivals();
    kept.words(&texts)
}

/// The last symbols of a word.
fn low(packed: u64, count: u32) -> u64 {
    packed & ((1 << (16 * count)) - 1)
}

/// The symbols of a spelling that is Han throughout and can lie across two words.
fn han_symbols(text: &str) -> Option<Vec<u16>> {
    let syms = fold_text(text);
    let han = (2..=8).contains(&syms.len()) && syms.iter().all(|sym| sym.kind == Kind::Han);
    let symbols = syms.iter().map(|sym| u16::try_from(sym.symbol).ok());
    han.then(|| symbols.collect()).flatten()
}

/// What words share with spellings at an end.
struct Ends {
    /// With what spellings start: words that start before them end so.
    starts: Parts,
    /// With what spellings end: words that end behind them start so.
    ends: Parts,
    /// Spellings of two characters, which a word can hold with room to spare, each with
    /// what it costs as a whole.
    short: CheapMap<u64, i64>,
}

impl Ends {
    fn of(texts: &[Vec<u16>]) -> Ends {
        let mut ends = Ends {
            starts: Parts::new(),
            ends: Parts::new(),
            short: CheapMap::default(),
        };
        for text in texts {
            for shared in 1..text.len().min(LONGEST) {
                let (start, end) = (&text[..shared], &text[text.len() - shared..]);
                ends.starts.add(start, start[shared - 1]);
                ends.ends.add(end, end[0]);
            }
        }
        ends
    }
}

/// The words within a spelling.
struct Spelling {
    length: usize,
    /// Words within, with their place, length and cost.
    inner: Vec<(usize, usize, u32)>,
}

impl Spelling {
    /// Finds the words within and keeps them.
    fn new(text: &[u16], kept: &mut Kept) -> Spelling {
        let mut inner = Vec::new();
        for at in 0..text.len() {
            let alike = words_from(text[at]);
            let longest = LONGEST.min(text.len() - at);
            for length in 2..=longest {
                let key = pack(&text[at..at + length]) << (16 * (LONGEST - length));
                let found = words()[alike.clone()].binary_search_by_key(&key, |word| word.key);
                if let Ok(found) = found {
                    let number = alike.start + found;
                    inner.push((at, length, words()[number].cost));
                    kept.add(number);
                }
            }
        }
        Spelling {
            length: text.len(),
            inner,
        }
    }

    /// Tells the parts at its ends up to which price a word that shares them can win.
    fn bound(&self, text: &[u16], ends: &mut Ends) {
        let count = self.length;
        let left = self.cover_from_left(|covered| ends.starts.cheapest(&text[..covered]));
        let right = self.cover_to_right(|at| ends.ends.cheapest(&text[at..]));
        let whole = self.cover_from_left(|_| None)[count].min(i64::from(Prices::WHOLE));
        for shared in 1..count.min(LONGEST) {
            ends.starts.bound(&text[..shared], whole - right[shared]);
            let at = count - shared;
            ends.ends.bound(&text[at..], whole - left[at]);
        }
        if count == 2 {
            ends.short.insert(pack(text), whole);
        }
    }

    /// The cheapest way to cover the first characters of the spelling with words
    /// within it, and with words that start before it and end at a place.
    fn cover_from_left(&self, before: impl Fn(usize) -> Option<i64>) -> Vec<i64> {
        let mut costs = vec![0; self.length + 1];
        for end in 1..costs.len() {
            let mut best = costs[end - 1] + i64::from(Prices::WITHIN);
            for &(at, length, cost) in &self.inner {
                if at + length == end {
                    best = best.min(costs[at] + i64::from(cost));
                }
            }
            let crossing = (end < self.length).then(|| before(end)).flatten();
            costs[end] = crossing.map_or(best, |price| best.min(price));
        }
        costs
    }

    /// The cheapest way to cover the spelling from each character on, with words that
    /// end behind it.
    fn cover_to_right(&self, behind: impl Fn(usize) -> Option<i64>) -> Vec<i64> {
        let mut costs = vec![0; self.length + 1];
        for start in (0..self.length).rev() {
            let mut best = costs[start + 1] + i64::from(Prices::WITHIN);
            for &(at, length, cost) in &self.inner {
                if at == start {
                    best = best.min(costs[at + length] + i64::from(cost));
                }
            }
            let crossing = (start > 0).then(|| behind(start)).flatten();
            costs[start] = crossing.map_or(best, |price| best.min(price));
        }
        costs
    }
}

/// The words that an artifact gets.
struct Kept {
    /// Whether each word of the dictionary is kept.
    words: Vec<bool>,
    /// Symbols that kept words take from what stands before or behind a spelling.
    before: Vec<bool>,
    behind: Vec<bool>,
}

impl Kept {
    fn new() -> Kept {
        Kept {
            words: vec![false; words().len()],
            before: vec![false; 0x1_0000],
            behind: vec![false; 0x1_0000],
        }
    }

    fn add(&mut self, number: usize) {
        self.words[number] = true;
    }

    /// Adds the words that hold a whole spelling and more, unless they only share
    /// characters with it in their midst.
    fn add_holders(&mut self, ends: &Ends) {
        if ends.short.is_empty() {
            return;
        }
        let longest = words().iter().enumerate();
        for (number, word) in longest.filter(|(_, word)| word.length as usize == LONGEST) {
            let (first, last) = (word.key >> 48, low(word.key, 1));
            for shift in [32, 16, 0] {
                let part = low(word.key >> shift, 2);
                let own = [part >> 16, low(part, 1)];
                if !ends.starts.has(own[0] as u16) || !ends.ends.has(own[1] as u16) {
                    continue;
                }
                let beside = i64::from(word.cost) - 2 * i64::from(Prices::BESIDE);
                let wins = |&whole: &i64| word.cost <= FREQUENT && beside < whole;
                let touches = own.contains(&first) || own.contains(&last);
                if touches && ends.short.get(&part).is_some_and(wins) {
                    self.add(number);
                }
            }
        }
    }

    /// Adds the common words that claim those symbols for themselves: in `出售假钞` it is
    /// `出售` that tells `假钞` from `售假`.
    fn add_rivals(&mut self) {
        for (number, word) in words().iter().enumerate() {
            if word.length == 2 && word.cost <= RIVAL {
                let (first, last) = (word.packed() >> 16, low(word.packed(), 1));
                if self.before[last as usize] || self.behind[first as usize] {
                    self.words[number] = true;
                }
            }
        }
    }

    /// The words; one that is a spelling itself is marked as such.
    fn words(&self, texts: &[Vec<u16>]) -> Vec<HanWord> {
        let kept = words().iter().zip(&self.words).filter(|(_, kept)| **kept);
        kept.map(|(word, _)| {
            let spells = |text: &Vec<u16>| text.iter().copied().cmp(word.symbols());
            HanWord {
                symbols: [48, 32, 16, 0].map(|shift| (word.key >> shift) as u16),
                cost: word.cost,
                own: texts.binary_search_by(spells).is_ok(),
            }
        })
        .collect()
    }
}

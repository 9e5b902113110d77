//! The Han words that an artifact carries, so that a scan can tell a term from a
//! stretch across two words.
//!
//! In: Han spellings. Out: records of the runtime's `words` section: of the committed
//! dictionary, the words that cross an end of some spelling and can be the cheaper
//! reading there, and the words within spellings.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::fold::Kind;
use interdict_matcher::text::{Prices, word_key};

use crate::fold::fold_text;

const DICTIONARY: &str = include_str!("han_words.tsv");

/// Words that hold a spelling and more are mostly its kinds (`炸药包`), and only a
/// frequent one (cost at most this) with a longer rest that is no word is another
/// thing (`大麻哈鱼`).
const FREQUENT: u32 = 155;

/// The most that a common word costs.
const COMMON: u32 = 150;

/// A spelling and the cheapest prices around it.
struct Spelling {
    symbols: Vec<u32>,
    /// Words within, with their place and cost.
    inner: Vec<(usize, usize, u32)>,
    /// Words that start before and end within: how much of the spelling they cover.
    left: Vec<(usize, i64, Vec<u32>, u32)>,
    /// Words that start within and end behind.
    right: Vec<(usize, i64, Vec<u32>, u32)>,
    /// Words that hold the whole and more.
    around: Vec<(i64, Vec<u32>, u32)>,
}

/// The records of the section, sorted.
pub(super) fn write<'a>(spellings: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let texts: BTreeSet<Vec<u32>> = spellings.filter_map(han_symbols).collect();
    let mut spellings: Vec<Spelling> = texts.into_iter().map(Spelling::new).collect();
    if spellings.is_empty() {
        return Vec::new();
    }
    collect(&mut spellings);
    let mut words = BTreeMap::new();
    for spelling in &spellings {
        spelling.keep(&mut words);
    }
    words
        .into_iter()
        .flat_map(|((first, second), cost)| [first, second, cost])
        .collect()
}

/// The symbols of a spelling that is Han throughout and can lie across two words.
fn han_symbols(text: &str) -> Option<Vec<u32>> {
    let syms = fold_text(text);
    let han = syms
        .iter()
        .all(|sym| sym.kind == Kind::Han && sym.symbol < 0x1_0000);
    (han && (2..=8).contains(&syms.len())).then(|| syms.iter().map(|sym| sym.symbol).collect())
}

/// Reads the dictionary once and gives every word to the spellings it touches.
fn collect(spellings: &mut [Spelling]) {
    let mut starts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut ends: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, spelling) in spellings.iter().enumerate() {
        for &symbol in &spelling.symbols {
            starts.entry(symbol).or_default().push(number);
            ends.entry(symbol).or_default().push(number);
        }
    }
    let mut is_end = vec![false; 0x1_0000];
    ends.keys()
        .for_each(|&symbol| is_end[symbol as usize] = true);
    each_word(|word, cost| {
        let ends_there = |last: &&u32| is_end[**last as usize & 0xFFFF];
        let starting = word.first().and_then(|first| starts.get(first));
        let ending = word
            .last()
            .filter(ends_there)
            .and_then(|last| ends.get(last));
        for &number in starting.into_iter().chain(ending).flatten() {
            spellings[number].meet(word, cost);
        }
    });
}

/// Gives every word of the dictionary with its cost.
fn each_word(mut give: impl FnMut(&[u32], u32)) {
    let mut word = Vec::with_capacity(4);
    for line in DICTIONARY.lines().filter(|line| !line.starts_with('#')) {
        word.clear();
        for c in line.chars() {
            if c.is_ascii_lowercase() {
                give(&word, 50 + 5 * (c as u32 - u32::from('a')));
                word.truncate(1);
            } else if c != '\t' {
                word.push(u32::from(c));
            }
        }
    }
}

/// Gives the neighbours in every word that is common enough to be meant.
pub(super) fn each_common_pair(mut give: impl FnMut(u32, u32)) {
    each_word(|word, cost| {
        if cost <= COMMON {
            word.windows(2).for_each(|pair| give(pair[0], pair[1]));
        }
    });
}

impl Spelling {
    fn new(symbols: Vec<u32>) -> Spelling {
        Spelling {
            symbols,
            inner: Vec::new(),
            left: Vec::new(),
            right: Vec::new(),
            around: Vec::new(),
        }
    }

    /// Takes a word of the dictionary in, wherever it can lie over the spelling.
    fn meet(&mut self, word: &[u32], cost: u32) {
        let (own, length) = (self.symbols.as_slice(), word.len());
        let beside = |covered: usize| {
            i64::from(cost) - (length - covered) as i64 * i64::from(Prices::BESIDE)
        };
        for at in 0..own.len() {
            if own[at..].starts_with(word) && !self.inner.contains(&(at, length, cost)) {
                self.inner.push((at, length, cost));
            }
        }
        for covered in 1..own.len().min(length) {
            if word.ends_with(&own[..covered]) {
                self.left
                    .push((covered, beside(covered), word.to_vec(), cost));
            }
            if word.starts_with(&own[own.len() - covered..]) {
                let at = own.len() - covered;
                self.right.push((at, beside(covered), word.to_vec(), cost));
            }
        }
        let holds = word.windows(own.len()).any(|part| part == own);
        if holds && length >= own.len() + 2 && cost <= FREQUENT {
            self.around.push((beside(own.len()), word.to_vec(), cost));
        }
    }

    /// Keeps the words within, and of the others those that can win.
    fn keep(&self, words: &mut BTreeMap<(u32, u32), u32>) {
        let mut keep = |word: &[u32], cost: u32| {
            if let Some(key) = word_key(word) {
                words.insert(key, cost);
            }
        };
        for &(at, length, cost) in &self.inner {
            keep(&self.symbols[at..at + length], cost);
        }
        let (left, right) = (self.cover_from_left(), self.cover_to_right());
        let inner_only = self.cover_within();
        let whole = inner_only[self.symbols.len()].min(i64::from(Prices::WHOLE));
        for (covered, price, word, cost) in &self.left {
            if price + right[*covered] < whole {
                keep(word, *cost);
            }
        }
        for (at, price, word, cost) in &self.right {
            if left[*at] + price < whole {
                keep(word, *cost);
            }
        }
        for (price, word, cost) in &self.around {
            if *price < whole {
                keep(word, *cost);
            }
        }
    }

    /// The cheapest way to cover the first characters of the spelling with words
    /// within it.
    fn cover_within(&self) -> Vec<i64> {
        self.cover(&[])
    }

    /// The same with words that start before it.
    fn cover_from_left(&self) -> Vec<i64> {
        let left: Vec<_> = self
            .left
            .iter()
            .map(|(covered, price, ..)| (*covered, *price))
            .collect();
        self.cover(&left)
    }

    fn cover(&self, left: &[(usize, i64)]) -> Vec<i64> {
        let mut costs = vec![0; self.symbols.len() + 1];
        for end in 1..costs.len() {
            let mut best = costs[end - 1] + i64::from(Prices::WITHIN);
            for &(at, length, cost) in &self.inner {
                if at + length == end {
                    best = best.min(costs[at] + i64::from(cost));
                }
            }
            for &(covered, price) in left {
                if covered == end {
                    best = best.min(price);
                }
            }
            costs[end] = best;
        }
        costs
    }

    /// The cheapest way to cover the spelling from each character on, with words that
    /// end behind it.
    fn cover_to_right(&self) -> Vec<i64> {
        let count = self.symbols.len();
        let mut costs = vec![0; count + 1];
        for start in (0..count).rev() {
            let mut best = costs[start + 1] + i64::from(Prices::WITHIN);
            for &(at, length, cost) in &self.inner {
                if at == start {
                    best = best.min(costs[at + length] + i64::from(cost));
                }
            }
            for (at, price, ..) in &self.right {
                if *at == start {
                    best = best.min(*price);
                }
            }
            costs[start] = best;
        }
        costs
    }
}

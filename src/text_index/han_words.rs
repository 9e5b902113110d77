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
const FREQUENT: u32 = 1500;

/// The most that a common word costs.
const COMMON: u32 = 1500;

/// The most that a word costs which claims its characters for itself.
const RIVAL: u32 = 1150;

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
    let mut kept = Kept::default();
    for spelling in &spellings {
        spelling.keep(&mut kept);
    }
    kept.add_rivals();
    let words = kept.words;
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
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, spelling) in spellings.iter().enumerate() {
        for &symbol in &spelling.symbols {
            let holders = holders.entry(symbol).or_default();
            if holders.last() != Some(&number) {
                holders.push(number);
            }
        }
    }
    // Most words touch no spelling: a look into a flat table tells.
    let mut touched = vec![false; 0x1_0000];
    for &symbol in holders.keys() {
        touched[symbol as usize & 0xFFFF] = true;
    }
    let of = |symbol: Option<&u32>| {
        symbol
            .filter(|symbol| touched[**symbol as usize & 0xFFFF])
            .and_then(|symbol| holders.get(symbol))
    };
    each_word(|word, cost| {
        if word.len() < 2 {
            return;
        }
        for &number in of(word.first())
            .into_iter()
            .chain(of(word.last()))
            .flatten()
        {
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
            // A letter ends a word and says its cost, from 5 on in quarters.
            let step = match c {
                'a'..='z' => u32::from(c) - u32::from('a'),
                'A'..='Z' => u32::from(c) - u32::from('A') + 26,
                '\t' => continue,
                _ => {
                    word.push(u32::from(c));
                    continue;
                }
            };
            give(&word, 500 + 25 * step);
            word.truncate(1);
        }
    }
}

/// Gives the neighbours in every word, and whether the word is a common one; and the
/// commonest characters, each after a 0.
pub(super) fn each_pair(mut give: impl FnMut(u32, u32, bool)) {
    each_word(|word, cost| match word {
        [only] => give(0, *only, true),
        _ => word
            .windows(2)
            .for_each(|pair| give(pair[0], pair[1], cost <= COMMON)),
    });
}

/// The words that an artifact gets.
#[derive(Default)]
struct Kept {
    words: BTreeMap<(u32, u32), u32>,
    /// Symbols that kept words take from what stands before or behind a spelling.
    before: BTreeSet<u32>,
    behind: BTreeSet<u32>,
}

impl Kept {
    fn add(&mut self, word: &[u32], cost: u32) {
        if let Some(key) = word_key(word) {
            self.words.insert(key, cost);
        }
    }

    /// Adds the common words that claim those symbols for themselves: in `出售假钞` it is
    /// `出售` that tells `假钞` from `售假`.
    fn add_rivals(&mut self) {
        each_word(|word, cost| {
            if let ([first, last], true) = (word, cost <= RIVAL)
                && (self.before.contains(last) || self.behind.contains(first))
            {
                self.add(word, cost);
            }
        });
    }
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
    fn keep(&self, kept: &mut Kept) {
        for &(at, length, cost) in &self.inner {
            kept.add(&self.symbols[at..at + length], cost);
        }
        let (left, right) = (self.cover_from_left(), self.cover_to_right());
        let whole = self.cover_within()[self.symbols.len()].min(i64::from(Prices::WHOLE));
        for (covered, price, word, cost) in &self.left {
            if price + right[*covered] < whole {
                kept.add(word, *cost);
                kept.before.extend(&word[..word.len() - covered]);
            }
        }
        for (at, price, word, cost) in &self.right {
            if left[*at] + price < whole {
                kept.add(word, *cost);
                kept.behind.extend(&word[self.symbols.len() - at..]);
            }
        }
        for (price, word, cost) in &self.around {
            if *price < whole {
                kept.add(word, *cost);
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

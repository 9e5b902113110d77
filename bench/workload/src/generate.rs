//! Ordinary texts and rare terms, from a seed.
//!
//! In: the committed word lists of the compiler. Out: terms, English text and mixed text; the same
//! seed gives the same.
//!
//! - *Han words* are drawn by their frequency, which the list holds as a cost.
//! - *English words*: half are one of `FREQUENT`; the others come from the list, which holds no
//!   frequencies, put into a random order and drawn by rank as natural languages have it (the
//!   word of rank r with a share near 1 / (r + `FLATTENING`)).
//! - *Terms* are words and pairs of words that the texts leave out: English words of five letters
//!   or more, Han words of a cost of `RARE` or more. One listing in `PLANTED` holds a term.
//! - Sentences have capitals, commas, prices, sizes, model numbers, links and now and then a
//!   slash, an ampersand or an asterisk, because these set rewriting and other side tracks going.

use std::collections::BTreeSet;

use crate::listings::BYTES;
use crate::random::Random;

const ENGLISH: &str = include_str!("../../../src/text_index/common_words.txt");
const HAN: &str = include_str!("../../../src/text_index/han_words.tsv");

const FREQUENT: &str = "the of and to a in is it you that for on with as are this be at or from have \
    an by not your we all can one more will has but when new which if our their they out up about \
    so other into no time them these than only its some very just use set size free good item also";
const FLATTENING: f64 = 50.0;
const RARE: u8 = b'H';
const PLANTED: usize = 20;
const EXTRAS: [&str; 12] = [
    "2 x 500ml",
    "(2018)",
    "$12.99",
    "256GB",
    "100%",
    "black/white",
    "A4",
    "R&D",
    "www.example.com/shop",
    "5*",
    "T-1000",
    "3,5 cm",
];

/// Makes texts and terms.
pub struct Generator {
    random: Random,
    english: Vec<&'static str>,
    han: Weighted,
    terms: Vec<String>,
}

impl Generator {
    /// Makes `count` terms, and texts without them.
    pub fn new(seed: u64, count: usize) -> Generator {
        let mut random = Random::new(seed);
        let mut english: Vec<&str> = ENGLISH.lines().collect();
        random.shuffle(&mut english);
        let mut han = han_words();
        random.shuffle(&mut han);
        let terms = terms(&english, &han, count);
        let left_out: BTreeSet<&str> = terms.iter().flat_map(|term| term.split(' ')).collect();
        english.retain(|word| !left_out.contains(word));
        han.retain(|(word, _)| !left_out.contains(word.as_str()));
        Generator {
            random,
            english,
            han: Weighted::of(han),
            terms: terms.into_iter().collect(),
        }
    }

    /// The terms, sorted.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// English text of about so many bytes.
    pub fn english(&mut self, bytes: usize) -> String {
        self.text(bytes, |generator, out| generator.english_sentence(out))
    }

    /// Chinese text, with an English sentence in three and Latin words among the Han.
    pub fn mixed(&mut self, bytes: usize) -> String {
        self.text(bytes, |generator, out| match generator.random.below(3) {
            0 => generator.english_sentence(out),
            _ => generator.han_sentence(out),
        })
    }

    fn text(&mut self, bytes: usize, sentence: impl Fn(&mut Generator, &mut String)) -> String {
        let mut out = String::with_capacity(bytes + BYTES);
        let mut planted = 0;
        while out.len() < bytes {
            sentence(self, &mut out);
            if out.len() > planted + PLANTED * BYTES && !self.terms.is_empty() {
                planted = out.len();
                let term = self.random.below(self.terms.len());
                out.push_str(&self.terms[term]);
                out.push_str(". ");
            }
        }
        out
    }

    fn english_sentence(&mut self, out: &mut String) {
        for number in 0..5 + self.random.below(14) {
            let word = self.english_word();
            if number > 0 {
                out.push_str(if self.random.below(9) == 0 { ", " } else { " " });
            }
            match word.chars().next() {
                Some(first) if number == 0 || self.random.below(12) == 0 => {
                    out.extend(first.to_uppercase());
                    out.push_str(&word[first.len_utf8()..]);
                }
                _ => out.push_str(word),
            }
        }
        out.push_str(". ");
    }

    fn english_word(&mut self) -> &'static str {
        if self.random.below(40) == 0 {
            return EXTRAS[self.random.below(EXTRAS.len())];
        }
        if self.random.below(2) == 0 {
            let frequent = FREQUENT.split_whitespace();
            let number = self.random.below(frequent.clone().count());
            return frequent.clone().nth(number).unwrap_or("the");
        }
        let count = self.english.len() as f64;
        let rank = FLATTENING * ((count + FLATTENING) / FLATTENING).powf(self.random.unit());
        let rank = (rank - FLATTENING) as usize;
        self.english.get(rank).copied().unwrap_or("the")
    }

    fn han_sentence(&mut self, out: &mut String) {
        for _ in 0..6 + self.random.below(16) {
            match self.random.below(24) {
                0 => out.push_str(self.english_word()),
                1 | 2 => out.push('，'),
                _ => out.push_str(self.han.draw(&mut self.random)),
            }
        }
        out.push('。');
    }
}

/// The words of the compiler's lists: English ones, then Han ones.
pub fn words() -> Vec<String> {
    let english = ENGLISH.lines().map(str::to_owned);
    let han = han_words().into_iter().map(|(word, _)| word);
    english.chain(han).collect()
}

/// From the rarer end of the lists. Of ten terms, four are English words, two pairs of them, three Han words, one a pair.
fn terms(english: &[&str], han: &[(String, u8)], count: usize) -> BTreeSet<String> {
    let frequent: BTreeSet<&str> = FREQUENT.split_whitespace().collect();
    let rare = |word: &&str| word.len() >= 5 && !frequent.contains(word);
    let mut english = english.iter().rev().copied().filter(rare);
    let rare = |(word, cost): &&(String, u8)| *cost >= RARE && word.chars().count() >= 2;
    let mut han = han.iter().rev().filter(rare).map(|(word, _)| word.as_str());
    let mut terms = BTreeSet::new();
    for number in 0..count {
        let (words, between): (&mut dyn Iterator<Item = &str>, &str) = match number % 10 {
            0..=5 => (&mut english, " "),
            _ => (&mut han, ""),
        };
        let pair = matches!(number % 10, 4 | 5 | 9);
        let words: Vec<&str> = words.take(if pair { 2 } else { 1 }).collect();
        if !words.is_empty() {
            terms.insert(words.join(between));
        }
    }
    terms
}

/// The words of the list, each with the letter of its cost, smaller for commoner ones: `A` to `Z`
/// come behind `a` to `z`.
fn han_words() -> Vec<(String, u8)> {
    let mut words = Vec::new();
    for line in HAN.lines().filter(|line| !line.starts_with('#')) {
        let Some((first, rest)) = line.split_once('\t') else {
            continue;
        };
        let mut word = first.to_owned();
        for c in rest.chars() {
            if !c.is_ascii_alphabetic() {
                word.push(c);
                continue;
            }
            words.push((std::mem::replace(&mut word, first.to_owned()), c as u8));
        }
    }
    words
}

/// Words that are drawn by their frequency.
struct Weighted {
    words: Vec<String>,
    /// The sum of the shares up to each word.
    sums: Vec<f64>,
}

impl Weighted {
    fn of(words: Vec<(String, u8)>) -> Weighted {
        let mut sum = 0.0;
        let mut add = |cost: u8| {
            let step = match cost {
                b'a'..=b'z' => cost - b'a',
                _ => cost - b'A' + 26,
            };
            // A step of the cost is a quarter of the natural logarithm of the share.
            sum += (-f64::from(step) / 4.0).exp();
            sum
        };
        let sums = words.iter().map(|(_, cost)| add(*cost)).collect();
        let words = words.into_iter().map(|(word, _)| word).collect();
        Weighted { words, sums }
    }

    fn draw(&self, random: &mut Random) -> &str {
        let all = self.sums.last().copied().unwrap_or(0.0);
        let at = random.unit() * all;
        let place = self.sums.partition_point(|&sum| sum <= at);
        self.words.get(place).map_or("", String::as_str)
    }
}

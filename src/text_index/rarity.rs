//! How rare a gram is in ordinary text.
//!
//! In: the classes of an index. Out: for a few classes side by side, how seldom a text holds
//! them, in 256ths of a bit. Letters follow each other as in the common English words beside
//! this file, Han as in the Han words. It is a matter of speed alone: a bad guess costs time,
//! and no hit. All of it is whole numbers, so that every machine comes to the same artifact.

use super::classes::Classes;
use super::dictionary;
use super::english;
use crate::fold::CheapMap;

/// What a letter of the common words weighs: together they weigh about as much as the Han
/// words, whose weights are shares of [`WHOLE`].
const LETTER: u64 = 1 << 22;
/// The binary logarithm of what the Han words weigh together.
const WHOLE: u32 = 40;
/// The share of a symbol that no list knows: one of so many characters.
const UNKNOWN_SHARE: u64 = 1 << 14;

/// Counts of classes and of their neighbours.
pub(super) struct Rarity {
    all: u64,
    /// By class.
    single: Vec<u64>,
    pairs: CheapMap<u32, u64>,
}

impl Rarity {
    /// What the common words say of these classes.
    pub(super) fn of(classes: &Classes) -> Rarity {
        let mut rarity = Rarity {
            all: 1,
            single: vec![0; 1 << 16],
            pairs: CheapMap::default(),
        };
        rarity.count_latin(classes);
        if classes.symbols().any(|symbol| symbol > 0x2E80) {
            rarity.count_han(classes);
        }
        rarity
    }

    fn count_latin(&mut self, classes: &Classes) {
        let mut letters = [0; 256];
        for (letter, class) in letters.iter_mut().enumerate() {
            *class = classes.narrow_class(letter as u32);
        }
        for word in english::words() {
            let mut before = 0;
            for letter in word.bytes() {
                let class = letters[usize::from(letter)];
                if class != before {
                    self.add(before, class, LETTER);
                    before = class;
                }
            }
        }
    }

    fn count_han(&mut self, classes: &Classes) {
        let symbols = classes.symbols().filter(|&symbol| symbol < 1 << 16);
        let mut of = vec![0; 1 << 16];
        symbols.for_each(|symbol| of[symbol as usize] = classes.narrow_class(symbol));
        for word in dictionary::words() {
            // 369 in 25,600 bits are a hundredth of a natural logarithm.
            let weight = 1 << WHOLE.saturating_sub(word.cost * 369 / 25_600);
            let mut before = 0;
            for symbol in word.symbols() {
                let class = of[usize::from(symbol)];
                self.add(before, class, weight);
                before = class;
            }
        }
    }

    fn add(&mut self, before: u16, class: u16, weight: u64) {
        self.all += weight;
        if class != 0 {
            self.single[usize::from(class)] += weight;
            *self.pairs.entry(pair(before, class)).or_default() += weight;
        }
    }

    /// How rare these classes are side by side.
    pub(super) fn rarity(&self, gram: &[u16]) -> u32 {
        let first = gram.first().map_or(0, |&class| {
            log2(self.all).saturating_sub(log2(self.count(class)))
        });
        let steps = gram.windows(2).map(|two| self.step(two[0], two[1]));
        first + steps.sum::<u32>()
    }

    fn count(&self, class: u16) -> u64 {
        match self.single[usize::from(class)] {
            0 => self.all / UNKNOWN_SHARE,
            known => known,
        }
    }

    /// How much rarer a class makes the gram behind another.
    fn step(&self, first: u16, second: u16) -> u32 {
        let within = self.pairs.get(&pair(first, second)).copied().unwrap_or(0);
        // A fifth of all letters begin a word, whatever stands before them.
        let product = u128::from(self.count(first)) * u128::from(self.count(second));
        let across = (product / (5 * u128::from(self.all))) as u64;
        log2(self.count(first)).saturating_sub(log2(within + across))
    }
}

fn pair(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// The binary logarithm in 256ths, straight between powers of two; of 0, as of 1.
fn log2(number: u64) -> u32 {
    let number = number.max(1);
    let whole = number.ilog2();
    let part = (u128::from(number) << 8 >> whole) as u32 & 255;
    whole << 8 | part
}

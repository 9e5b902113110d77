//! The ordinary words, and pairs of words in a row, in which spellings may lie by chance.
//!
//! In: spellings. Out: texts to hold them against, each with how common it is. Of the Han words only
//! those that share two neighbours, or their sound, with a spelling: no other can hold one.

use std::collections::HashSet;

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;

use super::dictionary::{self, Word};
use super::pattern::elements;
use super::patterns::han;
use super::sound::Sounds;
use super::{SpellingSpec, english};
use crate::fold::fold_text;

/// A word or two of everyday language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordinary {
    /// The word, or two words as they stand in a row.
    pub text: String,
    /// How many words of its language are more common, and one more; of two words, that of the
    /// rarer one.
    pub rank: u32,
}

/// The English words, and the Han words that these spellings may lie in.
pub fn ordinary_words(specs: &[SpellingSpec]) -> Vec<Ordinary> {
    let english = english::words().map(|word| Ordinary {
        text: word.to_owned(),
        rank: english::rank(word),
    });
    let holders = Holders::of(specs);
    let words = dictionary::words().iter().copied();
    let han = words.filter(|word| word.length > 1 && holders.may_be(*word));
    let han = han.map(|word| Ordinary {
        text: word.text(),
        rank: word.rank(),
    });
    english.chain(han).collect()
}

/// Whether a word of Han is in the dictionary.
pub fn is_han_word(text: &str) -> bool {
    han_symbols(text).is_some_and(|symbols| dictionary::word(&symbols).is_some())
}

/// The symbols of a text that is Han throughout.
pub(super) fn han_symbols(text: &str) -> Option<Vec<u16>> {
    let syms = fold_text(text);
    let han = !syms.is_empty() && syms.iter().all(|sym| sym.kind == Kind::Han);
    let symbols = syms.iter().map(|sym| u16::try_from(sym.symbol).ok());
    han.then(|| symbols.collect()).flatten()
}

/// What tells the Han words in which a spelling may lie.
struct Holders {
    /// Neighbours in spellings, in either order: `mirror` turns them round.
    pairs: HashSet<(u16, u16)>,
    /// Spellings of one character.
    single: HashSet<u16>,
    sounds: Option<Sounds>,
    /// Neighbouring syllables of spellings that are looked for by their sound.
    syllables: HashSet<(u32, u32)>,
}

impl Holders {
    fn of(specs: &[SpellingSpec]) -> Holders {
        let (mut pairs, mut single) = (HashSet::new(), HashSet::new());
        let mut heard = Vec::new();
        for spec in specs {
            match han_symbols(&spec.text).as_deref() {
                Some([only]) => {
                    single.insert(*only);
                }
                Some(symbols) => {
                    let neighbours = symbols.windows(2).map(|pair| (pair[0], pair[1]));
                    pairs.extend(neighbours.flat_map(|(one, two)| [(one, two), (two, one)]));
                }
                None => {}
            }
            let sounds = spec.folds.contains(Folds::SOUND);
            heard.extend(sounds.then(|| han(&elements(&spec.text))).flatten());
        }
        let sounds = (!heard.is_empty()).then(|| Sounds::of(&heard));
        let mut syllables = HashSet::new();
        for key in heard.iter().filter_map(|one| sounds.as_ref()?.key(one)) {
            syllables.extend(key.windows(2).map(|pair| (pair[0], pair[1])));
        }
        Holders {
            pairs,
            single,
            sounds,
            syllables,
        }
    }

    fn may_be(&self, word: Word) -> bool {
        let (symbols, next) = (word.symbols(), word.symbols().skip(1));
        let sounds = |(one, two): (u16, u16)| {
            let sounds = self.sounds.as_ref();
            sounds.is_some_and(|sounds| {
                let pair = (sounds.number(one), sounds.number(two));
                self.syllables.contains(&pair)
            })
        };
        let mut pairs = symbols.zip(next);
        pairs.any(|pair| self.pairs.contains(&pair) || sounds(pair))
            || word.symbols().any(|symbol| self.single.contains(&symbol))
    }
}

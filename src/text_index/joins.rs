//! Two ordinary words in a row that a spelling may lie across: `hero in`, `外套现货`.
//!
//! In: spellings. Out: for each the pairs of common words that would make it. English words must be
//! the whole of it, since an edge is asked for; Han words reach beyond it on either side.

use std::sync::OnceLock;

use super::dictionary::{Word, pack, words};
use super::ordinary::{Ordinary, han_symbols};
use super::pattern::Element;
use super::patterns::patterns;
use super::{SpellingSpec, english};

/// How many Han words are tried to either side of a place where a spelling may be cut.
const TRIED: usize = 2;

/// The longest word of the dictionary.
const LONGEST: usize = 4;

/// A pair of words that may make a spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The number of the spelling.
    pub spelling: usize,
    /// The words as they stand in a row.
    pub words: Ordinary,
    /// Where the first word ends, in bytes.
    pub seam: usize,
}

/// English words that make a spelling, forwards, backwards or by their sound.
pub fn english_joins(specs: &[SpellingSpec]) -> Vec<Join> {
    let mut joins = Vec::new();
    for pattern in patterns(specs) {
        let Some((letters, gaps)) = letters(&pattern.elements) else {
            continue;
        };
        // Cut at its own gaps, a spelling is itself.
        for seam in (1..letters.len()).filter(|seam| !gaps.contains(seam)) {
            let (first, second) = letters.split_at(seam);
            if english::is_word(first) && english::is_word(second) {
                let words = Ordinary {
                    text: format!("{first} {second}"),
                    rank: english::rank(first).max(english::rank(second)),
                };
                joins.push(Join {
                    spelling: pattern.spelling as usize,
                    words,
                    seam,
                });
            }
        }
    }
    joins
}

/// The letters of a pattern that is Latin throughout, and where it has gaps of its own.
fn letters(elements: &[Element]) -> Option<(String, Vec<usize>)> {
    let (mut letters, mut gaps) = (String::new(), Vec::new());
    for element in elements {
        if !element.gap {
            let letter = char::from_u32(element.symbol);
            letters.push(letter.filter(char::is_ascii_lowercase)?);
        } else if !element.optional {
            gaps.push(letters.len());
        }
    }
    Some((letters, gaps))
}

/// Common Han words that make a spelling where they meet.
pub fn han_joins(specs: &[SpellingSpec]) -> Vec<Join> {
    let mut joins = Vec::new();
    for (spelling, spec) in specs.iter().enumerate() {
        let symbols = han_symbols(&spec.text).filter(|symbols| (2..=8).contains(&symbols.len()));
        let Some(symbols) = symbols else { continue };
        for seam in 1..symbols.len() {
            let (before, after) = symbols.split_at(seam);
            for first in commonest(ending_in(before)) {
                for second in commonest(starting_with(after)) {
                    // Both ends of the spelling would be ends of words: no chance, but itself.
                    if first.length as usize + second.length as usize == symbols.len() {
                        continue;
                    }
                    let words = Ordinary {
                        text: first.text() + &second.text(),
                        rank: first.rank().max(second.rank()),
                    };
                    joins.push(Join {
                        spelling,
                        words,
                        seam: first.text().len(),
                    });
                }
            }
        }
    }
    joins
}

fn commonest(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut words: Vec<Word> = words.filter(|word| word.length > 1).collect();
    words.sort_by_key(|word| (word.cost, word.key));
    words.truncate(TRIED);
    words
}

fn starting_with(symbols: &[u16]) -> impl Iterator<Item = Word> {
    beginning(words(), |word| word.key, symbols).iter().copied()
}

fn ending_in(symbols: &[u16]) -> impl Iterator<Item = Word> {
    /// Every word behind its key read backwards, sorted.
    static BACKWARDS: OnceLock<Vec<(u64, Word)>> = OnceLock::new();
    let backwards = BACKWARDS.get_or_init(|| {
        let turned = words().iter().map(|&word| (turned(word), word));
        let mut backwards: Vec<(u64, Word)> = turned.collect();
        backwards.sort_unstable_by_key(|&(key, _)| key);
        backwards
    });
    let reversed: Vec<u16> = symbols.iter().rev().copied().collect();
    let found = beginning(backwards, |&(key, _)| key, &reversed);
    found.iter().map(|&(_, word)| word)
}

/// The part of a list, sorted by key, whose keys begin with these symbols.
fn beginning<'l, T>(sorted: &'l [T], key: impl Fn(&T) -> u64, symbols: &[u16]) -> &'l [T] {
    let Some(open) = LONGEST.checked_sub(symbols.len()) else {
        return &[];
    };
    let lowest = pack(symbols) << (16 * open);
    let highest = lowest | ((1 << (16 * open)) - 1);
    let from = sorted.partition_point(|one| key(one) < lowest);
    let to = sorted.partition_point(|one| key(one) <= highest);
    &sorted[from..to]
}

/// The key of a word read backwards.
fn turned(word: Word) -> u64 {
    let mut symbols: Vec<u16> = word.symbols().collect();
    symbols.reverse();
    pack(&symbols) << (16 * (LONGEST - symbols.len()))
}

#[cfg(test)]
mod tests {
    use interdict_matcher::Folds;

    use super::super::Edges;
    use super::*;

    fn texts(spelling: &str, folds: Folds, joins: fn(&[SpellingSpec]) -> Vec<Join>) -> Vec<String> {
        let spec = SpellingSpec {
            text: spelling.to_owned(),
            folds,
            edges: Edges::Auto,
        };
        let mut texts: Vec<String> = joins(&[spec])
            .into_iter()
            .map(|join| join.words.text)
            .collect();
        texts.sort();
        texts
    }

    #[test]
    fn english_words_make_a_spelling() {
        assert_eq!(texts("heroin", Folds::STANDARD, english_joins), ["hero in"]);
        assert_eq!(texts("pupils", Folds::MIRROR, english_joins), ["slip up"]);
        assert!(texts("white paper", Folds::STANDARD, english_joins).is_empty());
        assert_eq!(
            texts("bitcoin", Folds::STANDARD, english_joins),
            ["bit coin"]
        );
    }

    #[test]
    fn han_words_reach_beyond_a_spelling() {
        let joins = texts("套现", Folds::STANDARD, han_joins);
        assert_eq!(joins.len(), TRIED * TRIED);
        assert!(joins.iter().all(|join| join.contains("套现")), "{joins:?}");
        assert!(
            texts("白皮书", Folds::STANDARD, han_joins)
                .iter()
                .all(|join| join != "白皮书")
        );
    }
}

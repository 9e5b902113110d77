//! Spellings with one edit: the keys that they are filed under, and the ordinary words that are one
//! edit away from them.
//!
//! In: spellings and their patterns. Out: the `edit` sections of the runtime, which are empty where
//! no spelling allows `fuzzy`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;
use interdict_matcher::text::edit::{
    FEWEST_LETTERS, MOST_LETTERS, MOST_WORDS, ORDINARY_WORDS, SIZE_WORDS, edit_keys, ordinary_word,
    size_place,
};

use super::pattern::Element;
use super::patterns::{Pattern, only};
use super::{SpellingSpec, english};

/// The sections.
#[derive(Default)]
pub(super) struct Fuzzy {
    pub(super) sizes: Vec<u32>,
    pub(super) starts: Vec<u32>,
    pub(super) keys: Vec<u32>,
    pub(super) ordinary: Vec<u32>,
}

impl Fuzzy {
    /// The sections of these spellings. The number of a pattern is its place.
    pub(super) fn of(specs: &[SpellingSpec], patterns: &[Pattern]) -> Fuzzy {
        let mut sizes = vec![0; SIZE_WORDS];
        let mut filed: Vec<(u32, u32)> = Vec::new();
        let mut ordinary: BTreeSet<[u32; ORDINARY_WORDS]> = BTreeSet::new();
        for (pattern, number) in patterns.iter().zip(0..) {
            let folds = specs[pattern.spelling as usize].folds;
            let asked = folds.contains(Folds::FUZZY) && pattern.costs.is_empty();
            if !asked || !is_fit(&pattern.elements) {
                continue;
            }
            let words: Vec<Vec<u32>> = words(&pattern.elements).collect();
            let letters = words.concat();
            if let Some(place) = size_place(words.len(), letters[0]) {
                sizes[place] |= 1 << letters.len();
            }
            edit_keys(&letters, |key| filed.push((key, number)));
            for (at, word) in words.iter().enumerate() {
                ordinary.extend(neighbours(word, at == 0));
            }
        }
        if filed.is_empty() {
            return Fuzzy::default();
        }
        let (starts, keys) = buckets(filed);
        Fuzzy {
            sizes,
            starts,
            keys,
            ordinary: ordinary.into_iter().flatten().collect(),
        }
    }

    /// The letters that a text must show as they are: any of them may be the wrong one.
    pub(super) fn symbols(&self) -> impl Iterator<Item = u32> + use<> {
        let letters = if self.keys.is_empty() { 0 } else { 26 };
        ('a'..='z').take(letters).map(u32::from)
    }
}

/// Whether a spelling is of letters alone, of enough to be found with one edit and not too many.
pub(super) fn is_fit(elements: &[Element]) -> bool {
    let letters = elements.iter().filter(|element| !element.gap).count();
    only(elements, |kind| kind == Kind::Letter)
        && (FEWEST_LETTERS..=MOST_LETTERS).contains(&letters)
        && words(elements).count() <= MOST_WORDS
}

/// The words of a spelling, each as its symbols.
fn words(elements: &[Element]) -> impl Iterator<Item = Vec<u32>> + '_ {
    let words = elements.split(|element| element.gap);
    words.map(|word| word.iter().map(|element| element.symbol).collect())
}

/// Keys and patterns by bucket: where each bucket starts, and the keys.
fn buckets(mut filed: Vec<(u32, u32)>) -> (Vec<u32>, Vec<u32>) {
    let buckets = filed.len().next_power_of_two() as u32;
    let bucket = |key: u32| key & (buckets - 1);
    filed.sort_unstable_by_key(|&(key, pattern)| (bucket(key), key, pattern));
    filed.dedup();
    let starts = (0..=buckets).map(|wanted| {
        let before = filed.partition_point(|&(key, _)| bucket(key) < wanted);
        before as u32
    });
    let starts = starts.collect();
    let keys = filed.into_iter().flat_map(|(key, pattern)| [key, pattern]);
    (starts, keys.collect())
}

/// The ordinary words that are one edit away from a word. The first letter of a spelling stays.
fn neighbours(word: &[u32], opens: bool) -> impl Iterator<Item = [u32; ORDINARY_WORDS]> {
    let letters: Option<Vec<u8>> = word.iter().map(|&symbol| letter(symbol)).collect();
    let letters = letters.unwrap_or_default();
    let firsts = match letters.first() {
        Some(&first) if opens => first..first + 1,
        Some(_) => b'a'..b'z' + 1,
        None => 0..0,
    };
    let lengths = letters.len().saturating_sub(1)..letters.len() + 2;
    let places = firsts.flat_map(move |first| lengths.clone().map(move |length| (first, length)));
    let known = places.flat_map(|place| ordinary_words().get(&place).into_iter().flatten());
    let near = known.filter(move |known| is_edit(&letters, known.as_bytes()));
    near.filter_map(|known| ordinary_word(known.bytes().map(u32::from)))
}

fn letter(symbol: u32) -> Option<u8> {
    let byte = u8::try_from(symbol).ok();
    byte.filter(u8::is_ascii_lowercase)
}

/// The ordinary words by their first letter and their length.
fn ordinary_words() -> &'static BTreeMap<(u8, usize), Vec<&'static str>> {
    static WORDS: OnceLock<BTreeMap<(u8, usize), Vec<&'static str>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for word in english::all_words() {
            let place = (word.as_bytes()[0], word.len());
            words.entry(place).or_default().push(word);
        }
        words
    })
}

/// Whether one edit makes one word of the other.
pub(super) fn is_edit(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 || one == other {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match one.len().cmp(&other.len()) {
        Ordering::Less => &other[1..] == one,
        Ordering::Greater => &one[1..] == other,
        Ordering::Equal => {
            let crossed = one.len() > 1 && (one[0], one[1]) == (other[1], other[0]);
            one[1..] == other[1..] || (crossed && one[2..] == other[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_one_edit() {
        let is = |one: &str, other: &str| is_edit(one.as_bytes(), other.as_bytes());
        for other in [
            "pistols", "piston", "pitsol", "pisol", "istol", "pistoll", "bistol",
        ] {
            assert!(is("pistol", other) && is(other, "pistol"), "{other}");
        }
        for other in ["pistol", "pistils", "pitslo", "pist", "loistp", ""] {
            assert!(!is("pistol", other) && !is(other, "pistol"), "{other}");
        }
    }
}

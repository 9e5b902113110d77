//! Terms for a text: those that it holds often, and those that it hardly holds.
//!
//! In: words in any order, and a text. Out: as many terms as asked for, or as many as there are;
//! the same input gives the same. English words are compared as words in small letters, Han words
//! wherever they stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::random::Random;

/// The longest Han word that is looked for, in characters.
const LONGEST: usize = 4;

/// The words that stand in a text most often, at least once, the most frequent first.
pub fn frequent(words: &[String], text: &str, count: usize) -> Vec<String> {
    let known: HashSet<&str> = words.iter().map(String::as_str).collect();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    each_word(text, |word| {
        if known.contains(word) {
            *found.entry(word.to_owned()).or_default() += 1;
        }
    });
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    found.truncate(count);
    found.into_iter().map(|(word, _)| word).collect()
}

/// Words that do not stand in a text, and pairs of them where there are too few; of any hundred,
/// one stands there.
pub fn rare(words: &[String], text: &str, count: usize) -> Vec<String> {
    let mut there: HashMap<String, ()> = HashMap::new();
    each_word(text, |word| {
        if !there.contains_key(word) {
            there.insert(word.to_owned(), ());
        }
    });
    let long = |word: &&String| word.chars().count() >= if word.is_ascii() { 4 } else { 2 };
    let (inside, outside): (Vec<&String>, Vec<&String>) = words
        .iter()
        .filter(long)
        .partition(|word| there.contains_key(*word));
    let mut random = Random::new(1);
    let [mut inside, mut outside] = [inside, outside];
    random.shuffle(&mut inside);
    random.shuffle(&mut outside);
    let mut terms: HashSet<String> = HashSet::new();
    let mut out = Vec::with_capacity(count);
    let mut add = |term: String| {
        if terms.insert(term.clone()) {
            out.push(term);
        }
        out.len() >= count
    };
    let singles = count - count / 100;
    if outside.len() < 2 {
        return out;
    }
    let mut full = inside
        .into_iter()
        .take(count / 100)
        .any(|word| add(word.clone()));
    full = full
        || outside
            .iter()
            .take(singles)
            .any(|word| add((*word).clone()));
    // Pairs run out only where there are hardly any words.
    for _ in 0..count * 20 {
        if full {
            break;
        }
        let [one, other] = [(); 2].map(|()| outside[random.below(outside.len())]);
        let between = if one.is_ascii() || other.is_ascii() {
            " "
        } else {
            ""
        };
        full = add(format!("{one}{between}{other}"));
    }
    out
}

/// Every English word of a text in small letters, and every stretch of two to `LONGEST` Han
/// characters.
fn each_word(text: &str, mut found: impl FnMut(&str)) {
    let mut small = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        if !word.is_empty() {
            small.clear();
            small.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            found(&small);
        }
    }
    for run in text.split(|c| !is_han(c)) {
        // A Han character takes three bytes, but for rare ones.
        let ends: Vec<usize> = run
            .char_indices()
            .map(|(at, _)| at)
            .chain([run.len()])
            .collect();
        for (number, &start) in ends.iter().enumerate() {
            let ends = ends.iter().skip(number + 2).take(LONGEST - 1);
            ends.for_each(|&end| found(&run[start..end]));
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "A Lamp and a lamp, 白皮书写作。";

    fn words() -> Vec<String> {
        let words = ["lamp", "desk", "chair", "白皮书", "写作", "书写", "电子"];
        words.map(str::to_owned).to_vec()
    }

    #[test]
    fn frequent_terms_stand_in_the_text() {
        let found = frequent(&words(), TEXT, 10);
        assert_eq!(found, ["lamp", "书写", "写作", "白皮书"]);
    }

    #[test]
    fn rare_terms_do_not() {
        let found = rare(&words(), TEXT, 8);
        assert_eq!(found.len(), 8);
        assert!(
            found.iter().all(|term| !TEXT.contains(term.as_str())),
            "{found:?}"
        );
    }
}

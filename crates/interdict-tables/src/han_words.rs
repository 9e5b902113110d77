//! `src/text_index/han_words.tsv`: Han words with what they cost.
//!
//! In: `dict.txt` of jieba, a word, how often it was seen, and its part of speech to a line.
//! Out: a line to a first character, with what follows it and a letter for the cost.

use std::collections::BTreeMap;

use crate::han::is_han;

const HEADER: &str = "\
# Han words by their first character: what follows it, and their cost from a (5) over z and A to Z (17.75) in quarters,
# the cost being the negative natural logarithm of the share of the word among all words.
# Source: dict.txt of jieba 0.42.1 (MIT); words of 2 characters seen 3 times, of 3 seen 10 times, of 4 seen 20 times, and of
# single characters those of a cost up to 7.5.
";

/// The most that a single character costs.
const SINGLE: f64 = 7.5;
/// The cost of the letter `a`.
const CHEAPEST: f64 = 5.0;

pub(crate) fn table(dictionary: &str) -> Result<String, String> {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for (number, line) in (1..).zip(dictionary.lines()) {
        let mut columns = line.split(' ');
        let (word, count) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        let count: u64 = count
            .parse()
            .map_err(|_| format!("dict.txt:{number}: no count stands behind the word"))?;
        if (1..=4).contains(&word.chars().count()) && word.chars().all(is_han) {
            *seen.entry(word).or_default() += count;
        }
    }
    let all: u64 = seen.values().sum();
    let mut out = HEADER.to_owned();
    let mut open = None;
    for (word, count) in seen {
        let cost = -(count as f64 / all as f64).ln();
        let length = word.chars().count();
        let kept = match length {
            1 => cost <= SINGLE,
            2 => count >= 3,
            3 => count >= 10,
            _ => count >= 20,
        };
        let Some(first) = word.chars().next().filter(|_| kept) else {
            continue;
        };
        if open != Some(first) {
            let line = if open.is_some() { "\n" } else { "" };
            out.push_str(&format!("{line}{first}\t"));
            open = Some(first);
        }
        out.push_str(&word[first.len_utf8()..]);
        out.push(letter(cost));
    }
    out.push('\n');
    Ok(out)
}

/// A quarter a letter, from the cheapest on.
fn letter(cost: f64) -> char {
    let step = ((cost - CHEAPEST) * 4.0).round().clamp(0.0, 51.0) as u8;
    match step {
        0..26 => char::from(b'a' + step),
        _ => char::from(b'A' + step - 26),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../../src/text_index/han_words.tsv");

    #[test]
    fn a_small_dictionary_becomes_a_table() {
        let dictionary = "中国 60 ns\n中 30 f\n中国人 9 n\n中立国 10 n\nAT&T 3 nz\n人 1 n\n";
        assert_eq!(
            table(dictionary).unwrap(),
            format!("{HEADER}中\ta国a立国a\n人\ta\n")
        );
        assert!(table("中国\n").unwrap_err().starts_with("dict.txt:1:"));
        assert_eq!(
            [0.0, 5.0, 5.25, 11.25, 11.5, 17.75, 30.0].map(letter),
            ['a', 'a', 'b', 'z', 'A', 'Z', 'Z']
        );
    }

    #[test]
    fn the_committed_table_is_laid_out_as_one_of_this_program() {
        let lines = COMMITTED.strip_prefix(HEADER).expect("the header").lines();
        let mut before = '\0';
        for line in lines {
            let (first, words) = line.split_once('\t').expect("two columns");
            let character = first.chars().next().expect("a character");
            assert!(is_han(character) && first.chars().count() == 1 && before < character);
            before = character;
            let mut last: Option<&str> = None;
            for word in words.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
                let word = &word[..word.len() - 1];
                assert!(
                    word.chars().all(is_han) && word.chars().count() < 4,
                    "{first}{word}"
                );
                assert!(last < Some(word), "{first}{word}");
                last = Some(word);
            }
            assert!(words.ends_with(|c: char| c.is_ascii_alphabetic()), "{line}");
        }
    }
}

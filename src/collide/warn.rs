//! Collisions → warnings, few and true: what the language cannot decide for an author.
//!
//! A word that inflects a spelling is no collision, and neither is a Han word that a known word is
//! part of: `代理人` is about `代理`. A spelling is warned of once, with the commonest words.

use std::collections::BTreeMap;

use interdict_matcher::Folds;
use interdict_matcher::text::TextIndex;

use super::found;
use crate::collision::{Benign, Collision, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold::fold_text;
use crate::ir::{Owner, Phrase, Program, Spelling};
use crate::source::Span;
use crate::text_index::{Edges, is_form, is_han_word};

/// How many words a warning names.
const NAMED: usize = 4;

/// Two words in a row are ordinary only when both are among so many commonest ones.
const COMMON: u32 = 10_000;

/// What an author should know of the collisions of a policy set.
pub fn warnings(program: &Program, index: TextIndex<'_>, benign: &[Benign]) -> Vec<Diagnostic> {
    let mut by_place: BTreeMap<Span, Vec<Collision>> = BTreeMap::new();
    let mut warnings = Vec::new();
    for one in found(program, index, benign) {
        let spelling = &program.spellings[one.spelling];
        let Some(span) = spelling.span else { continue };
        match one.kind {
            Kind::Benign(line) => warnings.push(in_benign(spelling, span, &one, &benign[line])),
            _ if is_short(program, spelling) => {}
            _ if is_ambiguous(spelling, &one) => by_place.entry(span).or_default().push(one),
            _ => {}
        }
    }
    warnings.extend(
        by_place
            .iter()
            .map(|(&span, found)| in_words(program, span, found)),
    );
    warnings
}

/// Whether `short-term-unguarded` warns of it already.
fn is_short(program: &Program, spelling: &Spelling) -> bool {
    let Owner::Term(term) = spelling.owner else {
        return false;
    };
    let few = || {
        let syms = fold_text(&spelling.text);
        syms.iter().filter(|sym| sym.kind.is_word()).count() <= 3
    };
    spelling.edges == Edges::Anywhere
        && few()
        && program.guards.iter().all(|guard| guard.term != term)
        && !program.phrases.contains(&Phrase::Term(term))
}

fn is_ambiguous(spelling: &Spelling, collision: &Collision) -> bool {
    let latin = collision.text.is_ascii();
    match collision.kind {
        Kind::Word if latin => !is_form(&collision.text, &spelling.text),
        Kind::Word => spelling.text.chars().count() == 1 || !is_han_word(&spelling.text),
        Kind::Words => latin && collision.rank.is_some_and(|rank| rank <= COMMON),
        Kind::Benign(_) => true,
    }
}

/// All that spellings at one place collide with; a list of spellings is one place.
fn in_words(program: &Program, span: Span, found: &[Collision]) -> Diagnostic {
    let mut words: Vec<&Collision> = found.iter().collect();
    words.sort_by_key(|one| (one.rank, one.spelling));
    words.dedup_by(|one, other| (one.spelling, &one.text) == (other.spelling, &other.text));
    let needed = words.iter().fold(Folds::EXACT, |all, one| all | one.folds);
    let message = named(program, &words);
    let warning =
        Diagnostic::new(Code::CollidesWithCommonWord, span, message).help(help(words[0], needed));
    match needed.is_disguise() {
        true => warning.label(format!("under {needed}")),
        false => warning,
    }
}

/// The commonest words, and how many more there are.
fn named(program: &Program, words: &[&Collision]) -> String {
    let spelling = |one: &Collision| &program.spellings[one.spelling].text;
    let first = words[0];
    let single = words.iter().all(|one| one.spelling == first.spelling);
    let named = words.iter().take(NAMED).map(|one| match single {
        true => format!("`{}`", one.text),
        false => format!("`{}` in `{}`", spelling(one), one.text),
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let more = match words.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match (single, words.len(), first.kind) {
        (true, 1, Kind::Word) => format!(
            "`{}` is found in the ordinary word {named}",
            spelling(first)
        ),
        (true, ..) => format!(
            "`{}` is found in ordinary words: {named}{more}",
            spelling(first)
        ),
        (false, ..) => format!("spellings of this list are found in ordinary words: {named}{more}"),
    }
}

/// How to mend it.
fn help(first: &Collision, needed: Folds) -> String {
    let narrower = match needed.is_disguise() {
        true => format!("take {} out of its folds", quoted(needed)),
        false => "ask for `whole words`".to_owned(),
    };
    format!(
        "where they mean something else, add `except phrase \"{}\"` or `unless near` what they stand with; or {narrower}",
        first.text
    )
}

fn quoted(folds: Folds) -> String {
    let names: Vec<String> = folds.names().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn in_benign(spelling: &Spelling, span: Span, hit: &Collision, line: &Benign) -> Diagnostic {
    let column = hit.text[..hit.start].chars().count() + 1;
    let message = format!(
        "`{}` is found in a text that is said to be innocent, as `{}` in {}:{column}",
        spelling.text,
        hit.hit(),
        line.place
    );
    Diagnostic::new(Code::HitsBenignText, span, message)
        .label(match hit.folds.is_disguise() {
            true => format!("by {}", hit.folds),
            false => "as written".to_owned(),
        })
        .help("add `except phrase` for the words round it, `unless near` for what it stands with, or narrow its folds")
}

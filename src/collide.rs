//! Spellings against ordinary language → [`Collision`]s, and the warnings that come of them.
//!
//! In: the tables of a policy set and its text index, and texts that its author says are innocent.
//! Out: every spelling that lies in an ordinary word, in two words in a row or in such a text, the
//! same ones every time. A word that is the spelling itself is none.

mod warn;

use std::collections::BTreeSet;

use interdict_matcher::text::{TextHit, TextIndex};
use interdict_matcher::words_in;

use crate::collision::{Benign, Collision, Kind, Standing};
use crate::ir::{Owner, Phrase, Program};
use crate::text_index::{
    Corpus, Found, Join, SpellingSpec, english_joins, han_joins, ordinary_words,
};
pub use warn::warnings;

/// Everything that spellings collide with, refused or not, by spelling.
pub fn collide(program: &Program, index: TextIndex<'_>, benign: &[Benign]) -> Vec<Collision> {
    let terms = Terms::of(program);
    let texts = Texts::new(&terms, benign, true);
    let found = texts.corpus.scan(index);
    let known: BTreeSet<_> = found.iter().map(place).collect();
    let chances = texts.corpus.scan(index.credulous());
    let chances = chances.iter().filter(|one| !known.contains(&place(one)));
    let refused = chances.filter_map(|one| texts.collision(program, one, Standing::BakedIn));
    let mut collisions: Vec<Collision> = refused.collect();
    collisions.extend(mentions(program, &texts, &found));
    collisions.sort_by(|one, other| order(one).cmp(&order(other)));
    collisions
}

/// What spellings are found in, guards and phrases aside. Two Han words in a row are left out: there
/// the matcher has weighed both readings, and what it finds is mostly meant.
fn found(program: &Program, index: TextIndex<'_>, benign: &[Benign]) -> Vec<Collision> {
    let texts = Texts::new(&Terms::of(program), benign, false);
    let mut collisions = mentions(program, &texts, &texts.corpus.scan(index));
    collisions.retain(|one| one.standing == Standing::Found);
    collisions.sort_by(|one, other| order(one).cmp(&order(other)));
    collisions
}

fn place(found: &Found) -> (usize, u32, u32, u32) {
    let hit = found.hit;
    (found.text, hit.spelling, hit.start, hit.end)
}

fn order(collision: &Collision) -> (usize, Standing, u32, &str, usize, usize) {
    (
        collision.spelling,
        collision.standing,
        collision.rank.unwrap_or(0),
        &collision.text,
        collision.start,
        collision.end,
    )
}

/// The spellings of terms, with their numbers in the program.
struct Terms {
    numbers: Vec<usize>,
    specs: Vec<SpellingSpec>,
}

impl Terms {
    fn of(program: &Program) -> Terms {
        let of_terms = program.spellings.iter().enumerate();
        let of_terms = of_terms.filter(|(_, one)| matches!(one.owner, Owner::Term(_)));
        let (numbers, specs) = of_terms.map(|(number, one)| (number, one.spec())).unzip();
        Terms { numbers, specs }
    }
}

/// The texts that spellings are held against.
struct Texts {
    corpus: Corpus,
    kinds: Vec<(Kind, Option<u32>)>,
    /// The spelling that each pair of words was made for, and the place where they meet; pairs are
    /// the last texts.
    joins: Vec<(usize, usize)>,
}

impl Texts {
    fn new(terms: &Terms, benign: &[Benign], han: bool) -> Texts {
        let mut texts = Texts {
            corpus: Corpus::default(),
            kinds: Vec::new(),
            joins: Vec::new(),
        };
        for (number, line) in benign.iter().enumerate() {
            texts.push(&line.text, Kind::Benign(number), None);
        }
        for word in ordinary_words(&terms.specs) {
            texts.push(&word.text, Kind::Word, Some(word.rank));
        }
        let mut joins: Vec<Join> = english_joins(&terms.specs);
        joins.extend(han.then(|| han_joins(&terms.specs)).into_iter().flatten());
        for join in joins {
            texts.push(&join.words.text, Kind::Words, Some(join.words.rank));
            texts.joins.push((terms.numbers[join.spelling], join.seam));
        }
        texts
    }

    fn push(&mut self, text: &str, kind: Kind, rank: Option<u32>) {
        self.corpus.push(text);
        self.kinds.push((kind, rank));
    }

    /// A hit as a collision, unless the text is the spelling itself or the hit is not what the text
    /// was made for.
    fn collision(&self, program: &Program, found: &Found, standing: Standing) -> Option<Collision> {
        let spelling = found.hit.spelling as usize;
        let is_term = matches!(program.spellings.get(spelling)?.owner, Owner::Term(_));
        let (kind, rank) = *self.kinds.get(found.text)?;
        let text = self.corpus.text(found.text);
        let (start, end) = (found.hit.start as usize, found.hit.end as usize);
        let itself = (start, end) == (0, text.len()) && !found.hit.folds.is_disguise();
        let meant = match kind {
            Kind::Benign(_) => true,
            Kind::Word => !itself,
            Kind::Words => {
                let first = self.kinds.len() - self.joins.len();
                let (owner, seam) = *self.joins.get(found.text.checked_sub(first)?)?;
                owner == spelling && start < seam && seam < end && !itself
            }
        };
        (is_term && meant).then(|| Collision {
            spelling,
            text: text.to_owned(),
            kind,
            rank,
            start,
            end,
            folds: found.hit.folds,
            standing,
        })
    }
}

/// What is found in the texts, each spelling once in each, and whether guards or phrases of its
/// term except it.
fn mentions(program: &Program, texts: &Texts, found: &[Found]) -> Vec<Collision> {
    let mut out = Vec::new();
    for beside in found.chunk_by(|one, next| one.text == next.text) {
        let text = texts.corpus.text(beside[0].text);
        let guards = beside.iter().filter(|one| !is_of_term(program, one.hit));
        let guards: Vec<&Found> = guards.collect();
        let mut told = BTreeSet::new();
        for one in beside {
            if told.contains(&(one.hit.spelling, Standing::Found)) {
                continue;
            }
            let innocent = |other: &Found| excepts(program, text, other.hit, one.hit);
            let standing = match guards.iter().copied().any(innocent) {
                true => Standing::Excepted,
                false => Standing::Found,
            };
            if !told.insert((one.hit.spelling, standing)) {
                continue;
            }
            out.extend(texts.collision(program, one, standing));
        }
    }
    out
}

fn is_of_term(program: &Program, hit: TextHit) -> bool {
    let spelling = program.spellings.get(hit.spelling as usize);
    spelling.is_some_and(|spelling| matches!(spelling.owner, Owner::Term(_)))
}

/// Whether a hit is one of a guard or a phrase that makes another hit innocent.
fn excepts(program: &Program, text: &str, innocent: TextHit, hit: TextHit) -> bool {
    let owner = |hit: TextHit| {
        let spelling = program.spellings.get(hit.spelling as usize);
        spelling.map(|spelling| spelling.owner)
    };
    let Some(Owner::Term(term)) = owner(hit) else {
        return false;
    };
    match owner(innocent) {
        Some(Owner::Guard(guard)) => {
            let guard = program.guards[guard as usize];
            let between = innocent.end.min(hit.end)..innocent.start.max(hit.start);
            let between = text.get(between.start as usize..between.end as usize);
            let is_near = guard
                .words
                .is_none_or(|words| words_in(between.unwrap_or("").chars(), words) <= words);
            guard.term == term && is_near
        }
        Some(Owner::Phrase(phrase)) => {
            program.phrases[phrase as usize] == Phrase::Term(term)
                && innocent.start <= hit.start
                && hit.end <= innocent.end
        }
        _ => false,
    }
}

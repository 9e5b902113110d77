//! Texts that make a mention.

use interdict_matcher::Folds;

use super::probe::Local;
use crate::ast::Dress;
use crate::ir::{Epoch, Owner, Program, Spelling};

/// How many spellings of a term are tried; lists may hold a million.
const MOST_SPELLINGS: usize = 48;

/// Texts that may make a mention, the plainest first. Whether one does, the matcher says.
pub(super) fn spelled(program: &Program, local: Local, epoch: Epoch) -> Vec<String> {
    let own = spellings(program, local.term, epoch);
    let mut texts: Vec<String> = match local.dress {
        Dress::Any | Dress::Exact => own.iter().map(|one| one.text.clone()).collect(),
        Dress::Disguised => own.iter().flat_map(|one| disguised(one)).collect(),
    };
    if let Some((other, _)) = local.near {
        let others = spellings(program, other, epoch);
        let beside = others.iter().map(|one| &one.text);
        let pairs = texts
            .iter()
            .flat_map(|text| beside.clone().map(move |other| format!("{text} {other}")));
        texts = pairs.take(MOST_SPELLINGS * 4).collect();
    }
    texts
}

fn spellings(program: &Program, term: u32, epoch: Epoch) -> Vec<&Spelling> {
    let own = program.spellings.iter();
    own.filter(|one| one.owner == Owner::Term(term) && one.since <= epoch)
        .take(MOST_SPELLINGS)
        .collect()
}

/// A spelling in the dresses that its budget sees through.
fn disguised(spelling: &Spelling) -> Vec<String> {
    let text = spelling.text.as_str();
    let joined = |sign: &str| {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.map(String::from).collect::<Vec<_>>().join(sign)
    };
    let mut dresses = Vec::new();
    if spelling.folds.contains(Folds::SPACED) {
        dresses.extend([joined("."), joined(" ")]);
    }
    let swaps: [(Folds, &[(char, char)]); 2] = [
        (
            Folds::FOLD,
            &[
                ('e', 'é'),
                ('o', 'ö'),
                ('a', 'á'),
                ('i', 'í'),
                ('O', 'Ö'),
                ('I', 'Í'),
            ],
        ),
        (
            Folds::LEET,
            &[('i', '1'), ('o', '0'), ('s', '$'), ('I', '1'), ('O', '0')],
        ),
    ];
    for (fold, swaps) in swaps {
        if spelling.folds.contains(fold) {
            let found = swaps.iter().filter(|(letter, _)| text.contains(*letter));
            dresses.extend(
                found.map(|(letter, other)| {
                    text.replacen(*letter, other.encode_utf8(&mut [0; 4]), 1)
                }),
            );
        }
    }
    dresses
}

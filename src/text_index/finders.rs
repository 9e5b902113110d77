//! What finds patterns in the runs of a text.
//!
//! In: patterns and their runs. Out: the anchors of all patterns, the automaton for those
//! without one, and the trie and the filter for masked letters.
//!
//! A pattern that begins with a letter or a digit and stands as a word can only begin where
//! a word does: it is one of the *heads*.

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;
use interdict_matcher::text::{Effect, REPEATED};

use super::SpellingSpec;
use super::automaton::Automaton;
use super::classes::Classes;
use super::grams::{Anchoring, Grams};
use super::mask_contexts::mask_contexts;
use super::patterns::{Pattern, only};
use super::rarity::Rarity;

/// The fewest elements of a pattern whose letters may be masked.
const FEWEST_MASKED: usize = 5;

/// What finds the patterns in the runs of a text.
pub(super) struct Finders {
    /// The patterns that begin with a word.
    pub(super) heads: Grams,
    /// The patterns that may begin anywhere.
    pub(super) grams: Grams,
    /// The patterns without an anchor.
    pub(super) rest: Automaton,
    /// The patterns whose letters may be masked.
    pub(super) masks: Automaton,
    /// What stands around these.
    pub(super) contexts: Vec<u64>,
    pub(super) longest: u32,
    pub(super) longest_han: u32,
}

impl Finders {
    pub(super) fn of(
        (specs, edges): (&[SpellingSpec], &[u32]),
        patterns: &[Pattern],
        keys: &[Vec<u16>],
        classes: &Classes,
        room: usize,
    ) -> Finders {
        let keys = &keys[..patterns.len()];
        let numbers = 0..patterns.len() as u32;
        let (heads, mut anywhere): (Vec<u32>, Vec<u32>) =
            numbers.partition(|&at| begins_with_word((specs, edges), &patterns[at as usize]));
        let heads = Grams::of(&heads, keys, &Anchoring::Heads, room);
        anywhere.extend(&heads.left);
        let rarity = Rarity::of(classes);
        let grams = Grams::of(&anywhere, keys, &Anchoring::Rarest(&rarity), room);
        let automaton = |chosen: &mut dyn Iterator<Item = u32>| {
            let chosen: Vec<u32> = chosen.collect();
            let keys: Vec<Vec<u32>> = chosen
                .iter()
                .map(|&at| &keys[at as usize])
                .map(|key| key.iter().map(|run| u32::from(run & !REPEATED)).collect())
                .collect();
            let mut automaton = Automaton::build(&keys, classes.count());
            automaton
                .outputs
                .iter_mut()
                .for_each(|output| *output = chosen[*output as usize]);
            automaton
        };
        let masked = patterns.iter().enumerate().filter(|(_, pattern)| {
            let folds = specs[pattern.spelling as usize].folds;
            folds.contains(Folds::MASKED) && pattern.elements.len() >= FEWEST_MASKED
        });
        let is_han = |pattern: &Pattern| {
            only(&pattern.elements, |kind| {
                matches!(kind, Kind::Han | Kind::Voice)
            })
        };
        let runs = |wanted: &dyn Fn(&Pattern) -> bool| {
            let wanted = patterns.iter().zip(keys).filter(|(p, _)| wanted(p));
            wanted.map(|(_, key)| key.len()).max().unwrap_or(0) as u32
        };
        Finders {
            rest: automaton(&mut grams.left.iter().copied()),
            contexts: mask_contexts(masked.clone().map(|(_, p)| &*p.elements), classes),
            masks: automaton(&mut masked.map(|(at, _)| at as u32)),
            longest: runs(&|_| true),
            longest_han: runs(&is_han),
            heads,
            grams,
        }
    }

    /// What is looked for where a class stands.
    pub(super) fn probes(&self, class: u16) -> u32 {
        let flag = |grams: &Grams, flag: u32| match grams.firsts[usize::from(class)] {
            true => flag,
            false => 0,
        };
        flag(&self.heads, Effect::HEADS) | flag(&self.grams, Effect::ANYWHERE)
    }
}

/// Whether no hit of a pattern begins within a word.
fn begins_with_word((specs, edges): (&[SpellingSpec], &[u32]), pattern: &Pattern) -> bool {
    let spelling = pattern.spelling as usize;
    let spec = &specs[spelling];
    let first = pattern.elements.first();
    // Where Han words count, letters at an end have edges.
    edges[spelling] & 0b101 != 0
        && !spec.folds.budget().contains(Folds::EMBEDDED)
        && first.is_some_and(|first| first.kind.is_alphanumeric())
}

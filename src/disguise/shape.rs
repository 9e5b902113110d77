//! A spelling taken apart: its letters, the gaps between its words, and the scripts it is in.

use std::ops::Range;

use interdict_matcher::fold::Kind;

use crate::fold::fold_text;

/// A spelling as its disguises see it.
pub(super) struct Shape<'a> {
    pub(super) text: &'a str,
    chars: Vec<(char, Kind)>,
}

impl<'a> Shape<'a> {
    pub(super) fn of(text: &'a str) -> Shape<'a> {
        let kind = |c: char| {
            let symbols = fold_text(c.encode_utf8(&mut [0; 4]));
            symbols.first().map_or(Kind::Ignorable, |sym| sym.kind)
        };
        Shape {
            text,
            chars: text.chars().map(|c| (c, kind(c))).collect(),
        }
    }

    /// Its letters, digits and Han.
    pub(super) fn letters(&self) -> impl DoubleEndedIterator<Item = char> + Clone + '_ {
        self.chars
            .iter()
            .filter(|(_, kind)| kind.is_word())
            .map(|(c, _)| *c)
    }

    /// How many letters, digits and Han it has.
    pub(super) fn count(&self) -> usize {
        self.letters().count()
    }

    fn all(&self, is_kind: impl Fn(Kind) -> bool) -> bool {
        let mut words = self.chars.iter().filter(|(_, kind)| kind.is_word());
        self.count() > 0 && words.all(|(_, kind)| is_kind(*kind))
    }

    /// Whether it is of letters and digits of scripts that put spaces between words.
    pub(super) fn is_spaced(&self) -> bool {
        self.all(Kind::is_alphanumeric)
    }

    /// Whether it is of letters alone.
    pub(super) fn is_letters(&self) -> bool {
        self.all(|kind| kind == Kind::Letter)
    }

    /// Whether it is Han or kin throughout.
    pub(super) fn is_han(&self) -> bool {
        self.all(|kind| kind == Kind::Han)
    }

    /// Whether a letter stands at either end.
    pub(super) fn is_bare(&self) -> bool {
        let ends = [self.chars.first(), self.chars.last()];
        ends.into_iter().flatten().all(|(_, kind)| kind.is_word())
    }

    /// What stands before the first letter and after the last one, round something else.
    pub(super) fn round(&self, inner: &str) -> String {
        let is_sign = |(_, kind): &&(char, Kind)| !kind.is_word();
        let before = self.chars.iter().take_while(is_sign).map(|(c, _)| *c);
        let after = self.chars.iter().rev().take_while(is_sign).map(|(c, _)| *c);
        let after: String = after.collect();
        before
            .chain(inner.chars())
            .chain(after.chars().rev())
            .collect()
    }

    /// Whether it is of several words.
    pub(super) fn has_gap(&self) -> bool {
        self.words().count() > 1
    }

    /// Its words.
    pub(super) fn words(&self) -> impl Iterator<Item = String> + '_ {
        let words = self.chars.split(|(_, kind)| !kind.is_word());
        words
            .filter(|word| !word.is_empty())
            .map(|word| word.iter().map(|(c, _)| *c).collect())
    }

    /// The spelling with each letter, digit or Han in another way, where there is one.
    pub(super) fn each(&self, dress: impl Fn(char) -> Option<char>) -> String {
        let dressed = self.chars.iter().map(|&(c, kind)| match kind.is_word() {
            true => dress(c).unwrap_or(c),
            false => c,
        });
        dressed.collect()
    }

    /// The spelling with the text for one of its characters.
    pub(super) fn replace(&self, at: usize, with: &str) -> String {
        let mut out = String::new();
        for (place, (c, _)) in self.chars.iter().enumerate() {
            match place == at {
                true => out += with,
                false => out.push(*c),
            }
        }
        out
    }

    /// The spelling with a text before one of its characters.
    pub(super) fn insert(&self, at: usize, text: &str) -> Option<String> {
        let c = self.chars.get(at)?.0;
        Some(self.replace(at, &format!("{text}{c}")))
    }

    /// A character.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(c, _)| *c)
    }

    /// The place nearest to the middle at which a letter stands beside another one before it, and
    /// both are fit.
    pub(super) fn inside(&self, fit: impl Fn(char, char) -> bool) -> Option<usize> {
        self.inside_of(0..self.chars.len(), fit)
    }

    /// The same with both letters in a range of places.
    pub(super) fn inside_of(
        &self,
        range: Range<usize>,
        fit: impl Fn(char, char) -> bool,
    ) -> Option<usize> {
        let middle = self.chars.len() / 2;
        let places = range.skip(1).filter(|&at| {
            let ((before, left), (c, right)) = (self.chars[at - 1], self.chars[at]);
            left.is_word() && right.is_word() && fit(before, c)
        });
        places.min_by_key(|&at| at.abs_diff(middle))
    }

    /// The place of a letter that is neither the first nor the last, a vowel if there is one.
    pub(super) fn inner_letter(&self) -> Option<usize> {
        let last = self.chars.len().checked_sub(1)?;
        let middle = self.chars.len() / 2;
        let vowel = |at: usize| "aeiouAEIOU".contains(self.chars[at].0);
        let places = (1..last).filter(|&at| self.chars[at].1.is_word());
        places.min_by_key(|&at| (!vowel(at), at.abs_diff(middle)))
    }
}

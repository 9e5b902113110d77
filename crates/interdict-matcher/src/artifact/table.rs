//! Sections as tables of records, and as strings.

use std::marker::PhantomData;

use super::{NONE, Record, StringEnd};
use crate::words::Words;

/// A table of records.
#[derive(Debug)]
pub struct Table<'a, R> {
    words: Words<'a>,
    row: PhantomData<R>,
}

impl<R> Clone for Table<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Table<'_, R> {}

impl<'a, R: Record> Table<'a, R> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Table {
            words: Words::new(bytes),
            row: PhantomData,
        }
    }

    /// How many rows it has.
    pub fn len(self) -> usize {
        self.words.len() / R::WORDS
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether its bytes are whole rows.
    pub(super) fn is_whole(self) -> bool {
        self.words.len().is_multiple_of(R::WORDS)
    }

    /// A row; all zero beyond the end.
    pub fn row(self, number: u32) -> R {
        R::read(self.words, (number as usize).saturating_mul(R::WORDS))
    }

    /// A row, if there is one with this number.
    pub fn get(self, number: u32) -> Option<R> {
        ((number as usize) < self.len()).then(|| self.row(number))
    }

    /// A word of a row; 0 beyond the end.
    pub(super) fn word(self, row: u32, column: usize) -> u32 {
        self.words.field(row as usize, R::WORDS, column)
    }

    /// The rows from `start`, `len` of them, with their numbers.
    pub fn range(
        self,
        start: u32,
        len: u32,
    ) -> impl Iterator<Item = (u32, R)> + Clone + use<'a, R> {
        let end = (start as usize)
            .saturating_add(len as usize)
            .min(self.len());
        (start..u32::try_from(end).unwrap_or(u32::MAX).max(start))
            .map(move |number| (number, self.row(number)))
    }

    /// All rows with their numbers.
    pub fn iter(self) -> impl Iterator<Item = (u32, R)> + use<'a, R> {
        self.range(0, u32::try_from(self.len()).unwrap_or(u32::MAX))
    }
}

/// All strings.
#[derive(Debug, Clone, Copy)]
pub struct Strings<'a> {
    pub(super) text: &'a [u8],
    pub(super) ends: Table<'a, StringEnd>,
}

impl<'a> Strings<'a> {
    /// How many there are.
    pub fn len(self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Where a string ends in the text.
    fn end(self, number: u32) -> u32 {
        self.ends.row(number).end
    }

    /// The string with this number; empty if there is none.
    pub fn get(self, number: u32) -> &'a str {
        std::str::from_utf8(self.bytes(number)).unwrap_or("")
    }

    /// The bytes of the string with this number, for comparing: they sort as the text does.
    pub(crate) fn bytes(self, number: u32) -> &'a [u8] {
        if number as usize >= self.len() {
            return &[];
        }
        let start = number.checked_sub(1).map_or(0, |last| self.end(last));
        let range = start as usize..self.end(number) as usize;
        self.text.get(range).unwrap_or(&[])
    }

    /// The string with this number, or `None` for [`NONE`].
    pub fn maybe(self, number: u32) -> Option<&'a str> {
        (number != NONE).then(|| self.get(number))
    }
}

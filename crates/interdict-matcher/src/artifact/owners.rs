//! What the spellings of the text index stand for.

use std::ops::Range;

use super::error::unsound;
use super::{LoadError, Owner, View, partition};

impl<'a> View<'a> {
    /// What a spelling stands for.
    pub fn owner_of(self, spelling: u32) -> Owner {
        let count = u32::try_from(self.owners.len()).unwrap_or(u32::MAX);
        let passed = partition(count, |at| self.owners.row(at).first <= spelling);
        self.owners.row(passed.saturating_sub(1))
    }

    /// Every row of owners with its spellings.
    pub fn owned(self) -> impl Iterator<Item = (Owner, Range<u32>)> + use<'a> {
        let next = move |number: u32| match self.owners.get(number.saturating_add(1)) {
            Some(next) => next.first,
            None => self.text.spellings(),
        };
        let rows = self.owners.iter();
        rows.map(move |(number, owner)| (owner, owner.first..next(number)))
    }

    /// Checks that every spelling has an owner, and one alone.
    pub(super) fn validate_owners(self) -> Result<(), LoadError> {
        let mut owned = 0;
        for (_, spellings) in self.owned() {
            if spellings.is_empty() {
                return Err(unsound("Owners", "spellings out of order"));
            }
            owned += spellings.len();
        }
        match owned == self.text.spellings() as usize {
            true => Ok(()),
            false => Err(unsound("Owners", "a spelling without an owner")),
        }
    }
}

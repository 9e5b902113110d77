//! The records of the artifact: each is a row of little-endian `u32` words.
//!
//! What is written here is read ([`Record::read`]), checked (`validate`) and printed on the page
//! `docs/artifact.md`, all from the same [`Column`]s.

use crate::words::Words;

/// "There is none" in a word that otherwise numbers something.
pub const NONE: u32 = u32::MAX;

/// The epoch that never comes.
pub const NEVER: u32 = u32::MAX;

/// A row of a table.
pub trait Record: Sized {
    /// Its words, in their order.
    const COLUMNS: &'static [Column];
    /// How many words a row has.
    const WORDS: usize = Self::COLUMNS.len();
    /// Reads the words from `at` on; missing words read as 0.
    fn read(words: Words<'_>, at: usize) -> Self;
    /// Appends the row.
    fn write(&self, out: &mut Vec<u8>);
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident {
        $($(#[doc = $about:literal])* $field:ident: $kind:expr,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[allow(missing_docs, reason = "the length of a range shares the comment of its start")]
        pub struct $name { $($(#[doc = $about])* pub $field: u32,)* }

        impl Record for $name {
            const COLUMNS: &'static [Column] = columns!($($(#[doc = $about])* $field: $kind,)*);

            fn read(words: Words<'_>, at: usize) -> Self {
                let mut at = at..;
                $name { $($field: words.get(at.next().unwrap_or(usize::MAX)),)* }
            }

            fn write(&self, out: &mut Vec<u8>) {
                $(out.extend_from_slice(&self.$field.to_le_bytes());)*
            }
        }
    };
}

mod column;
mod conditions;
mod grounds;
mod rules;
mod section;
mod vocabulary;

use column::{cases, columns};

pub use column::{Case, Column, Kind};
pub use conditions::*;
pub use grounds::*;
pub use rules::*;
pub use section::Section;
pub use vocabulary::*;

//! The records of the artifact: each is a row of little-endian `u32` words.
//!
//! A *string* is a number of the string table, a *range* a start and a length in the pool of
//! indexes, a *node* a row of [`Node`], an *epoch* the number of boundaries that have passed.
//! [`NONE`] stands for "there is none" wherever a record says `or NONE`.

use crate::words::Words;

/// "There is none" in a word that otherwise numbers something.
pub const NONE: u32 = u32::MAX;

/// The epoch that never comes.
pub const NEVER: u32 = u32::MAX;

/// A row of a table.
pub trait Record: Sized {
    /// How many words a row has.
    const WORDS: usize;
    /// Reads the words from `at` on; missing words read as 0.
    fn read(words: Words<'_>, at: usize) -> Self;
    /// Appends the row.
    fn write(&self, out: &mut Vec<u8>);
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[allow(missing_docs, reason = "the length of a range shares the comment of its start")]
        pub struct $name { $($(#[$field_doc])* pub $field: u32,)* }

        impl Record for $name {
            const WORDS: usize = [$(stringify!($field),)*].len();

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

mod conditions;
mod grounds;
mod rules;
mod vocabulary;

pub use conditions::*;
pub use grounds::*;
pub use rules::*;
pub use vocabulary::*;

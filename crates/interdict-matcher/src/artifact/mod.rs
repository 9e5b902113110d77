//! The byte format: drawn, written, read and validated in one place.
//!
//! All numbers are little-endian; sections start at multiples of 8; there are no pointers.
//!
//! ```text
//!  0  magic          8 bytes  "INTRDICT"
//!  8  major          u16      a reader refuses another one
//! 10  minor          u16      a reader skips the sections that a later one added
//! 12  flags          u32      0
//! 16  content id     32 bytes BLAKE3 of everything from byte 48 to the end
//! 48  sections       u32      how many
//! 52  0              u32
//! 56  directory      (kind u32, 0 u32, offset u64, length u64) × sections, ascending by kind
//!  …  strings · fields · text index · terms · categories · conditions · rules · triggers · epochs
//!     · sources · source text · meta
//! ```
//!
//! Every section is a table of [`Record`]s (rows of `u32` words), but for the text of the strings.
//! Nothing is decoded at load: a [`View`] borrows the bytes, so that loading a million terms costs a
//! checksum and one validating pass.
//!
//! The compiler writes through [`Writer`]; nothing else does.

mod depth;
mod error;
mod layout;
mod owners;
mod read;
mod validate;
mod write;

pub use error::LoadError;
pub use layout::*;
pub use read::{Directory, Strings, TEXT_SECTIONS, Table, View};
pub(crate) use read::{partition, search, wide};
pub use write::Writer;

/// The first eight bytes of every artifact.
pub const MAGIC: [u8; 8] = *b"INTRDICT";
/// The format that this crate writes, and the only major one that it reads.
pub const MAJOR: u16 = 1;
/// The sections that this crate knows; later ones are skipped.
pub const MINOR: u16 = 0;
/// Where the hashed part begins.
pub const HASHED_FROM: usize = 48;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $kind:literal,)*) => {
        /// The sections of format 1, with their numbers in the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u32)]
        pub enum Section { $($(#[$doc])* $name = $kind,)* }

        impl Section {
            /// All sections, ascending.
            pub const ALL: &'static [Section] = &[$(Section::$name,)*];

            /// Its place in [`Section::ALL`].
            pub(crate) const fn place(self) -> usize {
                // An enum of the same names that counts from 0.
                #[allow(clippy::enum_variant_names, reason = "the names are those of the sections")]
                enum Place { $($name,)* }
                match self { $(Section::$name => Place::$name as usize,)* }
            }

            /// The section's name, as `inspect` prints it.
            pub fn name(self) -> &'static str {
                match self { $(Section::$name => stringify!($name),)* }
            }

            /// The section with this number.
            pub fn from_kind(kind: u32) -> Option<Section> {
                match kind { $($kind => Some(Section::$name),)* _ => None }
            }
        }
    };
}

sections! {
    /// One [`Meta`].
    Meta = 1,
    /// UTF-8, all strings one after the other.
    StringText = 2,
    /// Words: where each string ends in the text.
    StringEnds = 3,
    /// [`Field`]s.
    Fields = 4,
    /// Words that other tables take ranges of.
    Indexes = 5,
    /// [`Owner`]s, ascending by spelling.
    Owners = 6,
    /// [`Term`]s.
    Terms = 7,
    /// [`Guard`]s.
    Guards = 8,
    /// [`Phrase`]s.
    Phrases = 9,
    /// [`Category`]s.
    Categories = 10,
    /// [`Group`]s.
    Groups = 11,
    /// [`Member`]s.
    Members = 12,
    /// [`Node`]s.
    Nodes = 13,
    /// [`Atom`]s.
    Atoms = 14,
    /// [`Near`]s.
    Nears = 15,
    /// [`Rule`]s, ascending by id.
    Rules = 16,
    /// [`Exception`]s.
    Exceptions = 17,
    /// [`Trigger`]s.
    Triggers = 18,
    /// Pairs of words: the boundaries in seconds since 1970 (low half, high half), ascending.
    Epochs = 19,
    /// [`Source`]s.
    Sources = 20,
    /// [`Citation`]s.
    Citations = 21,
    /// [`Law`]s.
    Laws = 22,
    /// [`Penalty`]s.
    Penalties = 23,
    /// [`Message`]s.
    Messages = 24,
    /// [`Policy`]s.
    Policies = 25,
    /// [`List`]s.
    Lists = 26,
    /// [`File`]s.
    Files = 27,
    /// [`Moment`]s.
    Moments = 28,
    /// [`Calendar`]s.
    Calendars = 29,
    /// [`Window`]s.
    Windows = 30,
    /// [`InCategory`]s, ascending by node.
    InCategory = 31,
    /// [`Act`]s.
    Acts = 32,
    /// [`Zone`]s.
    Zones = 33,
    /// [`Offset`]s.
    Offsets = 34,
    /// [`Wording`]s.
    Wordings = 35,
    /// [`Counting`]s, ascending by node.
    Countings = 36,
    /// [`Trigger`]s that refine others.
    Refined = 37,
}

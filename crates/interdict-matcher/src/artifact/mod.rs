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
//! Every section is a table of [`Record`]s (rows of `u32` words), but for the text of the strings. What
//! a word holds is written once, in `layout`: the reader, the validator and the tables of
//! `docs/artifact.md` follow it.
//! Nothing is decoded at load: a [`View`] borrows the bytes, so that loading a million terms costs a
//! checksum and one validating pass.
//!
//! The compiler writes through [`Writer`]; nothing else does.

mod depth;
mod error;
mod layout;
mod owners;
mod read;
mod table;
mod validate;
mod write;

pub use error::LoadError;
pub use layout::*;
pub use read::{Directory, TEXT_SECTIONS, View};
pub(crate) use read::{partition, search, wide};
pub use table::{Strings, Table};
pub use write::Writer;

/// The first eight bytes of every artifact.
pub const MAGIC: [u8; 8] = *b"INTRDICT";
/// The format that this crate writes, and the only major one that it reads.
pub const MAJOR: u16 = 1;
/// The sections that this crate knows; later ones are skipped.
pub const MINOR: u16 = 0;
/// Where the hashed part begins.
pub const HASHED_FROM: usize = 48;

//! The C ABI of the matcher: `include/interdict.h`, and `docs/embedding.md` for how to use it.
//!
//! Handles are opaque, nothing is global, and whatever goes wrong is a [`InterdictStatus`] with a text
//! that says why. A matcher may be asked by many threads at once. Only [`boundary`] touches what C
//! hands over, and nothing panics through it.

pub mod boundary;
#[cfg(feature = "compile")]
mod compile;
mod handle;
mod status;
mod trust;

pub use handle::{InterdictMatcher, InterdictScratch, InterdictText};
pub use status::{InterdictStatus, InterdictVerdict};

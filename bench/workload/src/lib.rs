//! What is measured, from a seed, and the clock that measures it.
//!
//! ```text
//! seed ─ generate ─► terms, texts ─ listings ─► what a service would hand over
//! words, a text ─ terms ─► terms that are rare in it, or frequent
//! number of rules ─ policies ─► a policy, and items of which it says the same at any size
//! ```

pub mod generate;
pub mod listings;
pub mod measure;
pub mod plain_fold;
pub mod policies;
pub mod random;
pub mod terms;

/// What went wrong, in words.
pub type Failure = Box<dyn std::error::Error>;

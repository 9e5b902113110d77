//! Scores the text index on labelled texts.
//!
//! ```text
//! folder ─ cases ─► Cases ─┐
//! name ─ preset ─► Preset ─┴─ score ─► Score ─ bars ─► Bar ─ report ─► text or JSON
//! ```

pub mod bars;
pub mod cases;
pub mod preset;
pub mod report;
pub mod score;

/// What went wrong, in words.
pub type Failure = Box<dyn std::error::Error>;

//! What a decision is asked for: an instant, and what was known by another one.

use std::fmt;

use crate::instant::Instant;

/// The instant judged, and what was known.
///
/// Rules that were published later than `known_at`, and what was done to rules later than that, are not
/// there; memberships, spellings and lists are as they stood then.
///
/// ```
/// use interdict_matcher::{AsOf, Instant};
///
/// let at: Instant = "2018-04-18T12:00:00+08:00".parse()?;
/// let as_of = AsOf::from(at).known_at("2018-04-12T00:00:00+08:00".parse()?);
/// assert_eq!(as_of.at, at);
/// # Ok::<(), interdict_matcher::InstantError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The instant judged.
    pub at: Instant,
    /// By when something must have been published to be known; if none, all is known.
    pub known_at: Option<Instant>,
}

impl AsOf {
    /// The same instant, as those saw it who knew what was published by another one.
    #[must_use]
    pub fn known_at(self, known_at: Instant) -> AsOf {
        AsOf {
            known_at: Some(known_at),
            ..self
        }
    }
}

impl From<Instant> for AsOf {
    fn from(at: Instant) -> AsOf {
        AsOf { at, known_at: None }
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known_at {
            Some(known_at) => write!(f, "{} · known at {known_at}", self.at),
            None => write!(f, "{}", self.at),
        }
    }
}

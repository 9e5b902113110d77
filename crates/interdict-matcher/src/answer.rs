//! A request as JSON → its answer as JSON: what every face that is not Rust does with one item.

use crate::as_of::AsOf;
use crate::item::ItemError;
use crate::{Instant, Matcher, Request, RequestError, Scratch, Verdict};

/// The instants of requests that bring none along.
///
/// ```
/// use interdict_matcher::{Given, Instant};
///
/// let given = Given::from(Instant::from_unix_seconds(1_524_024_000));
/// assert_eq!(given.known_at, None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// The instant to judge by.
    pub at: Option<Instant>,
    /// By when something must have been published to be known.
    pub known_at: Option<Instant>,
}

impl From<Instant> for Given {
    fn from(at: Instant) -> Given {
        Given {
            at: Some(at),
            known_at: None,
        }
    }
}

impl Matcher {
    /// Decides a request as [`Matcher::request`] reads it, and writes the decision as JSON without
    /// spaces. The same request gives the same bytes, in whatever language it is asked.
    ///
    /// # Errors
    ///
    /// As [`Matcher::request`], or a request without an instant where none is given.
    pub fn decide_json(
        &self,
        scratch: &mut Scratch,
        json: &[u8],
        given: Given,
    ) -> Result<String, RequestError> {
        let (request, as_of) = self.asked(json, given)?;
        written(&self.decide_with(scratch, &request.item, as_of))
    }

    /// The verdict on a request alone, as [`Matcher::decide_verdict`].
    ///
    /// # Errors
    ///
    /// As [`Matcher::decide_json`].
    pub fn verdict_json(
        &self,
        scratch: &mut Scratch,
        json: &[u8],
        given: Given,
    ) -> Result<Verdict, RequestError> {
        let (request, as_of) = self.asked(json, given)?;
        Ok(self.decide_verdict(scratch, &request.item, as_of))
    }

    /// Explains a request as [`Matcher::explain`], and writes the account as JSON without spaces.
    ///
    /// # Errors
    ///
    /// As [`Matcher::decide_json`].
    pub fn explain_json(&self, json: &[u8], given: Given) -> Result<String, RequestError> {
        let (request, as_of) = self.asked(json, given)?;
        written(&self.explain(&request.item, as_of))
    }

    fn asked<'a>(&self, json: &'a [u8], given: Given) -> Result<(Request<'a>, AsOf), RequestError> {
        let request = self.request(json)?;
        let as_of = request.as_of(given.at, given.known_at);
        Ok((request, as_of.ok_or(RequestError::NoInstant)?))
    }
}

fn written(answer: &impl serde::Serialize) -> Result<String, RequestError> {
    Ok(serde_json::to_string(answer).map_err(ItemError::from)?)
}

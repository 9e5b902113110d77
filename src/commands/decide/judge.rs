//! One line → what is shown of its decision.

use std::io::{self, Write};

use interdict_matcher::{Instant, Joined, Matcher, Scratch, Verdict};
use serde_json::{Map, Value};

use super::Format;
use super::reasons::Reasons;
use crate::commands::files::plain;
use crate::commands::table::{self, Look};

/// What lines are decided by.
pub(super) struct Judge<'a> {
    pub(super) matcher: &'a Matcher,
    /// The instant of lines that bring none.
    pub(super) at: Option<Instant>,
    /// What was known of lines that do not say.
    pub(super) known_at: Option<Instant>,
    pub(super) format: Format,
    pub(super) look: Look,
    /// What statements of reasons say of lines that do not.
    pub(super) circumstances: &'a Map<String, Value>,
}

/// What is shown of a line, or why it is not decided.
pub(super) type Decided = Result<Shown, Bad>;

/// What is shown of a line.
pub(super) struct Shown {
    pub(super) verdict: Verdict,
    pub(super) text: Vec<u8>,
    /// Whether a statement of reasons was asked for and is due, and cannot be made.
    pub(super) is_refused: bool,
}

/// Why a line is not decided.
pub(super) enum Bad {
    NoInstant,
    Because(String),
}

impl Judge<'_> {
    /// Decides the text of a line that stands at a place.
    pub(super) fn decide(&self, scratch: &mut Scratch, place: &str, text: &str) -> Decided {
        let request = self.matcher.request(text.as_bytes());
        let request = request.map_err(|error| Bad::Because(plain(&error)))?;
        let as_of = request.as_of(self.at, self.known_at);
        let as_of = as_of.ok_or(Bad::NoInstant)?;
        let decision = self.matcher.decide_with(scratch, &request.item, as_of);
        let joined = Joined::new(text, &decision);
        let (mut shown, mut is_refused) = (Vec::new(), false);
        let written = match self.format {
            Format::Jsonl => serde_json::to_writer(&mut shown, &joined)
                .map_err(io::Error::from)
                .and_then(|()| shown.write_all(b"\n")),
            Format::Dsa => {
                let reasons = Reasons::of(text, joined.id, self.circumstances, &decision);
                let reasons = reasons.map_err(Bad::Because)?;
                is_refused = reasons.is_refused();
                serde_json::to_writer(&mut shown, &reasons)
                    .map_err(io::Error::from)
                    .and_then(|()| shown.write_all(b"\n"))
            }
            Format::Table => {
                let id = joined.id.map(serde_json::value::RawValue::get);
                let block = table::block(&decision, text, place, id, self.look);
                writeln!(shown, "{block}\n")
            }
        };
        written.map_err(|error| Bad::Because(error.to_string()))?;
        Ok(Shown {
            verdict: decision.verdict,
            text: shown,
            is_refused,
        })
    }
}

//! The text of an item → its decision as a line of JSON, as `interdict decide` writes it.

use std::cell::RefCell;

use interdict_matcher::{Instant, Joined, RequestError, Scratch};

use crate::artifact::Artifact;
use crate::problem::{Code, Problem};
use crate::state::State;

/// What an item is judged by that does not say so itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Instants {
    pub(crate) at: Option<Instant>,
    pub(crate) known_at: Option<Instant>,
}

thread_local! {
    /// Memory that the decisions of a thread share, whatever artifact they are made by.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Decides an item and writes the decision, with the end of its line.
pub(crate) fn decide(
    state: &State,
    artifact: &Artifact,
    json: &[u8],
    instants: Instants,
    out: &mut Vec<u8>,
) -> Result<(), Problem> {
    let text = utf8(json)?;
    let request = artifact.matcher.request(json)?;
    let as_of = request.as_of(instants.at, instants.known_at);
    let as_of = as_of.ok_or(RequestError::NoInstant)?;
    SCRATCH.with_borrow_mut(|scratch| {
        let decision = artifact.matcher.decide_with(scratch, &request.item, as_of);
        state.metrics.decided(&decision);
        let joined = Joined::new(text, &decision);
        serde_json::to_writer(&mut *out, &joined).map_err(|_| Problem::internal())
    })?;
    out.push(b'\n');
    Ok(())
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        let detail = format!("not UTF-8 text: byte {byte} of the line begins no character");
        Problem::new(Code::NotJson, detail)
    })
}

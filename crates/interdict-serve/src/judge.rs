//! The text of an item → its decision as a line of JSON, as `interdict decide` writes it.

use std::cell::RefCell;

use interdict_matcher::{Decision, Instant, Joined, RequestError, Scratch, Verdict};

use crate::artifact::Artifact;
use crate::log::record::{self, Shadow};
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

/// What came of some items.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// A line for each.
    pub(crate) lines: Vec<u8>,
    /// A line of the log for each that was decided, if there is a log.
    pub(crate) log: Vec<u8>,
}

/// Decides an item and writes the decision, with the end of its line. A problem leaves nothing
/// behind.
pub(crate) fn decide(
    state: &State,
    artifact: &Artifact,
    json: &[u8],
    instants: Instants,
    out: &mut Answers,
) -> Result<Verdict, Problem> {
    let text = utf8(json)?;
    let request = artifact.matcher.request(json)?;
    let as_of = request.as_of(instants.at, instants.known_at);
    let as_of = as_of.ok_or(RequestError::NoInstant)?;
    SCRATCH.with_borrow_mut(|scratch| {
        let decision = artifact.matcher.decide_with(scratch, &request.item, as_of);
        state.metrics.decided(&decision);
        let joined = Joined::new(text, &decision);
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut out.lines, &joined);
        out.lines.push(b'\n');
        let shadow = state.shadow.as_ref();
        let shadow = shadow.and_then(|shadow| look_on(state, shadow, json, &decision, scratch));
        if let Some(keep) = &state.log {
            record::write(text, &decision, shadow, &keep.item, &mut out.log);
        }
        Ok(decision.verdict)
    })
}

/// What another artifact would have decided, where that is something else.
fn look_on(
    state: &State,
    other: &Artifact,
    json: &[u8],
    decision: &Decision<'_>,
    scratch: &mut Scratch,
) -> Option<Shadow> {
    let verdict = decision.verdict.word();
    let Ok(request) = other.matcher.request(json) else {
        state.metrics.shadowed(verdict, "undecided");
        return None;
    };
    let would = other
        .matcher
        .decide_with(scratch, &request.item, decision.as_of());
    state.metrics.shadowed(verdict, would.verdict.word());
    let same = would.verdict == decision.verdict
        && would
            .rules
            .iter()
            .map(|rule| rule.id)
            .eq(decision.rules.iter().map(|rule| rule.id));
    (!same).then(|| Shadow {
        verdict: would.verdict.word(),
        rules: would.rules.iter().map(|rule| rule.id.to_owned()).collect(),
        matcher: other.matcher.content_id_hex(),
    })
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        let detail = format!("not UTF-8 text: byte {byte} of the line begins no character");
        Problem::new(Code::NotJson, detail)
    })
}

//! `POST /v1/decide:batch`

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::{Buf, Bytes};
use futures_util::stream;
use http_body_util::BodyExt;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use crate::artifact::Artifact;
use crate::body;
use crate::judge::{self, Answers, Instants};
use crate::problem::{Code, Problem};
use crate::schema;
use crate::state::{Shared, State};
use crate::traces::{Deciding, Span};

/// A piece of the answer is sent when it is this long, whatever else there is to decide.
const PIECE: usize = 64 << 10;

/// Decide many items
///
/// A JSON object a line, as `interdict decide` reads them; a line of answer for each, in their
/// order. Answers come while the batch is still sent: read them while you write, for the server
/// takes no more than it can answer. A line that cannot be decided is answered with its number and
/// the reason, and the others go on. One artifact decides the whole batch.
#[utoipa::path(
    post,
    path = "/v1/decide:batch",
    params(schema::Judged),
    request_body(
        content = String,
        content_type = "application/x-ndjson",
        example = "{\"at\": \"2018-04-18T12:00:00+08:00\", \"item\": {\"id\": 1, \"title\": \"ICO 白皮书\"}}\n",
    ),
    responses(
        (status = 200, description = "A line for each line", body = schema::Answered, content_type = "application/x-ndjson"),
        (status = "4XX", description = "Why there is no answer", body = crate::problem::Body, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn batch(
    Extract(state): Shared,
    span: Span,
    instants: Instants,
    body: Body,
) -> Result<Response, Problem> {
    let slot = state.admit_batch()?;
    let artifact = state.current.get();
    let batch = Batch {
        deciding: span.deciding(&artifact.matcher),
        _span: span,
        artifact,
        state,
        instants,
        body,
        chunk: Bytes::new(),
        line: Vec::new(),
        too_long: false,
        number: 0,
        read: 0,
        ended: false,
        _slot: slot,
    };
    let pieces = stream::unfold(batch, async |mut batch| {
        let piece = batch.next().await?;
        Some((Ok::<Bytes, Infallible>(piece), batch))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(pieces)).into_response())
}

/// A batch that is being answered. It is asked for its next piece only when the client has taken the
/// one before, and only then reads on: what it holds is a chunk, a line and a piece.
struct Batch {
    state: Arc<State>,
    artifact: Arc<Artifact>,
    instants: Instants,
    body: Body,
    /// What was read and not yet cut into lines.
    chunk: Bytes,
    /// The beginning of a line whose end was not read yet.
    line: Vec<u8>,
    /// Whether that line is longer than an item may be; then it is not kept.
    too_long: bool,
    /// The number of that line, from 1 on.
    number: u64,
    /// Bytes that were read.
    read: u64,
    /// Whether nothing is read any more.
    ended: bool,
    /// Ends before the span of the request does.
    deciding: Deciding,
    _span: Span,
    _slot: OwnedSemaphorePermit,
}

/// The answer to a line that is not decided.
#[derive(Serialize)]
struct Undecided<'a> {
    line: u64,
    code: Code,
    detail: &'a str,
}

impl Batch {
    /// The next piece of the answer.
    async fn next(&mut self) -> Option<Bytes> {
        let mut out = Answers::default();
        loop {
            while out.lines.len() < PIECE && self.cut() {
                self.answer(&mut out);
            }
            if !out.lines.is_empty() {
                self.state.log(out.log).await;
                return Some(out.lines.into());
            }
            if self.ended {
                return None;
            }
            if let Err(problem) = self.read_on().await {
                self.end();
                self.number += 1;
                self.undecided(&problem, &mut out.lines);
            }
        }
    }

    /// Reads the next chunk; at the end of the body, ends its last line.
    async fn read_on(&mut self) -> Result<(), Problem> {
        let idle = self.state.limits.idle;
        let frame = tokio::time::timeout(idle, self.body.frame()).await;
        let frame = frame.map_err(|_| {
            let detail = format!("nothing came for {} s", idle.as_secs_f32());
            Problem::new(Code::TooSlow, detail)
        })?;
        match frame {
            None => {
                self.ended = true;
                if self.too_long || !self.line.is_empty() {
                    self.chunk = Bytes::from_static(b"\n");
                }
            }
            Some(Err(error)) => return Err(body::broken(&error)),
            Some(Ok(frame)) => {
                self.chunk = frame.into_data().unwrap_or_default();
                self.read += self.chunk.len() as u64;
                if self.read > self.state.limits.batch {
                    return Err(body::too_large("the batch", self.state.limits.batch));
                }
            }
        }
        Ok(())
    }

    /// Moves on to the end of a line, if it was read. The line stands in `line` then.
    fn cut(&mut self) -> bool {
        let end = self.chunk.iter().position(|&byte| byte == b'\n');
        let part = &self.chunk[..end.unwrap_or(self.chunk.len())];
        if self.line.len() + part.len() > self.state.limits.item {
            self.too_long = true;
        }
        match self.too_long {
            true => self.line.clear(),
            false => self.line.extend_from_slice(part),
        }
        self.chunk
            .advance(end.map_or(self.chunk.len(), |end| end + 1));
        end.is_some()
    }

    /// Answers the line that was cut.
    fn answer(&mut self, out: &mut Answers) {
        self.number += 1;
        let mut line = std::mem::take(&mut self.line);
        let too_long = std::mem::take(&mut self.too_long);
        if self.number == 1 && line.starts_with("\u{feff}".as_bytes()) {
            line.drain(..3);
        }
        let limits = &self.state.limits;
        let decided = if self.number > limits.lines {
            let detail = format!("the batch has more than {} lines", limits.lines);
            self.end();
            Err(Problem::new(Code::TooLarge, detail))
        } else if too_long {
            Err(body::too_large("the line", limits.item as u64))
        } else if line.trim_ascii().is_empty() {
            Ok(())
        } else {
            let verdict = judge::decide(&self.state, &self.artifact, &line, self.instants, out);
            verdict.map(|verdict| self.deciding.decided(verdict))
        };
        if let Err(problem) = decided {
            self.undecided(&problem, &mut out.lines);
        }
        // The next line takes the memory of this one, unless that was an unusual one.
        line.clear();
        if line.capacity() <= PIECE {
            self.line = line;
        }
    }

    fn undecided(&mut self, problem: &Problem, out: &mut Vec<u8>) {
        self.deciding.undecided();
        self.state.metrics.bad_line();
        let undecided = Undecided {
            line: self.number,
            code: problem.code,
            detail: &problem.detail,
        };
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut *out, &undecided);
        out.push(b'\n');
    }

    /// Reads nothing more, and forgets what was not answered.
    fn end(&mut self) {
        self.ended = true;
        self.chunk = Bytes::new();
        self.line.clear();
        self.too_long = false;
    }
}

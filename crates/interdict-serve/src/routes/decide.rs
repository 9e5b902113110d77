//! `POST /v1/decide`

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::body;
use crate::judge::{self, Answers, Instants};
use crate::problem::Problem;
use crate::schema;
use crate::state::Shared;
use crate::traces::Span;

/// Items up to this length are decided where they were read; longer ones would keep other requests
/// waiting.
const SHORT: usize = 64 << 10;

/// Decide one item
///
/// The body is an item, or an item with its instant. The answer is the line that `interdict decide`
/// writes for it, byte for byte.
#[utoipa::path(
    post,
    path = "/v1/decide",
    params(schema::Judged),
    request_body(
        content = schema::Request,
        example = json!({"at": "2018-04-18T12:00:00+08:00", "item": {"id": 1, "platform": "taobao", "title": "I.C.O 白皮书 写作"}}),
    ),
    responses(
        (status = 200, description = "The decision", body = schema::Decision),
        (status = "4XX", description = "Why there is none", body = crate::problem::Body, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn decide(
    Extract(state): Shared,
    span: Span,
    instants: Instants,
    body: Body,
) -> Result<Response, Problem> {
    let json = body::whole(body, state.limits.item, state.limits.time).await?;
    let slot = state.admit()?;
    let short = json.len() <= SHORT;
    let decided = Arc::clone(&state);
    let work = move || {
        let _slot = slot;
        let mut answers = Answers::default();
        let artifact = decided.current.get();
        let mut span = span.deciding(&artifact.matcher);
        match judge::decide(&decided, &artifact, &json, instants, &mut answers) {
            Ok(verdict) => span.decided(verdict),
            Err(problem) => {
                span.undecided();
                return Err(problem);
            }
        }
        Ok::<Answers, Problem>(answers)
    };
    let answers = match short {
        true => work()?,
        false => tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Problem::internal())??,
    };
    state.log(answers.log).await;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, answers.lines).into_response())
}

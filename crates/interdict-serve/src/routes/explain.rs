//! `POST /v1/explain`

use axum::body::Body;
use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use interdict_matcher::{Account, Aim, Changes, RequestError};
use serde::Serialize;

use crate::body;
use crate::judge::{Instants, utf8};
use crate::problem::Problem;
use crate::schema;
use crate::state::{Shared, State};

/// What is told of one item.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    account: &'a Account<'a>,
    changes: &'a Changes<'a>,
}

/// Explain one item
///
/// Says of every rule why it holds for an item or why not, part by part, and which changes of the
/// item, and which times, would loosen the verdict.
#[utoipa::path(
    post,
    path = "/v1/explain",
    params(schema::Judged),
    request_body(
        content = schema::Request,
        example = json!({"at": "2018-04-18T12:00:00+08:00", "item": {"platform": "taobao", "title": "I.C.O 白皮书 写作"}}),
    ),
    responses(
        (status = 200, description = "The account", body = schema::Explained),
        (status = "4XX", description = "Why there is none", body = crate::problem::Body, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn explain(
    Extract(state): Shared,
    instants: Instants,
    body: Body,
) -> Result<Response, Problem> {
    let json = body::whole(body, state.limits.item, state.limits.time).await?;
    let slot = state.admit()?;
    // Searching for changes tries many decisions.
    let work = move || {
        let _slot = slot;
        answer(&state, &json, instants)
    };
    let explained = tokio::task::spawn_blocking(work).await;
    let text = explained.map_err(|_| Problem::internal())??;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

fn answer(state: &State, json: &[u8], instants: Instants) -> Result<Vec<u8>, Problem> {
    utf8(json)?;
    let artifact = state.current.get();
    let request = artifact.matcher.request(json)?;
    let as_of = request.as_of(instants.at, instants.known_at);
    let as_of = as_of.ok_or(RequestError::NoInstant)?;
    let account = artifact.matcher.explain(&request.item, as_of);
    let changes = artifact
        .matcher
        .changes(&request.item, as_of, Aim::default());
    let explained = Explained {
        account: &account,
        changes: &changes,
    };
    let mut text = serde_json::to_vec(&explained).map_err(|_| Problem::internal())?;
    text.push(b'\n');
    Ok(text)
}

//! The pages of the server, and what all of them have in common.

mod batch;
mod decide;
mod explain;
mod health;
mod matcher;
mod rules;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State as Extract};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::openapi;
use crate::problem::{Code, Problem};
use crate::state::State;

pub(crate) use batch::__path_batch;
pub(crate) use decide::__path_decide;
pub(crate) use explain::__path_explain;
pub(crate) use health::{__path_healthz, __path_metrics, __path_readyz};
pub(crate) use matcher::__path_matcher;
pub(crate) use rules::__path_rules;

/// What a page that is not there is counted under: clients must not make up labels.
const ELSEWHERE: &str = "elsewhere";

/// All pages.
pub(crate) fn router(state: Arc<State>) -> Router {
    let guard = middleware::from_fn_with_state(Arc::clone(&state), guard);
    let measure = middleware::from_fn_with_state(Arc::clone(&state), measure);
    Router::new()
        .route("/v1/decide", post(decide::decide))
        .route("/v1/decide:batch", post(batch::batch))
        .route("/v1/explain", post(explain::explain))
        .route("/v1/rules", get(rules::rules))
        .route("/v1/matcher", get(matcher::matcher))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(openapi::page))
        .fallback(async || {
            Problem::new(
                Code::NotFound,
                "there is no such page; /openapi.json lists them",
            )
        })
        .method_not_allowed_fallback(async || {
            Problem::new(
                Code::MethodNotAllowed,
                "the page takes another method; /openapi.json says which",
            )
        })
        .layer(guard)
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .layer(measure)
        .with_state(state)
}

/// Lets in those who show the token, if there is one.
async fn guard(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    if let Some(token) = &state.token {
        let shown = request.headers().get(header::AUTHORIZATION);
        if !token.is_shown(shown.and_then(|shown| shown.to_str().ok())) {
            let detail = "show the token: `Authorization: Bearer …`";
            return Problem::new(Code::Unauthorized, detail).into_response();
        }
    }
    next.run(request).await
}

/// Counts answers and how long they took to begin, and traces them.
async fn measure(
    Extract(state): Extract<Arc<State>>,
    mut request: Request,
    next: Next,
) -> Response {
    let since = Instant::now();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let route = path.as_ref().map_or(ELSEWHERE, MatchedPath::as_str);
    let method = request.method().clone();
    let span = state.traces.begin(&mut request, route);
    let response = next.run(request).await;
    span.answered(response.status());
    let took = since.elapsed();
    state.metrics.answered(route, response.status(), took);
    let status = response.status().as_u16();
    tracing::debug!(%method, route, status, microseconds = took.as_micros(), "answered");
    response
}

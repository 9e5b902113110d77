//! `GET /healthz`, `/readyz` and `/metrics`

use axum::extract::State as Extract;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::state::Shared;

/// What Prometheus calls its format.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Whether the server lives
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It does", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether the server takes requests
#[utoipa::path(get, path = "/readyz", responses(
    (status = 200, description = "It does", body = String),
    (status = 503, description = "It is stopping", body = String),
))]
pub(crate) async fn readyz(Extract(state): Shared) -> (StatusCode, &'static str) {
    match state.is_stopping() {
        true => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n"),
        false => (StatusCode::OK, "ready\n"),
    }
}

/// Counters for Prometheus
#[utoipa::path(get, path = "/metrics", responses(
    (status = 200, description = "OpenMetrics", body = String, content_type = "application/openmetrics-text"),
))]
pub(crate) async fn metrics(Extract(state): Shared) -> Response {
    let page = state.metrics.page(&state.current.get());
    ([(header::CONTENT_TYPE, OPENMETRICS)], page).into_response()
}

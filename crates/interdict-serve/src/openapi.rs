//! `GET /openapi.json`: the document of the pages, made from the code that serves them.

use std::sync::OnceLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, OpenApi as Document};
use utoipa::{Modify, OpenApi};

use crate::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Interdict",
        description = "Decides items by a compiled policy set. Decisions never use the clock.",
    ),
    paths(
        routes::decide, routes::batch, routes::explain, routes::rules, routes::matcher,
        routes::healthz, routes::readyz, routes::metrics,
    ),
    modifiers(&Token),
)]
struct Pages;

/// That pages may ask for a token.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = document
            .components
            .take()
            .unwrap_or_else(|| ComponentsBuilder::new().build());
        document.components = Some(
            ComponentsBuilder::from(components)
                .security_scheme("token", scheme)
                .build(),
        );
    }
}

/// The OpenAPI document of the server, in JSON.
pub fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| Pages::openapi().to_pretty_json().unwrap_or_default())
}

pub(crate) async fn page() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document()).into_response()
}

//! Why a request has no answer, as RFC 9457 writes it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use interdict_matcher::{ItemError, RequestError};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Code {
    /// The body is not JSON.
    NotJson,
    /// It is JSON, but no item.
    BadItem,
    /// Neither the item nor the query says at which instant to judge.
    NoInstant,
    /// The query is not understood.
    BadQuery,
    /// The token is missing or another one.
    Unauthorized,
    /// There is no such page.
    NotFound,
    /// The page takes another method.
    MethodNotAllowed,
    /// The item or the batch is too long.
    TooLarge,
    /// The client sent too slowly.
    TooSlow,
    /// Too much is asked for at once.
    Busy,
    /// Something that should not happen.
    Internal,
}

/// A problem, with what to do about it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) detail: String,
}

/// The body of an answer that says why there is none.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Body {
    /// Always `about:blank`: `code` says more.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the status means.
    title: &'static str,
    /// The status.
    status: u16,
    /// What went wrong.
    code: Code,
    /// In words.
    detail: String,
}

impl Code {
    fn status(self) -> StatusCode {
        match self {
            Code::NotJson | Code::BadQuery => StatusCode::BAD_REQUEST,
            Code::BadItem | Code::NoInstant => StatusCode::UNPROCESSABLE_ENTITY,
            Code::Unauthorized => StatusCode::UNAUTHORIZED,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Code::Busy => StatusCode::TOO_MANY_REQUESTS,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Problem {
        let detail = detail.into();
        Problem { code, detail }
    }

    pub(crate) fn internal() -> Problem {
        Problem::new(Code::Internal, "the server failed; its log says more")
    }
}

/// What serde says of JSON, without the number of the line where it is always 1.
impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Problem {
        let code = match &error {
            RequestError::Item(ItemError::Json(_)) => Code::NotJson,
            RequestError::NoInstant => return no_instant(),
            _ => Code::BadItem,
        };
        Problem::new(
            code,
            error
                .to_string()
                .replace(" at line 1 column ", " at column "),
        )
    }
}

fn no_instant() -> Problem {
    Problem::new(
        Code::NoInstant,
        "no instant: write {\"at\": \"...\", \"item\": {...}}, or give ?at=2018-04-18T12:00:00Z; \
         decisions never use the clock, so that they can be repeated",
    )
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let body = Body {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            code: self.code,
            detail: self.detail,
        };
        let text = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, json);
        match self.code {
            Code::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            Code::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            // What is left of such a body is not read.
            Code::TooLarge | Code::TooSlow => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}

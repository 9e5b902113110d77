//! No spans: what the rest of the server calls when it was built without them.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use interdict_matcher::{Matcher, Verdict};

use super::TracesError;

/// Where spans are sent: nowhere, for this was built without the feature `otel`.
#[derive(Debug, Clone, Default)]
pub struct Traces(());

impl Traces {
    /// None, whatever the environment says.
    ///
    /// # Errors
    ///
    /// None.
    pub fn from_environment() -> Result<Traces, TracesError> {
        Ok(Traces(()))
    }

    pub(crate) fn begin(&self, _: &mut Request, _: &str) -> Span {
        Span
    }

    pub(crate) fn end(&self) {}
}

/// No span of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span;

impl Span {
    pub(crate) fn answered(&self, _: StatusCode) {}

    pub(crate) fn deciding(&self, _: &Matcher) -> Deciding {
        Deciding
    }
}

impl<S: Sync> FromRequestParts<S> for Span {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Span, Infallible> {
        Ok(Span)
    }
}

/// No span of deciding.
#[derive(Debug)]
pub(crate) struct Deciding;

impl Deciding {
    pub(crate) fn decided(&mut self, _: Verdict) {}

    pub(crate) fn undecided(&mut self) {}
}

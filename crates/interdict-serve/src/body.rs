//! Bodies of requests, read within the limits.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::problem::{Code, Problem};

/// Reads a body whole.
pub(crate) async fn whole(body: Body, limit: usize, patience: Duration) -> Result<Bytes, Problem> {
    let read = Limited::new(body, limit).collect();
    let read = tokio::time::timeout(patience, read).await;
    let read = read.map_err(|_| {
        let detail = format!("the body took longer than {} s", patience.as_secs_f32());
        Problem::new(Code::TooSlow, detail)
    })?;
    let body = read.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => too_large("the item", limit as u64),
        None => broken(&error),
    })?;
    Ok(body.to_bytes())
}

/// A client that went away hears nothing of this; one that sends broken chunks does.
pub(crate) fn broken(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(Code::NotJson, format!("the body cannot be read: {error}"))
}

pub(crate) fn too_large(what: &str, limit: u64) -> Problem {
    Problem::new(
        Code::TooLarge,
        format!("{what} is longer than {limit} bytes"),
    )
}

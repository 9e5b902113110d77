//! Spans of requests and of what they decide, for OpenTelemetry. A server that was built without the
//! feature `otel`, or whose environment names no collector, makes none.
//!
//! A span says which page was asked, by which artifact what was decided, and how many items it were;
//! never what an item holds.

#[cfg(feature = "otel")]
mod export;
#[cfg(not(feature = "otel"))]
mod none;
#[cfg(feature = "otel")]
mod spans;

#[cfg(not(feature = "otel"))]
pub use none::Traces;
#[cfg(not(feature = "otel"))]
pub(crate) use none::{Deciding, Span};
#[cfg(feature = "otel")]
pub use spans::Traces;
#[cfg(feature = "otel")]
pub(crate) use spans::{Deciding, Span};

/// Why no traces can be sent.
#[derive(Debug, thiserror::Error)]
#[error("cannot send traces: {0}")]
pub struct TracesError(pub(crate) String);

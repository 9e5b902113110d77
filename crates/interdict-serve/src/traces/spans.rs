//! A request and what it decides → spans, by the conventions that OpenTelemetry has for HTTP.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use interdict_matcher::{Matcher, Verdict};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use super::{TracesError, export};

/// Where spans are sent, if they are.
#[derive(Debug, Clone, Default)]
pub struct Traces(Option<Sent>);

#[derive(Debug, Clone)]
struct Sent {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

impl Traces {
    /// As the variables of OpenTelemetry say: there are none without an
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`. Starts the thread that sends them.
    ///
    /// # Errors
    ///
    /// When the address of the collector is of no use.
    pub fn from_environment() -> Result<Traces, TracesError> {
        let provider = export::provider()?;
        Ok(Traces(provider.map(|provider| Sent {
            tracer: export::tracer(&provider),
            provider,
        })))
    }

    /// Begins the span of a request, as a part of what its `traceparent` names, and lets handlers
    /// have it. Requests that ask for nothing of an item or a policy have none: probes would drown
    /// the others.
    pub(crate) fn begin(&self, request: &mut Request, route: &str) -> Span {
        let Some(Sent { tracer, .. }) = self.0.as_ref().filter(|_| route.starts_with("/v1/"))
        else {
            return Span::default();
        };
        let parent = TraceContextPropagator::new()
            .extract_with_context(&Context::new(), &HeaderExtractor(request.headers()));
        let method = request.method().as_str().to_owned();
        let span = tracer
            .span_builder(format!("{method} {route}"))
            .with_kind(SpanKind::Server)
            .with_attributes([
                KeyValue::new("http.request.method", method),
                KeyValue::new("http.route", route.to_owned()),
            ])
            .start_with_context(tracer, &parent);
        let span = Span(Some((tracer.clone(), parent.with_span(span))));
        request.extensions_mut().insert(span.clone());
        span
    }

    /// Sends what was not sent yet. Blocks for a few seconds at most.
    pub(crate) fn end(&self) {
        if let Some(Sent { provider, .. }) = &self.0
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "some traces were not sent");
        }
    }
}

/// The span of a request, if it has one. It ends with the last that holds it: for a batch, with the
/// last line of its answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span(Option<(SdkTracer, Context)>);

impl Span {
    pub(crate) fn answered(&self, status: StatusCode) {
        if let Some((_, context)) = &self.0 {
            let span = context.span();
            let code = i64::from(status.as_u16());
            span.set_attribute(KeyValue::new("http.response.status_code", code));
            if status.is_server_error() {
                span.set_status(Status::error(""));
            }
        }
    }

    /// Begins the span of deciding, as a part of this one.
    pub(crate) fn deciding(&self, matcher: &Matcher) -> Deciding {
        let context = self.0.as_ref().map(|(tracer, context)| {
            let id = KeyValue::new("interdict.content_id", matcher.content_id_hex());
            let span = tracer.span_builder("decide").with_attributes([id]);
            context.with_span(span.start_with_context(tracer, context))
        });
        Deciding {
            context,
            items: 0,
            undecided: 0,
            verdict: None,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Span {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Span, Infallible> {
        Ok(parts.extensions.remove().unwrap_or_default())
    }
}

/// The span of deciding an item, or all of a batch. It ends with this.
#[derive(Debug)]
pub(crate) struct Deciding {
    context: Option<Context>,
    items: i64,
    undecided: i64,
    /// The strictest one.
    verdict: Option<Verdict>,
}

impl Deciding {
    pub(crate) fn decided(&mut self, verdict: Verdict) {
        self.items += 1;
        self.verdict = self.verdict.max(Some(verdict));
    }

    /// An item that is none.
    pub(crate) fn undecided(&mut self) {
        self.items += 1;
        self.undecided += 1;
    }
}

impl Drop for Deciding {
    fn drop(&mut self) {
        if let Some(context) = &self.context {
            let span = context.span();
            span.set_attribute(KeyValue::new("interdict.items", self.items));
            if self.undecided > 0 {
                span.set_attribute(KeyValue::new("interdict.undecided", self.undecided));
            }
            if let Some(verdict) = self.verdict {
                span.set_attribute(KeyValue::new("interdict.verdict", verdict.word()));
            }
            span.end();
        }
    }
}

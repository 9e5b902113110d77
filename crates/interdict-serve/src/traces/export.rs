//! The variables of OpenTelemetry → what sends spans to a collector: OTLP as protobuf over HTTP, on a
//! thread of its own, so that no request waits for a collector.

use std::env;
use std::time::Duration;

use axum::http::{Request, Response};
use bytes::Bytes;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use ureq::Agent;

use super::TracesError;

/// What names a collector; the first one is of traces alone.
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];
/// How long the collector may take, in milliseconds.
const TIMEOUTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
    "OTEL_EXPORTER_OTLP_TIMEOUT",
];
/// And if none says.
const PATIENCE: Duration = Duration::from_secs(10);
/// What says of which service the spans are.
const NAMES: [&str; 2] = ["OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES"];
/// A collector has little to say.
const LONGEST_ANSWER: u64 = 64 << 10;

/// What makes and sends spans, if the environment names a collector and does not forbid it.
pub(super) fn provider() -> Result<Option<SdkTracerProvider>, TracesError> {
    let is = |name, what: &str| first(&[name]).is_some_and(|text| text.eq_ignore_ascii_case(what));
    let forbidden = is("OTEL_SDK_DISABLED", "true") || is("OTEL_TRACES_EXPORTER", "none");
    if forbidden || first(&ENDPOINTS).is_none() {
        return Ok(None);
    }
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Client::new(timeout()))
        .build()
        .map_err(|error| TracesError(error.to_string()))?;
    let provider = SdkTracerProvider::builder()
        .with_resource(resource())
        .with_batch_exporter(exporter)
        .build();
    Ok(Some(provider))
}

/// What makes the spans of this crate.
pub(super) fn tracer(provider: &SdkTracerProvider) -> SdkTracer {
    let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME"));
    provider.tracer_with_scope(scope.with_version(env!("CARGO_PKG_VERSION")).build())
}

/// The service, under its name if the environment has none.
fn resource() -> Resource {
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let named = NAMES.iter().any(|name| {
        first(&[name]).is_some_and(|text| *name == NAMES[0] || text.contains("service.name="))
    });
    let resource = Resource::builder().with_attribute(version);
    match named {
        true => resource.build(),
        false => resource.with_service_name("interdict").build(),
    }
}

fn timeout() -> Duration {
    let text = first(&TIMEOUTS);
    let milliseconds = text.and_then(|text| text.trim().parse().ok());
    milliseconds.map_or(PATIENCE, Duration::from_millis)
}

/// The first of some variables that says anything.
fn first(names: &[&str]) -> Option<String> {
    let mut texts = names.iter().filter_map(|name| env::var(name).ok());
    texts.find(|text| !text.trim().is_empty())
}

/// The client that fetches artifacts too. It blocks the thread that sends, which has nothing else to
/// do.
#[derive(Debug)]
struct Client(Agent);

impl Client {
    fn new(timeout: Duration) -> Client {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .build();
        Client(config.into())
    }
}

#[async_trait::async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (head, body) = request.into_parts();
        let request = Request::from_parts(head, body.to_vec());
        let (head, mut body) = self.0.run(request)?.into_parts();
        let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(Response::from_parts(head, body.into()))
    }
}

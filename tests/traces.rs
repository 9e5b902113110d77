//! What `interdict serve` sends to an OpenTelemetry collector: spans, and nothing of an item.

#![cfg(unix)]

#[path = "support/served.rs"]
mod served;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use served::{Served, ask, compiled, interdict};
use tempfile::TempDir;

/// The trace and the span that a client says it asks from.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
/// A word of every item.
const SECRET: &str = "白皮书";

/// The head and the body of what was sent.
type Request = (String, Vec<u8>);

/// A collector that takes whatever is sent.
struct Collector {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Collector {
    fn start() -> Collector {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&requests);
        // Ends with the test.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a client");
                let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
                while let Some(request) = read(&mut reader) {
                    taken.lock().expect("no panic").push(request);
                    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                    (&stream).write_all(answer.as_bytes()).expect("to answer");
                }
            }
        });
        Collector { address, requests }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        (reader.read_line(&mut head).ok()? > 0).then_some(())?;
    }
    let head = head.to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).expect("a length");
    let length = length.lines().next().unwrap_or_default();
    let mut body = vec![0; length.parse().expect("a number")];
    reader.read_exact(&mut body).expect("a body");
    Some((head, body))
}

/// A server whose environment is that of somebody who wants traces.
fn serve(artifact: &str, collector: &Collector, more: &[(&str, &str)]) -> Served {
    let endpoint = format!("http://{}", collector.address);
    let mut command = interdict(&["serve", artifact]);
    command
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        .envs(more.iter().copied());
    Served::run(&mut command)
}

#[test]
fn requests_and_decisions_are_spans_that_tell_nothing_of_items() {
    let folder = TempDir::new().expect("a folder");
    let artifact = compiled(&folder);
    let collector = Collector::start();
    let named = [
        ("OTEL_SERVICE_NAME", "shop"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cret"),
    ];
    let served = serve(&artifact, &collector, &named);
    let item = format!("{{\"platform\": \"taobao\", \"title\": \"ICO {SECRET}\"}}");
    let batch = format!("{item}\n{{\"title\": \"{SECRET} a book\"}}\n{{\"title\": {SECRET}\n");
    let parent = format!("traceparent: 00-{TRACE}-{PARENT}-01\r\n");
    let asked = [
        (
            "POST /v1/decide?at=2018-04-18",
            parent.as_str(),
            item.as_str(),
        ),
        ("POST /v1/decide:batch?at=2018-04-18", "", &batch),
        ("POST /v1/decide", "", &item),
        (
            "POST /v1/explain?at=2018-04-18",
            "traceparent: none\r\n",
            &item,
        ),
        ("GET /v1/decide", "", ""),
        ("GET /healthz", "", ""),
        ("GET /elsewhere", "", ""),
    ];
    let mut content_id = String::new();
    for (line, headers, body) in asked {
        let (_, body) = ask(&served.address, line, headers, body).expect("an answer");
        if let Some(rest) = body.split("\"matcher\":\"").nth(1) {
            content_id = rest.split('"').next().unwrap_or_default().to_owned();
        }
    }
    // What was not sent yet is sent before it ends.
    let log = served.stop();
    assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");

    let requests = collector.requests.lock().expect("no panic");
    for (head, body) in requests.iter() {
        assert!(head.starts_with("post /v1/traces "), "{head}");
        assert!(head.contains("api-key: s3cret"), "{head}");
        let secret = SECRET.as_bytes();
        assert!(!body.windows(secret.len()).any(|part| part == secret));
    }
    let told = told(&requests).replace(&content_id, "[content id]");
    insta::assert_snapshot!(told);
}

#[test]
fn who_wants_no_traces_has_none() {
    let folder = TempDir::new().expect("a folder");
    let artifact = compiled(&folder);
    let collector = Collector::start();
    for refused in [
        ("OTEL_SDK_DISABLED", "true"),
        ("OTEL_TRACES_EXPORTER", "none"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
    ] {
        let served = serve(&artifact, &collector, &[refused]);
        served.post("/v1/decide", "{\"title\": \"ICO\"}");
        served.stop();
        let requests = collector.requests.lock().expect("no panic");
        assert!(requests.is_empty(), "{refused:?}");
    }
}

/// A collector that is not there costs spans, and no answer.
#[test]
fn without_its_collector_it_answers_all_the_same() {
    let folder = TempDir::new().expect("a folder");
    let artifact = compiled(&folder);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let collector = Collector {
        address: listener.local_addr().expect("an address").to_string(),
        requests: Arc::default(),
    };
    drop(listener);
    let served = serve(&artifact, &collector, &[]);
    let answer = served.post("/v1/decide", "{\"title\": \"ICO\"}");
    assert!(answer.contains("\"verdict\""), "{answer}");
    let log = served.stop();
    assert!(log.contains("BatchSpanProcessor.ExportError"), "{log}");
    assert!(log.contains("\"message\":\"stopped\""), "{log}");
}

/// All spans, each under its service, with its parent and what it says, in an order that does not
/// depend on time.
fn told(requests: &[Request]) -> String {
    let mut lines = Vec::new();
    let decoded = requests
        .iter()
        .map(|(_, body)| ExportTraceServiceRequest::decode(&body[..]).expect("spans"));
    let resources: Vec<_> = decoded.flat_map(|request| request.resource_spans).collect();
    let spans = resources
        .iter()
        .flat_map(|resource| &resource.scope_spans)
        .flat_map(|scope| &scope.spans);
    let by_id: BTreeMap<&[u8], &Span> = spans.map(|span| (&span.span_id[..], span)).collect();
    for resource in &resources {
        let service = resource.resource.as_ref().map(|resource| {
            let kept = ["service.name", "service.version"];
            let of = resource.attributes.iter();
            attributes(of.filter(|pair| kept.contains(&pair.key.as_str())))
        });
        for scope in &resource.scope_spans {
            let name = scope.scope.as_ref().map(|scope| &scope.name);
            for span in &scope.spans {
                let from = from(span, &by_id);
                lines.push(format!(
                    "{} · kind {} · from {from}\n  {}  {} · {}",
                    span.name,
                    span.kind,
                    attributes(span.attributes.iter()),
                    name.expect("a scope"),
                    service
                        .as_deref()
                        .unwrap_or_default()
                        .replace('\n', " ")
                        .trim()
                ));
            }
        }
    }
    lines.sort();
    lines.join("\n\n")
}

/// Of which span one is a part.
fn from(span: &Span, by_id: &BTreeMap<&[u8], &Span>) -> String {
    let parent = by_id.get(&span.parent_span_id[..]);
    if let Some(parent) = parent {
        assert_eq!(parent.trace_id, span.trace_id);
        assert!(parent.end_time_unix_nano >= span.end_time_unix_nano);
        return parent.name.clone();
    }
    if span.parent_span_id.is_empty() {
        return "nothing".to_owned();
    }
    assert_eq!(hex(&span.trace_id), TRACE);
    assert_eq!(hex(&span.parent_span_id), PARENT);
    "the client".to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn attributes<'a>(pairs: impl Iterator<Item = &'a KeyValue>) -> String {
    let mut lines: Vec<String> = pairs
        .map(|pair| format!("{} = {}", pair.key, shown(pair.value.as_ref())))
        .collect();
    lines.sort();
    lines.join("\n  ") + "\n"
}

fn shown(value: Option<&AnyValue>) -> String {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("no such attribute: {other:?}"),
    }
}

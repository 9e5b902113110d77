//! `POST /v1/decide:batch`

use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

use insta::assert_snapshot;

use crate::{Running, Shop, chunk};

const PATH: &str = "/v1/decide:batch?at=2018-04-18";

/// Begins a batch whose lines are sent as chunks.
const HEAD: &str = "POST /v1/decide:batch?at=2018-04-18 HTTP/1.1\r\nHost: it\r\nTransfer-Encoding: chunked\r\n\r\n";

#[test]
fn lines_are_answered_in_their_order() {
    let shop = Shop::new();
    let server = shop.serve();
    let lines: Vec<String> = (0..10_000)
        .map(|at| {
            format!(
                "{{\"id\": {at}, \"title\": \"{}\"}}",
                if at % 3 == 0 { "ICO" } else { "tea" }
            )
        })
        .collect();
    let answer = server.post(PATH, lines.join("\n"));
    assert_eq!(answer.status, 200);
    let single = |line: &String| server.post("/v1/decide?at=2018-04-18", line).body;
    for (at, answered) in answer.body.split_inclusive('\n').enumerate() {
        assert!(
            answered.starts_with(&format!("{{\"id\":{at},")),
            "{answered}"
        );
        if at % 1000 == 0 {
            assert_eq!(answered, single(&lines[at]));
        }
    }
    assert_eq!(answer.body.lines().count(), lines.len());
}

#[test]
fn a_bad_line_is_told_by_its_number_and_the_others_go_on() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.item = 100;
    let server = Running::start(config).expect("a server");
    let long = format!("{{\"title\": \"{}\"}}", "x".repeat(100));
    let mut batch =
        format!("\u{feff}{{\"title\": \"tea\"}}\r\n\n[]\n{long}\nnot json\n").into_bytes();
    batch.extend(
        b"{\"title\": \"\xff\"}\n{\"at\": \"now\", \"item\": {}}\n{\"id\": 8, \"title\": \"tea\"}",
    );
    let answer = server.post(PATH, batch);
    let steady = |line: &str| match line.find("\"rules\"") {
        Some(end) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    };
    let shown: Vec<String> = answer.body.lines().map(steady).collect();
    assert_snapshot!(shown.join("\n"));
}

#[test]
fn lines_are_answered_while_the_batch_is_still_sent() {
    let shop = Shop::new();
    let server = shop.serve();
    let mut stream = server.connect();
    stream.write_all(HEAD.as_bytes()).expect("to write");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    for at in 0..3 {
        let line = format!("{{\"id\": {at}}}\n");
        write!(stream, "{:x}\r\n{line}\r\n", line.len()).expect("to write");
        if at == 0 {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).expect("a head");
            }
        }
        let answered = chunk(&mut reader).expect("an answer");
        let start = format!("{{\"id\":{at},\"verdict\":");
        assert!(answered.starts_with(start.as_bytes()));
    }
    stream.write_all(b"0\r\n\r\n").expect("to write");
    assert_eq!(chunk(&mut reader), None);
}

#[test]
fn a_batch_has_its_limits() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.lines = 3;
    config.limits.batch = 1000;
    let server = Running::start(config).expect("a server");
    let many = server.post(PATH, "{}\n".repeat(10)).body;
    assert_eq!(many.lines().count(), 4);
    let last =
        "{\"line\":4,\"code\":\"too-large\",\"detail\":\"the batch has more than 3 lines\"}\n";
    assert!(many.ends_with(last), "{many}");
    let long = server.post(PATH, "{}".repeat(5000)).body;
    let last = "\"detail\":\"the batch is longer than 1000 bytes\"}\n";
    assert!(long.ends_with(last), "{long}");
}

/// A client that sends and does not read is not read on either, and is left in the end: what it
/// sends does not pile up.
#[test]
fn a_client_that_does_not_read_is_left() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.idle = Duration::from_millis(200);
    let server = Running::start(config).expect("a server");
    let mut stream = server.connect();
    stream.write_all(HEAD.as_bytes()).expect("to write");
    let lines = "{\"title\": \"ICO\"}\n".repeat(4096);
    let chunk = format!("{:x}\r\n{lines}\r\n", lines.len());
    let sent = (0..16_384).find(|_| stream.write_all(chunk.as_bytes()).is_err());
    assert!(sent.is_some(), "the server took 1 GB and sent nothing");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_client_that_stops_sending_is_told_so() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.idle = Duration::from_millis(100);
    let server = Running::start(config).expect("a server");
    let mut stream = server.connect();
    stream.write_all(HEAD.as_bytes()).expect("to write");
    stream.write_all(b"3\r\n{}\n\r\n").expect("to write");
    let answer = crate::Answer::read(&mut BufReader::new(stream));
    let last = "{\"line\":2,\"code\":\"too-slow\",\"detail\":\"nothing came for 0.1 s\"}\n";
    assert!(answer.body.ends_with(last), "{}", answer.body);
}

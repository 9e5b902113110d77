//! Clients that ask too much, too slowly, or at the wrong time.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use insta::assert_snapshot;

use crate::{Answer, Running, Shop, until};

#[test]
fn who_asks_for_too_much_is_told_so() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.item = 64;
    config.limits.requests = 0;
    config.limits.batches = 0;
    let server = Running::start(config).expect("a server");
    let long = format!("{{\"title\": \"{}\"}}", "x".repeat(100));
    let mut shown = String::new();
    for (path, body) in [
        ("/v1/decide", long.as_str()),
        ("/v1/decide", "{}"),
        ("/v1/explain", "{}"),
        ("/v1/decide:batch", "{}"),
    ] {
        let answer = server.post(path, body);
        shown += &format!(
            "## POST {path}, {} bytes\n{}\n\n",
            body.len(),
            answer.shown()
        );
    }
    assert_snapshot!(shown);
    // Whoever watches over it is answered all the same.
    for path in ["/healthz", "/readyz", "/metrics", "/v1/matcher"] {
        assert_eq!(server.get(path).status, 200);
    }
}

#[test]
fn who_sends_too_slowly_is_left() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.limits.time = Duration::from_millis(100);
    config.limits.idle = Duration::from_millis(100);
    let server = Running::start(config).expect("a server");
    // Half a body.
    let mut stream = server.connect();
    let head = "POST /v1/decide HTTP/1.1\r\nHost: it\r\nContent-Length: 10\r\n\r\n{";
    stream.write_all(head.as_bytes()).expect("to write");
    let answer = Answer::read(&mut BufReader::new(stream));
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (408, &"too-slow".into())
    );
    // Half a head, and none at all.
    for head in ["POST /v1/dec", ""] {
        let mut stream = server.connect();
        stream.write_all(head.as_bytes()).expect("to write");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP/1.1 2"));
    }
    assert_eq!(server.get("/healthz").status, 200);
}

/// Bytes that are no HTTP, and bodies that are no items, end nothing but themselves.
#[test]
fn no_bytes_stop_the_server() {
    let shop = Shop::new();
    let server = shop.serve();
    let mut seed = 7_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as u8
    };
    for length in 0..200 {
        let bytes: Vec<u8> = (0..length).map(|_| random()).collect();
        for path in ["/v1/decide?at=2018-04-18", "/v1/explain?at=2018-04-18"] {
            let status = server.post(path, &bytes).status;
            assert!((400..500).contains(&status), "{status} for {bytes:?}");
        }
        assert_eq!(server.post("/v1/decide:batch", &bytes).status, 200);
        let mut stream = server.connect();
        stream.write_all(&bytes).expect("to write");
    }
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn what_was_begun_is_finished_before_the_server_stops() {
    let shop = Shop::new();
    let mut server = shop.serve();
    let mut stream = server.connect();
    let head = "POST /v1/decide?at=2018-04-18 HTTP/1.1\r\nHost: it\r\nContent-Length: 16\r\n\
                Expect: 100-continue\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("to write");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("to be told to go on");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.stop();
    until("no more connections", || {
        TcpStream::connect(server.address).is_err()
    });
    stream.write_all(br#"{"title": "ICO"}"#).expect("to write");
    let answer = Answer::read(&mut BufReader::new(stream));
    assert_eq!(
        (answer.status, &answer.json()["verdict"]),
        (200, &"ban".into())
    );
}

//! Artifacts that are fetched over HTTP, and a server that speaks TLS.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use interdict_serve::{Config, Source, Tls};

use crate::{Running, Shop, artifact, until};

/// A server of one file, with a tag for it or without.
struct Depot {
    address: SocketAddr,
    holds: Arc<Mutex<Vec<u8>>>,
    /// How often it said that nothing is new, and how often it sent the file.
    same: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
}

impl Depot {
    fn new(tagged: bool) -> Depot {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let depot = Depot {
            address: listener.local_addr().expect("an address"),
            holds: Arc::new(Mutex::new(artifact("ICO"))),
            same: Arc::default(),
            sent: Arc::default(),
        };
        let (holds, same, sent) = (depot.holds.clone(), depot.same.clone(), depot.sent.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a client");
                let _ = answer(
                    stream,
                    &holds.lock().expect("the file"),
                    tagged,
                    &same,
                    &sent,
                );
            }
        });
        depot
    }

    fn config(&self) -> Config {
        let mut config = Config::new(Source::Url(format!(
            "http://{}/rules.matcher",
            self.address
        )));
        config.listen.set_port(0);
        config.every = Duration::from_millis(5);
        config
    }
}

fn answer(
    mut stream: TcpStream,
    file: &[u8],
    tagged: bool,
    same: &AtomicUsize,
    sent: &AtomicUsize,
) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
    let tag = format!(
        "\"{:x}-{}\"",
        file.len(),
        file.iter().map(|&byte| u64::from(byte)).sum::<u64>()
    );
    let shown = if tagged {
        format!("ETag: {tag}\r\n")
    } else {
        String::new()
    };
    if tagged && head.contains(&tag) {
        same.fetch_add(1, Ordering::Relaxed);
        return write!(
            stream,
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n{shown}\r\n"
        );
    }
    sent.fetch_add(1, Ordering::Relaxed);
    let length = file.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nConnection: close\r\n{shown}Content-Length: {length}\r\n\r\n"
    )?;
    stream.write_all(file)
}

fn rule(server: &Running) -> String {
    let item = r#"{"title": "ICO mining"}"#;
    let decision = server.post("/v1/decide?at=2018-04-18", item).json();
    decision["rules"][0]["id"]
        .as_str()
        .expect("a rule")
        .to_owned()
}

#[test]
fn an_artifact_is_fetched_again_only_when_its_tag_changes() {
    let depot = Depot::new(true);
    let server = Running::start(depot.config()).expect("a server");
    until("it asks again", || depot.same.load(Ordering::Relaxed) > 3);
    assert_eq!(
        (rule(&server).as_str(), depot.sent.load(Ordering::Relaxed)),
        ("shop/ICO", 1)
    );
    *depot.holds.lock().expect("the file") = artifact("mining");
    until("the new one decides", || rule(&server) == "shop/mining");
    *depot.holds.lock().expect("the file") = b"no artifact".to_vec();
    until("it fetched the bad one", || {
        depot.sent.load(Ordering::Relaxed) == 3
    });
    assert_eq!(rule(&server), "shop/mining");
}

#[test]
fn a_depot_without_tags_is_understood_too() {
    let depot = Depot::new(false);
    let server = Running::start(depot.config()).expect("a server");
    until("it asks again", || depot.sent.load(Ordering::Relaxed) > 3);
    *depot.holds.lock().expect("the file") = artifact("mining");
    until("the new one decides", || rule(&server) == "shop/mining");
    let page = server.get("/metrics").body;
    assert!(
        page.contains("interdict_reloads_total{outcome=\"accepted\"} 1\n"),
        "{page}"
    );
}

#[test]
fn a_depot_that_is_not_there_leaves_the_last_good_artifact() {
    let shop = Shop::new();
    let depot = Depot::new(true);
    let mut config = depot.config();
    config.state = Some(shop.path("state"));
    drop(Running::start(config.clone()).expect("a server"));
    config.source = Source::Url("http://127.0.0.1:1/rules.matcher".to_owned());
    let server = Running::start(config).expect("a server");
    assert_eq!(rule(&server), "shop/ICO");
}

#[test]
fn a_certificate_makes_it_speak_tls() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls");
    let shop = Shop::new();
    let mut config = shop.config();
    config.tls = Some(Tls {
        certificate: folder.join("localhost.crt"),
        key: folder.join("localhost.key"),
    });
    let server = Running::start(config.clone()).expect("a server");
    let pem = std::fs::read(folder.join("localhost.crt")).expect("a certificate");
    let trusted = ureq::tls::Certificate::from_pem(&pem).expect("a certificate");
    let roots = ureq::tls::RootCerts::new_with_certs(&[trusted]);
    let tls = ureq::tls::TlsConfig::builder().root_certs(roots).build();
    let agent: ureq::Agent = ureq::Agent::config_builder().tls_config(tls).build().into();
    let port = server.address.port();
    let mut answer = agent
        .post(format!("https://localhost:{port}/v1/decide?at=2018-04-18"))
        .send(r#"{"title": "ICO"}"#)
        .expect("an answer");
    let answer = answer.body_mut().read_to_string().expect("text");
    assert!(answer.starts_with("{\"verdict\":\"ban\""), "{answer}");
    // Who speaks plainly is not understood.
    let mut plain = server.connect();
    plain
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: it\r\n\r\n")
        .expect("to write");
    let mut line = String::new();
    let _ = BufReader::new(plain).read_line(&mut line);
    assert!(!line.starts_with("HTTP/1.1 200"), "{line}");

    config.tls = Some(Tls {
        certificate: folder.join("localhost.key"),
        key: folder.join("localhost.key"),
    });
    let refused = Running::start(config).err().expect("to be refused");
    assert!(
        refused.to_string().contains("is of no use for TLS"),
        "{refused}"
    );
}

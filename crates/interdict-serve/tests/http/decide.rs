//! `POST /v1/decide`, `/v1/explain`, and the pages about the artifact.

use insta::assert_snapshot;
use interdict_matcher::{Joined, Matcher};
use interdict_serve::Token;

use crate::{Shop, artifact};

#[test]
fn an_item_is_decided_as_the_matcher_decides_it() {
    let shop = Shop::new();
    let server = shop.serve();
    let matcher = Matcher::from_bytes(artifact("ICO")).expect("a matcher");
    let at = "2018-04-18T12:00:00+08:00";
    for item in [
        r#"{"id": 7, "title": "I.C.O 顾问", "colour": "red"}"#,
        "{\n  \"id\": \"a\",\n  \"title\": \"ICO book\"\n}",
        r#"{"title": "茶叶"}"#,
        r#"{"at": "2017-01-01T00:00:00Z", "item": {"title": "ICO"}}"#,
    ] {
        let request = matcher.request(item.as_bytes()).expect("an item");
        let as_of = request.as_of(at.parse().ok(), None).expect("an instant");
        let decision = matcher.decide_as_of(&request.item, as_of);
        let line = serde_json::to_string(&Joined::new(item, &decision)).expect("JSON") + "\n";
        for query in ["2018-04-18T12:00:00%2B08:00", "2018-04-18T12:00:00+08:00"] {
            let answer = server.post(&format!("/v1/decide?at={query}"), item);
            assert_eq!((answer.status, &answer.body), (200, &line));
        }
    }
}

#[test]
fn what_cannot_be_decided_says_why() {
    let shop = Shop::new();
    let server = shop.serve();
    let mut shown = String::new();
    for (path, body) in [
        ("/v1/decide?at=2018-04-18", "not json"),
        ("/v1/decide?at=2018-04-18", "[]"),
        ("/v1/decide?at=2018-04-18", r#"{"title": 3}"#),
        ("/v1/decide?at=2018-04-18", ""),
        ("/v1/decide", r#"{"title": "ICO"}"#),
        ("/v1/explain", r#"{"title": "ICO"}"#),
        ("/v1/decide?at=today", r#"{"title": "ICO"}"#),
        ("/v1/decide?when=2018-04-18", r#"{"title": "ICO"}"#),
        ("/v1/rules", ""),
        ("/v2/decide", "{}"),
    ] {
        let answer = server.post(path, body);
        shown += &format!("## POST {path} {body}\n{}\n\n", answer.shown());
    }
    let bytes = server.post("/v1/decide?at=2018-04-18", b"{\"title\": \"\xff\"}");
    shown += &format!("## POST /v1/decide, no text\n{}\n", bytes.shown());
    assert_snapshot!(shown);
}

#[test]
fn one_item_is_explained() {
    let shop = Shop::new();
    let server = shop.serve();
    let answer = server.post("/v1/explain?at=2018-04-18", r#"{"title": "ICO"}"#);
    let told = answer.json();
    assert_eq!(
        (answer.status, told["verdict"].as_str()),
        (200, Some("ban"))
    );
    assert_eq!(told["rules"][0]["outcome"], "fired");
    assert_eq!(told["changes"]["changes"][0]["verdict"], "allow");
}

#[test]
fn the_artifact_and_its_rules_are_told() {
    let shop = Shop::new();
    let server = shop.serve();
    let mut matcher = server.get("/v1/matcher").json();
    let id = Matcher::from_bytes(artifact("ICO"))
        .expect("a matcher")
        .content_id_hex();
    assert_eq!(matcher["content_id"], id);
    for steady in ["content_id", "compiler", "loaded"] {
        matcher[steady] = "…".into();
    }
    let rules = server.get("/v1/rules").json();
    let pretty = |value| serde_json::to_string_pretty(value).expect("JSON");
    assert_snapshot!(format!("{}\n{}", pretty(&matcher), pretty(&rules)));
}

#[test]
fn only_those_with_the_token_are_let_in() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.token = Token::new("s3cret");
    let server = crate::Running::start(config).expect("a server");
    assert_snapshot!(server.get("/v1/rules").shown());
    for path in [
        "/v1/matcher",
        "/v1/rules",
        "/metrics",
        "/openapi.json",
        "/elsewhere",
    ] {
        let shown =
            |token: &str| server.ask("GET", path, &format!("Authorization: {token}\r\n"), b"");
        assert_eq!(server.get(path).status, 401);
        assert_eq!(shown("Bearer s3cre").status, 401);
        let known = if path == "/elsewhere" { 404 } else { 200 };
        assert_eq!(shown("Bearer s3cret").status, known);
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.get(path).status, 200);
    }
}

#[test]
fn decisions_are_counted_by_verdict_and_rule() {
    let shop = Shop::new();
    let server = shop.serve();
    for title in ["ICO", "I.C.O", "tea"] {
        let item = format!("{{\"title\": \"{title}\"}}");
        assert_eq!(server.post("/v1/decide?at=2018-04-18", item).status, 200);
    }
    server.post("/v1/decide", "{}");
    server.get("/made/up");
    let page = server.get("/metrics").body;
    let told = page.lines().filter(|line| {
        let counts = [
            "decisions_total",
            "rules_fired_total",
            "requests_total",
            "seconds_count",
        ];
        counts.iter().any(|name| line.contains(name))
    });
    let mut told: Vec<&str> = told.collect();
    told.sort_unstable();
    assert_snapshot!(told.join("\n"));
    assert!(page.contains("interdict_artifact_age_seconds "), "{page}");
}

//! The server gives the answers of `tests/conformance`, byte for byte.

#[path = "../../../../tests/support/mod.rs"]
mod support;

use interdict_matcher::Matcher;
use support::conformance::{kept, read, sets};

use crate::{Answer, Running, Shop};

/// What the corpus keeps of an answer. A refusal is worded for HTTP in two places: where the number of
/// the line is left out, which is always 1, and where an instant may stand in the address too.
fn said(answer: &Answer, content_id: &str) -> String {
    match answer.status {
        200 => kept(
            Ok(answer.body.trim_end_matches('\n').to_owned()),
            content_id,
        ),
        400..500 => {
            let detail = answer.json()["detail"].as_str().expect("why").to_owned();
            kept(Err(detail), content_id)
        }
        other => panic!("{other}: {}", answer.body),
    }
}

fn over_http(answer: &str) -> String {
    answer.replace(" at line 1 column ", " at column ")
}

fn hold(server: &Running, content_id: &str, pairs: &[(String, String)]) {
    for (question, wanted) in pairs {
        let answer = server.post("/v1/decide", question);
        let said = said(&answer, content_id);
        if wanted.starts_with("{\"error\":\"no instant") {
            assert!(said.starts_with("{\"error\":\"no instant"), "{said}");
        } else if wanted.starts_with("{\"error\"") {
            assert_eq!(said, over_http(wanted), "{question}");
        } else {
            assert_eq!(&said, wanted, "{question}");
        }
    }
}

#[test]
fn it_answers_as_the_corpus_says() {
    let corpus = read();
    for set in sets() {
        let matcher = Matcher::from_bytes(set.artifact.clone()).expect("a sound artifact");
        let shop = Shop::new();
        shop.put(&set.artifact);
        let server = shop.serve();
        hold(&server, &matcher.content_id_hex(), &corpus[&set.name]);
    }
}

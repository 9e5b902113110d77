//! The log of decisions, and the artifact that looks on.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::thread;

use insta::assert_snapshot;
use interdict_serve::{Config, Full, Item, Log};
use serde_json::Value;

use crate::{Running, Shop, artifact, until};

const ITEM: &str =
    r#"{"id": 7, "title": "ICO mining", "phone": "12345", "shop": {"owner_name": "Li"}}"#;
const PATH: &str = "/v1/decide?at=2018-04-18";

impl Shop {
    /// A server that logs all of items but for a phone number.
    fn logging(&self) -> Config {
        let mut config = self.config();
        config.log = Some(Log {
            folder: self.path("log"),
            size: 1 << 20,
            keep: 0,
            item: Item::Without(vec!["phone".to_owned(), "shop.owner-name".to_owned()]),
            full: Full::Block,
        });
        config
    }

    fn log_file(&self, number: u32) -> PathBuf {
        self.path("log")
            .join(format!("decisions-{number:06}.jsonl"))
    }

    fn logged(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.log_file(1)).expect("a log");
        assert!(text.is_empty() || text.ends_with('\n'));
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }
}

#[test]
fn what_was_answered_is_in_the_log_without_what_is_masked() {
    let shop = Shop::new();
    let server = Running::start(shop.logging()).expect("a server");
    let answer = server.post(PATH, ITEM).json();
    let logged = shop.logged();
    assert_eq!(logged.len(), 1);
    assert_eq!(logged[0]["matcher"], answer["matcher"]);
    assert_eq!(
        logged[0]["item_hash"],
        blake3::hash(ITEM.as_bytes()).to_hex().as_str()
    );
    let text = fs::read_to_string(shop.log_file(1)).expect("a log");
    assert!(!text.contains("12345") && !text.contains("Li\""), "{text}");
    let mut shown = logged[0].clone();
    shown["matcher"] = "…".into();
    shown["item_hash"] = "…".into();
    assert_snapshot!(serde_json::to_string_pretty(&shown).expect("JSON"));
    // What has no decision is not logged; a batch is, line by line.
    server.post(PATH, "[]");
    server.post(
        "/v1/decide:batch?at=2018-04-18",
        "{}\n[]\n{\"id\": \"b\"}\n",
    );
    let ids: Vec<Value> = shop
        .logged()
        .into_iter()
        .map(|mut line| line["id"].take())
        .collect();
    assert_eq!(ids, [7.into(), Value::Null, "b".into()]);
}

#[test]
fn hashes_alone_say_nothing_of_items() {
    let shop = Shop::new();
    let mut config = shop.logging();
    config.log.as_mut().expect("a log").item = Item::Hash;
    let server = Running::start(config).expect("a server");
    server.post(PATH, ITEM);
    let line = &shop.logged()[0];
    assert_eq!((line.get("item"), line.get("masked")), (None, None));
    assert_eq!(line["verdict"], "ban");
}

#[test]
fn every_answer_of_many_clients_is_in_the_log_whole_and_once() {
    let shop = Shop::new();
    let mut config = shop.logging();
    config.log.as_mut().expect("a log").size = 20_000;
    let server = Running::start(config).expect("a server");
    thread::scope(|scope| {
        for client in 0..4 {
            let server = &server;
            scope.spawn(move || {
                for at in 0..50 {
                    let item = format!("{{\"id\": {}, \"title\": \"ICO\"}}", client * 50 + at);
                    assert_eq!(server.post(PATH, item).status, 200);
                }
            });
        }
    });
    let files = fs::read_dir(shop.path("log")).expect("a folder").count();
    let mut ids = Vec::new();
    for number in 1..=u32::try_from(files).expect("a few") {
        let text = fs::read_to_string(shop.log_file(number)).expect("a file");
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        ids.extend(lines.map(|line| line["id"].as_u64().expect("an id")));
    }
    assert!(files > 1, "the log is in several files");
    assert_eq!(ids.len(), 200);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), (0..200).collect());
}

#[test]
fn old_files_are_removed_and_a_cut_line_is_taken_back() {
    let shop = Shop::new();
    let mut config = shop.logging();
    let log = config.log.as_mut().expect("a log");
    (log.size, log.keep) = (1, 3);
    fs::create_dir_all(shop.path("log")).expect("a folder");
    fs::write(shop.log_file(1), "{\"id\": 1}\n{\"id\": 2, \"verd").expect("to write");
    let server = Running::start(config).expect("a server");
    assert_eq!(
        fs::read_to_string(shop.log_file(1)).expect("a file"),
        "{\"id\": 1}\n"
    );
    for _ in 0..5 {
        server.post(PATH, ITEM);
    }
    let names = fs::read_dir(shop.path("log")).expect("a folder");
    let names: BTreeSet<_> = names.map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(names, [4, 5, 6].map(|number| shop.log_file(number)).into());
}

/// A disk that is full, as Linux plays it.
#[cfg(target_os = "linux")]
mod full {
    use std::os::unix::fs::symlink;

    use super::{Full, ITEM, PATH, Running, Shop, Write, fs, thread, until};

    impl Shop {
        fn on_a_full_disk(&self, full: Full) -> Running {
            fs::create_dir_all(self.path("log")).expect("a folder");
            symlink("/dev/full", self.log_file(1)).expect("a link");
            let mut config = self.logging();
            config.log.as_mut().expect("a log").full = full;
            Running::start(config).expect("a server")
        }
    }

    #[test]
    fn answers_go_out_and_what_is_dropped_is_counted() {
        let shop = Shop::new();
        let server = shop.on_a_full_disk(Full::CountAndDrop);
        for _ in 0..3 {
            assert_eq!(server.post(PATH, ITEM).status, 200);
        }
        let page = server.get("/metrics").body;
        assert!(
            page.contains("interdict_log_lines_dropped_total 3\n"),
            "{page}"
        );
        assert!(page.contains("interdict_log_lines_total 0\n"), "{page}");
    }

    #[test]
    fn answers_wait_until_there_is_room_again() {
        let shop = Shop::new();
        let server = shop.on_a_full_disk(Full::Block);
        let mut stream = server.connect();
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nHost: it\r\nContent-Length: {}\r\n\r\n{ITEM}",
            ITEM.len()
        );
        thread::scope(|scope| {
            let asked = scope.spawn(move || {
                stream.write_all(head.as_bytes()).expect("to write");
                crate::Answer::read(&mut std::io::BufReader::new(stream)).status
            });
            let blocked = || {
                server
                    .get("/metrics")
                    .body
                    .contains("interdict_log_blocked 1\n")
            };
            until("answers wait", blocked);
            assert!(!asked.is_finished());
            fs::remove_file(shop.log_file(1)).expect("to make room");
            assert_eq!(asked.join().expect("an answer"), 200);
        });
        assert_eq!(shop.logged().len(), 1);
        assert!(
            server
                .get("/metrics")
                .body
                .contains("interdict_log_blocked 0\n")
        );
    }
}

#[test]
fn an_artifact_that_looks_on_changes_no_answer_and_is_logged_where_it_differs() {
    let shop = Shop::new();
    shop.write("candidate.matcher", &artifact("mining"));
    let plain = shop.serve();
    let mut config = shop.logging();
    config.shadow = Some(shop.path("candidate.matcher"));
    let server = Running::start(config).expect("a server");
    for title in ["ICO", "ICO mining", "mining", "tea"] {
        let item = format!("{{\"title\": \"{title}\"}}");
        assert_eq!(server.post(PATH, &item).body, plain.post(PATH, &item).body);
    }
    let told = shop.logged().into_iter().map(|mut line| {
        let mut shadow = line["shadow"].take();
        if shadow.is_object() {
            shadow["matcher"] = "…".into();
        }
        format!("{} {shadow}", line["verdict"])
    });
    let mut shown = told.collect::<Vec<_>>().join("\n");
    let page = server.get("/metrics").body;
    let mut counts: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("interdict_shadow_total"))
        .collect();
    counts.sort_unstable();
    shown += &format!("\n\n{}", counts.join("\n"));
    assert_snapshot!(shown);
}

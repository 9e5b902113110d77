//! `decide`.

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use insta::assert_snapshot;

use crate::{Folder, ITEMS};

#[test]
fn decide_answers_line_by_line_with_the_ids() {
    let folder = Folder::compiled();
    let ran = folder.run("decide rules.matcher items.jsonl --at 2018-04-18T12:00:00+08:00");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(
        ran.stdout
            .starts_with(r#"{"id":"a","verdict":"ban","at":"2018-04-18T12:00:00+08:00""#)
    );
    let decisions = ran.json();
    let verdicts: Vec<_> = decisions
        .iter()
        .map(|one| one["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["ban", "ban", "allow", "allow", "allow"]);
    assert_eq!(decisions[1]["id"], 17);
    assert_eq!(decisions[1]["at"], "2018-05-02T09:00:00+08:00");
    assert_eq!(decisions[2].get("id"), None);
    assert_eq!(decisions[3]["lifted"][0]["id"], "shop/T2");
    assert_eq!(decisions[4]["upcoming"][0]["id"], "shop/T2");
}

#[test]
fn decide_gives_one_answer_from_policies_artifacts_and_pipes() {
    let folder = Folder::compiled();
    fs::copy(
        folder.0.path().join("rules.matcher"),
        folder.0.path().join("any-name"),
    )
    .unwrap();
    let answer = folder
        .run("decide rules.matcher items.jsonl --at 2018-04-18")
        .stdout;
    assert_eq!(answer.lines().count(), 5);
    for policies in ["rules", "rules/shop.policy", "any-name"] {
        let ran = folder.run(&format!("decide {policies} items.jsonl --at 2018-04-18"));
        assert_eq!(ran.stdout, answer, "{policies}");
    }
    let piped = folder.run_with("decide rules.matcher --at 2018-04-18T00:00Z", ITEMS);
    assert_eq!(piped.stdout, answer);
    let crlf = ITEMS.replace('\n', "\r\n");
    let piped = folder.run_with(
        "decide rules.matcher - --at 2018-04-18",
        format!("\u{feff}{crlf}"),
    );
    assert_eq!(piped.stdout, answer);
}

#[test]
fn decide_draws_a_table_for_people() {
    let ran =
        Folder::compiled().run("decide rules.matcher items.jsonl --at 2018-04-18 --format table");
    assert_snapshot!(ran);
}

#[test]
fn decide_shows_long_and_hostile_texts_safely() {
    let folder = Folder::compiled();
    let long = format!(
        "{}ICO\u{1b}[2J{}I.C.O",
        "茶叶 ".repeat(300),
        "\u{202e}x\n".repeat(200)
    );
    let item = serde_json::json!({"id": "\u{1b}", "description": long, "title": "Ｔｅａ"});
    let ran = folder.run_with(
        "decide rules.matcher --format table --at 2018-04-18",
        item.to_string(),
    );
    let stray = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!ran.stdout.contains(stray), "{ran}");
    assert_snapshot!(ran);
}

#[test]
fn decide_reports_bad_lines_and_goes_on() {
    let folder = Folder::compiled();
    let mut items = b"not json\n{\"title\": 3}\n[]\n\n".to_vec();
    items.extend(b"{\"title\": \"\xff\"}\n{\"id\": 5, \"title\": \"ICO\"}\n");
    items.extend(b"{\"at\": \"today\", \"item\": {}}\n{\"title\": \"ICO\"");
    folder.write("items.jsonl", items);
    let mut ran = folder.run("decide rules.matcher items.jsonl --at 2018-04-18");
    assert_eq!(ran.json()[0]["id"], 5);
    ran.stdout = ran
        .stdout
        .lines()
        .map(|line| format!("{:.20}…\n", line))
        .collect();
    assert_snapshot!(ran);
}

#[test]
fn decide_has_no_now() {
    let mut ran = Folder::compiled().run("decide rules.matcher items.jsonl");
    ran.stdout = ran
        .stdout
        .lines()
        .map(|line| format!("{:.40}…\n", line))
        .collect();
    assert_snapshot!(ran);
}

#[test]
fn decide_answers_before_its_input_ends() {
    let folder = Folder::compiled();
    let mut command = folder.command("decide rules.matcher --at 2018-04-18");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    for _ in 0..3 {
        input.write_all(b"{\"title\": \"ICO\"}\n").unwrap();
        let mut start = [0; 16];
        output.read_exact(&mut start).unwrap();
        assert_eq!(&start, br#"{"verdict":"ban""#);
        while start[0] != b'\n' {
            output.read_exact(&mut start[..1]).unwrap();
        }
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn decide_needs_policies_that_compile() {
    let ran = Folder::new().run("decide wrong items.jsonl");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("error[impossible-date]"), "{ran}");
    assert!(
        ran.stderr.ends_with("error: `wrong` does not compile\n"),
        "{ran}"
    );
}

/// More lines than a batch holds, some of them bad: the same on any number of threads.
#[test]
fn decide_keeps_the_order_of_lines_on_all_cores() {
    let folder = Folder::compiled();
    let line = |at: usize| match at % 7 {
        3 => "{bad\n".to_owned(),
        5 => format!("{{\"id\": {at}, \"platform\": \"taobao\", \"title\": \"socks\"}}\n"),
        _ => {
            format!("{{\"id\": {at}, \"platform\": \"taobao\", \"title\": \"ICO white paper\"}}\n")
        }
    };
    folder.write("many.jsonl", (0..10_000).map(line).collect::<String>());
    let decide = |threads: &str| {
        folder.run(&format!(
            "decide rules.matcher many.jsonl --at 2018-04-18 --threads {threads}"
        ))
    };
    let one = decide("1");
    assert_eq!(one.code, Some(1));
    let ids: Vec<_> = one.json().iter().map(|one| one["id"].as_u64()).collect();
    let expected = (0..10_000).filter(|at| at % 7 != 3).map(Some);
    assert_eq!(ids, expected.collect::<Vec<_>>());
    for threads in ["2", "5"] {
        let many = decide(threads);
        assert!(many.stdout == one.stdout && many.stderr == one.stderr);
    }
    assert!(one.stderr.starts_with("many.jsonl:4: not JSON"));
}

#[test]
fn decide_makes_statements_of_reasons_and_says_why_not() {
    let folder = Folder::new();
    folder.write(
        "rules/market.policy",
        "source terms-of-use official \"Terms of use\"\n\nban term slime effective 2024-02-01\n  id slime\n  from terms-of-use clause \"7\"\n  message en \"Slime is not safe.\"\n  dsa UNSAFE_AND_PROHIBITED_PRODUCTS UNSAFE_PRODUCTS\n\nterm slime\n",
    );
    folder.write(
        "lines.jsonl",
        "{\"id\": 1, \"at\": \"2025-08-01T00:00:00Z\", \"item\": {\"title\": \"slime\", \"created\": \"2025-07-30\"}, \"statement\": {\"puid\": \"a-1\"}}\n\
         {\"id\": 2, \"at\": \"2025-08-01T00:00:00Z\", \"item\": {\"title\": \"tea\"}}\n\
         {\"id\": 3, \"at\": \"2025-08-01T00:00:00Z\", \"item\": {\"title\": \"slime\"}, \"statement\": {\"puid\": \"a 3\"}}\n\
         {\"id\": 4, \"at\": \"2025-08-01T00:00:00Z\", \"item\": {\"title\": \"slime\"}, \"statement\": {\"puis\": \"a-4\"}}\n",
    );
    folder.write("all.json", "{\"content_type\": [\"PRODUCT\"]}");
    let ran = folder.run("decide rules lines.jsonl --format dsa --statement all.json");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran.stdout);
    assert!(
        ran.stderr
            .contains("lines.jsonl:4: statement: unknown field `puis`"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("1 statement of reasons cannot be made"),
        "{}",
        ran.stderr
    );
    let wrong = folder.run("decide rules lines.jsonl --format dsa --statement lines.jsonl");
    assert_eq!(wrong.code, Some(2));
}

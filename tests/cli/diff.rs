//! `diff`, and what `check` says of proof.

use insta::assert_snapshot;
use serde_json::Value;

use crate::{Folder, SHOP};

/// The shop, a month later: another start, one place more, one exception less, another price.
fn changed() -> Folder {
    let folder = Folder::new();
    let shop = SHOP
        .replace("effective 2018-04-17", "effective 2018-04-20")
        .replace("  except when mentions books\n", "")
        .replace("12 points", "24 points");
    let new =
        "\nreview term books effective 2018-06-01\n  id look\n  where price.amount over 100\n";
    folder.write("new/shop.policy", shop + new);
    folder
}

#[test]
fn diff_tells_what_changed_in_meaning() {
    let ran = changed().run("diff rules new");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
}

#[test]
fn diff_writes_an_object_a_line() {
    let ran = changed().run("diff rules new --format json");
    assert_snapshot!(ran);
}

#[test]
fn diff_writes_markdown_for_a_review() {
    let folder = changed();
    let ran = folder.run("diff rules new --format markdown --items items.jsonl --at 2018-06-02");
    assert_snapshot!(ran);
}

#[test]
fn diff_counts_items_by_rule() {
    let ran = changed().run("diff rules new --items items.jsonl --at 2018-06-02");
    assert_eq!(ran.code, Some(1));
    let items: Vec<&str> = ran
        .stdout
        .lines()
        .skip_while(|line| !line.starts_with("1 item:"))
        .collect();
    assert_snapshot!(items.join("\n"));
}

#[test]
fn what_changes_no_meaning_is_no_change() {
    let folder = Folder::new();
    let shop = SHOP
        .replace("\"ICO\", \"首次代币发行\"", "\"首次代币发行\", \"ICO\"")
        .replace("What the shop does not sell", "What nobody buys here")
        .replace("  penalty", "  message en \"Not here.\"\n  penalty");
    folder.write("new/shop.policy", shop.clone());
    let ran = folder.run("diff rules new");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "no change in meaning\n")
    );
    folder.write("new/shop.policy", shop.replace("id T2", "id T3"));
    let ran = folder.run("diff rules new");
    assert_eq!(ran.code, Some(0));
    assert_eq!(
        ran.stdout,
        "renamed   shop/T2 · now shop/T3\n\nno change in meaning\n"
    );
}

#[test]
fn diff_reads_the_policies_that_artifacts_embed() {
    let folder = changed();
    folder.compile();
    let ran = folder.run("diff rules.matcher rules");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "no change in meaning\n")
    );
    let by_artifact = folder.run("diff rules.matcher new").stdout;
    assert_eq!(by_artifact, folder.run("diff rules new").stdout);
}

#[test]
fn diff_needs_the_lists_that_an_artifact_does_not_hold() {
    let folder = Folder::new();
    folder.write("rules/coins.txt", "bitcoin\nlitecoin\n");
    folder.write(
        "rules/coins.policy",
        "terms coins\n  from \"coins.txt\"\n\nban term coins effective 2018-04-17\n",
    );
    folder.compile();
    let ran = folder.run("diff rules.matcher rules");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("compare the policies instead"), "{ran}");
}

#[test]
fn the_witnesses_of_check_and_diff_are_lines_of_decide() {
    let folder = changed();
    let mut lines = Vec::new();
    for line in folder.run("diff rules new --format json").json() {
        let shown = &line["shown"];
        if !shown.is_null() {
            lines.push((shown["witness"].to_string(), shown["new"].clone()));
        }
    }
    assert_eq!(lines.len(), 4, "{lines:?}");
    let items: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
    folder.write("witnesses.jsonl", items.join("\n"));
    let decided = folder
        .run("decide new witnesses.jsonl --format jsonl")
        .json();
    let verdicts: Vec<&Value> = decided.iter().map(|one| &one["verdict"]).collect();
    assert_eq!(
        verdicts,
        lines.iter().map(|(_, verdict)| verdict).collect::<Vec<_>>()
    );
}

#[test]
fn check_shows_a_witness_and_admits_what_it_leaves_open() {
    let folder = Folder::new();
    let idle = "\nban term ICO effective 2018-06-01\n  id idle\n  where price.amount over 2 and price.amount below 1\n  example allow \"tea\"\n";
    folder.write("rules/shop.policy", SHOP.to_owned() + idle);
    assert_snapshot!(folder.run("check rules"));
    let lines = folder.run("check rules --format json").json();
    assert_eq!(lines[0]["witness"]["item"]["price.amount"], 3, "{lines:?}");
    let ran = folder.run("check rules --no-proof");
    assert!(!ran.stdout.contains("rule-never-fires"), "{ran}");
    let ran = folder.run("check rules --budget 1");
    assert!(ran.stderr.contains("left open: at least"), "{ran}");
}

//! `check`, `compile` and `fmt`.

use std::fs;

use insta::assert_snapshot;

use crate::{Folder, SHOP, WRONG, steady};

#[test]
fn check_shows_every_error_with_its_line() {
    assert_snapshot!(Folder::new().run("check wrong"));
}

#[test]
fn check_finds_nothing_in_sound_policies() {
    let ran = Folder::new().run("check rules");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "no errors in 1 file\n")
    );
}

#[test]
fn check_reports_failing_examples() {
    let folder = Folder::new();
    folder.write(
        "rules/shop.policy",
        SHOP.replace("example allow", "example ban"),
    );
    assert_snapshot!(folder.run("check rules"));
}

#[test]
fn check_writes_json_for_tools() {
    let ran = Folder::new().run("check wrong --format json");
    assert_eq!(ran.code, Some(1));
    let found = ran.json();
    assert!(!found.is_empty());
    for one in &found {
        assert_eq!(one["file"], "wrong/wrong.policy");
        assert!(one["code"].is_string() && one["start"]["line"].is_u64());
    }
    assert!(ran.stderr.contains(" in 1 file"), "{}", ran.stderr);
}

#[test]
fn check_denies_warnings_when_told() {
    let folder = Folder::new();
    folder.write("rules/more.policy", "term tea\n  also \"tea\"\n");
    let ran = folder.run("check rules");
    assert!(ran.stdout.contains("warning[unused-definition]"), "{ran}");
    assert_eq!(ran.code, Some(0));
    assert_eq!(folder.run("check rules --deny-warnings").code, Some(1));
}

#[test]
fn a_marked_folder_is_a_set_of_its_own() {
    let folder = Folder::new();
    folder.write(
        "rules/apart/tea.policy",
        "ban anything effective 2018-04-17\n",
    );
    assert!(folder.run("check rules").stdout.contains(" in 2 files"));
    folder.write("rules/apart/policy-set", "Teas, apart from the shop.\n");
    let above = folder.run("check rules");
    assert_eq!(above.stdout, "no errors in 1 file\n");
    let passed = "passed over: rules/apart holds a policy set of its own";
    assert!(above.stderr.contains(passed), "{above}");
    assert!(
        folder
            .run("check rules/apart")
            .stdout
            .contains(" in 1 file")
    );
    let both = folder.run("check rules rules/apart");
    assert!(both.stdout.contains(" in 2 files"), "{both}");
    assert!(!both.stderr.contains("passed over"), "{both}");
}

#[test]
fn compile_writes_an_artifact_and_says_what_it_is() {
    let folder = Folder::new();
    let ran = folder.run("compile rules -o rules.matcher");
    assert_eq!(ran.code, Some(0));
    assert!(folder.read("rules.matcher").starts_with(b"INTRDICT"));
    assert_snapshot!(steady(&ran.to_string()));
}

#[test]
fn compile_names_the_time_of_each_phase() {
    let folder = Folder::new();
    let ran = folder.run("compile rules -o rules.matcher --timings");
    let timings = ran.stdout.lines().filter(|line| line.ends_with(" ms"));
    let phases: Vec<_> = timings
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        phases,
        [
            "read", "parse", "check", "lower", "optimize", "emit", "load", "examples", "write"
        ]
    );
}

#[test]
fn compile_that_fails_leaves_the_old_artifact() {
    let folder = Folder::new();
    folder.compile();
    let (old, names) = (folder.read("rules.matcher"), folder.names("."));
    folder.write("rules/wrong.policy", WRONG);
    let ran = folder.run("compile rules -o rules.matcher");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("error[impossible-date]"), "{ran}");
    assert_eq!(folder.read("rules.matcher"), old);
    assert_eq!(folder.names("."), names);
}

#[test]
fn compile_replaces_the_old_artifact_whole() {
    let folder = Folder::new();
    folder.write("out/rules.matcher", "what stood there before");
    let ran = folder.run("compile rules -o out/rules.matcher");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(folder.names("out"), ["rules.matcher"]);
    assert!(folder.read("out/rules.matcher").starts_with(b"INTRDICT"));
}

#[test]
fn compile_twice_gives_the_same_bytes() {
    let folder = Folder::new();
    folder.compile();
    let first = folder.read("rules.matcher");
    folder.compile();
    assert_eq!(folder.read("rules.matcher"), first);
}

#[cfg(unix)]
#[test]
fn compile_keeps_links_and_refuses_what_is_no_file() {
    let folder = Folder::new();
    folder.write("store/real.matcher", "old");
    let link = folder.0.path().join("rules.matcher");
    std::os::unix::fs::symlink("store/real.matcher", &link).unwrap();
    folder.compile();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(folder.read("store/real.matcher").starts_with(b"INTRDICT"));
    let ran = folder.run("compile rules -o store");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ran.stderr,
        "error: cannot write `store`: it is there, and is not a file\n"
    );
}

#[test]
fn fmt_lays_out_once_and_keeps_the_meaning() {
    let folder = Folder::new();
    let id = folder.compile();
    let loose = SHOP.replace("\n  ", "\n      ").replace(", ", " , ");
    folder.write("rules/shop.policy", &loose);
    let check = folder.run("fmt --check rules");
    assert_eq!(check.code, Some(1));
    assert_eq!(
        check.stdout,
        "would change rules/shop.policy\n1 of 1 file would change\n"
    );
    assert_eq!(folder.read("rules/shop.policy"), loose.as_bytes());
    let ran = folder.run("fmt rules");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (
            Some(0),
            "formatted rules/shop.policy\n1 of 1 file changed\n"
        )
    );
    let formatted = folder.read("rules/shop.policy");
    assert_eq!(folder.compile(), id);
    assert_eq!(folder.run("fmt rules").stdout, "0 of 1 file changed\n");
    assert_eq!(folder.run("fmt --check rules").code, Some(0));
    assert_eq!(folder.read("rules/shop.policy"), formatted);
    assert_eq!(folder.names("rules"), ["shop.policy"]);
    let piped = folder.run_with("fmt -", loose);
    assert_eq!(
        (piped.code, piped.stdout.as_bytes()),
        (Some(0), formatted.as_slice())
    );
}

#[test]
fn fmt_leaves_what_it_cannot_read() {
    let folder = Folder::new();
    let ran = folder.run("fmt wrong");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("wrong/wrong.policy:4:"), "{ran}");
    assert_eq!(folder.read("wrong/wrong.policy"), WRONG.as_bytes());
    let piped = folder.run_with("fmt -", WRONG);
    assert_eq!((piped.code, piped.stdout.as_str()), (Some(1), ""));
}

#[test]
fn fmt_writes_one_kind_of_line_end() {
    let folder = Folder::new();
    folder.write("x.policy", "list a\r\n  values x\r\n");
    assert_eq!(folder.run("fmt --check x.policy").code, Some(1));
    assert_eq!(folder.run("fmt x.policy").code, Some(0));
    assert_eq!(folder.read("x.policy"), b"list a\n  values x\n");
    assert_eq!(folder.run("fmt --check x.policy").code, Some(0));
}

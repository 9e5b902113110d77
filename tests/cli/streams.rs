//! What all commands share: help, exit codes, colours, pipes.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::{Folder, Ran, SHOP};

#[test]
fn help_shows_examples_and_exit_codes() {
    let folder = Folder::new();
    assert_snapshot!(folder.run("--help").stdout);
    let commands = [
        "check",
        "compile",
        "decide",
        "explain",
        "test",
        "inspect",
        "fmt",
        "completions",
    ];
    for command in commands {
        let ran = folder.run(&format!("{command} --help"));
        assert_eq!(ran.code, Some(0));
        assert!(ran.stdout.contains("Examples:\n  interdict "), "{ran}");
        assert!(ran.stdout.contains("\nExit codes: 0 "), "{ran}");
    }
}

#[test]
fn completions_are_there_for_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&format!("completions {shell}"));
        assert_eq!(ran.code, Some(0));
        assert!(
            ran.stdout.contains("interdict") && ran.stdout.contains("inspect"),
            "{shell}"
        );
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_run_ends_with_2_and_a_clear_line() {
    let folder = Folder::compiled();
    folder.write("bytes.policy", b"ban \xff");
    folder.write("cut.matcher", b"INTRDICT\x01\0\0\0");
    folder.write("empty.matcher", b"");
    fs::create_dir(folder.0.path().join("nothing")).unwrap();
    let mut shown = String::new();
    for arguments in [
        "check missing",
        "check nothing",
        "check bytes.policy",
        "compile rules -o missing/rules.matcher",
        "decide missing items.jsonl",
        "decide rules.matcher missing.jsonl",
        "decide rules.matcher rules",
        "decide items.jsonl rules",
        "decide cut.matcher items.jsonl",
        "decide empty.matcher items.jsonl",
        "decide rules.matcher items.jsonl --at yesterday",
        "test rules --cases missing.jsonl",
        "inspect rules/shop.policy",
        "fmt missing",
        "fmt - rules",
        "frobnicate",
    ] {
        let ran = folder.run(arguments);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(2), ""),
            "{arguments}"
        );
        let first = ran.stderr.lines().next().unwrap();
        assert!(first.starts_with("error: "), "{ran}");
        shown += &format!("{arguments}\n  {first}\n");
    }
    assert_snapshot!(shown);
}

#[test]
fn colours_are_shown_where_they_are_wanted() {
    let folder = Folder::compiled();
    let coloured = |arguments: &str, variables: &[(&str, &str)]| {
        let mut command = folder.command(arguments);
        command.envs(variables.iter().copied());
        let ran = Ran::of(&mut command);
        (ran.stdout + &ran.stderr).contains('\u{1b}')
    };
    for command in [
        "check wrong",
        "compile wrong -o x",
        "decide rules.matcher items.jsonl --format table",
        "explain rules.matcher items.jsonl:1 --at 2018-04-18",
    ] {
        assert!(!coloured(command, &[]), "{command}");
        assert!(coloured(command, &[("CLICOLOR_FORCE", "1")]), "{command}");
        assert!(
            !coloured(command, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]),
            "{command}"
        );
        assert!(
            coloured(&format!("{command} --color always"), &[("NO_COLOR", "1")]),
            "{command}"
        );
        let never = format!("{command} --color never");
        assert!(!coloured(&never, &[("CLICOLOR_FORCE", "1")]), "{command}");
    }
    let json = "decide rules.matcher items.jsonl --at 2018-04-18 --color always";
    assert!(!coloured(json, &[]));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = Folder::compiled();
    folder.write("many.jsonl", "{\"title\": \"ICO\"}\n".repeat(2000));
    for arguments in [
        "decide rules.matcher many.jsonl --at 2018-04-18",
        "decide rules.matcher many.jsonl --at 2018-04-18 --format table",
        "explain rules.matcher many.jsonl:1 --at 2018-04-18",
        "check wrong",
        "inspect rules.matcher",
        "completions bash",
        "fmt --check rules",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = folder.command(arguments);
        let child = command.stdout(writer).stderr(Stdio::piped()).spawn();
        let ran = Ran::from(child.unwrap().wait_with_output().unwrap());
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (Some(0), ""),
            "{arguments}"
        );
    }
}

#[cfg(unix)]
#[test]
fn formatted_files_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.0.path().join("rules/shop.policy");
    fs::write(&path, SHOP.replace("\n  ", "\n    ")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(folder.run("fmt rules").code, Some(0));
    assert_eq!(mode(&path), 0o640);
    folder.compile();
    assert_eq!(mode(&folder.0.path().join("rules.matcher")) & 0o600, 0o600);

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }
}

//! The command line as people and services meet it: arguments, exit codes, output streams.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

const SHOP: &str = r#"policy shop
  title "What the shop does not sell"
  zone Asia/Shanghai

source notice official "Notice of the shop"
  dated 2018-04-10

term ICO
  also "ICO", "首次代币发行"

term books
  also "图书"

ban term ICO effective 2018-04-17 announced 2018-04-10 enforced since 2018-05-01
  id T2
  except when mentions books
  from notice clause "4"
  penalty serious 12 points
  example ban "I.C.O 顾问"
  example allow "ICO 图书" at 2018-04-18
"#;

const WRONG: &str = r#"term coin
  also "比特币"

ban term 比特币 effective 2018-02-30

ban term coin effective 2018-04-17
  where titel has "x"
"#;

const ITEMS: &str = r#"{"id": "a", "title": "I.C.O 白皮书 顾问"}
{"id": 17, "at": "2018-05-02T09:00:00+08:00", "item": {"title": "首次代币发行", "id": "inside"}}

{"title": "茶叶", "colour": "green"}
{"title": "ICO 图书"}
{"at": "2018-04-12T00:00:00Z", "item": {"title": "ICO"}}
"#;

const CASES: &str = r#"{"id": "C1", "at": "2018-04-18T00:00:00Z", "item": {"title": "ICO"}, "expect": {"verdict": "ban", "rules": ["T2"], "penalty": "withheld"}, "why": "it is one"}
{"id": "C2", "at": "2018-04-18T00:00:00Z", "item": {"title": "\u001b[31m茶"}, "expect": {"verdict": "ban"}}
{"id": "C3", "item": {}, "expect": {}}
{"id": "C4", "at": "2018-04-18T00:00:00Z", "item": {"title": 3}, "expect": {"verdict": "ban"}}
nonsense
"#;

/// A folder with policies, items and cases, in which commands run.
struct Folder(TempDir);

/// What came of a command.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("rules/shop.policy", SHOP);
        folder.write("wrong/wrong.policy", WRONG);
        folder.write("items.jsonl", ITEMS);
        folder.write("cases.jsonl", CASES);
        folder
    }

    /// With the rules compiled, once for all tests.
    fn compiled() -> Folder {
        static ARTIFACT: OnceLock<Vec<u8>> = OnceLock::new();
        let folder = Folder::new();
        let artifact = ARTIFACT.get_or_init(|| {
            folder.compile();
            folder.read("rules.matcher")
        });
        folder.write("rules.matcher", artifact);
        folder
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap()
    }

    fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.path().join(name)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
        command
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &str) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    fn run_with(&self, arguments: &str, stdin: impl AsRef<[u8]>) -> Ran {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(stdin.as_ref()).unwrap();
        drop(pipe);
        Ran::from(child.wait_with_output().unwrap())
    }

    /// Compiles the rules; the content id.
    fn compile(&self) -> String {
        let ran = self.run("compile rules -o rules.matcher");
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let line = ran
            .stdout
            .lines()
            .find(|line| line.starts_with("content id"));
        line.unwrap()
            .trim_start_matches("content id")
            .trim()
            .to_owned()
    }
}

impl Ran {
    fn of(command: &mut Command) -> Ran {
        Ran::from(command.output().unwrap())
    }

    fn from(output: std::process::Output) -> Ran {
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self) -> Vec<Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// As a user sees it.
impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "exit code {}", self.code.unwrap_or(-1))?;
        write!(f, "---- standard output\n{}", self.stdout)?;
        write!(f, "---- standard error\n{}", self.stderr)
    }
}

/// Replaces what another version would change: ids, sizes, versions.
fn steady(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let label = ["content id", "size", "compiler", "unicode", "zone data"];
        let label = label
            .iter()
            .find(|label| line.trim_start().starts_with(**label));
        match label {
            Some(label) => format!("{}…", &line[..line.find(label).unwrap() + label.len() + 1]),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

// ----------------------------------------------------------------------------------- check

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

// --------------------------------------------------------------------------------- compile

#[test]
fn compile_writes_an_artifact_and_says_what_it_is() {
    let folder = Folder::new();
    let ran = folder.run("compile rules -o rules.matcher");
    assert_eq!(ran.code, Some(0));
    assert!(folder.read("rules.matcher").starts_with(b"INTRDICT"));
    assert_snapshot!(steady(&ran.to_string()));
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

// ---------------------------------------------------------------------------------- decide

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

// ------------------------------------------------------------------------------------ test

#[test]
fn test_passes_sound_policies() {
    let ran = Folder::new().run("test rules");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "2 passed, 0 failed\n")
    );
}

#[test]
fn test_shows_what_fails_and_why() {
    let folder = Folder::new();
    let shop = SHOP.replace("example allow", "example ban");
    let test = "\ntest tea\n  given { title \"茶叶\" }\n  at 2018-04-18\n  expect ban by T2\n";
    folder.write("rules/shop.policy", shop + test);
    assert_snapshot!(folder.run("test rules --cases cases.jsonl"));
}

#[test]
fn test_writes_a_line_a_case() {
    let folder = Folder::compiled();
    let ran = folder.run("test rules.matcher --cases cases.jsonl --format json");
    assert_snapshot!(ran);
}

#[test]
fn test_of_an_artifact_needs_cases() {
    let folder = Folder::compiled();
    let ran = folder.run("test rules.matcher");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("add --cases"), "{ran}");
    assert_eq!(
        folder
            .run("test rules.matcher rules --cases cases.jsonl")
            .code,
        Some(2)
    );
}

// --------------------------------------------------------------------------------- inspect

#[test]
fn inspect_shows_what_is_inside() {
    let folder = Folder::compiled();
    let ran = folder.run("inspect rules.matcher");
    assert_eq!(ran.code, Some(0));
    let (contents, sizes) = ran.stdout.split_once("\nsizes").unwrap();
    assert!(sizes.contains("Rules"), "{sizes}");
    assert_snapshot!(steady(contents));
}

#[test]
fn inspect_writes_json() {
    let folder = Folder::new();
    let id = folder.compile();
    let contents = &folder.run("inspect rules.matcher --format json").json()[0];
    assert_eq!(contents["content_id"], id);
    let rule = &contents["rules"][0];
    assert_eq!(rule["id"], "shop/T2");
    assert_eq!(rule["announced"], "2018-04-10T00:00:00+08:00");
    assert_eq!(rule["from"], "2018-04-17T00:00:00+08:00");
    assert_eq!(rule["enforced"], "2018-05-01T00:00:00+08:00");
    assert_eq!(rule["until"], Value::Null);
}

#[test]
fn inspect_gives_the_policies_back() {
    let folder = Folder::new();
    let id = folder.compile();
    let ran = folder.run("inspect rules.matcher --source");
    assert!(
        ran.stdout
            .starts_with("# ---- shop.policy\n\npolicy shop\n"),
        "{ran}"
    );
    let source = folder.run("inspect rules.matcher --source --format json");
    let text = source.json()[0]["text"].as_str().unwrap().to_owned();
    folder.write("rules/shop.policy", text);
    assert_eq!(folder.compile(), id);
}

// ------------------------------------------------------------------------------------- fmt

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

// ----------------------------------------------------------------------- all the commands

#[test]
fn help_shows_examples_and_exit_codes() {
    let folder = Folder::new();
    assert_snapshot!(folder.run("--help").stdout);
    let commands = [
        "check",
        "compile",
        "decide",
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

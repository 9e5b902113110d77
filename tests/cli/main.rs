//! The command line as people and services meet it: arguments, exit codes, output streams.

#![cfg(feature = "cli")]

mod collisions;
mod decide;
mod diff;
mod disguise;
mod explain;
mod history;
mod policies;
mod proof;
mod replay;
mod signing;
mod streams;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

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

    /// Runs with arguments that may hold blanks.
    fn run_all(&self, arguments: &[&str]) -> Ran {
        let (first, rest) = arguments.split_first().unwrap();
        Ran::of(self.command(first).args(rest))
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

    fn json_whole(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
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

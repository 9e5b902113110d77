//! `interdict serve`, as the program runs.

#![allow(
    dead_code,
    reason = "every test binary uses its own part of this module"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::root;

/// The instant that requests are judged at.
pub(crate) const AT: &str = "2022-04-18";

/// The program, and what it logs.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) log: BufReader<ChildStderr>,
    pub(crate) address: String,
}

pub(crate) fn interdict(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interdict"));
    command.args(arguments).current_dir(root()).env_clear();
    command
}

/// The shipped policies, compiled into a folder.
pub(crate) fn compiled(folder: &TempDir) -> String {
    let artifact = folder.path().join("rules.matcher").display().to_string();
    let compiled = interdict(&["compile", "rules", "-o", &artifact]).output();
    assert!(compiled.expect("the program").status.success());
    artifact
}

impl Served {
    pub(crate) fn start(artifact: &str, more: &[&str]) -> Served {
        Served::run(interdict(&["serve", artifact]).args(more))
    }

    /// Runs a command that serves, on a free port.
    pub(crate) fn run(command: &mut Command) -> Served {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut log = BufReader::new(child.stderr.take().expect("a log"));
        let mut address = None;
        while address.is_none() {
            address = next(&mut log)["address"].as_str().map(str::to_owned);
        }
        Served {
            child,
            log,
            address: address.expect("an address"),
        }
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        post(&self.address, path, body).expect("an answer")
    }

    /// Stops it by a signal, and gives the rest of its log.
    pub(crate) fn stop(mut self) -> String {
        let pid = self.child.id().to_string();
        let kill = Command::new("kill").arg(pid).status();
        assert!(kill.expect("kill").success());
        assert_eq!(self.child.wait().expect("to end").code(), Some(0));
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("a log");
        log
    }
}

/// Asks over a connection of its own; none when there was no whole answer.
pub(crate) fn post(address: &str, path: &str, body: &str) -> Option<String> {
    let (head, body) = ask(address, &format!("POST {path}?at={AT}"), "", body)?;
    assert!(head.starts_with("HTTP/1.0 200"), "{head}");
    body.ends_with('\n').then_some(body)
}

/// Sends a request with some headers; gives the head of the answer and its body.
pub(crate) fn ask(
    address: &str,
    line: &str,
    headers: &str,
    body: &str,
) -> Option<(String, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let head =
        format!("{line} HTTP/1.0\r\nHost: it\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
    let mut reader = stream.try_clone().ok()?;
    // Answers to a batch come while it is sent.
    let written = std::thread::spawn(move || stream.write_all(head.as_bytes()));
    let mut answer = String::new();
    reader.read_to_string(&mut answer).ok()?;
    written.join().expect("a thread").ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.to_owned(), body.to_owned()))
}

/// The next line of a log.
fn next(log: &mut impl BufRead) -> Value {
    let mut line = String::new();
    assert!(
        log.read_line(&mut line).expect("a log") > 0,
        "the log ended"
    );
    serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"))
}

//! C and C++ programs, built by the system's compilers against the header and the library, answer as
//! the conformance corpus says; with valgrind, where there is one, it finds nothing.

#![cfg(target_os = "linux")]

#[path = "../../../tests/support/signed.rs"]
mod signed;
#[path = "../../../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::conformance::{kept, read, sets};
use tempfile::TempDir;

/// What `crates/interdict-c/install` gives, the header, the libraries and the pkg-config file, beside
/// the artifacts of the corpus.
struct Prefix {
    folder: TempDir,
    built: AtomicUsize,
}

static PREFIX: LazyLock<Prefix> = LazyLock::new(|| {
    let prefix = Prefix {
        folder: tempfile::tempdir().expect("a folder"),
        built: AtomicUsize::new(0),
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let test = std::env::current_exe().expect("this test");
    let built = test.parent().expect("the folder of what was built");
    for (from, to) in [
        (own.join("include/interdict.h"), "include/interdict.h"),
        (own.join("interdict.pc"), "lib/pkgconfig/interdict.pc"),
        (built.join("libinterdict_c.so"), "lib/libinterdict_c.so"),
        (built.join("libinterdict_c.a"), "lib/libinterdict_c.a"),
    ] {
        let to = prefix.path(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        fs::copy(&from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
    for set in sets() {
        let path = prefix.matcher(&set.name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, set.artifact).expect("an artifact");
    }
    prefix
});

impl Prefix {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn matcher(&self, set: &str) -> PathBuf {
        self.path("matchers").join(format!("{set}.matcher"))
    }

    /// Builds a program of this crate: `lib/libinterdict_c.so` is found where it lies.
    fn build(&self, source: &str, link: &[&str]) -> PathBuf {
        let (compiler, standard) = match Path::new(source).extension() {
            Some(end) if end == "cpp" => ("c++", "-std=c++17"),
            _ => ("cc", "-std=c11"),
        };
        // Tests run side by side, and one must not write what another runs.
        let number = self.built.fetch_add(1, Ordering::Relaxed);
        let program = self.path(&format!("program-{number}"));
        let mut command = Command::new(compiler);
        command
            .args([standard, "-Wall", "-Wextra", "-Werror", "-g", "-pthread"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(source))
            .arg("-I")
            .arg(self.path("include"))
            .arg("-L")
            .arg(self.path("lib"))
            .args(link)
            .arg(format!("-Wl,-rpath,{}", self.path("lib").display()))
            .arg("-o")
            .arg(&program);
        succeeded(&command.output().expect("a C compiler"));
        program
    }
}

const SHARED: [&str; 1] = ["-linterdict_c"];

fn succeeded(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}\n{out}{said}", output.status);
    out
}

fn run<S: AsRef<OsStr>>(program: &Path, arguments: &[S], input: &str) -> Output {
    started(Command::new(program).args(arguments), input)
}

fn started(command: &mut Command, input: &str) -> Output {
    let mut child = command
        // Cargo's would lead to a library that some earlier build has left.
        .env_remove("LD_LIBRARY_PATH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    // Beside, so that neither waits for the other when both have much to say.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("no panic").expect("it reads all");
    output
}

fn valgrind(program: &Path, arguments: &[&Path], input: &str) -> Option<Output> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: valgrind is not installed");
        return None;
    }
    let mut command = Command::new("valgrind");
    command
        .args(["-q", "--error-exitcode=99", "--leak-check=full"])
        .args(["--errors-for-leak-kinds=definite,indirect,possible"])
        .arg(program)
        .args(arguments);
    Some(started(&mut command, input))
}

type Corpus = BTreeMap<String, Vec<(String, String)>>;

fn questions(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(ask, _)| format!("{ask}\n")).collect()
}

/// What a matcher's own content id is, from its bytes.
fn content_id(matcher: &Path) -> String {
    let bytes = fs::read(matcher).expect("an artifact");
    let id = bytes[16..48].iter();
    id.map(|byte| format!("{byte:02x}")).collect()
}

/// Holds a program's lines to a set; `read` turns one into an answer or the reason why there is none.
fn hold(
    name: &str,
    pairs: &[(String, String)],
    out: &str,
    read: fn(&str) -> Result<String, String>,
) {
    let id = content_id(&PREFIX.matcher(name));
    let lines: Vec<&str> = out.strip_suffix('\n').unwrap_or(out).split('\n').collect();
    assert_eq!(lines.len(), pairs.len(), "{name}: a line for each");
    for ((question, answer), line) in pairs.iter().zip(lines) {
        assert_eq!(&kept(read(line), &id), answer, "{name}: {question}");
    }
}

fn single(line: &str) -> Result<String, String> {
    line.strip_prefix("error: ")
        .map_or_else(|| Ok(line.to_owned()), |reason| Err(reason.to_owned()))
}

#[test]
fn the_c_program_answers_as_the_corpus_says() {
    let program = PREFIX.build("examples/decide.c", &SHARED);
    let corpus: Corpus = read();
    for (name, pairs) in &corpus {
        let output = run(&program, &[PREFIX.matcher(name)], &questions(pairs));
        let refused = pairs
            .iter()
            .any(|(_, answer)| answer.starts_with("{\"error\""));
        assert_eq!(output.status.code(), Some(i32::from(refused)), "{name}");
        hold(
            name,
            pairs,
            &String::from_utf8_lossy(&output.stdout),
            single,
        );
    }
}

#[test]
fn the_cpp_program_answers_as_the_corpus_says() {
    let program = PREFIX.build("examples/decide.cpp", &SHARED);
    let corpus: Corpus = read();
    for (name, pairs) in &corpus {
        let output = run(&program, &[PREFIX.matcher(name)], &questions(pairs));
        hold(name, pairs, &succeeded(&output), |line| Ok(line.to_owned()));
    }
}

/// From a file and from memory, and the program's own reader of key files takes the key.
#[test]
fn what_is_trusted_is_what_the_trials_say() {
    let program = PREFIX.build("tests/signed.c", &SHARED);
    let artifact = |name| fs::read(PREFIX.matcher(name)).expect("an artifact");
    let trials = signed::trials(&artifact("published-v1"), &artifact("refused"));
    let folder = tempfile::tempdir().expect("a folder");
    signed::write(folder.path(), &trials);
    let key = folder.path().join("its.pub");
    for trial in &trials {
        fs::write(&key, &trial.public_key).expect("a key");
        let path = folder.path().join(format!("{}.matcher", trial.name));
        let least = trial.least_version.to_string();
        let arguments = [path.as_os_str(), key.as_os_str(), OsStr::new(&least)];
        let out = succeeded(&run(&program, &arguments, ""));
        assert_eq!(out.lines().count(), 2, "{}: {out}", trial.name);
        for line in out.lines() {
            let (status, says) = line.split_once(": ").expect("a status");
            assert!(trial.came_to(status, says), "{}: {line}", trial.name);
        }
    }
    let (path, least) = (folder.path().join("signed.matcher"), Path::new("17"));
    let key = folder.path().join("signed.pub");
    if let Some(output) = valgrind(&program, &[&path, &key, least], "") {
        assert_eq!(succeeded(&output), "ok: 17\nok: 17\n");
    }
}

#[test]
fn misuse_gives_a_status() {
    let program = PREFIX.build("tests/misuse.c", &SHARED);
    let matcher = PREFIX.matcher("rules");
    succeeded(&run(&program, &[matcher.as_os_str()], ""));
    succeeded(&run(
        &program,
        &[matcher.as_os_str(), OsStr::new("freed")],
        "",
    ));
    if let Some(output) = valgrind(&program, &[&matcher], "") {
        succeeded(&output);
    }
}

#[test]
fn valgrind_finds_nothing() {
    let corpus: Corpus = read();
    let (name, matcher) = ("published-v1", PREFIX.matcher("published-v1"));
    for source in ["examples/decide.c", "examples/decide.cpp"] {
        let program = PREFIX.build(source, &SHARED);
        if let Some(output) = valgrind(&program, &[&matcher], &questions(&corpus[name])) {
            hold(name, &corpus[name], &succeeded(&output), single);
        }
    }
}

/// Links what the pkg-config file says, against the archive alone.
#[test]
fn the_static_library_links_as_pkg_config_says() {
    let mut command = Command::new("pkg-config");
    command
        .args(["--static", "--libs-only-l", "interdict"])
        .env("PKG_CONFIG_PATH", PREFIX.path("lib/pkgconfig"));
    let Ok(output) = command.output() else {
        eprintln!("skipped: pkg-config is not installed");
        return;
    };
    let libraries = succeeded(&output);
    let link = libraries.replace("-linterdict_c", "-l:libinterdict_c.a");
    let link: Vec<&str> = link.split_whitespace().collect();
    let program = PREFIX.build("examples/decide.c", &link);
    let corpus: Corpus = read();
    let (name, matcher) = ("published-v1", PREFIX.matcher("published-v1"));
    let output = run(&program, &[matcher], &questions(&corpus[name]));
    hold(name, &corpus[name], &succeeded(&output), single);
}

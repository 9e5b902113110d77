//! What the tests share: case files, compilation in both ways, seeded randomness.

#![allow(
    dead_code,
    reason = "every test binary uses its own part of this module"
)]

pub(crate) mod conformance;

use std::fs;
use std::path::{Path, PathBuf};

use interdict::ast;
use interdict::collision::Benign;
use interdict::diagnostic::{Diagnostic, Severity, has_errors};
use interdict::ir::{EmbeddedFile, Program};
use interdict::model::PolicySet;
use interdict::source::Sources;
use interdict::{check, emit, format, lower, optimize, parse};
use interdict_matcher::Matcher;

/// A case file, taken apart: its policy, further files and lists, and records.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// Names and texts; the first one is called after the case.
    pub(crate) files: Vec<(String, String)>,
    /// Names and texts of lists.
    pub(crate) lists: Vec<(String, String)>,
    /// One JSON record a line: `{"at": …, "item": {…}}`.
    pub(crate) records: Vec<String>,
}

enum Part {
    File,
    List,
    Records,
}

impl Case {
    /// Reads a case: `--- file NAME` and `--- list NAME` begin further parts, `---` the records.
    pub(crate) fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).expect("a case that can be read");
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let mut case = Case::default();
        case.files.push((format!("{stem}.policy"), String::new()));
        let mut part = Part::File;
        for line in text.split_inclusive('\n') {
            let mark = line.trim_end();
            if let Some(name) = mark.strip_prefix("--- file ") {
                case.files.push((name.to_owned(), String::new()));
                part = Part::File;
            } else if let Some(name) = mark.strip_prefix("--- list ") {
                case.lists.push((name.to_owned(), String::new()));
                part = Part::List;
            } else if mark == "---" {
                part = Part::Records;
            } else {
                case.add(&part, line);
            }
        }
        case
    }

    fn add(&mut self, part: &Part, line: &str) {
        let open = match part {
            Part::File => self.files.last_mut(),
            Part::List => self.lists.last_mut(),
            Part::Records if line.trim().is_empty() => return,
            Part::Records => return self.records.push(line.trim().to_owned()),
        };
        if let Some((_, text)) = open {
            text.push_str(line);
        }
    }

    /// The case as the compiler reads it.
    pub(crate) fn sources(&self) -> Sources {
        with_lists(Sources::from_texts(self.files.clone()), &self.lists)
    }

    /// The records as texts that are said to be innocent.
    pub(crate) fn benign(&self) -> Vec<Benign> {
        let texts = self.records.iter().zip(1..);
        let texts = texts.map(|(text, line)| Benign {
            place: format!("benign.txt:{line}"),
            text: text.clone(),
        });
        texts.collect()
    }

    /// The same files in their canonical layout; `None` if one of them does not parse.
    pub(crate) fn formatted(&self) -> Option<Case> {
        let sources = self.sources();
        let files = sources.files().iter().map(|source| {
            let (file, diagnostics) = parse::parse(source);
            let text = (!has_errors(&diagnostics)).then(|| format::format(&file, source))?;
            Some((source.name.clone(), text))
        });
        Some(Case {
            files: files.collect::<Option<_>>()?,
            lists: self.lists.clone(),
            records: Vec::new(),
        })
    }
}

/// Adds lists to sources.
pub(crate) fn with_lists(sources: Sources, lists: &[(String, String)]) -> Sources {
    lists.iter().fold(sources, |sources, (name, text)| {
        sources.with_list(name, text)
    })
}

/// The case files of one kind, by name.
pub(crate) fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/cases").join(kind);
    let entries = fs::read_dir(&folder).expect("a folder of cases");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "policy"));
    paths.sort();
    paths
}

/// The root of the repository, for its own tests and for those of the crates below it.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let holds_cases = |folder: &&Path| folder.join("tests/cases").is_dir();
    own.ancestors().find(holds_cases).unwrap_or(own)
}

/// Every policy text that the repository holds: those that ship and those of the cases.
pub(crate) fn corpus() -> Vec<String> {
    let mut texts = Vec::new();
    if let Ok(rules) = Sources::read(&[root().join("rules")]) {
        texts.extend(rules.files().iter().map(|source| source.text.clone()));
    }
    for path in cases("accept").into_iter().chain(cases("reject")) {
        texts.extend(Case::read(&path).files.into_iter().map(|(_, text)| text));
    }
    texts
}

/// The shipped rules, if they compile at the moment.
pub(crate) fn shipped() -> Option<interdict::Build> {
    let sources = Sources::read(&[root().join("rules")]).ok()?;
    interdict::build(&sources).0
}

/// Parses and checks.
pub(crate) fn checked(sources: &Sources) -> (Vec<ast::File>, Option<PolicySet>, Vec<Diagnostic>) {
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for source in sources.files() {
        let (file, found) = parse::parse(source);
        files.push(file);
        diagnostics.extend(found);
    }
    let (set, found) = check::check(&files, sources);
    diagnostics.extend(found);
    let set = set.filter(|_| !has_errors(&diagnostics));
    (files, set, diagnostics)
}

/// A model as tables, as they come and optimised.
pub(crate) fn lowered(set: &PolicySet) -> (Program, Program) {
    let plain = lower::lower(set);
    (plain.clone(), optimize::optimize(plain))
}

/// Tables as a matcher; the policy text is left out.
pub(crate) fn matcher(program: &Program, sources: &Sources) -> Matcher {
    let files = sources.files().iter().map(|source| EmbeddedFile {
        id: source.id,
        name: source.name.clone(),
        text: String::new(),
        lines: Vec::new(),
    });
    let bytes = emit::emit(program, &files.collect::<Vec<_>>());
    Matcher::from_bytes(bytes).expect("the compiler writes sound artifacts")
}

/// Diagnostics as one line each, for the messages of failing tests.
pub(crate) fn listed(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let lines = diagnostics.iter().map(|one| {
        let file = sources.file(one.span.file);
        let (line, column) = file.map_or((0, 0), |file| file.line_column(one.span.start));
        let name = file.map_or("", |file| &file.name);
        let severity = if one.severity() == Severity::Error {
            "error"
        } else {
            "warning"
        };
        format!(
            "{severity}[{}]: {} at {name}:{line}:{column}\n",
            one.code, one.message
        )
    });
    lines.collect()
}

/// A small generator of pseudo-random numbers (splitmix64): the same seed gives the same run.
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

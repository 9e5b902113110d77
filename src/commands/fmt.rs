//! `interdict fmt`

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use interdict::diagnostic::has_errors;
use interdict::format::format;
use interdict::parse::parse;
use interdict::render::{counted, visible};
use interdict::source::{Source, Sources};

use super::output::{self, Output};
use super::{Failure, Outcome, files};

const EXAMPLES: &str = "\
Examples:
  interdict fmt rules              rewrites the files whose layout differs
  interdict fmt --check rules      names them and changes nothing
  interdict fmt - < draft.policy   from standard input to standard output

A file that cannot be read as policies is left as it is.

Exit codes: 0 fine, 1 files that would change (--check) or that are not policies, 2 could not run";

/// Lays out policies in one way
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Fmt {
    /// Policy files, folders with `.policy` files, or `-` for standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that would change
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        if self.paths.iter().any(|path| path == Path::new("-")) {
            return self.run_stdin();
        }
        let mut pass = Pass {
            output: Output::new(),
            check: self.check,
            seen: 0,
            changed: 0,
            broken: 0,
        };
        for path in &self.paths {
            pass.files(&Sources::read(&[path])?)?;
        }
        pass.end()
    }

    fn run_stdin(&self) -> Result<Outcome, Failure> {
        if self.paths.len() > 1 {
            let reason = "`-` stands alone: it reads standard input, not files";
            return Err(Failure::because(reason));
        }
        let mut bytes = Vec::new();
        let stdin = Path::new("stdin");
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| files::cannot_read(stdin, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            Failure::because(format!(
                "`stdin` is not UTF-8 text: byte {byte} begins no character"
            ))
        })?;
        let sources = Sources::from_texts([("stdin", text.as_str())]);
        let mut output = Output::new();
        for source in sources.files() {
            let Some(formatted) = formatted(source, &sources)? else {
                return Ok(Outcome::Findings);
            };
            if self.check {
                return Ok(Outcome::findings_if(formatted != text));
            }
            output.write_all(formatted.as_bytes())?;
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

/// One pass over files.
struct Pass {
    output: Output,
    check: bool,
    seen: usize,
    changed: usize,
    broken: usize,
}

impl Pass {
    fn files(&mut self, sources: &Sources) -> Result<(), Failure> {
        for source in sources.files() {
            self.seen += 1;
            let Some(text) = formatted(source, sources)? else {
                self.broken += 1;
                continue;
            };
            let Some(path) = source.path.as_ref() else {
                continue;
            };
            // The source has its line ends made alike; what is on the disk decides.
            if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
                continue;
            }
            self.changed += 1;
            if !self.check {
                files::replace(path, text.as_bytes())?;
            }
            let did = if self.check {
                "would change"
            } else {
                "formatted"
            };
            writeln!(
                self.output,
                "{did} {}",
                visible(&path.display().to_string())
            )?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        let verb = if self.check {
            "would change"
        } else {
            "changed"
        };
        let mut summary = format!("{} of {} {verb}", self.changed, counted(self.seen, "file"));
        if self.broken > 0 {
            summary += &format!(", {} with errors", self.broken);
        }
        writeln!(self.output, "{summary}")?;
        self.output.flush()?;
        let found = self.broken > 0 || (self.check && self.changed > 0);
        Ok(Outcome::findings_if(found))
    }
}

/// The file in its canonical layout; `None`, with diagnostics on standard error, if it has errors.
fn formatted(source: &Source, sources: &Sources) -> Result<Option<String>, Failure> {
    let (file, found) = parse(source);
    if has_errors(&found) {
        output::draw(&found, sources);
        return Ok(None);
    }
    let text = format(&file, source);
    let again = Source {
        text,
        ..source.clone()
    };
    let (file, found) = parse(&again);
    if has_errors(&found) || format(&file, &again) != again.text {
        let name = &source.name;
        let reason = "its new layout would not read the same, which is a mistake of interdict";
        return Err(Failure::because(format!(
            "`{name}` is left as it is: {reason}"
        )));
    }
    Ok(Some(again.text))
}

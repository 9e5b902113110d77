//! `interdict fmt`

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use interdict::diagnostic::{Diagnostic, has_errors};
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
        if !self.paths.iter().any(|path| path == Path::new("-")) {
            let sources = Sources::read(&self.paths)?;
            return self.run_files(&sources);
        }
        if self.paths.len() > 1 {
            return Err(Failure::because("`-` reads standard input alone, without other paths"));
        }
        self.run_stdin()
    }

    fn run_files(&self, sources: &Sources) -> Result<Outcome, Failure> {
        let mut output = Output::new();
        let (mut broken, mut changed) = (0, 0);
        for source in sources.files() {
            let Some(text) = formatted(source, sources)? else {
                broken += 1;
                continue;
            };
            let Some(path) = source.path.as_ref().filter(|_| text != source.text) else { continue };
            changed += 1;
            if !self.check {
                files::replace(path, text.as_bytes())?;
            }
            let did = if self.check { "would change" } else { "formatted" };
            writeln!(output, "{did} {}", visible(&path.display().to_string()))?;
        }
        let total = counted(sources.files().len(), "file");
        let verb = if self.check { "would change" } else { "changed" };
        let not_read = if broken == 0 { String::new() } else { format!(", {broken} not read") };
        writeln!(output, "{changed} of {total} {verb}{not_read}")?;
        output.flush()?;
        Ok(Outcome::findings_if(broken > 0 || (self.check && changed > 0)))
    }

    fn run_stdin(&self) -> Result<Outcome, Failure> {
        let mut bytes = Vec::new();
        let stdin = Path::new("stdin");
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| files::cannot_read(stdin, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            Failure::because(format!("`stdin` is not UTF-8 text: byte {byte} begins no character"))
        })?;
        let sources = Sources::from_texts([("stdin", text)]);
        let mut output = Output::new();
        for source in sources.files() {
            let Some(text) = formatted(source, &sources)? else { return Ok(Outcome::Findings) };
            if self.check {
                return Ok(Outcome::findings_if(text != source.text));
            }
            output.write_all(text.as_bytes())?;
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

/// The file in its canonical layout; `None`, with diagnostics on standard error, if it has errors.
fn formatted(source: &Source, sources: &Sources) -> Result<Option<String>, Failure> {
    let (file, found) = parse(source);
    if has_errors(&found) {
        let errors: Vec<Diagnostic> = found;
        output::diagnostics(&errors, sources);
        return Ok(None);
    }
    let text = format(&file, source);
    let again = Source { text, ..source.clone() };
    let (file, found) = parse(&again);
    if has_errors(&found) || format(&file, &again) != again.text {
        let name = &source.name;
        let reason = "its new layout would not read the same, which is a mistake of interdict";
        return Err(Failure::because(format!("`{name}` is left as it is: {reason}")));
    }
    Ok(Some(again.text))
}

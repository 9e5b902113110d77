//! Policies or an artifact → a matcher.

use std::path::{Path, PathBuf};

use interdict::diagnostic::{Diagnostic, Severity, has_errors};
use interdict::render::{self, counted};
use interdict::source::Sources;
use interdict::{Compilation, compile};
use interdict_matcher::{LoadError, Matcher};

use super::files::is_artifact;
use super::{Failure, output};

/// The matcher of a compiled artifact, or of policies that are compiled in memory.
pub(super) fn matcher(path: &Path) -> Result<Matcher, Failure> {
    if is_artifact(path)? {
        return open(path);
    }
    if path.is_file() && path.extension().is_none_or(|end| end != "policy") {
        let name = path.display();
        let reason =
            format!("`{name}` is neither a compiled policy nor a file that ends in `.policy`");
        return Err(Failure::because(reason));
    }
    let sources = Sources::read(&[path])?;
    let Compilation {
        artifact,
        diagnostics,
    } = compile(&sources);
    let artifact = usable(artifact, &diagnostics, &sources, &[path])?;
    load(artifact)
}

/// Opens an artifact.
pub(super) fn open(path: &Path) -> Result<Matcher, Failure> {
    Matcher::open(path).map_err(|error| match error {
        LoadError::Io(error) => super::files::cannot_read(path, &error),
        error => Failure::because(format!("`{}`: {error}", path.display())),
    })
}

/// The matcher of an artifact that was compiled just now.
pub(super) fn load(artifact: Vec<u8>) -> Result<Matcher, Failure> {
    Matcher::from_bytes(artifact).map_err(|error| Failure::because(error.to_string()))
}

/// What was compiled, unless there are errors; these go to standard error. Warnings are counted
/// there: `check` shows them.
pub(super) fn usable<T>(
    compiled: Option<T>,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    paths: &[impl AsRef<Path>],
) -> Result<T, Failure> {
    if let Some(compiled) = compiled.filter(|_| !has_errors(diagnostics)) {
        if !diagnostics.is_empty() {
            let warnings = counted(diagnostics.len(), "warning");
            output::note(&format!(
                "{warnings}; `interdict check {}` shows them",
                names(paths)
            ));
        }
        return Ok(compiled);
    }
    let is_error = |one: &&Diagnostic| one.severity() == Severity::Error;
    let errors: Vec<Diagnostic> = diagnostics.iter().filter(is_error).cloned().collect();
    output::diagnostics(&errors, sources);
    Err(Failure::because(format!(
        "`{}` does not compile",
        names(paths)
    )))
}

fn names(paths: &[impl AsRef<Path>]) -> String {
    let names = paths.iter().map(|path| path.as_ref().display().to_string());
    render::visible(&names.collect::<Vec<_>>().join(" ")).into_owned()
}

/// Whether one of the paths is a compiled artifact.
pub(super) fn some_artifact(paths: &[PathBuf]) -> Result<bool, Failure> {
    for path in paths {
        if is_artifact(path)? {
            return Ok(true);
        }
    }
    Ok(false)
}

//! Policies or an artifact → a matcher.

use std::path::{Path, PathBuf};

use interdict::ast::File;
use interdict::check::check;
use interdict::diagnostic::{Diagnostic, Severity, has_errors, nearest};
use interdict::model::{PolicySet, names};
use interdict::parse::parse;
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

/// Policies that were read and checked.
pub(super) struct Checked {
    pub(super) sources: Sources,
    pub(super) files: Vec<File>,
    pub(super) set: PolicySet,
}

/// Reads and checks policies; warnings are for `check` to show.
pub(super) fn checked(paths: &[PathBuf]) -> Result<Checked, Failure> {
    if some_artifact(paths)? {
        let reason = "a compiled artifact holds no history: give the policies that it was compiled from; \
                      `interdict inspect --source` shows their text";
        return Err(Failure::because(reason));
    }
    let sources = Sources::read(paths)?;
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for source in sources.files() {
        let (file, found) = parse(source);
        files.push(file);
        diagnostics.extend(found);
    }
    let (set, found) = check(&files, &sources);
    diagnostics.extend(found);
    diagnostics.retain(|one| one.severity() == Severity::Error);
    let set = usable(set, &diagnostics, &sources, paths)?;
    Ok(Checked {
        sources,
        files,
        set,
    })
}

/// The id among others that a name means, whole or by its last part.
pub(super) fn id_named<'a>(name: &str, ids: &[&'a str]) -> Result<&'a str, Failure> {
    if let Some(whole) = ids.iter().find(|id| **id == name) {
        return Ok(whole);
    }
    let found: Vec<&str> = ids.iter().copied().filter(|id| names(name, id)).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let short = ids.iter().map(|id| id.rsplit('/').next().unwrap_or(id));
            let near = nearest(name, ids.iter().copied().chain(short));
            let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Err(Failure::because(format!(
                "no rule or exception has the id `{name}`{help}"
            )))
        }
        several => Err(Failure::because(format!(
            "several policies have a rule `{name}`: say `{}`",
            several.join("` or `")
        ))),
    }
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
                shown(paths)
            ));
        }
        return Ok(compiled);
    }
    let is_error = |one: &&Diagnostic| one.severity() == Severity::Error;
    let errors: Vec<Diagnostic> = diagnostics.iter().filter(is_error).cloned().collect();
    output::diagnostics(&errors, sources);
    Err(Failure::because(format!(
        "`{}` does not compile",
        shown(paths)
    )))
}

fn shown(paths: &[impl AsRef<Path>]) -> String {
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

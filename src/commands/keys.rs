//! Keys: from files or from the environment, never from the command line, which others can see.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use interdict_matcher::Matcher;
use interdict_sign::{LastVersion, PublicKey, Refusal, Release, Trust};

use super::{Failure, files};

/// Holds the text of public keys' files.
const PUBLIC: &str = "INTERDICT_PUBLIC_KEY";
/// Holds the text of a secret key's file.
const SECRET: &str = "INTERDICT_SECRET_KEY";
/// Holds the password of the secret key.
const PASSWORD: &str = "INTERDICT_KEY_PASSWORD";

/// Whose signatures count.
#[derive(Debug, Args)]
pub(super) struct PublicKeys {
    /// Accept only artifacts that this key signed; several may be given
    /// [default: the keys in INTERDICT_PUBLIC_KEY, if it is set]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    public_key: Vec<PathBuf>,
}

/// Which artifacts are accepted.
#[derive(Debug, Args)]
pub(super) struct Trusted {
    #[command(flatten)]
    keys: PublicKeys,
    /// Keep in this file the highest version that was accepted, and refuse older ones
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    last_version: Option<PathBuf>,
    /// Accept an older version all the same
    #[arg(long, requires = "last_version")]
    allow_older: bool,
}

impl PublicKeys {
    /// The keys; none when none was given.
    pub(super) fn read(&self) -> Result<Vec<PublicKey>, Failure> {
        if self.public_key.is_empty() {
            let Some(text) = variable(PUBLIC)? else {
                return Ok(Vec::new());
            };
            return public(&text, &format!("${PUBLIC}"));
        }
        let read = |path: &PathBuf| public(&text(path)?, &format!("`{}`", path.display()));
        let files: Result<Vec<_>, Failure> = self.public_key.iter().map(read).collect();
        Ok(files?.into_iter().flatten().collect())
    }
}

impl Trusted {
    /// Opens an artifact that must be signed, when keys were given.
    pub(super) fn open(&self, path: &Path) -> Result<Option<Matcher>, Failure> {
        let keys = self.keys.read()?;
        if keys.is_empty() {
            let needs = "--last-version needs --public-key: only a signature names a version";
            return match self.last_version {
                Some(_) => Err(Failure::because(needs)),
                None => Ok(None),
            };
        }
        if !files::is_artifact(path)? {
            return Err(Failure::because(format!(
                "`{}` is no compiled policy, so that nobody can have signed it: compile and sign it first",
                path.display()
            )));
        }
        let last = self.last_version.as_ref().map(LastVersion::at);
        let known = match &last {
            Some(last) => last.read().map_err(because)?,
            None => 0,
        };
        let least = if self.allow_older { 0 } else { known };
        let (matcher, release) = trusted(keys, least, path).map_err(|refusal| match refusal {
            Refusal::Older { .. } => Failure::because(format!(
                "`{}` is refused: {refusal}; --allow-older accepts it",
                path.display()
            )),
            refusal => refused(path, &refusal),
        })?;
        if let Some(last) = last.filter(|_| release.version != known) {
            last.keep(release.version).map_err(because)?;
        }
        Ok(Some(matcher))
    }
}

/// Opens an artifact that one of the keys must have signed.
pub(super) fn trusted(
    keys: Vec<PublicKey>,
    least: u64,
    path: &Path,
) -> Result<(Matcher, Release), Refusal> {
    Trust::new(keys).since(least).open(path)
}

/// Why an artifact is not used.
pub(super) fn refused(path: &Path, refusal: &Refusal) -> Failure {
    Failure::because(format!("`{}` is refused: {refusal}", path.display()))
}

/// The text of a secret key, and where it came from.
pub(super) fn secret(path: Option<&Path>) -> Result<String, Failure> {
    if let Some(path) = path {
        return text(path);
    }
    variable(SECRET)?.ok_or_else(|| {
        Failure::because(format!(
            "no secret key: give --secret-key FILE, or its text in ${SECRET}"
        ))
    })
}

/// The password of a secret key, if there is one: the first line of a file, or a variable.
pub(super) fn password(path: Option<&Path>) -> Result<Option<String>, Failure> {
    let Some(path) = path else {
        return variable(PASSWORD);
    };
    let text = text(path)?;
    Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
}

fn public(text: &str, whence: &str) -> Result<Vec<PublicKey>, Failure> {
    PublicKey::all_in(text)
        .map_err(|_| Failure::because(format!("{whence} holds no public key of minisign")))
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| files::cannot_read(path, &error))
}

/// The text of a variable, if it is set.
pub(super) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(text) => Ok(Some(text)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::because(format!("${name} holds no text")))
        }
    }
}

fn because(error: impl ToString) -> Failure {
    Failure::because(error.to_string())
}

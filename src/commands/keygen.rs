//! `interdict keygen`

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use interdict::render::visible;
use interdict_sign::generate;

use super::output::Output;
use super::{Failure, Outcome, keys};

const EXAMPLES: &str = "\
Examples:
  INTERDICT_KEY_PASSWORD=\"$(pass interdict)\" interdict keygen interdict.key interdict.pub
  interdict keygen interdict.key interdict.pub --no-password

The files are as `minisign -G` writes them. Neither may be there yet.

Exit codes: 0 fine, 2 could not run";

/// Makes a pair of keys: the secret one signs, the public one verifies
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Keygen {
    /// The file of the secret key, for its owner alone
    #[arg(value_name = "SECRET", value_hint = ValueHint::FilePath)]
    secret: PathBuf,
    /// The file of the public key
    #[arg(value_name = "PUBLIC", value_hint = ValueHint::FilePath)]
    public: PathBuf,
    /// A file whose first line is the password [default: INTERDICT_KEY_PASSWORD]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    password_file: Option<PathBuf>,
    /// Protect the secret key by its file's permissions alone
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,
}

impl Keygen {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let password = match self.no_password {
            true => None,
            false => Some(keys::password(self.password_file.as_deref())?.ok_or_else(|| {
                let needs = "no password: give --password-file FILE, or INTERDICT_KEY_PASSWORD, or --no-password";
                Failure::because(needs)
            })?),
        };
        let pair = generate(password.as_deref());
        let pair = pair.map_err(|error| Failure::because(error.to_string()))?;
        write_new(&self.secret, &pair.secret, 0o600)?;
        if let Err(failure) = write_new(&self.public, &pair.public, 0o644) {
            // A secret key without its public half serves nobody.
            let _ = fs::remove_file(&self.secret);
            return Err(failure);
        }
        let mut output = Output::new();
        for (label, path) in [("secret key", &self.secret), ("public key", &self.public)] {
            writeln!(output, "{label}  {}", visible(&path.display().to_string()))?;
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

/// Writes a file that is not there yet, with its permissions from the first byte on.
fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
            _ => error.to_string(),
        };
        Failure::because(format!("cannot write `{}`: {reason}", path.display()))
    })
}

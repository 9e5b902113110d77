//! `interdict sign`

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::render::visible;
use interdict_sign::{SecretKey, sign, signature_path};

use super::output::Output;
use super::{Failure, Outcome, files, keys};

const EXAMPLES: &str = "\
Examples:
  interdict sign rules.matcher --secret-key interdict.key --version-number 17
  INTERDICT_SECRET_KEY=\"$(pass interdict)\" interdict sign rules.matcher --version-number 17

The signature is written beside the artifact, to rules.matcher.minisig, and is minisign's: the
`minisign` program verifies it. Its trusted comment holds the version number and the content id.
Each release takes a higher number than the one before; to go back to old policies is a new release
of the old artifact.

The key comes from a file or from INTERDICT_SECRET_KEY, its password from --password-file or from
INTERDICT_KEY_PASSWORD. One key stands for one policy set: whatever it signed is accepted.

Exit codes: 0 signed, 2 could not run";

/// Signs an artifact, so that services can refuse others
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sign {
    /// The artifact
    #[arg(value_name = "X.matcher", value_hint = ValueHint::FilePath)]
    artifact: PathBuf,
    /// The number of this release, higher than that of the one before
    #[arg(long, value_name = "N")]
    version_number: u64,
    /// The file of the secret key [default: the text in INTERDICT_SECRET_KEY]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    secret_key: Option<PathBuf>,
    /// A file whose first line is the key's password [default: INTERDICT_KEY_PASSWORD]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    password_file: Option<PathBuf>,
}

impl Sign {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let artifact = fs::read(&self.artifact);
        let artifact = artifact.map_err(|error| files::cannot_read(&self.artifact, &error))?;
        let text = keys::secret(self.secret_key.as_deref())?;
        let password = keys::password(self.password_file.as_deref())?;
        let key = SecretKey::read(&text, password.as_deref())
            .map_err(|error| Failure::because(error.to_string()))?;
        let signature = sign(artifact, &key, self.version_number).map_err(|error| {
            let name = self.artifact.display();
            Failure::because(format!("`{name}`: {error}"))
        })?;
        let path = signature_path(&self.artifact);
        files::replace(&path, signature.as_bytes())?;
        let mut output = Output::new();
        let name = path.display().to_string();
        writeln!(output, "wrote       {}", visible(&name))?;
        writeln!(output, "version     {}", self.version_number)?;
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

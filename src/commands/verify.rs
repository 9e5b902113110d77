//! `interdict verify`

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict_sign::Refusal;

use super::output::{self, Output};
use super::{Failure, Outcome, keys};

const EXAMPLES: &str = "\
Examples:
  interdict verify rules.matcher --public-key interdict.pub
  interdict verify rules.matcher --public-key interdict.pub --least 17

Exit codes: 0 a trusted key signed it, 1 it is refused, 2 could not run";

/// Says which release an artifact is, if a trusted key signed it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// The artifact; its signature stands beside it
    #[arg(value_name = "X.matcher", value_hint = ValueHint::FilePath)]
    artifact: PathBuf,
    #[command(flatten)]
    keys: keys::PublicKeys,
    /// Refuse versions before this one
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    least: u64,
}

impl Verify {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let keys = self.keys.read()?;
        if keys.is_empty() {
            let needs =
                "no public key: give --public-key FILE, or its text in $INTERDICT_PUBLIC_KEY";
            return Err(Failure::because(needs));
        }
        let (matcher, release) = match keys::trusted(keys, self.least, &self.artifact) {
            Ok(trusted) => trusted,
            Err(refusal @ Refusal::Io { .. }) => {
                return Err(Failure::because(refusal.to_string()));
            }
            Err(refusal) => {
                output::error(&keys::refused(&self.artifact, &refusal).to_string());
                return Ok(Outcome::Findings);
            }
        };
        let mut output = Output::new();
        writeln!(output, "version     {}", release.version)?;
        writeln!(output, "content id  {}", matcher.content_id_hex())?;
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

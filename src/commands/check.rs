//! `interdict check`

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::diagnostic::has_errors;
use interdict::source::Sources;
use interdict::{compile, render};

use super::output::{self, Output};
use super::{Failure, Format, Outcome};

const EXAMPLES: &str = "\
Examples:
  interdict check rules                       every .policy file below rules
  interdict check --deny-warnings rules       for continuous integration
  interdict check --format json rules | jq    for editors and scripts

Exit codes: 0 fine, 1 errors in the policies (or warnings that are denied), 2 could not run";

/// Reports all errors and warnings of policies, failing examples among them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Policy files, or folders with `.policy` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, default_value = "text")]
    format: Format,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

impl Check {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let sources = Sources::read(&self.paths)?;
        let found = compile(&sources).diagnostics;
        let summary = render::summary(&found, sources.files().len());
        let mut output = Output::new();
        match self.format {
            Format::Text => {
                let drawn = render::text(&found, &sources, output.coloured);
                writeln!(output, "{drawn}{summary}")?;
            }
            Format::Json => output.write_all(render::json(&found, &sources).as_bytes())?,
        }
        output.flush()?;
        if self.format == Format::Json {
            output::note(&summary);
        }
        let denied = self.deny_warnings && !found.is_empty();
        Ok(Outcome::findings_if(denied || has_errors(&found)))
    }
}

//! `interdict check`

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::diagnostic::has_errors;
use interdict::prove::{BUDGET, Proof};
use interdict::source::Sources;
use interdict::{examine, render};

use super::output::{self, Output};
use super::{Failure, Format, Outcome, files};

const EXAMPLES: &str = "\
Examples:
  interdict check rules                       every .policy file below rules
  interdict check --deny-warnings rules       for continuous integration
  interdict check --format json rules | jq    for editors and scripts
  interdict check --no-proof rules            only what stands in single statements
  interdict check rules/real                  a set of its own, marked by a file `policy-set` in it
  interdict check --benign sold.txt rules     and what spellings find in innocent texts

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
    /// Texts that are innocent, one a line; a spelling that is found in one is a warning
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    benign: Option<PathBuf>,
    /// Do not look for rules that never fire and for rules that clash
    #[arg(long, conflicts_with = "budget")]
    no_proof: bool,
    /// How many steps to look for them: runs of the solver and decisions
    #[arg(long, value_name = "STEPS", default_value_t = BUDGET)]
    budget: u64,
}

impl Check {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let sources = Sources::read(&self.paths)?;
        let benign = files::benign(self.benign.as_deref())?;
        let budget = (!self.no_proof).then_some(self.budget);
        let (compiled, proof) = examine(&sources, budget, &benign);
        let found = compiled.diagnostics;
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
        for folder in sources.apart() {
            let folder = folder.to_string_lossy();
            output::note(&format!(
                "passed over: {} holds a policy set of its own",
                render::visible(&folder)
            ));
        }
        admit(&proof);
        let denied = self.deny_warnings && !found.is_empty();
        Ok(Outcome::findings_if(denied || has_errors(&found)))
    }
}

/// Says on standard error what is not known.
fn admit(proof: &Proof) {
    for question in proof.open.iter().take(MOST_OPEN) {
        let question = render::visible(question);
        output::note(&format!(
            "left open: {question}; no text was found that shows it or rules it out"
        ));
    }
    if let Some(more) = proof
        .open
        .len()
        .checked_sub(MOST_OPEN)
        .filter(|more| *more > 0)
    {
        output::note(&format!(
            "left open: {} of the kind",
            render::counted(more, "more question")
        ));
    }
    if proof.refused > 0 {
        output::note(&format!(
            "left open: at least {}; {} were taken, and --budget allows no more",
            render::counted(proof.refused as usize, "more question"),
            render::counted(proof.taken as usize, "step"),
        ));
    }
}

/// How many open questions are shown one by one.
const MOST_OPEN: usize = 10;

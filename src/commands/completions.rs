//! `interdict completions`

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::output::Output;
use super::{Arguments, Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  interdict completions bash > ~/.local/share/bash-completion/completions/interdict
  interdict completions zsh > ~/.zfunc/_interdict
  interdict completions fish > ~/.config/fish/completions/interdict.fish

Exit codes: 0 fine, 2 could not run";

/// Writes a script that completes the arguments of interdict in a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "interdict",
            &mut script,
        );
        let mut output = Output::new();
        output.write_all(&script)?;
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

//! The commands. Here alone, and in `main.rs`, anything is printed or the process ends.

mod check;
mod collisions;
mod compile;
mod completions;
mod decide;
mod diff;
mod disguise;
mod explain;
mod files;
mod fmt;
mod history;
mod inspect;
mod keygen;
mod keys;
mod output;
mod policies;
mod replay;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod sign;
mod table;
mod test;
mod verify;

use std::io;
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use interdict::source::ReadError;

const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  findings: errors in policies, failed tests, changes in meaning, bad lines, files to format
  2  could not run: wrong arguments, a file that cannot be read or written";

/// Compiles policies for marketplaces, and decides items by them.
#[derive(Debug, Parser)]
#[command(name = "interdict", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Whether to colour what is shown; `auto` colours terminals unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Compile(compile::Compile),
    Decide(decide::Decide),
    Explain(explain::Explain),
    Test(test::Test),
    Diff(diff::Diff),
    Inspect(inspect::Inspect),
    Show(show::Show),
    History(history::History),
    Disguise(disguise::Disguise),
    Collisions(collisions::Collisions),
    Fmt(fmt::Fmt),
    Keygen(keygen::Keygen),
    Sign(sign::Sign),
    Verify(verify::Verify),
    Replay(replay::Replay),
    #[cfg(feature = "serve")]
    Serve(Box<serve::Serve>),
    Completions(completions::Completions),
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: an object a line
    Json,
}

/// What came of a command that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Findings,
}

impl Outcome {
    fn findings_if(found: bool) -> Outcome {
        if found {
            Outcome::Findings
        } else {
            Outcome::Fine
        }
    }
}

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Because(String),
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Whoever read the output may have stopped reading, which is no failure.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    fn because(reason: impl Into<String>) -> Failure {
        Failure::Because(reason.into())
    }
}

/// Runs a command; its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    output::choose_colour(arguments.color);
    let outcome = match &arguments.command {
        Command::Check(check) => check.run(),
        Command::Compile(compile) => compile.run(),
        Command::Decide(decide) => decide.run(),
        Command::Explain(explain) => explain.run(),
        Command::Test(test) => test.run(),
        Command::Diff(diff) => diff.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::Show(show) => show.run(),
        Command::History(history) => history.run(),
        Command::Disguise(disguise) => disguise.run(),
        Command::Collisions(collisions) => collisions.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::Keygen(keygen) => keygen.run(),
        Command::Sign(sign) => sign.run(),
        Command::Verify(verify) => verify.run(),
        Command::Replay(replay) => replay.run(),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve.run(),
        Command::Completions(completions) => completions.run(),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            output::error(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

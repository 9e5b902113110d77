//! The command line of Interdict: arguments in, exit code out. `commands/` has a file a command.

mod commands;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::run(&commands::Arguments::parse())
}

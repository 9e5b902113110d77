//! The command line of the scorer.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use interdict_score::Failure;
use interdict_score::cases::Cases;
use interdict_score::preset::{ALL, Preset};
use interdict_score::report::Report;
use interdict_score::score::score;

/// Scores the text index on a folder of disguised and innocent texts: recall by tier and class,
/// false positives by group, and whether they reach the bars.
///
/// The folder is described in bench/README.md. Exit code 1 means, with --check, that a bar is not
/// met; 2 that the command could not run.
#[derive(Debug, Parser)]
#[command(name = "interdict-score")]
struct Arguments {
    /// The folder with terms.jsonl, positives.jsonl and negatives.jsonl
    folder: PathBuf,
    /// Presets or folds, a column each; `standard+leet` is both at once
    #[arg(
        long,
        value_name = "PRESET,…",
        value_delimiter = ',',
        default_value = "standard"
    )]
    fold: Vec<String>,
    /// All presets
    #[arg(long, conflicts_with = "fold")]
    all_presets: bool,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the disguised texts of a class that are not found; `all` lists every class
    #[arg(long, value_name = "CLASS")]
    misses: Option<String>,
    /// List what is found in innocent texts
    #[arg(long)]
    hits: bool,
    /// Exit with code 1 when a bar is not met
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let names: Vec<&str> = match arguments.all_presets {
        true => ALL.to_vec(),
        false => arguments.fold.iter().map(String::as_str).collect(),
    };
    let cases = Cases::read(&arguments.folder)?;
    let mut scores = Vec::new();
    for name in names {
        scores.push(score(&cases, &Preset::named(name)?)?);
    }
    let report = Report::new(scores, arguments.misses.as_deref(), arguments.hits);
    let mut text = match arguments.format {
        Format::Text => report.to_string(),
        Format::Json => serde_json::to_string_pretty(&report)?,
    };
    text.truncate(text.trim_end().len());
    writeln!(std::io::stdout(), "{text}")?;
    let short = arguments.check && !report.met();
    Ok(ExitCode::from(u8::from(short)))
}

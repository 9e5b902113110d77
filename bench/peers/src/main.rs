//! Interdict beside what a user would pick instead, in one process, back to back.
//!
//! Three questions, each a part of the report:
//!
//! - `terms`: megabytes a second on listings, by the number of terms, rare and frequent ones, with
//!   the time to build, the size and the time to load of each engine;
//! - `conditions`: microseconds a decision, by the number of rules;
//! - `chart` draws the first from a report in JSON.
//!
//! Every round runs each engine once, so that a busy machine slows all alike; medians are
//! compared. What is not built in is named, and left out.

mod chart;
mod conditions;
mod engines;
mod report;
mod throughput;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use report::Report;

/// What went wrong, in words.
type Failure = Box<dyn std::error::Error>;

/// Measures Interdict beside its peers, in one process.
#[derive(Debug, Parser)]
#[command(name = "peers")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Find terms: speed, time to build, size, time to load
    Terms {
        /// A folder with `text.txt` and `words.txt`, instead of the generator
        #[arg(long, value_name = "FOLDER")]
        corpus: Option<PathBuf>,
        /// How many rare terms, a run each
        #[arg(long, value_delimiter = ',', default_values_t = [100, 10_000, 100_000])]
        rare: Vec<usize>,
        /// How many frequent terms, a run each
        #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000])]
        frequent: Vec<usize>,
        /// Megabytes of text
        #[arg(long, default_value_t = 4.0)]
        megabytes: f64,
        #[command(flatten)]
        how: How,
    },
    /// Decide by conditions on fields
    Conditions {
        /// How many rules, a run each
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
        rules: Vec<usize>,
        #[command(flatten)]
        how: How,
    },
    /// Draw a report of `terms` as SVG
    Chart {
        /// The report, in JSON
        report: PathBuf,
        /// The picture
        picture: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct How {
    /// Rounds, of which the median is reported
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report in JSON here as well
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> Result<(), Failure> {
    let mut report = Report::default();
    let how = match task {
        Task::Terms {
            corpus,
            rare,
            frequent,
            megabytes,
            how,
        } => {
            report.absent = engines::absent();
            let corpus = throughput::Corpus::of(corpus.as_deref(), megabytes)?;
            report.terms = throughput::measure(&corpus, &rare, &frequent, how.rounds)?;
            how
        }
        Task::Conditions { rules, how } => {
            report.absent = conditions::absent();
            report.conditions = conditions::measure(&rules, how.rounds)?;
            how
        }
        Task::Chart { report, picture } => return chart::draw(&report, &picture),
    };
    let json = serde_json::to_string_pretty(&report)?;
    if let Some(path) = how.json {
        std::fs::write(path, format!("{json}\n"))?;
    }
    let text = match how.format {
        Format::Text => report.to_string(),
        Format::Json => json,
    };
    writeln!(std::io::stdout(), "{}", text.trim_end())?;
    Ok(())
}

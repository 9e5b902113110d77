//! What decisions cost, on one core.
//!
//! Two questions, each a part of the report:
//!
//! - `rules`: nanoseconds that a decision takes with 100, 1,000, 10,000 and 100,000 rules of which
//!   the item meets the same three, and how many times as long as with 100;
//! - `lines`: nanoseconds from a line of JSON to the line of its decision, step by step, and how
//!   many times as long as parsing that line alone takes.
//!
//! Every round runs each candidate once, so that a busy machine slows all alike; medians are
//! compared.

mod lines;
mod report;
mod rules;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use interdict_micro::Failure;
use interdict_workload::generate::Generator;
use interdict_workload::listings::listings;
use interdict_workload::policies::Shape;

use report::Report;

/// Times decisions by the number of rules, and lines against parsing their JSON alone.
#[derive(Debug, Parser)]
#[command(name = "decisions")]
struct Arguments {
    /// What to measure; all of it unless named
    #[arg(value_enum)]
    part: Option<Part>,
    /// The most rules
    #[arg(long, default_value_t = 100_000)]
    most: usize,
    /// Rounds, of which the median is reported
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Rules,
    Lines,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How many items a round decides.
const ITEMS: usize = 256;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let asked = |part| arguments.part.is_none_or(|one| one == part);
    let mut report = Report::default();
    if asked(Part::Rules) {
        report.rules = rules::measure(arguments.most, arguments.rounds)?;
    }
    if asked(Part::Lines) {
        report.lines = lines::measure(arguments.rounds)?;
    }
    let text = match arguments.format {
        Format::Text => report.to_string(),
        Format::Json => serde_json::to_string_pretty(&report)?,
    };
    writeln!(std::io::stdout(), "{}", text.trim_end())?;
    Ok(())
}

/// Items of a shape with ordinary listings as their descriptions.
fn items(shape: Shape) -> Vec<String> {
    let mut generator = Generator::new(1, 1000);
    let text = generator.mixed(ITEMS * 800);
    let texts = listings(&text);
    let texts = texts.iter().take(ITEMS).enumerate();
    texts
        .map(|(number, text)| shape.item(number, text))
        .collect()
}

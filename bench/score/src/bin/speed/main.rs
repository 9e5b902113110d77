//! How fast the text index is, on one core.
//!
//! Three questions, each a part of the report:
//!
//! - `build`: milliseconds that the index takes to build, and the bytes of its sections;
//! - `throughput`: megabytes a second on ordinary listings, and how many times as long as plain
//!   `aho-corasick` (leftmost, exact, the same terms) that takes in the same run; beside
//!   `daachorse`, exact and on folded text ([`peers`]);
//! - `hostile`: nanoseconds a byte on texts that were made to be slow, as a multiple of ordinary
//!   ones of the same script. [`hostile::BAR`] is the most that is well.
//!
//! Texts and terms come from a seeded generator ([`Generator`]) or from files.

mod hostile;
mod peers;
mod report;
mod throughput;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use interdict::text_index::TextIndexBytes;
use interdict_matcher::fold::FoldTable;
use interdict_score::Failure;
use interdict_score::preset::Preset;

use interdict_workload::generate::Generator;
use interdict_workload::measure;
use report::{Built, Report};

/// Times the text index on ordinary and on hostile texts, on one core.
///
/// Exit code 1 means, with --check, that a hostile text is over the bar; 2 that it could not run.
#[derive(Debug, Parser)]
#[command(name = "speed")]
struct Arguments {
    /// What to measure; all of it unless named
    #[arg(value_enum)]
    part: Option<Part>,
    /// Presets or folds, a column each; `standard+leet` is both at once
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "standard,strict,paranoid"
    )]
    fold: Vec<String>,
    /// English text instead of the generated one
    #[arg(long, value_name = "FILE")]
    english: Option<PathBuf>,
    /// Mixed Chinese and English text instead of the generated one
    #[arg(long, value_name = "FILE")]
    mixed: Option<PathBuf>,
    /// Terms, one a line, instead of the generated ones
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// How many terms to generate
    #[arg(long, default_value_t = 10_000)]
    count: usize,
    /// Megabytes of each text to generate
    #[arg(long, default_value_t = 2.0)]
    megabytes: f64,
    /// Rounds, of which the median is reported
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Where generated texts and terms start from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only hostile texts whose name holds this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Write texts and terms into this folder, for other programs to be measured with
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with code 1 when a hostile text is over the bar
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Build,
    Throughput,
    Hostile,
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
    let input = Input::of(arguments)?;
    if let Some(folder) = &arguments.write {
        input.write(folder)?;
    }
    let asked = |part| arguments.part.is_none_or(|one| one == part);
    let mut report = Report::new(&input, arguments.rounds);
    let indexes = indexes(&arguments.fold, &input.terms)?;
    if asked(Part::Build) {
        report.build = indexes.iter().map(Built::of).collect();
    }
    if asked(Part::Throughput) {
        report.throughput = throughput::measure(&input, &indexes, arguments.rounds)?;
    }
    if asked(Part::Hostile) {
        report.hostile = hostile::measure(&input, &indexes, arguments.only.as_deref());
    }
    let mut text = match arguments.format {
        Format::Text => report.to_string(),
        Format::Json => serde_json::to_string_pretty(&report)?,
    };
    text.truncate(text.trim_end().len());
    writeln!(std::io::stdout(), "{text}")?;
    let well = !arguments.check || report.hostile.iter().all(|text| !text.over());
    Ok(ExitCode::from(u8::from(!well)))
}

/// What is measured with.
struct Input {
    terms: Vec<String>,
    english: String,
    mixed: String,
}

impl Input {
    fn of(arguments: &Arguments) -> Result<Input, Failure> {
        let mut generator = Generator::new(arguments.seed, arguments.count);
        let bytes = (arguments.megabytes * 1e6) as usize;
        let generated = generator.terms().to_vec();
        let english = generator.english(bytes);
        let mixed = generator.mixed(bytes);
        Ok(Input {
            terms: match &arguments.terms {
                Some(path) => read(path)?.lines().map(str::to_owned).collect(),
                None => generated,
            },
            english: arguments.english.as_ref().map_or(Ok(english), read)?,
            mixed: arguments.mixed.as_ref().map_or(Ok(mixed), read)?,
        })
    }

    fn write(&self, folder: &std::path::Path) -> Result<(), Failure> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("terms.txt"), self.terms.join("\n") + "\n")?;
        std::fs::write(folder.join("english.txt"), &self.english)?;
        std::fs::write(folder.join("mixed.txt"), &self.mixed)?;
        Ok(())
    }
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A text index, and how it was built.
struct Index {
    name: String,
    bytes: TextIndexBytes,
    milliseconds: f64,
}

impl Index {
    /// The folding table in it.
    fn folding(&self) -> FoldTable<'_> {
        let [index, blocks, parts, ..] = self.bytes.sections.each_ref();
        FoldTable::new(index, blocks, parts)
    }
}

fn indexes(names: &[String], terms: &[String]) -> Result<Vec<Index>, Failure> {
    let index = |name: &String| {
        let preset = Preset::named(name)?;
        // The first time reads the committed tables, which later ones share.
        preset.index([]);
        let mut bytes = None;
        let time =
            measure::seconds(|| bytes = Some(preset.index(terms.iter().map(String::as_str))));
        let bytes = bytes.ok_or("nothing was built")?;
        bytes.view().validate()?;
        Ok(Index {
            name: name.clone(),
            bytes,
            milliseconds: time * 1e3,
        })
    };
    names.iter().map(index).collect()
}

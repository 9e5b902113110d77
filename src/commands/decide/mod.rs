//! `interdict decide`

mod batch;
mod judge;
mod reasons;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use indicatif::{ProgressBar, ProgressStyle};
use interdict::render::{counted, visible};
use interdict_matcher::{Instant, Verdict};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Map, Value};

use super::files::{Lines, cannot_read};
use super::output::{self, Output};
use super::table::{self, Look};
use super::{Failure, Outcome, keys, policies};
use batch::Batch;
use judge::{Bad, Decided, Judge};

/// Input of fewer bytes is decided before anybody looks for a bar.
const LONG: u64 = 8 << 20;

const EXAMPLES: &str = "\
Examples:
  interdict decide rules.matcher items.jsonl
  interdict decide rules items.jsonl --at 2018-04-18T12:00:00+08:00
  tail -f items.jsonl | interdict decide rules.matcher | jq .verdict
  interdict decide rules.matcher items.jsonl --public-key interdict.pub --last-version seen

A line of ITEMS is an item, {\"platform\": \"taobao\", \"title\": \"...\"}, or an item with its instant,
{\"at\": \"2018-04-18T12:00:00+08:00\", \"item\": {...}}. The line's own instant wins over --at, and
\"known_at\" beside it over --known-at. A text or number under \"id\", at the top of the line, is
repeated in its decision. Blank lines are skipped; a bad line is reported on standard error, and the
others are decided. Lines are decided on all cores and written in their order; a line that comes
slowly is decided when it comes.

`--format dsa` writes, a line an item, the statement of reasons for the transparency database of the
EU and what the seller is told; what no policy knows stands beside the item, {\"item\": {...},
\"statement\": {\"puid\": \"a-17\", \"content_type\": [\"PRODUCT\"]}}, or for all lines in --statement.

Exit codes: 0 all lines were decided, 1 some lines were bad or some statements of reasons cannot be
made, 2 could not run";

/// Decides items, a JSON object a line, in the order of the lines
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Decide {
    /// A compiled artifact; or a policy file or a folder of them, compiled in memory
    #[arg(value_name = "POLICIES-OR-MATCHER", value_hint = ValueHint::AnyPath)]
    policies: PathBuf,
    /// The items; `-` is standard input
    #[arg(value_name = "ITEMS.jsonl", default_value = "-", value_hint = ValueHint::FilePath)]
    items: PathBuf,
    /// The instant to judge lines by that bring none: with its offset, or a date, which is 00:00 UTC
    #[arg(long, value_name = "INSTANT", value_parser = read_at)]
    at: Option<Instant>,
    /// By when something must have been published to be known: later rules and acts are not there
    /// [default: all is known]
    #[arg(long, value_name = "INSTANT", value_parser = read_at)]
    known_at: Option<Instant>,
    /// How to show decisions [default: table on a terminal, else jsonl]
    #[arg(long)]
    format: Option<Format>,
    /// What statements of reasons say of lines that bring no `"statement": {...}`, a JSON object
    #[arg(long, value_name = "FILE.json", requires = "format", value_hint = ValueHint::FilePath)]
    statement: Option<PathBuf>,
    /// How many threads decide [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    #[command(flatten)]
    trusted: keys::Trusted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each item with its evidence, rules and grounds
    Table,
    /// For programs: a decision a line
    Jsonl,
    /// Statements of reasons for the EU's transparency database, and what the seller is told
    Dsa,
}

/// Reads an instant, or a date as its 00:00 UTC.
pub(super) fn read_at(text: &str) -> Result<Instant, String> {
    Instant::or_day(text)
        .map_err(|error| format!("{error}, or a date alone, `2018-04-17`, for 00:00 UTC"))
}

impl Decide {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let matcher = match self.trusted.open(&self.policies)? {
            Some(matcher) => matcher,
            None => policies::matcher(&self.policies)?,
        };
        let mut lines = Lines::open(&self.items)?;
        let on_terminal = if io::stdout().is_terminal() {
            Format::Table
        } else {
            Format::Jsonl
        };
        let output = Output::new();
        let circumstances = match &self.statement {
            Some(path) => circumstances(path)?,
            None => Map::new(),
        };
        let judge = Judge {
            matcher: &matcher,
            at: self.at,
            known_at: self.known_at,
            format: self.format.unwrap_or(on_terminal),
            look: Look::of(&output),
            circumstances: &circumstances,
        };
        let threads = self.threads.map_or(0, usize::from);
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|error| Failure::because(format!("no threads: {error}")))?;
        let mut run = Run::new(judge.format, output, progress(&lines));
        run.all(&mut lines, &judge, &pool)?;
        run.end(judge.look)
    }
}

fn circumstances(path: &Path) -> Result<Map<String, Value>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| cannot_read(path, &error))?;
    let problem = |why: String| Failure::because(format!("{}: {why}", path.display()));
    reasons::defaults(&text).map_err(problem)
}

/// A bar over the bytes of a long file, on a terminal that shows nothing else.
fn progress(lines: &Lines) -> ProgressBar {
    let alone = !io::stdout().is_terminal();
    let Some(length) = lines.length().filter(|&length| alone && length >= LONG) else {
        return ProgressBar::hidden();
    };
    let shape = "{bar:30} {percent}% of {total_bytes} · {bytes_per_sec} · {eta} left";
    let style = ProgressStyle::with_template(shape);
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// One pass over the lines.
struct Run {
    format: Format,
    output: Output,
    progress: ProgressBar,
    verdicts: BTreeMap<Verdict, usize>,
    bad: usize,
    /// Lines whose statement of reasons cannot be made.
    refused: usize,
    told_of_at: bool,
}

impl Run {
    fn new(format: Format, output: Output, progress: ProgressBar) -> Run {
        Run {
            format,
            output,
            progress,
            verdicts: BTreeMap::new(),
            bad: 0,
            refused: 0,
            told_of_at: false,
        }
    }

    /// Decides all lines, a batch at a time. While one is decided the next is read, unless that
    /// could mean to wait for somebody who waits for the decisions.
    fn all(
        &mut self,
        lines: &mut Lines,
        judge: &Judge<'_>,
        pool: &ThreadPool,
    ) -> Result<(), Failure> {
        let mut batch = Batch::read(lines)?;
        while !batch.is_empty() {
            let (decided, next) = match lines.may_wait() {
                true => (pool.install(|| batch.decide(judge)), None),
                false => {
                    let both = || rayon::join(|| batch.decide(judge), || Batch::read(lines));
                    let (decided, next) = pool.install(both);
                    (decided, Some(next))
                }
            };
            for (place, decided) in batch.places().zip(decided) {
                self.tell(place, decided)?;
            }
            batch = match next {
                Some(next) => next?,
                None => {
                    self.output.flush()?;
                    Batch::read(lines)?
                }
            };
            self.progress.set_position(lines.read());
        }
        Ok(())
    }

    fn tell(&mut self, place: &str, decided: Decided) -> Result<(), Failure> {
        let bad = match decided {
            Ok(shown) => {
                *self.verdicts.entry(shown.verdict).or_default() += 1;
                self.refused += usize::from(shown.is_refused);
                self.output.write_all(&shown.text)?;
                return Ok(());
            }
            Err(bad) => bad,
        };
        self.bad += 1;
        if self.format == Format::Table {
            self.output.flush()?;
        }
        let told_of_at = &mut self.told_of_at;
        self.progress.suspend(|| match bad {
            Bad::Because(problem) => output::note(&visible(&format!("{place}: {problem}"))),
            Bad::NoInstant => {
                output::note(&visible(&format!(
                    "{place}: no instant: give --at, or write {{\"at\": \"...\", \"item\": {{...}}}}"
                )));
                if !std::mem::replace(told_of_at, true) {
                    output::note(
                        "hint: decisions never use the clock, so that they can be repeated; \
                         --at 2018-04-18T12:00:00+08:00 judges all lines as of that instant",
                    );
                }
            }
        });
        Ok(())
    }

    fn end(mut self, look: Look) -> Result<Outcome, Failure> {
        self.progress.finish_and_clear();
        let decided: usize = self.verdicts.values().sum();
        let mut parts = Vec::new();
        for (verdict, count) in self.verdicts.iter().rev() {
            let word = look.paint(verdict.word(), table::style_of(*verdict));
            parts.push(format!("{count} {word}"));
        }
        let verdicts = if parts.is_empty() {
            String::new()
        } else {
            format!(": {}", parts.join(", "))
        };
        let mut summary = format!("{decided} decided{verdicts}");
        if self.bad > 0 {
            summary += &format!("; {} not decided", counted(self.bad, "bad line"));
        }
        if self.refused > 0 {
            summary += &format!(
                "; {} of reasons cannot be made",
                counted(self.refused, "statement")
            );
        }
        if self.format == Format::Table {
            writeln!(self.output, "{summary}")?;
        }
        self.output.flush()?;
        let has_findings = self.bad + self.refused > 0;
        if self.format != Format::Table && has_findings {
            output::note(&summary);
        }
        Ok(Outcome::findings_if(has_findings))
    }
}

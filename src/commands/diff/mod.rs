//! `interdict diff`

mod items;
mod report;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use interdict::Build;
use interdict::diagnostic::Severity;
use interdict::diff::{self, BUDGET, Side};
use interdict::source::Sources;
use interdict_matcher::Instant;

use super::decide::read_at;
use super::output::Output;
use super::{Failure, Outcome, policies};
use items::Items;
use report::Report;

const EXAMPLES: &str = "\
Examples:
  interdict diff old-rules rules                             two folders of policies
  interdict diff live.matcher rules --format markdown        for the review of a change
  interdict diff live.matcher rules --items last-week.jsonl --at 2022-01-01

What changed is told by rule: added, ended, moved in time, narrowed, widened, stricter, looser, at
another penalty. Each is shown on an item and an instant, as a line of `interdict decide`, that both
sides have decided. Sources, messages and titles are text, and no change in meaning.

Exit codes: 0 no change in meaning, 1 changes, 2 could not run";

/// Says what changed in meaning between two policy sets
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Diff {
    /// The older side: a policy file, a folder of them, or a compiled artifact
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    old: PathBuf,
    /// The newer side
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    new: PathBuf,
    /// Items to decide by both sides, a JSON object a line; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    items: Option<PathBuf>,
    /// The instant to judge lines by that bring none: with its offset, or a date, which is 00:00 UTC
    #[arg(long, value_name = "INSTANT", value_parser = read_at, requires = "items")]
    at: Option<Instant>,
    /// How many steps to search: runs of the solver and decisions
    #[arg(long, value_name = "STEPS", default_value_t = BUDGET)]
    budget: u64,
    /// How to report
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: an object a line
    Json,
    /// For the review of a change
    Markdown,
}

impl Diff {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (old, new) = (read(&self.old)?, read(&self.new)?);
        let items = match &self.items {
            Some(path) => Some(Items::decide(path, self.at, &old.matcher, &new.matcher)?),
            None => None,
        };
        let diff = diff::diff(side(&old), side(&new), self.budget);
        let report = Report {
            diff: &diff,
            items: items.as_ref(),
        };
        let mut output = Output::new();
        match self.format {
            Format::Text => output.write_all(report.text().as_bytes())?,
            Format::Json => output.write_all(report.json().as_bytes())?,
            Format::Markdown => output.write_all(report.markdown().as_bytes())?,
        }
        output.flush()?;
        let bad = items.as_ref().is_some_and(|items| items.bad > 0);
        let changed = items.as_ref().is_some_and(|items| items.changed > 0);
        Ok(Outcome::findings_if(
            !diff.changes.is_empty() || changed || bad,
        ))
    }
}

fn side(build: &Build) -> Side<'_> {
    Side {
        program: &build.program,
        matcher: &build.matcher,
    }
}

/// Compiles one side: policies, or the policies that an artifact embeds.
fn read(path: &Path) -> Result<Build, Failure> {
    let sources = match super::files::is_artifact(path)? {
        true => embedded(path)?,
        false => Sources::read(&[path])?,
    };
    let (build, mut found) = interdict::build(&sources);
    // Warnings are the business of `check`.
    found.retain(|one| one.severity() == Severity::Error);
    policies::usable(build, &found, &sources, &[path])
}

fn embedded(path: &Path) -> Result<Sources, Failure> {
    let matcher = policies::open(path)?;
    let view = matcher.view();
    if let Some((_, list)) = view.lists.iter().next() {
        let reason = format!(
            "`{}` was compiled with the list `{}`, of which it holds the hash alone: compare the policies instead",
            path.display(),
            view.strings.get(list.name)
        );
        return Err(Failure::because(reason));
    }
    let files = view.files.iter().map(|(_, file)| {
        let text = |number| view.strings.get(number).to_owned();
        (text(file.name), text(file.text))
    });
    Ok(Sources::from_texts(files.collect::<Vec<_>>()))
}

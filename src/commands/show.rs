//! `interdict show`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::consolidate::{Consolidation, RuleText, consolidate};
use interdict::model::PolicySet;
use interdict::moment::Moment;
use interdict::render::visible;
use interdict_matcher::Instant;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::output::Output;
use super::policies::{self, id_named};
use super::{Failure, Format, Outcome};

const EXAMPLES: &str = "\
Examples:
  interdict show rules --at 2018-05-01                          every file as it stood that day
  interdict show rules --at 2018-05-01 --rule taobao/T2         one rule with its exceptions
  interdict show rules --at 2018-05-01T12:00+08:00 --format json

A day begins in the zone of the policies. What is shown is policy again: at that instant it decides
what all the policies together decide.

Exit codes: 0 fine, 2 could not run";

/// Shows the text in force at an instant, with the acts that made it so
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// Policy files, or folders with `.policy` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// The day or the instant
    #[arg(long, value_name = "DAY", value_parser = moment)]
    at: Moment,
    /// Show one rule, with its exceptions
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// How to show it
    #[arg(long, default_value = "text")]
    format: Format,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::read(text)
        .map_err(|_| "write a day or an instant: 2018-05-01, 2018-05-01T12:00+08:00".to_owned())
}

#[derive(Serialize)]
struct FileShown<'a> {
    at: Instant,
    file: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct RuleShown<'a> {
    at: Instant,
    rule: &'a str,
    in_force: bool,
    text: &'a str,
}

impl Show {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let checked = policies::checked(&self.paths)?;
        let at = self.instant(&checked.set)?;
        let (files, sources) = (&checked.files, &checked.sources);
        let found = consolidate(files, &checked.set, sources, at.unix_seconds());
        let mut output = Output::new();
        match &self.rule {
            Some(rule) => self.rule(&mut output, at, &found, rule)?,
            None => self.files(&mut output, at, &found)?,
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }

    /// The instant, in the zone of the policies.
    fn instant(&self, set: &PolicySet) -> Result<Instant, Failure> {
        let mut zones: Vec<&str> = set
            .policies
            .iter()
            .map(|policy| policy.zone.as_str())
            .collect();
        zones.sort_unstable();
        zones.dedup();
        let zone = match (zones.as_slice(), self.at) {
            ([zone], _) => TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            ([], _) | (_, Moment::Instant(_, Some(_))) => TimeZone::UTC,
            (zones, _) => {
                let zones = zones.join(", ");
                let reason = format!(
                    "the policies have several zones ({zones}): give an instant with its offset"
                );
                return Err(Failure::because(reason));
            }
        };
        let at = self.at.start(&zone);
        let offset = match self.at {
            Moment::Instant(_, Some(offset)) => offset,
            _ => Timestamp::from_second(at).map_or(0, |stamp| zone.to_offset(stamp).seconds()),
        };
        Ok(Instant::from_unix_seconds(at).with_offset(offset))
    }

    fn files(
        &self,
        output: &mut Output,
        at: Instant,
        found: &Consolidation,
    ) -> Result<(), Failure> {
        for (number, (file, text)) in found.files.iter().enumerate() {
            match self.format {
                Format::Json => write_line(output, &FileShown { at, file, text })?,
                Format::Text => {
                    let blank = if number > 0 { "\n" } else { "" };
                    let (file, text) = (visible(file), lines(text));
                    writeln!(output, "{blank}# ---- {file} at {at}\n\n{text}")?;
                }
            }
        }
        Ok(())
    }

    fn rule(
        &self,
        output: &mut Output,
        at: Instant,
        found: &Consolidation,
        name: &str,
    ) -> Result<(), Failure> {
        let ids: Vec<&str> = found.rules.iter().map(|rule| rule.id.as_str()).collect();
        let id = id_named(name, &ids)?;
        let rule = found.rules.iter().find(|rule| rule.id == id);
        let Some(RuleText { in_force, text, .. }) = rule else {
            return Ok(());
        };
        match self.format {
            Format::Json => write_line(
                output,
                &RuleShown {
                    at,
                    rule: id,
                    in_force: *in_force,
                    text,
                },
            )?,
            Format::Text => writeln!(output, "# {} at {at}\n\n{}", visible(id), lines(text))?,
        }
        Ok(())
    }
}

/// A text whose control characters are seen, without the end of its last line.
fn lines(text: &str) -> String {
    let lines = text.trim_end().split('\n').map(visible);
    lines.collect::<Vec<_>>().join("\n")
}

fn write_line(output: &mut Output, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *output, value).map_err(io::Error::from)?;
    output.write_all(b"\n")?;
    Ok(())
}

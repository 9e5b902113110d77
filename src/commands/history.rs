//! `interdict history`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::model::{Event, Record, What};
use interdict::render::visible;
use interdict::source::Span;
use interdict_matcher::Instant;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::output::Output;
use super::output::columns;
use super::policies::{self, Checked, id_named};
use super::{Failure, Format, Outcome};

const EXAMPLES: &str = "\
Examples:
  interdict history taobao/T2 rules
  interdict history T2 rules --format json | jq '.events[].when'

Exit codes: 0 fine, 2 could not run";

/// Lists the life of a rule or an exception, act by act
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct History {
    /// The rule or exception, as `policy/id` or by its id
    #[arg(value_name = "ID")]
    id: String,
    /// Policy files, or folders with `.policy` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to list it
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Serialize)]
struct RecordShown<'a> {
    id: &'a str,
    file: &'a str,
    line: usize,
    events: Vec<EventShown<'a>>,
}

#[derive(Serialize)]
struct EventShown<'a> {
    at: Instant,
    when: &'a str,
    event: &'a str,
    /// The clauses that an amendment changed.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    clauses: &'a [&'static str],
    /// The rule or exception that did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    file: &'a str,
    line: usize,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sources: &'a [String],
}

impl History {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let checked = policies::checked(&self.paths)?;
        let records = &checked.set.records;
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        let id = id_named(&self.id, &ids)?;
        let mut output = Output::new();
        for record in records.iter().filter(|record| record.id == id) {
            match self.format {
                Format::Json => {
                    serde_json::to_writer(&mut output, &shown(&checked, record))
                        .map_err(io::Error::from)?;
                    output.write_all(b"\n")?;
                }
                Format::Text => output.write_all(text(&checked, record).as_bytes())?,
            }
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

fn shown<'a>(checked: &'a Checked, record: &'a Record) -> RecordShown<'a> {
    let (file, line) = place(checked, record.span);
    let zone = zone_of(checked, record);
    let events = record
        .events
        .iter()
        .map(|event| event_shown(checked, event, &zone));
    RecordShown {
        id: &record.id,
        file,
        line,
        events: events.collect(),
    }
}

fn event_shown<'a>(checked: &'a Checked, event: &'a Event, zone: &TimeZone) -> EventShown<'a> {
    let (file, line) = place(checked, event.span);
    let offset = Timestamp::from_second(event.at).map_or(0, |at| zone.to_offset(at).seconds());
    EventShown {
        at: Instant::from_unix_seconds(event.at).with_offset(offset),
        when: &event.when,
        event: event.what.word(),
        clauses: match &event.what {
            What::Amended(clauses) => clauses,
            _ => &[],
        },
        by: event.what.by(),
        file,
        line,
        sources: &event.sources,
    }
}

fn text(checked: &Checked, record: &Record) -> String {
    let rows = record.events.iter().map(|event| {
        let (file, line) = place(checked, event.span);
        let sources = match event.sources.as_slice() {
            [] => String::new(),
            sources => format!("from {}", sources.join(", ")),
        };
        [
            event.when.clone(),
            event.what.to_string(),
            format!("{file}:{line}"),
            sources,
        ]
    });
    let (file, line) = place(checked, record.span);
    let head = format!("{} · {file}:{line}", record.id);
    format!("{}\n{}", visible(&head), columns(rows))
}

fn place(checked: &Checked, span: Span) -> (&str, usize) {
    let source = checked.sources.file(span.file);
    source.map_or(("", 0), |source| {
        (source.name.as_str(), source.line_column(span.start).0)
    })
}

fn zone_of(checked: &Checked, record: &Record) -> TimeZone {
    let mut policies = checked.set.policies.iter();
    let policy = policies.find(|policy| policy.file == record.span.file);
    policy.map_or(TimeZone::UTC, |policy| {
        TimeZone::get(&policy.zone).unwrap_or(TimeZone::UTC)
    })
}

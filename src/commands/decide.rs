//! `interdict decide`

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use interdict::render::{counted, visible};
use interdict_matcher::{Decision, Instant, Matcher, Scratch, Verdict};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::files::{Line, Lines, plain};
use super::output::{self, Output};
use super::table::{self, Look};
use super::{Failure, Outcome, policies};

const EXAMPLES: &str = "\
Examples:
  interdict decide rules.matcher items.jsonl
  interdict decide rules items.jsonl --at 2018-04-18T12:00:00+08:00
  tail -f items.jsonl | interdict decide rules.matcher | jq .verdict

A line of ITEMS is an item, {\"platform\": \"taobao\", \"title\": \"...\"}, or an item with its instant,
{\"at\": \"2018-04-18T12:00:00+08:00\", \"item\": {...}}. The line's own instant wins over --at, and
\"known_at\" beside it over --known-at. A text or number under \"id\", at the top of the line, is
repeated in its decision. Blank lines are skipped; a bad line is reported on standard error, and the
others are decided.

Exit codes: 0 all lines were decided, 1 some lines were bad, 2 could not run";

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each item with its evidence, rules and grounds
    Table,
    /// For programs: a decision a line
    Jsonl,
}

/// Reads an instant, or a date as its 00:00 UTC.
pub(super) fn read_at(text: &str) -> Result<Instant, String> {
    let day = format!("{text}T00:00:00Z");
    let is_day = text.len() == 10;
    let day = day.parse().ok().filter(|_| is_day);
    let instant = day.map_or_else(|| text.parse(), Ok);
    instant.map_err(|error| format!("{error}, or a date alone, `2018-04-17`, for 00:00 UTC"))
}

impl Decide {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let matcher = policies::matcher(&self.policies)?;
        let mut lines = Lines::open(&self.items)?;
        let on_terminal = if io::stdout().is_terminal() {
            Format::Table
        } else {
            Format::Jsonl
        };
        let mut run = Run::new(&matcher, self, self.format.unwrap_or(on_terminal));
        loop {
            if lines.may_wait() {
                run.output.flush()?;
            }
            let Some(line) = lines.next()? else { break };
            run.line(&line)?;
        }
        run.end()
    }
}

/// One pass over the lines.
struct Run<'a> {
    matcher: &'a Matcher,
    at: Option<Instant>,
    known_at: Option<Instant>,
    format: Format,
    output: Output,
    look: Look,
    scratch: Scratch,
    verdicts: BTreeMap<Verdict, usize>,
    bad: usize,
    told_of_at: bool,
}

/// Why a line is not decided.
enum Bad {
    NoInstant,
    Because(String),
}

impl<'a> Run<'a> {
    fn new(matcher: &'a Matcher, asked: &Decide, format: Format) -> Run<'a> {
        let output = Output::new();
        Run {
            matcher,
            at: asked.at,
            known_at: asked.known_at,
            format,
            look: Look::of(&output),
            output,
            scratch: Scratch::default(),
            verdicts: BTreeMap::new(),
            bad: 0,
            told_of_at: false,
        }
    }

    fn line(&mut self, line: &Line<'_>) -> Result<(), Failure> {
        let bad = match &line.text {
            Ok(text) => self.decide(text, &line.place)?,
            Err(problem) => Some(Bad::Because(problem.clone())),
        };
        let Some(bad) = bad else { return Ok(()) };
        self.bad += 1;
        if self.format == Format::Table {
            self.output.flush()?;
        }
        let place = &line.place;
        match bad {
            Bad::Because(problem) => output::note(&visible(&format!("{place}: {problem}"))),
            Bad::NoInstant => {
                output::note(&visible(&format!(
                    "{place}: no instant: give --at, or write {{\"at\": \"...\", \"item\": {{...}}}}"
                )));
                if !std::mem::replace(&mut self.told_of_at, true) {
                    output::note(
                        "hint: decisions never use the clock, so that they can be repeated; \
                         --at 2018-04-18T12:00:00+08:00 judges all lines as of that instant",
                    );
                }
            }
        }
        Ok(())
    }

    fn decide(&mut self, text: &str, place: &str) -> Result<Option<Bad>, Failure> {
        let request = match self.matcher.request(text.as_bytes()) {
            Ok(request) => request,
            Err(error) => return Ok(Some(Bad::Because(plain(&error)))),
        };
        let Some(as_of) = request.as_of(self.at, self.known_at) else {
            return Ok(Some(Bad::NoInstant));
        };
        let decision = self
            .matcher
            .decide_with(&mut self.scratch, &request.item, as_of);
        *self.verdicts.entry(decision.verdict).or_default() += 1;
        let id = serde_json::from_str::<Id<'_>>(text)
            .ok()
            .and_then(|id| id.0);
        match self.format {
            Format::Jsonl => {
                let joined = Joined {
                    id,
                    decision: &decision,
                };
                serde_json::to_writer(&mut self.output, &joined).map_err(io::Error::from)?;
                self.output.write_all(b"\n")?;
            }
            Format::Table => {
                let id = id.map(RawValue::get);
                let block = table::block(&decision, text, place, id, self.look);
                writeln!(self.output, "{block}\n")?;
            }
        }
        Ok(None)
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        let decided: usize = self.verdicts.values().sum();
        let mut parts = Vec::new();
        for (verdict, count) in self.verdicts.iter().rev() {
            let word = self.look.paint(verdict.word(), table::style_of(*verdict));
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
        if self.format == Format::Table {
            writeln!(self.output, "{summary}")?;
        }
        self.output.flush()?;
        if self.format == Format::Jsonl && self.bad > 0 {
            output::note(&summary);
        }
        Ok(Outcome::findings_if(self.bad > 0))
    }
}

/// A decision with the id of its item, so that a service can join the two.
#[derive(Serialize)]
struct Joined<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    decision: &'a Decision<'a>,
}

/// The text or number under the first `id` of an object, as it is written there.
struct Id<'a>(Option<&'a RawValue>);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Id,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Id<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id<'de>, A::Error> {
        let mut id: Option<&RawValue> = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Id if id.is_none() => id = Some(map.next_value()?),
                Key::Id | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let joins = |id: &&RawValue| {
            id.get().starts_with(['"', '-']) || id.get().starts_with(|c: char| c.is_ascii_digit())
        };
        Ok(Id(id.filter(joins)))
    }
}

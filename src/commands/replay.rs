//! `interdict replay`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::render::{counted, visible};
use interdict_matcher::{AsOf, Matcher, Scratch};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::files::{Lines, cannot_read, plain};
use super::output::{self, Output, columns};
use super::{Failure, Format, Outcome, policies};

const EXAMPLES: &str = "\
Examples:
  interdict replay /var/lib/interdict/log --with new.matcher
  interdict replay decisions-000001.jsonl --with rules --format json | jq .now.verdict

LOG is a file of the log that `interdict serve --log` writes, or the folder of its files. Each item is
decided again, at its own instant. Where the log holds no items, or not the fields that the policies
read, nothing can be said, and that is counted.

Exit codes: 0 nothing would differ, 1 something would, or bad lines, 2 could not run";

/// Says what other policies would have made of the decisions in a log
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Replay {
    /// A file of the log, or the folder of its files
    #[arg(value_name = "LOG", value_hint = ValueHint::AnyPath)]
    log: PathBuf,
    /// The artifact, or the policies, to decide by
    #[arg(long, value_name = "POLICIES-OR-MATCHER", value_hint = ValueHint::AnyPath)]
    with: PathBuf,
    /// How to show it
    #[arg(long, default_value = "text")]
    format: Format,
}

/// A line of the log.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    at: &'a str,
    known_at: Option<&'a str>,
    verdict: &'a str,
    rules: Vec<String>,
    #[serde(borrow)]
    item: Option<&'a RawValue>,
    #[serde(default)]
    masked: Vec<String>,
}

/// What was or would be decided.
#[derive(Serialize)]
struct Side<'a> {
    verdict: &'a str,
    rules: Vec<&'a str>,
}

/// A decision that would be another one.
#[derive(Serialize)]
struct Difference<'a> {
    line: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    at: &'a str,
    was: Side<'a>,
    now: Side<'a>,
}

/// What came of all lines.
#[derive(Default, Serialize)]
struct Summary {
    same: usize,
    differ: usize,
    bad_lines: usize,
    /// How many could not be decided again, by the reason.
    not_decided: BTreeMap<String, usize>,
    /// How often which change came, and where first.
    #[serde(skip)]
    changes: BTreeMap<String, (usize, String)>,
}

impl Replay {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let matcher = policies::matcher(&self.with)?;
        let mut pass = Pass {
            read: paths(&matcher),
            matcher: &matcher,
            scratch: Scratch::default(),
            format: self.format,
            output: Output::new(),
            summary: Summary::default(),
        };
        for file in self.files()? {
            let mut lines = Lines::open(&file)?;
            while let Some(line) = lines.next()? {
                let told = match line.text {
                    Ok(text) => pass.decide(&line.place, text)?,
                    Err(problem) => Some(problem),
                };
                if let Some(problem) = told {
                    pass.summary.bad_lines += 1;
                    output::note(&visible(&format!("{}: {problem}", line.place)));
                }
            }
        }
        pass.end()
    }

    /// The files of the log, in the order in which they were written.
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        if !self.log.is_dir() {
            return Ok(vec![self.log.clone()]);
        }
        let entries = fs::read_dir(&self.log).map_err(|error| cannot_read(&self.log, &error))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry
                .map_err(|error| cannot_read(&self.log, &error))?
                .path();
            if path.extension().is_some_and(|end| end == "jsonl") {
                files.push(path);
            }
        }
        files.sort();
        match files.is_empty() {
            true => Err(cannot_read(
                &self.log,
                &"there is no file that ends in `.jsonl`",
            )),
            false => Ok(files),
        }
    }
}

/// The fields that a matcher knows, by their paths.
fn paths(matcher: &Matcher) -> BTreeSet<&str> {
    let view = matcher.view();
    let fields = view.fields.iter();
    fields
        .map(|(_, field)| view.strings.get(field.path))
        .collect()
}

/// One pass over the log.
struct Pass<'a> {
    matcher: &'a Matcher,
    /// The fields that the policies may read.
    read: BTreeSet<&'a str>,
    scratch: Scratch,
    format: Format,
    output: Output,
    summary: Summary,
}

impl Pass<'_> {
    /// Decides a line again; what is wrong with it, if it is bad.
    fn decide(&mut self, place: &str, text: &str) -> Result<Option<String>, Failure> {
        let entry: Entry<'_> = match serde_json::from_str(text.trim_end()) {
            Ok(entry) => entry,
            Err(error) => return Ok(Some(format!("no line of a log: {}", plain(&error)))),
        };
        let Some(as_of) = as_of(&entry) else {
            return Ok(Some(
                "no line of a log: its instants cannot be read".to_owned(),
            ));
        };
        let item = entry.item.map(|item| item.get().as_bytes());
        let Some(item) = item.filter(|_| self.masks(&entry).is_none()) else {
            let reason = match self.masks(&entry) {
                Some(field) => format!("the policies read `{field}`, which the log leaves out"),
                None => "the log holds no item".to_owned(),
            };
            *self.summary.not_decided.entry(reason).or_default() += 1;
            return Ok(None);
        };
        let item = match self.matcher.item(item) {
            Ok(item) => item,
            Err(error) => {
                let reason = plain(&error);
                *self.summary.not_decided.entry(reason).or_default() += 1;
                return Ok(None);
            }
        };
        let decision = self.matcher.decide_with(&mut self.scratch, &item, as_of);
        let was = Side {
            verdict: entry.verdict,
            rules: entry.rules.iter().map(String::as_str).collect(),
        };
        let now = Side {
            verdict: decision.verdict.word(),
            rules: decision.rules.iter().map(|rule| rule.id).collect(),
        };
        if (was.verdict, &was.rules) == (now.verdict, &now.rules) {
            self.summary.same += 1;
            return Ok(None);
        }
        self.summary.note(&was, &now, place);
        if self.format == Format::Json {
            let difference = Difference {
                line: place,
                id: entry.id,
                at: entry.at,
                was,
                now,
            };
            write_line(&mut self.output, &difference)?;
        }
        Ok(None)
    }

    /// A field that the policies may read and that the log leaves out.
    fn masks<'a>(&self, entry: &'a Entry<'_>) -> Option<&'a str> {
        let mut masked = entry.masked.iter().map(String::as_str);
        masked.find(|field| self.read.contains(field))
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        let summary = &self.summary;
        match self.format {
            Format::Json => write_line(&mut self.output, summary)?,
            Format::Text => self.output.write_all(summary.text().as_bytes())?,
        }
        self.output.flush()?;
        Ok(Outcome::findings_if(summary.differ + summary.bad_lines > 0))
    }
}

/// What a line was decided by.
fn as_of(entry: &Entry<'_>) -> Option<AsOf> {
    Some(AsOf {
        at: entry.at.parse().ok()?,
        known_at: entry.known_at.map(str::parse).transpose().ok()?,
    })
}

fn write_line(output: &mut Output, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *output, value).map_err(std::io::Error::from)?;
    output.write_all(b"\n")?;
    Ok(())
}

impl Summary {
    fn note(&mut self, was: &Side<'_>, now: &Side<'_>, place: &str) {
        self.differ += 1;
        let change = match was.verdict == now.verdict {
            true => format!("{}, by other rules", was.verdict),
            false => format!("{} → {}", was.verdict, now.verdict),
        };
        let first = || (0, place.to_owned());
        self.changes.entry(change).or_insert_with(first).0 += 1;
    }

    fn text(&self) -> String {
        let decided = self.same + self.differ;
        let mut text = format!(
            "{} decided again: {} the same, {} not\n",
            decided, self.same, self.differ
        );
        let rows = self.changes.iter().map(|(change, (count, place))| {
            [
                change.clone(),
                count.to_string(),
                format!("first in {place}"),
            ]
        });
        if self.differ > 0 {
            text += &columns(rows);
        }
        for (reason, count) in &self.not_decided {
            let lines = counted(*count, "line");
            text += &format!("{lines} not decided: {}\n", visible(reason));
        }
        if self.bad_lines > 0 {
            text += &format!("{}\n", counted(self.bad_lines, "bad line"));
        }
        text
    }
}

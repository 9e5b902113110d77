//! `interdict test`

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueHint};
use interdict::judge::{Mismatch, judge, try_test, why};
use interdict::model::{self, Expected};
use interdict::render::visible;
use interdict::source::Sources;
use interdict::{Build, build};
use interdict_matcher::{AsOf, Decision, Instant, Matcher, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::files::{Lines, plain};
use super::output::{self, Output};
use super::{Failure, Format, Outcome, policies};

const EXAMPLES: &str = "\
Examples:
  interdict test rules
  interdict test rules --cases cases/seeds.jsonl --cases cases/more.jsonl
  interdict test rules.matcher --cases cases/seeds.jsonl --format json

A line of a case file is {\"id\": ..., \"at\": \"2018-04-18T12:00:00+08:00\", \"item\": {...}, \"expect\": {...}};
\"known_at\" may stand beside \"at\"; \"expect\" may hold \"verdict\", \"rules\", \"upcoming\", \"needs\", \"lifted\" and \"penalty\": \"withheld\".

Exit codes: 0 all passed, 1 some failed, 2 could not run";

/// Runs the examples and tests of policies, and files of cases
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Test {
    /// Policy files, or folders with `.policy` files; or a compiled artifact, if --cases are given
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// A file of cases, a JSON object a line
    #[arg(long, value_name = "FILE.jsonl", value_hint = ValueHint::FilePath)]
    cases: Vec<PathBuf>,
    /// How to report
    #[arg(long, default_value = "text")]
    format: Format,
}

impl Test {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut report = Report::new(self.format);
        if policies::some_artifact(&self.paths)? {
            self.run_artifact(&mut report)?;
        } else {
            self.run_policies(&mut report)?;
        }
        report.end()
    }

    fn run_artifact(&self, report: &mut Report) -> Result<(), Failure> {
        let [path] = self.paths.as_slice() else {
            let reason = "a compiled artifact is tested alone: give one artifact, or policies";
            return Err(Failure::because(reason));
        };
        if self.cases.is_empty() {
            let name = path.display();
            let reason = format!(
                "`{name}` is compiled and holds no tests: add --cases, or give its policies"
            );
            return Err(Failure::because(reason));
        }
        self.run_cases(&policies::open(path)?, report)
    }

    fn run_policies(&self, report: &mut Report) -> Result<(), Failure> {
        let sources = Sources::read(&self.paths)?;
        let (built, diagnostics) = build(&sources);
        let Build {
            artifact, tests, ..
        } = policies::usable(built, &diagnostics, &sources, &self.paths)?;
        let matcher = policies::load(artifact)?;
        for test in &tests {
            run_test(&matcher, test, &sources, report)?;
        }
        self.run_cases(&matcher, report)
    }

    fn run_cases(&self, matcher: &Matcher, report: &mut Report) -> Result<(), Failure> {
        for path in &self.cases {
            let mut lines = Lines::open(path)?;
            while let Some(line) = lines.next()? {
                let case = line.text.and_then(|text| Case::read(text, &line.place));
                match case {
                    Ok(case) => case.run(matcher, &line.place, report)?,
                    Err(problem) => report.unread(&line.place, "", &problem)?,
                }
            }
        }
        Ok(())
    }
}

fn run_test(
    matcher: &Matcher,
    test: &model::Test,
    sources: &Sources,
    report: &mut Report,
) -> Result<(), Failure> {
    let place = sources
        .file(test.span.file)
        .map_or(String::new(), |source| {
            let (line, _) = source.line_column(test.span.start);
            format!("{}:{line}", source.shown_path())
        });
    let item = test.item.to_string();
    let tried = try_test(matcher, test, |mismatches, decision| {
        report.judged(&test.name, &place, &item, mismatches, decision)
    });
    match tried {
        Ok(reported) => reported,
        Err(error) => report.unread(&place, &test.name, &plain(&error)),
    }
}

/// A line of a case file.
struct Case<'a> {
    id: String,
    as_of: AsOf,
    item: &'a str,
    expected: Expected,
}

#[derive(Deserialize)]
struct CaseLine<'a> {
    #[serde(default)]
    id: Value,
    at: Option<String>,
    known_at: Option<String>,
    #[serde(borrow)]
    item: Option<&'a RawValue>,
    expect: Option<Value>,
}

impl<'a> Case<'a> {
    fn read(text: &'a str, place: &str) -> Result<Case<'a>, String> {
        let line: CaseLine<'_> =
            serde_json::from_str(text).map_err(|error| format!("not a case: {}", plain(&error)))?;
        let lacks = |key: &str| format!("a case needs `{key}`");
        let instant = |key: &str, text: String| -> Result<Instant, String> {
            text.parse().map_err(|error| format!("{key}: {error}"))
        };
        let at = instant("at", line.at.ok_or_else(|| lacks("at"))?)?;
        let known_at = line.known_at.map(|text| instant("known_at", text));
        let known_at = known_at.transpose()?;
        Ok(Case {
            id: match line.id {
                Value::String(id) => id,
                Value::Null => place.to_owned(),
                other => other.to_string(),
            },
            as_of: AsOf { at, known_at },
            item: line.item.ok_or_else(|| lacks("item"))?.get(),
            expected: Expected::from_json(&line.expect.ok_or_else(|| lacks("expect"))?)?,
        })
    }

    fn run(&self, matcher: &Matcher, place: &str, report: &mut Report) -> Result<(), Failure> {
        let item = match matcher.item(self.item.as_bytes()) {
            Ok(item) => item,
            Err(error) => return report.unread(place, &self.id, &plain(&error)),
        };
        let decision = matcher.decide_as_of(&item, self.as_of);
        let mismatches = judge(&self.expected, &decision);
        report.judged(&self.id, place, self.item, &mismatches, &decision)
    }
}

/// Shows what came of each case, and counts.
struct Report {
    output: Output,
    format: Format,
    passed: usize,
    failed: usize,
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    pass: bool,
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mismatches: Vec<ShownMismatch<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    place: &'a str,
}

#[derive(Serialize)]
struct ShownMismatch<'a> {
    what: &'a str,
    expected: &'a str,
    found: &'a str,
}

impl Report {
    fn new(format: Format) -> Report {
        Report {
            output: Output::new(),
            format,
            passed: 0,
            failed: 0,
        }
    }

    /// A case that was decided.
    fn judged(
        &mut self,
        id: &str,
        place: &str,
        item: &str,
        mismatches: &[Mismatch],
        decision: &Decision<'_>,
    ) -> Result<(), Failure> {
        let pass = mismatches.is_empty();
        self.count(pass);
        if self.format == Format::Json {
            let shown = mismatches.iter().map(|one| ShownMismatch {
                what: one.what,
                expected: &one.expected,
                found: &one.found,
            });
            return self.line(&Shown {
                id,
                pass,
                verdict: Some(decision.verdict),
                mismatches: shown.collect(),
                problem: None,
                place,
            });
        }
        if pass {
            return Ok(());
        }
        self.head(id, place)?;
        for one in mismatches {
            let (what, expected, found) = (one.what, visible(&one.expected), visible(&one.found));
            writeln!(self.output, "  {what:9} expected {expected}, found {found}")?;
        }
        writeln!(self.output, "  item      {}", visible(&shortened(item)))?;
        writeln!(self.output, "  because   {}\n", visible(&why(decision)))?;
        Ok(())
    }

    /// A case that could not be decided.
    fn unread(&mut self, place: &str, id: &str, problem: &str) -> Result<(), Failure> {
        self.count(false);
        let id = if id.is_empty() { place } else { id };
        if self.format == Format::Json {
            return self.line(&Shown {
                id,
                pass: false,
                verdict: None,
                mismatches: Vec::new(),
                problem: Some(problem),
                place,
            });
        }
        self.head(id, place)?;
        writeln!(self.output, "  problem   {}\n", visible(problem))?;
        Ok(())
    }

    fn count(&mut self, pass: bool) {
        *(if pass {
            &mut self.passed
        } else {
            &mut self.failed
        }) += 1;
    }

    fn line(&mut self, shown: &Shown<'_>) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.output, shown).map_err(std::io::Error::from)?;
        self.output.write_all(b"\n")?;
        Ok(())
    }

    fn head(&mut self, id: &str, place: &str) -> Result<(), Failure> {
        let failed = self.paint("failed", AnsiColor::Red.on_default().bold());
        let place = if id == place {
            String::new()
        } else {
            format!("  ({})", visible(place))
        };
        writeln!(self.output, "{failed}  {}{place}", visible(id))?;
        Ok(())
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.output.coloured {
            output::paint(text, style)
        } else {
            text.to_owned()
        }
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        let summary = format!("{} passed, {} failed", self.passed, self.failed);
        match self.format {
            Format::Text => writeln!(self.output, "{summary}")?,
            Format::Json => {}
        }
        self.output.flush()?;
        if self.format == Format::Json {
            output::note(&summary);
        }
        Ok(Outcome::findings_if(self.failed > 0))
    }
}

/// At most 500 characters of an item.
fn shortened(item: &str) -> String {
    match item.char_indices().nth(500) {
        Some((end, _)) => format!("{}…", &item[..end]),
        None => item.to_owned(),
    }
}

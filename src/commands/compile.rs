//! `interdict compile`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueHint};
use interdict::Phase;
use interdict::render::{counted, visible};
use interdict::source::Sources;
use interdict_matcher::Matcher;

use super::output::{self, Output};
use super::{Failure, Outcome, files, policies};

const EXAMPLES: &str = "\
Examples:
  interdict compile rules -o rules.matcher
  interdict compile rules/taobao.policy rules/vocabulary -o taobao.matcher

The file is written beside the old one and renamed over it, so that services that read it always
find one that is whole. When anything fails, the old one stays.

Exit codes: 0 fine, 1 errors in the policies, 2 could not run";

/// Compiles policies into an artifact that services load
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compile {
    /// Policy files, or folders with `.policy` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// The artifact to write
    #[arg(short, long, value_name = "OUT.matcher", value_hint = ValueHint::FilePath)]
    output: PathBuf,
    /// Say how long each phase took
    #[arg(long)]
    timings: bool,
}

impl Compile {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        self.refuse_to_overwrite()?;
        let mut timings = Timings::begin("read");
        let sources = Sources::read(&self.paths)?;
        let mut begins = |phase: Phase| timings.next(phase.name());
        let compilation = interdict::compile_observed(&sources, &mut begins);
        output::diagnostics(&compilation.diagnostics, &sources);
        let Some(artifact) = compilation.artifact else {
            return Ok(Outcome::Findings);
        };
        let size = artifact.len();
        timings.next("write");
        files::replace(&self.output, &artifact)?;
        timings.next("");
        let matcher = policies::load(artifact)?;
        let name = self.output.display().to_string();
        let mut output = Output::new();
        writeln!(output, "wrote       {}", visible(&name))?;
        writeln!(output, "size        {}", files::size(size))?;
        writeln!(output, "content id  {}", matcher.content_id_hex())?;
        writeln!(output, "rules       {}", rules(&matcher))?;
        if self.timings {
            for (phase, time) in &timings.phases {
                let milliseconds = time.as_secs_f64() * 1e3;
                writeln!(output, "  {phase:10}{milliseconds:9.1} ms")?;
            }
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

impl Compile {
    /// An artifact may take the place of an older one, and of nothing else.
    fn refuse_to_overwrite(&self) -> Result<(), Failure> {
        if !self.output.is_file() || files::is_artifact(&self.output)? {
            return Ok(());
        }
        let name = self.output.display();
        Err(Failure::because(format!(
            "`{name}` is there and is no compiled policy; give another name with -o, or remove it"
        )))
    }
}

/// What the phases took.
struct Timings {
    phases: Vec<(&'static str, Duration)>,
    phase: &'static str,
    since: Instant,
}

impl Timings {
    fn begin(phase: &'static str) -> Timings {
        Timings {
            phases: Vec::new(),
            phase,
            since: Instant::now(),
        }
    }

    /// Ends a phase and begins the next.
    fn next(&mut self, phase: &'static str) {
        self.phases.push((self.phase, self.since.elapsed()));
        (self.phase, self.since) = (phase, Instant::now());
    }
}

/// How many rules, and over how many stretches of time.
fn rules(matcher: &Matcher) -> String {
    let rows = matcher.view().rules;
    let ids: BTreeSet<u32> = rows.iter().map(|(_, rule)| rule.id).collect();
    let policies = matcher.view().policies.len();
    let policies = match policies {
        1 => "1 policy".to_owned(),
        _ => format!("{policies} policies"),
    };
    format!("{} in {policies}", counted(ids.len(), "rule"))
}

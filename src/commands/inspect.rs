//! `interdict inspect`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use interdict::render::{counted, visible};
use interdict_matcher::artifact::{MAJOR, NEVER, OWNER_TERM, Rule, View};
use interdict_matcher::{Instant, Layer, Matcher, Verdict};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::output::{Output, columns};
use super::{Failure, Format, Outcome, files, policies};

const EXAMPLES: &str = "\
Examples:
  interdict inspect rules.matcher
  interdict inspect rules.matcher --source          the policies that it was compiled from
  interdict inspect rules.matcher --format json | jq -r '.rules[].id'

Exit codes: 0 fine, 2 could not run";

/// Shows what is in a compiled artifact
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Inspect {
    /// The artifact
    #[arg(value_name = "X.matcher", value_hint = ValueHint::FilePath)]
    artifact: PathBuf,
    /// Show the policy text that the artifact embeds
    #[arg(long)]
    source: bool,
    /// How to show it
    #[arg(long, default_value = "text")]
    format: Format,
}

impl Inspect {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let matcher = policies::open(&self.artifact)?;
        let mut output = Output::new();
        match (self.source, self.format) {
            (true, Format::Text) => {
                for file in files_of(matcher.view()) {
                    let lines = file.text.split('\n').map(visible);
                    let text = lines.collect::<Vec<_>>().join("\n");
                    write!(output, "# ---- {}\n\n{text}\n", visible(file.name))?;
                }
            }
            (true, Format::Json) => {
                for file in files_of(matcher.view()) {
                    write_line(&mut output, &file)?;
                }
            }
            (false, Format::Json) => write_line(&mut output, &Contents::of(&matcher))?,
            (false, Format::Text) => output.write_all(Contents::of(&matcher).text().as_bytes())?,
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }
}

fn write_line(output: &mut Output, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *output, value).map_err(std::io::Error::from)?;
    output.write_all(b"\n")?;
    Ok(())
}

/// Everything that is shown.
#[derive(Serialize)]
struct Contents<'a> {
    format: String,
    compiler: &'a str,
    unicode: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    zone_data: &'a str,
    content_id: String,
    policies: Vec<PolicyShown<'a>>,
    rules: Vec<RuleShown<'a>>,
    terms: Vec<TermShown<'a>>,
    lists: Vec<ListShown<'a>>,
    sources: Vec<SourceShown<'a>>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct PolicyShown<'a> {
    name: &'a str,
    title: Option<&'a str>,
    zone: &'a str,
    file: &'a str,
}

/// A rule as it stands over one stretch of time.
#[derive(Serialize)]
struct RuleShown<'a> {
    id: &'a str,
    verdict: Verdict,
    layer: Layer,
    effective: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<&'a str>,
    /// Instants; none: since always, or never.
    announced: Option<Instant>,
    possible: Option<Instant>,
    from: Option<Instant>,
    enforced: Option<Instant>,
    until: Option<Instant>,
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct TermShown<'a> {
    name: &'a str,
    spellings: usize,
}

#[derive(Serialize)]
struct ListShown<'a> {
    name: &'a str,
    entries: u32,
    hash: &'a str,
}

#[derive(Serialize)]
struct SourceShown<'a> {
    name: &'a str,
    kind: &'a str,
    title: &'a str,
    dated: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Section {
    section: &'static str,
    bytes: usize,
}

#[derive(Serialize)]
struct FileShown<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Contents<'a> {
    fn of(matcher: &'a Matcher) -> Contents<'a> {
        let view = matcher.view();
        let strings = view.strings;
        let meta = view.meta.row(0);
        let sections = matcher.directory().sizes().into_iter();
        Contents {
            format: format!("{MAJOR}.{}", matcher.directory().minor()),
            compiler: strings.get(meta.compiler),
            unicode: strings.get(meta.unicode),
            zone_data: strings.get(meta.zone_data),
            content_id: matcher.content_id_hex(),
            policies: policies_of(view),
            rules: rules_of(view),
            terms: terms_of(view),
            lists: lists_of(view),
            sources: sources_of(view),
            sections: sections
                .map(|(section, bytes)| Section { section, bytes })
                .collect(),
        }
    }
}

fn policies_of<'a>(view: View<'a>) -> Vec<PolicyShown<'a>> {
    let policies = view.policies.iter().map(|(_, policy)| PolicyShown {
        name: view.strings.get(policy.name),
        title: view.strings.maybe(policy.title),
        zone: view.strings.get(policy.zone),
        file: view.strings.get(view.files.row(policy.file).name),
    });
    policies.collect()
}

fn rules_of<'a>(view: View<'a>) -> Vec<RuleShown<'a>> {
    let zones = view
        .policies
        .iter()
        .map(|(_, policy)| TimeZone::get(view.strings.get(policy.zone)).unwrap_or(TimeZone::UTC));
    let zones: Vec<TimeZone> = zones.collect();
    // What is known today; how rules were held to stand before is for decisions that ask.
    let rules = view.rules.iter();
    let rules = rules.filter(|(_, rule)| rule.known_until == NEVER);
    let rules = rules.map(|(_, rule)| {
        let zone = zones.get(rule.policy as usize).cloned();
        rule_shown(view, rule, &zone.unwrap_or(TimeZone::UTC))
    });
    rules.collect()
}

fn rule_shown<'a>(view: View<'a>, rule: Rule, zone: &TimeZone) -> RuleShown<'a> {
    let instant = |epoch| instant(view, epoch, zone);
    RuleShown {
        id: view.strings.get(rule.id),
        verdict: Verdict::from_index(rule.verdict).unwrap_or(Verdict::Review),
        layer: Layer::from_index(rule.layer).unwrap_or(Layer::Platform),
        effective: view.strings.get(rule.effective),
        reading: view.strings.maybe(rule.reading),
        announced: instant(rule.announced).filter(|_| rule.announced < rule.possible),
        possible: instant(rule.possible).filter(|_| rule.possible < rule.certain),
        from: instant(rule.certain),
        enforced: instant(rule.enforced).filter(|_| rule.enforced > rule.certain),
        until: instant(rule.until),
        file: view.strings.get(view.files.row(rule.file).name),
        line: rule.line,
    }
}

/// The boundary that begins an epoch, shown in a zone.
fn instant(view: View<'_>, epoch: u32, zone: &TimeZone) -> Option<Instant> {
    let boundary = epoch
        .checked_sub(1)
        .filter(|_| epoch != NEVER && epoch <= view.epoch_count())?;
    let seconds = view.boundary(boundary);
    let offset = Timestamp::from_second(seconds).map_or(0, |stamp| zone.to_offset(stamp).seconds());
    Some(Instant::from_unix_seconds(seconds).with_offset(offset))
}

fn terms_of<'a>(view: View<'a>) -> Vec<TermShown<'a>> {
    let mut spellings: BTreeMap<u32, usize> = BTreeMap::new();
    for (owner, range) in view.owned() {
        if owner.kind == OWNER_TERM {
            *spellings.entry(owner.row).or_default() += range.len();
        }
    }
    let terms = view.terms.iter().map(|(number, term)| TermShown {
        name: view.strings.get(term.name),
        spellings: spellings.get(&number).copied().unwrap_or(0),
    });
    terms.collect()
}

fn lists_of<'a>(view: View<'a>) -> Vec<ListShown<'a>> {
    let lists = view.lists.iter().map(|(_, list)| ListShown {
        name: view.strings.get(list.name),
        entries: list.entries,
        hash: view.strings.get(list.hash),
    });
    lists.collect()
}

fn sources_of<'a>(view: View<'a>) -> Vec<SourceShown<'a>> {
    let sources = view.sources.iter().map(|(_, source)| SourceShown {
        name: view.strings.get(source.name),
        kind: view.strings.get(source.kind),
        title: view.strings.get(source.title),
        dated: view.strings.maybe(source.dated),
        url: view.strings.maybe(source.url),
    });
    sources.collect()
}

fn files_of<'a>(view: View<'a>) -> impl Iterator<Item = FileShown<'a>> {
    view.files.iter().map(move |(_, file)| FileShown {
        name: view.strings.get(file.name),
        text: view.strings.get(file.text),
    })
}

// ------------------------------------------------------------------------------------ text

impl Contents<'_> {
    fn text(&self) -> String {
        let total: usize = self.sections.iter().map(|one| one.bytes).sum();
        let zone_data = match self.zone_data {
            "" => "not used",
            version => version,
        };
        let size = files::size(total);
        let head = [
            ["format", &self.format],
            ["compiler", self.compiler],
            ["unicode", self.unicode],
            ["zone data", zone_data],
            ["content id", &self.content_id],
            ["size", &size],
        ];
        let mut out = columns(head.map(owned));
        section(&mut out, "policies", &self.policies, |one| {
            owned([one.name, one.zone, one.file, one.title.unwrap_or("")])
        });
        section(&mut out, "rules", &self.rules, RuleShown::row);
        section(&mut out, "terms", &self.terms, |one| {
            owned([one.name, &counted(one.spellings, "spelling")])
        });
        section(&mut out, "lists", &self.lists, |one| {
            owned([one.name, &format!("{} entries", one.entries), one.hash])
        });
        section(&mut out, "sources", &self.sources, |one| {
            owned([one.name, one.kind, one.dated.unwrap_or(""), one.title])
        });
        section(&mut out, "sizes", &self.sections, |one| {
            owned([one.section, &format!("{:>10}", one.bytes)])
        });
        out
    }
}

impl RuleShown<'_> {
    fn row(&self) -> [String; 4] {
        let mut times = Vec::new();
        let mut say = |word: &str, at: Option<Instant>| {
            if let Some(at) = at {
                times.push(format!("{word} {at}"));
            }
        };
        say("announced", self.announced);
        say("uncertain from", self.possible);
        say("from", self.from);
        say("penalties from", self.enforced);
        say("until", self.until);
        if times.is_empty() {
            times.push("always".to_owned());
        }
        if let Some(reading) = self.reading {
            times.push(format!("if read as: {reading}"));
        }
        [
            self.id.to_owned(),
            self.verdict.to_string(),
            self.layer.to_string(),
            times.join(", "),
        ]
    }
}

fn section<T, const N: usize>(
    out: &mut String,
    name: &str,
    rows: &[T],
    row: impl Fn(&T) -> [String; N],
) {
    if !rows.is_empty() {
        let count = rows.len();
        *out += &format!("\n{name} ({count})\n{}", columns(rows.iter().map(row)));
    }
}

fn owned<const N: usize>(row: [&str; N]) -> [String; N] {
    row.map(str::to_owned)
}

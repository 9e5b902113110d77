//! `interdict explain`

mod changes;
mod facts;
mod grounds;
mod json;
mod lines;
mod markdown;
mod page;
mod reading;
mod sentence;
mod text;
mod why;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use interdict_matcher::{Account, Aim, Instant, Outcome as Became, RuleAccount, Verdict};

use super::decide::read_at;
use super::files::plain;
use super::output::Output;
use super::{Failure, Outcome, policies};
use page::Page;
use reading::read_item;
pub(in crate::commands) use sentence::code;

const EXAMPLES: &str = "\
Examples:
  interdict explain rules item.json --at 2018-04-18T12:00:00+08:00
  interdict explain rules.matcher items.jsonl:17              the item of line 17
  interdict explain rules.matcher item.json --rule T2         one rule, part by part
  interdict explain rules item.json --toward ban              what it would take to ban an item
  jq -c '.item' case.json | interdict explain rules - --at 2018-04-18 --format markdown

ITEM is as a line of `interdict decide`: an item, or an item with its instant. Its own instant wins
over --at.

Exit codes: 0 explained, 2 could not run";

/// Says why an item is decided as it is, rule by rule
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// A compiled artifact; or a policy file or a folder of them, compiled in memory
    #[arg(value_name = "POLICIES-OR-MATCHER", value_hint = ValueHint::AnyPath)]
    policies: PathBuf,
    /// A file with one item; or a file of lines and the number of one; `-` is standard input
    #[arg(value_name = "ITEM.json", value_hint = ValueHint::FilePath)]
    item: PathBuf,
    /// The instant to judge at: with its offset, or a date, which is 00:00 UTC
    #[arg(long, value_name = "INSTANT", value_parser = read_at)]
    at: Option<Instant>,
    /// By when something must have been published to be known: later rules and acts are not there
    /// [default: all is known]
    #[arg(long, value_name = "INSTANT", value_parser = read_at)]
    known_at: Option<Instant>,
    /// Explain one rule alone, part by part, whatever became of it
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// Explain every rule part by part, those for other places and times too
    #[arg(long)]
    all: bool,
    /// The verdict to search changes for, instead of a looser one
    #[arg(long, value_name = "VERDICT", value_parser = read_verdict)]
    toward: Option<Verdict>,
    /// What else a change may touch
    #[arg(long, value_name = "WHAT")]
    also: Option<Also>,
    /// How to show it
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Also {
    /// The platform, channel, country and market
    Place,
}

fn read_verdict(word: &str) -> Result<Verdict, String> {
    let words = || {
        Verdict::ALL
            .iter()
            .map(|one| one.word())
            .collect::<Vec<_>>()
    };
    Verdict::from_word(word).ok_or_else(|| format!("one of {} is needed", words().join(", ")))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: one object
    Json,
    /// For tickets and mails
    Markdown,
}

impl Explain {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let matcher = policies::matcher(&self.policies)?;
        let (place, item) = read_item(&self.item)?;
        let request = matcher.request(item.as_bytes());
        let request =
            request.map_err(|error| Failure::because(format!("{place}: {}", plain(&error))))?;
        let as_of = request.as_of(self.at, self.known_at).ok_or_else(|| {
            Failure::because(format!(
                "{place}: no instant: give --at, or write {{\"at\": \"...\", \"item\": {{...}}}}"
            ))
        })?;
        let account = matcher.explain(&request.item, as_of);
        let aim = Aim {
            toward: self.toward,
            place: self.also == Some(Also::Place),
            ..Aim::default()
        };
        let changes = matcher.changes(&request.item, as_of, aim);
        let page = Page {
            account: &account,
            changes: &changes,
            toward: self.toward,
            rules: self.chosen(&account)?,
            item: &item,
            place: &place,
            whole: self.all || self.rule.is_some(),
        };
        let mut output = Output::new();
        let shown = match self.format {
            Format::Text => text::draw(&page, &output),
            Format::Json => json::write(&page)?,
            Format::Markdown => markdown::write(&page),
        };
        output.write_all(shown.as_bytes())?;
        output.flush()?;
        Ok(Outcome::Fine)
    }

    /// The rules to show: those in scope, one, or all.
    fn chosen<'a>(&self, account: &'a Account<'a>) -> Result<Vec<&'a RuleAccount<'a>>, Failure> {
        let rules = account.rules.iter();
        if let Some(id) = &self.rule {
            let named = |rule: &&RuleAccount<'_>| {
                let last = rule.rule.id.rsplit('/').next();
                rule.rule.id == id || last == Some(id)
            };
            let chosen: Vec<_> = rules.filter(named).collect();
            if chosen.is_empty() {
                return Err(why::no_rule(id, account));
            }
            return Ok(chosen);
        }
        let told = |rule: &&RuleAccount<'_>| match rule.outcome {
            Became::Fired | Became::Lifted | Became::Open | Became::Upcoming => true,
            // A rival reading speaks up where it parts from its rule.
            Became::NotMet => self.all || rule.rule.reading.is_none(),
            Became::OutOfScope | Became::NotYet | Became::Ended => self.all,
        };
        let mut chosen: Vec<_> = rules.filter(told).collect();
        // Near misses first.
        chosen.sort_by_key(|rule| {
            let near = rule.outcome == Became::NotMet && rule.condition.miss().is_near();
            (rule.outcome, !near && rule.outcome == Became::NotMet)
        });
        Ok(chosen)
    }
}

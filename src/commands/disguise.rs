//! `interdict disguise`

mod report;
mod shown;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use interdict::diagnostic::{instead, nearest};
use interdict::disguise::{Disguises, disguises, innocent};
use interdict::fold::fold_text;
use interdict::ir::{Owner, Program};
use interdict::source::Sources;
use interdict::text_index::{Edges, SpellingSpec};
use interdict_matcher::Folds;

use super::output::Output;
use super::table::Look;
use super::{Failure, Outcome, policies};
use report::Report;

const EXAMPLES: &str = "\
Examples:
  interdict disguise ICO
  interdict disguise 白皮书 --fold \"standard, sound\"
  interdict disguise ICO --in rules                  its spellings, folds, edges and guards there
  interdict disguise ICO --format json | jq '.spellings[].presets'

Every sample is made of the spelling and judged by a matcher that was compiled for it. What no
reader sees is written as an escape, such as \\u{200b}.

Exit codes: 0 fine, 2 could not run";

/// Shows how a term may be written under each fold, and what catches it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Disguise {
    /// A text, as after `also`; with --in, the name of a term
    #[arg(value_name = "TERM")]
    term: String,
    /// The policies that define the term
    #[arg(long = "in", value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// A budget to hold the samples against, as after `fold`; with --in, instead of the term's own
    #[arg(long, value_name = "FOLDS", value_parser = read_folds)]
    fold: Option<Folds>,
    /// How many spellings of a term to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    spellings: usize,
    /// How to show it
    #[arg(long, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a table a fold
    Table,
    /// For programs: one object
    Json,
}

/// Reads the names of folds, with commas between.
fn read_folds(text: &str) -> Result<Folds, String> {
    let names = text.split(',').map(str::trim);
    let folds = names.map(|name| {
        let known = || instead(name, Folds::written_names());
        Folds::from_name(name).ok_or_else(|| format!("there is no fold `{name}`; {}", known()))
    });
    folds
        .into_iter()
        .try_fold(Folds::EXACT, |all, one| Ok(all | one?))
}

impl Disguise {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let report = match self.paths.is_empty() {
            true => self.text()?,
            false => self.defined()?,
        };
        let mut output = Output::new();
        match self.format {
            Format::Table => output.write_all(report.table(Look::of(&output)).as_bytes())?,
            Format::Json => {
                serde_json::to_writer(&mut output, &report.json()).map_err(io::Error::from)?;
                output.write_all(b"\n")?;
            }
        }
        output.flush()?;
        Ok(Outcome::Fine)
    }

    /// The text as a spelling.
    fn text(&self) -> Result<Report, Failure> {
        let text = self.term.as_str();
        if fold_text(text).iter().all(|sym| sym.kind.is_blank()) {
            let reason = format!("`{text}` holds nothing that a text could match");
            return Err(Failure::because(reason));
        }
        let spelling = SpellingSpec {
            text: text.to_owned(),
            folds: self.fold.unwrap_or(Folds::PARANOID),
            edges: Edges::Auto,
        };
        Ok(Report {
            term: text.to_owned(),
            spellings: vec![disguises(&spelling)],
            left_out: 0,
            has_budget: self.fold.is_some(),
            innocent: Vec::new(),
        })
    }

    /// The term of that name.
    fn defined(&self) -> Result<Report, Failure> {
        let sources = Sources::read(&self.paths)?;
        let (build, found) = interdict::build(&sources);
        let program = policies::usable(build, &found, &sources, &self.paths)?.program;
        let number = self.number(&program)?;
        let own = |owner: &Owner| *owner == Owner::Term(number);
        let spellings = program.spellings.iter().filter(|one| own(&one.owner));
        let shown = spellings.clone().take(self.spellings).map(|one| {
            disguises(&SpellingSpec {
                text: one.text.clone(),
                folds: self.fold.unwrap_or(one.folds),
                edges: one.edges,
            })
        });
        let shown: Vec<Disguises> = shown.collect();
        Ok(Report {
            term: self.term.clone(),
            left_out: spellings.count() - shown.len(),
            spellings: shown,
            has_budget: true,
            innocent: innocent(&program, number),
        })
    }

    fn number(&self, program: &Program) -> Result<u32, Failure> {
        let names = || program.terms.iter().map(|term| term.name.as_str());
        let found = names().position(|name| name == self.term);
        found
            .and_then(|place| u32::try_from(place).ok())
            .ok_or_else(|| {
                let near = nearest(&self.term, names());
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                Failure::because(format!("no term is called `{}` there{near}", self.term))
            })
    }
}

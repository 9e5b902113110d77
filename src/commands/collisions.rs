//! `interdict collisions`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use interdict::Build;
use interdict::collide::collide;
use interdict::collision::{Benign, Collision, Kind, Standing};
use interdict::ir::{Owner, Program};
use interdict::render::{counted, visible};
use interdict::source::Sources;
use serde::Serialize;

use super::output::{self, Output, columns};
use super::{Failure, Outcome, files};

const EXAMPLES: &str = "\
Examples:
  interdict collisions rules
  interdict collisions rules --benign sold.txt
  interdict collisions rules --format json | jq 'select(.standing == \"found\")'

What is found is a mention, whatever it means. What is excepted stands in a phrase or beside a guard
of its term. What is baked in would be found if the matcher did not know ordinary words. The rank
of a word says how many words of its language are more common, in steps. `check` warns of the few
that an author must decide.

Exit codes: 0 fine, 1 errors in the policies, 2 could not run";

/// Lists the ordinary words that spellings lie in, found or not
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Collisions {
    /// Policy files, or folders with `.policy` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Texts that are innocent, one a line, to hold spellings against as well
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    benign: Option<PathBuf>,
    /// How to show them
    #[arg(long, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a table a spelling
    Table,
    /// For programs: an object a line
    Json,
}

impl Collisions {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let sources = Sources::read(&self.paths)?;
        let benign = files::benign(self.benign.as_deref())?;
        let (build, found) = interdict::build(&sources);
        let Some(Build {
            matcher, program, ..
        }) = build
        else {
            output::diagnostics(&found, &sources);
            return Ok(Outcome::Findings);
        };
        let collisions = collide(&program, matcher.view().text, &benign);
        let report = Report {
            program: &program,
            sources: &sources,
            benign: &benign,
            collisions: &collisions,
        };
        let mut output = Output::new();
        match self.format {
            Format::Table => writeln!(output, "{}{}", report.tables(), report.summary())?,
            Format::Json => report.write_lines(&mut output)?,
        }
        output.flush()?;
        if self.format == Format::Json {
            output::note(&report.summary());
        }
        Ok(Outcome::Fine)
    }
}

struct Report<'a> {
    program: &'a Program,
    sources: &'a Sources,
    benign: &'a [Benign],
    collisions: &'a [Collision],
}

/// A collision as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    term: &'a str,
    spelling: &'a str,
    folds: Vec<&'a str>,
    /// Where the spelling stands.
    place: String,
    text: &'a str,
    kind: &'a str,
    /// Where a benign text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
    start: usize,
    end: usize,
    hit: &'a str,
    needs: Vec<&'a str>,
    standing: &'a str,
}

impl<'a> Report<'a> {
    fn line(&self, collision: &'a Collision) -> Line<'a> {
        let spelling = &self.program.spellings[collision.spelling];
        let (kind, line) = match collision.kind {
            Kind::Word => ("word", None),
            Kind::Words => ("words", None),
            Kind::Benign(number) => ("benign", Some(self.benign[number].place.as_str())),
        };
        Line {
            term: self.term(collision),
            spelling: &spelling.text,
            folds: spelling.folds.names().collect(),
            place: self.place(collision),
            text: &collision.text,
            kind,
            line,
            rank: collision.rank,
            start: collision.start,
            end: collision.end,
            hit: collision.hit(),
            needs: collision.folds.names().collect(),
            standing: collision.standing.words(),
        }
    }

    fn term(&self, collision: &Collision) -> &'a str {
        match self.program.spellings[collision.spelling].owner {
            Owner::Term(term) => &self.program.terms[term as usize].name,
            Owner::Guard(_) | Owner::Phrase(_) => "",
        }
    }

    /// The file and the line in which a spelling stands.
    fn place(&self, collision: &Collision) -> String {
        let span = self.program.spellings[collision.spelling].span;
        let file = span.and_then(|span| Some((self.sources.file(span.file)?, span.start)));
        file.map_or(String::new(), |(file, start)| {
            format!("{}:{}", file.shown_path(), file.line_column(start).0)
        })
    }

    fn write_lines(&self, output: &mut Output) -> Result<(), Failure> {
        for collision in self.collisions {
            serde_json::to_writer(&mut *output, &self.line(collision)).map_err(io::Error::from)?;
            output.write_all(b"\n")?;
        }
        Ok(())
    }

    /// A table for each spelling.
    fn tables(&self) -> String {
        let mut out = String::new();
        let of_spelling = |one: &Collision, next: &Collision| one.spelling == next.spelling;
        for collisions in self.collisions.chunk_by(of_spelling) {
            let spelling = &self.program.spellings[collisions[0].spelling];
            let heading = format!(
                "{} · term {} · {} · {}",
                spelling.text,
                self.term(&collisions[0]),
                spelling.folds,
                self.place(&collisions[0])
            );
            out += &visible(&heading);
            out.push('\n');
            out += &columns(collisions.iter().map(|one| self.row(one)));
            out.push('\n');
        }
        out
    }

    fn row(&self, collision: &Collision) -> [String; 4] {
        let (text, hit) = (&collision.text, collision.hit());
        let marked = format!(
            "{}«{hit}»{}",
            &text[..collision.start],
            &text[collision.end..]
        );
        let needs = match collision.folds.is_disguise() {
            true => format!("by {}", collision.folds),
            false => "as written".to_owned(),
        };
        let known = match (collision.kind, collision.rank) {
            (Kind::Benign(number), _) => self.benign[number].place.clone(),
            (_, Some(rank)) => format!("rank {rank}"),
            (_, None) => String::new(),
        };
        let standing = collision.standing.words().to_owned();
        [standing, marked, needs, known]
    }

    fn summary(&self) -> String {
        let count = |standing| {
            self.collisions
                .iter()
                .filter(|one| one.standing == standing)
                .count()
        };
        let all = counted(self.collisions.len(), "collision");
        let of = [Standing::Found, Standing::Excepted, Standing::BakedIn]
            .map(|standing| format!("{} {}", count(standing), standing.words()));
        format!("{all}: {}", of.join(", "))
    }
}

//! What was measured, as text and as JSON.

use std::fmt;

use interdict_matcher::text::SECTIONS;
use serde::Serialize;

use crate::hostile::{self, Slowness};
use crate::throughput::Rate;
use crate::{Index, Input};

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    terms: usize,
    english_bytes: usize,
    mixed_bytes: usize,
    rounds: usize,
    /// The most that a hostile text may take, as a multiple of an ordinary one.
    bar: f64,
    pub(crate) build: Vec<Built>,
    pub(crate) throughput: Vec<Rate>,
    pub(crate) hostile: Vec<Slowness>,
}

/// What an index takes.
#[derive(Debug, Serialize)]
pub(crate) struct Built {
    fold: String,
    milliseconds: f64,
    bytes: usize,
    sections: Vec<(&'static str, usize)>,
}

impl Built {
    pub(crate) fn of(index: &Index) -> Built {
        let sizes = index.bytes.sections.iter().map(Vec::len);
        let sections: Vec<_> = SECTIONS.iter().copied().zip(sizes).collect();
        Built {
            fold: index.name.clone(),
            milliseconds: index.milliseconds,
            bytes: sections.iter().map(|(_, size)| size).sum(),
            sections,
        }
    }
}

impl Report {
    pub(crate) fn new(input: &Input, rounds: usize) -> Report {
        Report {
            terms: input.terms.len(),
            english_bytes: input.english.len(),
            mixed_bytes: input.mixed.len(),
            rounds,
            bar: hostile::BAR,
            build: Vec::new(),
            throughput: Vec::new(),
            hostile: Vec::new(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} terms; english {:.1} MB, mixed {:.1} MB; medians of {} rounds on one core",
            self.terms,
            self.english_bytes as f64 / 1e6,
            self.mixed_bytes as f64 / 1e6,
            self.rounds,
        )?;
        for built in &self.build {
            let Built {
                fold,
                milliseconds,
                bytes,
                sections,
            } = built;
            writeln!(f, "\n{fold}: built in {milliseconds:.1} ms, {bytes} bytes")?;
            for (name, size) in sections {
                writeln!(f, "  {name:16}{size:10}")?;
            }
        }
        if !self.throughput.is_empty() {
            let [text, engine] = ["text", "engine"];
            writeln!(f, "\n{text:10}{engine:16}    MB/s  × plain    hits")?;
        }
        for rate in &self.throughput {
            writeln!(
                f,
                "{:10}{:16}{:8.1}{:9.2}{:8}",
                rate.text, rate.engine, rate.megabytes_per_second, rate.times_plain, rate.hits
            )?;
        }
        self.hostile_table(f)
    }
}

impl Report {
    /// A row a text, a column a preset.
    fn hostile_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut presets: Vec<&str> = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        for one in &self.hostile {
            if !presets.contains(&one.fold.as_str()) {
                presets.push(&one.fold);
            }
            if !texts.contains(&one.text) {
                texts.push(one.text);
            }
        }
        if texts.is_empty() {
            return Ok(());
        }
        write!(f, "\n{:22}", "hostile text")?;
        for preset in &presets {
            write!(f, "{preset:>16}")?;
        }
        writeln!(f, "   time a byte, × ordinary, `!` above {}", self.bar)?;
        for text in texts {
            write!(f, "{text:22}")?;
            for one in self.hostile.iter().filter(|one| one.text == text) {
                let mark = if one.over() { '!' } else { ' ' };
                write!(f, "{:15.2}{mark}", one.times_ordinary)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

//! What was measured, as text and as JSON.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engines::{FOLDING, OURS};

/// Everything that was asked for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    /// What was not built in, and how to have it.
    pub(crate) absent: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) terms: Vec<Terms>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) conditions: Vec<Conditions>,
}

/// An engine on so many terms.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Terms {
    /// `rare` or `frequent`.
    pub(crate) kind: String,
    pub(crate) terms: usize,
    pub(crate) engine: String,
    pub(crate) megabytes_per_second: f64,
    pub(crate) hits: usize,
    pub(crate) build_milliseconds: f64,
    pub(crate) bytes: Option<usize>,
    pub(crate) load_milliseconds: Option<f64>,
}

/// An engine on so many rules.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Conditions {
    pub(crate) rules: usize,
    pub(crate) engine: String,
    pub(crate) microseconds: f64,
    /// How many of the rules were met by the items together.
    pub(crate) met: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for absent in &self.absent {
            writeln!(f, "{absent}")?;
        }
        let mut run = ("", 0);
        for one in &self.terms {
            if run != (one.kind.as_str(), one.terms) {
                run = (&one.kind, one.terms);
                let head = format!("{} {} terms", run.1, run.0);
                writeln!(
                    f,
                    "\n{head:24}    MB/s      hits  build ms    MB stored   load ms"
                )?;
            }
            let (engine, rate, hits) = (&one.engine, one.megabytes_per_second, one.hits);
            write!(
                f,
                "  {engine:22}{rate:8.1}{hits:10}{:10.0}",
                one.build_milliseconds
            )?;
            match one.bytes {
                Some(bytes) => write!(f, "{:13.2}", bytes as f64 / 1e6)?,
                None => write!(f, "{:>13}", "–")?,
            }
            match one.load_milliseconds {
                Some(load) => writeln!(f, "{load:10.2}")?,
                None => writeln!(f, "{:>10}", "–")?,
            }
            if self.is_last(one)
                && let Some(ratio) = self.ratio(one)
            {
                writeln!(f, "  {OURS} against the better that folds: {ratio:.2}")?;
            }
        }
        let mut rules = 0;
        for one in &self.conditions {
            if rules != one.rules {
                rules = one.rules;
                writeln!(
                    f,
                    "\n{:24}{:>12}{:>10}",
                    format!("{rules} rules"),
                    "µs",
                    "met"
                )?;
            }
            writeln!(
                f,
                "  {:22}{:12.2}{:10}",
                one.engine, one.microseconds, one.met
            )?;
        }
        Ok(())
    }
}

impl Report {
    /// The engines of one run.
    fn run<'a>(&'a self, of: &'a Terms) -> impl Iterator<Item = &'a Terms> {
        let is_of = |one: &&Terms| one.kind == of.kind && one.terms == of.terms;
        self.terms.iter().filter(is_of)
    }

    fn is_last(&self, one: &Terms) -> bool {
        self.run(one)
            .last()
            .is_some_and(|last| std::ptr::eq(last, one))
    }

    /// How much faster Interdict is in a run than the better of the peers that fold.
    fn ratio(&self, of: &Terms) -> Option<f64> {
        let rate = |name: &str| {
            let mut run = self.run(of);
            run.find(|one| one.engine == name)
                .map(|one| one.megabytes_per_second)
        };
        let best = FOLDING
            .iter()
            .filter_map(|name| rate(name))
            .reduce(f64::max)?;
        Some(rate(OURS)? / best)
    }
}

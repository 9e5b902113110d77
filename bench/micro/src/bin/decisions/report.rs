//! What was measured, as text and as JSON.

use std::fmt;

use serde::Serialize;

use crate::lines::Line;
use crate::rules::Rules;

/// Everything that was asked for.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) rules: Vec<Rules>,
    pub(crate) lines: Vec<Line>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rules.is_empty() {
            writeln!(
                f,
                "{:12}{:>8}{:>12}{:>8}{:>12}{:>8}{:>12}{:>8}",
                "about", "rules", "ns", "×", "bare ns", "×", "verdict ns", "×"
            )?;
        }
        for one in &self.rules {
            writeln!(
                f,
                "{:12}{:8}{:12.0}{:8.2}{:12.0}{:8.2}{:12.0}{:8.2}",
                one.shape,
                one.rules,
                one.nanoseconds,
                one.times,
                one.bare_nanoseconds,
                one.bare_times,
                one.verdict_nanoseconds,
                one.verdict_times
            )?;
        }
        let mut policy = "";
        for one in &self.lines {
            if one.policy != policy {
                policy = &one.policy;
                writeln!(f, "\n{:32}{:>8}  × parsing", policy, "ns")?;
            }
            let (step, time, times) = (one.step, one.nanoseconds, one.times_parsing);
            writeln!(f, "  {step:30}{time:8.0}{times:11.2}")?;
        }
        Ok(())
    }
}

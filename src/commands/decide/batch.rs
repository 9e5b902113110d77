//! Lines that are decided together, so that all cores have work and memory is bounded.

use interdict_matcher::Scratch;
use rayon::prelude::*;

use super::judge::{Bad, Decided, Judge};
use crate::commands::Failure;
use crate::commands::files::Lines;

/// The most lines of a batch, and the bytes after which it takes no more.
const MOST_LINES: usize = 4096;
const MOST_BYTES: usize = 4 << 20;
/// Lines that one core decides in a row, with memory that the first of them warms.
const ROW: usize = 64;

/// Some of the lines, in their order.
#[derive(Default)]
pub(super) struct Batch {
    lines: Vec<Kept>,
}

/// A line, kept.
struct Kept {
    place: String,
    text: Result<String, String>,
}

impl Batch {
    /// The next lines: as many as fit, or as are there without waiting. Empty at the end.
    pub(super) fn read(lines: &mut Lines) -> Result<Batch, Failure> {
        let mut batch = Batch::default();
        let mut bytes = 0;
        while let Some(line) = lines.next()? {
            bytes += line.text.as_ref().map_or(0, |text| text.len());
            batch.lines.push(Kept {
                place: line.place,
                text: line.text.map(str::to_owned),
            });
            let full = batch.lines.len() >= MOST_LINES || bytes >= MOST_BYTES;
            if full || lines.may_wait() {
                break;
            }
        }
        Ok(batch)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Where the lines stand.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.place.as_str())
    }

    /// Decides every line, on the threads of the pool that this runs in.
    pub(super) fn decide(&self, judge: &Judge<'_>) -> Vec<Decided> {
        let rows = self.lines.par_chunks(ROW).map(|row| {
            let mut scratch = Scratch::default();
            let decide = |line: &Kept| match &line.text {
                Ok(text) => judge.decide(&mut scratch, &line.place, text),
                Err(problem) => Err(Bad::Because(problem.clone())),
            };
            row.iter().map(decide).collect::<Vec<_>>()
        });
        rows.flatten_iter().collect()
    }
}

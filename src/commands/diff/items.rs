//! A file of items, decided by both sides.

use std::collections::BTreeMap;
use std::path::Path;

use interdict::render::visible;
use interdict_matcher::{Decision, Instant, Matcher, Scratch, Verdict};
use serde::Serialize;

use super::super::files::{Line, Lines, plain};
use super::super::{Failure, output};

/// How many items are shown for one rule.
const MOST_SAMPLES: usize = 3;

/// What became of the items.
pub(super) struct Items {
    /// How many were decided.
    pub(super) decided: usize,
    /// Of how many the verdict changes.
    pub(super) changed: usize,
    /// How many lines hold no item.
    pub(super) bad: usize,
    /// By the rule behind the change and by verdicts.
    pub(super) groups: BTreeMap<(String, Verdict, Verdict), Group>,
}

/// Items whose verdict changes alike.
#[derive(Default)]
pub(super) struct Group {
    pub(super) count: usize,
    pub(super) samples: Vec<Sample>,
}

/// One of them: where it stands, and its line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sample {
    pub(super) place: String,
    pub(super) line: String,
}

impl Items {
    /// Decides every line by both sides.
    pub(super) fn decide(
        path: &Path,
        at: Option<Instant>,
        old: &Matcher,
        new: &Matcher,
    ) -> Result<Items, Failure> {
        let mut items = Items {
            decided: 0,
            changed: 0,
            bad: 0,
            groups: BTreeMap::new(),
        };
        let mut lines = Lines::open(path)?;
        let mut scratch = Scratch::default();
        while let Some(line) = lines.next()? {
            if let Err(problem) = items.line(&line, at, [old, new], &mut scratch) {
                items.bad += 1;
                let place = &line.place;
                output::note(&visible(&format!("{place}: {problem}")));
            }
        }
        Ok(items)
    }

    fn line(
        &mut self,
        line: &Line<'_>,
        at: Option<Instant>,
        sides: [&Matcher; 2],
        scratch: &mut Scratch,
    ) -> Result<(), String> {
        let text = line.text.clone()?;
        let mut requests = Vec::new();
        for side in sides {
            let request = side.request(text.as_bytes());
            requests.push(request.map_err(|error| plain(&error))?);
        }
        let at = requests[0].at.or(at);
        let at = at.ok_or("no instant: give --at, or write {\"at\": \"...\", \"item\": {...}}")?;
        let old = sides[0].decide_with(scratch, &requests[0].item, at);
        let new = sides[1].decide_with(scratch, &requests[1].item, at);
        self.decided += 1;
        if old.verdict != new.verdict {
            self.changed += 1;
            let key = (behind(&old, &new), old.verdict, new.verdict);
            let group = self.groups.entry(key).or_default();
            group.count += 1;
            if group.samples.len() < MOST_SAMPLES {
                group.samples.push(Sample {
                    place: line.place.clone(),
                    line: text.trim().to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The rule behind a change: the primary one of the side that is stricter, or the first that may fire.
fn behind(old: &Decision<'_>, new: &Decision<'_>) -> String {
    let stricter = if old.verdict > new.verdict { old } else { new };
    let fired = stricter.rules.iter();
    let primary = fired
        .filter(|rule| rule.verdict == stricter.verdict)
        .map(|rule| rule.id)
        .next();
    let possible = stricter.possible.first().map(|rule| rule.id);
    primary.or(possible).unwrap_or_default().to_owned()
}

//! Decisions by the number of rules.

use interdict_matcher::{Item, Matcher, Scratch};
use interdict_micro::{Failure, matcher};
use interdict_workload::measure::{median, seconds};
use interdict_workload::policies::{AT, ITEM_RULES, Shape};
use serde::Serialize;

/// What decisions take with so many rules of a shape.
#[derive(Debug, Serialize)]
pub(crate) struct Rules {
    pub(crate) shape: &'static str,
    pub(crate) rules: usize,
    /// With a listing of about 780 bytes.
    pub(crate) nanoseconds: f64,
    /// The same, as a multiple of what the fewest rules take.
    pub(crate) times: f64,
    /// Without the listing, so that the rules are most of what is left.
    pub(crate) bare_nanoseconds: f64,
    pub(crate) bare_times: f64,
    /// Without the listing, and with the verdict alone for an answer.
    pub(crate) verdict_nanoseconds: f64,
    pub(crate) verdict_times: f64,
}

/// What is asked of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Decision,
    Verdict,
}

/// A matcher of so many rules, and the time of each round in nanoseconds a decision.
struct Candidate {
    rules: usize,
    matcher: Matcher,
    scratch: Scratch,
    listings: Vec<f64>,
    bare: Vec<f64>,
    verdicts: Vec<f64>,
}

pub(crate) fn measure(most: usize, rounds: usize) -> Result<Vec<Rules>, Failure> {
    let mut all = Vec::new();
    for shape in Shape::ALL {
        let counts = [100, 1_000, 10_000, 100_000];
        let counts = counts.into_iter().filter(|&count| count <= most);
        let mut candidates = Vec::new();
        for rules in counts {
            candidates.push(Candidate {
                rules,
                matcher: matcher(&shape.policy(rules))?,
                scratch: Scratch::default(),
                listings: Vec::new(),
                bare: Vec::new(),
                verdicts: Vec::new(),
            });
        }
        all.extend(of(shape, &mut candidates, rounds)?);
    }
    Ok(all)
}

fn of(shape: Shape, candidates: &mut [Candidate], rounds: usize) -> Result<Vec<Rules>, Failure> {
    let listings = crate::items(shape);
    let bare: Vec<String> = (0..listings.len()).map(|at| shape.item(at, "")).collect();
    for candidate in &mut *candidates {
        let Candidate {
            matcher, scratch, ..
        } = candidate;
        let item = matcher.item(listings[0].as_bytes())?;
        let decision =
            matcher.decide_with(scratch, &item, AT.parse::<interdict_matcher::Instant>()?);
        if decision.rules.len() != ITEM_RULES {
            let (name, met) = (shape.name(), decision.rules.len());
            return Err(format!("{name}: the item meets {met} rules").into());
        }
    }
    // The first round only warms up.
    for round in 0..=rounds.max(1) {
        for candidate in &mut *candidates {
            let times = [
                candidate.round(&listings, Asked::Decision)?,
                candidate.round(&bare, Asked::Decision)?,
                candidate.round(&bare, Asked::Verdict)?,
            ];
            if round > 0 {
                candidate.listings.push(times[0]);
                candidate.bare.push(times[1]);
                candidate.verdicts.push(times[2]);
            }
        }
    }
    let medians = candidates.iter().map(|one| {
        let times = [&one.listings, &one.bare, &one.verdicts];
        (one.rules, times.map(|times| median(times.clone())))
    });
    let medians: Vec<_> = medians.collect();
    let (_, first) = medians.first().copied().unwrap_or_default();
    let rules = medians
        .iter()
        .map(|&(rules, [listings, bare, verdicts])| Rules {
            shape: shape.name(),
            rules,
            nanoseconds: listings,
            times: listings / first[0],
            bare_nanoseconds: bare,
            bare_times: bare / first[1],
            verdict_nanoseconds: verdicts,
            verdict_times: verdicts / first[2],
        });
    Ok(rules.collect())
}

impl Candidate {
    /// Nanoseconds a decision.
    fn round(&mut self, lines: &[String], asked: Asked) -> Result<f64, Failure> {
        let at: interdict_matcher::Instant = AT.parse()?;
        let items = lines.iter().map(|line| self.matcher.item(line.as_bytes()));
        let items = items.collect::<Result<Vec<Item<'_>>, _>>()?;
        let time = seconds(|| {
            for item in &items {
                let scratch = &mut self.scratch;
                std::hint::black_box(match asked {
                    Asked::Decision => self.matcher.decide_with(scratch, item, at).verdict,
                    Asked::Verdict => self.matcher.decide_verdict(scratch, item, at),
                });
            }
        });
        Ok(time * 1e9 / items.len() as f64)
    }
}

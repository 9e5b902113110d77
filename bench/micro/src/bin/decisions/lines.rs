//! From a line of JSON to the line of its decision, against parsing it.

use interdict_matcher::{Instant, Matcher, Scratch};
use interdict_micro::{Failure, matcher};
use interdict_workload::measure::{median, seconds};
use interdict_workload::policies::{AT, Shape};
use serde::Serialize;
use serde::de::IgnoredAny;

/// What one step on the way takes.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) policy: String,
    pub(crate) step: &'static str,
    pub(crate) nanoseconds: f64,
    /// As a multiple of parsing the line into a tree.
    pub(crate) times_parsing: f64,
}

/// Does a step with every line.
type Step<'a> = Box<dyn FnMut(&[String]) + 'a>;

pub(crate) fn measure(rounds: usize) -> Result<Vec<Line>, Failure> {
    let mut all = Vec::new();
    for (shape, rules) in [(Shape::Categories, 1_000), (Shape::Terms, 10_000)] {
        let matcher = matcher(&shape.policy(rules))?;
        let meets = crate::items(shape);
        // Those of another shape meet no rule.
        let passes = crate::items(Shape::Prices);
        for (what, lines) in [("meet 3", meets), ("meet none", passes)] {
            let policy = format!("{rules} rules of {}, items {what}", shape.name());
            all.extend(of(&policy, &matcher, &lines, rounds)?);
        }
    }
    Ok(all)
}

fn of(
    policy: &str,
    matcher: &Matcher,
    lines: &[String],
    rounds: usize,
) -> Result<Vec<Line>, Failure> {
    let mut steps = steps(matcher, AT.parse()?);
    let mut times = vec![Vec::new(); steps.len()];
    // The first round only warms up.
    for round in 0..=rounds.max(1) {
        for (number, (_, step)) in steps.iter_mut().enumerate() {
            let time = seconds(|| step(lines)) * 1e9 / lines.len() as f64;
            if round > 0 {
                times[number].push(time);
            }
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let lines = steps.iter().zip(&times).map(|((step, _), &time)| Line {
        policy: policy.to_owned(),
        step,
        nanoseconds: time,
        times_parsing: time / times[0],
    });
    Ok(lines.collect())
}

fn steps(matcher: &Matcher, at: Instant) -> Vec<(&'static str, Step<'_>)> {
    vec![
        ("parse into a tree", Box::new(parse)),
        ("parse and skip", Box::new(skip)),
        ("read the item", Box::new(move |lines| read(matcher, lines))),
        ("read and decide the verdict", {
            let mut scratch = Scratch::default();
            Box::new(move |lines| verdict(matcher, at, &mut scratch, lines))
        }),
        ("read and decide", {
            let mut scratch = Scratch::default();
            Box::new(move |lines| decide(matcher, at, &mut scratch, lines))
        }),
        ("read, decide and write", {
            let mut scratch = Scratch::default();
            let mut out = Vec::new();
            Box::new(move |lines| write(matcher, at, &mut scratch, &mut out, lines))
        }),
    ]
}

fn parse(lines: &[String]) {
    for line in lines {
        std::hint::black_box(serde_json::from_str::<serde_json::Value>(line).ok());
    }
}

fn skip(lines: &[String]) {
    for line in lines {
        std::hint::black_box(serde_json::from_str::<IgnoredAny>(line).ok());
    }
}

fn read(matcher: &Matcher, lines: &[String]) {
    for line in lines {
        std::hint::black_box(matcher.item(line.as_bytes()).ok());
    }
}

fn verdict(matcher: &Matcher, at: Instant, scratch: &mut Scratch, lines: &[String]) {
    for line in lines {
        if let Ok(item) = matcher.item(line.as_bytes()) {
            std::hint::black_box(matcher.decide_verdict(scratch, &item, at));
        }
    }
}

fn decide(matcher: &Matcher, at: Instant, scratch: &mut Scratch, lines: &[String]) {
    for line in lines {
        if let Ok(item) = matcher.item(line.as_bytes()) {
            std::hint::black_box(matcher.decide_with(scratch, &item, at).verdict);
        }
    }
}

fn write(
    matcher: &Matcher,
    at: Instant,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
    lines: &[String],
) {
    for line in lines {
        if let Ok(item) = matcher.item(line.as_bytes()) {
            let decision = matcher.decide_with(scratch, &item, at);
            out.clear();
            std::hint::black_box(serde_json::to_writer(&mut *out, &decision).is_ok());
        }
    }
}

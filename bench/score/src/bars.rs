//! The figures that each preset has to reach.

use serde::Serialize;

use crate::score::Score;

/// A figure and what it has to be.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// What is measured: `T1`, `D13`, `collide`.
    pub figure: String,
    /// Recall is to be at least the bar, false positives at most.
    pub at_least: bool,
    /// The bar in percent.
    pub bar: f64,
    /// What was measured, in percent.
    pub measured: f64,
}

impl Bar {
    /// Whether the figure reaches its bar.
    pub fn met(&self) -> bool {
        match self.at_least {
            true => self.measured >= self.bar,
            false => self.measured <= self.bar,
        }
    }
}

/// The bars of one preset.
struct Bars {
    fold: &'static str,
    tiers: [Option<f64>; 2],
    /// For every class of tier 1.
    each: Option<f64>,
    /// For these classes, instead of the bar for each.
    classes: &'static [(&'static str, f64)],
    collide: f64,
    seg: f64,
    base: f64,
}

const BARS: [Bars; 3] = [
    Bars {
        fold: "standard",
        tiers: [Some(88.0), Some(40.0)],
        each: None,
        classes: &[],
        collide: 0.7,
        seg: 15.0,
        base: 0.0,
    },
    Bars {
        fold: "strict",
        tiers: [Some(97.0), Some(60.0)],
        each: Some(90.0),
        classes: &[("D13", 85.0)],
        collide: 1.0,
        seg: 15.0,
        base: 0.05,
    },
    Bars {
        fold: "paranoid",
        tiers: [Some(97.0), Some(85.0)],
        each: None,
        classes: &[("D43", 95.0), ("D44", 85.0), ("D46", 75.0), ("D47", 60.0)],
        collide: 4.0,
        seg: 15.0,
        base: 0.2,
    },
];

/// The bars of a score's preset, each with what was measured; none for other folds. A figure that
/// the folder has no texts for is left out.
pub fn bars(score: &Score) -> Vec<Bar> {
    let Some(bars) = BARS.iter().find(|bars| bars.fold == score.fold) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut add = |figure: &str, at_least, bar, share: crate::score::Share| {
        if share.all > 0 {
            out.push(Bar {
                figure: figure.to_owned(),
                at_least,
                bar,
                measured: share.percent(),
            });
        }
    };
    for (tier, bar) in (1..).zip(bars.tiers) {
        if let Some(bar) = bar {
            add(&format!("T{tier}"), true, bar, score.tier(tier));
        }
    }
    for (class, recall) in &score.classes {
        let own = bars.classes.iter().find(|(name, _)| name == class);
        let each = bars.each.filter(|_| recall.tier == 1);
        if let Some(bar) = own.map(|(_, bar)| *bar).or(each) {
            add(class, true, bar, recall.share);
        }
    }
    add("collide", false, bars.collide, score.groups.collide);
    add("seg", false, bars.seg, score.groups.seg);
    add("base", false, bars.base, score.groups.base);
    out
}

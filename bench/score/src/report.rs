//! Scores side by side, as text and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::bars::{Bar, bars};
use crate::score::{FalseHit, Miss, Score, Share};

/// The scores of some presets.
#[derive(Debug, Serialize)]
pub struct Report {
    presets: Vec<Entry>,
}

/// A score with its bars, and the texts that were asked for.
#[derive(Debug, Serialize)]
struct Entry {
    #[serde(flatten)]
    score: Score,
    bars: Vec<Bar>,
    met: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    missed: Option<Vec<Miss>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hits: Option<Vec<FalseHit>>,
}

impl Report {
    /// The scores, with the misses of a class (`all` is every class) and the false hits if asked.
    pub fn new(scores: Vec<Score>, misses: Option<&str>, hits: bool) -> Report {
        let entry = |mut score: Score| {
            let missed = std::mem::take(&mut score.missed);
            let wanted = |class: &str, miss: &Miss| class == "all" || miss.class == class;
            let found = std::mem::take(&mut score.hits);
            let bars = bars(&score);
            Entry {
                met: bars.iter().all(Bar::met),
                bars,
                missed: misses.map(|class| {
                    let missed = missed.into_iter();
                    missed.filter(|miss| wanted(class, miss)).collect()
                }),
                hits: hits.then_some(found),
                score,
            }
        };
        Report {
            presets: scores.into_iter().map(entry).collect(),
        }
    }

    /// Whether every bar is met.
    pub fn met(&self) -> bool {
        self.presets.iter().all(|entry| entry.met)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.summary(f)?;
        self.classes(f)?;
        self.innocent(f)?;
        self.bars(f)?;
        self.texts(f)
    }
}

impl Report {
    /// A row a preset, as in a comparison of matchers.
    fn summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["T1", "T2", "T3", "collide", "seg", "base"];
        write!(f, "{:18}", "preset")?;
        for column in columns {
            write!(f, "{column:>9}")?;
        }
        writeln!(f, "   % of the texts that are found")?;
        for Entry { score, .. } in &self.presets {
            let groups = &score.groups;
            write!(f, "{:18}", score.fold)?;
            for share in [score.tier(1), score.tier(2), score.tier(3)] {
                write!(f, "{}", cell(share))?;
            }
            for share in [groups.collide, groups.seg, groups.base] {
                write!(f, "{}", cell(share))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }

    /// A row a class of disguise, a column a preset.
    fn classes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: BTreeMap<&str, String> = BTreeMap::new();
        for (class, recall) in self.presets.iter().flat_map(|entry| &entry.score.classes) {
            let name = format!(
                "{class:4} T{} {:10}{:18}{:5}",
                recall.tier, recall.level, recall.name, recall.share.all
            );
            rows.insert(class, name);
        }
        self.heading(f, "recall", "texts")?;
        for (class, name) in rows {
            self.row(f, &name, |score| Some(score.classes.get(class)?.share))?;
        }
        Ok(())
    }

    /// A row a class of innocent texts, a column a preset.
    fn innocent(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.presets.iter().flat_map(|entry| &entry.score.innocent);
        let rows: BTreeMap<&str, u32> = all
            .map(|(name, share)| (name.as_str(), share.all))
            .collect();
        self.heading(f, "false positives", "texts")?;
        for (class, texts) in rows {
            let name = format!("{class:36}{texts:5}");
            self.row(f, &name, |score| score.innocent.get(class).copied())?;
        }
        Ok(())
    }

    fn heading(&self, f: &mut fmt::Formatter<'_>, what: &str, count: &str) -> fmt::Result {
        write!(f, "\n{what:36}{count:>5}")?;
        for entry in &self.presets {
            write!(f, " {:>9}", entry.score.fold)?;
        }
        writeln!(f)
    }

    fn row(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        share: impl Fn(&Score) -> Option<Share>,
    ) -> fmt::Result {
        write!(f, "{name}")?;
        for entry in &self.presets {
            let width = entry.score.fold.len().max(9) + 1;
            let cell = share(&entry.score).map_or(String::new(), cell);
            write!(f, "{cell:>width$}")?;
        }
        writeln!(f)
    }

    fn bars(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Entry { score, bars, .. } in self.presets.iter().filter(|one| !one.bars.is_empty()) {
            writeln!(f, "\nbars of {}", score.fold)?;
            for bar in bars {
                let sign = if bar.at_least { '≥' } else { '≤' };
                let word = if bar.met() { "met" } else { "short" };
                let Bar {
                    figure,
                    bar,
                    measured,
                    ..
                } = bar;
                writeln!(f, "  {figure:8} {measured:6.2}  {sign} {bar:<5} {word}")?;
            }
        }
        Ok(())
    }

    /// The texts that were asked for.
    fn texts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.presets {
            let fold = &entry.score.fold;
            for miss in entry.missed.iter().flatten() {
                let instance = miss.instance.escape_debug();
                writeln!(
                    f,
                    "missed by {fold}: {} {} | {instance}",
                    miss.class, miss.term
                )?;
            }
            for hit in entry.hits.iter().flatten() {
                let FalseHit {
                    class, term, folds, ..
                } = hit;
                let text = hit.text.escape_debug();
                writeln!(f, "hit by {fold}: {class} {term} ({folds}) | {text}")?;
            }
        }
        Ok(())
    }
}

fn cell(share: Share) -> String {
    match share.all {
        0 => format!("{:>9}", "–"),
        _ => format!("{:9.2}", share.percent()),
    }
}

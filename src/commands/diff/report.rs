//! What changed, for people, for programs and for reviews.

use std::fmt::Write as _;

use interdict::diff::{Change, Diff, Shown};
use interdict::render::{counted, visible};
use serde::Serialize;
use serde_json::json;

use super::super::explain::code;
use super::items::{Group, Items};

/// What changed.
pub(super) struct Report<'a> {
    pub(super) diff: &'a Diff,
    pub(super) items: Option<&'a Items>,
}

impl Report<'_> {
    fn heading(&self) -> String {
        match self.diff.changes.len() {
            0 if self.is_sure() => "no change in meaning".to_owned(),
            0 => "no change in meaning found".to_owned(),
            count => format!("{} in meaning", counted(count, "change")),
        }
    }

    fn is_sure(&self) -> bool {
        self.diff.open.is_empty() && self.diff.refused == 0
    }

    /// What is not known, a sentence each.
    fn open(&self) -> Vec<String> {
        let mut open: Vec<String> = self.diff.open.clone();
        if self.diff.refused > 0 {
            let more = counted(self.diff.refused as usize, "more question");
            let taken = counted(self.diff.taken as usize, "step");
            open.push(format!(
                "at least {more}; {taken} were taken, and --budget allows no more"
            ));
        }
        open
    }

    // ---------------------------------------------------------------------------- for people

    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for change in &self.diff.changes {
            let _ = writeln!(
                out,
                "{:<9} {} · {}",
                change.kind.word(),
                visible(&named(change)),
                visible(&change.what)
            );
            if let Some(shown) = &change.shown {
                let _ = writeln!(out, "          {}", verdicts(shown));
                let _ = writeln!(out, "          {}", visible(&shown.witness.to_string()));
            }
            out.push('\n');
        }
        for (old, new) in &self.diff.renamed {
            let _ = writeln!(out, "renamed   {} · now {}\n", visible(old), visible(new));
        }
        if let Some(items) = self.items {
            for ((rule, old, new), group) in &items.groups {
                let count = counted(group.count, "item");
                let _ = writeln!(out, "{count}: {old} → {new} by {}", visible(rule));
                for sample in &group.samples {
                    let (place, line) = (visible(&sample.place), visible(&sample.line));
                    let _ = writeln!(out, "          {place}: {line}");
                }
                out.push('\n');
            }
        }
        for question in self.open() {
            let _ = writeln!(out, "left open: {}", visible(&question));
        }
        out += &self.heading();
        if let Some(items) = self.items {
            let _ = write!(out, "; {}", summary(items));
        }
        out + "\n"
    }

    // -------------------------------------------------------------------------- for programs

    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        for change in &self.diff.changes {
            line(&mut out, change);
        }
        for (old, new) in &self.diff.renamed {
            line(
                &mut out,
                &json!({"kind": "renamed", "rule": new, "before": old}),
            );
        }
        if let Some(items) = self.items {
            for ((rule, old, new), Group { count, samples }) in &items.groups {
                let group = json!({"kind": "items", "rule": rule, "old": old, "new": new,
                    "count": count, "samples": samples});
                line(&mut out, &group);
            }
        }
        let mut end = json!({"kind": "summary", "changes": self.diff.changes.len(),
            "open": self.open()});
        if let Some(items) = self.items {
            end["items"] = json!({"decided": items.decided, "changed": items.changed,
                "bad": items.bad});
        }
        line(&mut out, &end);
        out
    }

    // --------------------------------------------------------------------------- for reviews

    pub(super) fn markdown(&self) -> String {
        let mut heading = self.heading();
        heading[..1].make_ascii_uppercase();
        let mut out = format!("# {heading}\n");
        if !self.diff.changes.is_empty() {
            out += "\n| change | rule | what | shown by |\n|---|---|---|---|\n";
        }
        for change in &self.diff.changes {
            let shown = change.shown.as_ref().map_or(String::new(), |shown| {
                format!("{}: {}", verdicts(shown), cell(&shown.witness.to_string()))
            });
            let (rule, what) = (cell(&named(change)), cell(&change.what));
            let _ = writeln!(
                out,
                "| {} | {rule} | {what} | {shown} |",
                change.kind.word()
            );
        }
        for (old, new) in &self.diff.renamed {
            let _ = writeln!(
                out,
                "\n{} is now {}, and means the same.",
                code(old),
                code(new)
            );
        }
        if let Some(items) = self.items {
            let _ = writeln!(out, "\n## Items\n\n{}.", capital(&summary(items)));
            if !items.groups.is_empty() {
                out += "\n| items | verdict | by | for example |\n|---|---|---|---|\n";
            }
            for ((rule, old, new), group) in &items.groups {
                let sample = group.samples.first();
                let sample = sample.map_or(String::new(), |sample| cell(&sample.line));
                let (count, rule) = (group.count, cell(rule));
                let _ = writeln!(out, "| {count} | {old} → {new} | {rule} | {sample} |");
            }
        }
        let open = self.open();
        if !open.is_empty() {
            out += "\n## Left open\n\n";
        }
        for question in open {
            let _ = writeln!(out, "- {}", code(&question));
        }
        out
    }
}

fn named(change: &Change) -> String {
    match &change.reading {
        None => change.rule.clone(),
        Some(reading) => format!("{}, reading {reading}", change.rule),
    }
}

fn verdicts(shown: &Shown) -> String {
    match shown.flips() {
        true => format!("{} → {}", shown.old, shown.new),
        false => format!("{} before and after", shown.new),
    }
}

fn summary(items: &Items) -> String {
    let bad = match items.bad {
        0 => String::new(),
        bad => format!(", {} not decided", counted(bad, "bad line")),
    };
    format!(
        "the verdict changes on {} of {}{bad}",
        items.changed,
        counted(items.decided, "item")
    )
}

fn line(out: &mut String, value: &impl Serialize) {
    *out += &serde_json::to_string(value).unwrap_or_default();
    out.push('\n');
}

/// Words of a policy or an item in a cell of a table. A bar ends a cell even in code.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

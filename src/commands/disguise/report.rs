//! What `disguise` shows, as tables.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use interdict::disguise::{Disguises, FoldShown, Innocent, Mention, Rung, Sample, Shield};
use interdict::render::{counted, visible};
use interdict::text_index::Edges;
use interdict_matcher::Folds;

use crate::commands::table::Look;

/// Columns that the widest sample may take; what is longer is wrapped.
const WIDEST: u16 = 48;

/// A term and what becomes of it.
pub(super) struct Report {
    pub(super) term: String,
    pub(super) spellings: Vec<Disguises>,
    /// Spellings that are not shown.
    pub(super) left_out: usize,
    /// Whether somebody chose the budgets.
    pub(super) has_budget: bool,
    pub(super) innocent: Vec<Innocent>,
}

impl Report {
    /// All of it for a terminal.
    pub(super) fn table(&self, look: Look) -> String {
        let mut out = String::new();
        for shown in &self.spellings {
            out += &self.spelling(shown, look);
            out.push('\n');
        }
        if self.left_out > 0 {
            let more = counted(self.left_out, "spelling");
            let _ = writeln!(out, "{more} more: --spellings shows them\n");
        }
        if !self.innocent.is_empty() {
            let name = look.paint("innocent", Style::new().bold());
            let _ = writeln!(out, "{name} · what guards and phrases take away");
            let rows = self.innocent.iter().map(|trial| innocent(trial, look));
            let rows: Vec<[String; 3]> = rows.collect();
            out += &table(&rows, &widths(&rows), look);
            out.push('\n');
        }
        out.pop();
        out
    }

    fn spelling(&self, shown: &Disguises, look: Look) -> String {
        let rows: Vec<Vec<[String; 4]>> = shown
            .folds
            .iter()
            .map(|fold| fold.samples.iter().map(|one| self.row(one, look)).collect())
            .collect();
        let head = ["how", "sample", "caught by", "needs"].map(|name| look.dim(name));
        let mut all = rows.concat();
        all.push(head.clone());
        let widths = widths(&all);
        let mut out = format!("{}\n", self.title(shown, look));
        out += &table(&[head], &widths, look);
        for (fold, rows) in shown.folds.iter().zip(&rows) {
            let _ = writeln!(out, "\n{}", heading(fold, look));
            out += &table(rows, &widths, look);
        }
        let _ = writeln!(out, "\n{}", look.paint("caught", Style::new().bold()));
        out += &self.totals(shown, look);
        out
    }

    /// The spelling with what its author said of it.
    fn title(&self, shown: &Disguises, look: Look) -> String {
        let spelling = &shown.spelling;
        let mut parts = vec![look.paint(&visible(&spelling.text), Style::new().bold())];
        if self.has_budget {
            parts.push(format!("fold {}", budget(spelling.folds)));
        }
        match spelling.edges {
            Edges::Auto => {}
            Edges::WholeWords => parts.push("whole words".to_owned()),
            Edges::Anywhere => parts.push("anywhere".to_owned()),
        }
        let mut title = parts.join(" · ");
        if self.has_budget {
            title += &look.dim("\n✓ is what this budget catches");
        }
        title
    }

    fn row(&self, sample: &Sample, look: Look) -> [String; 4] {
        let mark = match (self.has_budget, sample.in_budget) {
            (false, _) => "",
            (true, true) => "✓ ",
            (true, false) => "✗ ",
        };
        let (by, because) = match &sample.caught {
            Ok(caught) => (caught.by.name().to_owned(), needs(caught.needs)),
            Err(why) => {
                let by = look.paint("not caught", AnsiColor::Yellow.on_default());
                (by, why.clone())
            }
        };
        let how = format!("{mark}{}", sample.how);
        [how, visible(&sample.text).into_owned(), by, because]
    }

    /// How many samples each preset and the budget catch.
    fn totals(&self, shown: &Disguises, look: Look) -> String {
        let all = shown.samples().count();
        let row = |name: &str, catches: usize, folds: String| {
            [name.to_owned(), format!("{catches} of {all}"), folds]
        };
        let presets = Rung::ALL.iter().map(|rung| {
            let folds = match rung {
                Rung::ByName => "every fold there is".to_owned(),
                rung => rung.folds().to_string(),
            };
            row(rung.name(), shown.caught_by(*rung), folds)
        });
        let budget = self.has_budget.then(|| {
            let folds = budget(shown.spelling.folds);
            row("this budget", shown.in_budget(), folds)
        });
        let rows: Vec<[String; 3]> = presets.chain(budget).collect();
        table(&rows, &widths(&rows), look)
    }
}

fn heading(fold: &FoldShown, look: Look) -> String {
    let name = look.paint(&fold.fold.to_string(), Style::new().bold());
    let none = fold.none.map_or(String::new(), |none| format!(" · {none}"));
    format!("{name} · {}{none}", fold.meaning)
}

/// What a hit needs.
fn needs(folds: Folds) -> String {
    match (folds.is_disguise(), folds.is_empty()) {
        (true, _) | (_, true) => folds.to_string(),
        (false, false) => "case or width".to_owned(),
    }
}

/// A budget as an author would write it: the widest preset in it, and what it names beside.
fn budget(folds: Folds) -> String {
    let presets = [Rung::Paranoid, Rung::Strict, Rung::Standard];
    let preset = presets.into_iter().find(|one| folds.contains(one.folds()));
    let beside = folds.without(preset.map_or(Folds::EXACT, Rung::folds));
    match preset {
        Some(preset) if beside.is_empty() => preset.name().to_owned(),
        Some(preset) => format!("{}, {beside}", preset.name()),
        None => folds.to_string(),
    }
}

fn innocent(trial: &Innocent, look: Look) -> [String; 3] {
    let by = match &trial.by {
        Shield::Near(text, None) => format!("near {}", visible(text)),
        Shield::Near(text, Some(words)) => {
            format!(
                "near {} within {}",
                visible(text),
                counted(*words as usize, "word")
            )
        }
        Shield::Phrase(text) => format!("phrase {}", visible(text)),
    };
    let mention = match trial.mention {
        Mention::Stands => look.paint("a mention", AnsiColor::Yellow.on_default()),
        Mention::Taken => "no mention".to_owned(),
        Mention::Missing => "no mention, and none without it".to_owned(),
    };
    [by, visible(&trial.text).into_owned(), mention]
}

/// How wide each column is.
fn widths<const N: usize>(rows: &[[String; N]]) -> Vec<u16> {
    let mut table = Table::new();
    table.add_rows(rows);
    table.column_max_content_widths()
}

/// Rows in columns that are as wide in every table of a spelling; the last one wraps.
fn table<const N: usize>(rows: &[[String; N]], widths: &[u16], look: Look) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(look.width());
    table.add_rows(rows);
    let last = N.saturating_sub(1);
    for ((at, column), width) in table.column_iter_mut().enumerate().zip(widths) {
        column.set_padding((2, 0));
        if at < last {
            let width = (*width).min(WIDEST) + 2;
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    match rows.is_empty() {
        true => String::new(),
        false => format!("{}\n", table.trim_fmt()),
    }
}

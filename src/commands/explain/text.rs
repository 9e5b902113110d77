//! The page for people at a terminal.

use std::fmt::Write as _;

use anstyle::Style;
use interdict::render::visible;
use interdict_matcher::{Answer, RuleAccount};

use super::lines::{self, Line};
use super::page::CHANGES;
use super::sentence::Sentence;
use super::{Page, grounds, why};
use crate::commands::output::Output;
use crate::commands::table::{Look, style_of};

/// Draws the page.
pub(super) fn draw(page: &Page<'_>, output: &Output) -> String {
    let mut text = Text {
        look: Look::of(output),
        out: String::new(),
    };
    text.head(page);
    let mut last = None;
    for rule in &page.rules {
        if last.replace(rule.outcome) != Some(rule.outcome) {
            let heading = page.heading(rule.outcome);
            let heading = text.look.paint(heading, Style::new().bold());
            text.line(&format!("\n{heading}"));
        }
        text.rule(page, rule);
    }
    text.changes(page);
    text.out
}

struct Text {
    look: Look,
    out: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        self.out += line.trim_end();
        self.out.push('\n');
    }

    fn head(&mut self, page: &Page<'_>) {
        let account = page.account;
        let verdict = account.verdict;
        let word = self.look.paint(verdict.word(), style_of(verdict));
        let place = format!("{} · {}", visible(page.place), account.as_of());
        let place = self.look.dim(&place);
        self.line(&format!("{word} · {place}"));
        self.line(&why::verdict(account).shown());
        if account.ignored_fields > 0 {
            let note = page.ignored().shown();
            let note = self.look.dim(&note);
            self.line(&note);
        }
        let texts = page.texts(self.look);
        if !texts.is_empty() {
            self.out.push('\n');
        }
        for (field, text) in texts {
            let label = self.look.dim(&format!("{:<12}", visible(&field)));
            self.line(&format!("{label} {text}"));
        }
    }

    fn rule(&mut self, page: &Page<'_>, rule: &RuleAccount<'_>) {
        let facts = &rule.rule;
        let style = style_of(facts.verdict);
        let id = self.look.paint(&visible(facts.id), Style::new().bold());
        let verdict = self.look.paint(facts.verdict.word(), style);
        let why = why::rule(rule).shown();
        let reading = facts.reading.map_or(String::new(), |reading| {
            format!(" · if read as: {}", visible(reading))
        });
        if !page.is_told_whole(rule) {
            self.line(&format!("  {id} · {verdict}{reading}"));
            return self.line(&format!("      {why}"));
        }
        let start = page.start(rule);
        let start = visible(&start);
        self.line(&format!(
            "  {id} · {verdict} · {} · {start}{reading}",
            facts.layer
        ));
        self.line(&format!("      {why}"));
        let from = page.least(rule);
        for line in lines::of(&rule.condition, from) {
            self.part(&line, 0);
        }
        for exception in &rule.exceptions {
            let answer = exception.condition.answer;
            if answer < page.least_of_exceptions(rule) {
                continue;
            }
            self.line(&format!(
                "      {} {}",
                page.unless(answer),
                visible(exception.id)
            ));
            for line in lines::of(&exception.condition, from.min(answer)) {
                self.part(&line, 1);
            }
        }
        for (label, rows) in grounds::of(rule) {
            self.rows(label, &rows);
        }
    }

    fn changes(&mut self, page: &Page<'_>) {
        let (changes, stopped) = page.changes();
        if changes.is_empty() && stopped.is_none() {
            return;
        }
        let heading = self.look.paint(CHANGES, Style::new().bold());
        self.line(&format!("\n{heading}"));
        for change in changes {
            self.line(&format!("  {}", change.shown()));
        }
        if let Some(stopped) = stopped {
            let stopped = self.look.dim(&stopped.shown());
            self.line(&format!("  {stopped}"));
        }
    }

    fn part(&mut self, line: &Line<'_>, deeper: usize) {
        let indent = "  ".repeat(line.depth + deeper);
        let sign = line.sign();
        let note = line.note.shown();
        let note = match (note.is_empty(), line.answer) {
            (true, _) => String::new(),
            (false, Answer::Yes | Answer::Unknown | Answer::No) => {
                self.look.dim(&format!(" — {note}"))
            }
        };
        let words = visible(line.words).into_owned();
        self.line(&format!("      {indent}{sign} {words}{note}"));
    }

    fn rows(&mut self, label: &str, rows: &[Sentence]) {
        for (at, row) in rows.iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            let mut line = String::new();
            let _ = write!(line, "{label:<9}");
            let label = self.look.dim(&line);
            self.line(&format!("      {label} {}", row.shown()));
        }
    }
}

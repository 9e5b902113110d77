//! Decision → a block of lines for people: the item with its evidence, then rules and grounds.

use std::io::{self, IsTerminal};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use interdict::render::visible;
use interdict_matcher::{Decision, Evidence, Fired, Folds, MembershipBy, Verdict};
use serde_json::Value;

use super::output::{self, Output};

/// How wide the column of labels is; a longer path of a field is wrapped.
const LABELS: u16 = 14;
/// How many characters round a piece of evidence are shown where a text is long.
const CONTEXT: usize = 60;
/// How many characters of a text are shown without cutting.
const WHOLE: usize = 240;
/// How many stretches of a long text are shown.
const STRETCHES: usize = 5;

/// How blocks look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    coloured: bool,
    width: u16,
}

impl Look {
    /// As wide as the terminal; 100 columns where there is none.
    pub(super) fn of(output: &Output) -> Look {
        let terminal = io::stdout().is_terminal().then(|| Table::new().width());
        Look {
            coloured: output.coloured,
            width: terminal.flatten().unwrap_or(100).clamp(40, 160),
        }
    }

    /// How many columns there are.
    pub(super) fn width(self) -> u16 {
        self.width
    }

    /// A text in a style, if there are colours.
    pub(super) fn paint(self, text: &str, style: Style) -> String {
        if self.coloured {
            output::paint(text, style)
        } else {
            text.to_owned()
        }
    }

    /// Without colours, for a file.
    pub(super) fn plain() -> Look {
        Look {
            coloured: false,
            width: 100,
        }
    }

    /// A text that matters less.
    pub(super) fn dim(self, text: &str) -> String {
        self.paint(text, Style::new().dimmed())
    }

    /// Marks evidence: by colour, or else by brackets.
    fn mark(self, text: &str, verdict: Verdict) -> String {
        if self.coloured {
            output::paint(text, style_of(verdict).underline())
        } else {
            format!("«{text}»")
        }
    }
}

/// The colour of a verdict.
pub(super) fn style_of(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Ban => AnsiColor::Red,
        Verdict::Review => AnsiColor::Yellow,
        Verdict::Restrict => AnsiColor::Magenta,
        Verdict::Require => AnsiColor::Cyan,
        Verdict::Allow => AnsiColor::Green,
    };
    colour.on_default().bold()
}

/// Draws the decision on the item of a line.
pub(super) fn block(
    decision: &Decision<'_>,
    line: &str,
    place: &str,
    id: Option<&str>,
    look: Look,
) -> String {
    let mut block = Block {
        look,
        rows: Vec::new(),
    };
    let id = id.map_or(String::new(), |id| format!(" · id {}", visible(id)));
    let head = format!("{}{id} · {}", visible(place), decision.as_of());
    let verdict = look.paint(decision.verdict.word(), style_of(decision.verdict));
    block.rows.push([verdict, look.dim(&head)]);
    block.texts(decision, line);
    block.rules(decision);
    block.rest(decision);
    block.draw()
}

struct Block {
    look: Look,
    rows: Vec<[String; 2]>,
}

impl Block {
    /// Adds lines under one label.
    fn add(&mut self, label: &str, lines: impl IntoIterator<Item = String>) {
        let lines: Vec<String> = lines.into_iter().collect();
        if !lines.is_empty() {
            self.rows
                .push([self.look.dim(&format!("  {label}")), lines.join("\n")]);
        }
    }

    /// The texts that hold evidence; where none does, the item's main text.
    fn texts(&mut self, decision: &Decision<'_>, line: &str) {
        let texts = texts_of(line);
        let evidence: Vec<&Evidence<'_>> = decision
            .rules
            .iter()
            .flat_map(|rule| &rule.evidence)
            .collect();
        let mut shown = false;
        for (path, text) in &texts {
            let here = evidence.iter().filter(|one| one.field == path);
            let spans = merged(
                here.map(|one| one.start as usize..one.end as usize)
                    .collect(),
            );
            if !spans.is_empty() {
                self.add(path, [marked(text, &spans, self.look, decision.verdict)]);
                shown = true;
            }
        }
        let main = ["title", "description", "image-text", "page-text", "query"];
        let main = main
            .iter()
            .find_map(|path| texts.iter().find(|(one, _)| one == path));
        if let Some((path, text)) = main.or(texts.first()).filter(|_| !shown) {
            self.add(path, [marked(text, &[], self.look, decision.verdict)]);
        }
    }

    fn rules(&mut self, decision: &Decision<'_>) {
        let Some((primary, others)) = decision.rules.split_first() else {
            return;
        };
        self.add("rule", [rule(primary)]);
        let reading = primary
            .reading
            .map(|reading| format!("if read as: {}", visible(reading)));
        self.add("reading", reading);
        self.add("also", others.iter().map(rule));
        let mut folds: Vec<String> = Vec::new();
        for one in decision.rules.iter().flat_map(|rule| &rule.evidence) {
            let needed = one.folds.without(Folds::CASE);
            let fold = format!("{} by {needed}", visible(one.term));
            if !needed.is_empty() && !folds.contains(&fold) {
                folds.push(fold);
            }
        }
        self.add("folds", (!folds.is_empty()).then(|| folds.join("; ")));
        self.add("penalty", penalty(primary));
    }

    fn rest(&mut self, decision: &Decision<'_>) {
        let possible = decision
            .possible
            .iter()
            .map(|one| format!("{} ({}) may apply", visible(one.id), one.verdict));
        self.add("unknown", possible);
        let needs: Vec<_> = decision.needs.iter().map(|need| visible(need)).collect();
        self.add("needs", (!needs.is_empty()).then(|| needs.join(", ")));
        let lifted = decision
            .lifted
            .iter()
            .map(|one| format!("{} by {}", visible(one.id), visible(one.by)));
        self.add("lifted", lifted);
        let upcoming = decision.upcoming.iter().map(|one| {
            let id = visible(one.id);
            format!("{id} · {} · from {}", one.verdict, visible(one.effective))
        });
        self.add("upcoming", upcoming);
    }

    fn draw(self) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.look.width);
        table.add_rows(self.rows);
        if let Some(labels) = table.column_mut(0) {
            labels.set_padding((0, 1));
            labels.set_constraint(ColumnConstraint::Absolute(Width::Fixed(LABELS)));
        }
        if let Some(contents) = table.column_mut(1) {
            contents.set_padding((0, 0));
        }
        table.trim_fmt()
    }
}

/// `since 2018-04-17`, or the author's own words of a start that nobody knows to the day.
pub(super) fn since(effective: &str) -> String {
    match effective.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("since {effective}"),
        false => effective.to_owned(),
    }
}

fn rule(rule: &Fired<'_>) -> String {
    let mut parts = vec![
        visible(rule.id).into_owned(),
        rule.verdict.to_string(),
        rule.layer.to_string(),
        since(&visible(rule.effective)),
    ];
    if let Some(category) = rule.category {
        let by = match category.by {
            MembershipBy::Declared => "declared",
            MembershipBy::Recognised => "recognised",
        };
        parts.push(format!("{by} as {}", visible(category.name)));
    }
    if let Some(last) = rule.amended_by.last() {
        parts.push(format!("amended {}", visible(last.effective)));
    }
    parts.join(" · ")
}

fn penalty(rule: &Fired<'_>) -> Option<String> {
    let penalties = rule.penalty.iter().map(|one| {
        let mut text = visible(one.name).into_owned();
        if let Some(points) = one.points {
            text += &format!(", {points} points");
        }
        if let Some(days) = one.days {
            text += &format!(", {days} days");
        }
        if one.uncertain {
            text += ", if its condition holds";
        }
        text
    });
    let penalties: Vec<String> = penalties.collect();
    match (penalties.is_empty(), rule.penalty_withheld) {
        (true, false) => None,
        (true, true) => Some("withheld: not enforced yet".to_owned()),
        (false, false) => Some(penalties.join("; ")),
        (false, true) => Some(format!(
            "withheld, not enforced yet: {}",
            penalties.join("; ")
        )),
    }
}

// ------------------------------------------------------------------------------------ texts

/// All texts of the item on a line with the paths of their fields, the main ones first.
pub(super) fn texts_of(line: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(line) else {
        return Vec::new();
    };
    if fields.get("item").is_some_and(Value::is_object)
        && let Some(Value::Object(item)) = fields.remove("item")
    {
        fields = item;
    }
    let mut texts = Vec::new();
    gather("", fields, &mut texts);
    let main = ["title", "description", "image-text", "page-text", "query"];
    texts.sort_by_key(|(path, _)| {
        main.iter()
            .position(|one| one == path)
            .unwrap_or(main.len())
    });
    texts
}

fn gather(prefix: &str, fields: serde_json::Map<String, Value>, texts: &mut Vec<(String, String)>) {
    for (key, value) in fields {
        let path = format!("{prefix}{}", key.replace('_', "-"));
        match value {
            Value::String(text) => texts.push((path, text)),
            Value::Object(inner) => gather(&format!("{path}."), inner, texts),
            _ => {}
        }
    }
}

pub(super) fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match out.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => out.push(span),
        }
    }
    out
}

/// A text with its evidence marked; of a long one only what stands round the evidence.
pub(super) fn marked(text: &str, spans: &[Range<usize>], look: Look, verdict: Verdict) -> String {
    let is_short = text.chars().nth(WHOLE).is_none();
    let stretches = if is_short {
        vec![until(text.len())]
    } else {
        stretches(text, spans)
    };
    let hidden = stretches.len().saturating_sub(STRETCHES);
    let (mut out, mut at) = (String::new(), 0);
    for stretch in stretches.into_iter().take(STRETCHES) {
        if stretch.start > at {
            out.push('…');
        }
        at = stretch.start;
        for span in spans
            .iter()
            .filter(|span| stretch.start <= span.start && span.end <= stretch.end)
        {
            out += &visible(text.get(at..span.start).unwrap_or(""));
            out += &look.mark(&visible(text.get(span.clone()).unwrap_or("")), verdict);
            at = span.end;
        }
        out += &visible(text.get(at..stretch.end).unwrap_or(""));
        at = stretch.end;
    }
    if at < text.len() {
        out.push('…');
    }
    if hidden > 0 {
        out += &format!(" and {hidden} more places");
    }
    out
}

/// The stretches of a long text that are worth showing.
fn stretches(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    if spans.is_empty() {
        let end = text
            .char_indices()
            .nth(2 * CONTEXT)
            .map_or(text.len(), |(at, _)| at);
        return vec![until(end)];
    }
    let round = spans.iter().map(|span| {
        let before = text
            .get(..span.start)
            .unwrap_or("")
            .char_indices()
            .rev()
            .nth(CONTEXT - 1);
        let after = text
            .get(span.end..)
            .unwrap_or("")
            .char_indices()
            .nth(CONTEXT);
        before.map_or(0, |(at, _)| at)..after.map_or(text.len(), |(at, _)| span.end + at)
    });
    merged(round.collect())
}

fn until(end: usize) -> Range<usize> {
    0..end
}

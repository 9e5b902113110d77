//! The page for tickets and mails. Words of policies and items stand in code, so that nothing in them is
//! read as markup.

use interdict_matcher::RuleAccount;

use super::lines;
use super::page::CHANGES;
use super::sentence::code;
use super::{Page, grounds, why};
use crate::commands::table::Look;

/// Writes the page.
pub(super) fn write(page: &Page<'_>) -> String {
    let account = page.account;
    let mut out = format!("# {}\n\n", account.verdict);
    out += &format!("{}.\n\n", capital(&why::verdict(account).markdown()));
    out += &format!(
        "Item {}, judged at {} by matcher {}.\n",
        code(page.place),
        account.as_of(),
        code(&account.matcher)
    );
    if account.ignored_fields > 0 {
        out += &format!("\n{}.\n", capital(&page.ignored().markdown()));
    }
    let texts = page.texts(Look::plain());
    if !texts.is_empty() {
        out += "\n| field | text |\n|---|---|\n";
    }
    for (field, text) in texts {
        // A bar ends a cell even in code.
        out += &format!(
            "| {} | {} |\n",
            code(&field),
            code(&text).replace('|', "\\|")
        );
    }
    let mut last = None;
    for rule in &page.rules {
        if last.replace(rule.outcome) != Some(rule.outcome) {
            let gap = if out.ends_with("\n\n") { "" } else { "\n" };
            out += &format!("{gap}## {}\n\n", page.heading(rule.outcome));
        }
        write_rule(page, rule, &mut out);
    }
    let (changes, stopped) = page.changes();
    if !changes.is_empty() || stopped.is_some() {
        let gap = if out.ends_with("\n\n") { "" } else { "\n" };
        out += &format!("{gap}## {CHANGES}\n\n");
    }
    for change in changes.iter().chain(&stopped) {
        out += &format!("- {}\n", change.markdown());
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn write_rule(page: &Page<'_>, rule: &RuleAccount<'_>, out: &mut String) {
    let facts = &rule.rule;
    let why = why::rule(rule).markdown();
    let read = facts.reading.map_or(String::new(), |reading| {
        format!(", if read as {}", code(reading))
    });
    if !page.is_told_whole(rule) {
        *out += &format!("- {} ({}{read}): {why}\n", code(facts.id), facts.verdict);
        return;
    }
    *out += &format!("### {}\n\n", code(facts.id));
    *out += &format!(
        "{}, {}, {}{read}: {why}.\n\n",
        facts.verdict,
        facts.layer,
        code(&page.start(rule))
    );
    let from = page.least(rule);
    for line in lines::of(&rule.condition, from) {
        write_line(&line, 0, out);
    }
    for exception in &rule.exceptions {
        let answer = exception.condition.answer;
        if answer < page.least_of_exceptions(rule) {
            continue;
        }
        *out += &format!("- {} {}\n", page.unless(answer), code(exception.id));
        for line in lines::of(&exception.condition, from.min(answer)) {
            write_line(&line, 1, out);
        }
    }
    let rows = grounds::of(rule);
    if !rows.is_empty() {
        out.push('\n');
    }
    for (label, rows) in rows {
        for row in rows {
            *out += &format!("- {label}: {}\n", row.markdown());
        }
    }
    out.push('\n');
}

fn write_line(line: &lines::Line<'_>, deeper: usize, out: &mut String) {
    let indent = "  ".repeat(line.depth + deeper);
    let note = line.note.markdown();
    let dash = if note.is_empty() { "" } else { " — " };
    *out += &format!(
        "{indent}- {} {}{dash}{note}\n",
        line.sign(),
        code(line.words)
    );
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

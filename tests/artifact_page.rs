//! `docs/artifact.md` draws what the code reads and writes: the header, and every word of every section.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use interdict_matcher::artifact::{
    Case, Column, HASHED_FROM, Kind, MAGIC, MAJOR, MINOR, Section, TEXT_SECTIONS,
};
use interdict_matcher::text::SECTIONS;

fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/artifact.md"))
}

fn page() -> String {
    fs::read_to_string(path()).expect("the page")
}

#[test]
fn the_page_draws_the_header() {
    let page = page();
    for (field, value) in [("major", MAJOR), ("minor", MINOR)] {
        let drawn = page
            .lines()
            .find(|line| line.contains(&format!(" {field} ")));
        let says = drawn.unwrap_or("").contains(&format!("u16      {value};"));
        assert!(says, "docs/artifact.md: {field} is {value}");
    }
    let magic = String::from_utf8_lossy(&MAGIC).into_owned();
    assert!(page.contains(&format!(
        " 0  magic          {} bytes  \"{magic}\"",
        MAGIC.len()
    )));
    assert!(page.contains(&format!("{HASHED_FROM}  sections       u32")));
}

#[test]
fn the_page_numbers_the_sections_of_the_text_index() {
    let page = page();
    let numbered = page.lines().filter_map(|line| {
        let (number, name) = line.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        (number >= TEXT_SECTIONS).then(|| (number, name.split(' ').next().unwrap_or("")))
    });
    let numbered: Vec<(u32, &str)> = numbered.collect();
    let sections: Vec<(u32, &str)> = (TEXT_SECTIONS..).zip(SECTIONS).collect();
    assert_eq!(numbered, sections, "docs/artifact.md");
}

// ------------------------------------------------------------------------------------ the tables

const FIRST: &str = "## Sections\n";

/// The part of the page under the heading, and where the next heading stands.
fn sections_of(page: &str) -> (usize, usize) {
    let start = page.find(FIRST).expect("the heading of the sections") + FIRST.len();
    let rest = &page[start..];
    let end = rest.find("\n## ").expect("the next heading");
    (start, start + end)
}

/// To write the tables anew: `INTERDICT_WRITE_PAGE=1 cargo test --test artifact_page`.
#[test]
fn the_page_gives_every_column_of_every_section() {
    let page = page();
    let (start, end) = sections_of(&page);
    let drawn = Section::ALL.iter().map(|section| drawn(*section));
    let drawn = drawn.collect::<String>();
    if std::env::var_os("INTERDICT_WRITE_PAGE").is_some() {
        let anew = format!("{}{drawn}{}", &page[..start], &page[end..]);
        fs::write(path(), anew).expect("the page can be written");
        return;
    }
    for (number, (line, code)) in page[start..end].lines().zip(drawn.lines()).enumerate() {
        assert_eq!(line, code, "docs/artifact.md: line {number} under {FIRST}");
    }
    assert_eq!(&page[start..end], drawn, "docs/artifact.md");
}

/// A section as the page shows it.
fn drawn(section: Section) -> String {
    let mut out = format!("\n### {} {}\n\n", section as u32, section.name());
    writeln!(out, "{}", section.about().trim()).expect("a string");
    let columns = section.columns();
    if columns.is_empty() {
        return out;
    }
    out += "\n| word | column | holds | meaning |\n|---|---|---|---|\n";
    for (column, word) in columns.iter().zip(0..) {
        writeln!(out, "| {word} | {} |", cells(column)).expect("a string");
    }
    let cases = columns.iter().filter_map(|column| match column.kind {
        Kind::Case(cases) => Some((column.name, cases)),
        _ => None,
    });
    cases.for_each(|(name, cases)| draw_cases(&mut out, name, cases));
    out
}

fn draw_cases(out: &mut String, column: &str, cases: &[Case]) {
    writeln!(
        out,
        "\n| `{column}` | case | operand | holds | meaning |\n|---|---|---|---|---|"
    )
    .expect("a string");
    for case in cases {
        let (_, name) = case.name.split_once('_').expect("a prefix");
        let name = name.to_lowercase().replace('_', " ");
        let (number, about) = (case.number, case.about.trim());
        writeln!(out, "| {number} | {name} | | | {about} |").expect("a string");
        for operand in case.columns {
            writeln!(out, "| | | {} |", cells(operand)).expect("a string");
        }
    }
}

fn cells(column: &Column) -> String {
    let about = match column.kind {
        Kind::Length => "How many.",
        _ => column.about.trim(),
    };
    format!("`{}` | {} | {about}", column.name, holds(column.kind))
}

fn holds(kind: Kind) -> String {
    let fixed = match kind {
        Kind::Number => "number",
        Kind::MaybeNumber => "number or none",
        Kind::Signed => "signed number",
        Kind::Low => "low half",
        Kind::High => "high half",
        Kind::Flag => "0 or 1",
        Kind::Epoch => "epoch",
        Kind::Text => "string",
        Kind::MaybeText => "string or none",
        Kind::Texts => "range of strings",
        Kind::Length => "length",
        Kind::Case(_) => "case",
        Kind::Operand => "operand",
        Kind::Row(section) => return format!("row of {}", section.name()),
        Kind::MaybeRow(section) => return format!("row of {} or none", section.name()),
        Kind::Rows(section) => return format!("rows of {}", section.name()),
        Kind::Range(section) => return format!("range of {}", section.name()),
        Kind::Word(words) => {
            let numbered = words.iter().enumerate();
            let numbered = numbered.map(|(place, word)| format!("{place} {word}"));
            return numbered.collect::<Vec<_>>().join(", ");
        }
    };
    fixed.to_owned()
}

/// What readers rely on, and the tables do not show.
#[test]
fn columns_are_where_readers_look_for_them() {
    for section in Section::ALL {
        let columns = section.columns();
        for (at, column) in columns.iter().enumerate() {
            let next = columns.get(at + 1).map(|next| next.kind);
            let at = format!("{}.{}", section.name(), column.name);
            check_pair(&at, column.kind, next);
            let Kind::Case(cases) = column.kind else {
                continue;
            };
            let place = columns.iter().position(|one| one.name == column.name);
            let operands = &columns[place.expect("itself") + 1..];
            for case in cases {
                for (operand, known) in case.columns.iter().zip(operands) {
                    assert_eq!(operand.name, known.name, "{at} {}", case.name);
                    assert!(matches!(known.kind, Kind::Operand), "{at} {}", case.name);
                }
                assert!(case.columns.len() <= operands.len(), "{at} {}", case.name);
                for pair in case.columns.windows(2) {
                    check_pair(&at, pair[0].kind, Some(pair[1].kind));
                }
            }
        }
    }
}

/// A range is followed by its length, a low half by its high half, and nothing else is.
fn check_pair(at: &str, kind: Kind, next: Option<Kind>) {
    let ranges = matches!(kind, Kind::Rows(_) | Kind::Range(_) | Kind::Texts);
    let length = matches!(next, Some(Kind::Length));
    assert_eq!(ranges, length, "{at}: a range without its length");
    let (low, high) = (matches!(kind, Kind::Low), matches!(next, Some(Kind::High)));
    assert_eq!(low, high, "{at}: a half alone");
}

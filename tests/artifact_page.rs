//! `docs/artifact.md` draws what the code writes.

use std::fs;

use interdict_matcher::artifact::{HASHED_FROM, MAGIC, MAJOR, MINOR, Section, TEXT_SECTIONS};
use interdict_matcher::text::SECTIONS;

/// The numbers and names of sections in the page's table, `| 20–24 | Sources, … |`, and in its drawing
/// of the text index, `64 fold-index …`.
fn numbered_sections(page: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (first, names) = match cells.as_slice() {
            ["", kinds, names, ..] => (kinds.split('–').next().unwrap_or(""), *names),
            _ => line.split_once(' ').unwrap_or(("", "")),
        };
        let Ok(first) = first.parse::<u32>() else {
            continue;
        };
        if cells.len() == 1 && first < TEXT_SECTIONS {
            continue;
        }
        let names = if cells.len() == 1 {
            names.split(' ').next()
        } else {
            Some(names)
        };
        let names = names.unwrap_or("").split(", ");
        found.extend((first..).zip(names.map(str::to_owned)));
    }
    found
}

#[test]
fn the_artifact_page_numbers_every_section() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/artifact.md");
    let page = fs::read_to_string(path).expect("the page");
    let own = Section::ALL
        .iter()
        .map(|one| (*one as u32, one.name().to_owned()));
    let text = (TEXT_SECTIONS..).zip(SECTIONS.iter().map(|name| (*name).to_owned()));
    let sections: Vec<(u32, String)> = own.chain(text).collect();
    assert_eq!(numbered_sections(&page), sections, "docs/artifact.md");
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

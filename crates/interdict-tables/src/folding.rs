//! `src/fold/folding.tsv`, the table from which the compiler builds its folding sections.
//!
//! In: the Unicode data of the `icu_*` crates, the hand-kept look-alikes, and the committed
//! `traditional.tsv` and `radicals.tsv`. Out: one tab-separated file.

mod fold;
mod kind;

use fold::Folder;
use kind::Kind;

const HEADER: &str = "\
# Folding table. Made by `cargo run -p interdict-tables`; do not edit.
# first..last | kind | level (0 as written, 1 case or width, 2 other) | u: upper case | folded to, `=`: itself
";

/// One row of the table, before equal neighbours are joined.
#[derive(PartialEq)]
struct Row {
    kind: Kind,
    level: u8,
    upper: bool,
    fold: Option<Vec<char>>,
}

/// The whole file as text.
pub(crate) fn table() -> String {
    let folder = Folder::new();
    let (major, minor, update) = unicode_security::UNICODE_VERSION;
    let mut out = format!("# Unicode {major}.{minor}.{update}\n{HEADER}");
    let mut open: Option<(u32, u32, Row)> = None;
    for code in 0..=0x10FFFF {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        let row = row(&folder, c);
        match &mut open {
            Some((_, last, held)) if *held == row && *last + 1 == code => *last = code,
            _ => {
                write_row(&mut out, open.take());
                open = Some((code, code, row));
            }
        }
    }
    write_row(&mut out, open);
    out
}

fn row(folder: &Folder, c: char) -> Row {
    let kind = kind::of(c);
    let folded = folder.fold(c);
    let itself = folded == [c];
    let kind = match folded.as_slice() {
        [only] => kind::of(*only),
        _ => kind,
    };
    let level = match (itself, folder.only_case_or_width(c, &folded)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    Row {
        kind,
        level,
        upper: kind::is_upper(c),
        fold: (!itself).then_some(folded),
    }
}

fn write_row(out: &mut String, open: Option<(u32, u32, Row)>) {
    let Some((first, last, row)) = open else {
        return;
    };
    let fold = match row.fold {
        None => "=".to_owned(),
        Some(folded) => {
            let codes: Vec<_> = folded.iter().map(|c| format!("{:X}", *c as u32)).collect();
            codes.join(" ")
        }
    };
    let upper = if row.upper { "u" } else { "" };
    let (kind, level) = (row.kind.name(), row.level);
    out.push_str(&format!(
        "{first:X}..{last:X}\t{kind}\t{level}\t{upper}\t{fold}\n"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_what_this_program_writes() {
        let committed = include_str!("../../../src/fold/folding.tsv");
        assert!(
            committed == table(),
            "run `cargo run -p interdict-tables` and commit"
        );
    }

    #[test]
    fn folding_twice_is_folding_once() {
        let folder = Folder::new();
        for code in 0..=0x10FFFF {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let once = folder.fold(c);
            let twice: Vec<char> = once.iter().flat_map(|&c| folder.fold(c)).collect();
            assert_eq!(once, twice, "U+{code:04X}");
        }
    }
}

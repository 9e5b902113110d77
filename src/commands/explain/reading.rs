//! The one item that is explained, out of a file, a line of a file, or standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::commands::Failure;
use crate::commands::files::{Lines, cannot_read};

/// The longest file that is read, in bytes.
const LONGEST: u64 = 64 << 20;

/// Where the item stands, and its text.
pub(super) fn read_item(path: &Path) -> Result<(String, String), Failure> {
    if let Some((file, number)) = numbered(path) {
        return line_of(Path::new(file), number);
    }
    let mut bytes = Vec::new();
    let (name, read) = if path == Path::new("-") {
        let read = io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
        ("stdin".to_owned(), read)
    } else {
        let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
        let read = file.take(LONGEST).read_to_end(&mut bytes);
        (path.display().to_string(), read)
    };
    let length = read.map_err(|error| cannot_read(Path::new(&name), &error))?;
    if length as u64 == LONGEST {
        let reason = format!("it is longer than {} MiB", LONGEST >> 20);
        return Err(cannot_read(Path::new(&name), &reason));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| cannot_read(Path::new(&name), &"it is not UTF-8 text"))?;
    let text = text.trim_start_matches('\u{feff}').trim().to_owned();
    if holds_lines(&text) {
        return Err(Failure::because(format!(
            "`{name}` holds several items, and one is explained at a time: name its line, as in `{name}:1`"
        )));
    }
    Ok((name, text))
}

/// The file and the number of `items.jsonl:17`, if there is no file of that name.
fn numbered(path: &Path) -> Option<(&str, u64)> {
    let (file, number) = path.to_str()?.rsplit_once(':')?;
    let number = number.parse().ok()?;
    (!path.exists()).then_some((file, number))
}

fn line_of(file: &Path, number: u64) -> Result<(String, String), Failure> {
    let mut lines = Lines::open(file)?;
    let wanted = format!(":{number}");
    while let Some(line) = lines.next()? {
        if line.place.ends_with(&wanted) {
            let text = line.text.map(str::to_owned);
            let place = line.place;
            return match text {
                Ok(text) => Ok((place, text)),
                Err(problem) => Err(Failure::because(format!("{place}: {problem}"))),
            };
        }
    }
    let name = file.display();
    Err(Failure::because(format!(
        "`{name}` has no item in line {number}"
    )))
}

/// Whether a text is JSON lines, of which the first one is an item by itself.
fn holds_lines(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    let is_whole = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    !rest.trim().is_empty() && is_whole(first)
}

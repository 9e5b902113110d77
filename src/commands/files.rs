//! Files as commands read and replace them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use interdict::collision::Benign;
use interdict::render::counted;
use interdict_matcher::artifact::MAGIC;

use super::{Failure, output};

/// The longest line that is read, in bytes.
const MAX_LINE: u64 = 64 << 20;

/// The lines of a file or of standard input, one at a time; memory is bounded by [`MAX_LINE`].
pub(super) struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    name: String,
    /// Bytes of the whole file; none of what comes from elsewhere.
    length: Option<u64>,
    read: u64,
    number: u64,
    buffer: Vec<u8>,
}

/// A line that is not blank.
pub(super) struct Line<'a> {
    /// `items.jsonl:17`
    pub(super) place: String,
    /// Its text, or what is wrong with it.
    pub(super) text: Result<&'a str, String>,
}

impl Lines {
    /// Opens a file, or standard input for `-`.
    pub(super) fn open(path: &Path) -> Result<Lines, Failure> {
        let (reader, name, length): (Box<dyn Read + Send>, _, _) = if path == Path::new("-") {
            if io::stdin().is_terminal() {
                output::note("reading from the terminal, a JSON object a line; Ctrl-D ends");
            }
            (Box::new(io::stdin()), "stdin".to_owned(), None)
        } else {
            let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
            let meta = file.metadata().ok();
            if meta.as_ref().is_some_and(|meta| meta.is_dir()) {
                let reason = "it is a folder, and a file of JSON lines is needed";
                return Err(cannot_read(path, &reason));
            }
            let length = meta.filter(|meta| meta.is_file()).map(|meta| meta.len());
            (Box::new(file), path.display().to_string(), length)
        };
        Ok(Lines {
            reader: BufReader::with_capacity(1 << 16, reader),
            name,
            length,
            read: 0,
            number: 0,
            buffer: Vec::new(),
        })
    }

    /// Bytes of the whole file; none of standard input, a pipe or a device, where the next line
    /// may be long in coming.
    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Bytes that were read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// Whether the next line may not be there yet.
    pub(super) fn may_wait(&self) -> bool {
        self.length.is_none() && self.reader.buffer().is_empty()
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Failure> {
        loop {
            let read = self.read_line();
            let whole = read.map_err(|error| cannot_read(Path::new(&self.name), &error))?;
            if self.buffer.is_empty() {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 && self.buffer.starts_with("\u{feff}".as_bytes()) {
                self.buffer.drain(..3);
            }
            if !whole || !self.buffer.trim_ascii().is_empty() {
                let place = format!("{}:{}", self.name, self.number);
                let text = if whole {
                    utf8(&self.buffer)
                } else {
                    Err(format!("the line is longer than {} MiB", MAX_LINE >> 20))
                };
                return Ok(Some(Line { place, text }));
            }
        }
    }

    /// Reads a line into the buffer; whether it is there whole.
    fn read_line(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        let mut limited = self.reader.by_ref().take(MAX_LINE);
        self.read += limited.read_until(b'\n', &mut self.buffer)? as u64;
        let cut = self.buffer.len() as u64 == MAX_LINE && self.buffer.last() != Some(&b'\n');
        if cut {
            self.reader.skip_until(b'\n')?;
        }
        Ok(!cut)
    }
}

/// The lines of a file of innocent texts; none without a file.
pub(super) fn benign(path: Option<&Path>) -> Result<Vec<Benign>, Failure> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let mut lines = Lines::open(path)?;
    let mut texts = Vec::new();
    while let Some(line) = lines.next()? {
        let place = line.place;
        let text = line
            .text
            .map_err(|reason| Failure::because(format!("{place}: {reason}")))?;
        texts.push(Benign {
            place,
            text: text.trim_end().to_owned(),
        });
    }
    Ok(texts)
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        format!("not UTF-8 text: byte {byte} of the line begins no character")
    })
}

/// What serde says of a line of JSON, without the number of the line, which is always 1.
pub(super) fn plain(error: &impl ToString) -> String {
    error
        .to_string()
        .replace(" at line 1 column ", " at column ")
}

/// Whether a file is a compiled policy, by its first bytes or, where it has none, by its name.
pub(super) fn is_artifact(path: &Path) -> Result<bool, Failure> {
    if path.is_dir() {
        return Ok(false);
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
    read.map_err(|error| cannot_read(path, &error))?;
    Ok(start == MAGIC || path.extension().is_some_and(|end| end == "matcher"))
}

pub(super) fn cannot_read(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::because(format!("cannot read `{}`: {reason}", path.display()))
}

/// Writes a file in one step: beside the old one, to the disk, then over it. Whatever fails on the
/// way, the old file is still there, whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = |reason: &dyn std::fmt::Display| {
        // The name of the file beside it would only puzzle.
        let reason = reason.to_string();
        let reason = reason.split(" at path ").next().unwrap_or_default();
        Failure::because(format!("cannot write `{}`: {reason}", path.display()))
    };
    // A link stays a link: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Err(cannot(&"it is there, and is not a file"));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(cannot(&"it is read-only"));
    }
    let folder = folder_of(&target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".interdict-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder
        .tempfile_in(&folder)
        .map_err(|error| cannot(&error))?;
    let written = file.write_all(bytes).and_then(|()| match &old {
        Some(old) => file.as_file().set_permissions(old.permissions()),
        None => Ok(()),
    });
    written
        .and_then(|()| file.as_file().sync_all())
        .map_err(|error| cannot(&error))?;
    file.persist(&target)
        .map_err(|error| cannot(&error.error))?;
    // The rename has happened; only a loss of power could undo it now.
    #[cfg(unix)]
    let _ = File::open(&folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A size in bytes, and in a unit that people read.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => counted(bytes, "byte"),
        10_000..10_000_000 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        _ => format!("{} MiB", bytes.div_ceil(1 << 20)),
    }
}

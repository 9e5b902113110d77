//! The files of the log: `decisions-000001.jsonl` and so on; the last one is written to.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::config::Log as Config;

/// The file that is written to.
struct Open {
    file: File,
    /// How long it is, as far as its lines are whole.
    length: u64,
}

/// The files of one server.
pub(super) struct Files {
    folder: PathBuf,
    /// The number of the file that is written to.
    number: u32,
    /// After how many bytes the next one begins.
    size: u64,
    /// How many are kept; 0: all.
    keep: usize,
    open: Option<Open>,
}

impl Files {
    pub(super) fn open(config: &Config) -> io::Result<Files> {
        fs::create_dir_all(&config.folder)?;
        let last = numbers(&config.folder)?.last().copied();
        let mut files = Files {
            folder: config.folder.clone(),
            number: last.unwrap_or(1),
            size: config.size,
            keep: config.keep,
            open: None,
        };
        files.current()?;
        Ok(files)
    }

    /// Writes lines, all or none of them.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let full = self.current()?.length >= self.size;
        if full {
            self.number += 1;
            self.open = None;
            self.forget()?;
        }
        let open = self.current()?;
        let written = open.file.write_all(lines);
        match written {
            Ok(()) => {
                open.length += lines.len() as u64;
                Ok(())
            }
            Err(error) => {
                // What was begun is taken back. If that fails too, opening the file anew does it.
                let _ = open.file.set_len(open.length);
                self.open = None;
                Err(error)
            }
        }
    }

    fn current(&mut self) -> io::Result<&mut Open> {
        let path = path(&self.folder, self.number);
        let open = match self.open.take() {
            Some(open) => open,
            None => open(&path)?,
        };
        Ok(self.open.insert(open))
    }

    /// Removes the oldest files.
    fn forget(&self) -> io::Result<()> {
        let mut numbers = numbers(&self.folder)?;
        // The one that begins now counts, though it is not there yet.
        while self.keep > 0 && numbers.len() >= self.keep {
            fs::remove_file(path(&self.folder, numbers.remove(0)))?;
        }
        Ok(())
    }
}

/// Opens a file at the end of its last whole line: a line that a crash cut was never answered.
fn open(path: &Path) -> io::Result<Open> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .read(true)
        .open(path)?;
    let meta = file.metadata()?;
    let length = match meta.is_file() {
        true => whole(&mut file, meta.len())?,
        false => 0,
    };
    if meta.is_file() && length < meta.len() {
        file.set_len(length)?;
    }
    Ok(Open { file, length })
}

/// How long a file is up to the end of its last whole line.
fn whole(file: &mut File, length: u64) -> io::Result<u64> {
    let mut end = length;
    let mut piece = vec![0; 64 << 10];
    while end > 0 {
        let begin = end.saturating_sub(piece.len() as u64);
        let piece = &mut piece[..(end - begin) as usize];
        file.seek(SeekFrom::Start(begin))?;
        file.read_exact(piece)?;
        if let Some(at) = piece.iter().rposition(|&byte| byte == b'\n') {
            return Ok(begin + at as u64 + 1);
        }
        end = begin;
    }
    Ok(0)
}

fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("decisions-{number:06}.jsonl"))
}

/// The numbers of the files that are there, ascending.
fn numbers(folder: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let number = name
            .strip_prefix("decisions-")
            .and_then(|rest| rest.strip_suffix(".jsonl"));
        numbers.extend(number.and_then(|number| number.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

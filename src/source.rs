//! A policy file as the compiler sees it: its name, its text, and places in it.
//!
//! In: names and texts, from a disk or from memory. Out: [`Source`], [`Span`] and line numbers.
//! Guarantee: the order of the files on the disk never shows; [`Sources`] is sorted by name.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The number of a file within its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A stretch of one file, in bytes; `start` and `end` lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// The smallest span that holds both; `other` must lie in the same file.
    pub fn to(self, other: Span) -> Span {
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// One policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its number.
    pub id: FileId,
    /// Its name relative to the folder that was compiled, with `/` on every system.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where it was read from, when it was read from a disk: `from "file"` starts there.
    pub path: Option<PathBuf>,
}

impl Source {
    /// The file name without folders and without `.policy`: the policy's name when no header gives one.
    pub fn stem(&self) -> &str {
        let base = self.name.rsplit('/').next().unwrap_or(&self.name);
        base.strip_suffix(".policy").unwrap_or(base)
    }

    /// The path that it was read from, so that an editor finds it; else its name. With `/` on every
    /// system.
    pub fn shown_path(&self) -> String {
        match &self.path {
            Some(path) => {
                let path = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
                path.replace(std::path::MAIN_SEPARATOR, "/")
            }
            None => self.name.clone(),
        }
    }

    /// Line and column of a byte offset, both from 1; a column counts characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// The files of one policy set, sorted by name, and the lists that they may name.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    lists: BTreeMap<String, String>,
    apart: Vec<PathBuf>,
}

/// A folder that holds a file of this name is a policy set of its own: whoever reads a folder above it
/// passes it over. What the file says is for people.
pub const SET_MARK: &str = "policy-set";

/// A name, a text, and where it was read from.
type Named = (String, String, Option<PathBuf>);

/// Why policy files could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file or folder itself.
    #[error("cannot read `{}`: {error}", path.display())]
    Io {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file that is not UTF-8.
    #[error("`{}` is not UTF-8 text: byte {offset} begins no character; save the file as UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first bad byte.
        offset: usize,
    },
    /// A compiled artifact where a policy should be.
    #[error("`{}` is compiled already; give the policies that it was made from (`inspect --source` prints them)", path.display())]
    Compiled {
        /// The artifact.
        path: PathBuf,
    },
    /// A folder without a single `.policy` file.
    #[error("no file that ends in `.policy` under `{}`", path.display())]
    NoPolicies {
        /// The folder.
        path: PathBuf,
    },
    /// Two files with one name.
    #[error("two policy files are called `{name}`; give the folder that holds both, or rename one")]
    SameName {
        /// The name.
        name: String,
    },
}

impl Sources {
    /// Files from memory, as `(name, text)` pairs in any order.
    pub fn from_texts<N: Into<String>, T: Into<String>>(
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> Sources {
        let files = texts
            .into_iter()
            .map(|(name, text)| (name.into(), text.into(), None));
        Sources::sorted(files.collect())
    }

    /// Adds the text of a list that a policy names with `from "name"`.
    #[must_use]
    pub fn with_list(mut self, name: impl Into<String>, text: impl Into<String>) -> Sources {
        self.lists.insert(name.into(), text.into());
        self
    }

    /// Reads files, and every `.policy` file below folders, but not those in a folder below that is
    /// marked as a set of its own ([`SET_MARK`]).
    ///
    /// # Errors
    ///
    /// A path that cannot be read, text that is not UTF-8, a folder without a policy, or two files
    /// that would bear one name.
    pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Sources, ReadError> {
        let (mut files, mut apart) = (Vec::new(), Vec::new());
        for path in paths {
            read_path(path.as_ref(), &mut files, &mut apart)?;
        }
        apart.retain(|set| !paths.iter().any(|path| path.as_ref() == set));
        apart.sort();
        let mut files = without_repetitions(files);
        files.sort();
        if let Some(pair) = files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(ReadError::SameName {
                name: pair[0].0.clone(),
            });
        }
        let mut sources = Sources::sorted(files);
        sources.apart = apart;
        Ok(sources)
    }

    fn sorted(mut files: Vec<Named>) -> Sources {
        for (_, text, _) in &mut files {
            // Line ends and the mark at the start are a matter of the editor, not of the policy.
            if text.starts_with('\u{FEFF}') || text.contains('\r') {
                *text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
            }
        }
        files.sort();
        let files = files.into_iter().zip(0..);
        let files = files
            .map(|((name, text, path), id)| Source {
                id: FileId(id),
                name,
                text,
                path,
            })
            .collect();
        Sources {
            files,
            lists: BTreeMap::new(),
            apart: Vec::new(),
        }
    }

    /// Folders that were passed over because they hold a set of their own.
    pub fn apart(&self) -> &[PathBuf] {
        &self.apart
    }

    /// The files, sorted by name; a file's place is its [`FileId`].
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The text of a list that `from` names: from memory, or from the disk beside `from`.
    ///
    /// # Errors
    ///
    /// What the system said, or that the list is not UTF-8.
    pub fn list(&self, from: FileId, name: &str) -> io::Result<String> {
        if let Some(text) = self.lists.get(name) {
            return Ok(text.clone());
        }
        let beside = self.file(from).and_then(|file| file.path.as_deref());
        match beside.and_then(Path::parent) {
            Some(folder) => std::fs::read_to_string(folder.join(name)),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "no such list")),
        }
    }
}

/// A file named by several paths, under the longest of its names: that of the outermost folder.
fn without_repetitions(files: Vec<Named>) -> Vec<Named> {
    let mut known: BTreeMap<PathBuf, Named> = BTreeMap::new();
    for file in files {
        let path = file.2.as_deref().unwrap_or(Path::new(&file.0));
        let same = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let longer = |old: &Named| old.0.len() >= file.0.len();
        if !known.get(&same).is_some_and(longer) {
            known.insert(same, file);
        }
    }
    known.into_values().collect()
}

fn read_path(
    path: &Path,
    files: &mut Vec<Named>,
    apart: &mut Vec<PathBuf>,
) -> Result<(), ReadError> {
    let io_error = |path: &Path, error| ReadError::Io {
        path: path.to_owned(),
        error,
    };
    let meta = std::fs::metadata(path).map_err(|error| io_error(path, error))?;
    if !meta.is_dir() {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        files.push((name, read_text(path)?, Some(path.to_owned())));
        return Ok(());
    }
    let before = files.len();
    let mut entries = walkdir::WalkDir::new(path).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| {
            let at = error.path().unwrap_or(path).to_owned();
            io_error(&at, error.into())
        })?;
        if entry.depth() > 0 && entry.path().join(SET_MARK).is_file() {
            entries.skip_current_dir();
            apart.push(entry.into_path());
            continue;
        }
        let is_policy = entry.path().extension().is_some_and(|e| e == "policy");
        if is_policy && entry.file_type().is_file() {
            let name = relative_name(entry.path(), path);
            files.push((name, read_text(entry.path())?, Some(entry.into_path())));
        }
    }
    if files.len() == before {
        return Err(ReadError::NoPolicies {
            path: path.to_owned(),
        });
    }
    Ok(())
}

fn relative_name(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn read_text(path: &Path) -> Result<String, ReadError> {
    let bytes = std::fs::read(path).map_err(|error| ReadError::Io {
        path: path.to_owned(),
        error,
    })?;
    if bytes.starts_with(&interdict_matcher::artifact::MAGIC) {
        let path = path.to_owned();
        return Err(ReadError::Compiled { path });
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let sources = Sources::from_texts([("a.policy", "ab\n白皮书 x")]);
        let file = &sources.files()[0];
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(3), (2, 1));
        assert_eq!(file.line_column(13), (2, 5));
        assert_eq!(file.stem(), "a");
    }
}

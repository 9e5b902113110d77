//! The highest version that was accepted, kept in a file across runs.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file with one number.
#[derive(Debug, Clone)]
pub struct LastVersion {
    path: PathBuf,
}

/// Why the number cannot be read or kept. Nothing should be accepted then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LastVersionError {
    /// The system said so.
    #[error("cannot {verb} `{}`: {error}", path.display())]
    Io {
        /// `read` or `write`.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It holds something else.
    #[error("`{}` holds no version number", .0.display())]
    NoNumber(PathBuf),
}

impl LastVersion {
    /// The number in a file; the file need not be there.
    pub fn at(path: impl AsRef<Path>) -> LastVersion {
        LastVersion {
            path: path.as_ref().to_owned(),
        }
    }

    /// The highest version that was accepted; 0 when there was none.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or that holds no number.
    pub fn read(&self) -> Result<u64, LastVersionError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => text
                .trim()
                .parse()
                .map_err(|_| LastVersionError::NoNumber(self.path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(self.failed("read", error)),
        }
    }

    /// Keeps a version that was accepted, in one step: a crash leaves the old number or the new one.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn keep(&self, version: u64) -> Result<(), LastVersionError> {
        let mut beside = self.path.clone().into_os_string();
        beside.push(format!(".{}", std::process::id()));
        let written = File::create(&beside).and_then(|mut file| {
            writeln!(file, "{version}")?;
            file.sync_all()
        });
        let kept = written.and_then(|()| fs::rename(&beside, &self.path));
        kept.map_err(|error| {
            // What was begun is of no use; that it may stay behind is no second failure.
            let _ = fs::remove_file(&beside);
            self.failed("write", error)
        })
    }

    fn failed(&self, verb: &'static str, error: io::Error) -> LastVersionError {
        LastVersionError::Io {
            verb,
            path: self.path.clone(),
            error,
        }
    }
}

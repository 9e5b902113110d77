//! A file and the signature beside it, looked at again and again.
//!
//! Looking is sturdier than being told: it works the same on every disk, over the network and in
//! containers, through links and after the folder itself was replaced. What was replaced is read
//! once it has stood still from one look to the next, so that an artifact and its signature are not
//! taken between the one and the other.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use interdict_sign::signature_path;

use super::{Fetched, ReloadError, unreadable};

/// A signature is a few lines; more is something else.
const LONGEST_SIGNATURE: u64 = 64 << 10;

/// What shows that a file was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    number: u64,
}

/// The stamps of an artifact and of its signature; none of what is not there.
type Stamps = [Option<Stamp>; 2];

/// What a look at a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// It is as it was when it was last read.
    Same,
    /// It was replaced, and may still be changing.
    Moving,
    /// It was replaced, and stands still.
    New,
}

/// A file that is watched.
#[derive(Debug)]
pub(super) struct Watched {
    path: PathBuf,
    signature: PathBuf,
    limit: u64,
    /// As it was when it was last read.
    read: Stamps,
    /// As it was at the last look.
    seen: Stamps,
}

impl Watched {
    pub(super) fn new(path: &Path, limit: u64) -> Watched {
        Watched {
            path: path.to_owned(),
            signature: signature_path(path),
            limit,
            read: [None; 2],
            seen: [None; 2],
        }
    }

    /// Looks whether the file was replaced since it was last read.
    pub(super) fn look(&mut self) -> Look {
        let now = self.stamps();
        let still = std::mem::replace(&mut self.seen, now) == now;
        match (now == self.read, still) {
            (true, _) => Look::Same,
            (false, false) => Look::Moving,
            (false, true) => Look::New,
        }
    }

    /// What the file holds, if it was replaced since it was last read and stands still.
    pub(super) fn changed(&mut self) -> Option<Result<Fetched, ReloadError>> {
        (self.look() == Look::New).then(|| self.read())
    }

    /// What the file holds now.
    pub(super) fn read(&mut self) -> Result<Fetched, ReloadError> {
        let before = self.stamps();
        self.seen = before;
        // Whatever comes of it: the same file is not tried twice.
        self.read = before;
        let artifact =
            read(&self.path, self.limit).map_err(|error| unreadable(self.path.display(), error))?;
        let signature = match read(&self.signature, LONGEST_SIGNATURE) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(self.signature.display(), error)),
        };
        if self.stamps() != before {
            // It was replaced meanwhile: the next looks will find it.
            self.read = [None; 2];
            return Err(unreadable(
                self.path.display(),
                "it changed while it was read",
            ));
        }
        Ok(Fetched {
            artifact,
            signature,
        })
    }

    fn stamps(&self) -> Stamps {
        [&self.path, &self.signature].map(|path| fs::metadata(path).ok().map(|meta| stamp(&meta)))
    }
}

fn stamp(meta: &Metadata) -> Stamp {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(meta);
    #[cfg(not(unix))]
    let number = 0;
    Stamp {
        modified: meta.modified().ok(),
        length: meta.len(),
        number,
    }
}

/// Reads a file, unless it is longer than a limit.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("it is longer than {limit} bytes")));
    }
    Ok(bytes)
}

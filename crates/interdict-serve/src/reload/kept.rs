//! The last good artifact on disk, for a start at which the source has none.
//!
//! ```text
//! STATE/last-good       the content id of the one that is kept
//! STATE/ID.matcher      its bytes
//! STATE/ID.matcher.minisig
//! STATE/last-version    the highest version that was accepted
//! ```
//!
//! Every file is replaced in one step, and the number of the version comes last: whenever the power
//! fails, what is kept is whole and can be loaded.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use interdict_sign::{LastVersion, signature_path};

use super::{Fetched, ReloadError, unreadable};
use crate::artifact::Artifact;

/// The folder of one server.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    pub(super) fn open(folder: &Path) -> Result<Kept, ReloadError> {
        fs::create_dir_all(folder).map_err(|error| unreadable(folder.display(), error))?;
        Ok(Kept {
            folder: folder.to_owned(),
        })
    }

    pub(super) fn last_version(&self) -> Result<u64, ReloadError> {
        let last = self.version();
        last.read()
            .map_err(|error| unreadable(self.folder.display(), error))
    }

    /// The artifact that was kept, if there is one.
    pub(super) fn last_good(&self) -> Result<Option<Fetched>, ReloadError> {
        let id = match fs::read_to_string(self.folder.join("last-good")) {
            Ok(id) => id.trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(self.folder.display(), error)),
        };
        let path = self.path(&id);
        let artifact = fs::read(&path).map_err(|error| unreadable(path.display(), error))?;
        Ok(Some(Fetched {
            artifact,
            signature: fs::read_to_string(signature_path(&path)).ok(),
        }))
    }

    /// Keeps an artifact in place of the one before.
    pub(super) fn keep(&self, artifact: &Artifact, fetched: &Fetched) -> io::Result<()> {
        let id = artifact.matcher.content_id_hex();
        let path = self.path(&id);
        if let Some(signature) = &fetched.signature {
            replace(&signature_path(&path), signature.as_bytes())?;
        }
        replace(&path, &fetched.artifact)?;
        replace(&self.folder.join("last-good"), id.as_bytes())?;
        if let Some(release) = &artifact.release {
            let kept = self.version().keep(release.version);
            kept.map_err(|error| io::Error::other(error.to_string()))?;
        }
        self.forget_all_but(&path)
    }

    /// Removes artifacts that are no longer the last good one.
    fn forget_all_but(&self, path: &Path) -> io::Result<()> {
        let signature = signature_path(path);
        for entry in fs::read_dir(&self.folder)? {
            let other = entry?.path();
            let name = other.to_string_lossy();
            let is_artifact = name.ends_with(".matcher") || name.ends_with(".matcher.minisig");
            if is_artifact && other != path && other != signature {
                fs::remove_file(&other)?;
            }
        }
        Ok(())
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.matcher"))
    }

    fn version(&self) -> LastVersion {
        LastVersion::at(self.folder.join("last-version"))
    }
}

/// Writes a file in one step: beside the old one, to the disk, then over it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written?;
    fs::rename(&beside, path)
}

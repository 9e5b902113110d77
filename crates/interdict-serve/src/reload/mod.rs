//! Keeps the artifact that decides up to date: what is fetched is verified, then swapped in.

mod address;
mod file;
mod folder;
mod kept;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use interdict_matcher::{LoadError, Matcher};
use interdict_sign::{PublicKey, Refusal, Trust};

use crate::artifact::{Artifact, Current};
use crate::config::{Config, Source};
use crate::metrics::{Metrics, Reload};
use address::Address;
use file::Watched;
use folder::Folder;
use kept::Kept;

/// Bytes of an artifact, and the text of the signature that stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Fetched {
    artifact: Vec<u8>,
    signature: Option<String>,
}

/// Why nothing was fetched, or why what was fetched is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReloadError {
    /// It could not be read.
    #[error("cannot read `{from}`: {reason}")]
    Unreadable {
        /// The file or the address.
        from: String,
        /// Why not.
        reason: String,
    },
    /// It is no artifact.
    #[error(transparent)]
    Unsound(#[from] LoadError),
    /// It is not trusted.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It has to be signed, and is not.
    #[error("not signed, and a public key was given")]
    Unsigned,
}

/// Where artifacts come from.
enum Origin {
    File(Watched),
    Folder(Folder),
    Address(Address),
}

/// Why an origin is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The server starts, and needs one.
    Start,
    /// Is anything new?
    Look,
    /// What was given was refused: is there another one?
    Further,
}

impl Origin {
    /// The next artifact to try, if there is one.
    fn next(&mut self, turn: Turn) -> Option<Result<Fetched, ReloadError>> {
        match (self, turn) {
            (Origin::File(file), Turn::Start) => Some(file.read()),
            (Origin::File(file), Turn::Look) => file.changed(),
            (Origin::Address(address), Turn::Start) => Some(address.read()),
            (Origin::Address(address), Turn::Look) => address.changed().transpose(),
            (Origin::Folder(folder), Turn::Start) => folder.look(true),
            (Origin::Folder(folder), Turn::Look) => folder.look(false),
            (Origin::Folder(folder), Turn::Further) => folder.next(),
            (Origin::File(_) | Origin::Address(_), Turn::Further) => None,
        }
    }

    /// Hears whether what it gave was good, or why not.
    fn judged(&mut self, refusal: Option<&ReloadError>) {
        if let Origin::Folder(folder) = self {
            folder.judged(refusal);
        }
    }
}

/// The one who looks for new artifacts. It works on a thread of its own, and waits on files and
/// on the network as it likes.
pub(crate) struct Reloader {
    origin: Origin,
    keys: Vec<PublicKey>,
    allow_older: bool,
    /// The highest version that was accepted.
    accepted: u64,
    kept: Option<Kept>,
    metrics: Arc<Metrics>,
    every: Duration,
}

impl Reloader {
    pub(crate) fn new(config: &Config, metrics: Arc<Metrics>) -> Result<Reloader, ReloadError> {
        let limit = config.limits.artifact;
        let signed = !config.keys.is_empty();
        let origin = match &config.source {
            Source::File(path) => Origin::File(Watched::new(path, limit)),
            Source::Folder(path) => Origin::Folder(Folder::new(path, limit)),
            Source::Url(url) => Origin::Address(Address::new(url, signed, limit)),
        };
        let kept = config.state.as_deref().map(Kept::open).transpose()?;
        let accepted = match &kept {
            Some(kept) => kept.last_version()?,
            None => 0,
        };
        Ok(Reloader {
            origin,
            keys: config.keys.clone(),
            allow_older: config.allow_older,
            accepted,
            kept,
            metrics,
            every: config.every,
        })
    }

    /// The artifact to begin with: what the source holds, or else the last good one.
    pub(crate) fn first(&mut self) -> Result<Artifact, ReloadError> {
        let (mut turn, mut refused) = (Turn::Start, None);
        while let Some(tried) = self.try_next(turn) {
            if let Some(error) = refused.take() {
                self.refused(&error);
            }
            match tried {
                Ok(artifact) => return Ok(artifact),
                Err(error) => refused = Some(error),
            }
            turn = Turn::Further;
        }
        let nothing = || unreadable("the source", "it holds nothing");
        self.last_good(refused.unwrap_or_else(nothing))
    }

    /// The next artifact that the source has to offer, verified.
    fn try_next(&mut self, turn: Turn) -> Option<Result<Artifact, ReloadError>> {
        let fetched = self.origin.next(turn)?;
        let admitted = fetched.and_then(|fetched| self.admit(&fetched));
        self.origin.judged(admitted.as_ref().err());
        Some(admitted)
    }

    /// What was kept before, when the source has nothing to serve; else the source's own error.
    fn last_good(&mut self, error: ReloadError) -> Result<Artifact, ReloadError> {
        let Some(fetched) = self
            .kept
            .as_ref()
            .and_then(|kept| kept.last_good().transpose())
        else {
            return Err(error);
        };
        self.refused(&error);
        let artifact = fetched.and_then(|fetched| self.verify(&fetched))?;
        let content_id = artifact.matcher.content_id_hex();
        tracing::warn!(content_id, "serving the last good artifact");
        Ok(artifact)
    }

    /// Looks at the source until told to stop.
    pub(crate) fn run(mut self, current: &Current, stop: &Receiver<()>) {
        while stop.recv_timeout(self.every) == Err(RecvTimeoutError::Timeout) {
            self.look(current);
        }
    }

    /// Looks at the source once.
    fn look(&mut self, current: &Current) {
        let mut turn = Turn::Look;
        while let Some(tried) = self.try_next(turn) {
            match tried {
                Ok(artifact) => return self.swap(artifact, current),
                Err(error) => self.refused(&error),
            }
            turn = Turn::Further;
        }
    }

    /// Lets another artifact decide, unless it is the same one.
    fn swap(&self, artifact: Artifact, current: &Current) {
        if current.get().is(&artifact) {
            return;
        }
        let content_id = artifact.matcher.content_id_hex();
        let version = artifact.release.as_ref().map(|release| release.version);
        tracing::info!(content_id, version, "reloaded");
        self.metrics.reloaded(Reload::Accepted);
        self.metrics.serves(&artifact);
        current.replace(artifact);
    }

    fn refused(&self, error: &ReloadError) {
        let kind = match error {
            ReloadError::Unreadable { .. } => Reload::Unreadable,
            ReloadError::Unsound(_) | ReloadError::Refused(Refusal::Unsound(_)) => Reload::Unsound,
            ReloadError::Refused(Refusal::Older { .. }) => Reload::Older,
            ReloadError::Refused(_) | ReloadError::Unsigned => Reload::Untrusted,
        };
        self.metrics.reloaded(kind);
        tracing::error!(reason = %error, "artifact refused");
    }

    /// Verifies what was fetched, and keeps it for the next start.
    fn admit(&mut self, fetched: &Fetched) -> Result<Artifact, ReloadError> {
        let artifact = self.verify(fetched)?;
        if let Some(release) = &artifact.release {
            self.accepted = release.version;
        }
        if let Some(kept) = &self.kept
            && let Err(error) = kept.keep(&artifact, fetched)
        {
            // It is good all the same; only the next start would not know it.
            self.metrics.not_kept();
            tracing::error!(reason = %error, "the artifact is served, but not kept");
        }
        Ok(artifact)
    }

    fn verify(&self, fetched: &Fetched) -> Result<Artifact, ReloadError> {
        if self.keys.is_empty() {
            let matcher = Matcher::from_bytes(fetched.artifact.clone())?;
            return Ok(Artifact::new(matcher, None));
        }
        let signature = fetched.signature.as_ref().ok_or(ReloadError::Unsigned)?;
        let least = if self.allow_older { 0 } else { self.accepted };
        let trust = Trust::new(self.keys.clone()).since(least);
        let (matcher, release) = trust.load(fetched.artifact.clone(), signature)?;
        Ok(Artifact::new(matcher, Some(release)))
    }
}

/// Loads an artifact that is not replaced.
pub(crate) fn once(path: &Path, keys: &[PublicKey]) -> Result<Artifact, ReloadError> {
    if keys.is_empty() {
        return Ok(Artifact::new(Matcher::open(path)?, None));
    }
    let (matcher, release) = Trust::new(keys.iter().cloned()).open(path)?;
    Ok(Artifact::new(matcher, Some(release)))
}

fn unreadable(from: impl std::fmt::Display, reason: impl ToString) -> ReloadError {
    ReloadError::Unreadable {
        from: from.to_string(),
        reason: reason.to_string(),
    }
}

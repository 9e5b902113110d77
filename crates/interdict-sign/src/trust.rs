//! An artifact and its signature → the release that they are, or why they are refused.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use interdict_matcher::{LoadError, Matcher};
use minisign_verify::{Error, Signature};

use crate::public_key::PublicKey;
use crate::release::Release;

/// A signature is a few lines; more is something else.
const LONGEST_SIGNATURE: u64 = 64 << 10;

/// What is accepted: artifacts that one of some keys signed, from a version on.
#[derive(Debug, Clone)]
pub struct Trust {
    keys: Vec<PublicKey>,
    least: u64,
}

/// Why an artifact is refused, or a key that should say whom to trust.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no signature beside it.
    #[error("not signed: there is no `{}`", .0.display())]
    Unsigned(PathBuf),
    /// The signature that came with it is empty.
    #[error("not signed: no signature came with it")]
    NoSignature,
    /// What should say whom to trust is no public key.
    #[error("not a public key of minisign: {0}")]
    BadKey(String),
    /// What stands beside it is no signature.
    #[error("its signature cannot be read: {0}")]
    Unreadable(String),
    /// Nobody who is trusted signed it.
    #[error("signed by a key that is not trusted")]
    OtherKey,
    /// It is not what was signed, or the signature is forged.
    #[error("the signature is not of this artifact, or was changed")]
    Wrong,
    /// The release that the signature names is of another artifact.
    #[error("the signature names the content id `{named}`, but the artifact has `{found}`")]
    OtherContent {
        /// What the signature names.
        named: String,
        /// What the artifact is.
        found: String,
    },
    /// It is older than one that was accepted before.
    #[error("version {version} is older than version {least}, the least that is accepted")]
    Older {
        /// Its version.
        version: u64,
        /// The one to reach.
        least: u64,
    },
    /// It was signed, and is no artifact that can be loaded.
    #[error(transparent)]
    Unsound(#[from] LoadError),
    /// A file could not be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Where the signature of an artifact stands: `X.matcher.minisig` beside `X.matcher`.
pub fn signature_path(artifact: &Path) -> PathBuf {
    let mut name = OsString::from(artifact);
    name.push(".minisig");
    PathBuf::from(name)
}

impl Trust {
    /// Trusts whatever one of the keys signed, in any version.
    pub fn new(keys: impl IntoIterator<Item = PublicKey>) -> Trust {
        Trust {
            keys: keys.into_iter().collect(),
            least: 0,
        }
    }

    /// Accepts no version before this one.
    pub fn since(self, least: u64) -> Trust {
        Trust { least, ..self }
    }

    /// Loads an artifact and the release that it is. The bytes that were verified are those that
    /// are loaded.
    ///
    /// # Errors
    ///
    /// Whatever keeps the artifact from being trusted or sound.
    pub fn load(&self, artifact: Vec<u8>, signature: &str) -> Result<(Matcher, Release), Refusal> {
        if signature.trim().is_empty() {
            return Err(Refusal::NoSignature);
        }
        let signature =
            Signature::decode(signature).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        self.signed(&artifact, &signature)?;
        let release = Release::read(signature.trusted_comment())
            .ok_or_else(|| Refusal::Unreadable("its trusted comment is broken".to_owned()))?;
        if release.version < self.least {
            return Err(Refusal::Older {
                version: release.version,
                least: self.least,
            });
        }
        let matcher = Matcher::from_bytes(artifact)?;
        let found = matcher.content_id_hex();
        match &release.content_id {
            Some(named) if *named != found => Err(Refusal::OtherContent {
                named: named.clone(),
                found,
            }),
            _ => Ok((matcher, release)),
        }
    }

    /// Loads an artifact from a file, with its signature from the file beside it.
    ///
    /// # Errors
    ///
    /// As [`Trust::load`], or a file that cannot be read.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<(Matcher, Release), Refusal> {
        let path = path.as_ref();
        let beside = signature_path(path);
        let artifact = fs::read(path).map_err(|error| cannot_read(path, error))?;
        let length = match fs::metadata(&beside) {
            Ok(meta) => meta.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Refusal::Unsigned(beside));
            }
            Err(error) => return Err(cannot_read(&beside, error)),
        };
        if length > LONGEST_SIGNATURE {
            return Err(Refusal::Unreadable(format!("it is {length} bytes long")));
        }
        let signature = fs::read(&beside).map_err(|error| cannot_read(&beside, error))?;
        self.load(artifact, &String::from_utf8_lossy(&signature))
    }

    /// Whether one of the keys signed these bytes.
    fn signed(&self, artifact: &[u8], signature: &Signature) -> Result<(), Refusal> {
        let mut refusal = Refusal::OtherKey;
        for key in &self.keys {
            match key.verify(artifact, signature) {
                Ok(()) => return Ok(()),
                Err(Error::UnexpectedKeyId) => {}
                Err(Error::InvalidSignature) => refusal = Refusal::Wrong,
                Err(error) => refusal = Refusal::Unreadable(error.to_string()),
            }
        }
        Err(refusal)
    }
}

fn cannot_read(path: &Path, error: io::Error) -> Refusal {
    Refusal::Io {
        path: path.to_owned(),
        error,
    }
}

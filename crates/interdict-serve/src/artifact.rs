//! The artifact that decides now, and what became of others.

use std::sync::Arc;
use std::time::SystemTime;

use arc_swap::ArcSwap;
use interdict_matcher::Matcher;
use interdict_sign::Release;

/// An artifact that was verified and loaded. Requests hold on to the one that they began with.
#[derive(Debug)]
pub(crate) struct Artifact {
    pub(crate) matcher: Matcher,
    /// The release that it is, if it had to be signed.
    pub(crate) release: Option<Release>,
    /// When it was loaded.
    pub(crate) since: SystemTime,
}

impl Artifact {
    pub(crate) fn new(matcher: Matcher, release: Option<Release>) -> Artifact {
        let since = SystemTime::now();
        Artifact {
            matcher,
            release,
            since,
        }
    }

    /// Whether another one is the same release of the same content.
    pub(crate) fn is(&self, other: &Artifact) -> bool {
        self.matcher.content_id() == other.matcher.content_id() && self.release == other.release
    }
}

/// The artifact that decides now. It is replaced in one step.
#[derive(Debug)]
pub(crate) struct Current(ArcSwap<Artifact>);

impl Current {
    pub(crate) fn new(artifact: Artifact) -> Current {
        Current(ArcSwap::from_pointee(artifact))
    }

    pub(crate) fn get(&self) -> Arc<Artifact> {
        self.0.load_full()
    }

    pub(crate) fn replace(&self, artifact: Artifact) {
        self.0.store(Arc::new(artifact));
    }
}

//! Why bytes are no usable artifact.

use super::MAJOR;

/// Why bytes are no usable artifact.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file could not be read.
    #[error("cannot read the artifact: {0}")]
    Io(#[from] std::io::Error),
    /// It does not begin as an artifact does.
    #[error("this is not a compiled policy: it does not begin with `INTRDICT`")]
    NotAnArtifact,
    /// It was written in a format that this version does not read.
    #[error(
        "this artifact has format {major}.{minor}; this version reads {MAJOR}.x: compile the policy again, or use a matching version"
    )]
    Format {
        /// The format found.
        major: u16,
        /// The minor one found.
        minor: u16,
    },
    /// It ends before it should.
    #[error("the artifact is cut short: {found} bytes, where its directory needs {needed}")]
    Truncated {
        /// How many bytes there are.
        found: u64,
        /// How many there should be.
        needed: u64,
    },
    /// Its bytes are not those that were written.
    #[error("the artifact is damaged: its content is not what its id says")]
    Damaged,
    /// Its content id is not the one that was verified before.
    #[error("the artifact is another one: its content id is not the one that was verified before")]
    OtherContent,
    /// A section holds what the compiler never writes.
    #[error("the artifact is not sound: section {section}: {problem}")]
    Unsound {
        /// The section.
        section: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}

pub(super) fn truncated(bytes: &[u8], needed: u64) -> LoadError {
    LoadError::Truncated {
        found: bytes.len() as u64,
        needed,
    }
}

pub(super) fn unsound(section: &'static str, problem: &'static str) -> LoadError {
    LoadError::Unsound { section, problem }
}

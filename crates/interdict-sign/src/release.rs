//! What a signature says of the artifact beside which it stands.

use std::fmt;
use std::str::FromStr;

/// The version of this comment's own layout.
const LAYOUT: &str = "interdict:1";

/// One release of a policy set, as the trusted comment of a signature holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    /// The number that the signer gave; later releases have higher ones. A signature that names
    /// none, as the `minisign` program writes it, is version 0.
    pub version: u64,
    /// The content id of the artifact, in hexadecimal; none in a signature that names none.
    pub content_id: Option<String>,
}

impl Release {
    /// Reads a trusted comment. One of another kind is version 0 of anything; one of this kind that
    /// is broken is nothing at all.
    pub(crate) fn read(comment: &str) -> Option<Release> {
        match comment.split('\t').next() {
            Some(LAYOUT) => comment.parse().ok(),
            _ => Some(Release::default()),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LAYOUT}\tversion:{}", self.version)?;
        match &self.content_id {
            Some(id) => write!(f, "\tcontent-id:{id}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Release {
    type Err = ();

    fn from_str(comment: &str) -> Result<Release, ()> {
        let mut parts = comment.split('\t');
        let layout = parts.next().filter(|layout| *layout == LAYOUT);
        let version = parts.next().and_then(|part| part.strip_prefix("version:"));
        let id = parts
            .next()
            .and_then(|part| part.strip_prefix("content-id:"));
        match (layout, version, id, parts.next()) {
            (Some(_), Some(version), Some(id), None) => Ok(Release {
                version: version.parse().map_err(|_| ())?,
                content_id: Some(id.to_owned()),
            }),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn what_is_written_is_read() {
        let release = Release {
            version: u64::MAX,
            content_id: Some("9f".repeat(32)),
        };
        assert_eq!(Release::read(&release.to_string()), Some(release));
    }

    #[test]
    fn a_foreign_comment_is_version_0_and_a_broken_one_is_none() {
        let foreign = "timestamp:1700000000\tfile:rules.matcher\thashed";
        assert_eq!(Release::read(foreign), Some(Release::default()));
        for broken in [
            "interdict:1",
            "interdict:1\tversion:-1\tcontent-id:9f",
            "interdict:1\tversion:1",
            "interdict:1\tversion:1\tcontent-id:9f\tversion:2",
        ] {
            assert_eq!(Release::read(broken), None, "{broken}");
        }
    }
}

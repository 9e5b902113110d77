//! Signs compiled Interdict policies, and refuses those that nobody vouches for.
//!
//! Signatures and keys are minisign's: the `minisign` program verifies what this crate signs, and
//! the other way round. The signature of `X.matcher` stands beside it in `X.matcher.minisig`; its
//! trusted comment holds a [`Release`]: the version number that the signer gives, and the content id.
//!
//! ```text
//! untrusted comment: interdict
//! RUQ… (key number and signature)
//! trusted comment: interdict:1 version:17 content-id:9f2c…   (with tabs between them)
//! … (signature over the signature and the trusted comment)
//! ```
//!
//! The version number is the signer's, not the compiler's: the same policies are the same artifact
//! whenever they are compiled, and going back to an older one is a new release of old bytes.
//! [`Trust`] refuses versions that go backwards.
//!
//! ```no_run
//! use interdict_sign::{PublicKey, Trust};
//!
//! let key: PublicKey = std::fs::read_to_string("interdict.pub")?.parse()?;
//! let (matcher, release) = Trust::new([key]).open("rules.matcher")?;
//! println!("version {}", release.version);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod last_version;
mod release;
mod sign;
mod trust;

pub use last_version::{LastVersion, LastVersionError};
pub use release::Release;
pub use sign::{KeyError, KeyPair, SecretKey, SignError, generate, sign};
pub use trust::{PublicKey, Refusal, Trust, signature_path};

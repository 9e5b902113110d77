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
//! let keys = PublicKey::all_in(&std::fs::read_to_string("interdict.pub")?)?;
//! let (matcher, release) = Trust::new(keys).since(17).open("rules.matcher")?;
//! println!("version {}", release.version);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The feature `sign`, on by default, makes keys and signatures. Without it the crate verifies alone.

mod last_version;
mod public_key;
mod release;
#[cfg(feature = "sign")]
mod sign;
mod trust;

pub use last_version::{LastVersion, LastVersionError};
pub use public_key::PublicKey;
pub use release::Release;
#[cfg(feature = "sign")]
pub use sign::{KeyError, KeyPair, SecretKey, SignError, generate, sign};
pub use trust::{Refusal, Trust, signature_path};

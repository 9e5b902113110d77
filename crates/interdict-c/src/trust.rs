//! Whom C trusts: the text of public keys' files, and the least version.

use std::fs;

use interdict_sign::{PublicKey, Trust};

use crate::status::{Fault, InterdictStatus};

/// Whom to trust, and from which version on.
pub(crate) fn trust(public_key: &str, least_version: u64) -> Result<Trust, Fault> {
    Ok(Trust::new(PublicKey::all_in(public_key)?).since(least_version))
}

/// The text of a public key's file, in which there is one.
pub(crate) fn read_public_key(path: &str) -> Result<String, Fault> {
    let text = fs::read_to_string(path).map_err(|error| {
        let reason = format!("cannot read `{path}`: {error}");
        Fault::new(InterdictStatus::BadKey, reason)
    })?;
    PublicKey::all_in(&text)?;
    Ok(text)
}

//! Secret keys, and signatures by them.

use std::io::Cursor;

use ct_codecs::{Base64, Decoder};
use interdict_matcher::{LoadError, Matcher};
use minisign::SecretKeyBox;

use crate::release::Release;

/// How the second line of a protected key begins: `EdScB2` in base 64.
const PROTECTED: &str = "RWRTY0Iy";
/// The bytes of the checksum at a key's end.
const CHECKSUM: usize = 32;

/// A secret key, out of its file. Showing it shows nothing.
pub struct SecretKey(minisign::SecretKey);

/// The texts of two new files.
pub struct KeyPair {
    /// Of the file of the secret key.
    pub secret: String,
    /// Of the file of the public key.
    pub public: String,
}

/// Why a text is no secret key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It is protected, and no password was given.
    #[error("the secret key is protected by a password")]
    NeedsPassword,
    /// It cannot be read, or the password is another one.
    #[error("not a secret key of minisign, or not its password: {0}")]
    Unreadable(String),
    /// No key could be made.
    #[error("cannot make a key: {0}")]
    NotMade(String),
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// What should be signed is no artifact.
    #[error("not a sound artifact, so it is not signed: {0}")]
    Unsound(#[from] LoadError),
    /// The key does not sign.
    #[error("cannot sign: {0}")]
    Failed(String),
}

impl SecretKey {
    /// Reads the text of a secret key's file. A key that no password protects needs none.
    ///
    /// # Errors
    ///
    /// A text that is no secret key, or a password that is missing or wrong.
    pub fn read(text: &str, password: Option<&str>) -> Result<SecretKey, KeyError> {
        let line = text.lines().nth(1).unwrap_or_default();
        let boxed = SecretKeyBox::from(text.to_owned());
        let key = if line.starts_with(PROTECTED) {
            // Without a password the crate would ask the terminal for one.
            let password = password.ok_or(KeyError::NeedsPassword)?;
            boxed.into_secret_key(Some(password.to_owned()))
        } else {
            boxed
                .into_unencrypted_secret_key()
                .or_else(|error| without_checksum(line).ok_or(error))
        };
        key.map(SecretKey)
            .map_err(|error| KeyError::Unreadable(error.to_string()))
    }
}

/// The key of a line whose checksum is left out: `minisign -GW` writes none.
fn without_checksum(line: &str) -> Option<minisign::SecretKey> {
    let bytes = Base64::decode_to_vec(line, None).ok()?;
    let checksum = bytes.len().checked_sub(CHECKSUM)?;
    let left_out = bytes[checksum..].iter().all(|&byte| byte == 0);
    let key = minisign::SecretKey::from_bytes(&bytes).ok()?;
    left_out.then_some(key)
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyPair {{ public: {:?}, .. }}", self.public)
    }
}

/// Makes a pair of keys; a password protects the secret one.
///
/// # Errors
///
/// When the system has no randomness, or no memory for the password's derivation.
pub fn generate(password: Option<&str>) -> Result<KeyPair, KeyError> {
    let failed = |error: minisign::PError| KeyError::NotMade(error.to_string());
    let pair = match password {
        Some(password) => minisign::KeyPair::generate_encrypted_keypair(Some(password.to_owned())),
        None => minisign::KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(failed)?;
    let secret = pair.sk.to_box(Some("interdict secret key"));
    Ok(KeyPair {
        secret: secret.map_err(failed)?.into_string(),
        public: pair.pk.to_box().map_err(failed)?.into_string(),
    })
}

/// Signs an artifact as a version; the text of its signature's file.
///
/// # Errors
///
/// Bytes that do not load: nobody should vouch for them.
pub fn sign(
    artifact: impl Into<Vec<u8>>,
    key: &SecretKey,
    version: u64,
) -> Result<String, SignError> {
    let artifact = artifact.into();
    let matcher = Matcher::from_bytes(artifact.clone())?;
    let release = Release {
        version,
        content_id: Some(matcher.content_id_hex()),
    };
    let comment = release.to_string();
    let signature = minisign::sign(
        None,
        &key.0,
        Cursor::new(artifact),
        Some(&comment),
        Some("interdict"),
    );
    signature
        .map(minisign::SignatureBox::into_string)
        .map_err(|error| SignError::Failed(error.to_string()))
}

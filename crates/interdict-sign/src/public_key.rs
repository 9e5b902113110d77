//! The text of public keys' files → whose signatures count.

use std::str::FromStr;

use minisign_verify::{Error, Signature};

use crate::trust::Refusal;

/// How the line begins that minisign writes above a key.
const COMMENT: &str = "untrusted comment:";

/// Whose signatures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(minisign_verify::PublicKey);

impl PublicKey {
    /// Reads the text of a public key's file, or of several one after the other; the comments may be
    /// left out. There is always one key at least: whoever hands over an empty text by mistake
    /// trusts nobody by it, and everybody neither.
    ///
    /// # Errors
    ///
    /// A text without a key, or a line that is neither key nor comment.
    pub fn all_in(text: &str) -> Result<Vec<PublicKey>, Refusal> {
        let lines = text.lines().map(str::trim).zip(1..);
        let lines = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with(COMMENT));
        let keys = lines.map(|(line, number)| {
            minisign_verify::PublicKey::from_base64(line)
                .map(PublicKey)
                .map_err(|_| Refusal::BadKey(format!("line {number} holds none")))
        });
        let keys: Vec<PublicKey> = keys.collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err(Refusal::BadKey("the text holds none".to_owned())),
            false => Ok(keys),
        }
    }

    /// Whether this key signed these bytes.
    pub(crate) fn verify(&self, bytes: &[u8], signature: &Signature) -> Result<(), Error> {
        self.0.verify(bytes, signature, false)
    }
}

impl FromStr for PublicKey {
    type Err = Refusal;

    /// Reads the text of one public key's file, or its second line alone.
    fn from_str(text: &str) -> Result<PublicKey, Refusal> {
        match <[PublicKey; 1]>::try_from(PublicKey::all_in(text)?) {
            Ok([key]) => Ok(key),
            Err(_) => Err(Refusal::BadKey("the text holds several".to_owned())),
        }
    }
}

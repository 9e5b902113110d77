//! The token that clients show.

use std::fmt;

use subtle::ConstantTimeEq;

/// A bearer token. It is kept as its hash, so that comparing says nothing of its length, and
/// showing it shows nothing.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of a text, without the white space around it; none of an empty one.
    pub fn new(text: &str) -> Option<Token> {
        let text = text.trim();
        (!text.is_empty()).then(|| Token(hash(text)))
    }

    /// Whether a client's `Authorization` shows it, in a time that does not depend on the answer.
    pub(crate) fn is_shown(&self, authorization: Option<&str>) -> bool {
        let (scheme, shown) = authorization
            .and_then(|text| text.split_once(' '))
            .unwrap_or_default();
        let same: bool = hash(shown.trim()).ct_eq(&self.0).into();
        scheme.eq_ignore_ascii_case("bearer") && same
    }
}

fn hash(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn only_the_token_is_let_in() {
        let token = Token::new(" s3cret\n").expect("a token");
        assert!(token.is_shown(Some("Bearer s3cret")));
        assert!(token.is_shown(Some("bearer  s3cret")));
        for shown in [
            None,
            Some(""),
            Some("s3cret"),
            Some("Bearer"),
            Some("Bearer "),
            Some("Bearer s3cre"),
            Some("Basic s3cret"),
        ] {
            assert!(!token.is_shown(shown), "{shown:?}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(Token::new(" \n").is_none());
    }
}

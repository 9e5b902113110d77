//! What stands behind the handles: values with a tag that says of which kind they are.

use std::ffi::CString;
use std::sync::Mutex;

use interdict_matcher::{Given, Matcher, Scratch};
use interdict_sign::Release;
use serde_json::json;

use crate::status::{Fault, InterdictStatus};

/// A kind of handle: an empty type that C sees, and the value that stands behind it.
pub(crate) trait Kind {
    /// What the handle is called in reasons.
    const NAME: &'static str;
    /// Stands before the value while it lives.
    const TAG: u64;
    /// What the handle leads to.
    type Value;
}

/// A value behind its tag; the tag comes first, so that it can be read before anything is believed.
#[repr(C)]
pub(crate) struct Tagged<T> {
    pub(crate) tag: u64,
    pub(crate) value: T,
}

/// A compiled policy set, loaded. Any number of threads may use it at once.
pub struct InterdictMatcher {
    _opaque: [u8; 0],
}

/// Memory that decisions warm and reuse. One thread at a time.
pub struct InterdictScratch {
    _opaque: [u8; 0],
}

/// A text of the library: an answer, or why there is none.
pub struct InterdictText {
    _opaque: [u8; 0],
}

impl Kind for InterdictMatcher {
    const NAME: &'static str = "matcher";
    const TAG: u64 = u64::from_le_bytes(*b"IntrdMat");
    type Value = Loaded;
}

impl Kind for InterdictScratch {
    const NAME: &'static str = "scratch";
    const TAG: u64 = u64::from_le_bytes(*b"IntrdScr");
    type Value = Mutex<Scratch>;
}

impl Kind for InterdictText {
    const NAME: &'static str = "text";
    const TAG: u64 = u64::from_le_bytes(*b"IntrdTxt");
    type Value = Text;
}

/// A matcher, with what C asks of it again and again.
pub(crate) struct Loaded {
    pub(crate) matcher: Matcher,
    pub(crate) content_id: CString,
    /// Of the signature that was asked for.
    pub(crate) release_version: u64,
}

impl Loaded {
    /// A matcher, if its content is what the caller wants it to be.
    pub(crate) fn new(matcher: Matcher, wanted: Option<&str>) -> Result<Loaded, Fault> {
        let found = matcher.content_id_hex();
        if let Some(wanted) = wanted.filter(|wanted| !wanted.eq_ignore_ascii_case(&found)) {
            let reason = format!("the artifact's content id is {found}, not {wanted}");
            return Err(Fault::new(InterdictStatus::OtherContent, reason));
        }
        let content_id = CString::new(found).unwrap_or_default();
        Ok(Loaded {
            matcher,
            content_id,
            release_version: 0,
        })
    }

    /// A matcher as the release that somebody vouches for.
    pub(crate) fn released((matcher, release): (Matcher, Release)) -> Result<Loaded, Fault> {
        Ok(Loaded {
            release_version: release.version,
            ..Loaded::new(matcher, None)?
        })
    }

    /// Answers every line with a line: the decision, or `{"error": …}`.
    pub(crate) fn answer_lines(&self, scratch: &mut Scratch, lines: &[u8], given: Given) -> String {
        let mut answers = String::new();
        if lines.is_empty() {
            return answers;
        }
        let lines = lines.strip_suffix(b"\n").unwrap_or(lines);
        for line in lines.split(|&byte| byte == b'\n') {
            let answer = self.matcher.decide_json(scratch, line, given);
            let refused = |error: interdict_matcher::RequestError| {
                json!({ "error": error.to_string() }).to_string()
            };
            answers += &answer.unwrap_or_else(refused);
            answers.push('\n');
        }
        answers
    }
}

/// Bytes of UTF-8 with a NUL behind them that does not count.
pub(crate) struct Text(Vec<u8>);

impl Text {
    pub(crate) fn new(text: String) -> Text {
        Text::of_bytes(text.into_bytes())
    }

    /// Bytes of any kind, where the caller is told so.
    pub(crate) fn of_bytes(mut bytes: Vec<u8>) -> Text {
        bytes.push(0);
        Text(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

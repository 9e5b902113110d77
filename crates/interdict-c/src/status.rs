//! What a call came to: the codes that C sees, and the reasons behind them.

use std::ffi::CStr;

use interdict_matcher::{InstantError, LoadError, RequestError, Verdict};
use interdict_sign::Refusal;

/// What a call came to.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterdictStatus {
    /// It worked.
    Ok = 0,
    /// A pointer that is needed is NULL.
    NullPointer = 1,
    /// A handle is none of this kind: it was freed, or belongs to something else.
    BadHandle = 2,
    /// A length is larger than any memory.
    BadLength = 3,
    /// A path, an instant, a content id or a key is not UTF-8.
    NotUtf8 = 4,
    /// The artifact cannot be read or is not sound.
    NotLoaded = 5,
    /// The artifact is sound, but its content id is another one.
    OtherContent = 6,
    /// The request or an instant cannot be read, or there is no instant.
    BadRequest = 7,
    /// Another thread is using this scratch.
    Busy = 8,
    /// The library failed; the call had no effect.
    Internal = 9,
    /// A signature is asked for, and there is none.
    Unsigned = 10,
    /// No trusted key signed this artifact: another did, it was changed, or the signature is none.
    Untrusted = 11,
    /// It is signed, as a version before the least that is accepted.
    Older = 12,
    /// What should say whose signatures count is no public key of minisign.
    BadKey = 13,
}

impl InterdictStatus {
    /// A code in words, whatever number C says it has.
    pub(crate) fn name_of(code: i32) -> &'static CStr {
        const NAMES: [&CStr; 14] = [
            c"ok",
            c"null pointer",
            c"bad handle",
            c"bad length",
            c"not UTF-8",
            c"not loaded",
            c"other content",
            c"bad request",
            c"busy",
            c"internal",
            c"unsigned",
            c"untrusted",
            c"older",
            c"bad key",
        ];
        let place = usize::try_from(code).ok();
        place
            .and_then(|place| NAMES.get(place).copied())
            .unwrap_or(c"unknown")
    }
}

/// What holds for an item, from the loosest to the strictest.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterdictVerdict {
    /// Nothing stands against it.
    Allow = 0,
    /// Allowed once a duty is met.
    Require = 1,
    /// Allowed only under a condition that it does not meet.
    Restrict = 2,
    /// A person must look.
    Review = 3,
    /// Prohibited.
    Ban = 4,
}

impl From<Verdict> for InterdictVerdict {
    fn from(verdict: Verdict) -> InterdictVerdict {
        match verdict {
            Verdict::Allow => InterdictVerdict::Allow,
            Verdict::Require => InterdictVerdict::Require,
            Verdict::Restrict => InterdictVerdict::Restrict,
            Verdict::Review => InterdictVerdict::Review,
            Verdict::Ban => InterdictVerdict::Ban,
        }
    }
}

/// Why a call did not work.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) status: InterdictStatus,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn new(status: InterdictStatus, reason: impl ToString) -> Fault {
        let reason = reason.to_string();
        Fault { status, reason }
    }

    pub(crate) fn null(what: &str) -> Fault {
        Fault::new(InterdictStatus::NullPointer, format!("`{what}` is NULL"))
    }
}

impl From<LoadError> for Fault {
    fn from(error: LoadError) -> Fault {
        Fault::new(InterdictStatus::NotLoaded, error)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        let status = match &refusal {
            Refusal::Unsigned(_) | Refusal::NoSignature => InterdictStatus::Unsigned,
            Refusal::Older { .. } => InterdictStatus::Older,
            Refusal::BadKey(_) => InterdictStatus::BadKey,
            Refusal::Unsound(_) | Refusal::Io { .. } => InterdictStatus::NotLoaded,
            _ => InterdictStatus::Untrusted,
        };
        Fault::new(status, refusal)
    }
}

impl From<RequestError> for Fault {
    fn from(error: RequestError) -> Fault {
        Fault::new(InterdictStatus::BadRequest, error)
    }
}

impl From<InstantError> for Fault {
    fn from(error: InstantError) -> Fault {
        Fault::new(InterdictStatus::BadRequest, error)
    }
}

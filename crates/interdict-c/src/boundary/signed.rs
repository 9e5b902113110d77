//! Loading what a trusted key signed, and nothing else.

use std::ffi::c_char;

use super::pointers::{Slot, answered, borrow, given_bytes, guard, lend, needed};
use crate::handle::{InterdictMatcher, InterdictText, Loaded};
use crate::status::InterdictStatus;
use crate::trust::{read_public_key, trust};

/// Loads an artifact from a file, if the signature beside it, `X.matcher.minisig` beside `X.matcher`, is
/// by a public key and its version is not before the least. The key is the text of a file that
/// minisign writes, or of several such files. Unlike `interdict_open` it reads the file whole: what was
/// verified is what is loaded.
///
/// # Safety
///
/// `path` and `public_key` are NULL or end with a NUL; `matcher` and `reason` are NULL or take a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_open_signed(
    path: *const c_char,
    public_key: *const c_char,
    least_version: u64,
    matcher: *mut *mut InterdictMatcher,
    reason: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(reason, || {
        let matcher = Slot::new(matcher, "matcher")?;
        let path = needed(path, "path")?;
        let key = needed(public_key, "public_key")?;
        let loaded = Loaded::released(trust(key, least_version)?.open(path)?)?;
        matcher.put(lend::<InterdictMatcher>(loaded));
        Ok(())
    })
}

/// Loads an artifact from memory, which is copied, if the text of its signature is by a public key; the
/// rest is as for `interdict_open_signed`.
///
/// # Safety
///
/// `bytes` is NULL or leads to `len` bytes, `signature` is NULL or leads to `signature_len`; the rest is as
/// for `interdict_open_signed`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_from_signed_bytes(
    bytes: *const u8,
    len: usize,
    signature: *const u8,
    signature_len: usize,
    public_key: *const c_char,
    least_version: u64,
    matcher: *mut *mut InterdictMatcher,
    reason: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(reason, || {
        let matcher = Slot::new(matcher, "matcher")?;
        let copy = given_bytes(bytes, len, "bytes")?.to_vec();
        let signature = given_bytes(signature, signature_len, "signature")?;
        let key = needed(public_key, "public_key")?;
        // A byte that is no text is in no signature, so that putting another for it changes nothing.
        let signature = String::from_utf8_lossy(signature);
        let loaded = Loaded::released(trust(key, least_version)?.load(copy, &signature)?)?;
        matcher.put(lend::<InterdictMatcher>(loaded));
        Ok(())
    })
}

/// The version that the signature of a matcher names: the least to accept from now on. 0 if it names
/// none, if nobody asked for a signature, and if it is no matcher.
///
/// # Safety
///
/// `matcher` is NULL or a matcher of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_release_version(matcher: *const InterdictMatcher) -> u64 {
    borrow(matcher).map_or(0, |loaded| loaded.release_version)
}

/// Reads the file of a public key, to be given to `interdict_open_signed`; a file without one is
/// refused. Where the status is not OK, the answer is the reason.
///
/// # Safety
///
/// `path` is NULL or ends with a NUL; `answer` is NULL or takes a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_read_public_key(
    path: *const c_char,
    answer: *mut *mut InterdictText,
) -> InterdictStatus {
    answered(answer, || {
        let path = needed(path, "path")?;
        read_public_key(path)
    })
}

//! The functions that C calls; this folder is the one place with `unsafe`.
//!
//! Every function checks its pointers for NULL and its handles for their tags before it reads behind
//! them, catches what panics, and says what came of it by a status: `pointers` does that for all of
//! them. What C must promise stands in the header.
#![allow(
    unsafe_code,
    reason = "what C hands over are raw pointers; nothing outside this folder touches them"
)]

#[cfg(feature = "compile")]
pub mod compile;
mod pointers;
pub mod signed;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

use std::ffi::c_char;
use std::ptr;

use interdict_matcher::{Instant, Matcher};

use crate::handle::{InterdictMatcher, InterdictScratch, InterdictText, Loaded, Text};
use crate::status::{InterdictStatus, InterdictVerdict};
use pointers::{
    Slot, answered, borrow, given, given_bytes, guard, lend, needed, take_back, text, with_scratch,
};

/// The version of the library.
#[unsafe(no_mangle)]
pub extern "C" fn interdict_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// A status in words, for logs.
#[unsafe(no_mangle)]
pub extern "C" fn interdict_status_name(status: i32) -> *const c_char {
    InterdictStatus::name_of(status).as_ptr()
}

/// Maps an artifact from a file. With a content id, 64 hexadecimal digits, another content is
/// refused; NULL takes any. The file must not be changed in place while the matcher lives.
///
/// # Safety
///
/// `path` and `content_id` are NULL or end with a NUL; `matcher` and `reason` are NULL or take a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_open(
    path: *const c_char,
    content_id: *const c_char,
    matcher: *mut *mut InterdictMatcher,
    reason: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(reason, || {
        let matcher = Slot::new(matcher, "matcher")?;
        let path = needed(path, "path")?;
        let loaded = Loaded::new(Matcher::open(path)?, text(content_id)?)?;
        matcher.put(lend::<InterdictMatcher>(loaded));
        Ok(())
    })
}

/// Loads an artifact from memory, which is copied. The content id is as for `interdict_open`.
///
/// # Safety
///
/// `bytes` is NULL or leads to `len` bytes; the rest is as for `interdict_open`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_from_bytes(
    bytes: *const u8,
    len: usize,
    content_id: *const c_char,
    matcher: *mut *mut InterdictMatcher,
    reason: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(reason, || {
        let matcher = Slot::new(matcher, "matcher")?;
        let copy = given_bytes(bytes, len, "bytes")?.to_vec();
        let loaded = Loaded::new(Matcher::from_bytes(copy)?, text(content_id)?)?;
        matcher.put(lend::<InterdictMatcher>(loaded));
        Ok(())
    })
}

/// The content id of a matcher, 64 hexadecimal digits, which live as long as it; NULL if it is none.
///
/// # Safety
///
/// `matcher` is NULL or a matcher of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_content_id(matcher: *const InterdictMatcher) -> *const c_char {
    borrow(matcher).map_or(ptr::null(), |loaded| loaded.content_id.as_ptr())
}

/// Frees a matcher; NULL is nothing to free.
///
/// # Safety
///
/// `matcher` is NULL or a matcher of this library that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_matcher_free(matcher: *mut InterdictMatcher) -> InterdictStatus {
    take_back(matcher)
}

/// Makes memory that decisions of one thread reuse.
///
/// # Safety
///
/// `scratch` is NULL or takes a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_scratch_new(
    scratch: *mut *mut InterdictScratch,
) -> InterdictStatus {
    guard(ptr::null_mut(), || {
        let scratch = Slot::new(scratch, "scratch")?;
        scratch.put(lend::<InterdictScratch>(Default::default()));
        Ok(())
    })
}

/// Frees memory of decisions; NULL is nothing to free.
///
/// # Safety
///
/// `scratch` is NULL or a scratch of this library that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_scratch_free(scratch: *mut InterdictScratch) -> InterdictStatus {
    take_back(scratch)
}

/// Decides a request, JSON such as `{"at": "...", "item": {...}}` or a bare item, and gives the
/// decision as JSON. `at` and `known_at` are for requests that bring none; `scratch` may be NULL.
/// Where the status is not OK, the answer is the reason.
///
/// # Safety
///
/// `json` is NULL or leads to `len` bytes, `at` and `known_at` are NULL or end with a NUL, handles are
/// NULL or of this library, and `answer` is NULL or takes a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_decide(
    matcher: *const InterdictMatcher,
    scratch: *mut InterdictScratch,
    json: *const u8,
    len: usize,
    at: *const c_char,
    known_at: *const c_char,
    answer: *mut *mut InterdictText,
) -> InterdictStatus {
    answered(answer, || {
        let (loaded, json) = (borrow(matcher)?, given_bytes(json, len, "json")?);
        let given = given(at, known_at)?;
        with_scratch(scratch, |scratch| {
            Ok(loaded.matcher.decide_json(scratch, json, given)?)
        })
    })
}

/// Decides a request a line, as `interdict_decide`, and gives a line for each: the decision, or
/// `{"error":"..."}` for one that cannot be read.
///
/// # Safety
///
/// As for `interdict_decide`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_decide_batch(
    matcher: *const InterdictMatcher,
    scratch: *mut InterdictScratch,
    lines: *const u8,
    len: usize,
    at: *const c_char,
    known_at: *const c_char,
    answers: *mut *mut InterdictText,
) -> InterdictStatus {
    answered(answers, || {
        let (loaded, lines) = (borrow(matcher)?, given_bytes(lines, len, "lines")?);
        let given = given(at, known_at)?;
        with_scratch(scratch, |scratch| {
            Ok(loaded.answer_lines(scratch, lines, given))
        })
    })
}

/// The verdict on a request alone, which is cheaper than the decision.
///
/// # Safety
///
/// `verdict` is NULL or takes a verdict; the rest is as for `interdict_decide`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_verdict(
    matcher: *const InterdictMatcher,
    scratch: *mut InterdictScratch,
    json: *const u8,
    len: usize,
    at: *const c_char,
    known_at: *const c_char,
    verdict: *mut InterdictVerdict,
    reason: *mut *mut InterdictText,
) -> InterdictStatus {
    guard(reason, || {
        let slot = Slot::plain(verdict, "verdict")?;
        let (loaded, json) = (borrow(matcher)?, given_bytes(json, len, "json")?);
        let given = given(at, known_at)?;
        let verdict = with_scratch(scratch, |scratch| {
            Ok(loaded.matcher.verdict_json(scratch, json, given)?)
        })?;
        slot.put(verdict.into());
        Ok(())
    })
}

/// Says of every rule why it holds for a request, or why not, as JSON; for people who look at one item.
///
/// # Safety
///
/// As for `interdict_decide`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_explain(
    matcher: *const InterdictMatcher,
    json: *const u8,
    len: usize,
    at: *const c_char,
    known_at: *const c_char,
    answer: *mut *mut InterdictText,
) -> InterdictStatus {
    answered(answer, || {
        let (loaded, json) = (borrow(matcher)?, given_bytes(json, len, "json")?);
        let given = given(at, known_at)?;
        Ok(loaded.matcher.explain_json(json, given)?)
    })
}

/// So many seconds after 1970-01-01T00:00Z as the text that `at` and `known_at` take.
///
/// # Safety
///
/// `instant` is NULL or takes a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_instant(
    seconds: i64,
    instant: *mut *mut InterdictText,
) -> InterdictStatus {
    answered(instant, || {
        Ok(Instant::from_unix_seconds(seconds).to_string())
    })
}

/// The bytes of a text, UTF-8 with a NUL behind them, which live as long as it; NULL if it is none.
///
/// # Safety
///
/// `text` is NULL or a text of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_text_data(text: *const InterdictText) -> *const c_char {
    borrow(text).map_or(ptr::null(), |text| text.bytes().as_ptr().cast())
}

/// How many bytes a text has without its NUL; 0 if it is none.
///
/// # Safety
///
/// `text` is NULL or a text of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_text_len(text: *const InterdictText) -> usize {
    borrow(text).map_or(0, Text::len)
}

/// Frees a text; NULL is nothing to free.
///
/// # Safety
///
/// `text` is NULL or a text of this library that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn interdict_text_free(text: *mut InterdictText) -> InterdictStatus {
    take_back(text)
}

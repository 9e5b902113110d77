//! What C hands over, checked, and what it gets back.
//!
//! The functions that C calls pass their arguments on to these, and nobody else does: what is said below
//! to be promised stands in their `# Safety` and in the header. Pointers are NULL or lead to what their
//! type says, and a handle is freed once and not while it is used.

use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{ptr, slice};

use interdict_matcher::{Given, Instant, Scratch};

use crate::handle::{InterdictScratch, InterdictText, Kind, Tagged, Text};
use crate::status::{Fault, InterdictStatus};

/// A place for a result, empty until the call has worked.
pub(super) struct Slot<T>(ptr::NonNull<T>);

impl<T> Slot<*mut T> {
    pub(super) fn new(place: *mut *mut T, name: &str) -> Result<Slot<*mut T>, Fault> {
        let slot = Slot::plain(place, name)?;
        slot.put(ptr::null_mut());
        Ok(slot)
    }
}

impl<T> Slot<T> {
    pub(super) fn plain(place: *mut T, name: &str) -> Result<Slot<T>, Fault> {
        let place = ptr::NonNull::new(place).filter(|place| place.is_aligned());
        place.map(Slot).ok_or_else(|| Fault::null(name))
    }

    pub(super) fn put(&self, value: T) {
        // SAFETY: the place is not NULL and aligned; the caller of the C function promises that it takes
        // a value of this type. It holds none that would have to be dropped.
        unsafe { self.0.write(value) }
    }
}

/// Bytes that C lends for the time of the call. NULL with no bytes is no bytes.
pub(super) fn given_bytes<'a>(data: *const u8, len: usize, name: &str) -> Result<&'a [u8], Fault> {
    if len > isize::MAX.unsigned_abs() {
        let reason = format!("`{name}` cannot have {len} bytes");
        return Err(Fault::new(InterdictStatus::BadLength, reason));
    }
    match (data.is_null(), len) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(Fault::null(name)),
        // SAFETY: not NULL and not longer than memory; the caller of the C function promises that so
        // many bytes are there and stay as they are during the call.
        (false, _) => Ok(unsafe { slice::from_raw_parts(data, len) }),
    }
}

/// A text that must be given, ending with a NUL.
pub(super) fn needed<'a>(text: *const c_char, name: &str) -> Result<&'a str, Fault> {
    self::text(text)?.ok_or_else(|| Fault::null(name))
}

/// A text that ends with a NUL; NULL is none.
pub(super) fn text<'a>(text: *const c_char) -> Result<Option<&'a str>, Fault> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL; the caller of the C function promises that a NUL ends it.
    let text = unsafe { CStr::from_ptr(text) }.to_str();
    text.map(Some)
        .map_err(|error| Fault::new(InterdictStatus::NotUtf8, error))
}

pub(super) fn given(at: *const c_char, known_at: *const c_char) -> Result<Given, Fault> {
    let instant = |name: &str, pointer| -> Result<Option<Instant>, Fault> {
        let read = text(pointer)?.map(str::parse).transpose();
        read.map_err(|error| Fault::new(InterdictStatus::BadRequest, format!("{name}: {error}")))
    };
    let (at, known_at) = (instant("at", at)?, instant("known_at", known_at)?);
    Ok(Given { at, known_at })
}

pub(super) fn with_scratch<T>(
    scratch: *mut InterdictScratch,
    work: impl FnOnce(&mut Scratch) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if scratch.is_null() {
        return work(&mut Scratch::default());
    }
    let busy = |_| {
        Fault::new(
            InterdictStatus::Busy,
            "another thread is using this scratch",
        )
    };
    work(&mut *borrow(scratch.cast_const())?.try_lock().map_err(busy)?)
}

// ----------------------------------------------------------------------------------------- handles

/// Gives a value to C, behind its tag.
pub(super) fn lend<K: Kind>(value: K::Value) -> *mut K {
    let tag = K::TAG;
    Box::into_raw(Box::new(Tagged { tag, value })).cast()
}

/// Whether a pointer leads to a value of this kind that lives. A freed one is found out as long as its
/// memory was not given to another.
fn checked<K: Kind>(handle: *const K) -> Result<*const Tagged<K::Value>, Fault> {
    let tagged: *const Tagged<K::Value> = handle.cast();
    if tagged.is_null() {
        return Err(Fault::null(K::NAME));
    }
    // SAFETY: not NULL and aligned; the caller of the C function promises that it is a handle of this
    // library, and all begin with a tag.
    if tagged.is_aligned() && unsafe { tagged.cast::<u64>().read_volatile() } == K::TAG {
        return Ok(tagged);
    }
    let reason = format!("this is no {}, or it was freed", K::NAME);
    Err(Fault::new(InterdictStatus::BadHandle, reason))
}

/// The value behind a handle, for the time of the call.
pub(super) fn borrow<'a, K: Kind>(handle: *const K) -> Result<&'a K::Value, Fault> {
    // SAFETY: the tag says that the value is of this kind and lives; the caller of the C function
    // promises that nobody frees it during the call.
    checked(handle).map(|tagged| unsafe { &(*tagged).value })
}

/// Takes a value back from C and drops it.
pub(super) fn take_back<K: Kind>(handle: *mut K) -> InterdictStatus {
    if handle.is_null() {
        return InterdictStatus::Ok;
    }
    guard(ptr::null_mut(), || {
        let tagged = checked(handle)?.cast_mut();
        // SAFETY: the tag says that `lend` made it and that it was not taken back; the caller of the C
        // function promises that nobody uses it. The tag is wiped first, past what the compiler
        // may leave out, so that a second call finds none.
        drop(unsafe {
            tagged.cast::<u64>().write_volatile(0);
            Box::from_raw(tagged)
        });
        Ok(())
    })
}

// ------------------------------------------------------------------------------- what C gets back

/// Runs a call that gives a text: the answer, or why there is none.
pub(super) fn answered(
    answer: *mut *mut InterdictText,
    work: impl FnOnce() -> Result<String, Fault>,
) -> InterdictStatus {
    guard(answer, || {
        let slot = Slot::new(answer, "answer")?;
        slot.put(lend::<InterdictText>(Text::new(work()?)));
        Ok(())
    })
}

/// Runs a call; a fault becomes its status, and its reason a text if there is a place for it. Nothing
/// unwinds into C.
pub(super) fn guard(
    reason: *mut *mut InterdictText,
    work: impl FnOnce() -> Result<(), Fault>,
) -> InterdictStatus {
    let guarded = AssertUnwindSafe(|| {
        let slot = Slot::new(reason, "reason").ok();
        let Err(fault) = work() else {
            return InterdictStatus::Ok;
        };
        if let Some(slot) = slot {
            slot.put(lend::<InterdictText>(Text::new(fault.reason)));
        }
        fault.status
    });
    catch_unwind(guarded).unwrap_or(InterdictStatus::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status() {
        let status = guard(ptr::null_mut(), || panic!("on purpose"));
        assert_eq!(status, InterdictStatus::Internal);
    }
}

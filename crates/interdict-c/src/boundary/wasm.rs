//! What a WebAssembly module gives beside the C ABI: room in its memory, which its host fills.

use super::pointers::lend;
use crate::handle::{InterdictText, Text};

/// Gives a text of so many bytes, all NUL, that the host writes over at `interdict_text_data`; another
/// NUL stands behind them. It begins at a multiple of 8, as all that the module's allocator gives.
#[unsafe(no_mangle)]
pub extern "C" fn interdict_room(len: usize) -> *mut InterdictText {
    lend::<InterdictText>(Text::new("\0".repeat(len)))
}

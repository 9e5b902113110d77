//! Right-to-left overrides: a stretch is stored backwards and shown forwards.

use super::Decoded;

/// RIGHT-TO-LEFT OVERRIDE; nothing else turns Latin letters and Han around.
pub(crate) const OVERRIDE: char = '\u{202E}';

/// Writes the text as it is shown. `false` when no stretch of it is turned around.
///
/// A stretch ends at its POP, at the end of the isolate around it, or with its line.
/// An override within an override turns nothing anew, and is dropped with the other
/// invisible characters later.
pub(crate) fn undo_reversal(text: &str, out: &mut Decoded) -> bool {
    let Some(mut next) = text.find(OVERRIDE) else {
        return false;
    };
    out.clear();
    let mut copied = 0;
    loop {
        out.copy(text, copied, next);
        let start = next + OVERRIDE.len_utf8();
        let stretch = text.get(start..).unwrap_or("");
        let ends = |c: char| matches!(c, '\u{202C}' | '\u{2069}' | '\n' | '\r' | '\u{2029}');
        let end = start + stretch.find(ends).unwrap_or(stretch.len());
        let stretch = text.get(start..end).unwrap_or("");
        for (at, c) in stretch.char_indices().rev() {
            out.put(Some(c), start + at, start + at + c.len_utf8());
        }
        let rest = text.get(end..).unwrap_or("");
        copied = if rest.starts_with('\u{202C}') {
            end + 3
        } else {
            end
        };
        match text.get(copied..).and_then(|rest| rest.find(OVERRIDE)) {
            Some(found) => next = copied + found,
            None => break,
        }
    }
    out.copy(text, copied, text.len());
    true
}

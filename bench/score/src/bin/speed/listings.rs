//! A long text as the listings that a service would hand over, one after another.

/// About how many bytes a listing has: a title and a short description.
pub(crate) const BYTES: usize = 780;

/// Cuts a text at the first blank or full stop after each [`BYTES`], or between any two
/// characters when none follows soon.
pub(crate) fn listings(text: &str) -> Vec<&str> {
    let mut out = Vec::with_capacity(text.len() / BYTES + 1);
    let mut rest = text;
    while !rest.is_empty() {
        let (listing, behind) = rest.split_at(end(rest));
        out.push(listing);
        rest = behind;
    }
    out
}

fn end(text: &str) -> usize {
    let from = text.ceil_char_boundary(BYTES);
    let to = text.ceil_char_boundary(BYTES + BYTES / 10);
    let cut = text[from..to].find([' ', '\n', '。']);
    let cut = cut.map_or(from, |at| text.ceil_char_boundary(from + at + 1));
    cut.min(text.len())
}

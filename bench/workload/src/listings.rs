//! A long text as the listings that a service would hand over, one after another.

/// About how many bytes a listing has: a title and a short description.
pub const BYTES: usize = 780;

/// Cuts a text at the first blank or full stop after each [`BYTES`], or between any two
/// characters when none follows soon.
pub fn listings(text: &str) -> Vec<&str> {
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
    let from = boundary(text, BYTES);
    let to = boundary(text, BYTES + BYTES / 10);
    let cut = text[from..to].find([' ', '\n', '。']);
    cut.map_or(from, |at| boundary(text, from + at + 1))
}

/// The first place between two characters at or behind so many bytes.
pub fn boundary(text: &str, bytes: usize) -> usize {
    let mut places = bytes..text.len();
    let place = places.find(|&at| text.is_char_boundary(at));
    place.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_are_the_whole_text() {
        for text in [
            "a plain sentence. ".repeat(200),
            "白皮书写作。白皮".repeat(300),
            "x".repeat(3000),
        ] {
            let cut = listings(&text);
            assert_eq!(cut.concat(), text);
            let (last, whole) = cut.split_last().expect("listings");
            assert!(
                whole
                    .iter()
                    .all(|one| (BYTES..=BYTES + BYTES / 10 + 3).contains(&one.len()))
            );
            assert!(last.len() <= BYTES + BYTES / 10 + 3);
        }
        assert!(listings("").is_empty());
    }
}

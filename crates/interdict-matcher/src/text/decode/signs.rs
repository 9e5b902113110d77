//! Several signs that draw one letter: `|_`, `/\`, `(_)`.

use super::Decoded;

/// Signs with the letter they draw, and a second letter that they may draw.
///
/// Source: our own list, after the tables of "leet" spellings that circulate since
/// the 1990s; a drawing that is also ordinary writing (`cl` for d, `ph` for f, `//`)
/// is left out.
const SIGNS: [(&str, char, char); 112] = [
    ("/\\/\\", 'm', 'm'), ("|\\/|", 'm', 'm'), ("(\\/)", 'm', 'm'), ("[\\/]", 'm', 'm'),
    ("\\/\\/", 'w', 'w'), ("|/\\|", 'w', 'w'), ("(/\\)", 'w', 'w'), ("\\_|_/", 'w', 'w'),
    ("[]V[]", 'm', 'm'), ("[]\\[]", 'n', 'n'), ("/\\\\/\\\\", 'm', 'm'), ("[]\\/[]", 'm', 'm'),
    ("|\\|", 'n', 'n'), ("/\\/", 'n', 'n'), ("[\\]", 'n', 'n'), ("<\\>", 'n', 'n'),
    ("{\\}", 'n', 'n'), ("(\\)", 'n', 'n'), ("|V|", 'm', 'm'), ("|v|", 'm', 'm'),
    ("/V\\", 'm', 'm'), ("/v\\", 'm', 'm'), ("/|\\", 'm', 'm'), ("(v)", 'm', 'm'),
    ("[V]", 'm', 'm'), ("[v]", 'm', 'm'), ("\\^/", 'w', 'w'), ("\\V/", 'w', 'w'),
    ("\\v/", 'w', 'w'), ("\\|/", 'w', 'y'), ("|^|", 'w', 'm'), ("/-\\", 'a', 'a'),
    ("|-\\", 'a', 'a'), ("/_\\", 'a', 'a'), ("|-|", 'h', 'h'), ("/-/", 'h', 'h'),
    ("\\-\\", 'h', 'h'), ("[-]", 'h', 'h'), ("]-[", 'h', 'h'), (")-(", 'h', 'h'),
    ("(-)", 'h', 'o'), (":-:", 'h', 'h'), ("|~|", 'h', 'h'), ("]~[", 'h', 'h'),
    ("}-{", 'h', 'h'), ("|+|", 'h', 'h'), ("{-}", 'h', 'h'), ("(_)", 'u', 'u'),
    ("|_|", 'u', 'u'), ("[_]", 'u', 'u'), ("{_}", 'u', 'u'), ("\\_\\", 'u', 'u'),
    ("/_/", 'u', 'u'), ("\\_/", 'u', 'v'), ("(0)", 'o', 'o'), ("(o)", 'o', 'o'),
    ("(O)", 'o', 'o'), ("-|-", 't', 't'), ("~|~", 't', 't'), ("']['", 't', 't'),
    ("(_+", 'g', 'g'), ("(_-", 'g', 'g'), ("(_,)", 'q', 'q'), ("(,)", 'q', 'q'),
    (">|<", 'x', 'x'), ("\\-/", 'y', 'y'), ("~/_", 'z', 'z'), ("|=-", 'e', 'e'),
    ("|[)", 'd', 'd'), ("[|", 'd', 'l'), ("/\\", 'a', 'a'), ("|3", 'b', 'b'),
    ("(3", 'b', 'b'), ("/3", 'b', 'b'), ("!3", 'b', 'b'), ("|)", 'd', 'd'),
    ("(|", 'd', 'd'), ("[)", 'd', 'd'), ("|]", 'd', 'd'), ("|>", 'd', 'p'),
    ("[-", 'e', 'e'), ("|=", 'f', 'f'), ("/=", 'f', 'f'), ("]=", 'f', 'f'),
    ("|#", 'f', 'h'), ("_|", 'j', 'j'), ("_/", 'j', 'j'), ("|<", 'k', 'k'),
    ("|{", 'k', 'k'), ("/<", 'k', 'k'), (">|", 'k', 'k'), ("|_", 'l', 'l'),
    ("1_", 'l', 'l'), ("^^", 'm', 'm'), ("^/", 'n', 'n'), ("()", 'o', 'o'),
    ("[]", 'o', 'i'), ("<>", 'o', 'o'), ("{}", 'o', 'o'), ("|*", 'p', 'p'),
    ("|°", 'p', 'p'), ("|\"", 'p', 'p'), ("|7", 'p', 'p'), ("|2", 'r', 'r'),
    ("|?", 'r', 'p'), ("/2", 'r', 'r'), ("|9", 'r', 'p'), ("L|", 'u', 'u'),
    ("\\/", 'v', 'v'), ("><", 'x', 'x'), ("}{", 'x', 'h'), (")(", 'x', 'x'),
];

/// The bytes that some drawing begins with.
fn may_begin(byte: u8) -> bool {
    matches!(
        byte,
        b'|' | b'/' | b'\\' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'^' | b':'
            | b'-' | b'~' | b'_' | b'\'' | b'!' | b'1' | b'L'
    )
}

/// Writes the text with letters for the signs that draw them. A drawing stands beside
/// a letter, a digit or another drawing. `false` when there is none, or when
/// `second` asks for the second letters and no drawing has one.
pub(crate) fn undo_signs(text: &str, second: bool, out: &mut Decoded) -> bool {
    out.clear();
    let (mut copied, mut from) = (0, 0);
    let mut differs = false;
    while let Some(at) = next_trigger(text.as_bytes(), from) {
        from = at + 1;
        let Some((signs, first, other)) = text.get(at..).and_then(drawing) else {
            continue;
        };
        let end = at + signs.len();
        let drawn_before = at == copied && copied > 0;
        if !(drawn_before || touches_letter(text, at, end)) {
            continue;
        }
        differs |= !second || first != other;
        out.copy(text, copied, at);
        out.put(Some(if second { other } else { first }), at, end);
        (copied, from) = (end, end);
    }
    out.copy(text, copied, text.len());
    differs
}

/// The longest drawing that the text begins with.
fn drawing(text: &str) -> Option<(&'static str, char, char)> {
    let drawn = SIGNS.iter().filter(|(signs, ..)| text.starts_with(signs));
    drawn.copied().max_by_key(|(signs, ..)| signs.len())
}

fn touches_letter(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let rest = text.get(end..).unwrap_or("");
    let after = rest.chars().next();
    before.is_some_and(char::is_alphanumeric)
        || after.is_some_and(char::is_alphanumeric)
        || drawing(rest).is_some()
}

fn next_trigger(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    // One byte of a drawing never stands alone: look at two before the table.
    let found = rest.windows(2).position(|pair| match pair {
        [first, next] => may_begin(*first) && !next.is_ascii_alphabetic() && *next != b' ' || pair == b"[V" || pair == b"[v" || pair == b"(v" || pair == b"|v" || pair == b"|V" || pair == b"(o" || pair == b"(O",
        _ => false,
    })?;
    Some(from + found)
}

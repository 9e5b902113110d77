//! Spellings cut, joined and edited: what does not go character by character.

use std::fmt::Write;

use super::letters;
use super::shape::Shape;
use crate::text_index::spelled_out;

/// In capitals, or in small letters when it has none.
pub(super) fn other_case(text: &str) -> String {
    match text.chars().any(char::is_lowercase) {
        true => text.to_uppercase(),
        false => text.to_lowercase(),
    }
}

/// A stroke and an accent on every letter.
pub(super) fn marked(shape: &Shape<'_>) -> String {
    let marked = shape.text.chars().flat_map(|c| match c {
        ' ' => vec![c],
        _ => vec![c, '\u{336}', '\u{301}'],
    });
    marked.collect()
}

/// With its number spelled out, in letters like its own where there are such.
pub(super) fn number_in_words(shape: &Shape<'_>) -> Option<String> {
    let ways = spelled_out(shape.text);
    let alike = ways
        .iter()
        .find(|way| way.is_ascii() == shape.text.is_ascii());
    alike.or(ways.first()).cloned()
}

/// Its letters with something between any two of them.
pub(super) fn apart(shape: &Shape<'_>, between: &str) -> String {
    let letters: Vec<String> = shape.letters().map(String::from).collect();
    shape.round(&letters.join(between))
}

/// With something between any two letters of a word.
pub(super) fn veiled(shape: &Shape<'_>, between: &str) -> String {
    let words: Vec<String> = shape
        .words()
        .map(|word| apart(&Shape::of(&word), between))
        .collect();
    shape.round(&words.join(" "))
}

/// Its letters with blanks and points between them, in turns.
pub(super) fn uneven(shape: &Shape<'_>) -> String {
    let mut out = String::new();
    for (at, letter) in shape.letters().enumerate() {
        match at {
            0 => {}
            at if at % 2 == 1 => out.push(' '),
            _ => out.push('.'),
        }
        out.push(letter);
    }
    shape.round(&out)
}

/// With a letter between any two Han characters.
pub(super) fn filled(shape: &Shape<'_>) -> Option<String> {
    shape.is_han().then(|| apart(shape, "x"))
}

/// With something inside a word.
pub(super) fn parted(shape: &Shape<'_>, between: &str) -> Option<String> {
    let at = shape.inside(|_, _| true)?;
    shape.insert(at, between)
}

/// Its words with something else between them.
pub(super) fn joined(shape: &Shape<'_>, between: &str) -> String {
    let words: Vec<String> = shape.words().collect();
    shape.round(&words.join(between))
}

/// Written from its end to its start.
pub(super) fn backwards(shape: &Shape<'_>) -> String {
    shape.text.chars().rev().collect()
}

/// Written backwards, and shown forwards.
pub(super) fn overridden(shape: &Shape<'_>) -> String {
    format!("\u{202E}{}\u{202C}", backwards(shape))
}

/// As numbers of HTML.
pub(super) fn html(shape: &Shape<'_>) -> String {
    let numbers = shape.text.chars().map(|c| format!("&#{};", u32::from(c)));
    numbers.collect()
}

/// As percent escapes of its bytes.
pub(super) fn percent(shape: &Shape<'_>) -> String {
    let mut out = String::new();
    for byte in shape.text.bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
    out
}

/// As backslash escapes of its UTF-16 units.
pub(super) fn backslash(shape: &Shape<'_>) -> String {
    let mut out = String::new();
    for unit in shape.text.encode_utf16() {
        let _ = write!(out, "\\u{unit:04x}");
    }
    out
}

/// A letter three times.
pub(super) fn thrice(shape: &Shape<'_>) -> Option<String> {
    let at = shape.inner_letter().unwrap_or(0);
    let letter = shape.at(at)?.to_string();
    Some(shape.replace(at, &letter.repeat(3)))
}

/// Every letter two times.
pub(super) fn twice(shape: &Shape<'_>) -> Option<String> {
    let twice = shape.text.chars().flat_map(|c| [c, c]);
    (!shape.has_gap()).then(|| twice.collect())
}

/// A hump of camel case.
pub(super) fn camel_case(shape: &Shape<'_>) -> Option<String> {
    let hump = |word: String| -> String {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters.flat_map(char::to_lowercase)).collect()
    };
    let humps: String = shape.words().map(hump).collect();
    is_word(shape).then(|| format!("Buy{humps}Now"))
}

/// With a number right behind.
pub(super) fn numbered(shape: &Shape<'_>) -> Option<String> {
    let letters = is_word(shape) && shape.is_letters();
    letters.then(|| format!("{}24", shape.text))
}

/// With underlines around.
pub(super) fn underlined(shape: &Shape<'_>) -> Option<String> {
    is_word(shape).then(|| format!("my_{}_shop", joined(shape, "_")))
}

/// In the midst of a longer word, or of other Han.
pub(super) fn embedded(shape: &Shape<'_>) -> Option<String> {
    if is_word(shape) {
        return Some(format!("buy{}now", joined(shape, "").to_lowercase()));
    }
    shape.is_han().then(|| format!("请看{}吧", shape.text))
}

/// Whether a spelling of letters could be part of a longer word.
fn is_word(shape: &Shape<'_>) -> bool {
    shape.is_spaced() && shape.is_bare()
}

/// With one letter, and not the first, in another way.
pub(super) fn one(shape: &Shape<'_>, dress: fn(char) -> Option<char>) -> Option<String> {
    let at = shape.inside(|_, c| dress(c).is_some())?;
    let dressed = dress(shape.at(at)?)?;
    Some(shape.replace(at, &dressed.to_string()))
}

/// With one letter drawn by several signs.
pub(super) fn drawn(shape: &Shape<'_>) -> Option<String> {
    let at = shape.inside(|_, c| letters::drawing(c).is_some())?;
    Some(shape.replace(at, letters::drawing(shape.at(at)?)?))
}

/// With one inner letter hidden.
pub(super) fn masked(shape: &Shape<'_>) -> Option<String> {
    Some(shape.replace(inner_letter(shape)?, "*"))
}

/// With two inner letters hidden that stand side by side.
pub(super) fn masked_twice(shape: &Shape<'_>) -> Option<String> {
    let last = shape.text.chars().count().checked_sub(1)?;
    let at = shape.inside_of(1..last, |_, _| true)?;
    let chars = shape.text.chars().enumerate();
    let hidden = |place: usize| place == at || place + 1 == at;
    let masked = chars.map(|(place, c)| if hidden(place) { '*' } else { c });
    shape.is_spaced().then(|| masked.collect())
}

/// With two neighbours in each other's place.
pub(super) fn swapped(shape: &Shape<'_>) -> Option<String> {
    let differ = |one: char, other: char| !one.to_lowercase().eq(other.to_lowercase());
    let at = shape.inside(differ).filter(|_| shape.is_spaced())?;
    let mut chars: Vec<char> = shape.text.chars().collect();
    chars.swap(at - 1, at);
    Some(chars.into_iter().collect())
}

/// Without one letter.
pub(super) fn dropped(shape: &Shape<'_>) -> Option<String> {
    Some(shape.replace(inner_letter(shape)?, ""))
}

/// With one letter two times.
pub(super) fn doubled(shape: &Shape<'_>) -> Option<String> {
    let at = inner_letter(shape)?;
    Some(shape.replace(at, &shape.at(at)?.to_string().repeat(2)))
}

/// With another letter before one.
pub(super) fn added(shape: &Shape<'_>) -> Option<String> {
    let at = inner_letter(shape)?;
    let other = letters::other_letter(shape.at(at)?)?;
    shape.insert(at, &other.to_string())
}

/// With another letter for one.
pub(super) fn replaced(shape: &Shape<'_>) -> Option<String> {
    let at = inner_letter(shape)?;
    let other = letters::other_letter(shape.at(at)?)?;
    Some(shape.replace(at, &other.to_string()))
}

/// A letter of a script with spaces that is neither the first nor the last.
fn inner_letter(shape: &Shape<'_>) -> Option<usize> {
    shape.inner_letter().filter(|_| shape.is_spaced())
}

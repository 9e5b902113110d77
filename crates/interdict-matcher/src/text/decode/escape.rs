//! HTML entities and tags, percent escapes and backslash escapes.

use super::Decoded;
use super::entity;

/// A tag longer than this is text.
const LONGEST_TAG: usize = 256;

/// Tags that do not part what stands beside them.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "tt", "u", "var", "wbr",
];

/// Tags that begin a line.
const BLOCK: [&str; 27] = [
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// What an escape stands for, and its length in bytes.
pub(super) struct Escape {
    pub(super) character: Option<char>,
    pub(super) length: usize,
}

impl Escape {
    pub(super) fn new(character: char, length: usize) -> Escape {
        Escape {
            character: Some(character),
            length,
        }
    }
}

/// Writes the text without its escapes. `false` when it has none.
pub(crate) fn undo_escapes(text: &str, out: &mut Decoded) -> bool {
    out.clear();
    let mut copied = 0;
    let mut from = 0;
    while let Some(at) = next_trigger(text.as_bytes(), from) {
        from = at + 1;
        let Some(escape) = text.get(at..).and_then(undo) else {
            continue;
        };
        out.copy(text, copied, at);
        from = at + escape.length;
        out.put(escape.character, at, from);
        copied = from;
    }
    if copied == 0 {
        return false;
    }
    out.copy(text, copied, text.len());
    true
}

/// The next byte that may begin an escape.
fn next_trigger(bytes: &[u8], from: usize) -> Option<usize> {
    // Without a branch a chunk becomes a few wide compares.
    let is_trigger = |byte: u8| (byte == b'&') | (byte == b'<') | (byte == b'%') | (byte == b'\\');
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<32>) {
        let mut any = 0;
        for &byte in chunk {
            any |= u8::from(is_trigger(byte));
        }
        if any != 0 {
            break;
        }
        at += 32;
    }
    let rest = bytes.get(at..)?;
    let found = rest.iter().position(|&byte| is_trigger(byte))?;
    Some(at + found)
}

fn undo(text: &str) -> Option<Escape> {
    match text.as_bytes().first()? {
        b'&' => entity::undo(text),
        b'<' => tag(text),
        b'%' => percent(text),
        b'\\' => backslash(text),
        _ => None,
    }
}

/// A tag that browsers know. No tag goes over the end of its line, so that nothing
/// that follows a text can hide it.
fn tag(text: &str) -> Option<Escape> {
    let inner = text.get(1..)?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let end = comment
            .bytes()
            .take(LONGEST_TAG)
            .position(|byte| byte == b'>' || byte == b'\n')?;
        let closed = comment
            .get(..end)
            .is_some_and(|comment| comment.ends_with("--"));
        return (closed && comment.as_bytes().get(end) == Some(&b'>')).then_some(Escape {
            character: None,
            length: "<!--".len() + end + 1,
        });
    }
    let closing = inner.strip_prefix('/').unwrap_or(inner);
    let name_length = closing
        .bytes()
        .take(10)
        .position(|byte| !byte.is_ascii_alphanumeric())
        .filter(|&length| length > 0)?;
    let (name, rest) = closing.split_at_checked(name_length)?;
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    let block = BLOCK.iter().any(is);
    if !block && !INLINE.iter().any(is) {
        return None;
    }
    let end = rest
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| matches!(byte, b'>' | b'<' | b'\n'))?;
    let attributes = matches!(rest.as_bytes().first()?, b' ' | b'\t' | b'/' | b'>')
        && are_attributes(rest.get(..end)?);
    (attributes && rest.as_bytes().get(end) == Some(&b'>')).then_some(Escape {
        character: block.then_some('\n'),
        length: text.len() - rest.len() + end + 1,
    })
}

/// Attributes without a value that browsers know for tags in running text.
const FLAGS: [&str; 6] = ["clear", "compact", "hidden", "inert", "ismap", "nowrap"];

/// Whether all of it is attributes, `name=value`. Other words in a tag are no markup: who
/// shows `<p viagra>` as a text shows them.
fn are_attributes(inner: &str) -> bool {
    let mut quote = None;
    let mut bare = String::new();
    for c in inner.trim_end_matches('/').chars().chain([' ']) {
        match (quote, c) {
            (Some(open), _) => quote = (c != open).then_some(open),
            (None, '"' | '\'') => {
                bare.push('=');
                quote = Some(c);
            }
            (None, ' ' | '\t') => {
                let flag = FLAGS.iter().any(|flag| flag.eq_ignore_ascii_case(&bare));
                if !bare.is_empty() && !bare.contains('=') && !flag {
                    return false;
                }
                bare.clear();
            }
            (None, _) => bare.push(c),
        }
    }
    true
}

/// `%69`, several for a character of several bytes, `%u0069`, and `%2569`, which is
/// `%69` escaped once more.
fn percent(text: &str) -> Option<Escape> {
    let mut rest = text.get(1..)?;
    if let Some(code) = rest.strip_prefix('u') {
        return Some(Escape::new(char::from_u32(hex(code.get(..4)?)?)?, 6));
    }
    while rest.starts_with("25") && rest.get(2..4).and_then(hex).is_some() {
        rest = rest.get(2..)?;
    }
    let mut bytes = [0; 4];
    *bytes.first_mut()? = byte(rest)?;
    let width = match bytes.first()? {
        0x09 | 0x0A | 0x0D | 0x20..=0x7E => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    rest = rest.get(2..)?;
    for slot in bytes.get_mut(1..width)? {
        *slot = byte(rest.strip_prefix('%')?)?;
        rest = rest.get(3..)?;
    }
    let character = str::from_utf8(bytes.get(..width)?).ok()?.chars().next()?;
    Some(Escape::new(character, text.len() - rest.len()))
}

/// `\u0069`, `\u{69}`, `\x69`, and two surrogates for one character.
fn backslash(text: &str) -> Option<Escape> {
    let rest = text.get(1..)?;
    if let Some(code) = rest.strip_prefix('x') {
        let character = char::from(byte(code)?);
        return character
            .is_ascii_graphic()
            .then_some(Escape::new(character, 4));
    }
    if let Some(code) = rest.strip_prefix("u{") {
        let length = code.bytes().take(7).position(|byte| byte == b'}')?;
        let character = char::from_u32(hex(code.get(..length)?)?)?;
        return Some(Escape::new(character, length + 4));
    }
    let code = hex(rest.strip_prefix('u')?.get(..4)?)?;
    if let 0xD800..=0xDBFF = code {
        let low = hex(rest.get(5..)?.strip_prefix("\\u")?.get(..4)?)?;
        let low = low.checked_sub(0xDC00).filter(|&low| low < 0x400)?;
        let character = char::from_u32(0x1_0000 + ((code - 0xD800) << 10) + low)?;
        return Some(Escape::new(character, 12));
    }
    Some(Escape::new(char::from_u32(code)?, 6))
}

fn byte(text: &str) -> Option<u8> {
    u8::try_from(hex(text.get(..2)?)?).ok()
}

/// A number in hexadecimal digits and nothing else.
pub(super) fn hex(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

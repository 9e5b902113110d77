//! HTML entities: numbers, and the names that stand for letters and blanks.
//!
//! Source of the names: the named character references of the HTML standard. Names
//! that dress a letter (`&eacute;`, `&afr;`) go by their ending, because the dress is
//! folded away again.

use super::escape::{Escape, hex};

/// The longest name that is known.
const LONGEST_NAME: usize = 15;

/// Names with the character they stand for.
const NAMES: [(&str, char); 82] = [
    ("AElig", 'Æ'),
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Chi", 'Χ'),
    ("Epsilon", 'Ε'),
    ("Eta", 'Η'),
    ("Iota", 'Ι'),
    ("Kappa", 'Κ'),
    ("Mu", 'Μ'),
    ("NewLine", '\n'),
    ("Nu", 'Ν'),
    ("Omicron", 'Ο'),
    ("Rho", 'Ρ'),
    ("Tab", '\t'),
    ("Tau", 'Τ'),
    ("Upsilon", 'Υ'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("Zeta", 'Ζ'),
    ("aelig", 'æ'),
    ("alpha", 'α'),
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("beta", 'β'),
    ("bull", '•'),
    ("cent", '¢'),
    ("chi", 'χ'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("copy", '©'),
    ("deg", '°'),
    ("dollar", '$'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("epsilon", 'ε'),
    ("eta", 'η'),
    ("euro", '€'),
    ("excl", '!'),
    ("fflig", 'ﬀ'),
    ("filig", 'ﬁ'),
    ("fllig", 'ﬂ'),
    ("gt", '>'),
    ("hyphen", '-'),
    ("iexcl", '¡'),
    ("imath", 'ı'),
    ("iota", 'ι'),
    ("jmath", 'ȷ'),
    ("kappa", 'κ'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lrm", '\u{200E}'),
    ("lt", '<'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("mu", 'μ'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("nu", 'ν'),
    ("num", '#'),
    ("oelig", 'œ'),
    ("omicron", 'ο'),
    ("percnt", '%'),
    ("period", '.'),
    ("plus", '+'),
    ("quot", '"'),
    ("reg", '®'),
    ("rho", 'ρ'),
    ("rlm", '\u{200F}'),
    ("rpar", ')'),
    ("sect", '§'),
    ("semi", ';'),
    ("shy", '\u{AD}'),
    ("sol", '/'),
    ("szlig", 'ß'),
    ("tau", 'τ'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("upsilon", 'υ'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// Endings that dress the letter before them.
const DRESSES: [&str; 16] = [
    "acute", "breve", "caron", "cedil", "circ", "dblac", "dot", "fr", "grave", "macr", "ogon",
    "opf", "ring", "scr", "tilde", "uml",
];

/// The entity that the text begins with. `&amp;#105;` is `&#105;` escaped once more.
pub(super) fn undo(text: &str) -> Option<Escape> {
    let mut rest = text.strip_prefix('&')?;
    let mut escaped = false;
    while let Some(again) = rest.strip_prefix("amp;") {
        rest = again;
        escaped = true;
    }
    let length = text.len() - rest.len();
    match number(rest).or_else(|| name(rest)) {
        Some(escape) => Some(Escape {
            length: length + escape.length,
            ..escape
        }),
        None => escaped.then_some(Escape::new('&', length)),
    }
}

/// `#105;` or `#x69;`, the semicolon as optional as in browsers.
fn number(text: &str) -> Option<Escape> {
    let digits = text.strip_prefix('#')?;
    let (digits, is_hex) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, true),
        None => (digits, false),
    };
    let is_digit = |byte: &u8| {
        if is_hex {
            byte.is_ascii_hexdigit()
        } else {
            byte.is_ascii_digit()
        }
    };
    let length = digits.bytes().take(9).take_while(is_digit).count();
    let code = digits.get(..length)?;
    let code = if is_hex {
        hex(code)?
    } else {
        code.parse().ok()?
    };
    let character = char::from_u32(code).filter(|_| code > 0)?;
    let end = text.len() - digits.len() + length;
    let semicolon = text.as_bytes().get(end) == Some(&b';');
    Some(Escape::new(character, end + usize::from(semicolon)))
}

fn name(text: &str) -> Option<Escape> {
    let length = text
        .bytes()
        .take(LONGEST_NAME)
        .position(|byte| byte == b';')?;
    let name = text.get(..length)?;
    let named = NAMES.binary_search_by(|(known, _)| known.cmp(&name));
    let character = match named.ok().and_then(|at| NAMES.get(at)) {
        Some((_, character)) => *character,
        None => {
            let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
            DRESSES.contains(&name.get(1..)?).then_some(letter)?
        }
    };
    Some(Escape::new(character, length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_short() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|(name, _)| name.len() < LONGEST_NAME));
    }
}

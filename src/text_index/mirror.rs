//! Spellings backwards and upside down.

use interdict_matcher::fold::Kind;

use super::pattern::Element;
use super::patterns::only;

/// Fewer letters backwards are found in ordinary words.
pub(crate) const FEWEST_LETTERS: usize = 6;
/// The same for Han.
const FEWEST_HAN: usize = 3;

/// Letters and digits with the character that looks like them upside down.
///
/// Source: our own list; the shapes are those of the Unicode names (TURNED SMALL
/// LETTER A and kin), and letters that turn into one another.
const TURNED: [(char, char); 36] = [
    ('0', '0'),
    ('1', 'Ɩ'),
    ('2', 'ᄅ'),
    ('3', 'Ɛ'),
    ('4', 'ㄣ'),
    ('5', '5'),
    ('6', '9'),
    ('7', 'ㄥ'),
    ('8', '8'),
    ('9', '6'),
    ('a', 'ɐ'),
    ('b', 'q'),
    ('c', 'ɔ'),
    ('d', 'p'),
    ('e', 'ǝ'),
    ('f', 'ɟ'),
    ('g', 'ƃ'),
    ('h', 'ɥ'),
    ('i', 'ᴉ'),
    ('j', 'ɾ'),
    ('k', 'ʞ'),
    ('l', 'ꞁ'),
    ('m', 'ɯ'),
    ('n', 'u'),
    ('o', 'o'),
    ('p', 'd'),
    ('q', 'b'),
    ('r', 'ɹ'),
    ('s', 's'),
    ('t', 'ʇ'),
    ('u', 'n'),
    ('v', 'ʌ'),
    ('w', 'ʍ'),
    ('x', 'x'),
    ('y', 'ʎ'),
    ('z', 'z'),
];

/// The elements backwards, when the spelling is long enough and not the same then.
pub(super) fn backwards(written: &[Element]) -> Option<Vec<Element>> {
    let letters = written.iter().filter(|element| !element.gap).count();
    let latin = only(written, |kind| matches!(kind, Kind::Letter | Kind::Digit));
    let han = only(written, |kind| kind == Kind::Han);
    let long = (latin && letters >= FEWEST_LETTERS) || (han && letters >= FEWEST_HAN);
    let backwards: Vec<Element> = written.iter().rev().cloned().collect();
    let same = backwards
        .iter()
        .map(|e| e.symbol)
        .eq(written.iter().map(|e| e.symbol));
    (long && !same).then_some(backwards)
}

/// The spelling upside down, when enough of it cannot be read as ordinary letters.
pub(crate) fn upside_down(lower: &str) -> Option<String> {
    let turn = |c: char| match c {
        ' ' => Some(c),
        _ => TURNED
            .iter()
            .find(|(letter, _)| *letter == c)
            .map(|(_, turned)| *turned),
    };
    let turned: String = lower.chars().rev().map(turn).collect::<Option<_>>()?;
    let (mut letters, mut strange) = (0, 0);
    for c in turned.chars().filter(|&c| c != ' ') {
        letters += 1;
        strange += usize::from(!c.is_ascii());
    }
    // A strange letter may also be read as the plain one that it looks like: `lsd` turned is `psı`.
    let enough = if letters < FEWEST_LETTERS { 2 } else { 4 };
    (letters >= 3 && strange * enough >= letters).then_some(turned)
}

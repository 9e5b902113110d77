//! Several signs that draw one letter: `|_`, `/\`, `(_)`.

use super::Decoded;

/// Drawings with the letters that they may stand for, the likeliest first.
///
/// Source: our own list, after the tables of "leet" spellings that have circulated
/// since the 1990s. A drawing that is also ordinary writing (`cl` for d, `ph` for f,
/// `//`) is left out.
const DRAWINGS: [(&str, &str); 120] = [
    ("/\\\\/\\\\", "m"),
    ("[]\\/[]", "m"),
    ("[]V[]", "m"),
    ("[]\\[]", "n"),
    ("\\_|_/", "w"),
    ("/\\/\\", "m"),
    ("|\\/|", "m"),
    ("(\\/)", "m"),
    ("[\\/]", "m"),
    ("\\/\\/", "w"),
    ("|/\\|", "w"),
    ("(/\\)", "w"),
    ("(_,)", "q"),
    ("|\\|", "n"),
    ("/\\/", "n"),
    ("[\\]", "n"),
    ("<\\>", "n"),
    ("{\\}", "n"),
    ("(\\)", "n"),
    ("|V|", "m"),
    ("|v|", "m"),
    ("/V\\", "m"),
    ("/v\\", "m"),
    ("/|\\", "m"),
    ("(v)", "m"),
    ("(V)", "m"),
    ("[V]", "m"),
    ("[v]", "m"),
    ("\\^/", "w"),
    ("\\V/", "w"),
    ("\\v/", "w"),
    ("\\|/", "wy"),
    ("|^|", "wm"),
    ("/-\\", "a"),
    ("|-\\", "a"),
    ("/_\\", "a"),
    ("|-|", "h"),
    ("/-/", "h"),
    ("\\-\\", "h"),
    ("[-]", "h"),
    ("]-[", "h"),
    (")-(", "h"),
    ("(-)", "h"),
    (":-:", "h"),
    ("|~|", "h"),
    ("]~[", "h"),
    ("}-{", "h"),
    ("|+|", "h"),
    ("{-}", "h"),
    ("(_)", "u"),
    ("|_|", "u"),
    ("[_]", "u"),
    ("{_}", "u"),
    ("\\_\\", "u"),
    ("/_/", "u"),
    ("\\_/", "uv"),
    ("(0)", "o"),
    ("(o)", "o"),
    ("(O)", "o"),
    ("-|-", "t"),
    ("~|~", "t"),
    ("']['", "t"),
    ("(_+", "g"),
    ("(_-", "g"),
    ("(?,", "g"),
    ("(,)", "q"),
    (">|<", "x"),
    ("\\-/", "y"),
    ("~/_", "z"),
    ("|=-", "e"),
    ("/\\", "a"),
    ("|3", "b"),
    ("(3", "b"),
    ("/3", "b"),
    ("!3", "b"),
    ("13", "b"),
    ("|)", "d"),
    ("(|", "d"),
    ("[)", "d"),
    ("|]", "d"),
    ("|>", "pdk"),
    ("[-", "e"),
    ("|=", "f"),
    ("/=", "f"),
    ("]=", "f"),
    ("|#", "hf"),
    ("][", "i"),
    ("_|", "j"),
    ("_/", "j"),
    ("|<", "k"),
    ("|{", "k"),
    ("/<", "k"),
    (">|", "k"),
    ("|_", "l"),
    ("1_", "l"),
    ("^^", "m"),
    ("^/", "n"),
    ("()", "o"),
    ("[]", "io"),
    ("<>", "o"),
    ("{}", "o"),
    ("|*", "p"),
    ("|°", "p"),
    ("|\"", "p"),
    ("|7", "p"),
    ("|^", "pr"),
    ("|2", "r"),
    ("|?", "rp"),
    ("|`", "r"),
    ("/2", "r"),
    ("|9", "rp"),
    ("7_", "z"),
    (">_", "z"),
    ("+|+", "t"),
    ("L|", "u"),
    ("\\/", "v"),
    ("><", "x"),
    ("}{", "xh"),
    (")(", "x"),
    ("`/", "y"),
];

/// The most ways of reading a text that are tried.
pub(crate) const MOST_READINGS: u32 = 8;

/// Drawings of several letters that one reading tells apart; the others take their
/// likeliest letter.
const MOST_CHOICES: usize = 4;

/// A drawing at a place, by its number.
#[derive(Clone, Copy)]
struct Found {
    number: usize,
    start: usize,
    end: usize,
}

impl Found {
    fn letters(self) -> &'static [u8] {
        DRAWINGS
            .get(self.number)
            .map_or(&[], |(_, letters)| letters.as_bytes())
    }
}

/// Writes the text with letters for the drawings in it. A drawing stands beside a
/// letter, a digit or another drawing. Gives back in how many ways the drawings can be
/// read, at most [`MOST_READINGS`] and 0 when there are none; `reading` is the number
/// of the one that is written.
pub(crate) fn undo_signs(text: &str, reading: u32, out: &mut Decoded) -> u32 {
    out.clear();
    let mut copied = 0;
    let mut choices = Choices::of(reading);
    let mut from = 0;
    while let Some(found) = next_drawing(text, from) {
        from = found.start + 1;
        let drawn_before = found.start == copied && copied > 0;
        if !(drawn_before || touches_letter(text, found)) {
            continue;
        }
        out.copy(text, copied, found.start);
        out.put(Some(choices.letter(found)), found.start, found.end);
        copied = found.end;
        from = copied;
    }
    if copied == 0 {
        return 0;
    }
    out.copy(text, copied, text.len());
    choices.ways.min(MOST_READINGS)
}

/// Which letter each drawing of several letters takes: the digits of a number whose
/// places have as many values as the drawing has letters.
struct Choices {
    rest: u32,
    ways: u32,
    made: [Option<(usize, u8)>; MOST_CHOICES],
}

impl Choices {
    fn of(reading: u32) -> Choices {
        Choices {
            rest: reading,
            ways: 1,
            made: [None; MOST_CHOICES],
        }
    }

    fn letter(&mut self, found: Found) -> char {
        let letters = found.letters();
        let first = letters.first().copied().unwrap_or(b' ');
        if letters.len() < 2 {
            return char::from(first);
        }
        for slot in &mut self.made {
            match slot {
                Some((number, letter)) if *number == found.number => return char::from(*letter),
                Some(_) => {}
                None => {
                    let several = letters.len() as u32;
                    let letter = letters.get((self.rest % several) as usize);
                    let letter = letter.copied().unwrap_or(first);
                    self.rest /= several;
                    self.ways = self.ways.saturating_mul(several);
                    *slot = Some((found.number, letter));
                    return char::from(letter);
                }
            }
        }
        char::from(first)
    }
}

/// The next drawing from a byte on, the longest of those that begin there.
fn next_drawing(text: &str, from: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let [first, second, ..] = bytes.get(at..)? {
        if may_begin(*first, *second)
            && let Some(found) = drawing(text, at)
        {
            return Some(found);
        }
        at += 1;
    }
    None
}

fn drawing(text: &str, start: usize) -> Option<Found> {
    let rest = text.get(start..)?;
    let drawn = DRAWINGS
        .iter()
        .enumerate()
        .filter(|(_, (signs, _))| rest.starts_with(signs));
    let (number, (signs, _)) = drawn.max_by_key(|(_, (signs, _))| signs.len())?;
    Some(Found {
        number,
        start,
        end: start + signs.len(),
    })
}

/// Whether some drawing begins with a byte.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut at = 0;
    while at < DRAWINGS.len() {
        let (signs, _) = DRAWINGS[at];
        opens[signs.as_bytes()[0] as usize] = true;
        at += 1;
    }
    opens
};

/// Spares most signs the walk through the table.
#[inline]
fn may_begin(first: u8, second: u8) -> bool {
    if !OPENS.get(usize::from(first)).copied().unwrap_or(false) {
        return false;
    }
    let rare = match first {
        b'~' | b'_' | b'-' | b'+' => matches!(second, b'|' | b'/'),
        b':' => second == b'-',
        b'\'' => second == b']',
        b'!' => second == b'3',
        b'1' => matches!(second, b'3' | b'_'),
        b'7' => second == b'_',
        b'L' => second == b'|',
        b'`' => second == b'/',
        _ => true,
    };
    let ordinary = matches!(second, b' ' | b'\n') || second.is_ascii_alphabetic();
    rare && (!ordinary || matches!(second, b'o' | b'O' | b'v' | b'V'))
}

fn touches_letter(text: &str, found: Found) -> bool {
    let before = text
        .get(..found.start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(found.end..).and_then(|rest| rest.chars().next());
    let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    alphanumeric(before) || alphanumeric(after) || drawing(text, found.end).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_is_looked_for() {
        for (signs, letters) in DRAWINGS {
            let [first, second, ..] = signs.as_bytes() else {
                panic!("{signs} is no drawing of several signs");
            };
            assert!(may_begin(*first, *second), "{signs}");
            assert!(letters.bytes().all(|letter| letter.is_ascii_lowercase()));
        }
    }

    #[test]
    fn a_drawing_of_several_letters_is_read_in_several_ways() {
        let mut out = Decoded::default();
        let ways = undo_signs("|9[]cin", 0, &mut out);
        let read = |reading| {
            let mut out = Decoded::default();
            undo_signs("|9[]cin", reading, &mut out);
            out.text
        };
        let all: Vec<_> = (0..ways).map(read).collect();
        assert_eq!(all, ["ricin", "picin", "rocin", "pocin"]);
    }
}

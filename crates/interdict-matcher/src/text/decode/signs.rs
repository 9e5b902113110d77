//! Several signs that draw one letter: `|_`, `/\`, `(_)`.

mod drawings;

use super::Decoded;
use crate::fold::{FoldTable, Kind};
use drawings::{DRAWINGS, NO_DRAWING, OPENS, SECONDS};

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

/// Bytes round a drawing that are read again with it; no term that is drawn is longer.
const REACH: usize = 160;

/// Ends every term between two stretches that are read again.
const BREAK: &str = "\n\n\n\n\n\n\n\n\n";

/// Writes the stretches of the text round its drawings, with letters for these. A drawing
/// stands beside a letter, a digit or another drawing. Gives back in how many ways the
/// drawings can be read, at most [`MOST_READINGS`] and 0 when there are none; `reading` is
/// the number of the one that is written.
pub(crate) fn undo_signs(
    folding: FoldTable<'_>,
    text: &str,
    reading: u32,
    out: &mut Decoded,
) -> u32 {
    out.clear();
    let canvas = Canvas { text, folding };
    let mut choices = Choices::of(reading);
    // Up to where the text is written, and where the last drawing ended.
    let (mut copied, mut drawn) = (0, None);
    let mut from = 0;
    while let Some(found) = canvas.next_drawing(from) {
        from = found.start + 1;
        if !(drawn == Some(found.start) || canvas.touches_letter(found)) {
            continue;
        }
        let first = floor(text, found.start.saturating_sub(REACH));
        match drawn {
            Some(drawn) if first <= drawn + REACH => {}
            Some(drawn) => {
                let end = floor(text, drawn + REACH);
                out.copy(text, copied, end);
                BREAK.chars().for_each(|c| out.put(Some(c), end, end));
                copied = first;
            }
            None => copied = first,
        }
        out.copy(text, copied, found.start);
        out.put(Some(choices.letter(found)), found.start, found.end);
        copied = found.end;
        (from, drawn) = (copied, Some(copied));
    }
    let Some(drawn) = drawn else {
        return 0;
    };
    let end = floor(text, drawn + REACH);
    out.copy(text, copied, end);
    choices.ways.min(MOST_READINGS)
}

/// The last start of a character up to a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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

/// What is drawn in a text, as its readers see it.
#[derive(Clone, Copy)]
struct Canvas<'t, 'a> {
    text: &'t str,
    folding: FoldTable<'a>,
}

impl Canvas<'_, '_> {
    fn is_seen(self, c: char) -> bool {
        !matches!(
            self.folding.entry(c).kind(),
            Kind::Ignorable | Kind::Mark | Kind::Voice
        )
    }

    /// The next drawing from a byte on, the longest of those that begin there.
    fn next_drawing(self, from: usize) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let opens = |byte: &u8| OPENS[usize::from(*byte)] != NO_DRAWING;
            at += bytes.get(at..)?.iter().position(opens)?;
            let second = match *bytes.get(at + 1)? {
                ascii @ ..0x80 => ascii,
                byte => self.seen_byte(at + 1).unwrap_or(byte),
            };
            if may_begin(bytes[at], second)
                && let Some(found) = self.drawing(at)
            {
                return Some(found);
            }
            at += 1;
        }
    }

    /// The first byte of the first character that is seen from a byte on.
    #[cold]
    fn seen_byte(self, from: usize) -> Option<u8> {
        let rest = self.text.get(from..)?;
        let (at, _) = rest.char_indices().find(|&(_, c)| self.is_seen(c))?;
        rest.as_bytes().get(at).copied()
    }

    /// The longest drawing that begins at a byte.
    fn drawing(self, start: usize) -> Option<Found> {
        let first = self.text.as_bytes().get(start)?;
        let place = usize::from(*OPENS.get(usize::from(*first))?);
        let drawings = DRAWINGS.iter().enumerate().skip(place);
        let mut same =
            drawings.take_while(|(_, (signs, _))| signs.as_bytes().first() == Some(first));
        same.find_map(|(number, (signs, _))| {
            let end = start + self.length(start, signs)?;
            Some(Found { number, start, end })
        })
    }

    /// The bytes that signs take up from a byte on, when they stand there.
    fn length(self, start: usize, signs: &str) -> Option<usize> {
        let mut wanted = signs.chars().peekable();
        for (at, c) in self.text.get(start..)?.char_indices() {
            if wanted.next_if_eq(&c).is_some() {
                if wanted.peek().is_none() {
                    return Some(at + c.len_utf8());
                }
            } else if self.is_seen(c) {
                return None;
            }
        }
        None
    }

    fn touches_letter(self, found: Found) -> bool {
        let seen = |c: &char| self.is_seen(*c);
        let before = self.text.get(..found.start).unwrap_or("");
        let after = self.text.get(found.end..).unwrap_or("");
        let beside = [before.chars().rev().find(seen), after.chars().find(seen)];
        let alphanumeric = |c: &Option<char>| c.is_some_and(char::is_alphanumeric);
        beside.iter().any(alphanumeric) || self.drawing(found.end).is_some()
    }
}

/// Spares most signs that begin a drawing the walk through the table.
#[inline]
fn may_begin(first: u8, second: u8) -> bool {
    let seconds = SECONDS.get(usize::from(first)).copied().unwrap_or(0);
    if seconds >> (second & 127) & 1 == 0 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_that_begin_alike_stand_together_the_longest_first() {
        let keys = DRAWINGS.map(|(signs, _)| (signs.as_bytes()[0], std::cmp::Reverse(signs.len())));
        assert!(keys.is_sorted());
    }

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
        let ways = undo_signs(FoldTable::default(), "|9[]cin", 0, &mut out);
        let read = |reading| {
            let mut out = Decoded::default();
            undo_signs(FoldTable::default(), "|9[]cin", reading, &mut out);
            out.text
        };
        let all: Vec<_> = (0..ways).map(read).collect();
        assert_eq!(all, ["ricin", "picin", "rocin", "pocin"]);
    }
}

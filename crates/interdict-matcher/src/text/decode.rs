//! Texts rewritten as their readers see them, and the way back.
//!
//! In: a text. Out: another text in which escapes, reversed stretches or several
//! signs for one letter are undone, with the place that each piece came from. Only
//! texts that hold a trigger are rewritten, each in one pass, into memory that scans
//! share; hits lead back to whole escapes of the original.

mod bidi;
mod entity;
mod escape;
mod signs;

pub(crate) use bidi::{OVERRIDE, undo_reversal};
pub(crate) use escape::undo_escapes;
pub(crate) use signs::undo_signs;

/// A rewritten text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the rewritten text, up to the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    start: u32,
    end: u32,
    /// The same bytes as in the original; otherwise they stand for all of it.
    copied: bool,
}

/// A stretch of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How many pieces in it were rewritten.
    pub(crate) rewritten: u32,
}

impl Decoded {
    fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Takes a stretch of the original over.
    fn copy(&mut self, original: &str, start: usize, end: usize) {
        if let (true, Some(same)) = (start < end, original.get(start..end)) {
            self.piece(start, end, true);
            self.text.push_str(same);
        }
    }

    /// Puts a character, or nothing, for a stretch of the original.
    fn put(&mut self, character: Option<char>, start: usize, end: usize) {
        self.piece(start, end, false);
        self.text.extend(character);
    }

    fn piece(&mut self, start: usize, end: usize, copied: bool) {
        self.pieces.push(Piece {
            at: self.text.len() as u32,
            start: start as u32,
            end: end as u32,
            copied,
        });
    }

    /// Where a stretch of the rewritten text came from.
    pub(crate) fn origin(&self, start: u32, end: u32) -> Origin {
        let first = self.pieces.partition_point(|piece| piece.at <= start);
        let mut origin = Origin {
            start: u32::MAX,
            end: 0,
            rewritten: 0,
        };
        for piece in self.pieces.iter().skip(first.saturating_sub(1)) {
            if piece.at >= end {
                break;
            }
            let (from, to) = match piece.copied {
                true => (
                    piece.start + start.saturating_sub(piece.at),
                    piece.end.min(piece.start + (end - piece.at)),
                ),
                false => (piece.start, piece.end),
            };
            origin.start = origin.start.min(from);
            origin.end = origin.end.max(to);
            origin.rewritten += u32::from(!piece.copied);
        }
        origin.start = origin.start.min(origin.end);
        origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::FoldTable;

    /// The rewritten text, and the original of each of its characters.
    fn undone(text: &str, undo: fn(&str, &mut Decoded) -> bool) -> (String, Vec<&str>) {
        let mut decoded = Decoded::default();
        if !undo(text, &mut decoded) {
            return (text.to_owned(), Vec::new());
        }
        let origins = decoded.text.char_indices().map(|(at, c)| {
            let origin = decoded.origin(at as u32, (at + c.len_utf8()) as u32);
            &text[origin.start as usize..origin.end as usize]
        });
        (decoded.text.clone(), origins.collect())
    }

    #[test]
    fn escapes_are_undone() {
        for (text, expected) in [
            ("&#105;c&#x6F;", "ico"),
            ("&#105c&#x6Fx", "icox"),
            ("&eacute;&nbsp;&lt;&shy;", "e\u{A0}<\u{AD}"),
            ("&amp;#105;&amp;amp;", "i&"),
            (
                "R&D &; &#; &#x110000; &nothing;",
                "R&D &; &#; &#x110000; &nothing;",
            ),
            ("<b>TH</b>C", "THC"),
            ("a<br>b<p class=\"x\">c", "a\nb\nc"),
            ("g<span></span>hb<!-- x -->", "ghb"),
            ("1 <3 2 <x> a<b c", "1 <3 2 <x> a<b c"),
            ("%69%63%6f %E5%86%B0 %2569", "ico 冰 i"),
            ("50% off 20%er 100%ad %e5%86", "50% off 20%er 100%ad %e5%86"),
            ("\\u0069\\x63\\u{6F}\\ud83d\\ude00", "ico😀"),
            ("C:\\users \\u00", "C:\\users \\u00"),
        ] {
            assert_eq!(undone(text, undo_escapes).0, expected, "{text}");
        }
    }

    #[test]
    fn pieces_lead_back_to_whole_escapes() {
        assert_eq!(
            undone("x&#105;<b>c</b>%6f!", undo_escapes),
            ("xico!".into(), vec!["x", "&#105;", "c", "%6f", "!"])
        );
        let mut decoded = Decoded::default();
        assert!(undo_escapes("a <b>TH</b>C", &mut decoded));
        let origin = decoded.origin(2, 5);
        assert_eq!((origin.start, origin.end, origin.rewritten), (5, 12, 1));
    }

    #[test]
    fn overrides_are_read_as_shown() {
        for (text, expected) in [
            ("BOTN\u{202E}TE\u{202C}!", "BOTNET!"),
            ("\u{2067}\u{202E}oci\u{202C}\u{2069}", "\u{2067}ico\u{2069}"),
            ("\u{202E}oci\nx", "ico\nx"),
            ("plain", "plain"),
        ] {
            assert_eq!(undone(text, undo_reversal).0, expected, "{text}");
        }
    }

    #[test]
    fn several_signs_stand_for_a_letter() {
        for (text, expected) in [
            ("|*istol", "pistol"),
            ("launderi/\\/g", "laundering"),
            ("k|_o^/opin", "klonopin"),
            ("kL|s:-:", "kush"),
            ("h(_)man", "human"),
            ("x/\\na><", "xanax"),
            ("a | b", "a | b"),
            ("(see below)", "(see below)"),
        ] {
            let undo =
                |text: &str, out: &mut Decoded| undo_signs(FoldTable::default(), text, 0, out) > 0;
            assert_eq!(undone(text, undo).0, expected, "{text}");
        }
    }
}

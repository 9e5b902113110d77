//! Folding as a plain matcher would have it: each character alone, in one look-up.

use interdict_matcher::fold::{FoldTable, Reader};

/// Characters to the first symbol that they stand for, laid out flat.
#[derive(Clone)]
pub struct PlainFold {
    symbols: Vec<char>,
}

impl PlainFold {
    /// Reads the table once for every character.
    pub fn of(folding: FoldTable<'_>) -> PlainFold {
        let symbol = |code: u32| {
            let character = char::from_u32(code).unwrap_or('\u{FFFD}');
            let mut bytes = [0; 4];
            let text = character.encode_utf8(&mut bytes);
            let symbol = Reader::new(folding, text, 0).next().map(|sym| sym.symbol);
            symbol.and_then(char::from_u32).unwrap_or(character)
        };
        PlainFold {
            symbols: (0..=u32::from(char::MAX)).map(symbol).collect(),
        }
    }

    /// Folds a text into a buffer.
    pub fn write(&self, text: &str, out: &mut String) {
        out.clear();
        out.extend(text.chars().map(|c| self.symbols[c as usize]));
    }

    /// Folds a text.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::new();
        self.write(text, &mut out);
        out
    }
}

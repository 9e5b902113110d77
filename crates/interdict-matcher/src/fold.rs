//! Characters to symbols: the folding table, and the reader that applies it.
//!
//! In: the three folding sections and a text. Out: symbols with their place in
//! the text. Characters that no reader sees are dropped on the way. The table is
//! made by the compiler from `src/fold/folding.tsv`.
//!
//! ```text
//! index   one word for each 128 characters: where their block starts in `blocks`
//! blocks  one entry for each character of a block
//! parts   for a character that stands for several: their number, then an entry each
//!
//! entry   31        27 26 25 24 23..20 19..0
//!          -  .. several upper level kind  symbol, 0: the character itself
//! ```

use crate::words::Words;

/// Characters to a block of the folding table.
pub const BLOCK: usize = 128;

/// What a character is to the matcher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A letter of a script that puts spaces between words.
    Letter,
    /// A decimal digit.
    Digit,
    /// Han, Kana, Hangul, Thai and kin, which put no spaces between words.
    Han,
    /// White space within a line.
    Space,
    /// The end of a line.
    Line,
    /// Punctuation and signs.
    Punct,
    /// Symbols, emoji and what is not assigned.
    Other,
    /// Invisible, dropped everywhere.
    Ignorable,
    /// A combining mark that is dropped.
    Mark,
    /// The voicing marks of kana, dropped after anything else.
    Voice,
}

impl Kind {
    /// Every kind in the order of its number in an entry.
    pub const ALL: [Kind; 10] = [
        Kind::Other,
        Kind::Letter,
        Kind::Digit,
        Kind::Han,
        Kind::Space,
        Kind::Line,
        Kind::Punct,
        Kind::Ignorable,
        Kind::Mark,
        Kind::Voice,
    ];

    /// Whether terms are made of it.
    #[inline]
    pub fn is_word(self) -> bool {
        matches!(self, Kind::Letter | Kind::Digit | Kind::Han | Kind::Voice)
    }

    /// Whether it has an edge with its neighbours: a letter or a digit.
    #[inline]
    pub fn is_alphanumeric(self) -> bool {
        matches!(self, Kind::Letter | Kind::Digit)
    }

    /// Whether it is white space.
    #[inline]
    pub fn is_blank(self) -> bool {
        matches!(self, Kind::Space | Kind::Line)
    }
}

/// One entry of the folding table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(u32);

impl Entry {
    const SYMBOL: u32 = (1 << 20) - 1;
    const UPPER: u32 = 1 << 26;
    const SEVERAL: u32 = 1 << 27;

    /// An entry for a character that stands for one symbol, 0 for itself.
    pub fn one(symbol: u32, kind: Kind, level: u8, upper: bool) -> Entry {
        let kind = Kind::ALL
            .iter()
            .position(|&known| known == kind)
            .unwrap_or(0) as u32;
        let upper = if upper { Entry::UPPER } else { 0 };
        Entry((symbol & Entry::SYMBOL) | kind << 20 | u32::from(level & 3) << 24 | upper)
    }

    /// The entry for a character that stands for several symbols, listed in the
    /// parts from this index on.
    pub fn several(self, parts: u32) -> Entry {
        Entry(self.0 & !Entry::SYMBOL | Entry::SEVERAL | (parts & Entry::SYMBOL))
    }

    /// The entry of a word of the table.
    pub fn from_word(word: u32) -> Entry {
        Entry(word)
    }

    /// The entry of a character that stands for itself, unless its one symbol is kept.
    /// Entries of characters that stand for several stay.
    pub fn unless(self, keep: impl Fn(u32) -> bool) -> Entry {
        let symbol = self.0 & Entry::SYMBOL;
        if symbol == 0 || self.0 & Entry::SEVERAL != 0 || keep(symbol) {
            return self;
        }
        Entry(self.0 & !Entry::SYMBOL & !(3 << 24))
    }

    /// The entry as a word of the table.
    pub fn word(self) -> u32 {
        self.0
    }

    /// The kind of the character.
    #[inline]
    pub fn kind(self) -> Kind {
        let number = (self.0 >> 20 & 15) as usize;
        Kind::ALL.get(number).copied().unwrap_or(Kind::Other)
    }

    /// 0 as written, 1 case or width, 2 any other fold.
    #[inline]
    pub fn level(self) -> u8 {
        (self.0 >> 24 & 3) as u8
    }

    /// Whether the character can begin a hump of `camelCase`.
    #[inline]
    pub fn is_upper(self) -> bool {
        self.0 & Entry::UPPER != 0
    }

    /// The symbol of a character that stands for one.
    #[inline]
    fn symbol(self, c: char) -> u32 {
        match self.0 & Entry::SYMBOL {
            0 => symbol_of(c),
            symbol => symbol,
        }
    }
}

/// The symbol of a character that folds to itself. The last private-use plane
/// does not fit and shares one symbol.
#[inline]
pub fn symbol_of(c: char) -> u32 {
    (c as u32).min(Entry::SYMBOL)
}

/// The folding table, borrowed from an artifact.
#[derive(Clone, Copy, Debug, Default)]
pub struct FoldTable<'a> {
    index: Words<'a>,
    blocks: Words<'a>,
    parts: Words<'a>,
}

impl<'a> FoldTable<'a> {
    /// A view on the three sections.
    pub fn new(index: &'a [u8], blocks: &'a [u8], parts: &'a [u8]) -> FoldTable<'a> {
        FoldTable {
            index: Words::new(index),
            blocks: Words::new(blocks),
            parts: Words::new(parts),
        }
    }

    /// The entry of a character.
    #[inline]
    pub fn entry(self, c: char) -> Entry {
        let code = c as usize;
        let block = self.index.get(code / BLOCK) as usize;
        Entry(self.blocks.get(block.saturating_add(code % BLOCK)))
    }

    /// Where the entries of the characters from `number` times [`BLOCK`] on lie. Blocks
    /// that lie together fold alike.
    pub fn block(self, number: usize) -> u32 {
        self.index.get(number)
    }

    /// Whether every character leads to an entry, and every entry to its parts.
    pub fn validate(self) -> Result<(), &'static str> {
        if self.index.len() != 0x11_0000 / BLOCK {
            return Err("the folding index has the wrong length");
        }
        let reach =
            |i: usize| (self.index.get(i) as usize).saturating_add(BLOCK) <= self.blocks.len();
        if !(0..self.index.len()).all(reach) {
            return Err("a folding block lies outside its section");
        }
        for i in 0..self.blocks.len() {
            let entry = Entry(self.blocks.get(i));
            if (entry.0 >> 20 & 15) as usize >= Kind::ALL.len() {
                return Err("a folding entry is of no known kind");
            }
            let at = (entry.0 & Entry::SYMBOL) as usize;
            let number = self.parts.get(at) as usize;
            if entry.0 & Entry::SEVERAL != 0
                && (number == 0 || at.saturating_add(number) >= self.parts.len())
            {
                return Err("the parts of a character lie outside their section");
            }
        }
        Ok(())
    }
}

/// One symbol of a text and the character it came from.
#[derive(Clone, Copy, Debug)]
pub struct Sym {
    /// What is matched.
    pub symbol: u32,
    /// The kind of the symbol.
    pub kind: Kind,
    /// 0 as written, 1 case or width, 2 any other fold.
    pub level: u8,
    /// Whether the character is upper case.
    pub upper: bool,
    /// Whether the character stands for more symbols after this one.
    pub more: bool,
    /// Whether something was dropped between the symbol before and this one.
    pub dropped: bool,
    /// The character in the text.
    pub character: char,
    /// Where the character starts, in bytes.
    pub start: u32,
    /// Where the character ends, in bytes.
    pub end: u32,
}

/// Reads symbols from a place in a text on.
#[derive(Clone, Debug)]
pub struct Reader<'t, 'a> {
    table: FoldTable<'a>,
    characters: core::str::Chars<'t>,
    at: u32,
    rest: usize,
    left: u32,
    kana: bool,
    held: Sym,
}

impl<'t, 'a> Reader<'t, 'a> {
    /// A reader from this byte on, which must be the start of a character;
    /// otherwise there is nothing to read.
    pub fn new(table: FoldTable<'a>, text: &'t str, from: u32) -> Reader<'t, 'a> {
        let held = Sym {
            symbol: 0,
            kind: Kind::Other,
            level: 0,
            upper: false,
            more: false,
            dropped: false,
            character: '\0',
            start: from,
            end: from,
        };
        Reader {
            table,
            characters: text.get(from as usize..).unwrap_or("").chars(),
            at: from,
            rest: 0,
            left: 0,
            kana: false,
            held,
        }
    }

    /// The reader, as if kana stood before its place.
    pub(crate) fn after_kana(mut self, kana: bool) -> Self {
        self.kana = kana;
        self
    }

    fn next_part(&mut self) -> Sym {
        self.rest += 1;
        self.left -= 1;
        let entry = Entry(self.table.parts.get(self.rest));
        let sym = Sym {
            symbol: entry.0 & Entry::SYMBOL,
            kind: entry.kind(),
            more: self.left > 0,
            ..self.held
        };
        self.held.dropped = false;
        sym
    }
}

impl Iterator for Reader<'_, '_> {
    type Item = Sym;

    #[inline]
    fn next(&mut self) -> Option<Sym> {
        if self.left > 0 {
            return Some(self.next_part());
        }
        let mut dropped = false;
        loop {
            let character = self.characters.next()?;
            let start = self.at;
            self.at = start.saturating_add(character.len_utf8() as u32);
            let entry = self.table.entry(character);
            let kind = entry.kind();
            let drop = match kind {
                Kind::Ignorable | Kind::Mark => true,
                Kind::Voice => !self.kana,
                _ => false,
            };
            if drop {
                dropped = true;
                continue;
            }
            self.kana = is_kana(character);
            let sym = Sym {
                symbol: entry.symbol(character),
                kind,
                level: entry.level(),
                upper: entry.is_upper(),
                more: false,
                dropped,
                character,
                start,
                end: self.at,
            };
            if entry.0 & Entry::SEVERAL == 0 {
                return Some(sym);
            }
            self.rest = (entry.0 & Entry::SYMBOL) as usize;
            self.left = self.table.parts.get(self.rest).min(32);
            self.held = sym;
            if self.left > 0 {
                return Some(self.next_part());
            }
        }
    }
}

/// Kana, which voicing marks may follow.
#[inline]
pub(crate) fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

/// The character before this byte that a reader sees, with its entry and its
/// start; ignorables and marks are no neighbours.
pub fn seen_before(table: FoldTable<'_>, text: &str, at: u32) -> Option<(char, Entry, u32)> {
    let before = text.get(..at as usize)?;
    before
        .char_indices()
        .rev()
        .map(|(start, c)| (c, table.entry(c), start as u32))
        .find(|(_, entry, _)| !matches!(entry.kind(), Kind::Ignorable | Kind::Mark))
}

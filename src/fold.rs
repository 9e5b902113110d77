//! The folding table of the compiler.
//!
//! In: `fold/folding.tsv`, which `crates/interdict-tables` writes from Unicode data
//! and the look-alikes beside it. Out: the folding sections of an artifact, and the
//! symbols of a term. Terms and texts go through the same sections.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use interdict_matcher::fold::{BLOCK, Entry, FoldTable, Kind, Reader, Sym, symbol_of};

const TABLE: &str = include_str!("fold/folding.tsv");

/// The folding sections, in the order of the text index.
#[derive(Debug)]
pub struct FoldData {
    /// Where the block of each 128 characters starts.
    pub index: Vec<u8>,
    /// The entries of the characters.
    pub blocks: Vec<u8>,
    /// The symbols of characters that stand for several.
    pub parts: Vec<u8>,
}

impl FoldData {
    /// The folding table of this compiler, read once.
    pub fn get() -> &'static FoldData {
        static DATA: OnceLock<FoldData> = OnceLock::new();
        DATA.get_or_init(|| build(TABLE))
    }

    /// The table for an artifact whose spellings know only these symbols: a character
    /// that stands for another symbol stands for itself, and blocks become alike.
    pub(crate) fn trimmed(&self, keep: &SymbolSet) -> FoldData {
        let words = |bytes: &[u8]| -> Vec<u32> {
            let word = |word: &[u8; 4]| u32::from_le_bytes(*word);
            bytes.as_chunks::<4>().0.iter().map(word).collect()
        };
        let old = words(&self.blocks);
        let mut blocks = Blocks::default();
        let mut moved: CheapMap<u32, u32> = CheapMap::default();
        for at in words(&self.index) {
            if let Some(&to) = moved.get(&at) {
                blocks.index.push(to);
                continue;
            }
            let block = &old[at as usize..at as usize + BLOCK];
            let trim = |&word: &u32| Entry::from_word(word).unless(|symbol| keep.contains(symbol));
            let trimmed: Vec<u32> = block.iter().map(trim).map(Entry::word).collect();
            let to = blocks.push(&trimmed);
            moved.insert(at, to);
        }
        FoldData {
            index: bytes(&blocks.index),
            blocks: bytes(&blocks.words),
            parts: self.parts.clone(),
        }
    }

    /// The sections as the runtime reads them.
    pub fn table(&self) -> FoldTable<'_> {
        FoldTable::new(&self.index, &self.blocks, &self.parts)
    }
}

/// The version of Unicode that the table was made from.
pub fn unicode_version() -> &'static str {
    let first = TABLE.lines().next().unwrap_or("");
    first.strip_prefix("# Unicode ").unwrap_or("unknown")
}

/// What a text is matched as: its symbols, without what readers do not see.
pub fn fold_text(text: &str) -> Vec<Sym> {
    Reader::new(FoldData::get().table(), text, 0).collect()
}

/// Bytes of the table to a row, so that a guess holds all of them.
const ROW: usize = 20;

/// One row of the table.
struct Row {
    first: u32,
    last: u32,
    entry: Entry,
    /// What it stands for when that is several symbols.
    folded: Vec<u32>,
}

fn build(table: &str) -> FoldData {
    let mut rows = Vec::with_capacity(table.len() / ROW);
    rows.extend(table.lines().filter_map(read_row));
    let parts = write_parts(&mut rows);
    let mut blocks = Blocks::default();
    let mut open = Vec::with_capacity(BLOCK);
    let mut code = 0;
    for row in &rows {
        // Surrogates have no row.
        fill(
            &mut open,
            &mut blocks,
            row.first - code,
            Entry::one(0, Kind::Other, 0, false),
        );
        fill(&mut open, &mut blocks, row.last + 1 - row.first, row.entry);
        code = row.last + 1;
    }
    FoldData {
        index: bytes(&blocks.index),
        blocks: bytes(&blocks.words),
        parts: bytes(&parts),
    }
}

/// Adds `count` times the same entry, closing blocks as they are full.
fn fill(open: &mut Vec<u32>, blocks: &mut Blocks, count: u32, entry: Entry) {
    let mut left = count as usize;
    while left > 0 {
        let here = left.min(BLOCK - open.len());
        open.resize(open.len() + here, entry.word());
        left -= here;
        if open.len() == BLOCK {
            let at = blocks.push(open);
            open.clear();
            // What is left of a long run is the same block again and again.
            let whole = match here {
                BLOCK => left / BLOCK,
                _ => 0,
            };
            blocks.index.extend(std::iter::repeat_n(at, whole));
            left -= whole * BLOCK;
        }
    }
}

/// Blocks of a table, each kept once.
#[derive(Default)]
struct Blocks {
    index: Vec<u32>,
    words: Vec<u32>,
    known: CheapMap<Vec<u32>, u32>,
}

impl Blocks {
    /// Adds a block and gives back where it lies.
    fn push(&mut self, block: &[u32]) -> u32 {
        let at = match self.known.get(block) {
            Some(&at) => at,
            None => {
                let at = self.words.len() as u32;
                self.words.extend(block);
                self.known.insert(block.to_vec(), at);
                at
            }
        };
        self.index.push(at);
        at
    }
}

/// Lists the symbols of every character that stands for several, and points its
/// entry there.
fn write_parts(rows: &mut [Row]) -> Vec<u32> {
    // Index 0 stays free, so that no character has its parts there by mistake.
    let mut parts = vec![0];
    for number in 0..rows.len() {
        if rows[number].folded.len() < 2 {
            continue;
        }
        let at = parts.len() as u32;
        parts.push(rows[number].folded.len() as u32);
        for place in 0..rows[number].folded.len() {
            let code = rows[number].folded[place];
            let row = rows.partition_point(|row| row.last < code);
            let kind = rows.get(row).map_or(Kind::Other, |row| row.entry.kind());
            parts.push(Entry::one(code, kind, 2, false).word());
        }
        rows[number].entry = rows[number].entry.several(at);
    }
    parts
}

fn read_row(line: &str) -> Option<Row> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.as_bytes().split(|&byte| byte == b'\t');
    let mut range = columns.next()?.split(|&byte| byte == b'.');
    let first = code(range.next()?)?;
    let last = code(range.nth(1)?)?;
    let kind = kind_of_name(columns.next()?)?;
    let level = match columns.next()? {
        [digit @ b'0'..=b'9'] => digit - b'0',
        _ => return None,
    };
    let upper = columns.next()? == b"u";
    let mut codes = columns.next()?.split(|&byte| byte == b' ').map(code);
    let (symbol, folded) = match (codes.next()?, codes.next()) {
        (None, _) => (0, Vec::new()),
        (Some(only), None) => (char::from_u32(only).map_or(0, symbol_of), Vec::new()),
        (one, Some(two)) => (0, [one, two].into_iter().chain(codes).flatten().collect()),
    };
    Some(Row {
        first,
        last,
        entry: Entry::one(symbol, kind, level, upper),
        folded,
    })
}

/// A number written in hexadecimal digits.
fn code(hex: &[u8]) -> Option<u32> {
    hex.iter().try_fold(0, |code: u32, &byte| {
        let digit = char::from(byte).to_digit(16)?;
        Some(code << 4 | digit)
    })
}

fn kind_of_name(name: &[u8]) -> Option<Kind> {
    Some(match name {
        b"letter" => Kind::Letter,
        b"digit" => Kind::Digit,
        b"han" => Kind::Han,
        b"space" => Kind::Space,
        b"line" => Kind::Line,
        b"punct" => Kind::Punct,
        b"other" => Kind::Other,
        b"ignorable" => Kind::Ignorable,
        b"mark" => Kind::Mark,
        b"voice" => Kind::Voice,
        _ => return None,
    })
}

/// Words as little-endian bytes.
pub(crate) fn bytes(words: &[u32]) -> Vec<u8> {
    let mut out = vec![0; words.len() * 4];
    let places = out.as_chunks_mut::<4>().0.iter_mut();
    places
        .zip(words)
        .for_each(|(place, word)| *place = word.to_le_bytes());
    out
}

/// A map whose keys need no hash that withstands an adversary. It is only asked, never
/// listed, so that it cannot bring disorder into an artifact.
pub(crate) type CheapMap<K, V> = HashMap<K, V, BuildHasherDefault<CheapHasher>>;

/// A hash by multiplication.
#[derive(Default)]
pub(crate) struct CheapHasher(u64);

impl Hasher for CheapHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words
            .iter()
            .for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        rest.iter()
            .for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// A set of symbols, a bit for each.
pub(crate) struct SymbolSet(Vec<u64>);

impl SymbolSet {
    /// A set without symbols.
    pub(crate) fn new() -> SymbolSet {
        SymbolSet(vec![0; (1 << 20) / 64])
    }

    /// Adds a symbol. Those past the 20 bits of an entry cannot be asked for.
    pub(crate) fn insert(&mut self, symbol: u32) {
        if let Some(word) = self.0.get_mut(symbol as usize / 64) {
            *word |= 1 << (symbol % 64);
        }
    }

    /// Whether a symbol is in the set.
    pub(crate) fn contains(&self, symbol: u32) -> bool {
        self.0
            .get(symbol as usize / 64)
            .is_some_and(|word| word >> (symbol % 64) & 1 == 1)
    }
}

impl Extend<u32> for SymbolSet {
    fn extend<T: IntoIterator<Item = u32>>(&mut self, symbols: T) {
        symbols.into_iter().for_each(|symbol| self.insert(symbol));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold_text(text)
            .iter()
            .filter_map(|sym| char::from_u32(sym.symbol))
            .collect()
    }

    #[test]
    fn the_table_is_valid() {
        assert_eq!(FoldData::get().table().validate(), Ok(()));
        assert!(unicode_version().starts_with(|c: char| c.is_ascii_digit()));
    }

    #[test]
    fn each_kind_of_disguise_folds_to_the_letters() {
        for (text, expected) in [
            ("ICO", "ico"),
            ("ＩＣＯ", "ico"),
            ("𝐈𝐂𝐎", "ico"),
            ("ⒾⒸⓄ🅸🅲🅾⒤⒞⒪", "icoicoico"),
            ("🇮🇨🇴", "ico"),
            ("ɪᴄᴏ", "ico"),
            ("íçö", "ico"),
            ("i\u{200B}c\u{AD}o\u{FE0F}", "ico"),
            ("ісо", "ico"),
            ("ıİ", "ii"),
            ("квнтм", "kbhtm"),
            ("ß", "ss"),
            ("皮書⽪", "皮书皮"),
            ("1️⃣①❶１", "1111"),
            ("が", "か\u{3099}"),
            ("ｶﾞ", "カ\u{3099}"),
            ("e\u{3099}", "e"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for code in 0..=0x10_FFFF {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let once = folded(&c.to_string());
            assert_eq!(folded(&once), once, "U+{code:04X}");
        }
    }
}

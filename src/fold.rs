//! The folding table of the compiler.
//!
//! In: `fold/folding.tsv`, which `crates/interdict-tables` writes from Unicode data
//! and the look-alikes beside it. Out: the folding sections of an artifact, and the
//! symbols of a term. Terms and texts go through the same sections.

use std::collections::{HashMap, HashSet};
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
    pub(crate) fn trimmed(&self, keep: &HashSet<u32>) -> FoldData {
        let words = |bytes: &[u8]| -> Vec<u32> {
            let word = |word: &[u8; 4]| u32::from_le_bytes(*word);
            bytes.as_chunks::<4>().0.iter().map(word).collect()
        };
        let old = words(&self.blocks);
        let mut blocks = Blocks::default();
        let mut moved: HashMap<u32, u32> = HashMap::new();
        for at in words(&self.index) {
            if let Some(&to) = moved.get(&at) {
                blocks.index.push(to);
                continue;
            }
            let block = &old[at as usize..at as usize + BLOCK];
            let trim = |&word: &u32| Entry::from_word(word).unless(|symbol| keep.contains(&symbol));
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

/// One row of the table.
struct Row {
    first: u32,
    last: u32,
    entry: Entry,
    folded: Vec<u32>,
}

fn build(table: &str) -> FoldData {
    let mut rows: Vec<Row> = table.lines().filter_map(read_row).collect();
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
    known: HashMap<Vec<u32>, u32>,
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
    let mut columns = line.split('\t');
    let (first, last) = columns.next()?.split_once("..")?;
    let kind = kind_of_name(columns.next()?)?;
    let level = columns.next()?.parse().ok()?;
    let upper = columns.next()? == "u";
    let fold = columns.next()?;
    let code = |hex: &str| u32::from_str_radix(hex, 16).ok();
    let folded: Vec<u32> = match fold {
        "=" => Vec::new(),
        codes => codes.split(' ').filter_map(code).collect(),
    };
    let symbol = match folded.as_slice() {
        [only] => char::from_u32(*only).map_or(0, symbol_of),
        _ => 0,
    };
    Some(Row {
        first: code(first)?,
        last: code(last)?,
        entry: Entry::one(symbol, kind, level, upper),
        folded,
    })
}

fn kind_of_name(name: &str) -> Option<Kind> {
    Some(match name {
        "letter" => Kind::Letter,
        "digit" => Kind::Digit,
        "han" => Kind::Han,
        "space" => Kind::Space,
        "line" => Kind::Line,
        "punct" => Kind::Punct,
        "other" => Kind::Other,
        "ignorable" => Kind::Ignorable,
        "mark" => Kind::Mark,
        "voice" => Kind::Voice,
        _ => return None,
    })
}

/// Words as little-endian bytes.
pub(crate) fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
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

//! The folding table of the compiler.
//!
//! In: `fold/folding.tsv`, which `crates/interdict-tables` writes from Unicode data
//! and the look-alikes beside it. Out: the folding sections of an artifact, and the
//! symbols of a term. Terms and texts go through the same sections.

use std::collections::BTreeMap;
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
    let rows: Vec<Row> = table.lines().filter_map(read_row).collect();
    let mut entries = vec![Entry::one(0, Kind::Other, 0, false); 0x11_0000];
    for row in &rows {
        for code in row.first..=row.last {
            entries[code as usize] = row.entry;
        }
    }
    let parts = write_parts(&rows, &mut entries);
    let mut index = Vec::new();
    let mut blocks: Vec<u32> = Vec::new();
    let mut known = BTreeMap::new();
    for block in entries.chunks(BLOCK) {
        let words: Vec<u32> = block.iter().map(|entry| entry.word()).collect();
        let at = *known.entry(words).or_insert_with_key(|words| {
            blocks.extend(words);
            (blocks.len() - words.len()) as u32
        });
        index.push(at);
    }
    FoldData {
        index: bytes(&index),
        blocks: bytes(&blocks),
        parts: bytes(&parts),
    }
}

/// Lists the symbols of every character that stands for several, and points its
/// entry there.
fn write_parts(rows: &[Row], entries: &mut [Entry]) -> Vec<u32> {
    // Index 0 stays free, so that no character has its parts there by mistake.
    let mut parts = vec![0];
    let single = entries.to_vec();
    for row in rows.iter().filter(|row| row.folded.len() > 1) {
        let at = parts.len() as u32;
        parts.push(row.folded.len() as u32);
        for &code in &row.folded {
            let kind = single[code as usize].kind();
            parts.push(Entry::one(code, kind, 2, false).word());
        }
        for code in row.first..=row.last {
            entries[code as usize] = row.entry.several(at);
        }
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

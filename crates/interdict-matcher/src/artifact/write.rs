//! Sections → bytes.

use std::collections::BTreeMap;

use super::{HASHED_FROM, MAGIC, MAJOR, MINOR, Record, Section};

/// Gathers sections and strings and lays them out; the same calls give the same bytes.
#[derive(Debug, Default)]
pub struct Writer {
    sections: BTreeMap<u32, Vec<u8>>,
    strings: BTreeMap<String, u32>,
    order: Vec<String>,
}

impl Writer {
    /// The number of a string, which is stored once.
    pub fn string(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.strings.get(text) {
            return number;
        }
        let number = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        self.strings.insert(text.to_owned(), number);
        self.order.push(text.to_owned());
        number
    }

    /// Adds a section of rows.
    pub fn table<R: Record>(&mut self, section: Section, rows: &[R]) {
        let mut bytes = Vec::with_capacity(rows.len() * R::WORDS * 4);
        for row in rows {
            row.write(&mut bytes);
        }
        self.bytes(section as u32, bytes);
    }

    /// Adds a section of plain words.
    pub fn words(&mut self, section: Section, words: &[u32]) {
        let bytes = words.iter().flat_map(|word| word.to_le_bytes());
        self.bytes(section as u32, bytes.collect());
    }

    /// Adds a section by its number, as the text index lays out its own.
    pub fn bytes(&mut self, kind: u32, bytes: Vec<u8>) {
        self.sections.insert(kind, bytes);
    }

    /// The artifact.
    pub fn finish(mut self) -> Vec<u8> {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(self.order.len());
        for string in &self.order {
            text.push_str(string);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        self.bytes(Section::StringText as u32, text.into_bytes());
        self.words(Section::StringEnds, &ends);
        let mut offset = aligned(HASHED_FROM + 8 + self.sections.len() * 24);
        let all = self.sections.values().map(|bytes| aligned(bytes.len()));
        let mut out = Vec::with_capacity(offset + all.sum::<usize>());
        push_header(&mut out);
        push_words(&mut out, &[self.sections.len() as u32, 0]);
        for (&kind, bytes) in &self.sections {
            push_words(&mut out, &[kind, 0]);
            out.extend_from_slice(&(offset as u64).to_le_bytes());
            out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            offset = aligned(offset + bytes.len());
        }
        // A section that is written is let go: a policy of a million terms is held once.
        for bytes in self.sections.into_values() {
            out.resize(aligned(out.len()), 0);
            out.extend_from_slice(&bytes);
        }
        seal(&mut out);
        out
    }
}

fn push_words(out: &mut Vec<u8>, words: &[u32]) {
    out.extend(words.iter().flat_map(|word| word.to_le_bytes()));
}

fn aligned(offset: usize) -> usize {
    offset.next_multiple_of(8)
}

/// The header, with room for the content id.
fn push_header(out: &mut Vec<u8>) {
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&MAJOR.to_le_bytes());
    out.extend_from_slice(&MINOR.to_le_bytes());
    out.extend_from_slice(&0_u32.to_le_bytes());
    out.resize(HASHED_FROM, 0);
}

/// Puts the content id in front of what it covers.
fn seal(out: &mut [u8]) {
    let (header, hashed) = out.split_at_mut(HASHED_FROM);
    if let Some(slot) = header.last_chunk_mut() {
        *slot = *blake3::hash(hashed).as_bytes();
    }
}

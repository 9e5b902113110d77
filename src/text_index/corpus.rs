//! Ordinary words, laid out as one text, so that an index reads all of them in one scan.
//!
//! In: words or short texts. Out: what an index finds in each of them, as if it stood alone.

use interdict_matcher::text::{ScanScratch, TextHit, TextIndex};

/// More separators than a spelling may have between its letters.
const PARTING: &str = "\n\n\n\n\n\n\n\n\n";

/// Texts side by side.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    text: String,
    starts: Vec<u32>,
}

/// A spelling found in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The number of the text.
    pub text: usize,
    /// The hit, in bytes of that text.
    pub hit: TextHit,
}

impl Corpus {
    /// Adds a text. What does not fit into the 4 GiB of a scan is left out.
    pub fn push(&mut self, text: &str) {
        let end = self.text.len() + text.len() + PARTING.len();
        if let (Ok(start), Ok(_)) = (u32::try_from(self.text.len()), u32::try_from(end)) {
            self.starts.push(start);
            self.text.push_str(text);
            self.text.push_str(PARTING);
        }
    }

    /// A text by its number.
    pub fn text(&self, number: usize) -> &str {
        let start = self.starts.get(number).copied().unwrap_or(0) as usize;
        let next = self.starts.get(number + 1);
        let end = next.map_or(self.text.len(), |&next| next as usize);
        let with_parting = self.text.get(start..end).unwrap_or("");
        with_parting.strip_suffix(PARTING).unwrap_or("")
    }

    /// What an index finds, text by text.
    pub fn scan(&self, index: TextIndex<'_>) -> Vec<Found> {
        let mut hits = Vec::new();
        index.scan(&self.text, &mut ScanScratch::default(), &mut hits);
        let found = hits.into_iter().map(|hit| {
            let text = self.starts.partition_point(|&start| start <= hit.start) - 1;
            let start = self.starts[text];
            let hit = TextHit {
                start: hit.start - start,
                end: hit.end - start,
                ..hit
            };
            Found { text, hit }
        });
        found.collect()
    }
}

impl<'t> FromIterator<&'t str> for Corpus {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Corpus {
        let mut corpus = Corpus::default();
        texts.into_iter().for_each(|text| corpus.push(text));
        corpus
    }
}

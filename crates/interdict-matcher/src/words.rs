//! Sections as little-endian words, wherever in memory they lie.
//!
//! In: bytes of an artifact. Out: `u32` words. A read outside the bytes gives 0,
//! so that no table can make a reader panic.

/// Borrowed bytes read as little-endian `u32` words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    words: &'a [[u8; 4]],
}

impl<'a> Words<'a> {
    /// Words over these bytes; a tail of fewer than four bytes is not read.
    pub fn new(bytes: &'a [u8]) -> Words<'a> {
        let (words, _) = bytes.as_chunks();
        Words { words }
    }

    /// The number of whole words.
    pub fn len(self) -> usize {
        self.words.len()
    }

    /// Whether there is no whole word.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The word at this index, 0 when there is none.
    #[inline]
    pub fn get(self, index: usize) -> u32 {
        self.words
            .get(index)
            .map_or(0, |word| u32::from_le_bytes(*word))
    }

    /// One word of a record among records of the same width, 0 when there is none.
    #[inline]
    pub fn field(self, record: usize, width: usize, word: usize) -> u32 {
        self.get(record.saturating_mul(width).saturating_add(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_little_endian_and_bounded() {
        let bytes = [0, 1, 0, 0, 0, 2, 0, 0, 0, 9];
        let words = Words::new(&bytes[1..]);
        assert_eq!(words.len(), 2);
        assert_eq!((words.get(0), words.get(1)), (1, 2));
        assert_eq!((words.get(2), words.get(usize::MAX)), (0, 0));
        assert_eq!(
            (words.field(0, 2, 1), words.field(usize::MAX, 2, 1)),
            (2, 0)
        );
        assert!(Words::new(&[1, 2, 3]).is_empty());
    }
}

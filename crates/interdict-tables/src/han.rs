//! Which characters the tables of Han are about.

/// A unified ideograph that fits 16 bits, as the compiler's tables want them.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The characters of GB 2312 and of the words of `han_words.tsv`, in their order: those that
/// pinyin and splits are given for.
pub(crate) fn common(han_words: &str) -> std::collections::BTreeSet<char> {
    let lines = han_words.lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(str::chars).filter(|&c| is_han(c));
    words.chain(gb2312()).collect()
}

/// Rows 16 to 87 of GB 2312, which are the first of GBK.
fn gb2312() -> impl Iterator<Item = char> {
    let cells = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
    cells.filter_map(|cell| {
        let (text, _, broken) = encoding_rs::GBK.decode(&cell);
        text.chars().next().filter(|&c| !broken && is_han(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb_2312_has_6763_characters() {
        let characters: std::collections::BTreeSet<char> = gb2312().collect();
        assert_eq!(characters.len(), 6763);
        assert!(
            ['一', '啊', '齄', '座']
                .iter()
                .all(|c| characters.contains(c))
        );
    }
}

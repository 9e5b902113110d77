//! How many words stand between two places, for `within N words of`.

/// How many words there are, counted no further than just beyond `limit`. A run of letters and
/// digits is one word; in a script without spaces every character is one.
pub fn words_in(chars: impl Iterator<Item = char>, limit: u32) -> u32 {
    let (mut count, mut inside) = (0, false);
    for c in chars {
        if starts_word(c, &mut inside) {
            count += 1;
        }
        if count > limit {
            break;
        }
    }
    count
}

/// Where the words of a text start.
pub(super) fn word_starts(text: &str) -> Vec<u32> {
    let mut inside = false;
    let starts = text
        .char_indices()
        .filter(|&(_, c)| starts_word(c, &mut inside));
    starts.map(|(at, _)| at as u32).collect()
}

/// Whether a character starts a word; `inside` says whether the one before it belongs to one.
fn starts_word(c: char, inside: &mut bool) -> bool {
    let before = std::mem::replace(inside, is_spaced(c));
    is_unspaced(c) || (*inside && !before)
}

/// Letters and digits that make up a word together with their neighbours.
pub(super) fn is_spaced(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

/// Scripts that are written without spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_run_of_letters_or_one_han_character() {
        for (text, count) in [
            ("", 0),
            (" , ", 0),
            ("a b", 2),
            ("don't", 2),
            ("白皮书", 3),
            ("x白y", 3),
        ] {
            assert_eq!(word_starts(text).len(), count as usize, "{text}");
            assert_eq!(words_in(text.chars(), 100), count, "{text}");
        }
    }
}

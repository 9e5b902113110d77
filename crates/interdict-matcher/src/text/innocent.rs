//! Ordinary words in which a spelling lies by chance: `skill` is no disguised `kill`.
//!
//! In: hits. Out: those that are no ordinary word. The compiler lists the words, each for one
//! spelling. A word counts in plain letters only, and only where it stands alone, so that it
//! excuses nothing beside it; and what is as its author wrote it is never excused.

use super::scan::TextHit;
use super::tables::{INNOCENT_WORDS, TextIndex};
use crate::fold::Kind;

/// More letters are in no listed word.
const LONGEST: usize = 32;

impl TextIndex<'_> {
    /// Drops the hits of a text, `out` from `first` on, that are ordinary words.
    pub(crate) fn drop_innocent(&self, text: &str, first: usize, out: &mut Vec<TextHit>) {
        if self.innocents.is_empty() {
            return;
        }
        let mut at = 0;
        out.retain(|hit| {
            at += 1;
            at <= first || !self.is_innocent(text, hit)
        });
    }

    fn is_innocent(&self, text: &str, hit: &TextHit) -> bool {
        hit.folds.is_disguise()
            && self
                .word_around(text, hit)
                .is_some_and(|word| self.excuses(hit.spelling, word.as_bytes()))
    }

    /// The word of plain letters that a hit lies in.
    fn word_around<'t>(&self, text: &'t str, hit: &TextHit) -> Option<&'t str> {
        let before = text.get(..hit.start as usize)?;
        let after = text.get(hit.end as usize..)?;
        let letter = |c: &char| c.is_ascii_alphabetic();
        let more_before = before
            .chars()
            .rev()
            .take(LONGEST)
            .take_while(letter)
            .count();
        let more_after = after.chars().take(LONGEST).take_while(letter).count();
        let (start, end) = (before.len() - more_before, hit.end as usize + more_after);
        let word = text.get(start..end)?;
        let beyond = [
            text.get(..start)?.chars().next_back(),
            text.get(end..)?.chars().next(),
        ];
        let alone = beyond.into_iter().flatten().all(|c| self.parts_words(c));
        (alone && is_plain(word)).then_some(word)
    }

    /// Whether a word ends at this character, for a reader and for the matcher.
    fn parts_words(&self, c: char) -> bool {
        !matches!(
            self.folding.entry(c).kind(),
            Kind::Letter | Kind::Digit | Kind::Mark | Kind::Voice | Kind::Ignorable
        )
    }

    /// Whether the compiler listed a word for a spelling.
    fn excuses(&self, spelling: u32, word: &[u8]) -> bool {
        let (mut low, mut high) = (0, self.innocents.len() / INNOCENT_WORDS);
        while low < high {
            let middle = low + (high - low) / 2;
            let (owner, listed) = self.innocent(middle);
            let letters = word.iter().map(u8::to_ascii_lowercase);
            match owner
                .cmp(&spelling)
                .then_with(|| listed.iter().copied().cmp(letters))
            {
                core::cmp::Ordering::Equal => return true,
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        false
    }
}

/// Whether a word is written as words are: in small letters, in capitals, or with one capital.
fn is_plain(word: &str) -> bool {
    let (Some(first), Some(rest)) = (word.get(..1), word.get(1..)) else {
        return false;
    };
    let all = |text: &str, case: fn(&u8) -> bool| text.bytes().all(|byte| case(&byte));
    let small = all(rest, u8::is_ascii_lowercase);
    (small && all(first, u8::is_ascii_alphabetic)) || all(word, u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_in_three_ways() {
        for (word, plain) in [
            ("skill", true),
            ("Skill", true),
            ("SKILL", true),
            ("sKILL", false),
            ("sKill", false),
            ("skiLL", false),
            ("sk1ll", false),
            ("skíll", false),
            ("", false),
        ] {
            assert_eq!(is_plain(word), plain, "{word}");
        }
    }
}

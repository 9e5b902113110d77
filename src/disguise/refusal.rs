//! Why nothing catches a sample, in the author's words.
//!
//! These are rules of the matcher told once more; tests hold them against it.

use interdict_matcher::Folds;

use super::shape::Shape;
use crate::text_index::mirror::FEWEST_LETTERS;
use crate::text_index::{SpellingSpec, idle, is_common, is_ordinary};

/// Fewer letters than these are written by chance, in pieces.
pub(super) const SHORT: usize = 4;
/// The fewest letters of a spelling of which one may be dropped, added or replaced.
pub(super) const CHANGED: usize = 6;
/// The most letters of a spelling that a sign may not open.
const OPENED: usize = 5;
/// Signs that open or join in ordinary texts.
const OPENERS: [char; 5] = ['#', '(', '+', '|', '!'];

/// What is said where no rule is known to refuse a sample.
pub(super) const UNKNOWN: &str = "no rule of the matcher reads it so";

/// Why a sample of a fold is not caught.
pub(super) fn refusal(
    spelling: &SpellingSpec,
    fold: Folds,
    shape: &Shape<'_>,
    sample: &str,
) -> String {
    if let Some(idle) = idle(spelling, fold) {
        return idle.to_owned();
    }
    let count = shape.count();
    if is_common(&sample.to_lowercase()) {
        return format!("`{sample}` is an ordinary word");
    }
    let reason = match fold {
        Folds::SPACED if count < SHORT && shape.is_spaced() && shape.is_bare() => Some(format!(
            "fewer than {} letters are parted by a sign, or by even gaps",
            in_words(SHORT)
        )),
        Folds::SPACED if pieces_are_words(sample) => {
            Some("its pieces are words of their own".to_owned())
        }
        Folds::LEET => leet(shape, sample),
        Folds::MIRROR if shape.is_spaced() && count < FEWEST_LETTERS => Some(format!(
            "only {} letters or more are found backwards",
            in_words(FEWEST_LETTERS)
        )),
        Folds::FUZZY => fuzzy(shape, sample),
        Folds::EMBEDDED if shape.is_spaced() => {
            Some("its last letter goes on in the word around it".to_owned())
        }
        Folds::EMBEDDED => Some("the characters around it read as other words".to_owned()),
        Folds::SOUND => Some("it reads as other words".to_owned()),
        _ => None,
    };
    reason.unwrap_or_else(|| UNKNOWN.to_owned())
}

fn pieces_are_words(sample: &str) -> bool {
    let sample = sample.to_lowercase();
    sample.split(|c: char| !c.is_alphanumeric()).all(is_common)
}

fn fuzzy(shape: &Shape<'_>, sample: &str) -> Option<String> {
    let spelled: Vec<String> = shape.words().collect();
    let words = Shape::of(sample);
    let mut changed = words.words().filter(|word| !spelled.contains(word));
    if let Some(word) = changed.find(|word| is_ordinary(&word.to_lowercase())) {
        return Some(format!("`{word}` is an ordinary word"));
    }
    let reason = match shape.count() {
        0..CHANGED => format!(
            "only two neighbours may change places in fewer than {} letters",
            in_words(CHANGED)
        ),
        _ => "its first and its last letter must stay".to_owned(),
    };
    Some(reason)
}

fn in_words(number: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six"];
    let word = words.get(number).map(|word| (*word).to_owned());
    word.unwrap_or_else(|| number.to_string())
}

fn leet(shape: &Shape<'_>, sample: &str) -> Option<String> {
    let count = shape.count();
    if sample.starts_with(OPENERS) && count <= OPENED {
        let most = in_words(OPENED);
        return Some(format!("{most} letters or fewer do not begin with a sign"));
    }
    let pairs = shape.text.chars().zip(sample.chars());
    let changed = pairs.filter(|(letter, other)| letter != other).count();
    let left = count.saturating_sub(changed);
    let few = shape.text.chars().count() == sample.chars().count() && left * 3 < count;
    few.then(|| "fewer than a third of its letters are left".to_owned())
}

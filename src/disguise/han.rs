//! Han in other characters: older forms, radicals, and what sounds or looks alike.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::shape::Shape;
use crate::fold::fold_text;
use crate::text_index::{Readings, drawn, homophone, toneless};

/// Unified ideographs, the older forms among them.
const UNIFIED: RangeInclusive<u32> = 0x4E00..=0x9FFF;
/// Radicals, and ideographs kept for compatibility.
const RADICALS: RangeInclusive<u32> = 0x2E80..=0x2FD5;
const COMPATIBLE: RangeInclusive<u32> = 0xF900..=0xFAFF;

/// The first character of a range that the folding table takes for another one, by that other one.
/// There is no list of older forms but that table.
fn folded_from(range: RangeInclusive<u32>) -> BTreeMap<char, char> {
    let mut table = BTreeMap::new();
    for c in range.filter_map(char::from_u32) {
        if let [sym] = fold_text(c.encode_utf8(&mut [0; 4]))[..]
            && let Some(folded) = char::from_u32(sym.symbol).filter(|&folded| folded != c)
        {
            table.entry(folded).or_insert(c);
        }
    }
    table
}

/// The older form of a character.
pub(super) fn traditional(c: char) -> Option<char> {
    static TABLE: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| folded_from(UNIFIED));
    table.get(&c).copied()
}

/// The radical or compatibility character that looks the same.
pub(super) fn radical(c: char) -> Option<char> {
    static TABLE: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = folded_from(COMPATIBLE);
        table.extend(folded_from(RADICALS));
        table
    });
    table.get(&c).copied()
}

/// The usual syllable of a character, without its tone.
fn syllable(c: char) -> Option<&'static str> {
    Readings::get().of(c).next().map(toneless)
}

/// The spelling in Latin letters.
pub(super) fn pinyin(shape: &Shape<'_>, between: &str) -> Option<String> {
    let syllables: Option<Vec<&str>> = shape.letters().map(syllable).collect();
    Some(syllables?.join(between))
}

/// The spelling in Latin letters with numbers for the tones.
pub(super) fn pinyin_with_numbers(shape: &Shape<'_>) -> Option<String> {
    let usual = |c| Readings::get().of(c).next();
    let syllables: Option<Vec<&str>> = shape.letters().map(usual).collect();
    Some(syllables?.join(" "))
}

/// The spelling with one character in Latin letters.
pub(super) fn mixed(shape: &Shape<'_>) -> Option<String> {
    let at = shape.inside(|_, c| syllable(c).is_some())?;
    let latin = syllable(shape.at(at)?)?;
    Some(shape.replace(at, latin))
}

/// The spelling with one character for another that sounds the same.
pub(super) fn sounding_alike(shape: &Shape<'_>) -> Option<String> {
    let at = shape.inside(|_, c| homophone(c).is_some())?;
    let other = homophone(shape.at(at)?)?;
    Some(shape.replace(at, &other.to_string()))
}

/// The spelling with one character drawn as its parts.
pub(super) fn split(shape: &Shape<'_>) -> Option<String> {
    drawn_as(shape, |way| way.chars().count() > 1)
}

/// The spelling with an emoji for one character.
pub(super) fn emoji(shape: &Shape<'_>) -> Option<String> {
    drawn_as(shape, |way| way.chars().count() == 1)
}

/// The spelling with its last character that has a fit way to draw it drawn in that way.
fn drawn_as(shape: &Shape<'_>, fit: impl Fn(&str) -> bool) -> Option<String> {
    let chars = shape.text.chars().enumerate();
    let ways = chars.filter_map(|(at, c)| Some((at, drawn(c).into_iter().find(|way| fit(way))?)));
    let (at, way) = ways.last()?;
    Some(shape.replace(at, &way))
}

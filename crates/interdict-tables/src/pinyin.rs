//! `src/text_index/pinyin.tsv`: syllables and the Han characters that are read so.
//!
//! In: `pinyin_dict.json` of pypinyin, code points with their readings between commas; and
//! `han_words.tsv`. Out: a line to a syllable with its tone, and a column each for the characters
//! of which it is the first, second and third reading.

use std::collections::{BTreeMap, HashMap};

use icu_normalizer::DecomposingNormalizer;

use crate::han;

const HEADER: &str = "\
# Syllables with their tone (5: none), and the Han characters read so: first, second and third reading.
# Source: pinyin_dict of pypinyin 0.55.0 (MIT); characters of GB 2312 and of han_words.tsv. ü is written v.
";

const READINGS: usize = 3;

pub(crate) fn table(dictionary: &str, han_words: &str) -> Result<String, String> {
    let dictionary: HashMap<String, String> =
        serde_json::from_str(dictionary).map_err(|error| format!("pinyin_dict.json: {error}"))?;
    let mut syllables: BTreeMap<String, [String; READINGS]> = BTreeMap::new();
    for c in han::common(han_words) {
        let readings = dictionary.get(&(c as u32).to_string());
        let readings = readings.map_or("", String::as_str).split(',');
        let readings = readings.filter(|reading| !reading.is_empty());
        for (place, reading) in readings.take(READINGS).enumerate() {
            let syllable = syllable(reading).ok_or(format!("{c}: `{reading}` is no syllable"))?;
            syllables.entry(syllable).or_default()[place].push(c);
        }
    }
    let mut out = HEADER.to_owned();
    for (syllable, [first, second, third]) in syllables {
        out.push_str(&format!("{syllable}\t{first}\t{second}\t{third}\n"));
    }
    Ok(out)
}

/// `lǜ` as `lv4`.
fn syllable(reading: &str) -> Option<String> {
    let mut letters = String::new();
    let mut tone = 5;
    for c in DecomposingNormalizer::new_nfd().normalize(reading).chars() {
        match c {
            'a'..='z' => letters.push(c),
            '\u{304}' => tone = 1,
            '\u{301}' => tone = 2,
            '\u{30C}' => tone = 3,
            '\u{300}' => tone = 4,
            '\u{308}' if letters.ends_with('u') => {
                letters.pop();
                letters.push('v');
            }
            // The e of 欸.
            '\u{302}' => {}
            _ => return None,
        }
    }
    letters.push(char::from(b'0' + tone));
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../../src/text_index/pinyin.tsv");
    const HAN_WORDS: &str = include_str!("../../../src/text_index/han_words.tsv");

    #[test]
    fn readings_become_syllables() {
        let as_written = ["lǜ", "yī", "de", "ê̄", "ńg", "hm"];
        let syllables = ["lv4", "yi1", "de5", "e1", "ng2", "hm5"];
        assert_eq!(as_written.map(|one| syllable(one).unwrap()), syllables);
        assert_eq!(syllable("ㄅ"), None);
        let table = table(r#"{"19968": "yī,yí,yì,yāo"}"#, "").unwrap();
        assert_eq!(
            table,
            format!("{HEADER}yi1\t一\t\t\nyi2\t\t一\t\nyi4\t\t\t一\n")
        );
    }

    #[test]
    fn the_committed_table_is_laid_out_as_one_of_this_program() {
        let lines = COMMITTED.strip_prefix(HEADER).expect("the header").lines();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
        assert!(rows.is_sorted_by(|one, next| one[0] < next[0]));
        let mut first = String::new();
        for row in rows {
            let [syllable, columns @ ..] = row.as_slice() else {
                panic!("an empty row");
            };
            let (letters, tone) = syllable.split_at(syllable.len() - 1);
            assert!(
                letters.bytes().all(|c| c.is_ascii_lowercase()),
                "{syllable}"
            );
            assert!(["1", "2", "3", "4", "5"].contains(&tone), "{syllable}");
            assert_eq!(columns.len(), READINGS, "{syllable}");
            for column in columns {
                assert!(
                    column.chars().is_sorted_by(|one, next| one < next),
                    "{syllable}"
                );
            }
            first.push_str(columns[0]);
        }
        let mut first: Vec<char> = first.chars().collect();
        first.sort();
        assert!(
            first.iter().copied().eq(han::common(HAN_WORDS)),
            "one first reading each"
        );
    }
}

//! `src/text_index/splits.tsv`: Han characters and the parts that they are written as.
//!
//! In: `cjk-decomp.txt.js` of hanzi, a line such as `强:a(弓,虽)` to a character or to a number
//! that stands for a part without a character; `han_words.tsv`; `traditional.tsv`. Out: a line to
//! a character, a way to a column: first its own, then those of its traditional forms.

mod decomposition;

use std::collections::{BTreeMap, BTreeSet};

use crate::han;
use decomposition::Decompositions;

const HEADER: &str = "\
# Han characters and the parts that they are written as, a way to a column.
# Source: cjk-decomp by Gavin Grover (taken under Apache-2.0), as carried by hanzi 3.2.0 (MIT); radicals also as the
# character they stand for, traditional forms in simplified parts; characters of pinyin.tsv, two to four parts.
";

/// The most ways that one character has.
const MOST_WAYS: usize = 6;

/// Radicals, each with the characters that people type for it: what it is a form of, or what it
/// looks like.
const STANDS_FOR: [(char, &str); 38] = [
    ('氵', "水"),
    ('艹', "草艸"),
    ('扌', "手"),
    ('纟', "糸"),
    ('亻', "人"),
    ('钅', "金"),
    ('月', "肉"),
    ('讠', "言"),
    ('忄', "心"),
    ('阝', "邑"),
    ('⺮', "竹"),
    ('辶', "辵"),
    ('疒', "病"),
    ('王', "玉"),
    ('⻊', "足"),
    ('犭', "犬"),
    ('饣', "食"),
    ('刂', "刀"),
    ('宀', "宝"),
    ('衤', "衣"),
    ('彳', "行"),
    ('冫', "冰"),
    ('礻', "示"),
    ('罒', "网"),
    ('灬', "火"),
    ('爫', "爪"),
    ('⺈', "刀"),
    ('⺊', "卜"),
    ('覀', "西"),
    ('⺌', "小"),
    ('氺', "水"),
    ('耂', "老"),
    ('㣺', "心"),
    ('龵', "手"),
    ('⺶', "羊"),
    ('⺧', "牛"),
    ('廴', "建"),
    ('巜', "川"),
];

pub(crate) fn table(script: &str, han_words: &str, traditional: &str) -> Result<String, String> {
    let decompositions = Decompositions::read(script)?;
    let forms = Forms::read(traditional);
    let mut out = HEADER.to_owned();
    for c in han::common(han_words) {
        let ways = ways(c, &decompositions, &forms);
        if !ways.is_empty() {
            out.push_str(&format!("{c}\t{}\n", ways.join("\t")));
        }
    }
    Ok(out)
}

/// Traditional and simplified forms.
struct Forms {
    simplified: BTreeMap<char, char>,
    traditional: BTreeMap<char, BTreeSet<char>>,
}

impl Forms {
    fn read(table: &str) -> Forms {
        let mut forms = Forms {
            simplified: BTreeMap::new(),
            traditional: BTreeMap::new(),
        };
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        for (from, to) in rows.filter_map(|line| line.split_once('\t')) {
            if let (Some(from), Some(to)) = (from.chars().next(), to.chars().next()) {
                forms.simplified.insert(from, to);
                forms.traditional.entry(to).or_default().insert(from);
            }
        }
        forms
    }
}

fn ways(c: char, decompositions: &Decompositions<'_>, forms: &Forms) -> Vec<String> {
    let mut ways = Vec::new();
    let traditional = forms.traditional.get(&c).into_iter().flatten();
    for form in [c].iter().chain(traditional) {
        let Some(parts) = decompositions.parts(*form) else {
            continue;
        };
        if !(2..=4).contains(&parts.len()) {
            continue;
        }
        let simplified = |part: &char| *forms.simplified.get(part).unwrap_or(part);
        for way in spelled(&parts.iter().map(simplified).collect::<Vec<_>>()) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
    }
    ways.truncate(MOST_WAYS);
    ways
}

/// Every way to type these parts, as they are first.
fn spelled(parts: &[char]) -> Vec<String> {
    let mut ways = vec![String::new()];
    for part in parts {
        let also = STANDS_FOR.iter().find(|(radical, _)| radical == part);
        let also = also.map_or("", |(_, also)| also);
        let typed = || std::iter::once(*part).chain(also.chars());
        let longer = |way: &String| typed().map(|c| format!("{way}{c}")).collect::<Vec<_>>();
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITTED: &str = include_str!("../../../src/text_index/splits.tsv");
    const HAN_WORDS: &str = include_str!("../../../src/text_index/han_words.tsv");

    #[test]
    fn decompositions_become_ways() {
        let script = "module.exports = `强:a(弓,虽)\n万:d(一,㇆)\n萬:d(艹,禺)\n品:r3tr(口)\n";
        let table = table(script, "", "萬\t万\n").unwrap();
        let rows = "万\t艹禺\t草禺\t艸禺\n品\t口口口\n强\t弓虽\n";
        assert_eq!(table, format!("{HEADER}{rows}"));
    }

    #[test]
    fn the_committed_table_is_laid_out_as_one_of_this_program() {
        let rows = COMMITTED.strip_prefix(HEADER).expect("the header").lines();
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
        assert!(rows.is_sorted_by(|one, next| one[0] < next[0]));
        let common = han::common(HAN_WORDS);
        let forms = Forms::read(include_str!("../data/traditional.tsv"));
        for row in rows {
            let (c, ways) = (row[0], &row[1..]);
            assert!(c.chars().all(|c| common.contains(&c)), "{c}");
            assert!((1..=MOST_WAYS).contains(&ways.len()), "{c}");
            let different: BTreeSet<&&str> = ways.iter().collect();
            assert_eq!(different.len(), ways.len(), "{c}");
            for way in ways {
                assert!((2..=4).contains(&way.chars().count()), "{c}: {way}");
                let traditional = |c: char| forms.simplified.contains_key(&c);
                assert!(!way.chars().any(traditional), "{c}: {way}");
            }
        }
    }
}

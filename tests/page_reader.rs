//! A reader of artifacts that knows what `docs/artifact.md` says and nothing else: it takes the columns
//! from the page's tables. What it lists is what `interdict inspect` lists.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use support::root;

const NONE: u32 = 0xFFFF_FFFF;

/// The tables under `### 16 Rules`: the number of the section, and which word its columns are.
struct Section {
    kind: u32,
    columns: BTreeMap<String, usize>,
}

fn sections_of_the_page() -> BTreeMap<String, Section> {
    let page = fs::read_to_string(root().join("docs/artifact.md")).expect("the page");
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    let mut name = "";
    for line in page.lines() {
        if let Some((kind, title)) = line.strip_prefix("### ").and_then(|it| it.split_once(' '))
            && let Ok(kind) = kind.parse()
        {
            let columns = BTreeMap::new();
            sections.insert(title.to_owned(), Section { kind, columns });
            name = title;
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        if let [word, column, _, _] = cells[..]
            && let Ok(word) = word.trim_start_matches("| ").parse()
            && let Some(section) = sections.get_mut(name)
        {
            let column = column.trim_matches('`').to_owned();
            section.columns.insert(column, word);
        }
    }
    sections
}

/// An artifact, read by the page.
struct Reader<'a> {
    bytes: &'a [u8],
    page: BTreeMap<String, Section>,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn wide(bytes: &[u8], at: usize) -> usize {
    let wide = u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
    usize::try_from(wide).expect("a place in memory")
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Reader<'a> {
        assert_eq!(&bytes[..8], b"INTRDICT");
        assert_eq!(&bytes[8..10], [1, 0], "the major version");
        assert_eq!(word(bytes, 12), 0, "no flags");
        let page = sections_of_the_page();
        Reader { bytes, page }
    }

    fn section(&self, name: &str) -> &'a [u8] {
        let wanted = self.page[name].kind;
        let mut rows = (0..word(self.bytes, 48) as usize).map(|row| 56 + row * 24);
        let row = rows.find(|&row| word(self.bytes, row) == wanted);
        let row = row.unwrap_or_else(|| panic!("no section {wanted}"));
        let (offset, length) = (wide(self.bytes, row + 8), wide(self.bytes, row + 16));
        &self.bytes[offset..offset + length]
    }

    fn rows(&self, name: &str) -> usize {
        self.section(name).len() / 4 / self.page[name].columns.len()
    }

    fn get(&self, name: &str, row: usize, column: &str) -> u32 {
        let columns = &self.page[name].columns;
        word(
            self.section(name),
            (row * columns.len() + columns[column]) * 4,
        )
    }

    fn string(&self, number: u32) -> &'a str {
        let number = number as usize;
        let end = |number| self.get("StringEnds", number, "end") as usize;
        let start = number.checked_sub(1).map_or(0, end);
        std::str::from_utf8(&self.section("StringText")[start..end(number)]).expect("UTF-8")
    }

    fn text(&self, name: &str, row: usize, column: &str) -> Value {
        match self.get(name, row, column) {
            NONE => Value::Null,
            number => json!(self.string(number)),
        }
    }

    /// The second at which an epoch begins; none for the first one, and for never.
    fn begins(&self, epoch: u32) -> Option<i64> {
        let row = (epoch as usize).checked_sub(1).filter(|_| epoch != NONE)?;
        let (low, high) = (
            self.get("Epochs", row, "low"),
            self.get("Epochs", row, "high"),
        );
        Some((u64::from(low) | u64::from(high) << 32).cast_signed())
    }

    fn policies(&self) -> Value {
        let policies = (0..self.rows("Policies")).map(|row| {
            let file = self.get("Policies", row, "file") as usize;
            json!({
                "name": self.text("Policies", row, "name"),
                "title": self.text("Policies", row, "title"),
                "zone": self.text("Policies", row, "zone"),
                "file": self.text("Files", file, "name"),
            })
        });
        policies.collect()
    }

    /// The rules as they are known today, with the instants from which and until which they bind.
    fn rules(&self) -> Value {
        let verdicts = ["allow", "require", "restrict", "review", "ban"];
        let rows = 0..self.rows("Rules");
        let known = rows.filter(|&row| self.get("Rules", row, "known_until") == NONE);
        let rules = known.map(|row| {
            json!({
                "id": self.text("Rules", row, "id"),
                "verdict": verdicts[self.get("Rules", row, "verdict") as usize],
                "effective": self.text("Rules", row, "effective"),
                "from": self.begins(self.get("Rules", row, "certain")),
                "until": self.begins(self.get("Rules", row, "until")),
                "line": self.get("Rules", row, "line"),
            })
        });
        rules.collect()
    }

    fn terms(&self) -> Value {
        let terms = 0..self.rows("Terms");
        terms.map(|row| self.text("Terms", row, "name")).collect()
    }
}

/// What `interdict inspect` says of an artifact, as far as the reader lists it.
fn inspected(artifact: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(["inspect", "--format", "json"])
        .arg(artifact)
        .output()
        .expect("interdict runs");
    assert!(output.status.success(), "{output:?}");
    let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let second = |at: &Value| {
        let at = at
            .as_str()
            .map(|at| at.parse::<interdict_matcher::Instant>());
        at.map(|at| at.expect("an instant").unix_seconds())
    };
    let rules = shown["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| {
            json!({
                "id": rule["id"],
                "verdict": rule["verdict"],
                "effective": rule["effective"],
                "from": second(&rule["from"]),
                "until": second(&rule["until"]),
                "line": rule["line"],
            })
        });
    let terms = shown["terms"].as_array().expect("terms").iter();
    json!({
        "content_id": shown["content_id"],
        "policies": shown["policies"],
        "rules": rules.collect::<Value>(),
        "terms": terms.map(|term| term["name"].clone()).collect::<Value>(),
    })
}

fn read_by_the_page(bytes: &[u8]) -> Value {
    let reader = Reader::new(bytes);
    let content_id = blake3::hash(&bytes[48..]);
    assert_eq!(content_id.as_bytes()[..], bytes[16..48], "the content id");
    json!({
        "content_id": content_id.to_hex().as_str(),
        "policies": reader.policies(),
        "rules": reader.rules(),
        "terms": reader.terms(),
    })
}

#[test]
fn the_page_is_enough_to_read_an_artifact() {
    let folder = tempfile::tempdir().expect("a folder");
    let shipped = folder.path().join("rules.matcher");
    let build = support::shipped().expect("rules");
    fs::write(&shipped, build.artifact).expect("an artifact");
    for artifact in [shipped, root().join("tests/artifacts/v1.matcher")] {
        let bytes = fs::read(&artifact).expect("an artifact");
        let read = read_by_the_page(&bytes);
        assert_eq!(read, inspected(&artifact), "{}", artifact.display());
        assert!(!read["rules"].as_array().expect("rules").is_empty());
    }
}

//! A folder of labelled texts: what to look for, disguised texts, innocent texts.
//!
//! Three files hold a JSON object a line, `terms.jsonl`, `positives.jsonl` and
//! `negatives.jsonl`; `classes.json` may name the classes. Fields beside those below are ignored.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Failure;

/// All that a folder holds.
#[derive(Debug)]
pub struct Cases {
    /// What to look for; all of it at once.
    pub terms: Vec<Term>,
    /// Texts with a term in disguise.
    pub positives: Vec<Positive>,
    /// Texts in which nothing is to be found.
    pub negatives: Vec<Negative>,
    /// The names of classes of disguise, where the folder has them.
    pub classes: BTreeMap<String, Class>,
}

/// A line of `terms.jsonl`.
#[derive(Debug, Deserialize)]
pub struct Term {
    /// The term as an author would write it.
    pub term: String,
}

/// A line of `positives.jsonl`.
#[derive(Debug, Deserialize)]
pub struct Positive {
    /// The text to scan.
    pub text: String,
    /// The term that stands in it.
    pub term: String,
    /// Where it stands, in bytes.
    pub span: (u32, u32),
    /// How it is disguised.
    pub class: String,
    /// The fold that the class belongs to.
    pub level: String,
    /// How nearly unambiguous the disguise is, from 1 on.
    pub tier: u8,
    /// The disguised term by itself.
    #[serde(default)]
    pub instance: String,
}

/// A line of `negatives.jsonl`.
#[derive(Debug, Deserialize)]
pub struct Negative {
    /// The text to scan.
    pub text: String,
    /// What makes it a risk.
    pub class: String,
    /// The class in words; what follows a `/` is no part of it.
    #[serde(default)]
    pub name: String,
    /// Whether it counts in the figures of its group.
    #[serde(default = "yes")]
    pub scored: bool,
}

/// An entry of `classes.json`.
#[derive(Debug, Deserialize)]
pub struct Class {
    /// The class in words.
    pub name: String,
}

/// What a negative is counted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Chosen collisions.
    Collide,
    /// Han words that straddle a term.
    Seg,
    /// Real texts, taken at random.
    Base,
}

impl Negative {
    /// The group of its class.
    pub fn group(&self) -> Group {
        match self.class.as_str() {
            "N01" | "N02" | "N17" => Group::Base,
            "N10" => Group::Seg,
            _ => Group::Collide,
        }
    }

    /// The name without what follows a `/`.
    pub fn short_name(&self) -> &str {
        self.name.split('/').next().unwrap_or("")
    }
}

fn yes() -> bool {
    true
}

impl Cases {
    /// Reads a folder; a failure names the file and the line.
    pub fn read(folder: &Path) -> Result<Cases, Failure> {
        let classes = folder.join("classes.json");
        Ok(Cases {
            terms: lines(&folder.join("terms.jsonl"))?,
            positives: lines(&folder.join("positives.jsonl"))?,
            negatives: lines(&folder.join("negatives.jsonl"))?,
            classes: match classes.exists() {
                true => serde_json::from_str(&read(&classes)?)
                    .map_err(|error| format!("{}: {error}", classes.display()))?,
                false => BTreeMap::new(),
            },
        })
    }
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = read(path)?;
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let line = |(number, line)| {
        serde_json::from_str(line)
            .map_err(|error| format!("{}:{number}: {error}", path.display()).into())
    };
    lines.map(line).collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

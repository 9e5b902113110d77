//! What the compiler makes of every case and of the rules: what each face that compiles must make of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use interdict::source::Sources;
use interdict::{Compilation, compile, render};
use serde_json::{Value, json};

use crate::support::{Case, cases, root, with_lists};

/// A policy set, and what came of it.
pub(crate) struct Trial {
    /// Its kind and its own name; below it stands its artifact.
    pub(crate) name: String,
    files: BTreeMap<String, String>,
    lists: Vec<(String, String)>,
    pub(crate) found: Compilation,
    /// What a terminal shows.
    pub(crate) text: String,
    diagnostics: String,
}

impl Trial {
    fn new(name: String, case: Case) -> Trial {
        let files: BTreeMap<String, String> = case.files.into_iter().collect();
        let sources = with_lists(Sources::from_texts(files.clone()), &case.lists);
        let found = compile(&sources);
        Trial {
            text: render::text(&found.diagnostics, &sources, false),
            diagnostics: render::json(&found.diagnostics, &sources),
            lists: case.lists,
            name,
            files,
            found,
        }
    }

    fn to_json(&self) -> Value {
        let read = |line| serde_json::from_str::<Value>(line).expect("JSON");
        let lists: BTreeMap<_, _> = self.lists.iter().cloned().collect();
        json!({
            "name": self.name,
            "policies": self.files,
            "lists": lists,
            "compiles": self.found.artifact.is_some(),
            "diagnostics": self.diagnostics.lines().map(read).collect::<Vec<_>>(),
            "text": self.text,
        })
    }
}

/// All cases, those that compile and those that do not, and the rules.
pub(crate) fn trials() -> Vec<Trial> {
    let kinds = ["accept", "reject"].map(|kind| {
        cases(kind).into_iter().map(move |path| {
            let stem = path.file_stem().expect("a name").to_string_lossy();
            Trial::new(format!("{kind}/{stem}"), Case::read(&path))
        })
    });
    let rules = Sources::read(&[root().join("rules")]).expect("the rules");
    let files = rules.files().iter();
    let rules = Case {
        files: files
            .map(|source| (source.name.clone(), source.text.clone()))
            .collect(),
        ..Case::default()
    };
    let rules = Trial::new("rules".to_owned(), rules);
    kinds.into_iter().flatten().chain([rules]).collect()
}

/// Writes `trials.json`, and the artifacts beside it.
pub(crate) fn write(folder: &Path, trials: &[Trial]) {
    fs::create_dir_all(folder).expect("a folder");
    let all: Vec<Value> = trials.iter().map(Trial::to_json).collect();
    fs::write(folder.join("trials.json"), Value::from(all).to_string()).expect("a file");
    for trial in trials {
        if let Some(artifact) = &trial.found.artifact {
            let path = folder.join(format!("{}.matcher", trial.name));
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, artifact).expect("a file");
        }
    }
}

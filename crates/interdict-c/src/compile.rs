//! Policies → an artifact, and what the compiler says of them: for the WebAssembly module that compiles.

use std::collections::BTreeMap;

use interdict::render;
use interdict::source::Sources;
use serde::Deserialize;

use crate::status::{Fault, InterdictStatus};

/// What is compiled: texts by their names.
#[derive(Deserialize)]
struct Given {
    policies: BTreeMap<String, String>,
    /// What policies name with `from "…"`.
    lists: BTreeMap<String, String>,
}

/// What came of it.
pub(crate) struct Compiled {
    /// The bytes of the artifact, unless an error was found.
    pub(crate) artifact: Option<Vec<u8>>,
    /// `{"diagnostics":[…],"text":"…"}`, each as `interdict check --format json` writes it, and all as a
    /// terminal shows them.
    pub(crate) report: String,
}

/// Compiles `{"policies":{NAME:TEXT},"lists":{NAME:TEXT}}`.
pub(crate) fn compile(json: &[u8]) -> Result<Compiled, Fault> {
    let given: Given = serde_json::from_slice(json)
        .map_err(|error| Fault::new(InterdictStatus::BadRequest, error))?;
    let mut sources = Sources::from_texts(given.policies);
    for (name, text) in given.lists {
        sources = sources.with_list(name, text);
    }
    let found = interdict::compile(&sources);
    let lines = render::json(&found.diagnostics, &sources);
    let diagnostics = lines.lines().collect::<Vec<_>>().join(",");
    let text = render::text(&found.diagnostics, &sources, false);
    let text = serde_json::Value::from(text);
    Ok(Compiled {
        artifact: found.artifact,
        report: format!("{{\"diagnostics\":[{diagnostics}],\"text\":{text}}}"),
    })
}

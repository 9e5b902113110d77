//! Interdict under two presets, compiled from a list as an author would write it.

use std::rc::Rc;

use interdict::source::Sources;
use interdict_matcher::Matcher;
use interdict_matcher::fold::FoldTable;
use interdict_matcher::text::ScanScratch;
use interdict_score::preset::Preset;
use interdict_workload::plain_fold::PlainFold;

use super::{Engine, OURS, timed};
use crate::Failure;

/// Adds the engines, and gives back the folding that the others may use.
pub(super) fn engines(terms: &[String], out: &mut Vec<Engine>) -> Result<PlainFold, Failure> {
    out.push(engine(OURS, terms)?);
    out.push(engine("strict", terms)?);
    let index = Preset::named(OURS)?.index(["fold"]);
    let [index, blocks, parts, ..] = index.sections.each_ref();
    Ok(PlainFold::of(FoldTable::new(index, blocks, parts)))
}

fn engine(preset: &'static str, terms: &[String]) -> Result<Engine, Failure> {
    let policy = format!(
        "policy measured\n\nterms measured\n  from \"terms.txt\"\n  fold {preset}\n\n\
         ban term measured effective 2018-04-17\n"
    );
    let sources = Sources::from_texts([("measured.policy", policy)]);
    let sources = sources.with_list("terms.txt", terms.join("\n"));
    let (bytes, built) = timed(|| {
        let compiled = interdict::compile(&sources);
        let first = compiled.diagnostics.first();
        let first = first.map_or(String::new(), |one| one.message.clone());
        compiled.artifact.ok_or_else(|| first.into())
    })?;
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), &bytes)?;
    let length = bytes.len();
    let matcher = Rc::new(Matcher::from_bytes(bytes)?);
    let (mut scratch, mut hits) = (ScanScratch::default(), Vec::new());
    let scan = move |listing: &str| {
        hits.clear();
        matcher.view().text.scan(listing, &mut scratch, &mut hits);
        hits.len()
    };
    Ok(Engine {
        name: preset,
        scan: Box::new(scan),
        built,
        bytes: Some(length),
        load: Some(Box::new(move || Matcher::open(file.path()).is_ok())),
    })
}

//! Hyperscan, or whatever stands in for it as `libhs`.

use std::rc::Rc;

use hyperscan::{BlockDatabase, Builder, Literal, Literals, Matching, Serialized};
use interdict_workload::plain_fold::PlainFold;

use super::{Engine, timed};
use crate::Failure;

pub(super) fn engines(
    terms: &[String],
    fold: &PlainFold,
    out: &mut Vec<Engine>,
) -> Result<(), Failure> {
    out.push(engine("hyperscan", terms.to_vec(), |listing, search| {
        search(listing)
    })?);
    let folded = terms.iter().map(|term| fold.text(term)).collect();
    let (fold, mut buffer) = (fold.clone(), String::new());
    out.push(engine(
        "fold, hyperscan",
        folded,
        move |listing, search| {
            fold.write(listing, &mut buffer);
            search(&buffer)
        },
    )?);
    Ok(())
}

fn engine(
    name: &'static str,
    mut terms: Vec<String>,
    mut prepare: impl FnMut(&str, &mut dyn FnMut(&str) -> usize) -> usize + 'static,
) -> Result<Engine, Failure> {
    terms.sort_unstable();
    terms.dedup();
    let literals = terms.into_iter().map(Literal::new);
    let literals = literals.collect::<Result<Literals, _>>()?;
    let (database, built) = timed(|| Ok(literals.build::<hyperscan::Block>()?))?;
    let stored: Rc<[u8]> = Rc::from(&*database.serialize()?);
    let (bytes, scratch) = (stored.len(), database.alloc_scratch()?);
    let mut search = move |text: &str| {
        let mut hits = 0;
        let found = database.scan(text, &scratch, |_, _, _, _| {
            hits += 1;
            Matching::Continue
        });
        found.map_or(0, |()| hits)
    };
    Ok(Engine {
        name,
        scan: Box::new(move |listing| prepare(listing, &mut search)),
        built,
        bytes: Some(bytes),
        load: Some(Box::new(move || {
            let database: Result<BlockDatabase, _> = (&*stored).deserialize();
            database.is_ok()
        })),
    })
}

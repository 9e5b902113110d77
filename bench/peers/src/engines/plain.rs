//! Aho-Corasick and the double array.

use std::rc::Rc;

use aho_corasick::AhoCorasick;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use interdict_workload::plain_fold::PlainFold;

use super::{Engine, timed};
use crate::Failure;

pub(super) fn engines(
    terms: &[String],
    fold: &PlainFold,
    out: &mut Vec<Engine>,
) -> Result<(), Failure> {
    let kind = aho_corasick::MatchKind::LeftmostLongest;
    let (plain, built) = timed(|| Ok(AhoCorasick::builder().match_kind(kind).build(terms)?))?;
    out.push(Engine {
        name: "aho-corasick",
        scan: Box::new(move |listing| plain.find_iter(listing).count()),
        built,
        bytes: None,
        load: None,
    });
    let (exact, built) = timed(|| daachorse(terms.to_vec()))?;
    out.push(engine("daachorse", built, exact, |listing, search| {
        search(listing)
    }));
    let folded = terms.iter().map(|term| fold.text(term)).collect();
    let (folded, built) = timed(|| daachorse(folded))?;
    let (fold, mut buffer) = (fold.clone(), String::new());
    out.push(engine(
        "fold, daachorse",
        built,
        folded,
        move |listing, search| {
            fold.write(listing, &mut buffer);
            search(&buffer)
        },
    ));
    Ok(())
}

fn engine(
    name: &'static str,
    built: f64,
    double_array: CharwiseDoubleArrayAhoCorasick<u32>,
    mut prepare: impl FnMut(&str, &dyn Fn(&str) -> usize) -> usize + 'static,
) -> Engine {
    let stored: Rc<[u8]> = double_array.serialize().into();
    let bytes = stored.len();
    let scan = move |listing: &str| {
        prepare(listing, &|text| {
            double_array.leftmost_find_iter(text).count()
        })
    };
    let load = move || CharwiseDoubleArrayAhoCorasick::<u32>::deserialize(&stored).is_ok();
    Engine {
        name,
        scan: Box::new(scan),
        built,
        bytes: Some(bytes),
        load: Some(Box::new(load)),
    }
}

fn daachorse(mut terms: Vec<String>) -> Result<CharwiseDoubleArrayAhoCorasick<u32>, Failure> {
    // It takes no term twice.
    terms.sort_unstable();
    terms.dedup();
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new();
    let builder = builder.match_kind(MatchKind::LeftmostLongest);
    builder
        .build(terms)
        .map_err(|error| error.to_string().into())
}

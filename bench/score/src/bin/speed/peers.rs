//! What a service would use instead: plain matchers of the same terms.
//!
//! In: terms. Out: engines that count what they find in a listing. Those named `fold, …` fold
//! each character by the folding table first, in one look-up, and match the folded text by
//! folded terms: they find case, width and look-alikes as `fold` does, and nothing that is
//! spaced, masked or rewritten.

use aho_corasick::AhoCorasick;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use interdict_matcher::fold::FoldTable;
use interdict_workload::plain_fold::PlainFold;

use crate::Failure;

/// Runs over one listing and gives back how many hits it has.
pub(crate) type Scan<'a> = Box<dyn FnMut(&str) -> usize + 'a>;

/// The engines by name, plain Aho-Corasick first.
pub(crate) fn engines(
    terms: &[String],
    folding: FoldTable<'_>,
) -> Result<Vec<(String, Scan<'static>)>, Failure> {
    let plain = AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(terms)?;
    let fold = PlainFold::of(folding);
    let exact = daachorse(terms.to_vec())?;
    let folded = daachorse(terms.iter().map(|term| fold.text(term)).collect())?;
    let mut buffer = String::new();
    Ok(vec![
        (
            "aho-corasick".into(),
            Box::new(move |listing: &str| plain.find_iter(listing).count()),
        ),
        (
            "daachorse".into(),
            Box::new(move |listing: &str| exact.leftmost_find_iter(listing).count()),
        ),
        (
            "fold, daachorse".into(),
            Box::new(move |listing: &str| {
                fold.write(listing, &mut buffer);
                folded.leftmost_find_iter(&buffer).count()
            }),
        ),
    ])
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

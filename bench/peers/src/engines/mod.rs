//! What finds terms in a text.
//!
//! In: terms. Out: engines that count what they find in a listing, each with how long it took to
//! build, how large it is when it is stored, and how long it takes to load from there. `fold, …`
//! folds each character by Interdict's table first, in one look-up, and matches folded terms in
//! the folded text: it finds case, width and look-alikes, and nothing that is spaced, masked or
//! rewritten.

#[cfg(feature = "hyperscan")]
mod hyperscan;
mod interdict;
mod plain;
#[cfg(feature = "yara")]
mod yara;

use interdict_workload::measure::seconds;

use crate::Failure;

/// Counts what is found in a listing.
pub(crate) type Scan = Box<dyn FnMut(&str) -> usize>;

/// A way to find terms.
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    pub(crate) scan: Scan,
    /// Seconds that it took to build.
    pub(crate) built: f64,
    /// Bytes that it is stored in, where it can be.
    pub(crate) bytes: Option<usize>,
    /// Loads it from what is stored, and says whether that went well.
    pub(crate) load: Option<Box<dyn FnMut() -> bool>>,
}

/// Interdict's engine that peers are compared with.
pub(crate) const OURS: &str = "standard";

/// The peers that fold: what a user would build instead.
pub(crate) const FOLDING: [&str; 2] = ["fold, hyperscan", "fold, daachorse"];

/// Those that were not built in, and how to have them.
pub(crate) fn absent() -> Vec<String> {
    let features = [
        (
            "hyperscan (libhyperscan-dev, then --features hyperscan)",
            cfg!(feature = "hyperscan"),
        ),
        ("yara (--features yara)", cfg!(feature = "yara")),
    ];
    let absent = features.iter().filter(|(_, there)| !there);
    absent
        .map(|(how, _)| format!("not built in: {how}"))
        .collect()
}

/// Builds every engine for these terms that can take so many.
pub(crate) fn all(terms: &[String]) -> Result<Vec<Engine>, Failure> {
    let mut engines = Vec::new();
    let fold = interdict::engines(terms, &mut engines)?;
    plain::engines(terms, &fold, &mut engines)?;
    #[cfg(feature = "hyperscan")]
    hyperscan::engines(terms, &fold, &mut engines)?;
    #[cfg(feature = "yara")]
    yara::engines(terms, &mut engines)?;
    Ok(engines)
}

/// Builds something and says how many seconds that took.
fn timed<T>(build: impl FnOnce() -> Result<T, Failure>) -> Result<(T, f64), Failure> {
    let mut built = None;
    let time = seconds(|| built = Some(build()));
    Ok((built.ok_or("nothing was built")??, time))
}

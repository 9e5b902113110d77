//! What the programs and benchmarks of this package share.

use interdict::source::Sources;
use interdict_matcher::Matcher;
pub use interdict_workload::Failure;

/// Compiles a policy and loads it.
///
/// # Errors
///
/// What the compiler said first, or why the artifact does not load.
pub fn matcher(policy: &str) -> Result<Matcher, Failure> {
    Ok(Matcher::from_bytes(artifact(policy)?)?)
}

/// Compiles a policy.
///
/// # Errors
///
/// What the compiler said first.
pub fn artifact(policy: &str) -> Result<Vec<u8>, Failure> {
    let sources = Sources::from_texts([("measured.policy", policy)]);
    let compiled = interdict::compile(&sources);
    let first = compiled.diagnostics.first();
    let first = first.map_or(String::new(), |one| one.message.clone());
    compiled.artifact.ok_or_else(|| first.into())
}

//! Compiles Interdict policies.
//!
//! ```text
//! text ─ parse ─► ast ─ check ─► model ─ lower ─► ir ─ optimize ─► ir ─ emit ─► artifact bytes
//! ```
//!
//! Nouns ([`source`], [`diagnostic`], [`ast`], [`model`], [`ir`]) hold data; verbs ([`parse`],
//! [`check`], [`lower`], [`optimize`], [`emit`], [`mod@format`], [`judge`], [`disguise`](mod@disguise), [`render`]) move it on. [`compile`] is
//! the pipe; the artifact is decided by the crate `interdict-matcher`, which knows nothing of this one.
//!
//! ```
//! use interdict::{Compilation, compile};
//! use interdict::source::Sources;
//!
//! let sources = Sources::from_texts([("demo.policy", "ban category ICO-services effective 2018-04-17")]);
//! let Compilation { artifact, diagnostics } = compile(&sources);
//! let artifact = artifact.expect("a whole policy");
//! assert!(!interdict::diagnostic::has_errors(&diagnostics));
//!
//! let matcher = interdict_matcher::Matcher::from_bytes(artifact)?;
//! let item = matcher.item(br#"{"category": "ICO-services"}"#)?;
//! let decision = matcher.decide(&item, "2018-04-18T00:00:00Z".parse()?);
//! assert_eq!(decision.verdict.word(), "ban");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod ast;
pub mod calendar;
pub mod check;
pub mod collide;
pub mod collision;
pub mod consolidate;
pub mod diagnostic;
pub mod diff;
pub mod disguise;
pub mod emit;
pub mod fields;
pub mod fold;
pub mod format;
pub mod ir;
pub mod judge;
pub mod lower;
pub mod model;
pub mod moment;
pub mod optimize;
pub mod parse;
pub mod prove;
pub mod render;
pub mod solve;
pub mod source;
pub mod text_index;
pub mod vocabulary;
pub mod witness;

use collision::Benign;
use diagnostic::{Diagnostic, has_errors};
use interdict_matcher::Matcher;
use ir::{EmbeddedFile, Program};
use model::Test;
use prove::Proof;
use source::Sources;

/// What came of a compilation.
#[derive(Debug)]
pub struct Compilation {
    /// The bytes of the artifact, unless an error was found.
    pub artifact: Option<Vec<u8>>,
    /// Every error and warning, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// A policy set that compiled, before its examples were tried.
#[derive(Debug)]
pub struct Build {
    /// The bytes of the artifact.
    pub artifact: Vec<u8>,
    /// The artifact, loaded.
    pub matcher: Matcher,
    /// The tables that it was written from.
    pub program: Program,
    /// The examples and tests that stand in the policies.
    pub tests: Vec<Test>,
}

/// A part of compiling, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Texts to statements.
    Parse,
    /// Statements to what they mean.
    Check,
    /// What they mean to tables.
    Lower,
    /// Tables to smaller ones that say the same.
    Optimize,
    /// Tables to the bytes of the artifact, with the index of its spellings.
    Emit,
    /// The artifact, loaded as services load it.
    Load,
    /// The examples and tests, decided.
    Examples,
}

impl Phase {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Parse => "parse",
            Phase::Check => "check",
            Phase::Lower => "lower",
            Phase::Optimize => "optimize",
            Phase::Emit => "emit",
            Phase::Load => "load",
            Phase::Examples => "examples",
        }
    }
}

/// Compiles a policy set and tries its examples: a failing one is an error.
pub fn compile(sources: &Sources) -> Compilation {
    compile_observed(sources, &mut |_| {})
}

/// Compiles as [`compile`] does, and calls `begins` when a phase begins: the compiler itself looks
/// at no clock.
pub fn compile_observed(sources: &Sources, begins: &mut dyn FnMut(Phase)) -> Compilation {
    let (build, mut diagnostics) = build_observed(sources, begins);
    begins(Phase::Examples);
    let build = build.filter(|build| tried(build, &mut diagnostics));
    Compilation {
        artifact: build.map(|build| build.artifact),
        diagnostics,
    }
}

/// Compiles a policy set, tries its examples and looks for all else that `interdict check` reports:
/// the ordinary words, and the texts said to be innocent, that its spellings are found in; and, within
/// a budget of steps, what the set can never mean and what clashes in it. The findings of the proof
/// stand among the diagnostics.
pub fn examine(sources: &Sources, budget: Option<u64>, benign: &[Benign]) -> (Compilation, Proof) {
    let (build, mut diagnostics) = build(sources);
    let build = build.filter(|build| tried(build, &mut diagnostics));
    let mut proof = Proof::default();
    if let Some(build) = &build {
        let index = build.matcher.view().text;
        diagnostics.extend(collide::warnings(&build.program, index, benign));
        if let Some(budget) = budget {
            proof = prove::prove(&build.program, &build.matcher, sources, budget);
            diagnostics.extend(proof.findings.iter().cloned());
        }
        diagnostics.sort_by_key(|one| (one.span, one.code));
        // What shows in a statement alone has been told.
        diagnostics.dedup_by(|later, one| {
            later.code == diagnostic::Code::SpellingSwallowed
                && (later.span, later.code) == (one.span, one.code)
        });
    }
    let artifact = build.map(|build| build.artifact);
    let compilation = Compilation {
        artifact,
        diagnostics,
    };
    (compilation, proof)
}

/// Tries the examples; whether no error was found.
fn tried(build: &Build, diagnostics: &mut Vec<Diagnostic>) -> bool {
    diagnostics.extend(judge::failing_examples(&build.matcher, &build.tests));
    diagnostics.sort_by_key(|one| (one.span, one.code));
    !has_errors(diagnostics)
}

/// Compiles a policy set without trying its examples.
pub fn build(sources: &Sources) -> (Option<Build>, Vec<Diagnostic>) {
    build_observed(sources, &mut |_| {})
}

fn build_observed(
    sources: &Sources,
    begins: &mut dyn FnMut(Phase),
) -> (Option<Build>, Vec<Diagnostic>) {
    begins(Phase::Parse);
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for source in sources.files() {
        let (file, found) = parse::parse(source);
        files.push(file);
        diagnostics.extend(found);
    }
    begins(Phase::Check);
    let (set, found) = check::check(&files, sources);
    diagnostics.extend(found);
    diagnostics.sort_by_key(|one| (one.span, one.code));
    let set = set.filter(|_| !has_errors(&diagnostics));
    let build = set.and_then(|set| {
        begins(Phase::Lower);
        let lowered = lower::lower(&set);
        begins(Phase::Optimize);
        let program = optimize::optimize(lowered);
        begins(Phase::Emit);
        let embedded: Vec<EmbeddedFile> = files
            .iter()
            .map(|file| format::embed(file, sources))
            .collect();
        let artifact = emit::emit(&program, &embedded);
        begins(Phase::Load);
        match Matcher::from_bytes(artifact.clone()) {
            Ok(matcher) => Some(Build {
                artifact,
                matcher,
                program,
                tests: set.tests,
            }),
            Err(error) => {
                diagnostics.push(too_large(&error.to_string()));
                None
            }
        }
    });
    (build, diagnostics)
}

/// The compiler writes only sound artifacts, unless a policy exceeds what the format can hold: the
/// one way to do that is to let conditions or exceptions build on one another without end.
fn too_large(problem: &str) -> Diagnostic {
    let message = "conditions or exceptions build on one another more than 500 deep";
    Diagnostic::new(diagnostic::Code::TooLarge, source::Span::default(), message)
        .help(format!("let them stand side by side instead ({problem})"))
}

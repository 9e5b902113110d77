//! The folds to compile with, by name.

use interdict::text_index::{Edges, SpellingSpec, TextIndexBytes, build};
use interdict_matcher::Folds;

/// The presets from the narrowest to the widest that are scored together.
pub const ALL: [&str; 4] = ["plain", "standard", "strict", "paranoid"];

/// A set of folds under the name that was asked for.
#[derive(Clone, Debug)]
pub struct Preset {
    /// A preset, a fold, or several with `+` between them.
    pub name: String,
    /// What the name stands for.
    pub folds: Folds,
}

impl Preset {
    /// Reads `strict` or `standard+leet`; the message of a failure names what is unknown.
    pub fn named(name: &str) -> Result<Preset, String> {
        let mut folds = Folds::EXACT;
        for part in name.split('+').map(str::trim) {
            folds |= Folds::from_name(part).ok_or(format!("there is no fold `{part}`"))?;
        }
        Ok(Preset {
            name: name.to_owned(),
            folds,
        })
    }

    /// The text index of these terms, each under the folds of this preset.
    pub fn index<'t>(&self, terms: impl IntoIterator<Item = &'t str>) -> TextIndexBytes {
        let spec = |term: &str| SpellingSpec {
            text: term.to_owned(),
            folds: self.folds,
            edges: Edges::Auto,
        };
        build(&terms.into_iter().map(spec).collect::<Vec<_>>())
    }
}

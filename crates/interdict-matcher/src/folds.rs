//! What a spelling may look like: the fold budget of an author, and the folds
//! that a hit needed.

use core::fmt;
use core::ops::{BitOr, BitOrAssign};

/// A set of folds. The empty set is `exact`: as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Folds(u32);

impl Folds {
    /// As written.
    pub const EXACT: Folds = Folds(0);
    /// Case, width, accents, invisible characters, homoglyphs, traditional Han.
    pub const FOLD: Folds = Folds(1);
    /// `i c o`, `I.C.O`, separated Han.
    pub const SPACED: Folds = Folds(1 << 1);
    /// `viiiagra`.
    pub const STRETCHED: Folds = Folds(1 << 2);
    /// Glued with a visible edge: camel case, digit, `_`.
    pub const GLUED: Folds = Folds(1 << 3);
    /// `1C0`, `$ilk`.
    pub const LEET: Folds = Folds(1 << 4);
    /// `b*tcoin`.
    pub const MASKED: Folds = Folds(1 << 5);
    /// Reversed or upside down.
    pub const MIRROR: Folds = Folds(1 << 6);
    /// Pinyin and homophones.
    pub const SOUND: Folds = Folds(1 << 7);
    /// Split and look-alike Han.
    pub const SHAPE: Folds = Folds(1 << 8);
    /// Glued without a visible edge.
    pub const EMBEDDED: Folds = Folds(1 << 9);
    /// One edit away.
    pub const FUZZY: Folds = Folds(1 << 10);
    /// The hit differs only in case or width. Told by hits, never written by
    /// authors: every budget but `exact` allows it.
    pub const CASE: Folds = Folds(1 << 31);

    /// The preset `plain`: as written.
    pub const PLAIN: Folds = Folds::EXACT;
    /// The preset `standard`, which is the default.
    pub const STANDARD: Folds =
        Folds(Folds::FOLD.0 | Folds::SPACED.0 | Folds::STRETCHED.0 | Folds::GLUED.0);
    /// The preset `strict`.
    pub const STRICT: Folds =
        Folds(Folds::STANDARD.0 | Folds::LEET.0 | Folds::MASKED.0 | Folds::MIRROR.0);
    /// The preset `paranoid`.
    pub const PARANOID: Folds = Folds(Folds::STRICT.0 | Folds::SOUND.0 | Folds::SHAPE.0);

    /// The folds that authors may name, each with its name, in the order of the
    /// vocabulary.
    const NAMED: [(&'static str, Folds); 11] = [
        ("fold", Folds::FOLD),
        ("spaced", Folds::SPACED),
        ("stretched", Folds::STRETCHED),
        ("glued", Folds::GLUED),
        ("leet", Folds::LEET),
        ("masked", Folds::MASKED),
        ("mirror", Folds::MIRROR),
        ("sound", Folds::SOUND),
        ("shape", Folds::SHAPE),
        ("embedded", Folds::EMBEDDED),
        ("fuzzy", Folds::FUZZY),
    ];

    /// The folds of a name that authors write: a fold or a preset.
    pub fn from_name(name: &str) -> Option<Folds> {
        match name {
            "exact" | "plain" => Some(Folds::PLAIN),
            "standard" => Some(Folds::STANDARD),
            "strict" => Some(Folds::STRICT),
            "paranoid" => Some(Folds::PARANOID),
            _ => Folds::NAMED
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, folds)| *folds),
        }
    }

    /// Every name that authors may write: the presets, then the folds in the order of the
    /// vocabulary.
    pub fn written_names() -> impl Iterator<Item = &'static str> + Clone {
        let presets = ["plain", "exact", "standard", "strict", "paranoid"];
        let folds = Folds::NAMED.iter().map(|(name, _)| *name);
        presets.into_iter().chain(folds)
    }

    /// The names of the folds in this set, in the order of the vocabulary.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Folds::NAMED
            .iter()
            .filter(move |(_, fold)| self.contains(*fold))
            .map(|(name, _)| *name)
    }

    /// Whether every fold of `other` is in this set.
    pub fn contains(self, other: Folds) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether no fold is in this set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a hit with these folds was disguised: more than case or width.
    pub fn is_disguise(self) -> bool {
        self.0 & !Folds::CASE.0 != 0
    }

    /// The budget as it is held against a hit: any fold at all brings `fold` and
    /// case with it, because the others stand on these.
    pub fn budget(self) -> Folds {
        if self.is_empty() {
            return self;
        }
        self | Folds::FOLD | Folds::CASE
    }

    /// The folds of this set that are not in `other`.
    pub fn without(self, other: Folds) -> Folds {
        Folds(self.0 & !other.0)
    }

    /// How many folds are in the set.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The set as bits, for tables.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set of these bits; unknown bits are kept.
    pub const fn from_bits(bits: u32) -> Folds {
        Folds(bits)
    }
}

impl BitOr for Folds {
    type Output = Folds;

    fn bitor(self, other: Folds) -> Folds {
        Folds(self.0 | other.0)
    }
}

impl BitOrAssign for Folds {
    fn bitor_assign(&mut self, other: Folds) {
        self.0 |= other.0;
    }
}

/// The names with commas, `exact` for the empty set.
impl fmt::Display for Folds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.names();
        f.write_str(names.next().unwrap_or("exact"))?;
        names.try_for_each(|name| write!(f, ", {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_folds_and_back() {
        for (name, folds) in Folds::NAMED {
            assert_eq!(Folds::from_name(name), Some(folds));
            assert_eq!(folds.names().collect::<Vec<_>>(), [name]);
        }
        assert!(Folds::written_names().all(|name| Folds::from_name(name).is_some()));
        assert_eq!(Folds::from_name("standard"), Some(Folds::STANDARD));
        assert_eq!(Folds::from_name("plain"), Some(Folds::EXACT));
        assert_eq!(Folds::from_name("Fold"), None);
    }

    #[test]
    fn case_alone_is_no_disguise() {
        assert!(!Folds::EXACT.is_disguise());
        assert!(!Folds::CASE.is_disguise());
        assert!((Folds::CASE | Folds::FOLD).is_disguise());
    }

    #[test]
    fn presets_read_as_their_folds() {
        assert_eq!(
            Folds::STANDARD.to_string(),
            "fold, spaced, stretched, glued"
        );
        assert_eq!(Folds::CASE.to_string(), "exact");
    }
}

//! Parts → the few of them that decide: what makes a condition hold, and how near it came if not.

use crate::account::{Answer, Asks, Part};

/// Why a condition does not hold: the way to it that lacks least.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Miss<'p, 'a> {
    /// What holds on that way, without what says where and for whom the rule binds.
    pub holds: Vec<&'p Part<'a>>,
    /// What does not hold, or is not known; the first one is reason enough.
    pub fails: Vec<&'p Part<'a>>,
}

impl<'a> Part<'a> {
    /// The questions that make a condition hold, in the order written; of a choice the first way.
    pub fn reasons(&self) -> Vec<&Part<'a>> {
        let holding = |part: &&Part<'a>| part.answer == Answer::Yes && !part.scope;
        let mut parts = self.parts.iter().filter(holding);
        match self.asks {
            Asks::All => parts.flat_map(Part::reasons).collect(),
            Asks::Any | Asks::Category { .. } => {
                // What was found says more than what was declared.
                let found = parts.clone().find(|part| part.is_seen());
                found.or(parts.next()).map_or(vec![self], Part::reasons)
            }
            _ => vec![self],
        }
    }

    /// Why a condition does not hold, or is not known to.
    pub fn miss(&self) -> Miss<'_, 'a> {
        let whole = || Miss {
            holds: Vec::new(),
            fails: vec![self],
        };
        match self.asks {
            Asks::All => self.miss_of_all(),
            Asks::Any | Asks::Category { .. } => {
                let ways = self.parts.iter().filter(|part| part.answer == self.answer);
                let ways = ways.filter(|part| !matches!(part.asks, Asks::Declares { .. }));
                let misses = ways.map(Part::miss).filter(|miss| miss.is_near());
                let nearest =
                    misses.min_by_key(|miss| (miss.fails.len(), usize::MAX - miss.holds.len()));
                nearest.unwrap_or_else(whole)
            }
            _ => whole(),
        }
    }

    fn miss_of_all(&self) -> Miss<'_, 'a> {
        let mut miss = Miss::default();
        for part in &self.parts {
            if part.answer == Answer::Yes {
                miss.holds
                    .extend(part.reasons().into_iter().filter(|one| !one.scope));
            } else if part.answer == self.answer {
                let inner = part.miss();
                miss.holds.extend(inner.holds);
                miss.fails.extend(inner.fails);
            }
        }
        miss
    }

    /// Whether something in the item's texts makes it hold.
    fn is_seen(&self) -> bool {
        !self.evidence.is_empty() || self.parts.iter().any(Part::is_seen)
    }
}

impl Miss<'_, '_> {
    /// Whether the item's texts speak for it.
    pub fn is_near(&self) -> bool {
        let is_spared = |part: &&Part<'_>| !part.spared.is_empty();
        self.holds.iter().any(|part| part.is_seen()) || self.fails.iter().any(is_spared)
    }
}

//! Categories, and who lies within whom.

use super::{CategoryId, Citation, Expr, Knowledge, PolicySet};

/// A kind of thing.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// The categories that it lies directly within, for good.
    pub within: Vec<CategoryId>,
    /// Those that it lies directly within for a time, because acts change the text that says so.
    pub placed: Vec<Placement>,
    /// What recognises an item as one of this kind.
    pub recognised_by: Option<Expr>,
}

impl Category {
    /// Puts it within another one for good.
    pub fn join(&mut self, whole: CategoryId) {
        if !self.within.contains(&whole) {
            self.within.push(whole);
            self.within.sort();
        }
    }

    /// Puts it within another one for a time; times that meet become one.
    pub fn place(&mut self, mut new: Placement) {
        self.placed.retain(|one| {
            let meets = one.whole == new.whole
                && one.known == new.known
                && one.from <= new.until
                && new.from <= one.until;
            if meets {
                new.from = new.from.min(one.from);
                new.until = new.until.max(one.until);
            }
            !meets
        });
        let always = (new.from, new.until) == (i64::MIN, i64::MAX);
        if always && new.known == Knowledge::ALWAYS {
            self.join(new.whole);
        } else if !self.within.contains(&new.whole) {
            self.placed.push(new);
        }
    }

    /// Takes it out of another one.
    pub fn leave(&mut self, whole: CategoryId) {
        self.within.retain(|one| *one != whole);
        self.placed.retain(|one| one.whole != whole);
    }

    /// Every category that it lies directly within at some time.
    pub fn wholes(&self) -> Vec<CategoryId> {
        let placed = self.placed.iter().map(|one| one.whole);
        self.within.iter().copied().chain(placed).collect()
    }
}

/// A category within another for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The one that it lies within.
    pub whole: CategoryId,
    /// From when; `i64::MIN`: from always.
    pub from: i64,
    /// Until when, exclusive; `i64::MAX`: without end.
    pub until: i64,
    /// Who knows that.
    pub known: Knowledge,
}

/// That things of one kind count as another, as a statement has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Counting {
    /// The kind that they are.
    pub part: CategoryId,
    /// What they count as, and when.
    pub placement: Placement,
    /// The first day in the author's words.
    pub since: Option<String>,
    /// Who says so.
    pub citations: Vec<Citation>,
}

impl PolicySet {
    /// Every category that lies within another one for a time only.
    pub fn placements(&self) -> impl Iterator<Item = (CategoryId, Placement)> {
        let categories = (0..).map(CategoryId).zip(&self.categories);
        categories.flat_map(|(part, row)| row.placed.iter().map(move |one| (part, *one)))
    }
}

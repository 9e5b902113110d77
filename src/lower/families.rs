//! Which categories lie within which, for good or for a time.
//!
//! In: categories with what they lie within. Out: the same, asked from the other end.

use std::collections::BTreeMap;

use crate::ir::Category;
use crate::model::{CategoryId, Placement, PolicySet};

/// What lies within each category.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// For good, itself included, ascending.
    always: Vec<Vec<CategoryId>>,
    /// For a time, each with its place among all placements.
    placed: BTreeMap<CategoryId, Vec<(usize, CategoryId, Placement)>>,
}

impl Families {
    pub(super) fn of(set: &PolicySet, categories: &[Category]) -> Families {
        let mut always = vec![Vec::new(); categories.len()];
        for (category, number) in categories.iter().zip(0..) {
            for &ancestor in &category.ancestors {
                always[ancestor as usize].push(CategoryId(number));
            }
        }
        let mut placed: BTreeMap<CategoryId, Vec<_>> = BTreeMap::new();
        for (place, (part, placement)) in set.placements().enumerate() {
            let parts = placed.entry(placement.whole).or_default();
            parts.push((place, part, placement));
        }
        Families { always, placed }
    }

    /// A category and all that lie within it for good.
    pub(super) fn always_within(&self, category: CategoryId) -> Vec<CategoryId> {
        self.always[category.at()].clone()
    }

    /// What lies within one of these for a time, in the order of the placements.
    pub(super) fn placed_within(&self, wholes: &[CategoryId]) -> Vec<(CategoryId, Placement)> {
        let parts = wholes.iter().filter_map(|whole| self.placed.get(whole));
        let mut parts: Vec<_> = parts.flatten().collect();
        parts.sort_unstable_by_key(|(place, ..)| *place);
        let parts = parts.into_iter();
        parts
            .map(|&(_, part, placement)| (part, placement))
            .collect()
    }
}

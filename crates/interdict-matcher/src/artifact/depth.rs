//! Conditions that end: what every walk through them relies on.

use super::error::unsound;
use super::*;

/// How deeply conditions may nest.
const MAX_DEPTH: u16 = 512;

impl View<'_> {
    /// Checks that every condition ends, soon enough for those that walk through it. Of all checks
    /// this one alone is needed for a walk to end.
    ///
    /// # Errors
    ///
    /// A condition that leads to itself, or too deep; parts that conditions share.
    pub fn validate_conditions(self) -> Result<(), LoadError> {
        self.validate_table(Section::Nodes, self.nodes)?;
        self.validate_depth()
    }

    /// The same of nodes that lead to nodes.
    pub(super) fn validate_depth(self) -> Result<(), LoadError> {
        let mut depths: Vec<u16> = Vec::with_capacity(self.nodes.len());
        for (_, node) in self.nodes.iter() {
            let below = |child: u32| depths.get(child as usize).copied().unwrap_or(MAX_DEPTH);
            let depth = match node.op {
                NODE_NOT => below(node.a),
                NODE_AND | NODE_OR => {
                    let parts = self.index_range(node.a, node.b);
                    parts.map(below).max().unwrap_or(0)
                }
                _ => 0,
            };
            if depth >= MAX_DEPTH {
                return Err(unsound("Nodes", "a condition that does not end"));
            }
            depths.push(depth + 1);
        }
        Ok(())
    }
}

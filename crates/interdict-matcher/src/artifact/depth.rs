//! Conditions that end: what every walk through them relies on.

use super::error::unsound;
use super::validate::ranges_fit;
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
    pub fn validate_depth(&self) -> Result<(), LoadError> {
        let joints = self
            .nodes
            .iter()
            .filter(|(_, node)| matches!(node.op, NODE_AND | NODE_OR));
        ranges_fit("Nodes", joints.map(|(_, node)| node.b), self.indexes.len())?;
        let mut depths: Vec<u16> = Vec::with_capacity(self.nodes.len());
        for (number, node) in self.nodes.iter() {
            let below = |child: u32| depths.get(child as usize).copied().unwrap_or(MAX_DEPTH);
            let depth = match node.op {
                NODE_TRUE | NODE_FALSE => 0,
                NODE_ATOM if (node.a as usize) < self.atoms.len() => 0,
                NODE_NOT => below(node.a),
                NODE_AND | NODE_OR if self.has_indexes(node.a, node.b) => self
                    .index_range(node.a, node.b)
                    .map(below)
                    .max()
                    .unwrap_or(0),
                _ => MAX_DEPTH,
            };
            if depth >= MAX_DEPTH {
                return Err(unsound("Nodes", "a condition that does not end"));
            }
            debug_assert_eq!(number as usize, depths.len());
            depths.push(depth + 1);
        }
        Ok(())
    }
}

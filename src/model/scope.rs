//! Where and for whom rules bind.

use super::{FieldId, GroupId};

/// Where and for whom a rule binds; empty lists do not limit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// Platforms.
    pub platforms: Vec<String>,
    /// Channels.
    pub channels: Vec<String>,
    /// Where the seller is, where the item is offered, comes from and goes to; at most one of each.
    pub places: Vec<Place>,
    /// Groups that bind: `true` for those outside.
    pub groups: Vec<(bool, Vec<GroupId>)>,
}

/// Countries or regions, one of which a field of the item must name.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The field.
    pub field: FieldId,
    /// The names as written, sorted.
    pub written: Vec<String>,
    /// The same, and what the lists of these names always hold.
    pub names: Vec<String>,
    /// Lists of the other names, which come and go.
    pub lists: Vec<GroupId>,
}

//! Whether the field of a group holds one of its members.

use super::evaluate::{Evaluation, Truth};
use crate::artifact::*;
use crate::item::Value;

impl Evaluation<'_, '_> {
    pub(super) fn member(&self, atom: Atom) -> Truth {
        let group = self.view.groups.row(atom.a);
        let belongs = match self.item.value(group.field) {
            Some(Value::Names(names)) => names.iter().any(|name| self.is_member(group, name)),
            _ => match self.text_or_default(group.field) {
                Some(name) => self.is_member(group, &name),
                None => return Truth::Unknown,
            },
        };
        match belongs {
            true => Truth::True,
            false if self.point.listed() >= group.known_until => Truth::Unknown,
            false => Truth::False,
        }
    }

    /// Whether a name stands among the current members, which are sorted by their names.
    fn is_member(&self, group: Group, name: &str) -> bool {
        let row = |at: u32| {
            let number = group.members_start.saturating_add(at);
            self.view.members.row(number)
        };
        let first = partition(group.members_len, |at| {
            self.view.strings.get(row(at).name) < name
        });
        let past = group.members_len.min(self.view.members.len() as u32);
        let namesakes = (first..past).map(row);
        let mut namesakes = namesakes.take_while(|one| self.view.strings.get(one.name) == name);
        let now = self.point.listed();
        namesakes.any(|one| one.since <= now && now < one.until)
    }
}

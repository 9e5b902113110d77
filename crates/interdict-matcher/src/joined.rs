//! A decision as a line of JSON, joined with the `id` of its item.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::decision::Decision;

/// A decision with the id of its item, so that a service can join the two. `interdict decide` writes its
/// lines so.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Joined<'a> {
    /// The text or number that stands under `id` in the JSON that brought the item, as it is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a RawValue>,
    /// The decision.
    #[serde(flatten)]
    pub decision: &'a Decision<'a>,
}

impl<'a> Joined<'a> {
    /// Joins a decision with the text or number that stands under `id` in the JSON that brought its
    /// item.
    pub fn new(json: &'a str, decision: &'a Decision<'a>) -> Joined<'a> {
        let id = id_of(json);
        Joined { id, decision }
    }
}

/// The text or number under the first `id` of an object, as it is written there.
struct Id<'a>(Option<&'a RawValue>);

/// The text or number under the first `id` of a line, as it is written there.
fn id_of(line: &str) -> Option<&RawValue> {
    serde_json::from_str::<Id<'_>>(line)
        .ok()
        .and_then(|id| id.0)
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Id,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Id<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id<'de>, A::Error> {
        let mut id: Option<&RawValue> = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Id if id.is_none() => id = Some(map.next_value()?),
                Key::Id | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let joins = |id: &&RawValue| {
            id.get().starts_with(['"', '-']) || id.get().starts_with(|c: char| c.is_ascii_digit())
        };
        Ok(Id(id.filter(joins)))
    }
}

//! An item and an instant that show something.

use std::fmt;

use interdict_matcher::Instant;
use serde::Serialize;
use serde_json::{Map, Value};

/// An item and an instant, as `interdict decide` reads them from a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The instant.
    pub at: Instant,
    /// The item, by the paths of its fields.
    pub item: Map<String, Value>,
}

impl Witness {
    /// An item at so many seconds after 1970-01-01T00:00Z.
    pub fn new(at: i64, item: Map<String, Value>) -> Witness {
        Witness {
            at: Instant::from_unix_seconds(at),
            item,
        }
    }

    /// The item as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.item).unwrap_or_default()
    }

    /// The same, so many seconds earlier.
    #[must_use]
    pub fn earlier(&self, seconds: i64) -> Witness {
        Witness {
            at: Instant::from_unix_seconds(self.at.unix_seconds().saturating_sub(seconds)),
            item: self.item.clone(),
        }
    }

    /// The same, its instant shown in a zone by its IANA name.
    #[must_use]
    pub fn in_zone(mut self, zone: &str) -> Witness {
        let zone = jiff::tz::TimeZone::get(zone).ok();
        let stamp = jiff::Timestamp::from_second(self.at.unix_seconds()).ok();
        if let Some((zone, stamp)) = zone.zip(stamp) {
            self.at = self.at.with_offset(zone.to_offset(stamp).seconds());
        }
        self
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", serde_json::to_string(self).unwrap_or_default())
    }
}

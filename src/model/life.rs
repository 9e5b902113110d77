//! When something is in force, and who could know.

use super::{CalendarId, PolicySet};

/// When something is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// When it was announced.
    pub announced: Option<i64>,
    /// From when it may bind; `i64::MIN`: from always.
    pub possible: i64,
    /// From when it binds.
    pub certain: i64,
    /// From when its penalties apply.
    pub enforced: i64,
    /// Until when, exclusive; `i64::MAX`: without end.
    pub until: i64,
    /// From when it may be over: `until`, unless its end is vague.
    pub may_end: i64,
    /// Its end in the author's words, if it is vague.
    pub ends: String,
    /// Within whose windows alone it binds.
    pub calendar: Option<CalendarId>,
    /// Its start in the author's words.
    pub effective: String,
}

/// By when something must have been published to be known to stand as it stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knowledge {
    /// From when it is known; `i64::MIN`: from always.
    pub from: i64,
    /// From when something else is known, exclusive; `i64::MAX`: it is what is known today.
    pub until: i64,
}

impl Knowledge {
    /// Known from always, and still.
    pub const ALWAYS: Knowledge = Knowledge {
        from: i64::MIN,
        until: i64::MAX,
    };

    /// Whether it is what is known today.
    pub fn is_todays(self) -> bool {
        self.until == i64::MAX
    }
}

impl PolicySet {
    /// The first instant at which something surely binds: its start, or that of the first window of
    /// its calendar from then on.
    pub fn binds_from(&self, life: &Life) -> i64 {
        let calendar = life.calendar.map(|calendar| &self.calendars[calendar.at()]);
        let first = calendar.and_then(|calendar| calendar.next(life.certain));
        first.unwrap_or(life.certain)
    }
}

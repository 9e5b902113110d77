//! When a rule binds, row by row, and how that is said.

use interdict_matcher::artifact::NEVER;

use crate::ir::Rule;
use crate::solve::World;
use crate::solve::rules::Window;

/// When a rule binds in one policy set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Times {
    /// When it certainly binds; ascending and apart.
    pub(super) certain: Vec<Window>,
    /// When it may bind.
    pub(super) possible: Vec<Window>,
    /// From when it is upcoming, if it ever is.
    announced: Option<i64>,
    /// From when it costs something, if later than it binds.
    enforced: Option<i64>,
}

impl Times {
    pub(super) fn of(world: &World<'_>, rows: &[&Rule]) -> Times {
        let windows = |of: fn(&World<'_>, &Rule) -> Window| {
            joined(rows.iter().map(|row| of(world, row)).collect())
        };
        let first = rows.first().map(|row| &row.life);
        let announced = first.filter(|life| life.announced < life.possible);
        let enforced = first.filter(|life| life.enforced > life.certain && life.enforced != NEVER);
        Times {
            certain: windows(Window::certain),
            possible: windows(Window::possible),
            announced: announced.map(|life| world.start(life.announced)),
            enforced: enforced.map(|life| world.start(life.enforced)),
        }
    }

    /// What differs from earlier times, in words; the days are those of a zone.
    pub(super) fn against(&self, old: &Times, zone: &str) -> String {
        let mut parts = Vec::new();
        let binds = |times: &Times| {
            let windows = times.certain.iter().map(|one| spoken(*one, zone));
            let windows: Vec<String> = windows.collect();
            match windows.is_empty() {
                true => "never for certain".to_owned(),
                false => windows.join(" and "),
            }
        };
        if self.certain != old.certain {
            parts.push(format!("binds {}, before {}", binds(self), binds(old)));
        } else if self.possible != old.possible {
            let may = |times: &Times| {
                let windows = times.possible.iter().map(|one| spoken(*one, zone));
                windows.collect::<Vec<_>>().join(" and ")
            };
            parts.push(format!("may bind {}, before {}", may(self), may(old)));
        }
        let said = |at: Option<i64>| at.map_or("not at all".to_owned(), |at| day(at, zone));
        if self.announced != old.announced {
            let (new, old) = (said(self.announced), said(old.announced));
            parts.push(format!("announced {new}, before {old}"));
        }
        if self.enforced != old.enforced {
            let (new, old) = (said(self.enforced), said(old.enforced));
            parts.push(format!("enforced later {new}, before {old}"));
        }
        parts.join("; ")
    }
}

/// Windows that touch are one.
fn joined(mut windows: Vec<Window>) -> Vec<Window> {
    windows.retain(|one| !one.is_empty());
    windows.sort_by_key(|one| (one.from, one.until));
    let mut joined: Vec<Window> = Vec::new();
    for window in windows {
        match joined.last_mut() {
            Some(last) if last.until >= window.from => last.until = last.until.max(window.until),
            _ => joined.push(window),
        }
    }
    joined
}

/// `from 2018-04-17 until 2018-06-01`
fn spoken(window: Window, zone: &str) -> String {
    match (window.from, window.until) {
        (i64::MIN, i64::MAX) => "always".to_owned(),
        (from, i64::MAX) => format!("from {}", day(from, zone)),
        (i64::MIN, until) => format!("until {}", day(until, zone)),
        (from, until) => format!("from {} until {}", day(from, zone), day(until, zone)),
    }
}

/// An instant as people of a zone say it: the day alone, if it begins there.
pub(super) fn day(at: i64, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let Ok(stamp) = jiff::Timestamp::from_second(at) else {
        return "ever".to_owned();
    };
    let local = stamp.to_zoned(zone).datetime();
    match local.time() == jiff::civil::Time::midnight() {
        true => local.date().to_string(),
        false => local.to_string(),
    }
}

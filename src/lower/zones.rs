//! Clocks → the offsets that they show.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::LAST_YEAR;
use crate::ir::Zone;
use crate::model;
use crate::moment::Moment;

/// A clock as a table, up to the end of the last year that recurring windows are written out for. A
/// clock that is never set again needs no end.
pub(super) fn zone(zone: &model::Zone) -> Zone {
    let clock = &zone.clock;
    let last = Moment::Day(jiff::civil::date(LAST_YEAR, 12, 31));
    let known_until = last.end(clock);
    let mut table = Zone {
        name: zone.name.clone(),
        offsets: vec![(i64::MIN, offset(clock, Timestamp::MIN))],
        known_until: i64::MAX,
    };
    for transition in clock.following(Timestamp::MIN) {
        let (at, offset) = (
            transition.timestamp().as_second(),
            transition.offset().seconds(),
        );
        if at >= known_until {
            table.known_until = known_until;
            break;
        }
        if table.offsets.last().is_none_or(|(_, last)| *last != offset) {
            table.offsets.push((at, offset));
        }
    }
    table
}

fn offset(clock: &TimeZone, at: Timestamp) -> i32 {
    clock.to_offset(at).seconds()
}

//! Fields, terms, categories, groups and calendars → rows.

use std::collections::BTreeSet;

use interdict_matcher::FieldType;
use interdict_matcher::artifact::{self as format, NONE, Section};

use super::{Emitter, halves, number, place};
use crate::ir::Phrase;

impl Emitter<'_> {
    pub(super) fn vocabulary(&mut self) {
        let program = self.program;
        let mut fields = Vec::new();
        for field in &program.fields {
            fields.push(format::Field {
                path: self.string(&field.path),
                kind: place(FieldType::ALL, field.kind),
                default: self.maybe(field.default.as_deref()),
            });
        }
        self.writer.table(Section::Fields, &fields);
        let guarded: BTreeSet<u32> = program.guards.iter().map(|guard| guard.term).collect();
        let phrased = program.phrases.iter().filter_map(|phrase| match phrase {
            Phrase::Term(term) => Some(*term),
            Phrase::Mask(_) => None,
        });
        let phrased: BTreeSet<u32> = phrased.collect();
        let mut terms = Vec::new();
        for (term, at) in program.terms.iter().zip(0..) {
            terms.push(format::Term {
                name: self.string(&term.name),
                guarded: u32::from(guarded.contains(&at)),
                phrased: u32::from(phrased.contains(&at)),
            });
        }
        self.writer.table(Section::Terms, &terms);
        let guards = program.guards.iter().map(|guard| format::Guard {
            term: guard.term,
            words: guard.words.unwrap_or(NONE),
        });
        self.writer
            .table(Section::Guards, &guards.collect::<Vec<_>>());
        let phrases = program.phrases.iter().map(|phrase| match *phrase {
            Phrase::Term(term) => format::Phrase { term, mask: NONE },
            Phrase::Mask(mask) => format::Phrase { term: NONE, mask },
        });
        self.writer
            .table(Section::Phrases, &phrases.collect::<Vec<_>>());
        let mut categories = Vec::new();
        for category in &program.categories {
            let (ancestors_start, ancestors_len) = self.range(category.ancestors.iter().copied());
            let name = self.string(&category.name);
            categories.push(format::Category {
                name,
                ancestors_start,
                ancestors_len,
            });
        }
        self.writer.table(Section::Categories, &categories);
        self.groups();
    }

    fn groups(&mut self) {
        let (mut groups, mut members) = (Vec::new(), Vec::new());
        for group in &self.program.groups {
            groups.push(format::Group {
                name: self.writer.string(&group.name),
                field: group.field,
                members_start: number(members.len()),
                members_len: number(group.members.len()),
                is_list: u32::from(group.is_list),
                known_until: group.known_until,
                question: self.writer.string(&group.question),
            });
            for (name, since, until) in &group.members {
                let name = self.writer.string(name);
                members.push(format::Member {
                    name,
                    since: *since,
                    until: *until,
                });
            }
        }
        self.writer.table(Section::Groups, &groups);
        self.writer.table(Section::Members, &members);
        self.calendars();
    }

    fn calendars(&mut self) {
        let (mut calendars, mut windows) = (Vec::new(), Vec::new());
        for calendar in &self.program.calendars {
            calendars.push(format::Calendar {
                name: self.writer.string(&calendar.name),
                windows_start: number(windows.len()),
                windows_len: number(calendar.windows.len()),
                known_until: calendar.known_until,
                question: self.writer.string(&calendar.question),
            });
            let rows = calendar.windows.iter();
            windows.extend(rows.map(|&(from, until)| format::Window { from, until }));
        }
        self.writer.table(Section::Calendars, &calendars);
        self.writer.table(Section::Windows, &windows);
        self.zones();
    }

    fn zones(&mut self) {
        let (mut zones, mut offsets) = (Vec::new(), Vec::new());
        for zone in &self.program.zones {
            let [known_low, known_high] = halves(zone.known_until.cast_unsigned());
            zones.push(format::Zone {
                name: self.writer.string(&zone.name),
                offsets_start: number(offsets.len()),
                offsets_len: number(zone.offsets.len()),
                known_low,
                known_high,
            });
            for (from, ahead) in &zone.offsets {
                let [low, high] = halves(from.cast_unsigned());
                let ahead = ahead.cast_unsigned();
                offsets.push(format::Offset { low, high, ahead });
            }
        }
        self.writer.table(Section::Zones, &zones);
        self.writer.table(Section::Offsets, &offsets);
    }
}

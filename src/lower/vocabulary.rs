//! Terms, categories and groups → rows.

use std::collections::BTreeSet;

use interdict_matcher::Folds;
use interdict_matcher::artifact::NEVER;

use super::Lowering;
use crate::ir::{Calendar, Category, Epoch, Group, Guard, Owner, Phrase, Spelling, Term};
use crate::model::{self, Edges, INNOCENT_FOLDS};

impl Lowering<'_> {
    pub(super) fn vocabulary(&mut self) {
        for (term, number) in self.set.terms.iter().zip(0..) {
            self.term(term, number);
        }
        let categories = (0..self.set.categories.len()).map(|number| Category {
            name: self.set.categories[number].name.clone(),
            ancestors: self.ancestors(u32::try_from(number).unwrap_or(u32::MAX)),
        });
        self.program.categories = categories.collect();
        let groups = self.set.groups.iter().map(|group| self.group(group));
        self.program.groups = groups.collect();
        let calendars = self.set.calendars.iter().map(|one| self.calendar(one));
        self.program.calendars = calendars.collect();
    }

    fn term(&mut self, term: &model::Term, number: u32) {
        self.program.terms.push(Term {
            name: term.name.clone(),
        });
        for spelling in &term.spellings {
            self.program.spellings.push(Spelling {
                owner: Owner::Term(number),
                text: spelling.text.clone(),
                folds: spelling.folds,
                edges: spelling.edges,
                since: spelling.since.map_or(0, |since| self.epoch(since)),
                span: Some(spelling.span),
            });
        }
        for guard in &term.guards {
            let owner = Owner::Guard(count(&self.program.guards));
            self.program.guards.push(Guard {
                term: number,
                words: guard.words,
            });
            for text in &guard.texts {
                self.innocent(owner, text, INNOCENT_FOLDS);
            }
        }
        for text in &term.phrases {
            let owner = Owner::Phrase(count(&self.program.phrases));
            self.program.phrases.push(Phrase::Term(number));
            self.innocent(owner, text, term.folds | INNOCENT_FOLDS);
        }
    }

    fn innocent(&mut self, owner: Owner, text: &str, folds: Folds) {
        self.program.spellings.push(Spelling {
            owner,
            text: text.to_owned(),
            folds,
            edges: Edges::Auto,
            since: 0,
            span: None,
        });
    }

    /// The mask of a rule's own phrases, if it has any.
    pub(super) fn mask(&mut self, phrases: &[String]) -> Option<u32> {
        if phrases.is_empty() {
            return None;
        }
        if let Some(&mask) = self.masks.get(phrases) {
            return Some(mask);
        }
        let mask = u32::try_from(self.masks.len()).unwrap_or(u32::MAX);
        self.masks.insert(phrases.to_vec(), mask);
        for text in phrases {
            let owner = Owner::Phrase(count(&self.program.phrases));
            self.program.phrases.push(Phrase::Mask(mask));
            self.innocent(owner, text, Folds::STANDARD);
        }
        Some(mask)
    }

    /// The category itself, then what it lies within at any depth, ascending.
    fn ancestors(&self, number: u32) -> Vec<u32> {
        let mut found = BTreeSet::new();
        let mut open = vec![number];
        while let Some(at) = open.pop() {
            for whole in &self.set.categories[at as usize].within {
                if whole.0 != number && found.insert(whole.0) {
                    open.push(whole.0);
                }
            }
        }
        [number].into_iter().chain(found).collect()
    }

    fn calendar(&self, calendar: &model::Calendar) -> Calendar {
        let windows = calendar
            .stretches(super::boundaries::beginning(self.set))
            .into_iter();
        Calendar {
            name: calendar.name.clone(),
            windows: windows
                .map(|(from, until)| (self.epoch(from), self.epoch(until)))
                .collect(),
            known_until: self.epoch(calendar.known_until),
            question: format!("whether the calendar {} has a window then", calendar.name),
        }
    }

    fn group(&self, group: &model::Group) -> Group {
        let epoch = |at: Option<i64>, open: Epoch| at.map_or(open, |at| self.epoch(at));
        let members = group.members.iter();
        let question = match group.party {
            Some(_) => format!("who is a member of {} then", group.name),
            None => format!("what the list {} holds then", group.name),
        };
        Group {
            name: group.name.clone(),
            is_list: group.party.is_none(),
            field: group.field.0,
            known_until: self.epoch(group.known_until),
            question,
            members: members
                .map(|member| {
                    (
                        member.name.clone(),
                        epoch(member.since, 0),
                        epoch(member.until, NEVER),
                    )
                })
                .collect(),
        }
    }
}

fn count<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

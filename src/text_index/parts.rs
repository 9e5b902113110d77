//! Parts at one end of spellings, and the dictionary words that share them.
//!
//! In: parts of up to three symbols. Out: the cheapest word that shares each part, and
//! the words below the price at which one can win.

use interdict_matcher::text::Prices;

use super::dictionary::{pack, words};
use crate::fold::CheapMap;

/// A part that words share.
struct Part {
    length: u32,
    /// What the cheapest word costs, with its characters beside the spelling.
    cheapest: Option<i64>,
    /// The price below which a word can win.
    limit: i64,
}

/// The parts at one end of all spellings.
pub(super) struct Parts {
    parts: Vec<Part>,
    /// One more than the number of the part of each single symbol, 0 for none.
    single: Vec<u32>,
    /// The numbers of longer parts.
    longer: CheapMap<u64, u32>,
    /// The symbols at which longer parts lie against the end of a word.
    outer: Vec<bool>,
}

/// A word that shares a part.
pub(super) struct Meeting {
    word: u32,
    part: u32,
    price: i32,
}

impl Parts {
    pub(super) fn new() -> Parts {
        Parts {
            parts: Vec::new(),
            single: vec![0; 0x1_0000],
            longer: CheapMap::default(),
            outer: vec![false; 0x1_0000],
        }
    }

    /// Adds a part; `outer` is its symbol at the end of the words that share it.
    pub(super) fn add(&mut self, symbols: &[u16], outer: u16) {
        let number = self.parts.len() as u32;
        let known = match symbols {
            [only] => {
                let single = &mut self.single[usize::from(*only)];
                let known = *single > 0;
                if !known {
                    *single = number + 1;
                }
                known
            }
            _ => {
                self.outer[usize::from(outer)] = true;
                *self.longer.entry(pack(symbols)).or_insert(number) != number
            }
        };
        if !known {
            self.parts.push(Part {
                length: symbols.len() as u32,
                cheapest: None,
                limit: i64::MIN,
            });
        }
    }

    /// Whether a symbol is a part.
    pub(super) fn has(&self, symbol: u16) -> bool {
        self.single[usize::from(symbol)] > 0
    }

    /// Every meeting of a word with a part. `shared` gives the symbols of a packed word
    /// of some length that it would share with a part of another.
    pub(super) fn meet(&mut self, shared: impl Fn(u64, u32, u32) -> u64) -> Vec<Meeting> {
        let mut meetings = Vec::with_capacity(words().len() / 2);
        for (number, word) in words().iter().enumerate().filter(|(_, w)| w.length > 1) {
            let packed = word.packed();
            let outer = usize::from(shared(packed, word.length, 1) as u16);
            let mut meet = |part: u32| {
                let part = part as usize;
                let beside = (word.length - self.parts[part].length) * Prices::BESIDE;
                let price = word.cost as i32 - beside as i32;
                let cheapest = &mut self.parts[part].cheapest;
                *cheapest = Some(cheapest.map_or(i64::from(price), |c| c.min(price.into())));
                meetings.push(Meeting {
                    word: number as u32,
                    part: part as u32,
                    price,
                });
            };
            if self.single[outer] > 0 {
                meet(self.single[outer] - 1);
            }
            if word.length > 2 && self.outer[outer] {
                (2..word.length)
                    .filter_map(|count| self.longer.get(&shared(packed, word.length, count)))
                    .for_each(|&part| meet(part));
            }
        }
        meetings
    }

    fn number(&self, symbols: &[u16]) -> Option<usize> {
        match symbols {
            [only] => self.single[usize::from(*only)].checked_sub(1),
            [_, _] | [_, _, _] => self.longer.get(&pack(symbols)).copied(),
            _ => None,
        }
        .map(|number| number as usize)
    }

    /// What the cheapest word costs that shares a part.
    pub(super) fn cheapest(&self, symbols: &[u16]) -> Option<i64> {
        self.number(symbols)
            .and_then(|number| self.parts[number].cheapest)
    }

    /// Lets words that share a part win below this price.
    pub(super) fn bound(&mut self, symbols: &[u16], limit: i64) {
        if let Some(number) = self.number(symbols) {
            let part = &mut self.parts[number];
            part.limit = part.limit.max(limit);
        }
    }

    /// The words that can win, each with the length of what it shares.
    pub(super) fn winners(&self, meetings: &[Meeting]) -> impl Iterator<Item = (usize, u32)> {
        meetings.iter().filter_map(|meeting| {
            let part = &self.parts[meeting.part as usize];
            (i64::from(meeting.price) < part.limit).then_some((meeting.word as usize, part.length))
        })
    }
}

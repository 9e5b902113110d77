//! The automaton over squeezed classes: Aho and Corasick's, read from words.

use super::tables::{STATE_WORDS, TextIndex};

/// The words of a state.
const FIRST_CHILD: usize = 0;
const CLASS: usize = 1;
const FAIL: usize = 2;
const FIRST_OUTPUT: usize = 3;
const OUTPUT_LINK: usize = 4;
const DEPTH: usize = 5;

impl<'a> TextIndex<'a> {
    #[inline]
    fn state(&self, state: u32, word: usize) -> u32 {
        self.states.field(state as usize, STATE_WORDS, word)
    }

    /// The state after this class.
    #[inline]
    pub(crate) fn advance(&self, mut state: u32, class: u32) -> u32 {
        while state != 0 {
            if let Some(child) = self.child(state, class) {
                return child;
            }
            let fail = self.state(state, FAIL);
            if fail >= state {
                break;
            }
            state = fail;
        }
        self.root.get(class as usize)
    }

    #[inline]
    fn child(&self, state: u32, class: u32) -> Option<u32> {
        let mut low = self.state(state, FIRST_CHILD);
        let mut high = self.state(state.saturating_add(1), FIRST_CHILD);
        while low < high {
            let middle = low + (high - low) / 2;
            let found = self.state(middle, CLASS);
            if found == class {
                return Some(middle);
            }
            if found < class {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        None
    }

    /// How many runs lie behind a state.
    #[inline]
    pub(crate) fn depth(&self, state: u32) -> u32 {
        self.state(state, DEPTH)
    }

    /// The patterns that end in this state, the longest first.
    #[inline]
    pub(crate) fn outputs(&self, state: u32) -> Outputs<'_, 'a> {
        Outputs {
            index: self,
            link: state,
            next: self.state(state, FIRST_OUTPUT),
            end: self.state(state.saturating_add(1), FIRST_OUTPUT),
        }
    }
}

/// The patterns that end in a state and in the suffixes of that state.
pub(crate) struct Outputs<'i, 'a> {
    index: &'i TextIndex<'a>,
    link: u32,
    next: u32,
    end: u32,
}

impl Iterator for Outputs<'_, '_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        while self.next >= self.end {
            let link = self.index.state(self.link, OUTPUT_LINK);
            if link == 0 || link >= self.link {
                return None;
            }
            self.link = link;
            self.next = self.index.state(link, FIRST_OUTPUT);
            self.end = self.index.state(link.saturating_add(1), FIRST_OUTPUT);
        }
        let at = self.next as usize;
        self.next += 1;
        (at < self.index.outputs.len()).then(|| self.index.outputs.get(at))
    }
}

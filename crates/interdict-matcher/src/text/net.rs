//! The automaton over squeezed classes: Aho and Corasick's, read from words.

use super::tables::STATE_WORDS;
use crate::words::Words;

/// The words of a state.
const FIRST_CHILD: usize = 0;
const CLASS: usize = 1;
const FAIL: usize = 2;
const FIRST_OUTPUT: usize = 3;
const OUTPUT_LINK: usize = 4;

/// An automaton, borrowed from an artifact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Net<'a> {
    states: Words<'a>,
    root: Words<'a>,
    outputs: Words<'a>,
}

impl<'a> Net<'a> {
    /// A view on the three sections.
    pub(crate) fn new(states: &'a [u8], root: &'a [u8], outputs: &'a [u8]) -> Net<'a> {
        Net {
            states: Words::new(states),
            root: Words::new(root),
            outputs: Words::new(outputs),
        }
    }

    /// Whether it knows no pattern.
    pub(crate) fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// How many classes it knows, class 0 among them.
    pub(crate) fn classes(&self) -> usize {
        self.root.len()
    }

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

    /// The states one class further, each with its class.
    pub(crate) fn children(&self, state: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let first = self.state(state, FIRST_CHILD);
        let end = self.state(state.saturating_add(1), FIRST_CHILD);
        let end = end.min((self.states.len() / STATE_WORDS) as u32);
        (first..end).map(|child| (child, self.state(child, CLASS)))
    }

    /// The patterns that end in this state itself.
    pub(crate) fn own_outputs(&self, state: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.state(state, FIRST_OUTPUT);
        let end = self.state(state.saturating_add(1), FIRST_OUTPUT);
        (first..end.min(self.outputs.len() as u32)).map(|at| self.outputs.get(at as usize))
    }

    /// The state one class further without looking back.
    #[inline]
    pub(crate) fn child(&self, state: u32, class: u32) -> Option<u32> {
        if state == 0 {
            return Some(self.root.get(class as usize)).filter(|&child| child != 0);
        }
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

    /// The patterns that end in this state, the longest first.
    #[inline]
    pub(crate) fn outputs(self, state: u32) -> Outputs<'a> {
        Outputs {
            net: self,
            link: state,
            next: self.state(state, FIRST_OUTPUT),
            end: self.state(state.saturating_add(1), FIRST_OUTPUT),
        }
    }

    /// Whether every pattern number is below this.
    pub(crate) fn leads_below(&self, patterns: usize) -> bool {
        (0..self.outputs.len()).all(|i| (self.outputs.get(i) as usize) < patterns)
    }

    /// Whether every number leads where it should.
    pub(crate) fn validate(&self) -> Result<(), &'static str> {
        let words = self.states.len();
        if words < 2 * STATE_WORDS || !words.is_multiple_of(STATE_WORDS) {
            return Err("the states have the wrong length");
        }
        let count = (words / STATE_WORDS - 1) as u32;
        if !(0..self.root.len()).all(|class| self.root.get(class) < count) {
            return Err("the root leads to no state");
        }
        for state in 0..count {
            let word = |word| self.state(state, word);
            let next = |word| self.state(state + 1, word);
            let children = word(FIRST_CHILD) > state
                && word(FIRST_CHILD) <= next(FIRST_CHILD)
                && next(FIRST_CHILD) <= count;
            let outputs = word(FIRST_OUTPUT) <= next(FIRST_OUTPUT)
                && next(FIRST_OUTPUT) as usize <= self.outputs.len();
            let back = state == 0 || (word(FAIL) < state && word(OUTPUT_LINK) < state);
            if !(children && outputs && back) {
                return Err("a state leads outside the automaton");
            }
        }
        Ok(())
    }
}

/// The patterns that end in a state and in the suffixes of that state.
pub(crate) struct Outputs<'a> {
    net: Net<'a>,
    link: u32,
    next: u32,
    end: u32,
}

impl Iterator for Outputs<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        while self.next >= self.end {
            let link = self.net.state(self.link, OUTPUT_LINK);
            if link == 0 || link >= self.link {
                return None;
            }
            self.link = link;
            self.next = self.net.state(link, FIRST_OUTPUT);
            self.end = self.net.state(link.saturating_add(1), FIRST_OUTPUT);
        }
        let at = self.next as usize;
        self.next += 1;
        (at < self.net.outputs.len()).then(|| self.net.outputs.get(at))
    }
}

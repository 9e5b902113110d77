//! Spellings with one edit: `viagar`, `vigra`, `viaagra`, `vixgra`.
//!
//! In: a text. Out: hits in whose letters two neighbours changed places, or one was dropped, added
//! or replaced. Looked up are the runs of whole words, one to four of them, that are about as long
//! as some spelling; a run has a key a letter, and each letter stands in one run a number of words,
//! so that the work is linear in the text.
//!
//! The first letter stays, and so does the last one but where it changes places: readers hold on to
//! both, and inflections change the last. An ordinary word is no slip of a spelling (`piston` is no
//! `pistol`).

use super::edit::{MOST_LETTERS, MOST_WORDS, edit_keys};
use super::element::{Element, pair_folds, same};
use super::pattern::Pattern;
use super::scan::TextHit;
use super::tables::{ElementFlags, TextIndex};
use super::verify::Alignment;
use crate::fold::{Kind, Reader, Sym};
use crate::folds::Folds;

/// Letters of a run: one may have been added to the longest spelling.
const ROOM: usize = MOST_LETTERS + 1;
/// Signs and blanks between two words of a run.
const LONGEST_GAP: u32 = 2;
/// Letters of a spelling of which one may be dropped, added or replaced; shorter ones are too often
/// one edit away from other words.
const FEWEST_CHANGED: usize = 6;

/// The last words of a text that may be one spelling.
struct Run {
    letters: [Option<Sym>; ROOM],
    /// How many letters there are.
    count: usize,
    words: [Word; MOST_WORDS],
    /// How many words there are.
    number: usize,
    /// Whether the last word may go on.
    open: bool,
    /// Whether the last word is longer than any spelling.
    overlong: bool,
    gap: Gap,
}

/// A word of a run.
#[derive(Clone, Copy, Default)]
struct Word {
    /// Its first letter.
    start: usize,
    /// What stands before it.
    gap: Gap,
}

/// What stands between two words.
#[derive(Clone, Copy, Default)]
struct Gap {
    length: u32,
    lines: u32,
    /// The sign in it, if it is not blank.
    sign: Option<u32>,
}

impl Run {
    fn new() -> Run {
        Run {
            letters: [None; ROOM],
            count: 0,
            words: [Word::default(); MOST_WORDS],
            number: 0,
            open: false,
            overlong: false,
            gap: Gap::default(),
        }
    }

    fn clear(&mut self) {
        (self.count, self.number) = (0, 0);
        self.gap = Gap::default();
    }

    /// Takes a letter in.
    fn push(&mut self, sym: Sym) {
        if !self.open {
            if self.number == MOST_WORDS {
                self.drop_word();
            }
            if let Some(word) = self.words.get_mut(self.number) {
                *word = Word {
                    start: self.count,
                    gap: self.gap,
                };
            }
            self.number += 1;
            (self.open, self.overlong) = (true, false);
            self.gap = Gap::default();
        }
        while self.count == ROOM && self.number > 1 {
            self.drop_word();
        }
        match self.letters.get_mut(self.count) {
            Some(slot) => {
                *slot = Some(sym);
                self.count += 1;
            }
            None => self.overlong = true,
        }
    }

    /// Drops the first word.
    fn drop_word(&mut self) {
        let second = self.words.get(1).filter(|_| self.number > 1);
        let next = second.map_or(self.count, |word| word.start.min(self.count));
        self.letters.copy_within(next..self.count, 0);
        self.count -= next;
        self.words.rotate_left(1);
        self.number = self.number.saturating_sub(1);
        for word in &mut self.words {
            word.start = word.start.saturating_sub(next);
        }
    }

    /// Takes what stands after a word in. Only few blanks or a hyphen part the words of a spelling.
    fn part(&mut self, sym: &Sym) {
        let blank = sym.kind.is_blank();
        let fits = self.gap.length < LONGEST_GAP && (blank || sym.character == '-');
        if !fits {
            self.clear();
            return;
        }
        self.gap.length += 1;
        self.gap.lines += u32::from(sym.kind == Kind::Line);
        if !blank {
            self.gap.sign = Some(sym.symbol);
        }
    }

    /// The letters of a word.
    fn word(&self, number: usize) -> &[Option<Sym>] {
        let start = self.words.get(number).map_or(self.count, |word| word.start);
        let next = self
            .words
            .get(number + 1)
            .filter(|_| number + 1 < self.number);
        let end = next.map_or(self.count, |word| word.start);
        self.letters.get(start..end).unwrap_or(&[])
    }
}

impl TextIndex<'_> {
    /// Appends the hits with one edit.
    pub(crate) fn fuzzy(&self, text: &str, out: &mut Vec<TextHit>) {
        let mut run = Run::new();
        for sym in Reader::new(self.folding, text, 0) {
            if sym.kind == Kind::Letter {
                run.push(sym);
                continue;
            }
            self.end_word(text, &mut run, out);
            run.part(&sym);
        }
        self.end_word(text, &mut run, out);
    }

    /// Looks up the runs that end with the last word.
    fn end_word(&self, text: &str, run: &mut Run, out: &mut Vec<TextHit>) {
        if !run.open {
            return;
        }
        run.open = false;
        if run.overlong {
            run.clear();
            return;
        }
        for count in 1..=run.number {
            let first = run.number - count;
            let start = run.words.get(first).map_or(0, |word| word.start);
            let letters = run.count.saturating_sub(start);
            let opening = run.letters.get(start).copied().flatten();
            if !opening.is_some_and(|sym| self.edits.may_be(count, sym.symbol, letters)) {
                continue;
            }
            let mut symbols = [0; ROOM];
            let syms = run.letters.iter().skip(start).take(letters).flatten();
            let slots = symbols.iter_mut();
            slots.zip(syms).for_each(|(slot, sym)| *slot = sym.symbol);
            edit_keys(symbols.get(..letters).unwrap_or(&[]), |key| {
                for pattern in self.edits.patterns(key) {
                    out.extend(self.edited(text, run, first, self.pattern(pattern)));
                }
            });
        }
    }

    /// The hit of a pattern over the words from `first` on, if one of them has one edit and the
    /// others are as they should be.
    fn edited(&self, text: &str, run: &Run, first: usize, pattern: Pattern) -> Option<TextHit> {
        let mut folds = Folds::FUZZY | pattern.costs;
        let mut letters = 0;
        let mut edit = None;
        let mut at = 0;
        for number in first..run.number {
            if number > first {
                let gap = self
                    .element_of(pattern, at)
                    .filter(|e| e.has(ElementFlags::GAP))?;
                folds |= run.words.get(number)?.gap.folds(gap);
                at += 1;
            }
            let spelled = Spelled::from(self, pattern, at);
            let word = run.word(number);
            let found = spelled.edit(word)?;
            folds |= spelled.folds(word, found);
            if found.kind != EditKind::None {
                let (opens, closes) = (number == first, number + 1 == run.number);
                let twice = edit.replace(found.kind).is_some();
                if twice || !spelled.keeps_ends(word, found, opens, closes) {
                    return None;
                }
                let symbols = word.iter().flatten().map(|sym| sym.symbol);
                if self.edits.is_ordinary(symbols) {
                    return None;
                }
            }
            at += spelled.count;
            letters += spelled.count;
        }
        let long = edit? == EditKind::Swapped || letters >= FEWEST_CHANGED;
        if at != pattern.count || !long {
            return None;
        }
        let mut hit = Alignment::from_first((*run.word(first).first()?)?);
        hit.last = (*run.word(run.number - 1).last()?)?;
        let (start, end) = (hit.first.start, hit.last.end);
        let needs = self.needs(pattern.spelling);
        folds |= self.edge_folds(text, &hit, end, needs, folds)?;
        self.budget(pattern.spelling)
            .contains(folds)
            .then_some(TextHit {
                spelling: pattern.spelling,
                start,
                end,
                folds,
            })
    }

    fn element_of(&self, pattern: Pattern, at: usize) -> Option<Element> {
        (at < pattern.count).then(|| self.element(pattern.first.saturating_add(at)))
    }
}

impl Gap {
    /// What it takes that a text has this gap where a spelling has one.
    fn folds(self, natural: Element) -> Folds {
        let free = match self.sign {
            Some(sign) => self.length == 1 && sign == natural.symbol(),
            None => self.lines < 2 && natural.has(ElementFlags::BLANK),
        };
        if free { Folds::EXACT } else { Folds::SPACED }
    }
}

/// A word of a pattern.
struct Spelled<'i, 'a> {
    index: &'i TextIndex<'a>,
    first: usize,
    count: usize,
}

/// What was done to a word, and after how many letters that are as they should be.
#[derive(Clone, Copy)]
struct Edit {
    kind: EditKind,
    place: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EditKind {
    None,
    Swapped,
    Dropped,
    Added,
    Replaced,
}

impl<'i, 'a> Spelled<'i, 'a> {
    /// The word that starts with an element.
    fn from(index: &'i TextIndex<'a>, pattern: Pattern, at: usize) -> Spelled<'i, 'a> {
        let elements = (at..pattern.count).map_while(|at| index.element_of(pattern, at));
        let count = elements
            .take(ROOM)
            .take_while(|element| !element.has(ElementFlags::GAP))
            .count();
        Spelled {
            index,
            first: pattern.first.saturating_add(at),
            count,
        }
    }

    fn at(&self, at: usize) -> Element {
        self.index.element(self.first.saturating_add(at))
    }

    fn is(&self, at: usize, sym: Option<&Option<Sym>>) -> bool {
        at < self.count && matches!(sym, Some(Some(sym)) if same(sym, self.at(at)))
    }

    /// What makes this word the word of a text.
    fn edit(&self, word: &[Option<Sym>]) -> Option<Edit> {
        let (count, length) = (self.count, word.len());
        let shorter = count.min(length);
        let place = (0..shorter)
            .take_while(|&at| self.is(at, word.get(at)))
            .count();
        let from_end = |&back: &usize| self.is(count - 1 - back, word.get(length - 1 - back));
        let alike = place + (0..shorter - place).take_while(from_end).count();
        let swapped = || {
            let crossed =
                self.is(place, word.get(place + 1)) && self.is(place + 1, word.get(place));
            crossed && alike + 2 >= count
        };
        let kind = if length == count {
            match count - alike {
                0 => EditKind::None,
                1 => EditKind::Replaced,
                _ if swapped() => EditKind::Swapped,
                _ => return None,
            }
        } else if length + 1 == count && alike == length {
            EditKind::Dropped
        } else if length == count + 1 && alike == count {
            EditKind::Added
        } else {
            return None;
        };
        Some(Edit { kind, place })
    }

    /// Whether a word that opens the spelling begins with its first letter, and one that closes it
    /// ends with its last one or has that in its neighbour's place.
    fn keeps_ends(&self, word: &[Option<Sym>], edit: Edit, opens: bool, closes: bool) -> bool {
        let first = self.is(0, word.first());
        let last = self.count.checked_sub(1);
        let last = last.is_some_and(|last| self.is(last, word.last()));
        (first || !opens) && (last || edit.kind == EditKind::Swapped || !closes)
    }

    /// The folds of the letters that stand for themselves.
    fn folds(&self, word: &[Option<Sym>], edit: Edit) -> Folds {
        let mut folds = Folds::EXACT;
        for (at, sym) in word.iter().enumerate() {
            let Some(sym) = sym else { continue };
            if sym.dropped && at > 0 {
                folds |= Folds::FOLD;
            }
            if let Some(element) = edit.element_at(at) {
                folds |= pair_folds(sym, self.at(element));
            }
        }
        folds
    }
}

impl Edit {
    /// The element that a letter of the text stands for.
    fn element_at(self, at: usize) -> Option<usize> {
        let Edit { kind, place } = self;
        match kind {
            _ if at < place => Some(at),
            EditKind::None => Some(at),
            EditKind::Swapped if at == place => Some(at + 1),
            EditKind::Swapped if at == place + 1 => Some(place),
            EditKind::Swapped => Some(at),
            EditKind::Replaced => (at > place).then_some(at),
            EditKind::Added => (at > place).then(|| at - 1),
            EditKind::Dropped => Some(at + 1),
        }
    }
}

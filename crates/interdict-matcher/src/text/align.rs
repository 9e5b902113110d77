//! A stretch of text, aligned with the elements of a pattern.
//!
//! In: a candidate. Out: how its symbols stand for the elements, when they do. The
//! alignment goes run by run, a run being neighbours of one coarse class, and reads
//! each symbol once.

use super::Reading;
use super::class::Step;
use super::element::{Element, is_digit, pair_folds, same};
use super::pattern::Pattern;
use super::stream::LONGEST_GAP;
use super::tables::{ElementFlags, TextIndex};
use super::verify::{Alignment, Candidate, Gap, Held, Piece};
use crate::fold::{Kind, Reader, Sym};
use crate::folds::Folds;

/// The longest run of one class that is read.
const LONGEST_RUN: usize = 64;

/// Aligns the symbols of a text with the elements of a pattern.
pub(super) struct Aligner<'i, 'a, 't, 'h> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    reader: Reader<'t, 'a>,
    reading: Reading,
    pattern: Pattern,
    /// The next element.
    at: usize,
    ahead: Option<Piece>,
    before: Option<Sym>,
    /// Whether the last run stops at the letters that the pattern has.
    cut: bool,
    held: &'h mut Held,
}

impl<'i, 'a, 't, 'h> Aligner<'i, 'a, 't, 'h> {
    pub(super) fn new(
        index: &'i TextIndex<'a>,
        text: &'t str,
        candidate: Candidate,
        cut: bool,
        held: &'h mut Held,
    ) -> Self {
        held.overran = false;
        Aligner {
            index,
            text,
            reader: Reader::new(index.folding, text, candidate.start),
            reading: candidate.reading,
            pattern: candidate.pattern,
            at: 0,
            ahead: None,
            before: None,
            cut,
            held,
        }
    }

    pub(super) fn align(mut self) -> Option<Alignment> {
        self.ahead = self.read(None);
        let first = self.ahead?.sym;
        let mut out = Alignment::from_first(first);
        while self.at < self.pattern.count {
            let (elements, past) = self.run_of_elements();
            self.run_of_symbols(elements, past == self.pattern.count)?;
            self.pair(elements, past, &mut out)?;
        }
        out.single += u32::from(out.in_fragment == 1);
        (!out.last.more).then_some(out)
    }

    fn element(&self, at: usize) -> Element {
        self.index.element(self.pattern.first.saturating_add(at))
    }

    /// How many letters of one class come next, and the element after them.
    fn run_of_elements(&self) -> (usize, usize) {
        let mut letters = 0;
        let mut class = None;
        let mut past = self.at;
        for at in self.at..self.pattern.count {
            let element = self.element(at);
            if !element.has(ElementFlags::GAP) {
                if *class.get_or_insert(element.class) != element.class {
                    break;
                }
                letters += 1;
                past = at + 1;
            }
        }
        (letters, past)
    }

    /// Reads the symbols of one class that come next into `held.run`.
    fn run_of_symbols(&mut self, letters: usize, last: bool) -> Option<()> {
        self.held.run.clear();
        let mut at = self.at;
        while self.element(at).has(ElementFlags::GAP) && at < self.pattern.count {
            at += 1;
        }
        let class = self.element(at).class;
        while let Some(piece) = self.ahead {
            let enough = self.held.run.len() >= letters;
            if piece.class != class || (last && enough && (self.cut || piece.gap.is_some())) {
                break;
            }
            self.held.overran |= last && enough;
            if self.held.run.len() >= LONGEST_RUN {
                return None;
            }
            self.held.run.push(piece);
            self.ahead = self.read(Some(piece.sym.end));
        }
        (letters > 0 && self.held.run.len() >= letters).then_some(())
    }

    /// The next letter and the gap before it; `None` at the end or after a gap
    /// that no term crosses.
    fn read(&mut self, before: Option<u32>) -> Option<Piece> {
        let mut separators = 0;
        loop {
            let sym = self.reader.next()?;
            match self.index.step(&sym, self.reading) {
                Step::Letter(class) => {
                    let start = before.unwrap_or(sym.start);
                    let gap = Gap {
                        start,
                        end: sym.start,
                        element: 0,
                    };
                    return Some(Piece {
                        sym,
                        class,
                        gap: (separators > 0).then_some(gap),
                    });
                }
                Step::Separator if separators == LONGEST_GAP => return None,
                Step::Separator => separators += 1,
            }
        }
    }

    /// Pairs the symbols of `held.run` with the elements up to `past`.
    fn pair(&mut self, letters: usize, past: usize, out: &mut Alignment) -> Option<()> {
        let one_to_one = self.held.run.len() == letters;
        let last = past == self.pattern.count;
        let mut stretch = 0;
        for i in 0..self.held.run.len() {
            let piece = *self.held.run.get(i)?;
            let natural = self.skip_gap();
            let element = (self.at < past).then(|| self.element(self.at));
            let repeats = self
                .before
                .is_some_and(|before| before.symbol == piece.sym.symbol)
                && i > 0;
            let takes = match element {
                Some(element) => one_to_one || same(&piece.sym, element) || !repeats,
                None => false,
            };
            match element {
                Some(element) if takes => {
                    stretch = 0;
                    self.take(piece, element, natural, out)?;
                }
                // `BitcoinNow`: the next hump begins with the last letter.
                None if last && piece.sym.upper && !self.before.is_some_and(|sym| sym.upper) => {
                    break;
                }
                _ if repeats => {
                    // The gap belongs to the element that is still to come.
                    self.at -= usize::from(natural.is_some());
                    stretch += 1;
                    out.stretched += u32::from(stretch == 1);
                    out.longest_stretch = out.longest_stretch.max(stretch);
                    self.cross(piece.gap, None, out)?;
                }
                _ if last && element.is_none() => break,
                _ => return None,
            }
            if i > 0 || self.before.is_some() {
                out.folds |= if piece.sym.dropped {
                    Folds::FOLD
                } else {
                    Folds::EXACT
                };
            }
            self.before = Some(piece.sym);
            out.last = piece.sym;
        }
        (self.at == past).then_some(())
    }

    /// Steps over a gap of the pattern.
    fn skip_gap(&mut self) -> Option<Element> {
        let element = self.element(self.at);
        let gap = self.at < self.pattern.count && element.has(ElementFlags::GAP);
        self.at += usize::from(gap);
        gap.then_some(element)
    }

    /// The symbol stands for the element.
    fn take(
        &mut self,
        piece: Piece,
        element: Element,
        natural: Option<Element>,
        out: &mut Alignment,
    ) -> Option<()> {
        if self.before.is_some() {
            self.cross(piece.gap, natural, out)?;
            // The first letter of a later word may be a hump of its own.
            let inner = piece.sym.kind == Kind::Letter && natural.is_none();
            out.lower += u32::from(inner && !piece.sym.upper);
            out.upper += u32::from(inner && piece.sym.upper);
        }
        // `ca` is no `c4`, though `l` may be a 1 and `o` a 0: letters that only stand for digits
        // would make numbers of words.
        let drawn = ['0', '1'].map(u32::from).contains(&element.symbol());
        if is_digit(element.symbol()) && !drawn && piece.sym.kind == Kind::Letter {
            return None;
        }
        out.folds |= pair_folds(&piece.sym, element);
        out.letters += 1;
        out.in_fragment += 1;
        out.han &= matches!(piece.sym.kind, Kind::Han | Kind::Voice);
        if same(&piece.sym, element) {
            out.true_letters += 1;
        } else {
            out.digit_swap |= piece.sym.kind == Kind::Digit || is_digit(element.symbol());
        }
        self.at += 1;
        Some(())
    }

    /// Books the gap before a symbol. `natural` is the gap of the spelling there.
    fn cross(
        &mut self,
        gap: Option<Gap>,
        natural: Option<Element>,
        out: &mut Alignment,
    ) -> Option<()> {
        match (gap, natural) {
            (None, None) => {}
            (None, Some(natural)) if natural.has(ElementFlags::OPTIONAL) => {}
            (None, Some(_)) => out.folds |= Folds::SPACED,
            (Some(gap), natural) => {
                out.fragments += 1;
                out.single += u32::from(out.in_fragment == 1);
                out.in_fragment = 0;
                match natural {
                    Some(natural) => out.folds |= self.natural_gap(gap, natural)?,
                    None => self.held.gaps.push(Gap {
                        element: self.at,
                        ..gap
                    }),
                }
            }
        }
        Some(())
    }

    /// What it takes that the text has this gap where the spelling has one.
    fn natural_gap(&self, gap: Gap, natural: Element) -> Option<Folds> {
        let mut folds = Folds::EXACT;
        let mut lines = 0;
        for sym in Reader::new(self.index.folding, self.text, gap.start) {
            if sym.start >= gap.end {
                break;
            }
            lines += u32::from(sym.kind == Kind::Line);
            let free = sym.symbol == natural.symbol()
                || (natural.has(ElementFlags::BLANK) && sym.kind.is_blank());
            folds |= if free { Folds::EXACT } else { Folds::SPACED };
        }
        if lines > 1 {
            folds |= Folds::SPACED;
        }
        Some(folds)
    }
}

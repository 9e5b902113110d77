//! The rules that tell a disguise from a coincidence: what parts the letters of a
//! hit, what stands beside it, and what digits may stand for.

use super::Reading;
use super::pattern::Pattern;
use super::tables::TextIndex;
use super::verify::{Alignment, Candidate, Gap};
use crate::fold::{Kind, Reader, seen_before};
use crate::folds::Folds;

/// The longest gap in a spelling that is not written letter by letter.
const LONGEST_PARTIAL_GAP: u32 = 4;

/// The longest gap of letters, digits or signs between Han.
pub(super) const LONGEST_FILLER: u32 = 3;

/// What English writes behind an apostrophe.
const CONTRACTIONS: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

/// Spellings of fewer letters are short: chance writes them often.
const SHORT: u32 = 4;

/// What a gap is made of.
#[derive(Clone, Copy, Default)]
struct GapShape {
    length: u32,
    lines: u32,
    blank: bool,
    /// Punctuation that ends or parts sentences, right after a letter and with a
    /// blank after it; full-width punctuation needs none.
    sentence: bool,
}

impl TextIndex<'_> {
    /// What the gaps inside words need, `None` when they are no disguise.
    pub(crate) fn gap_folds(
        &self,
        text: &str,
        hit: &Alignment,
        gaps: &[Gap],
        candidate: Candidate,
    ) -> Option<Folds> {
        let Some(first) = gaps.first() else {
            return Some(Folds::EXACT);
        };
        let spelled_out = hit.single == hit.fragments;
        if spelled_out && candidate.reading != Reading::Filled && self.runs_on(text, hit, *first) {
            return None;
        }
        // By what a reader sees: invisible characters make no difference.
        let uniform = gaps.iter().all(|gap| {
            self.gap_symbols(text, *gap)
                .eq(self.gap_symbols(text, *first))
        });
        let allowed = if candidate.reading == Reading::Filled {
            let letters = |gap: &Gap| self.has_letters(text, gap);
            gaps.iter().all(|gap| self.is_filler(text, gap)) && gaps.iter().any(letters)
        } else if spelled_out || hit.han {
            let wide = gaps.len() > 1 && uniform;
            (uniform || hit.letters >= 4 || hit.han)
                && (wide || gaps.iter().all(|gap| self.parts_letters(text, gap, hit)))
        } else {
            let odd = gaps.iter().any(|gap| self.is_odd(text, gap));
            !self.is_contracted(text, hit, gaps)
                && gaps
                    .iter()
                    .all(|gap| self.parts_fragments(text, gap, hit, odd))
                && !self.are_common_words(candidate.pattern, gaps)
                && (hit.letters >= SHORT || uniform)
        };
        allowed.then_some(Folds::SPACED)
    }

    fn shape(&self, text: &str, gap: &Gap) -> GapShape {
        let mut shape = GapShape {
            blank: true,
            ..GapShape::default()
        };
        let mut ended = false;
        for sym in Reader::new(self.folding, text, gap.start) {
            if sym.start >= gap.end {
                break;
            }
            shape.length += 1;
            shape.lines += u32::from(sym.kind == Kind::Line && sym.character != '\r');
            shape.blank &= sym.kind.is_blank();
            shape.sentence |= ended && sym.kind.is_blank();
            let after_letter = shape.length == 1 || ended;
            shape.sentence |=
                matches!(sym.character, '，' | '。' | '！' | '？' | '；' | '：' | '…');
            ended = after_letter
                && matches!(sym.character, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '"');
        }
        shape
    }

    /// Whether a gap may part a spelling that is written letter by letter.
    fn parts_letters(&self, text: &str, gap: &Gap, hit: &Alignment) -> bool {
        let shape = self.shape(text, gap);
        !(hit.han && shape.sentence)
    }

    /// Whether a gap may part a spelling into fragments of several letters. A
    /// short spelling needs a sign there: `I.CO`, but not `k kk`.
    /// Beside an odd gap the end of a sentence is none.
    fn parts_fragments(&self, text: &str, gap: &Gap, hit: &Alignment, odd: bool) -> bool {
        let shape = self.shape(text, gap);
        let word_break = shape.blank && hit.letters < SHORT;
        (odd || !shape.sentence)
            && !word_break
            && shape.lines == 0
            && shape.length <= LONGEST_PARTIAL_GAP
    }

    /// Whether a gap is a letter or a few signs put between Han.
    fn is_filler(&self, text: &str, gap: &Gap) -> bool {
        let mut length = 0;
        let mut fills = true;
        for sym in Reader::new(self.folding, text, gap.start) {
            if sym.start >= gap.end {
                break;
            }
            length += 1;
            fills &= !sym.kind.is_blank();
        }
        fills && length <= LONGEST_FILLER
    }

    /// Whether a gap has letters or digits, and not only what parts words anyway.
    fn has_letters(&self, text: &str, gap: &Gap) -> bool {
        Reader::new(self.folding, text, gap.start)
            .take_while(|sym| sym.start < gap.end)
            .any(|sym| sym.kind.is_word())
    }

    /// Whether an apostrophe in the hit, or right before it, is that of a word: `he'll`, and `s`
    /// of `there's lots`.
    fn is_contracted(&self, text: &str, hit: &Alignment, gaps: &[Gap]) -> bool {
        let behind = |from: u32| {
            let rest = text.get(from as usize..).unwrap_or("");
            let letters = rest.chars().take_while(|c| c.is_ascii_alphabetic()).count();
            let ending = rest.get(..letters).unwrap_or("");
            CONTRACTIONS
                .iter()
                .any(|one| one.eq_ignore_ascii_case(ending))
        };
        let apostrophe = |c: char| matches!(c, '\'' | '’' | 'ʼ' | '＇');
        let inside = gaps.iter().any(|gap| {
            let mut signs = text
                .get(gap.start as usize..gap.end as usize)
                .unwrap_or("")
                .chars();
            signs.next().is_some_and(apostrophe) && signs.next().is_none() && behind(gap.end)
        });
        let mut before = text.get(..hit.first.start as usize).unwrap_or("").chars();
        let owned = before.next_back().is_some_and(apostrophe)
            && before.next_back().is_some_and(char::is_alphabetic);
        inside || (owned && behind(hit.first.start))
    }

    /// Whether the pieces between the gaps are all common words: `hero in`.
    fn are_common_words(&self, pattern: Pattern, gaps: &[Gap]) -> bool {
        let known = |from: usize, to: usize| {
            let part = (from << 16 | to) as u32;
            pattern.has_fragments && self.is_fragment(pattern.number, part)
        };
        let mut from = 0;
        for gap in gaps {
            if !known(from, gap.element) {
                return false;
            }
            from = gap.element;
        }
        known(from, pattern.count)
    }

    /// Whether a gap is a sign that parts letters in no ordinary text: `p|ill`.
    fn is_odd(&self, text: &str, gap: &Gap) -> bool {
        let odd = ['|', '~', '*', '\\', '+', '=', '^', '_'].map(u32::from);
        let mut signs = self.gap_symbols(text, *gap);
        signs.next().is_some_and(|sign| odd.contains(&sign)) && signs.next().is_none()
    }

    /// Whether single letters go on beyond the hit with the same gap: `P.O.R.C.E`.
    fn runs_on(&self, text: &str, hit: &Alignment, gap: Gap) -> bool {
        if hit.han || self.shape(text, &gap).lines > 1 {
            return false;
        }
        self.runs_on_before(text, hit.first.start, gap) || self.runs_on_after(text, hit, gap)
    }

    fn runs_on_before(&self, text: &str, start: u32, gap: Gap) -> bool {
        let length = self.gap_symbols(text, gap).count();
        let mut at = start;
        for _ in 0..length {
            match seen_before(self.folding, text, at) {
                Some((.., before)) => at = before,
                None => return false,
            }
        }
        let seen = Reader::new(self.folding, text, at).take_while(|sym| sym.start < start);
        let same = seen.map(|sym| sym.symbol).eq(self.gap_symbols(text, gap));
        same && text
            .get(..at as usize)
            .is_some_and(|before| self.ends_in_single_letter(before))
    }

    fn runs_on_after(&self, text: &str, hit: &Alignment, gap: Gap) -> bool {
        let mut reader = Reader::new(self.folding, text, hit.last.end);
        for expected in self.gap_symbols(text, gap) {
            if reader.next().is_none_or(|sym| sym.symbol != expected) {
                return false;
            }
        }
        let single = reader
            .next()
            .is_some_and(|sym| sym.kind == Kind::Letter && !sym.more);
        single && reader.next().is_none_or(|sym| !sym.kind.is_alphanumeric())
    }

    /// What a gap is read as.
    fn gap_symbols(&self, text: &str, gap: Gap) -> impl Iterator<Item = u32> {
        Reader::new(self.folding, text, gap.start)
            .take_while(move |sym| sym.start < gap.end)
            .map(|sym| sym.symbol)
    }

    fn ends_in_single_letter(&self, text: &str) -> bool {
        let Some((_, entry, start)) = seen_before(self.folding, text, text.len() as u32) else {
            return false;
        };
        let beyond = seen_before(self.folding, text, start);
        entry.kind() == Kind::Letter
            && beyond.is_none_or(|(_, entry, _)| !entry.kind().is_alphanumeric())
    }

    /// Whether digits and signs may stand for the letters they stand for.
    pub(crate) fn allows_swaps(&self, text: &str, hit: &Alignment, end: u32, folds: Folds) -> bool {
        if hit.true_letters == hit.letters {
            return true;
        }
        let enough = hit.true_letters >= 1 && hit.true_letters * 3 >= hit.letters;
        let partial = folds.contains(Folds::SPACED) && hit.single != hit.fragments;
        let opens = hit.first.kind == Kind::Punct
            && matches!(hit.first.character, '#' | '(' | '+' | '|' | '!');
        if !enough || (partial && hit.letters <= 4) || (opens && hit.letters <= 5) {
            return false;
        }
        !self.digit_beside(text, hit, end)
    }

    /// Whether a digit touches the hit, or stands one sign away from a hit in which digits
    /// were swapped: a part number then, `1C0 805`. From a long hit a blank parts it:
    /// `v1agra 50mg`.
    fn digit_beside(&self, text: &str, hit: &Alignment, end: u32) -> bool {
        let mut reader = Reader::new(self.folding, text, end);
        let near_after = [reader.next(), reader.next()];
        let before = seen_before(self.folding, text, hit.first.start);
        let beyond = before.and_then(|(_, _, start)| seen_before(self.folding, text, start));
        let before = [before, beyond].map(|seen| seen.map(|(_, entry, _)| entry.kind()));
        let after = near_after.map(|sym| sym.map(|sym| sym.kind));
        [before, after].iter().any(|side| match side {
            [Some(Kind::Digit), _] => true,
            [Some(kind), Some(Kind::Digit)] => {
                let parted = kind.is_blank() && hit.letters > SHORT;
                hit.digit_swap && !kind.is_word() && !parted
            }
            _ => false,
        })
    }

    /// What the neighbours of a hit need, `None` when they forbid it. `needs` has
    /// bit 0 for a word edge at the start and bit 1 for one at the end.
    pub(crate) fn edge_folds(
        &self,
        text: &str,
        hit: &Alignment,
        end: u32,
        needs: u32,
        folds: Folds,
    ) -> Option<Folds> {
        let [before, after] = self.neighbours(text, hit, end);
        let start = match before {
            Some(neighbour) if needs & 1 != 0 => start_edge(hit, neighbour),
            _ => Edge::Clean,
        };
        let end = match after {
            Some(neighbour) if needs & 2 != 0 => end_edge(hit, neighbour),
            _ => Edge::Clean,
        };
        let digits = start == Edge::Digit && end == Edge::Digit;
        let leet = folds.contains(Folds::LEET);
        let glued = start != Edge::Clean || end != Edge::Clean;
        if start == Edge::None || end == Edge::None || digits || (glued && leet) {
            return Some(Folds::EMBEDDED);
        }
        Some(if glued { Folds::GLUED } else { Folds::EXACT })
    }

    /// Whether a blank parts the fragments of a hit that begins or ends inside a word: `wrap
    /// every` is no `rape`.
    pub(crate) fn is_cut_from_words(
        &self,
        text: &str,
        hit: &Alignment,
        end: u32,
        gaps: &[Gap],
    ) -> bool {
        if gaps.is_empty() || hit.han || hit.single == hit.fragments {
            return false;
        }
        let [before, after] = self.neighbours(text, hit, end);
        let inside = before.is_some_and(|one| start_edge(hit, one) == Edge::None)
            || after.is_some_and(|one| end_edge(hit, one) == Edge::None);
        inside && gaps.iter().any(|gap| self.shape(text, gap).blank)
    }

    /// What a reader sees before and after a hit.
    fn neighbours(&self, text: &str, hit: &Alignment, end: u32) -> [Option<Neighbour>; 2] {
        let before = seen_before(self.folding, text, hit.first.start)
            .map(|(c, entry, _)| (c, entry.kind(), entry.is_upper()));
        let after = Reader::new(self.folding, text, end).next();
        [
            before,
            after.map(|sym| (sym.character, sym.kind, sym.upper)),
        ]
    }
}

/// A character beside a hit, its kind, and whether it is a capital.
type Neighbour = (char, Kind, bool);

/// How a hit stands beside its neighbour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Clean,
    /// A digit beside a letter.
    Digit,
    /// Camel case or `_`.
    Visible,
    None,
}

fn start_edge(hit: &Alignment, (c, kind, upper): Neighbour) -> Edge {
    let (own, own_upper) = (hit.first.kind, hit.first.upper);
    let humps = hit.lower == 0 || hit.upper == 0;
    match edge(own, c, kind) {
        Edge::None
            if kind == Kind::Letter && own == Kind::Letter && !upper && own_upper && humps =>
        {
            Edge::Visible
        }
        other => other,
    }
}

fn end_edge(hit: &Alignment, (c, kind, upper): Neighbour) -> Edge {
    let (own, own_upper) = (hit.last.kind, hit.last.upper);
    match edge(own, c, kind) {
        Edge::None
            if kind == Kind::Letter
                && own == Kind::Letter
                && upper
                && !own_upper
                && hit.upper == 0 =>
        {
            Edge::Visible
        }
        other => other,
    }
}

fn edge(own: Kind, c: char, kind: Kind) -> Edge {
    match (own, kind) {
        (Kind::Letter, Kind::Digit) => Edge::Digit,
        (Kind::Letter | Kind::Digit, Kind::Letter | Kind::Digit) => Edge::None,
        (Kind::Han, Kind::Han) => Edge::None,
        (Kind::Letter | Kind::Digit, _) if c == '_' || c == '＿' => Edge::Visible,
        _ => Edge::Clean,
    }
}

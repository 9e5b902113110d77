//! Masked letters: `b*tcoin`.
//!
//! In: a text. Out: hits in which one or two signs stand for one letter each, neither
//! the first nor the last. A sign is looked at only where some pattern begins with the
//! letters of the last few words and goes on with those behind the sign; then these words
//! are walked through a trie, and at a mask the walk branches into the children of its
//! state. Each word start is walked at most once and for a bounded number of steps.

use super::effect::{Action, Effect, Effects};
use super::element::{pair_folds, same};
use super::grams::{GramHash, REPEATED};
use super::pattern::Pattern;
use super::scan::TextHit;
use super::stream::{Pen, Stream};
use super::tables::{ElementFlags, TextIndex};
use super::verify::Alignment;
use crate::fold::{Kind, Reader, Sym};
use crate::folds::Folds;

/// Letters that may be masked.
const MOST_MASKS: u32 = 2;
/// Letters that a masked spelling has.
const FEWEST_LETTERS: u32 = 5;
/// Word starts before a mask from which a spelling may run.
const STARTS: usize = 3;
/// Letters of one class side by side in a spelling.
const MOST_REPEATS: u32 = 3;
/// Signs behind one run that are looked at.
const MOST_SIGNS: usize = 8;
/// Blanks that part words.
const MOST_BLANKS: usize = 2;
/// States looked at from one start: as many as ordinary text and single terms need, and
/// fewer once a text was made of masks, so that it costs no more than it is long.
const MOST_STEPS: u32 = 512;
const FEWEST_STEPS: u32 = 32;
/// States that a text may have looked at before it counts as made of masks.
const STEPS: u32 = 1 << 14;

/// The start of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// Its place in the text, and one more: 0 is no word.
    place: u32,
    /// The run of its first letter.
    run: usize,
}

/// A sign that may be a mask.
#[derive(Clone, Copy, Debug)]
struct Mask {
    /// Where it stands.
    start: u32,
    /// Runs before it.
    run: usize,
    /// The last words up to it.
    words: [Word; STARTS],
}

/// The signs of a text that may be masks, and were not looked at yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Masks {
    waiting: Vec<Mask>,
    words: [Word; STARTS],
    /// Up to where words were walked.
    walked: u32,
    /// Steps that were walked.
    steps: u32,
}

impl Masks {
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.words = Default::default();
        self.walked = 0;
        self.steps = 0;
    }

    /// Takes in what a character means, which a pen is about to write.
    #[inline(always)]
    pub(super) fn read(&mut self, pen: &Pen<'_>, effect: Effect, before: Effect, start: u32) {
        if effect.begins_word(before) {
            self.word(start, pen.run_of(effect.class()));
        }
        // A mask is no first letter.
        if effect.is_mask() && pen.is_open() {
            self.sign(start, pen.len());
        }
    }

    /// Takes the start of a word in.
    #[inline]
    pub(super) fn word(&mut self, start: u32, run: usize) {
        self.words.rotate_left(1);
        if let Some(last) = self.words.last_mut() {
            *last = Word {
                place: start + 1,
                run,
            };
        }
    }

    /// Takes a sign in that may be a mask, behind so many runs.
    #[inline]
    pub(super) fn sign(&mut self, start: u32, run: usize) {
        // Signs without end behind one run hide nothing: a pattern has two masks at most.
        let crowd = self.waiting.len().checked_sub(MOST_SIGNS);
        if crowd.is_some_and(|first| self.waiting[first..].iter().all(|mask| mask.run == run)) {
            return;
        }
        self.waiting.push(Mask {
            start,
            run,
            words: self.words,
        });
    }

    /// Moves with the runs of the stream.
    pub(crate) fn shift(&mut self, dropped: usize) {
        let shift = |run: &mut usize| *run = run.saturating_sub(dropped);
        self.words.iter_mut().for_each(|word| shift(&mut word.run));
        for mask in &mut self.waiting {
            shift(&mut mask.run);
            mask.words.iter_mut().for_each(|word| shift(&mut word.run));
        }
    }
}

/// The runs of a pattern before a masked letter, as they stand in a stream.
#[derive(Clone, Copy, Debug)]
pub struct MaskPrefix(u64);

impl MaskPrefix {
    /// The prefix of these runs, without their marks.
    #[inline]
    pub fn of(runs: &[u16]) -> MaskPrefix {
        let runs = runs.iter().map(|run| u64::from(run & !REPEATED));
        MaskPrefix(runs.fold(0, MaskPrefix::mix))
    }

    /// What the letter is looked up by: its prefix and two runs behind it, in a stream, which
    /// knows no mask; 0 behind the end of the pattern. `gap`: a word ends with the mask.
    #[inline]
    pub fn context(self, behind: [u16; 2], gap: bool) -> GramHash {
        let [next, last] = behind.map(u64::from);
        let behind = next | last << 16 | u64::from(gap) << 32;
        GramHash::of(MaskPrefix::mix(self.0, behind))
    }

    fn mix(hash: u64, part: u64) -> u64 {
        (hash.rotate_left(5) ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Whether a sign may stand for a letter.
pub(super) fn is_mask(sym: &Sym) -> bool {
    let parts = matches!(
        sym.character,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\''
            | '/'
            | '\\'
            | '<'
            | '>'
            | '|'
    );
    matches!(sym.kind, Kind::Punct | Kind::Other) && !parts
}

/// What stands behind a mask.
#[derive(Clone, Copy)]
struct Behind {
    /// The classes of the next two runs.
    next: u16,
    last: u16,
    /// Whether a pattern may end with the first of them.
    ends: bool,
    /// Whether a letter may stand there at once, or a gap.
    letter: bool,
    gap: bool,
}

impl Behind {
    fn of(index: &TextIndex<'_>, text: &str, stream: &Stream, mask: &Mask) -> Behind {
        let behind = text.get(mask.start as usize..).unwrap_or("");
        let effect = behind.chars().nth(1).map(|c| index.effects.get(c));
        let letter = effect.map(Effect::action) == Some(Action::Letter);
        Behind {
            next: stream.class(mask.run),
            last: stream.class(mask.run + 1),
            // A pattern ends with a word.
            ends: stream.start(mask.run + 1) != stream.start(mask.run).saturating_add(1),
            letter: letter || effect.is_some_and(|effect| !effect.is_blank()),
            gap: !letter,
        }
    }
}

/// A walk that has come to a state.
struct Walk<'i, 'a, 't, 'o> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    start: u32,
    /// Steps that it may still take.
    left: u32,
    out: &'o mut Vec<TextHit>,
}

impl TextIndex<'_> {
    /// Looks at the masks behind which two runs of the stream stand, or at all of them
    /// `at_end` of the text, and appends the hits.
    pub(crate) fn masked(
        &self,
        text: &str,
        stream: &Stream,
        masks: &mut Masks,
        at_end: bool,
        out: &mut Vec<TextHit>,
    ) {
        let classes = stream.classes();
        let known = |mask: &Mask| at_end || mask.run + 2 <= classes.len();
        let ready = masks.waiting.iter().take_while(|mask| known(mask)).count();
        for mask in masks.waiting.drain(..ready) {
            let behind = Behind::of(self, text, stream, &mask);
            for word in mask.words {
                if word.place <= masks.walked || !self.may_be_masked(stream, &mask, word, behind) {
                    continue;
                }
                masks.walked = word.place;
                let start = word.place - 1;
                let most = match masks.steps < STEPS {
                    true => MOST_STEPS,
                    false => FEWEST_STEPS,
                };
                let mut walk = Walk {
                    index: self,
                    text,
                    start,
                    left: most,
                    out,
                };
                walk.go(Effects::new(self, text, start), 0, 0, 0);
                masks.steps = masks.steps.saturating_add(most - walk.left);
            }
        }
    }

    /// Whether some pattern goes on behind a mask as the text does, having begun with a
    /// word.
    fn may_be_masked(&self, stream: &Stream, mask: &Mask, word: Word, behind: Behind) -> bool {
        let Some(before) = stream.classes().get(word.run..mask.run) else {
            return false;
        };
        if behind.next == 0 || before.len() > self.longest() {
            return false;
        }
        let prefix = MaskPrefix::of(before);
        let filter = self.mask_contexts;
        let holds = |last: u16, gap: bool| {
            let hash = prefix.context([behind.next, last], gap);
            let word = filter.get(hash.word(filter.len()));
            word.is_some_and(|word| hash.is_in(u64::from_le_bytes(*word)))
        };
        let holds = |gap: bool| holds(behind.last, gap) || (behind.ends && holds(0, gap));
        (behind.letter && holds(false)) || (behind.gap && holds(true))
    }

    fn verify_masked(&self, text: &str, start: u32, pattern: Pattern) -> Option<TextHit> {
        let budget = self.budget(pattern.spelling);
        let mut reader = Reader::new(self.folding, text, start).peekable();
        let first = *reader.peek()?;
        let mut hit = Alignment::from_first(first);
        let mut masks = 0;
        hit.folds = Folds::MASKED | pattern.costs;
        for at in 0..pattern.count {
            let element = self.element(pattern.first.saturating_add(at));
            if element.has(ElementFlags::GAP) {
                let mut blanks = 0;
                while reader
                    .next_if(|sym| sym.kind.is_blank() || sym.symbol == element.symbol())
                    .is_some()
                {
                    blanks += 1;
                }
                if blanks == 0 || blanks > 2 {
                    return None;
                }
                continue;
            }
            let sym = reader.next()?;
            hit.letters += 1;
            hit.last = sym;
            if is_mask(&sym) && at > 0 && at + 1 < pattern.count {
                masks += 1;
            } else if self.class(sym.symbol) == element.class && sym.kind.is_word() {
                hit.folds |= pair_folds(&sym, element);
                hit.true_letters += u32::from(same(&sym, element));
            } else {
                return None;
            }
        }
        let few = masks <= MOST_MASKS && hit.letters >= FEWEST_LETTERS && !hit.last.more;
        if masks == 0 || !few || hit.true_letters * 2 < hit.letters {
            return None;
        }
        let end = hit.last.end;
        let edges = self.edge_folds(text, &hit, end, self.needs(pattern.spelling), hit.folds)?;
        let clean = edges.is_empty() && budget.contains(hit.folds);
        clean.then_some(TextHit {
            spelling: pattern.spelling,
            start,
            end,
            folds: hit.folds,
        })
    }
}

impl<'a, 't> Walk<'_, 'a, 't, '_> {
    /// Walks on from a state, the class of its last letter and the masks so far.
    fn go(&mut self, mut effects: Effects<'_, 'a, 't>, mut state: u32, mut last: u16, masks: u32) {
        let (mut blanks, mut repeats) = (0, 0);
        while self.left > 0 {
            self.left -= 1;
            let Some(effect) = effects.next() else {
                return;
            };
            match (effect.action(), effect.class()) {
                (Action::Letter, 0) => return,
                (Action::Letter, class) if class == last && repeats < MOST_REPEATS => repeats += 1,
                (Action::Letter, class) => {
                    let Some(child) = self.index.masks.child(state, class.into()) else {
                        return;
                    };
                    (state, last) = (child, class);
                    (blanks, repeats) = (0, 0);
                    self.end_at(state, masks);
                }
                _ if effect.is_blank() && state != 0 && blanks < MOST_BLANKS => blanks += 1,
                _ if effect.is_mask()
                    && masks < MOST_MASKS
                    && blanks < MOST_BLANKS
                    && state != 0 =>
                {
                    self.branch(effects, state, last, masks + 1);
                    // The sign may also be the gap that the spelling has there.
                    blanks += 1;
                }
                _ => return,
            }
        }
    }

    /// Goes on behind a mask with every letter that it may stand for.
    fn branch(&mut self, effects: Effects<'_, 'a, 't>, state: u32, last: u16, masks: u32) {
        let next = next_letter(effects);
        if next == Some(0) {
            return;
        }
        // The masked letter may repeat the one before it.
        self.go(effects, state, last, masks);
        let index = self.index;
        let leads_on = |state: u32, last: u16| match next {
            Some(class) => class == last || index.masks.child(state, class.into()).is_some(),
            None => true,
        };
        for (child, class) in index.masks.children(state) {
            let class = class as u16;
            if leads_on(child, class) {
                self.go(effects, child, class, masks);
            }
        }
    }

    fn end_at(&mut self, state: u32, masks: u32) {
        if masks == 0 {
            return;
        }
        let index = self.index;
        for pattern in index.masks.own_outputs(state) {
            let pattern = index.pattern(pattern);
            let hit = index.verify_masked(self.text, self.start, pattern);
            self.out.extend(hit);
        }
    }
}

/// The class of the letter behind a mask, 0 when no term goes on there; none before
/// another mask.
fn next_letter(effects: Effects<'_, '_, '_>) -> Option<u16> {
    for effect in effects.take(MOST_BLANKS + 1) {
        match effect.action() {
            Action::Letter => return Some(effect.class()),
            _ if effect.is_blank() => {}
            _ if effect.is_mask() => return None,
            _ => return Some(0),
        }
    }
    Some(0)
}

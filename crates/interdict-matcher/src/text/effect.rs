//! Characters to effects: what each character does to the streams of a pass, in one look-up.
//!
//! In: the effect sections, which the compiler composes from the folding table and the
//! classes. Out: for each character a [`Effect`]. It says no more than the folding table and
//! the classes do together; it only says it faster.
//!
//! ```text
//! index   one word for each 128 characters: where their block starts in `blocks`
//! blocks  one effect for each character of a block
//!
//! effect  31 30..28 27..25 24    23   22   21  20    19       18..16 15..0
//!          -  inner  case   blank kana mask han heads anywhere action class
//! ```

use super::grams::REPEATED;
use super::masked::is_mask;
use super::tables::TextIndex;
use crate::fold::{BLOCK, Kind, Reader, Sym, is_kana};
use crate::words::Words;

/// What a character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// It is a letter of its class.
    Letter,
    /// It parts letters.
    Part,
    /// It parts letters, or is one of its class: `!`.
    Sign,
    /// No reader sees it.
    Drop,
    /// It stands for several symbols, or depends on what stands before it.
    Several,
}

/// What a character, or one symbol of it, does to a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Effect(pub(super) u32);

impl Effect {
    /// Grams that are looked for anywhere begin with its class.
    pub const ANYWHERE: u32 = 1 << 19;
    /// Patterns that begin with a word begin with its class.
    pub const HEADS: u32 = 1 << 20;
    /// The bit of the action of what parts letters.
    pub(super) const PART: u32 = 1 << 16;
    const HAN: u32 = 1 << 21;
    pub(super) const MASK: u32 = 1 << 22;
    const KANA: u32 = 1 << 23;
    const BLANK: u32 = 1 << 24;
    const ACTION: u32 = 7 << 16;
    /// The bits of the action of what is no letter of its class and does more than part letters.
    pub(super) const NOT_PLAIN: u32 = Effect::ACTION & !Effect::PART;
    /// A bit each for a digit, a small letter and a capital.
    const DIGIT: u32 = 1 << 25;
    const SMALL: u32 = 1 << 26;
    const CAPITAL: u32 = 1 << 27;
    pub(super) const CASE: u32 = Effect::DIGIT | Effect::SMALL | Effect::CAPITAL;
    /// From the cases of symbols to the bits that tell behind which symbols these are within
    /// a word.
    pub(super) const INNER: u32 = 3;

    /// The effect of a symbol of this class, without what is looked for there. Classes past
    /// 15 bits share effects: candidates are read again by their symbols.
    pub fn of(sym: &Sym, class: u32) -> Effect {
        let action = match sym.kind {
            Kind::Ignorable | Kind::Mark => Action::Drop,
            kind if kind.is_word() => Action::Letter,
            kind if kind.is_blank() || class == 0 => Action::Part,
            _ => Action::Sign,
        };
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        // A letter behind a digit, or a capital behind a small letter, may begin a word.
        let (case, inner) = match (sym.kind, sym.upper) {
            (Kind::Digit, _) => (Effect::DIGIT, Effect::DIGIT),
            (Kind::Letter, false) => (Effect::SMALL, Effect::DIGIT | Effect::SMALL),
            (Kind::Letter, true) => (Effect::CAPITAL, Effect::CASE),
            _ => (0, 0),
        };
        let flags = case
            | inner << Effect::INNER
            | flag(is_plain_han(sym), Effect::HAN)
            | flag(is_mask(sym), Effect::MASK)
            | flag(sym.kind.is_blank(), Effect::BLANK)
            | flag(is_kana(sym.character), Effect::KANA);
        Effect((action as u32) << 16 | flags | u32::from(narrow(class)))
    }

    /// The effect of a letter of this class, of which nothing else is known.
    #[inline(always)]
    pub(super) fn letter(class: u16) -> Effect {
        Effect((Action::Letter as u32) << 16 | u32::from(class))
    }

    /// The effect of a character that stands for several symbols, or for one only after kana.
    pub fn several(character: char) -> Effect {
        let kana = if is_kana(character) { Effect::KANA } else { 0 };
        Effect((Action::Several as u32) << 16 | kana)
    }

    /// The effect of a character that no reader sees.
    pub fn dropped() -> Effect {
        Effect((Action::Drop as u32) << 16)
    }

    /// The same, where this is looked for: [`ANYWHERE`](Self::ANYWHERE),
    /// [`HEADS`](Self::HEADS), both or neither.
    #[must_use]
    pub fn looked_for(self, probes: u32) -> Effect {
        Effect(self.0 | probes & (Effect::ANYWHERE | Effect::HEADS))
    }

    /// The same, as one of several symbols of a character: of no case, so that words may
    /// begin on either side of it.
    fn of_several(self) -> Effect {
        let caseless = Effect(self.0 & !(Effect::CASE | Effect::CASE << Effect::INNER));
        caseless.looked_for(Effect::ANYWHERE | Effect::HEADS)
    }

    /// The effect as a word of the table.
    pub fn word(self) -> u32 {
        self.0
    }

    /// What it does.
    #[inline]
    pub(crate) fn action(self) -> Action {
        match self.0 >> 16 & 7 {
            0 => Action::Letter,
            1 => Action::Part,
            2 => Action::Sign,
            3 => Action::Drop,
            _ => Action::Several,
        }
    }

    /// The class of its letter, 0 when no spelling knows it.
    #[inline]
    pub fn class(self) -> u16 {
        self.0 as u16
    }

    /// Han or kin, and no stroke.
    #[inline]
    pub(crate) fn is_han(self) -> bool {
        self.0 & Effect::HAN != 0
    }

    /// Whether it may stand for a masked letter.
    #[inline]
    pub(crate) fn is_mask(self) -> bool {
        self.0 & Effect::MASK != 0
    }

    /// Whether it is a letter of its class.
    #[inline]
    pub(crate) fn is_letter(self) -> bool {
        self.0 & Effect::ACTION == (Action::Letter as u32) << 16
    }

    /// Whether it parts letters and does nothing else.
    #[inline(always)]
    pub(crate) fn is_part(self) -> bool {
        self.0 & Effect::ACTION == (Action::Part as u32) << 16
    }

    /// Whether it is a letter of its class, or parts letters, and does nothing else.
    #[inline(always)]
    pub(super) fn is_plain(self) -> bool {
        self.0 & Effect::NOT_PLAIN == 0
    }

    /// Whether it is Han, or parts letters and does nothing else.
    #[inline(always)]
    pub(super) fn is_han_or_part(self) -> bool {
        let asked = Effect::NOT_PLAIN | Effect::CASE;
        self.0 & asked == 0 && self.0 & (Effect::PART | Effect::HAN) != 0
    }

    /// Whether it is alphanumeric and the symbol before it is not.
    #[inline]
    pub(crate) fn begins_word(self, before: Effect) -> bool {
        self.0 & Effect::CASE != 0 && before.0 & Effect::CASE == 0
    }

    /// What is looked for where it stands behind `before`: [`HEADS`](Self::HEADS) only where
    /// a spelling that must begin with a word may begin, which the edge rules decide.
    #[inline]
    pub(crate) fn probes(self, before: Effect) -> u32 {
        let within = before.0 >> Effect::INNER & self.0 & Effect::CASE != 0;
        let heads = if within { 0 } else { Effect::HEADS };
        self.0 & (Effect::ANYWHERE | heads)
    }

    /// Whether it is white space.
    #[inline]
    pub(crate) fn is_blank(self) -> bool {
        self.0 & Effect::BLANK != 0
    }

    /// Whether a voicing mark after it is seen.
    #[inline]
    pub(crate) fn is_kana(self) -> bool {
        self.0 & Effect::KANA != 0
    }
}

/// A class in the 15 bits that runs have; 0 stays 0.
pub fn narrow(class: u32) -> u16 {
    match class {
        0 => 0,
        _ => ((class - 1) % u32::from(REPEATED - 1) + 1) as u16,
    }
}

/// Han, and none of the strokes and marks that are no word alone and stand for a bar or
/// a dot.
pub(super) fn is_plain_han(sym: &Sym) -> bool {
    let stroke = matches!(
        sym.character,
        '\u{309B}'..='\u{309E}'
            | '\u{30FB}'..='\u{30FE}'
            | '\u{4E28}' | '\u{4E36}' | '\u{4E3F}' | '\u{4E85}' | '\u{2F01}'..='\u{2F05}'
    );
    matches!(sym.kind, Kind::Han | Kind::Voice) && !stroke
}

/// Characters of three bytes are in the first of so many blocks.
const NEAR: usize = 0x1_0000 / BLOCK;

/// The effects of the characters of a block, as they lie in an artifact.
type Block = [[u8; 4]; BLOCK];

/// Characters to effects, borrowed from an artifact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EffectMap<'a> {
    index: Words<'a>,
    /// The part of the index for characters of up to three bytes.
    near: &'a [[u8; 4]; NEAR],
    blocks: &'a [Block],
    ascii: &'a Block,
}

impl<'a> EffectMap<'a> {
    /// A view on the two sections.
    pub(crate) fn new(index: &'a [u8], blocks: &'a [u8]) -> EffectMap<'a> {
        let near = index.as_chunks().0.first_chunk();
        let words: &[[u8; 4]] = blocks.as_chunks().0;
        let blocks = words.as_chunks().0;
        let index = Words::new(index);
        let ascii = blocks.get(index.get(0) as usize / BLOCK);
        EffectMap {
            index,
            near: near.unwrap_or(&[[0; 4]; NEAR]),
            blocks,
            ascii: ascii.unwrap_or(&[[0; 4]; BLOCK]),
        }
    }

    /// The effect of a character.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Effect {
        let code = c as usize;
        self.within(self.index.get(code / BLOCK), code % BLOCK)
    }

    /// The effect of a character that is one byte, none of a byte that is only part of one.
    #[inline(always)]
    pub(crate) fn of_ascii(&self, byte: u8) -> Option<Effect> {
        let word = self.ascii.get(usize::from(byte))?;
        Some(Effect(u32::from_le_bytes(*word)))
    }

    /// The effect of a character of three bytes.
    #[inline(always)]
    pub(super) fn of_three(&self, [first, second, third]: [u8; 3]) -> Effect {
        let code = usize::from(first & 0x0F) << 12
            | usize::from(second & 0x3F) << 6
            | usize::from(third & 0x3F);
        self.within(u32::from_le_bytes(self.near[code / BLOCK]), code % BLOCK)
    }

    /// The effects of ASCII as words.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn words_of_ascii(&self) -> &'a [[u8; 4]; BLOCK] {
        self.ascii
    }

    /// The effect at a place of the block that starts there.
    #[inline(always)]
    fn within(&self, block: u32, place: usize) -> Effect {
        let block = self.blocks.get(block as usize / BLOCK);
        let word = block.and_then(|block| block.get(place));
        Effect(word.map_or(0, |word| u32::from_le_bytes(*word)))
    }

    /// Whether every character leads to an effect.
    pub(crate) fn validate(&self) -> Result<(), &'static str> {
        let leads = |at: usize| {
            let block = self.index.get(at) as usize;
            block.is_multiple_of(BLOCK) && block / BLOCK < self.blocks.len()
        };
        if self.index.len() != 0x11_0000 / BLOCK || !(0..self.index.len()).all(leads) {
            return Err("a block of effects lies outside its section");
        }
        Ok(())
    }
}

/// The effects of a text from a place on, without what no reader sees. Small, because walks
/// branch by copying it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effects<'i, 'a, 't> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    at: usize,
    /// The last character that is seen.
    before: Effect,
    /// Symbols that were read of a character that stands for several.
    several: usize,
}

impl<'i, 'a, 't> Effects<'i, 'a, 't> {
    /// The effects from this byte on, which must be the start of a character; otherwise
    /// there are none.
    pub(crate) fn new(index: &'i TextIndex<'a>, text: &'t str, from: u32) -> Self {
        Effects {
            index,
            text,
            at: from as usize,
            before: Effect::dropped(),
            several: 0,
        }
    }

    /// The next symbol of a character that stands for several.
    #[cold]
    fn next_of_several(&mut self, character: char) -> Option<Effect> {
        let start = self.at as u32;
        let reader = Reader::new(self.index.folding, self.text, start);
        let mut symbols = reader.after_kana(self.before.is_kana()).skip(self.several);
        let sym = symbols.next().filter(|sym| sym.start == start);
        self.several += 1;
        if sym.is_none_or(|sym| !sym.more) {
            self.several = 0;
            self.before = Effect::several(character);
            self.at += character.len_utf8();
        }
        sym.map(|sym| self.index.effect_of_several(&sym))
    }
}

impl TextIndex<'_> {
    /// The effect of one of several symbols of a character.
    pub(super) fn effect_of_several(&self, sym: &Sym) -> Effect {
        Effect::of(sym, self.class(sym.symbol)).of_several()
    }
}

impl Iterator for Effects<'_, '_, '_> {
    type Item = Effect;

    #[inline]
    fn next(&mut self) -> Option<Effect> {
        loop {
            let character = self.text.get(self.at..)?.chars().next()?;
            let effect = self.index.effects.get(character);
            match effect.action() {
                Action::Several => {
                    if let Some(symbol) = self.next_of_several(character) {
                        return Some(symbol);
                    }
                }
                action => {
                    self.at += character.len_utf8();
                    if action != Action::Drop {
                        self.before = effect;
                        return Some(effect);
                    }
                }
            }
        }
    }
}

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
//! effect  31..25 24    23   22   21   20           19 18..16 15..0
//!          -     blank kana mask han  alphanumeric -  action class
//! ```

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
pub struct Effect(u32);

impl Effect {
    const ALPHANUMERIC: u32 = 1 << 20;
    const HAN: u32 = 1 << 21;
    const MASK: u32 = 1 << 22;
    const KANA: u32 = 1 << 23;
    const BLANK: u32 = 1 << 24;

    /// The effect of a symbol of this class. Classes past 16 bits share effects:
    /// candidates are read again by their symbols.
    pub fn of(sym: &Sym, class: u32) -> Effect {
        let action = match sym.kind {
            Kind::Ignorable | Kind::Mark => Action::Drop,
            kind if kind.is_word() => Action::Letter,
            kind if kind.is_blank() || class == 0 => Action::Part,
            _ => Action::Sign,
        };
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        let flags = flag(sym.kind.is_alphanumeric(), Effect::ALPHANUMERIC)
            | flag(is_plain_han(sym), Effect::HAN)
            | flag(is_mask(sym), Effect::MASK)
            | flag(sym.kind.is_blank(), Effect::BLANK)
            | flag(is_kana(sym.character), Effect::KANA);
        Effect((action as u32) << 16 | flags | u32::from(narrow(class)))
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
    pub(crate) fn class(self) -> u16 {
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

    /// Whether a word begins with it, where `before` stands before it.
    #[inline]
    pub(crate) fn begins_word(self, before: Effect) -> bool {
        self.0 & !before.0 & Effect::ALPHANUMERIC != 0
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

/// A class in the 16 bits of an effect; 0 stays 0.
pub fn narrow(class: u32) -> u16 {
    match class {
        0 => 0,
        _ => ((class - 1) % u32::from(u16::MAX) + 1) as u16,
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

/// Characters to effects, borrowed from an artifact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EffectMap<'a> {
    index: Words<'a>,
    blocks: Words<'a>,
    ascii: Words<'a>,
}

impl<'a> EffectMap<'a> {
    /// A view on the two sections.
    pub(crate) fn new(index: &'a [u8], blocks: &'a [u8]) -> EffectMap<'a> {
        let first = Words::new(index).get(0) as usize * 4;
        let ascii = blocks.get(first..first.saturating_add(BLOCK * 4));
        EffectMap {
            index: Words::new(index),
            blocks: Words::new(blocks),
            ascii: Words::new(ascii.unwrap_or(&[])),
        }
    }

    /// The effect of a character.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Effect {
        let code = c as usize;
        if code < BLOCK {
            return Effect(self.ascii.get(code));
        }
        let block = self.index.get(code / BLOCK) as usize;
        Effect(self.blocks.get(block.saturating_add(code % BLOCK)))
    }

    /// Whether every character leads to an effect.
    pub(crate) fn validate(&self) -> Result<(), &'static str> {
        let reach =
            |i: usize| (self.index.get(i) as usize).saturating_add(BLOCK) <= self.blocks.len();
        if self.index.len() != 0x11_0000 / BLOCK || !(0..self.index.len()).all(reach) {
            return Err("a block of effects lies outside its section");
        }
        Ok(())
    }
}

/// The effects of a text from a place on, without what no reader sees.
#[derive(Clone, Debug)]
pub(crate) struct Effects<'i, 'a, 't> {
    index: &'i TextIndex<'a>,
    text: &'t str,
    characters: core::str::CharIndices<'t>,
    from: u32,
    /// The last character that is seen.
    before: Effect,
    /// The symbols of a character that stands for several, and where it starts.
    several: Option<(Reader<'t, 'a>, u32)>,
}

impl<'i, 'a, 't> Effects<'i, 'a, 't> {
    /// The effects from this byte on, which must be the start of a character; otherwise
    /// there are none.
    pub(crate) fn new(index: &'i TextIndex<'a>, text: &'t str, from: u32) -> Self {
        Effects {
            index,
            text,
            characters: text.get(from as usize..).unwrap_or("").char_indices(),
            from,
            before: Effect::dropped(),
            several: None,
        }
    }

    #[cold]
    fn begin_several(&mut self, effect: Effect, start: u32) {
        let reader = Reader::new(self.index.folding, self.text, start);
        self.several = Some((reader.after_kana(self.before.is_kana()), start));
        self.before = effect;
    }

    /// The next symbol of a character that stands for several.
    #[cold]
    fn next_of_several(&mut self) -> Option<(Effect, u32)> {
        let (reader, start) = self.several.as_mut()?;
        let start = *start;
        let sym = reader.next().filter(|sym| sym.start == start);
        if sym.is_none_or(|sym| !sym.more) {
            self.several = None;
        }
        sym.map(|sym| (Effect::of(&sym, self.index.class(sym.symbol)), start))
    }
}

impl Iterator for Effects<'_, '_, '_> {
    /// What a symbol does, and where its character starts.
    type Item = (Effect, u32);

    #[inline]
    fn next(&mut self) -> Option<(Effect, u32)> {
        loop {
            if self.several.is_some()
                && let Some(symbol) = self.next_of_several()
            {
                return Some(symbol);
            }
            let (at, character) = self.characters.next()?;
            let start = self.from + at as u32;
            let effect = self.index.effects.get(character);
            match effect.action() {
                Action::Drop => {}
                Action::Several => self.begin_several(effect, start),
                _ => {
                    self.before = effect;
                    return Some((effect, start));
                }
            }
        }
    }
}

//! A spelling as elements: the symbols that a text must show, and the gaps between
//! words.

use interdict_matcher::fold::{Kind, Sym};
use interdict_matcher::text::{ELEMENT_WORDS, ElementFlags};

use super::classes::Classes;
use crate::fold::fold_text;

/// One symbol of a spelling, or a gap between its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) symbol: u32,
    pub(super) kind: Kind,
    pub(super) gap: bool,
    /// A gap that may be there or not.
    pub(super) optional: bool,
    character: char,
    folded: bool,
    upper: bool,
}

impl Element {
    /// The element of a symbol.
    pub(super) fn of(sym: &Sym) -> Element {
        Element {
            symbol: sym.symbol,
            kind: sym.kind,
            gap: false,
            optional: false,
            character: sym.character,
            folded: sym.level == 2,
            upper: sym.upper,
        }
    }

    /// What tells its kind from others: its class follows from its symbol.
    pub(super) fn kind_key(&self) -> u64 {
        u64::from(self.word()) << 32 | u64::from(u32::from(self.character))
    }

    /// Its symbol and its flags.
    fn word(&self) -> u32 {
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        self.symbol
            | flag(self.folded, ElementFlags::FOLDED)
            | flag(self.upper, ElementFlags::UPPER)
            | flag(self.gap, ElementFlags::GAP)
            | flag(self.optional, ElementFlags::OPTIONAL)
            | flag(self.gap && self.kind.is_blank(), ElementFlags::BLANK)
    }

    /// The element as the runtime reads it.
    pub(super) fn words(&self, classes: &Classes) -> [u32; ELEMENT_WORDS] {
        let class = match self.gap {
            true => 0,
            false => classes.class(self.symbol),
        };
        [self.word(), self.character as u32, class]
    }
}

/// The elements of a spelling. Signs at its ends (`#ico`, `C++`, an emoji) must be
/// there in the text; blanks and sentence punctuation at its ends are dropped, and
/// what stands between its letters is a gap.
pub(super) fn elements(text: &str) -> Vec<Element> {
    let syms = fold_text(text);
    let word = |sym: &Sym| sym.kind.is_word();
    let (Some(first), Some(last)) = (syms.iter().position(word), syms.iter().rposition(word))
    else {
        let signs = syms.iter().filter(|sym| !sym.kind.is_blank());
        return signs.map(Element::of).collect();
    };
    let mut out = Vec::new();
    for (at, sym) in syms.iter().enumerate() {
        let outer = at < first || at > last;
        if word(sym) || (outer && is_sign(sym)) {
            out.push(Element::of(sym));
        } else if !outer {
            push_gap(&mut out, sym);
        }
    }
    out
}

/// A gap holds its first sign, or is blank when all of it is.
fn push_gap(out: &mut Vec<Element>, sym: &Sym) {
    match out.last_mut() {
        Some(gap) if gap.gap => {
            if gap.kind.is_blank() && !sym.kind.is_blank() {
                gap.kind = sym.kind;
                gap.symbol = sym.symbol;
            }
        }
        _ => out.push(Element {
            gap: true,
            ..Element::of(sym)
        }),
    }
}

/// Whether a character at the end of a spelling is part of it.
fn is_sign(sym: &Sym) -> bool {
    let sentence = matches!(
        sym.character,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '"'
            | '\''
            | '('
            | ')'
            | '，'
            | '。'
            | '！'
            | '？'
            | '；'
            | '：'
            | '“'
            | '”'
            | '《'
            | '》'
            | '「'
            | '」'
            | '【'
            | '】'
            | '、'
            | '…'
            | '-'
            | '_'
            | '/'
    );
    !sym.kind.is_blank() && !sentence
}

//! The folding table and the classes, composed: what each character does to a pass.
//!
//! In: the folding table of an artifact and its classes. Out: the effect sections, as the
//! runtime's `text::effect` draws them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use interdict_matcher::fold::{BLOCK, FoldTable, Kind, Reader};
use interdict_matcher::text::Effect;

use super::classes::Classes;

/// Blocks in which a character differs from others of its kind by more than its class:
/// ASCII with its masks, strokes, kana.
const SINGULAR: [std::ops::RangeInclusive<usize>; 5] = [
    0..=0,
    0x2F00 / BLOCK..=0x2F05 / BLOCK,
    0x3041 / BLOCK..=0x31FF / BLOCK,
    0x4E28 / BLOCK..=0x4E85 / BLOCK,
    0xFF66 / BLOCK..=0xFF9D / BLOCK,
];

/// The effect index and its blocks. `probes` tells what is looked for where a class stands.
pub(super) fn write(
    folding: FoldTable<'_>,
    classes: &Classes,
    probes: &dyn Fn(u16) -> u32,
) -> (Vec<u32>, Vec<u32>) {
    let with_class: BTreeSet<usize> = classes.symbols().map(|s| s as usize / BLOCK).collect();
    let mut index = Vec::with_capacity(0x11_0000 / BLOCK);
    let mut blocks = Vec::new();
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut plain: BTreeMap<u32, u32> = BTreeMap::new();
    for number in 0..0x11_0000 / BLOCK {
        let singular = SINGULAR.iter().any(|range| range.contains(&number));
        // Blocks that fold alike and whose own characters no spelling knows are alike.
        let shared = !singular && !with_class.contains(&number);
        let folded = folding.block(number);
        if let Some(&at) = plain.get(&folded).filter(|_| shared) {
            index.push(at);
            continue;
        }
        let block: Vec<u32> = (0..BLOCK)
            .map(|place| effect(folding, classes, (number * BLOCK + place) as u32))
            .map(|effect| effect.looked_for(probes(effect.class())).word())
            .collect();
        let at = *known.entry(block).or_insert_with_key(|block| {
            let at = blocks.len() as u32;
            blocks.extend(block);
            at
        });
        if shared {
            plain.insert(folded, at);
        }
        index.push(at);
    }
    (index, blocks)
}

fn effect(folding: FoldTable<'_>, classes: &Classes, code: u32) -> Effect {
    // Surrogates are in no text.
    let character = char::from_u32(code).unwrap_or('\u{FFFD}');
    let entry = folding.entry(character);
    if entry.kind() == Kind::Voice {
        return Effect::several(character);
    }
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    match Reader::new(folding, text, 0).next() {
        Some(sym) if sym.more => Effect::several(character),
        Some(sym) => Effect::of(&sym, classes.class(sym.symbol)),
        None => Effect::dropped(),
    }
}

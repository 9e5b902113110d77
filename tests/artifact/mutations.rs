//! Artifacts that were changed at random are refused, or decide; nothing panics or hangs.

use interdict_matcher::artifact::TEXT_SECTIONS;

use super::{artifact, packed, sections, try_bytes, try_trusted};
use crate::support::Random;

/// The sections with a folding table for the first characters alone, so that a mutation is cheap.
fn light(mut sections: Vec<(u32, Vec<u8>)>) -> Vec<(u32, Vec<u8>)> {
    let place = sections
        .iter()
        .position(|(kind, _)| *kind == TEXT_SECTIONS)
        .expect("a folding index");
    let block = 0x11_0000 / (sections[place].1.len() / 4);
    let kept = 8 * block * 4;
    for word in sections[place].1.chunks_exact_mut(4) {
        let start = u32::from_le_bytes(word.try_into().expect("four bytes")) as usize;
        if (start + block) * 4 > kept {
            word.fill(0);
        }
    }
    sections[place + 1].1.truncate(kept);
    sections
}

fn mutate(random: &mut Random, bytes: &mut Vec<u8>) {
    const WORDS: [u32; 8] = [0, 1, 2, 5, 64, 0x7FFF_FFFF, u32::MAX - 1, u32::MAX];
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    match random.below(6) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
        2 | 3 => {
            let at = at / 4 * 4;
            let word = if random.once_in(2) {
                random.pick(&WORDS)
            } else {
                random.next() as u32 % 300
            };
            for (slot, byte) in bytes[at..].iter_mut().zip(word.to_le_bytes()) {
                *slot = byte;
            }
        }
        4 => bytes.truncate(at),
        _ => {
            let from = random.below(bytes.len());
            let piece: Vec<u8> = bytes[from..].iter().copied().take(8).collect();
            for (slot, byte) in bytes[at..].iter_mut().zip(piece) {
                *slot = byte;
            }
        }
    }
}

/// Half of the mutations fit their content id and so reach the validator.
fn mutations(seed: u64, rounds: usize) -> [usize; 2] {
    let (bytes, mut random) = (artifact(), Random(seed));
    let whole = light(sections(&bytes));
    assert!(try_bytes(packed(&whole)), "the light artifact is sound");
    let head = &bytes[..bytes.len().min(4096)];
    let mut counts = [0, 0];
    for round in 0..rounds {
        let mutated = if round % 2 == 0 {
            let mut copy = head.to_vec();
            mutate(&mut random, &mut copy);
            copy
        } else {
            let mut changed = whole.clone();
            for _ in 0..=random.below(3) {
                let at = random.below(changed.len());
                mutate(&mut random, &mut changed[at].1);
            }
            packed(&changed)
        };
        counts[usize::from(try_bytes(mutated))] += 1;
    }
    counts
}

/// What is opened without a check decides anything, and neither panics nor hangs.
#[test]
fn no_mutation_that_is_trusted_panics_or_hangs() {
    let (whole, mut random) = (light(sections(&artifact())), Random(5));
    let mut opened = 0;
    for _ in 0..20_000 {
        let mut changed = whole.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(changed.len());
            mutate(&mut random, &mut changed[at].1);
        }
        opened += usize::from(try_trusted(packed(&changed)));
    }
    assert!(opened > 10_000, "{opened} opened");
}

/// `INTERDICT_MUTATIONS` and `INTERDICT_SEED` try more, and others.
#[test]
fn no_mutation_panics_or_hangs() {
    let given = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let count = given("INTERDICT_MUTATIONS").unwrap_or(100_000);
    let first = given("INTERDICT_SEED").unwrap_or(1);
    let each = usize::try_from(count / 4).expect("a count");
    let seeds = first..first + 4;
    let threads = seeds.map(|seed| std::thread::spawn(move || mutations(seed, each)));
    let threads: Vec<_> = threads.collect();
    for thread in threads {
        let [refused, loaded] = thread.join().expect("no panic");
        assert!(
            loaded > 100 && refused > 100,
            "{loaded} loaded, {refused} refused"
        );
    }
}

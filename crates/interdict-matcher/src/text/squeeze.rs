//! Effects to runs: neighbours of one class are one, what parts letters is skipped.
//!
//! In: a batch of characters. Out: the runs of a stream, and the probes among them. There are
//! two ways to the same runs: a character at a time, and a block of them where the processor
//! has instructions for that.

use super::batch::Batch;
use super::effect::Effect;
use super::masked::Masks;
use super::stream::{Pen, Stream};
use super::vector::Vectors;

impl Stream {
    /// Takes in the characters of a batch, the first of which stands behind `before`. With
    /// `MASKS`, `masks` are told of words and of the signs that may be masked letters.
    pub(super) fn squeeze<const MASKS: bool>(
        &mut self,
        batch: &Batch,
        before: Effect,
        masks: &mut Masks,
    ) {
        let mut squeezer = Squeezer {
            pen: self.pen(batch.len()),
            batch,
            before,
            masks,
        };
        match Vectors::detect() {
            Some(vectors) => vectors.squeeze::<MASKS>(&mut squeezer),
            None => squeezer.characters::<MASKS>(0..batch.len()),
        }
        let end = squeezer.pen.end;
        self.end_at(end);
    }
}

/// What squeezing borrows.
pub(super) struct Squeezer<'s, 'b, 'm> {
    pub(super) pen: Pen<'s>,
    pub(super) batch: &'b Batch,
    pub(super) before: Effect,
    pub(super) masks: &'m mut Masks,
}

impl Squeezer<'_, '_, '_> {
    /// Takes in characters of the batch, one at a time.
    pub(super) fn characters<const MASKS: bool>(&mut self, numbers: std::ops::Range<usize>) {
        for number in numbers {
            let (effect, start) = self.batch.get(number);
            if MASKS {
                self.masks.read(&self.pen, effect, self.before, start);
            }
            self.pen.write(effect, start, effect.probes(self.before));
            self.before = effect;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::grams::REPEATED;

    /// Numbers that look random; the same seed gives the same.
    struct Random(u64);

    impl Random {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(0x5851_F42D_4C95_7F2D)
                .wrapping_add(0x1405_7B7E);
            (self.0 >> 33) % most
        }

        /// A character with few classes, so that they repeat, and all kinds of flags.
        fn effect(&mut self) -> Effect {
            let part = self.below(4) == 0 && self.below(3) > 0;
            let class = self.below(5) as u32;
            let bits = |random: &mut Random, bits: u32| random.below(u64::from(bits) + 1) as u32;
            let case = [0, 1, 2, 4][bits(self, 3) as usize] << Effect::CASE.trailing_zeros();
            let inner = [0, 1, 3, 7][bits(self, 3) as usize] << Effect::CASE.trailing_zeros();
            let letter = case | inner << Effect::INNER;
            let mask = Effect::MASK * bits(self, 1);
            match part {
                true => Effect(Effect::PART | mask),
                // Class 0 is in no spelling, so that nothing is looked for there.
                false if class == 0 => Effect(letter | mask),
                false => Effect(letter | (Effect::ANYWHERE * bits(self, 3)) | class),
            }
        }
    }

    /// What a way of squeezing leaves.
    fn squeezed<const MASKS: bool>(
        batches: &[Batch],
        way: impl Fn(&mut Squeezer<'_, '_, '_>),
    ) -> (Vec<u16>, Vec<u32>, String) {
        let (mut stream, mut masks) = (Stream::default(), Masks::default());
        stream.clear();
        let mut before = Effect::dropped();
        for batch in batches {
            let mut squeezer = Squeezer {
                pen: stream.pen(batch.len()),
                batch,
                before,
                masks: &mut masks,
            };
            way(&mut squeezer);
            before = squeezer.before;
            let end = squeezer.pen.end;
            stream.end_at(end);
        }
        let runs = 0..stream.len();
        let starts = runs.clone().map(|run| stream.start(run)).collect();
        let rest = format!("{:?} {masks:?} {before:?}", stream.probes(&runs));
        (stream.classes().to_vec(), starts, rest)
    }

    fn agree<const MASKS: bool>(vectors: Vectors, batches: &[Batch]) {
        let one = squeezed::<MASKS>(batches, |squeezer| {
            squeezer.characters::<MASKS>(0..squeezer.batch.len());
        });
        let other = squeezed::<MASKS>(batches, |squeezer| vectors.squeeze::<MASKS>(squeezer));
        assert_eq!(one, other);
    }

    #[test]
    fn a_block_at_a_time_gives_the_runs_of_a_character_at_a_time() {
        let Some(vectors) = Vectors::detect() else {
            return;
        };
        let mut random = Random(1);
        for _ in 0..3_000 {
            let mut start = 0;
            let batches: Vec<Batch> = (0..3)
                .map(|_| {
                    let mut batch = Batch::default();
                    // Some are all parts for a while, which ends every term.
                    let gap = random.below(40);
                    for place in 0..random.below(70) {
                        let effect = match place > gap && place < gap + 14 {
                            true => Effect(Effect::PART),
                            false => random.effect(),
                        };
                        batch.push(effect, start);
                        start += 1 + random.below(3) as usize;
                    }
                    batch
                })
                .collect();
            agree::<false>(vectors, &batches);
            agree::<true>(vectors, &batches);
        }
    }

    #[test]
    fn neighbours_of_one_class_are_one_run() {
        let mut batch = Batch::default();
        let letters = [1, 1, 2, 0, 0, 3].map(Effect::letter);
        for (place, letter) in letters.into_iter().enumerate() {
            batch.push(letter, place);
        }
        let (classes, starts, _) = squeezed::<false>(&[batch], |squeezer| {
            squeezer.characters::<false>(0..6);
        });
        assert_eq!(classes, [0, 1 | REPEATED, 2, 0, 3]);
        assert_eq!(starts[1..], [0, 2, 3, 5]);
    }
}

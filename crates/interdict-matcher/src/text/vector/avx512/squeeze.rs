//! Effects to runs, sixteen characters at a time.

use std::arch::x86_64::{
    __m512i, _mm256_storeu_si256, _mm512_add_epi32, _mm512_alignr_epi32, _mm512_and_si512,
    _mm512_cmpneq_epi32_mask, _mm512_cvtepi32_epi16, _mm512_mask_andnot_epi32,
    _mm512_mask_or_epi32, _mm512_maskz_compress_epi32, _mm512_or_si512, _mm512_setzero_si512,
    _mm512_srli_epi32, _mm512_test_epi32_mask, _mm512_testn_epi32_mask,
};

use crate::text::batch::LANES;
use crate::text::effect::Effect;
use crate::text::grams::REPEATED;
use crate::text::stream::{LONGEST_GAP, Probe};

use super::{Vectors, counting, load, low, same, store};
use crate::text::squeeze::Squeezer;

/// The bits of a character that runs and probes keep.
const KEPT: u32 = 0xFFFF | WANTED;
const WANTED: u32 = Effect::ANYWHERE | Effect::HEADS;

impl Vectors {
    /// Takes in the whole batch, as [`Squeezer::characters`].
    pub(in crate::text) fn squeeze<const MASKS: bool>(self, squeezer: &mut Squeezer<'_, '_, '_>) {
        // SAFETY: the processor has the instructions.
        unsafe { blocks::<MASKS>(squeezer) }
    }
}

/// What the next block needs of those before it.
#[derive(Clone, Copy)]
struct Carry {
    /// The last character's effect, in the last lane.
    before: __m512i,
    /// The class of the last run, 0 when a letter cannot belong to it.
    class: u16,
    gap: u32,
    runs: usize,
    probes: usize,
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn blocks<const MASKS: bool>(squeezer: &mut Squeezer<'_, '_, '_>) {
    let length = squeezer.batch.len();
    let mut first = 0;
    let mut carry = carried(squeezer);
    while first < length {
        let count = (length - first).min(LANES);
        match block::<MASKS>(squeezer, first, count, carry) {
            Some(next) => carry = next,
            None => {
                settle(squeezer, carry, first);
                squeezer.characters::<MASKS>(first..first + count);
                carry = carried(squeezer);
            }
        }
        first += count;
    }
    settle(squeezer, carry, length);
}

/// What the first block needs.
#[inline]
#[target_feature(enable = "avx512f")]
fn carried(squeezer: &Squeezer<'_, '_, '_>) -> Carry {
    let end = squeezer.pen.end;
    Carry {
        before: same(squeezer.before.0),
        class: end.class(),
        gap: end.gap,
        runs: end.runs,
        probes: end.probes,
    }
}

/// Lets the squeezer know how far the blocks came, which is `past` its characters.
#[inline]
fn settle(squeezer: &mut Squeezer<'_, '_, '_>, carry: Carry, past: usize) {
    let end = &mut squeezer.pen.end;
    (end.runs, end.probes, end.gap) = (carry.runs, carry.probes, carry.gap);
    let last = squeezer.pen.classes.get(end.runs.wrapping_sub(1));
    end.last = match carry.class {
        0 => 0,
        _ => last.copied().unwrap_or(0),
    };
    if let Some(last) = past.checked_sub(1) {
        squeezer.before = squeezer.batch.get(last).0;
    }
}

/// Takes in a block of `count` characters, and gives back what the next one needs; none where
/// the block is left to the scalar way.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn block<const MASKS: bool>(
    squeezer: &mut Squeezer<'_, '_, '_>,
    first: usize,
    count: usize,
    carry: Carry,
) -> Option<Carry> {
    let (effects, starts) = squeezer.batch.block(first)?;
    let (effects, starts) = (load(effects), load(starts));
    let valid = low(count as u32);
    let letters = _mm512_testn_epi32_mask(effects, same(Effect::PART)) & valid;
    if ends_terms(letters, count as u32, carry.gap) {
        return None;
    }
    // A letter that goes on with a word begins no spelling that must begin with one.
    let previous = _mm512_alignr_epi32::<15>(effects, carry.before);
    let inner = _mm512_srli_epi32::<{ Effect::INNER }>(previous);
    let inner = _mm512_and_si512(inner, same(Effect::CASE));
    let within = _mm512_test_epi32_mask(inner, effects);
    let kept = _mm512_and_si512(effects, same(KEPT));
    let kept = _mm512_mask_andnot_epi32(kept, within, same(Effect::HEADS), kept);

    // Letters side by side.
    let number = letters.count_ones();
    let kept = _mm512_maskz_compress_epi32(letters, kept);
    let starts = _mm512_maskz_compress_epi32(letters, starts);
    let classes = _mm512_and_si512(kept, same(0xFFFF));
    let neighbours = _mm512_alignr_epi32::<15>(classes, same(carry.class.into()));
    let begins = _mm512_cmpneq_epi32_mask(classes, neighbours) & low(number);
    let goes_on = !begins & low(number);
    let asks_again = _mm512_test_epi32_mask(kept, same(WANTED)) & goes_on;
    if asks_again & (goes_on << 1 | 1) != 0 {
        return None;
    }
    let repeats = goes_on & _mm512_test_epi32_mask(classes, classes);
    if repeats & 1 != 0 {
        let last = squeezer.pen.classes.get_mut(carry.runs.wrapping_sub(1));
        last.into_iter().for_each(|last| *last |= REPEATED);
    }
    if MASKS {
        let case = same(Effect::CASE);
        let words = _mm512_test_epi32_mask(effects, case) & _mm512_testn_epi32_mask(previous, case);
        let signs = _mm512_test_epi32_mask(effects, same(Effect::MASK));
        let place = Place {
            first,
            letters,
            begins,
        };
        masks(squeezer, place, carry, signs & valid, words & valid);
    }
    // A second letter of a run may begin a word where the first does not.
    let behind = _mm512_alignr_epi32::<1>(_mm512_setzero_si512(), kept);
    let behind = _mm512_and_si512(behind, same(WANTED));
    let kept = _mm512_mask_or_epi32(kept, asks_again >> 1, kept, behind);
    let kept = _mm512_mask_or_epi32(kept, repeats >> 1, kept, same(REPEATED.into()));

    // Runs side by side.
    let kept = _mm512_maskz_compress_epi32(begins, kept);
    let starts = _mm512_maskz_compress_epi32(begins, starts);
    let wanted = _mm512_and_si512(kept, same(WANTED));
    let probed = _mm512_test_epi32_mask(wanted, wanted);
    let numbers = _mm512_add_epi32(same(carry.runs as u32), counting());
    let probes = _mm512_maskz_compress_epi32(probed, _mm512_or_si512(numbers, wanted));
    squeezer.store(carry, kept, starts, probes);
    let last = letters.checked_ilog2();
    Some(Carry {
        before: effects,
        class: last.map_or(carry.class, |last| {
            squeezer.batch.get(first + last as usize).0.class()
        }),
        gap: last.map_or(carry.gap + count as u32, |last| count as u32 - 1 - last),
        runs: carry.runs + begins.count_ones() as usize,
        probes: carry.probes + probed.count_ones() as usize,
    })
}

impl Squeezer<'_, '_, '_> {
    /// Writes runs and probes behind the end.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn store(&mut self, carry: Carry, kept: __m512i, starts: __m512i, probes: __m512i) {
        if let Some(place) = self
            .pen
            .classes
            .get_mut(carry.runs..)
            .and_then(<[u16]>::first_chunk_mut::<LANES>)
        {
            let narrow = _mm512_cvtepi32_epi16(kept);
            // SAFETY: the place has sixteen halves of a word.
            unsafe { _mm256_storeu_si256(place.as_mut_ptr().cast(), narrow) };
        }
        let starts_at = self.pen.starts.get_mut(carry.runs..);
        if let Some(place) = starts_at.and_then(<[u32]>::first_chunk_mut) {
            store(place, starts);
        }
        let probes_at = self.pen.probes.get_mut(carry.probes..);
        if let Some(place) = probes_at.and_then(<[Probe]>::first_chunk_mut) {
            store(place, probes);
        }
    }
}

/// A block before its runs are written.
struct Place {
    first: usize,
    /// Its letters.
    letters: u16,
    /// Those of its letters that begin runs.
    begins: u16,
}

/// Tells the masks of the words that begin in a block and of its signs.
#[inline]
fn masks(squeezer: &mut Squeezer<'_, '_, '_>, place: Place, carry: Carry, signs: u16, words: u16) {
    let mut rest = signs | words;
    while rest != 0 {
        let lane = rest.trailing_zeros();
        rest &= rest - 1;
        let letters = (place.letters & low(lane)).count_ones();
        let runs = carry.runs + (place.begins & low(letters)).count_ones() as usize;
        let (_, start) = squeezer.batch.get(place.first + lane as usize);
        if words >> lane & 1 != 0 {
            let begins = place.begins >> letters & 1 != 0;
            squeezer.masks.word(start, runs - usize::from(!begins));
        }
        if signs >> lane & 1 != 0 {
            let last = place.letters & low(lane);
            let open = match last {
                0 => carry.class != 0,
                _ => {
                    let last = place.first + (15 - last.leading_zeros()) as usize;
                    squeezer.batch.get(last).0.class() != 0
                }
            };
            if open {
                squeezer.masks.sign(start, runs);
            }
        }
    }
}

/// Whether a gap among these characters is too long for a term.
#[inline]
fn ends_terms(letters: u16, count: u32, gap: u32) -> bool {
    let parts = u32::from(!letters & low(count));
    let leading = letters.trailing_zeros().min(count);
    let two = parts & parts >> 1;
    let four = two & two >> 2;
    let nine = four & four >> 4 & parts >> 8;
    gap + leading > LONGEST_GAP || nine != 0
}

//! ASCII to effects, sixteen characters at a time.

use std::arch::x86_64::{
    __m512i, _mm_maskz_loadu_epi8, _mm_movepi8_mask, _mm512_add_epi32, _mm512_cvtepu8_epi32,
    _mm512_mask_blend_epi32, _mm512_permutex2var_epi32, _mm512_setzero_si512,
    _mm512_test_epi32_mask, _mm512_testn_epi32_mask,
};

use super::{Vectors, counting, load, low, same, store};
use crate::fold::BLOCK;
use crate::text::batch::{Batch, LANES, Stretch};
use crate::text::effect::{Effect, EffectMap};

impl Vectors {
    /// As [`Batch::ascii`].
    #[inline]
    pub(in crate::text) fn ascii(
        self,
        batch: &mut Batch,
        effects: EffectMap<'_>,
        bytes: &[u8],
        at: usize,
    ) -> Stretch {
        // SAFETY: the processor has the instructions.
        unsafe { ascii(batch, effects, bytes, at) }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn ascii(batch: &mut Batch, effects: EffectMap<'_>, bytes: &[u8], from: usize) -> Stretch {
    let table = Table::of(effects.words_of_ascii());
    let mut stretch = Stretch::at(from);
    loop {
        let rest = bytes.get(stretch.end..).unwrap_or(&[]);
        let there = low(rest.len().min(LANES) as u32);
        // SAFETY: only the bytes that are there are loaded.
        let rest = unsafe { _mm_maskz_loadu_epi8(there, rest.as_ptr().cast()) };
        let effects = table.get(_mm512_cvtepu8_epi32(rest));
        let plain = _mm512_testn_epi32_mask(effects, same(Effect::NOT_PLAIN));
        let count = (plain & there & !_mm_movepi8_mask(rest)).trailing_ones();
        let Some((at, starts)) = batch.room() else {
            return stretch;
        };
        store(at, effects);
        store(
            starts,
            _mm512_add_epi32(same(stretch.end as u32), counting()),
        );
        let letters = _mm512_testn_epi32_mask(effects, same(Effect::PART)) & low(count);
        stretch.took(letters, count, 1);
        batch.advance(count as usize);
        if count < LANES as u32 {
            return stretch;
        }
    }
}

/// 128 words in registers.
struct Table([__m512i; 8]);

impl Table {
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn of(words: &[[u8; 4]; BLOCK]) -> Table {
        let chunks: &[[[u8; 4]; LANES]] = words.as_chunks().0;
        let mut table = [_mm512_setzero_si512(); 8];
        for (place, words) in table.iter_mut().zip(chunks) {
            *place = load(words);
        }
        Table(table)
    }

    /// The words of these numbers below 128.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn get(&self, numbers: __m512i) -> __m512i {
        let [a, b, c, d, e, f, g, h] = self.0;
        let quarters = [
            _mm512_permutex2var_epi32(a, numbers, b),
            _mm512_permutex2var_epi32(c, numbers, d),
            _mm512_permutex2var_epi32(e, numbers, f),
            _mm512_permutex2var_epi32(g, numbers, h),
        ];
        let odd = _mm512_test_epi32_mask(numbers, same(32));
        let upper = _mm512_test_epi32_mask(numbers, same(64));
        _mm512_mask_blend_epi32(
            upper,
            _mm512_mask_blend_epi32(odd, quarters[0], quarters[1]),
            _mm512_mask_blend_epi32(odd, quarters[2], quarters[3]),
        )
    }
}

//! The same with AVX-512.

mod read;
mod squeeze;

use std::arch::x86_64::{
    __m512i, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setr_epi32, _mm512_storeu_si512,
};

use crate::text::batch::LANES;
use crate::text::stream::Probe;

/// That this processor has the instructions.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Vectors(());

impl Vectors {
    /// Asks the processor.
    #[inline]
    pub(in crate::text) fn detect() -> Option<Vectors> {
        let can = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        can.then_some(Vectors(()))
    }
}

/// The lowest bits, so many of them.
#[inline]
fn low(count: u32) -> u16 {
    ((1u32 << count) - 1) as u16
}

#[inline]
#[target_feature(enable = "avx512f")]
fn same(word: u32) -> __m512i {
    _mm512_set1_epi32(word.cast_signed())
}

#[inline]
#[target_feature(enable = "avx512f")]
fn counting() -> __m512i {
    _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load<W: Word>(words: &[W; LANES]) -> __m512i {
    // SAFETY: there are sixteen words of four bytes each.
    unsafe { _mm512_loadu_si512(words.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store<W: Word>(place: &mut [W; LANES], words: __m512i) {
    // SAFETY: the place has sixteen words of four bytes each.
    unsafe { _mm512_storeu_si512(place.as_mut_ptr().cast(), words) }
}

/// Four bytes: a word as this processor has it, or as it lies in an artifact, which is the same.
trait Word {}
impl Word for u32 {}
impl Word for [u8; 4] {}
impl Word for Probe {}

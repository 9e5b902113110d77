//! Sixteen characters at a time, where the processor has AVX-512.
//!
//! The one place of the matcher that names instructions. It reads ASCII as
//! [`batch`](super::batch) does and makes runs as [`squeeze`](super::squeeze) does, and tests
//! hold both ways to the same characters and runs. What is rare is left to these.

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "instructions load and store by address")]
mod avx512;

#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Vectors;

/// That this processor can, which no other processor can.
#[cfg(not(target_arch = "x86_64"))]
#[derive(Clone, Copy, Debug)]
pub(super) enum Vectors {}

#[cfg(not(target_arch = "x86_64"))]
impl Vectors {
    pub(super) fn detect() -> Option<Vectors> {
        None
    }

    pub(super) fn ascii(
        self,
        _: &mut super::batch::Batch,
        _: super::effect::EffectMap<'_>,
        _: &[u8],
        _: usize,
    ) -> super::batch::Stretch {
        match self {}
    }

    pub(super) fn squeeze<const MASKS: bool>(self, _: &mut super::squeeze::Squeezer<'_, '_, '_>) {
        match self {}
    }
}

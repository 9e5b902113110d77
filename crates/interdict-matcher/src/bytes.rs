//! The bytes of an artifact, in memory or mapped: the one place with `unsafe`.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

/// Bytes that do not move or change while they are held.
#[derive(Debug)]
pub(crate) enum Bytes {
    Memory(Cow<'static, [u8]>),
    Mapped(memmap2::Mmap),
}

impl Bytes {
    /// Maps a file.
    pub(crate) fn map(path: &Path) -> io::Result<Bytes> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        #[allow(
            unsafe_code,
            reason = "mapping a file cannot be expressed in safe Rust"
        )]
        // SAFETY: the map is read-only and private. Should another process truncate the file in
        // place, the system would end this one; `Matcher::open` documents that, and artifacts are
        // only ever replaced by renaming.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Bytes::Mapped(map))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Memory(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

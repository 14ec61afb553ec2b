//! Bits of a packet, least significant first (Vorbis I §2.1.4).
//!
//! Keeps: nothing is read past the end.
//! Does not know: what the bits mean.

/// A reader over bits.
#[derive(Clone, Debug)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: u64,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bits not read yet.
    pub(crate) fn left(&self) -> u64 {
        (self.bytes.len() as u64 * 8).saturating_sub(self.at)
    }

    /// Passes over bits.
    pub(crate) fn skip(&mut self, count: u64) -> Option<()> {
        (count <= self.left()).then(|| self.at += count)
    }

    /// The next bits as a number, at most 32.
    pub(crate) fn read(&mut self, count: u32) -> Option<u32> {
        if count > 32 || u64::from(count) > self.left() {
            return None;
        }
        let mut value = 0u32;
        for n in 0..count {
            let byte = self.bytes.get(usize::try_from(self.at / 8).ok()?)?;
            value |= u32::from(byte >> (self.at % 8) & 1) << n;
            self.at += 1;
        }
        Some(value)
    }
}

//! Writing fields that don't end with bytes.
//!
//! Keeps: the highest bit first, zeros up to the end of the last byte.
//! Does not know: what is written.

/// Bits, the highest first.
#[derive(Default)]
pub(super) struct Bits {
    pub(super) bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// Behind whole bytes.
    pub(super) fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes, used: 0 }
    }

    /// Appends the lowest `count` bits of a value, at most 32.
    pub(super) fn push(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (7 - self.used % 8);
            }
            self.used = self.used.wrapping_add(1);
        }
    }
}

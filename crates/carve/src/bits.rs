//! Bits from the highest down, read and written: as MPEG and Apple Lossless lay them.
//!
//! Keeps: reading past the end is none; writing never fails.
//! Does not know: what the bits mean.

/// Reads numbers of up to 32 bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next `count` bits.
    pub(crate) fn take(&mut self, count: u32) -> Option<u32> {
        let mut value = 0u32;
        for _ in 0..count {
            let byte = *self.bytes.get(self.at / 8)?;
            value = (value << 1) + u32::from(byte >> (7 - self.at % 8) & 1);
            self.at = self.at.checked_add(1)?;
        }
        Some(value)
    }

    /// Bits left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.at)
    }

    /// Whether all that is left is zero.
    pub(crate) fn is_zero_to_the_end(mut self) -> bool {
        (0..self.left()).all(|_| self.take(1) == Some(0))
    }
}

/// Writes numbers of up to 32 bits.
#[derive(Clone, Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits not yet in `bytes`, the last written lowest, and how many (below 8).
    open: u64,
    count: u32,
}

impl BitWriter {
    /// Behind whole bytes.
    pub(crate) fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::default() }
    }

    /// Appends the lowest `count` bits of `value`, 32 at most.
    pub(crate) fn put(&mut self, count: u32, value: u32) {
        let count = count.min(32);
        let mask = (1u64 << count) - 1;
        self.open = (self.open << count) + (u64::from(value) & mask);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.open >> self.count) as u8);
        }
    }

    /// The bytes, the last filled with zeros.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(8 - self.count, 0);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bits_come_back() {
        let mut writer = BitWriter::default();
        let numbers = [(5u32, 29u32), (4, 15), (24, 0x00ab_cdef), (1, 1), (32, u32::MAX), (3, 0)];
        numbers.iter().for_each(|(count, value)| writer.put(*count, *value));
        let bytes = writer.finish();
        assert_eq!(bytes.len(), 9);
        let mut reader = BitReader::new(&bytes);
        assert!(numbers.iter().all(|(count, value)| reader.take(*count) == Some(*value)));
        assert_eq!(reader.left(), 3);
        assert!(reader.is_zero_to_the_end());
        assert_eq!(reader.take(4), None);
    }
}

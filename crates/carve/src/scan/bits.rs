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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_the_lowest_bit() {
        // Vorbis I §2.1.6: four bits of 12, three of 7, seven of 17, thirteen of 6969 are FC 48 CE 06.
        let mut bits = Bits::new(&[0xfc, 0x48, 0xce, 0x06]);
        assert_eq!([4, 3, 7, 13].map(|count| bits.read(count)), [Some(12), Some(7), Some(17), Some(6969)]);
        assert_eq!((bits.left(), bits.read(6), bits.read(5), bits.read(1)), (5, None, Some(0), None));
        let mut bits = Bits::new(&[1, 2, 3, 4, 5]);
        assert_eq!(
            (bits.read(33), bits.read(32), bits.read(9), bits.read(8)),
            (None, Some(0x0403_0201), None, Some(5))
        );
        let mut bits = Bits::new(&[0, 0x80]);
        assert_eq!(
            (bits.skip(17), bits.skip(15), bits.read(1), bits.skip(1), bits.skip(0)),
            (None, Some(()), Some(1), None, Some(()))
        );
    }
}

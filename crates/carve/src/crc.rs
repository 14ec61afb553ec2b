//! The check sums of a FLAC frame (RFC 9639 §9.1.8 and §9.3).
//!
//! Keeps: most significant bit first, initial value 0, not inverted; so the sum over a message with its own sum is 0.
//! Does not know: frames.

/// x^8 + x^2 + x + 1.
const POLY_8: u8 = 0x07;
/// x^16 + x^15 + x^2 + 1.
const POLY_16: u16 = 0x8005;

const TABLE_16: [u16; 256] = {
    let mut table = [0u16; 256];
    let mut at = 0;
    while at < 256 {
        let mut sum = (at as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000 != 0 { sum << 1 ^ POLY_16 } else { sum << 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
};

/// CRC-8 of a frame header.
pub(crate) fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ byte, |sum, _| if sum & 0x80 != 0 { sum << 1 ^ POLY_8 } else { sum << 1 })
    })
}

/// CRC-16 of a frame.
pub(crate) fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, byte| {
        let slot = usize::from((sum >> 8) as u8 ^ byte);
        sum << 8 ^ TABLE_16.get(slot).copied().unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::{crc8, crc16};

    #[test]
    fn the_check_values_of_the_catalogue() {
        // CRC-8/SMBUS and CRC-16/UMTS.
        assert_eq!((crc8(b"123456789"), crc16(b"123456789")), (0xf4, 0xfee8));
    }
}

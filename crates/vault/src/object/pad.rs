//! Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019): the length of a padded object.
//!
//! Keeps: a length shows at most its first O(log log n) bits; never more than 12 % is added above the floor.
//! Deliberately does not know: what is padded.

/// No object's padded content is shorter, in bytes.
pub const PAD_FLOOR: u64 = 4096;

/// The padded length of `len` bytes: Padmé, at least [`PAD_FLOOR`].
#[must_use]
pub fn padded_len(len: u64) -> u64 {
    if len <= PAD_FLOOR {
        return PAD_FLOOR;
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1u64 << exponent.saturating_sub(kept)) - 1;
    len.checked_add(mask).map_or(len, |sum| sum & !mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_the_paper() {
        assert_eq!(padded_len(0), PAD_FLOOR);
        assert_eq!(padded_len(4096), 4096);
        assert_eq!(padded_len(4097), 4352);
        assert_eq!(padded_len(1_000_000), 1_015_808);
        assert_eq!(padded_len(1 << 32), 1 << 32);
        assert_eq!(padded_len(u64::MAX), u64::MAX);
    }

    proptest::proptest! {
        #[test]
        fn padding_is_small_monotone_and_idempotent(len in 0u64..1 << 50) {
            let padded = padded_len(len);
            assert!(padded >= len && padded_len(padded) == padded && padded_len(len + 1) >= padded);
            assert!(len <= PAD_FLOOR || padded - len <= len * 12 / 100);
        }
    }
}

//! The magic cookie of Apple Lossless (ALACSpecificConfig): read from a file, written without what depends on the sound.
//!
//! Keeps: 24 bytes; the longest frame's bytes and the mean bit rate, which tell of the sound, are zero (unknown).
//! Does not know: files, frames, or sound.

use crate::sound::{MAX_ALAC_SAMPLES, MAX_SOUND_CHANNELS, Sound};

/// Bytes of the cookie.
const LEN: usize = 24;
/// A cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AlacConfig {
    /// Samples of each channel in a frame.
    pub(crate) samples: u32,
    /// Bits a sample: 16, 20, 24 or 32.
    pub(crate) depth: u8,
    pub(crate) channels: u8,
    pub(crate) rate: u32,
    /// Parameters of the entropy coder, as they stand: three bytes, and the longest run.
    coder: [u8; 3],
    longest_run: [u8; 2],
}

impl AlacConfig {
    /// Reads a cookie; what follows it (a channel layout) is passed over. None for a version but 0.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let cookie: &[u8; LEN] = bytes.first_chunk()?;
        let [a, b, c, d, version, depth, k1, k2, k3, channels, r1, r2, _, _, _, _, _, _, _, _, w, x, y, z] = *cookie;
        let samples = u32::from_be_bytes([a, b, c, d]);
        let fits = version == 0
            && (1..=MAX_ALAC_SAMPLES).contains(&samples)
            && [16, 20, 24, 32].contains(&depth)
            && (1..=MAX_SOUND_CHANNELS).contains(&channels);
        let rate = u32::from_be_bytes([w, x, y, z]);
        fits.then_some(Self { samples, depth, channels, rate, coder: [k1, k2, k3], longest_run: [r1, r2] })
    }

    /// Whether it is what the profile says.
    pub(crate) fn is_of(&self, sound: Sound) -> bool {
        (self.samples, self.rate, self.channels) == (sound.samples(), sound.rate(), sound.channels())
    }

    /// Writes the cookie.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = self.samples.to_be_bytes().to_vec();
        out.extend_from_slice(&[0, self.depth]);
        out.extend_from_slice(&self.coder);
        out.push(self.channels);
        out.extend_from_slice(&self.longest_run);
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&self.rate.to_be_bytes());
        out
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_depends_on_the_sound_is_zero() {
        let mut cookie = vec![0, 0, 16, 0, 0, 16, 40, 10, 14, 2, 0, 255];
        cookie.extend_from_slice(&[0, 0, 0x40, 0x12, 0, 1, 2, 3, 0, 0, 0xac, 0x44]);
        let config = AlacConfig::read(&cookie).unwrap();
        assert_eq!((config.samples, config.depth, config.channels, config.rate), (4_096, 16, 2, 44_100));
        let written = config.write();
        assert_eq!(AlacConfig::read(&written), Some(config));
        assert_eq!((&written[..12], &written[12..20], &written[20..]), (&cookie[..12], &[0; 8][..], &cookie[20..]));
        for (at, byte) in [(4, 1), (5, 17), (9, 0), (9, 9), (1, 1)] {
            let mut bad = cookie.clone();
            bad[at] = byte;
            assert_eq!(AlacConfig::read(&bad), None, "{at}");
        }
        assert_eq!(AlacConfig::read(&cookie[..23]), None);
    }
}

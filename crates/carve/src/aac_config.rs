//! The AudioSpecificConfig of AAC (ISO/IEC 14496-3 §1.6.2.1): read from a file, written in one spelling.
//!
//! Keeps: low complexity, with or without spectral band replication and parametric stereo; what is read is written by
//! fields, so nothing that a tool hid in spare bits goes on.
//! Does not know: files, frames, or sound.

use crate::bits::{BitReader, BitWriter};
use crate::sound::{AAC_RATES, Sound};

/// Longest configuration that is looked at; those of the accepted kinds take 2–8 bytes, some writers add zeros.
const MAX_LEN: usize = 64;
const LOW_COMPLEXITY: u32 = 2;
const BAND_REPLICATION: u32 = 5;
const PARAMETRIC_STEREO: u32 = 29;
/// The frequency index before a rate in 24 bits.
const RATE_IN_FULL: u32 = 15;
/// What announces an extension behind the configuration proper: for the band, then for stereo.
const SYNC_BAND: u32 = 0x2b7;
const SYNC_STEREO: u32 = 0x548;

/// What a configuration says of spectral band replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// Nothing: frames may still carry it.
    Untold,
    /// That there is none.
    Absent,
    /// The rate of the whole, and whether parametric stereo is there, where that is said.
    Present { rate: u32, stereo: Option<bool> },
}

/// A configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AacConfig {
    /// Rate of the core, in hertz; the whole may have twice as much.
    pub(crate) rate: u32,
    /// Channel configuration 1–7 (table 1.19).
    pub(crate) layout: u8,
    /// Samples of the core in a frame: 1,024 or 960.
    pub(crate) samples: u32,
    pub(crate) band: Band,
}

impl AacConfig {
    /// Channels of the core.
    pub(crate) fn channels(&self) -> u8 {
        if self.layout == 7 { 8 } else { self.layout }
    }

    /// Whether it is what the profile says.
    pub(crate) fn is_of(&self, sound: Sound) -> bool {
        (self.samples, self.rate, self.channels()) == (sound.samples(), sound.rate(), sound.channels())
    }

    /// Reads a configuration; none if it is none of the accepted kinds or goes on with anything but zeros.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut bits = BitReader::new(bytes.get(..bytes.len().min(MAX_LEN)).filter(|_| bytes.len() <= MAX_LEN)?);
        let kind = bits.take(5)?;
        let rate = read_rate(&mut bits)?;
        let layout = u8::try_from(bits.take(4)?).ok().filter(|layout| (1..=7).contains(layout))?;
        let mut band = Band::Untold;
        if kind == BAND_REPLICATION || kind == PARAMETRIC_STEREO {
            let stereo = (kind == PARAMETRIC_STEREO).then_some(true);
            band = Band::Present { rate: read_rate(&mut bits)?, stereo };
            if bits.take(5)? != LOW_COMPLEXITY {
                return None;
            }
        } else if kind != LOW_COMPLEXITY {
            return None;
        }
        let samples = if bits.take(1)? == 1 { 960 } else { 1_024 };
        // No core coder below it, no extension.
        if bits.take(2)? != 0 {
            return None;
        }
        if band == Band::Untold && bits.left() >= 16 && bits.clone().take(11) == Some(SYNC_BAND) {
            band = read_extension(&mut bits)?;
        }
        bits.is_zero_to_the_end().then_some(Self { rate, layout, samples, band })
    }

    /// Writes the configuration, extensions behind it (§1.6.5.3), where a decoder of the core alone passes over them.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bits = BitWriter::default();
        bits.put(5, LOW_COMPLEXITY);
        bits.put(4, rate_index(self.rate).unwrap_or(0));
        bits.put(4, u32::from(self.layout));
        bits.put(1, u32::from(self.samples == 960));
        bits.put(2, 0);
        if self.band != Band::Untold {
            bits.put(11, SYNC_BAND);
            bits.put(5, BAND_REPLICATION);
        }
        match self.band {
            Band::Untold => {}
            Band::Absent => bits.put(1, 0),
            Band::Present { rate, stereo } => {
                bits.put(1, 1);
                bits.put(4, rate_index(rate).unwrap_or(0));
                if let Some(stereo) = stereo {
                    bits.put(11, SYNC_STEREO);
                    bits.put(1, u32::from(stereo));
                }
            }
        }
        bits.finish()
    }
}

fn rate_index(rate: u32) -> Option<u32> {
    AAC_RATES.iter().position(|known| *known == rate).and_then(|index| u32::try_from(index).ok())
}

/// A rate of the table, by its index or in full.
fn read_rate(bits: &mut BitReader<'_>) -> Option<u32> {
    match bits.take(4)? {
        RATE_IN_FULL => bits.take(24).filter(|rate| AAC_RATES.contains(rate)),
        index => AAC_RATES.get(usize::try_from(index).ok()?).copied(),
    }
}

fn read_extension(bits: &mut BitReader<'_>) -> Option<Band> {
    bits.take(11)?;
    if bits.take(5)? != BAND_REPLICATION {
        return None;
    }
    if bits.take(1)? == 0 {
        return Some(Band::Absent);
    }
    let rate = read_rate(bits)?;
    let mut stereo = None;
    if bits.left() >= 12 && bits.clone().take(11) == Some(SYNC_STEREO) {
        bits.take(11)?;
        stereo = Some(bits.take(1)? == 1);
    }
    Some(Band::Present { rate, stereo })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(hex: &str) -> Option<AacConfig> {
        let bytes: Vec<u8> =
            (0..hex.len() / 2).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()).collect();
        AacConfig::read(&bytes)
    }

    #[test]
    fn configurations_of_common_writers() {
        let lc = |rate, layout, band| AacConfig { rate, layout, samples: 1_024, band };
        let whole = |rate, stereo| Band::Present { rate, stereo };
        // FFmpeg, Apple, FAAC; explicit HE-AAC forward and backward; HE-AAC v2; 960 samples; a rate in full.
        assert_eq!(read("1210"), Some(lc(44_100, 2, Band::Untold)));
        assert_eq!(read("140856e500"), Some(lc(16_000, 1, Band::Absent)));
        assert_eq!(read("2b8a0800"), Some(lc(22_050, 1, whole(44_100, None))));
        assert_eq!(read("138856e5a5"), None, "the extension is cut short");
        assert_eq!(read("139056e5a0"), Some(lc(22_050, 2, whole(44_100, None))));
        assert_eq!(read("138856e5a54880"), Some(lc(22_050, 1, whole(44_100, Some(true)))));
        assert_eq!(read("eb8a0800"), Some(lc(22_050, 1, whole(44_100, Some(true)))));
        assert_eq!(read("1214"), Some(AacConfig { samples: 960, ..lc(44_100, 2, Band::Untold) }));
        assert_eq!(read("17805622100000"), Some(lc(44_100, 2, Band::Untold)));
        assert_eq!(read("1210000000"), Some(lc(44_100, 2, Band::Untold)));
    }

    #[test]
    fn one_spelling() {
        for text in ["1210", "140856e500", "2b8a0800", "139056e5a0", "eb8a0800", "1214", "13b8", "17805622100000"] {
            let config = read(text).unwrap();
            assert_eq!(AacConfig::read(&config.write()), Some(config), "{text}");
        }
    }

    #[test]
    fn other_kinds_are_refused() {
        // Main, LTP, ELD, USAC, a program config element, a core coder, an extension flag, text behind, nothing.
        for text in ["0a10", "2210", "f8e85000", "f94210", "1200", "1212", "1211", "121061", "12", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(AacConfig::read(&[&[0x12, 0x10][..], &[0; 63]].concat()), None);
    }
}

//! Compressed sound: codec, frame length, rate and channels, as a profile string says them.
//!
//! Keeps: one [`Sound`] has one string and back; what a codec fixes is not written.
//! Does not know: files or frames.

use std::fmt;

/// Lowest sample rate of compressed sound, in hertz.
pub const MIN_SOUND_RATE: u32 = 4_000;
/// Highest sample rate of compressed sound, in hertz.
pub const MAX_SOUND_RATE: u32 = 768_000;
/// Most channels of compressed sound.
pub const MAX_SOUND_CHANNELS: u8 = 8;
/// Most frames or cells of compressed sound; more make the source `chunk-v1`. 23 hours of frames of 20 ms.
pub const MAX_LEAVES_OF_SOUND: u64 = 1 << 22;
/// Cells a second of a profile whose packets differ in duration: 100 ms each.
pub const CELLS_PER_SECOND: u64 = 10;

/// Most samples of each channel in a frame of Apple Lossless; writers use 4,096.
pub const MAX_ALAC_SAMPLES: u32 = 16_384;

/// A codec in its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// MPEG-1, -2 and -2.5 layer III, bare frames.
    Mp3,
    /// AAC-LC in ADTS.
    AdtsAac,
    /// FLAC with blocks of one length.
    Flac,
    /// AAC in MP4.
    Mp4Aac,
    /// Apple Lossless in MP4.
    Mp4Alac,
    /// AMR-NB in MP4 or 3GP.
    Mp4AmrNb,
    /// AMR-WB in MP4 or 3GP.
    Mp4AmrWb,
    /// AMR-WB, RFC 4867 §5.
    AmrWb,
    /// Opus in Ogg.
    OggOpus,
    /// Vorbis in Ogg.
    OggVorbis,
    /// Opus in WebM.
    WebmOpus,
}

/// What a codec fixes; what is absent stands in the profile string.
struct Row {
    codec: Codec,
    /// First word of the profile string.
    word: &'static str,
    /// The codec's name in CFG.
    name: &'static str,
    /// Samples a frame; 0 where packets differ in duration and lie on the grid of cells.
    samples: Option<u32>,
    rate: Option<u32>,
    channels: Option<u8>,
}

#[rustfmt::skip]
const ROWS: [Row; 11] = [
    Row { codec: Codec::Mp3, word: "mp3-v1", name: "mp3", samples: None, rate: None, channels: None },
    Row { codec: Codec::AdtsAac, word: "adts-aac-v1", name: "aac", samples: Some(1_024), rate: None, channels: None },
    Row { codec: Codec::Flac, word: "flac-v1", name: "flac", samples: None, rate: None, channels: None },
    Row { codec: Codec::Mp4Aac, word: "mp4-aac-v1", name: "aac", samples: None, rate: None, channels: None },
    Row { codec: Codec::Mp4Alac, word: "mp4-alac-v1", name: "alac", samples: None, rate: None, channels: None },
    Row { codec: Codec::Mp4AmrNb, word: "mp4-amr-nb-v1", name: "amr-nb", samples: Some(160), rate: Some(8_000), channels: Some(1) },
    Row { codec: Codec::Mp4AmrWb, word: "mp4-amr-wb-v1", name: "amr-wb", samples: Some(320), rate: Some(16_000), channels: Some(1) },
    Row { codec: Codec::AmrWb, word: "amr-wb-v1", name: "amr-wb", samples: Some(320), rate: Some(16_000), channels: Some(1) },
    Row { codec: Codec::OggOpus, word: "ogg-opus-v1", name: "opus", samples: Some(0), rate: Some(48_000), channels: None },
    Row { codec: Codec::OggVorbis, word: "ogg-vorbis-v1", name: "vorbis", samples: Some(0), rate: None, channels: None },
    Row { codec: Codec::WebmOpus, word: "webm-opus-v1", name: "opus", samples: Some(0), rate: Some(48_000), channels: None },
];

impl Codec {
    fn row(self) -> &'static Row {
        const FIRST: &Row = &ROWS[0];
        ROWS.iter().find(|row| row.codec == self).unwrap_or(FIRST)
    }
}

/// A codec with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sound {
    codec: Codec,
    samples: u32,
    rate: u32,
    channels: u8,
}

impl Sound {
    /// Sound of a codec whose frames have so many samples of each channel (0 for codecs on the grid); none if the
    /// codec can't be so, or a frame would last longer than a second.
    #[must_use]
    pub fn new(codec: Codec, samples: u32, rate: u32, channels: u8) -> Option<Self> {
        let row = codec.row();
        let is_row = row.samples.is_none_or(|n| n == samples)
            && row.rate.is_none_or(|n| n == rate)
            && row.channels.is_none_or(|n| n == channels);
        let is_codec = match codec {
            Codec::Mp3 => mp3_samples(rate) == Some(samples) && channels <= 2,
            Codec::AdtsAac => AAC_RATES.contains(&rate),
            Codec::Mp4Aac => AAC_RATES.contains(&rate) && [960, 1_024].contains(&samples) && channels != 7,
            Codec::Mp4Alac => (1..=MAX_ALAC_SAMPLES).contains(&samples),
            Codec::Flac => (16..=65_535).contains(&samples),
            _ => row.samples == Some(0) || samples > 0,
        };
        let is_bounded = (MIN_SOUND_RATE..=MAX_SOUND_RATE).contains(&rate)
            && (1..=MAX_SOUND_CHANNELS).contains(&channels)
            && samples <= rate;
        (is_row && is_codec && is_bounded).then_some(Self { codec, samples, rate, channels })
    }

    /// Reads the profile string, but for the last look at its spelling.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(';');
        let first = words.next()?;
        let row = ROWS.iter().find(|row| row.word == first)?;
        let mut number = |fixed: Option<u32>| match fixed {
            Some(fixed) => Some(fixed),
            None => words.next()?.parse::<u32>().ok(),
        };
        let samples = number(row.samples)?;
        let rate = number(row.rate)?;
        let channels = number(row.channels.map(u32::from))?;
        if words.next().is_some() {
            return None;
        }
        Self::new(row.codec, samples, rate, u8::try_from(channels).ok()?)
    }

    /// The codec.
    #[must_use]
    pub fn codec(self) -> Codec {
        self.codec
    }

    /// The codec's name in CFG.
    pub(crate) fn name(self) -> &'static str {
        self.codec.row().name
    }

    /// Samples of each channel in a frame; 0 where packets lie on the grid of cells.
    #[must_use]
    pub fn samples(self) -> u32 {
        self.samples
    }

    /// Samples a second.
    #[must_use]
    pub fn rate(self) -> u32 {
        self.rate
    }

    /// Channels.
    #[must_use]
    pub fn channels(self) -> u8 {
        self.channels
    }

    /// Whether a leaf is a cell of the 100 ms grid with any number of packets, and not one frame.
    #[must_use]
    pub fn is_on_grid(self) -> bool {
        self.samples == 0
    }
}

impl fmt::Display for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.codec.row();
        f.write_str(row.word)?;
        if row.samples.is_none() {
            write!(f, ";{}", self.samples)?;
        }
        if row.rate.is_none() {
            write!(f, ";{}", self.rate)?;
        }
        if row.channels.is_none() {
            write!(f, ";{}", self.channels)?;
        }
        Ok(())
    }
}

/// Samples of a layer III frame at a rate (ISO/IEC 11172-3 and 13818-3 §2.4.3.1); none for other rates.
pub(crate) fn mp3_samples(rate: u32) -> Option<u32> {
    match rate {
        32_000 | 44_100 | 48_000 => Some(1_152),
        8_000 | 11_025 | 12_000 | 16_000 | 22_050 | 24_000 => Some(576),
        _ => None,
    }
}

/// Rates by sampling frequency index (ISO/IEC 14496-3 table 1.18).
pub(crate) const AAC_RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

//! Profiles: the named, versioned rules by which a thing becomes leaves; and the shape that a profile prescribes.
//!
//! Keeps: one profile has one string and back; a [`Shape`] is only made when leaf count and ticks fit the profile, so
//! every leaf's ticks follow from its index.
//! Does not know: payloads.

use crate::CarveError;
use crate::sound::{CELLS_PER_SECOND, Codec, MAX_LEAVES_OF_SOUND, Sound};
use std::fmt;
use std::str::FromStr;

/// Longest profile string, in bytes.
pub const MAX_PROFILE_LEN: usize = 64;
/// Bytes of a `chunk-v1` leaf; the last may be shorter.
pub const CHUNK_LEN: u64 = 64 * 1024;
/// Lowest sample rate of a WAV profile, in hertz (the 1 kHz tone needs room below half the rate).
pub const MIN_RATE: u32 = 4_000;
/// Highest sample rate of a WAV profile, in hertz.
pub const MAX_RATE: u32 = 768_000;
/// Most channels of a WAV profile.
pub const MAX_CHANNELS: u16 = 64;
/// Most leaves of any object.
pub const MAX_LEAVES: u64 = 1 << 40;
/// Most ticks of any object.
pub const MAX_TICKS: u64 = (1 << 53) - 1;
/// AMR frames in a second.
pub const AMR_FRAMES_PER_SECOND: u64 = 50;

/// How one sample is stored in a WAV file (always little-endian).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleFormat {
    /// Unsigned 8-bit.
    U8,
    /// Signed 16-bit.
    S16,
    /// Signed 24-bit, packed.
    S24,
    /// Signed 32-bit.
    S32,
    /// IEEE 754 single.
    F32,
    /// IEEE 754 double.
    F64,
    /// G.711 A-law.
    ALaw,
    /// G.711 µ-law.
    MuLaw,
}

impl SampleFormat {
    const ALL: [(Self, &'static str, u16); 8] = [
        (Self::U8, "u8", 1),
        (Self::S16, "s16", 2),
        (Self::S24, "s24", 3),
        (Self::S32, "s32", 4),
        (Self::F32, "f32", 4),
        (Self::F64, "f64", 8),
        (Self::ALaw, "alaw", 1),
        (Self::MuLaw, "ulaw", 1),
    ];

    /// The word in the profile string.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Bytes of one sample of one channel.
    #[must_use]
    pub fn bytes(self) -> u16 {
        Self::ALL.iter().find(|row| row.0 == self).map_or(1, |row| row.2)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == word).map(|row| row.0)
    }
}

/// The unit in which line ends are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextUnit {
    /// Single bytes: ASCII, UTF-8, GB 18030, ISO 8859 …
    Byte,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
}

/// The syntax by which a text is cut into spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// Strings, and what lies between: one JSON text or many.
    Json,
    /// Tags, and what lies between.
    Html,
}

/// What the caller takes the source for. A source that does not keep to it becomes `chunk-v1`; one offered
/// as spans, lines before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Sound: WAV, AMR-NB, then compressed sound by its first bytes.
    Recording,
    /// Lines of text: plain text, mail source, chat exports.
    Lines,
    /// A table of cells.
    Csv,
    /// Spans of JSON or HTML.
    Spans(Syntax),
    /// All or nothing.
    Whole,
}

/// A profile with its parameters. `Display` and `FromStr` give the string of the object record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// `chunk-v1`: 64 KiB pieces, disclosed all or nothing.
    Chunk,
    /// `wav-v1;FORMAT;RATE;CHANNELS`.
    Wav {
        /// Stored form of a sample.
        format: SampleFormat,
        /// Frames (samples of one channel) a second.
        rate: u32,
        /// Channels.
        channels: u16,
    },
    /// `amr-nb-v1`: one channel, one frame a leaf.
    AmrNb,
    /// Compressed sound: `mp3-v1;SAMPLES;RATE;CHANNELS` and others, one frame or one cell of 100 ms a leaf.
    Sound(Sound),
    /// `lines-v1;UNIT`: one line a leaf.
    Lines(TextUnit),
    /// `csv-v1`: one cell a leaf.
    Csv,
    /// `spans-v1;SYNTAX`: one string or tag a leaf, and what lies between.
    Spans(Syntax),
    /// `tiles-v1`: pictures of pages, one tile of 64 × 64 pixels a leaf.
    Tiles,
    /// `release-text-v1`.
    ReleaseText,
    /// `release-transcript-v1`.
    ReleaseTranscript,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chunk => f.write_str("chunk-v1"),
            Self::Wav { format, rate, channels } => write!(f, "wav-v1;{};{rate};{channels}", format.word()),
            Self::AmrNb => f.write_str("amr-nb-v1"),
            Self::Sound(sound) => sound.fmt(f),
            Self::Lines(TextUnit::Byte) => f.write_str("lines-v1;byte"),
            Self::Lines(TextUnit::Utf16Le) => f.write_str("lines-v1;utf-16le"),
            Self::Lines(TextUnit::Utf16Be) => f.write_str("lines-v1;utf-16be"),
            Self::Csv => f.write_str("csv-v1"),
            Self::Spans(Syntax::Json) => f.write_str("spans-v1;json"),
            Self::Spans(Syntax::Html) => f.write_str("spans-v1;html"),
            Self::Tiles => f.write_str("tiles-v1"),
            Self::ReleaseText => f.write_str("release-text-v1"),
            Self::ReleaseTranscript => f.write_str("release-transcript-v1"),
        }
    }
}

impl FromStr for Profile {
    type Err = CarveError;

    fn from_str(text: &str) -> Result<Self, CarveError> {
        let profile = match text {
            "chunk-v1" => Self::Chunk,
            "amr-nb-v1" => Self::AmrNb,
            "lines-v1;byte" => Self::Lines(TextUnit::Byte),
            "lines-v1;utf-16le" => Self::Lines(TextUnit::Utf16Le),
            "lines-v1;utf-16be" => Self::Lines(TextUnit::Utf16Be),
            "csv-v1" => Self::Csv,
            "spans-v1;json" => Self::Spans(Syntax::Json),
            "spans-v1;html" => Self::Spans(Syntax::Html),
            "tiles-v1" => Self::Tiles,
            "release-text-v1" => Self::ReleaseText,
            "release-transcript-v1" => Self::ReleaseTranscript,
            _ => parse_sound(text).ok_or(CarveError::UnknownProfile)?,
        };
        // One profile, one string: "+8000" and "08000" parse as numbers but are not written so.
        if profile.to_string() == text { Ok(profile) } else { Err(CarveError::UnknownProfile) }
    }
}

fn parse_sound(text: &str) -> Option<Profile> {
    if text.len() > MAX_PROFILE_LEN {
        return None;
    }
    parse_wav(text).or_else(|| Sound::parse(text).map(Profile::Sound))
}

fn parse_wav(text: &str) -> Option<Profile> {
    let mut words = text.strip_prefix("wav-v1;")?.split(';');
    let format = SampleFormat::from_word(words.next()?)?;
    let rate = words.next()?.parse().ok()?;
    let channels = words.next()?.parse().ok()?;
    if words.next().is_some() {
        return None;
    }
    Profile::wav(format, rate, channels)
}

/// Seconds a tick, as a fraction. A profile whose ticks are a count and no time has 1/1 and says so by
/// [`Profile::is_timed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timebase {
    /// Numerator.
    pub num: u64,
    /// Denominator, never 0.
    pub den: u64,
}

impl Profile {
    /// A WAV profile, if rate and channels are within the limits.
    #[must_use]
    pub fn wav(format: SampleFormat, rate: u32, channels: u16) -> Option<Self> {
        let fits = (MIN_RATE..=MAX_RATE).contains(&rate) && (1..=MAX_CHANNELS).contains(&channels);
        fits.then_some(Self::Wav { format, rate, channels })
    }

    /// Seconds a tick; 1/1 where ticks count things.
    #[must_use]
    pub fn timebase(self) -> Timebase {
        match self {
            Self::Wav { rate, .. } => Timebase { num: 1, den: u64::from(rate) },
            Self::AmrNb => Timebase { num: 1, den: AMR_FRAMES_PER_SECOND },
            Self::Sound(sound) if sound.is_on_grid() => Timebase { num: 1, den: CELLS_PER_SECOND },
            // A last block may be shorter: ticks are samples.
            Self::Sound(sound) if sound.codec() == Codec::Flac => Timebase { num: 1, den: u64::from(sound.rate()) },
            Self::Sound(sound) => Timebase { num: u64::from(sound.samples()), den: u64::from(sound.rate()) },
            _ => Timebase { num: 1, den: 1 },
        }
    }

    /// Whether ticks are time (a recording) and not a count of leaves.
    #[must_use]
    pub fn is_timed(self) -> bool {
        matches!(self, Self::Wav { .. } | Self::AmrNb | Self::Sound(_))
    }

    /// Whether its leaves are pieces of a text: lines, cells, spans.
    #[must_use]
    pub fn is_of_text(self) -> bool {
        matches!(self, Self::Lines(_) | Self::Csv | Self::Spans(_))
    }

    /// As what a source is offered to be cut by this profile again; none where the profile is not made from a file.
    #[must_use]
    pub fn hint(self) -> Option<Hint> {
        match self {
            Self::Chunk => Some(Hint::Whole),
            Self::Wav { .. } | Self::AmrNb | Self::Sound(_) => Some(Hint::Recording),
            Self::Lines(_) => Some(Hint::Lines),
            Self::Csv => Some(Hint::Csv),
            Self::Spans(syntax) => Some(Hint::Spans(syntax)),
            Self::Tiles | Self::ReleaseText | Self::ReleaseTranscript => None,
        }
    }

    /// Ticks of every packet but the last: PCM blocks last 20 ms at most, a FLAC frame's ticks are its samples, other
    /// packets are one tick.
    #[must_use]
    pub fn packet_ticks(self) -> u64 {
        match self {
            Self::Wav { rate, .. } => (u64::from(rate) / 50).max(1),
            Self::Sound(sound) if sound.codec() == Codec::Flac => u64::from(sound.samples()).max(1),
            _ => 1,
        }
    }

    /// Bytes of one frame of sound (all channels), for WAV.
    #[must_use]
    pub fn frame_bytes(self) -> Option<u64> {
        match self {
            Self::Wav { format, channels, .. } => Some(u64::from(format.bytes()) * u64::from(channels)),
            _ => None,
        }
    }
}

/// A profile with the leaf count and ticks of one object, checked to fit each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    profile: Profile,
    leaves: u64,
    ticks: u64,
}

/// Leaves of a recording that are no packet: CFG, META, container.
const RECORDING_ASIDE: u64 = 3;

impl Shape {
    /// Checks leaf count and ticks against the profile.
    ///
    /// # Errors
    /// [`CarveError::Shape`] when they don't belong together or pass [`MAX_LEAVES`], [`MAX_TICKS`] or, of compressed
    /// sound, [`MAX_LEAVES_OF_SOUND`].
    pub fn new(profile: Profile, leaves: u64, ticks: u64) -> Result<Self, CarveError> {
        let packets = ticks.div_ceil(profile.packet_ticks());
        let expected = match profile {
            Profile::Sound(_) if packets > MAX_LEAVES_OF_SOUND => None,
            Profile::Wav { .. } | Profile::AmrNb | Profile::Sound(_) => packets.checked_add(RECORDING_ASIDE),
            Profile::Lines(_) | Profile::Csv | Profile::Spans(_) | Profile::Tiles => packets.checked_add(1),
            Profile::Chunk | Profile::ReleaseText | Profile::ReleaseTranscript => Some(packets),
        };
        if expected == Some(leaves) && (1..=MAX_LEAVES).contains(&leaves) && ticks <= MAX_TICKS {
            Ok(Self { profile, leaves, ticks })
        } else {
            Err(CarveError::Shape { profile: profile.to_string(), leaves, ticks })
        }
    }

    /// The shape of an object with so many ticks.
    ///
    /// # Errors
    /// As [`Shape::new`].
    pub fn of_ticks(profile: Profile, ticks: u64) -> Result<Self, CarveError> {
        let packets = ticks.div_ceil(profile.packet_ticks());
        let aside = match profile {
            Profile::Wav { .. } | Profile::AmrNb | Profile::Sound(_) => RECORDING_ASIDE,
            Profile::Lines(_) | Profile::Csv | Profile::Spans(_) | Profile::Tiles => 1,
            _ => 0,
        };
        Self::new(profile, packets.saturating_add(aside), ticks)
    }

    /// The profile.
    #[must_use]
    pub fn profile(self) -> Profile {
        self.profile
    }

    /// How many leaves.
    #[must_use]
    pub fn leaf_count(self) -> u64 {
        self.leaves
    }

    /// The sum of all ticks.
    #[must_use]
    pub fn ticks_total(self) -> u64 {
        self.ticks
    }

    /// Duration in whole milliseconds, rounded up; none where ticks are no time.
    #[must_use]
    pub fn duration_ms(self) -> Option<u64> {
        let base = self.profile.timebase();
        let ms = (u128::from(self.ticks) * 1000 * u128::from(base.num)).div_ceil(u128::from(base.den));
        if self.profile.is_timed() { u64::try_from(ms).ok() } else { None }
    }

    /// The leaves that carry the content (packets, lines, cells, chunks, units).
    #[must_use]
    pub fn packets(self) -> std::ops::Range<u64> {
        match self.profile {
            Profile::Wav { .. } | Profile::AmrNb | Profile::Sound(_) => 1..self.leaves.saturating_sub(2),
            Profile::Lines(_) | Profile::Csv | Profile::Spans(_) => 0..self.leaves.saturating_sub(1),
            Profile::Tiles => 1..self.leaves,
            _ => 0..self.leaves,
        }
    }

    /// Index of the META leaf, for recordings.
    #[must_use]
    pub fn meta(self) -> Option<u64> {
        if self.profile.is_timed() { self.leaves.checked_sub(2) } else { None }
    }

    /// Index of the container leaf, where the profile has one.
    #[must_use]
    pub fn container(self) -> Option<u64> {
        match self.profile {
            Profile::Chunk | Profile::Tiles | Profile::ReleaseText | Profile::ReleaseTranscript => None,
            _ => self.leaves.checked_sub(1),
        }
    }

    /// The ticks that the profile prescribes for a leaf; none past the end.
    #[must_use]
    pub fn ticks_of(self, index: u64) -> Option<u64> {
        if index >= self.leaves {
            return None;
        }
        let packets = self.packets();
        if !packets.contains(&index) {
            return Some(0);
        }
        let each = self.profile.packet_ticks();
        let before = index.saturating_sub(packets.start).checked_mul(each)?;
        Some(self.ticks.saturating_sub(before).min(each))
    }

    /// The sum of the ticks of a run of leaves; none when it passes the end.
    #[must_use]
    pub fn ticks_in(self, start: u64, len: u64) -> Option<u64> {
        let end = start.checked_add(len).filter(|end| *end <= self.leaves)?;
        Some(self.ticks_before(end)?.saturating_sub(self.ticks_before(start)?))
    }

    /// The sum of the ticks of all leaves before `index` (at most the leaf count).
    fn ticks_before(self, index: u64) -> Option<u64> {
        let packets = self.packets();
        let count = index.clamp(packets.start, packets.end.max(packets.start)).saturating_sub(packets.start);
        Some(count.checked_mul(self.profile.packet_ticks())?.min(self.ticks))
    }
}

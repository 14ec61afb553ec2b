//! MPEG audio layer III (ISO/IEC 11172-3, 13818-3, and 2.5): bare frames, tags and the frame that describes the file.
//!
//! Keeps: version, rate and mono or not are one for the whole stream; a frame's main data begins no more frames back
//! than the profile's reach says; bytes between frames are literal only where the stream goes on in like frames.
//! Does not know: what a frame sounds like.

use super::feed::Feed;
use super::parts::{Parts, Scanned};
use super::tags;
use crate::CarveError;
use crate::sound::{Codec, Sound, mp3_samples};
use std::collections::VecDeque;
use std::io::{Read, Seek};

/// Longest frame: 320 kbit/s at 32 kHz, 160 kbit/s at 8 kHz, with a padding byte.
pub(crate) const MAX_FRAME: usize = 1_441;
/// Most bytes between two frames, and before the first and behind the last.
pub const MAX_GAP: usize = 64 * 1024;
/// Most gaps.
pub const MAX_GAPS: u32 = 64;
/// Frames on end by which a stream is known.
const RUN: usize = 3;
/// Bytes of the header, and of the CRC behind it.
const HEADER: usize = 4;
const CRC: usize = 2;
/// Bytes from the start of a frame to the end of main_data_begin.
const SEEN: usize = HEADER + CRC + 2;
/// Where the tag of the Fraunhofer encoder stands in its frame.
const VBRI_AT: usize = 36;

/// Bit rates in kbit/s by index 1–14, for MPEG-1 and for the lower rates of 2 and 2.5.
const KBITS: [u16; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_LOW: [u16; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// The header of one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    sound: Sound,
    has_crc: bool,
    /// Bytes of the frame.
    frame: usize,
}

impl Header {
    /// Reads the header; none for other layers, free format and reserved values.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let b: &[u8; HEADER] = bytes.first_chunk()?;
        let version = b[1] >> 3 & 3;
        // Sync, no reserved version, layer III, no reserved emphasis.
        if b[0] != 0xff || b[1] & 0xe0 != 0xe0 || version == 1 || b[1] >> 1 & 3 != 1 || b[3] & 3 == 2 {
            return None;
        }
        let rates = match version {
            3 => [44_100u32, 48_000, 32_000],
            2 => [22_050, 24_000, 16_000],
            _ => [11_025, 12_000, 8_000],
        };
        let rate = *rates.get(usize::from(b[2] >> 2 & 3))?;
        let samples = mp3_samples(rate)?;
        let kbits = kbits_of(samples).get(usize::from(b[2] >> 4).checked_sub(1)?)?;
        let channels = if b[3] >> 6 == 3 { 1 } else { 2 };
        let sound = Sound::new(Codec::Mp3, samples, rate, channels)?;
        let frame = frame_len(sound, *kbits).saturating_add(usize::from(b[2] >> 1 & 1));
        let has_crc = b[1] & 1 == 0;
        Some(Self { sound, has_crc, frame }).filter(|header| frame >= header.main_data_at())
    }

    /// Where the side information begins.
    fn side_at(&self) -> usize {
        HEADER + if self.has_crc { CRC } else { 0 }
    }

    /// Where main data begin.
    fn main_data_at(&self) -> usize {
        self.side_at().saturating_add(side_len(self.sound))
    }

    /// How many bytes before its own main data those of this frame begin.
    fn main_data_begin(&self, bytes: &[u8]) -> Option<usize> {
        let (high, low) = (*bytes.get(self.side_at())?, *bytes.get(self.side_at().saturating_add(1))?);
        let first = usize::from(high);
        Some(if is_full_rate(self.sound) { (first << 1) + usize::from(low >> 7) } else { first })
    }
}

fn is_full_rate(sound: Sound) -> bool {
    sound.samples() == 1_152
}

/// Bit rates of a frame length.
fn kbits_of(samples: u32) -> &'static [u16; 14] {
    if samples == 1_152 { &KBITS } else { &KBITS_LOW }
}

/// Bytes of a frame without its padding byte.
pub(crate) fn frame_len(sound: Sound, kbits: u16) -> usize {
    let bits = u32::from(kbits).saturating_mul(125).saturating_mul(sound.samples());
    (bits / sound.rate().max(1)) as usize
}

/// Bytes of the side information.
pub(crate) fn side_len(sound: Sound) -> usize {
    match (is_full_rate(sound), sound.channels()) {
        (true, 1) => 17,
        (true, _) => 32,
        (false, 1) => 9,
        (false, _) => 17,
    }
}

/// Most frames before a frame in which its main data can stand: as many of the shortest as main_data_begin spans.
pub(crate) fn reservoir_frames(sound: Sound) -> u64 {
    let (kbits, most) = if is_full_rate(sound) { (KBITS[0], 511usize) } else { (KBITS_LOW[0], 255) };
    let least = frame_len(sound, kbits).saturating_sub(HEADER).saturating_sub(side_len(sound)).max(1);
    most.div_ceil(least) as u64
}

/// Whether a payload is a frame of this sound.
pub(crate) fn is_frame(sound: Sound, payload: &[u8]) -> bool {
    Header::parse(payload).is_some_and(|header| header.sound == sound && header.frame == payload.len())
}

/// How far main data of earlier frames can be referred to.
struct Reservoir {
    most: u64,
    /// Bytes of main data in the frames before, the last first.
    before: VecDeque<usize>,
}

impl Reservoir {
    /// Takes the next frame; false if its main data begin farther back than the reach of the profile.
    fn take(&mut self, header: &Header, begin: usize) -> bool {
        let (mut covered, mut frames) = (0usize, 0u64);
        for len in &self.before {
            if covered >= begin {
                break;
            }
            covered = covered.saturating_add(*len);
            frames = frames.saturating_add(1);
        }
        // What begins before the first frame is nowhere.
        let is_known = covered >= begin || frames < self.most;
        self.before.push_front(header.frame.saturating_sub(header.main_data_at()));
        self.before.truncate(usize::try_from(self.most).unwrap_or(usize::MAX));
        is_known
    }
}

/// Takes a stream of layer III frames apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let mut parts = Parts::new(false);
    if !tags::take(&mut feed, &mut parts)? {
        return Ok(None);
    }
    let Some((gap, first)) = next_run(&mut feed)? else { return Ok(None) };
    if !parts.literal_from(&mut feed, gap as u64)? || !take_description(&mut feed, &first, &mut parts)? {
        return Ok(None);
    }
    let sound = first.sound;
    let mut reservoir = Reservoir { most: reservoir_frames(sound), before: VecDeque::new() };
    let mut gaps = 0u32;
    while feed.left() > 0 {
        let left = feed.left();
        let bytes = feed.peek(SEEN)?;
        let fits = |header: &Header| header.sound == sound && header.frame as u64 <= left;
        if let Some(header) = Header::parse(bytes).filter(fits) {
            let begin = header.main_data_begin(bytes).unwrap_or(0);
            if !reservoir.take(&header, begin) || !parts.packet(header.frame as u64) {
                return Ok(None);
            }
            feed.skip(header.frame as u64);
        } else if !between(&mut feed, sound, &mut parts, &mut gaps)? {
            return Ok(None);
        }
    }
    let frames = parts.leaves();
    Ok(parts.finish(sound, frames, &[], len))
}

/// Passes over what is no frame: tags, or bytes behind which the stream goes on or the source ends. False if it is more.
fn between<R: Read + Seek>(
    feed: &mut Feed<'_, R>,
    sound: Sound,
    parts: &mut Parts,
    gaps: &mut u32,
) -> Result<bool, CarveError> {
    let before = feed.at();
    if !tags::take(feed, parts)? {
        return Ok(false);
    }
    if feed.at() > before {
        return Ok(true);
    }
    *gaps = gaps.saturating_add(1);
    let gap = match next_run(feed)? {
        Some((gap, header)) if header.sound == sound => gap as u64,
        // Another stream begins: its time would not be counted.
        Some(_) => return Ok(false),
        None if feed.left() <= MAX_GAP as u64 => feed.left(),
        None => return Ok(false),
    };
    Ok(*gaps <= MAX_GAPS && parts.literal_from(feed, gap)?)
}

/// Bytes to the next [`RUN`] frames of one sound on end, and the first of them; none within [`MAX_GAP`]. Fewer count
/// only where the source ends behind them.
fn next_run<R: Read + Seek>(feed: &mut Feed<'_, R>) -> Result<Option<(usize, Header)>, CarveError> {
    let left = feed.left();
    let window = feed.peek(MAX_GAP + RUN * MAX_FRAME + HEADER)?;
    let ends = window.len() as u64 == left;
    for at in 0..=window.len().min(MAX_GAP) {
        let rest = window.get(at..).unwrap_or_default();
        if let Some(header) = Header::parse(rest)
            && is_run(rest, header, ends)
        {
            return Ok(Some((at, header)));
        }
    }
    Ok(None)
}

fn is_run(bytes: &[u8], first: Header, ends: bool) -> bool {
    let mut rest = bytes;
    for seen in 0..RUN {
        let Some(header) = Header::parse(rest).filter(|header| header.sound == first.sound) else {
            return seen > 1 && ends && rest.is_empty();
        };
        let Some(next) = rest.get(header.frame..) else { return false };
        rest = next;
    }
    true
}

/// Takes a first frame that describes the file (Xing, Info, VBRI) into META; false past a limit.
fn take_description<R: Read + Seek>(
    feed: &mut Feed<'_, R>,
    first: &Header,
    parts: &mut Parts,
) -> Result<bool, CarveError> {
    let side = side_len(first.sound);
    let frame = feed.peek(first.frame)?;
    let is_at = |at: usize, words: &[&[u8]]| frame.get(at..at.saturating_add(4)).is_some_and(|w| words.contains(&w));
    let is_description = is_at(HEADER + side, &[b"Xing", b"Info"])
        || is_at(HEADER + CRC + side, &[b"Xing", b"Info"])
        || is_at(VBRI_AT, &[b"VBRI"]);
    if is_description { parts.meta_from(feed, first.frame as u64) } else { Ok(true) }
}

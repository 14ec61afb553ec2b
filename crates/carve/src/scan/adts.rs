//! AAC in ADTS (ISO/IEC 14496-3 §1.A.3): headers to META, access units to leaves.
//!
//! Keeps: the fixed part of the header is one for the whole stream, and one access unit stands in a frame.
//! Does not know: what an access unit sounds like.

use super::feed::Feed;
use super::parts::{Parts, Scanned};
use super::tags;
use crate::sound::{AAC_RATES, Codec, Sound};
use std::io::{Read, Seek};

/// Longest frame: its length has 13 bits.
const MAX_FRAME: u64 = (1 << 13) - 1;
/// Bytes of a header without and with a CRC.
const HEADER: usize = 7;
const HEADER_WITH_CRC: usize = 9;
/// Longest access unit, in bytes.
pub(crate) const MAX_UNIT: usize = MAX_FRAME as usize - HEADER;
/// Fewest frames of a stream: two bytes of one are too little to know it by.
const LEAST_FRAMES: u64 = 2;
/// AAC-LC, as ADTS writes it; the object type is one more. Main and LTP predict from sound far back, SSR is rare.
const PROFILE_LC: u8 = 1;
/// Channels by channel configuration; 0 says that a program config element tells.
const CHANNELS: [u8; 8] = [0, 1, 2, 3, 4, 5, 6, 8];

/// The header of one frame.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Header {
    /// The bits of the fixed part, 28 of them.
    fixed: u32,
    header: usize,
    frame: u64,
}

impl Header {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let b: &[u8; HEADER] = bytes.first_chunk()?;
        // Sync word, layer 0, one raw data block.
        if b[0] != 0xff || b[1] & 0xf6 != 0xf0 || b[6] & 3 != 0 {
            return None;
        }
        let fixed = u32::from_be_bytes([b[0], b[1], b[2], b[3]]) >> 4;
        let header = if b[1] & 1 == 1 { HEADER } else { HEADER_WITH_CRC };
        let frame = u64::from(b[3] & 3) << 11 | u64::from(b[4]) << 3 | u64::from(b[5]) >> 5;
        (frame > header as u64).then_some(Self { fixed, header, frame })
    }

    fn rate_index(&self) -> u8 {
        (self.fixed >> 6 & 0x0f) as u8
    }

    fn channel_config(&self) -> u8 {
        (self.fixed >> 2 & 7) as u8
    }

    fn sound(&self) -> Option<Sound> {
        if (self.fixed >> 10 & 3) as u8 != PROFILE_LC {
            return None;
        }
        let rate = *AAC_RATES.get(usize::from(self.rate_index()))?;
        Sound::new(Codec::AdtsAac, 1_024, rate, *CHANNELS.get(usize::from(self.channel_config()))?)
    }
}

/// Takes an ADTS stream apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let mut parts = Parts::new(false);
    if !tags::take(&mut feed, &mut parts)? {
        return Ok(None);
    }
    let Some(first) = Header::parse(feed.peek(HEADER)?) else { return Ok(None) };
    let Some(sound) = first.sound() else { return Ok(None) };
    while let Some(found) = Header::parse(feed.peek(HEADER)?) {
        if found.fixed != first.fixed || found.frame > feed.left() {
            break;
        }
        let unit = found.frame.saturating_sub(found.header as u64);
        if !parts.meta_from(&mut feed, found.header as u64)? || !parts.packet(unit) {
            return Ok(None);
        }
        feed.skip(unit);
    }
    if !tags::take(&mut feed, &mut parts)? || feed.left() > MAX_FRAME || parts.leaves() < LEAST_FRAMES {
        return Ok(None);
    }
    let rest = feed.left();
    if !is_rest(feed.peek(MAX_FRAME as usize)?, &first) || !parts.literal_from(&mut feed, rest)? {
        return Ok(None);
    }
    let frames = parts.leaves();
    Ok(parts.finish(sound, frames, &config(first.rate_index(), first.channel_config()), len))
}

/// Whether what is left holds no frame that a player would go on with: it is the start of a frame of the stream, or no
/// frame stands in it.
fn is_rest(bytes: &[u8], first: &Header) -> bool {
    if Header::parse(bytes).is_some_and(|header| header.fixed == first.fixed) {
        return true;
    }
    (0..bytes.len()).all(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        let behind = Header::parse(rest).and_then(|header| rest.get(usize::try_from(header.frame).ok()?..));
        behind.is_none_or(|behind| !behind.is_empty() && Header::parse(behind).is_none())
    })
}

/// The AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3 §1.6.2.1).
fn config(rate_index: u8, channel_config: u8) -> [u8; 2] {
    let object_type = u16::from(PROFILE_LC) + 1;
    (object_type << 11 | u16::from(rate_index) << 7 | u16::from(channel_config) << 3).to_be_bytes()
}

/// Rate index and channel configuration of a decoder configuration that is exactly this sound's.
pub(crate) fn parse_config(sound: Sound, bytes: &[u8]) -> Option<(u8, u8)> {
    let rate_index = AAC_RATES.iter().position(|rate| *rate == sound.rate()).and_then(|n| u8::try_from(n).ok())?;
    let channel_config = CHANNELS.iter().position(|n| *n == sound.channels()).and_then(|n| u8::try_from(n).ok())?;
    (config(rate_index, channel_config) == bytes).then_some((rate_index, channel_config))
}

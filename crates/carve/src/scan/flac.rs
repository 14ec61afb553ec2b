//! FLAC (RFC 9639): metadata blocks to META, frames to leaves.
//!
//! Keeps: a frame ends where its own grammar ends it, never at a pattern; its sums hold, its number is its place, and
//! all blocks but the last are of one length.
//! Does not know: what samples it would give.

use super::feed::Feed;
use super::flac_frame::{Format, Header, frame_len};
use super::parts::{Parts, Scanned};
use super::step::MAX_PIECE;
use super::tags;
use crate::CarveError;
use crate::sound::{Codec, Sound};
use std::io::{Read, Seek};

const MAGIC: &[u8] = b"fLaC";
/// Bytes of the head of a metadata block, and of STREAMINFO with it.
const BLOCK_HEAD: usize = 4;
const STREAMINFO: usize = 34;
/// First look at a frame, in bytes; doubled while the frame is longer.
const FIRST_LOOK: usize = 32 * 1024;

/// Takes a FLAC file apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let mut parts = Parts::new(false);
    if !tags::take(&mut feed, &mut parts)? || feed.peek(MAGIC.len())? != MAGIC {
        return Ok(None);
    }
    let Some(format) = take_metadata(&mut feed, &mut parts)? else { return Ok(None) };
    let mut samples = 0u64;
    let mut is_last = false;
    while !is_last {
        let number = parts.leaves();
        let Some((header, frame)) = next_frame(&mut feed, &format, number)? else { break };
        is_last = header.samples < format.sound.samples();
        samples = samples.saturating_add(u64::from(header.samples));
        if !parts.packet(frame as u64) {
            return Ok(None);
        }
        feed.skip(frame as u64);
    }
    if !tags::take(&mut feed, &mut parts)? || !take_rest(&mut feed, &format, &mut parts)? {
        return Ok(None);
    }
    Ok(parts.finish(format.sound, samples, &[format.bits], len))
}

/// Takes the metadata blocks into META, and answers what STREAMINFO says; none if blocks have more than one length.
fn take_metadata<R: Read + Seek>(feed: &mut Feed<'_, R>, parts: &mut Parts) -> Result<Option<Format>, CarveError> {
    let head = feed.peek(MAGIC.len() + BLOCK_HEAD + STREAMINFO)?;
    let info = match head.get(MAGIC.len()..) {
        Some([kind, 0, 0, len, info @ ..]) if kind & 0x7f == 0 && usize::from(*len) == STREAMINFO => info.first_chunk(),
        _ => None,
    };
    let Some(format) = info.and_then(streaminfo) else { return Ok(None) };
    if !parts.meta_from(feed, MAGIC.len() as u64)? {
        return Ok(None);
    }
    loop {
        let &[kind, a, b, c] = feed.peek(BLOCK_HEAD)? else { return Ok(None) };
        let body = u64::from(u32::from_be_bytes([0, a, b, c]));
        if !parts.meta_from(feed, body + BLOCK_HEAD as u64)? {
            return Ok(None);
        }
        if kind & 0x80 != 0 {
            return Ok(Some(format));
        }
    }
}

/// RFC 9639 §8.2.
fn streaminfo(info: &[u8; STREAMINFO]) -> Option<Format> {
    let [a, b, c, d, ..] = *info;
    let (least, most) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let packed = info.get(10..18)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))?;
    let rate = (packed >> 44) as u32;
    let channels = (packed >> 41 & 7) as u8 + 1;
    let bits = (packed >> 36 & 0x1f) as u8 + 1;
    if least != most {
        return None;
    }
    Format::new(Sound::new(Codec::Flac, u32::from(most), rate, channels)?, bits)
}

/// Takes what is left as literal bytes: a last frame that was cut off is no longer than one that stores its samples as
/// they are. False if it is longer, or a frame stands in it that a player would go on with.
fn take_rest<R: Read + Seek>(feed: &mut Feed<'_, R>, format: &Format, parts: &mut Parts) -> Result<bool, CarveError> {
    let (number, left) = (parts.leaves(), feed.left());
    if left > format.longest_frame() || next_frame(feed, format, number)?.is_some() {
        return Ok(false);
    }
    let bytes = feed.peek(usize::try_from(left).unwrap_or(usize::MAX))?;
    let is_frame = |at: usize| {
        let header = bytes.get(at..).and_then(Header::parse);
        header.is_some_and(|header| header.is_of(format, header.number) && (at > 0 || header.number != number))
    };
    let is_free = !(0..bytes.len()).any(is_frame);
    Ok(is_free && parts.literal_from(feed, left)?)
}

/// The header and length of the frame that stands here; none if there is none, or it is not the frame of this number.
fn next_frame<R: Read + Seek>(
    feed: &mut Feed<'_, R>,
    format: &Format,
    number: u64,
) -> Result<Option<(Header, usize)>, CarveError> {
    let mut look = FIRST_LOOK;
    loop {
        let bytes = feed.peek(look)?;
        let Some(header) = Header::parse(bytes).filter(|header| header.is_of(format, number)) else { return Ok(None) };
        if let Some(len) = frame_len(bytes, &header, format) {
            return Ok((len <= MAX_PIECE).then_some((header, len)));
        }
        if bytes.len() < look || look > MAX_PIECE {
            return Ok(None);
        }
        look = look.saturating_mul(2);
    }
}

/// Whether a payload is the frame of this number with so many samples.
pub(crate) fn is_frame(sound: Sound, number: u64, samples: u64, payload: &[u8]) -> bool {
    Header::parse(payload).is_some_and(|header| {
        header.number == number
            && header.channels == sound.channels()
            && u64::from(header.samples) == samples
            && crate::crc::crc16(payload) == 0
    })
}

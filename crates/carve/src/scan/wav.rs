//! RIFF/WAVE: finds the sound and sorts every other byte into META or literals.
//!
//! Keeps: each byte of the file is in exactly one of packets, META, literals; a size field that lies is not believed.
//! Does not know: compressed WAV codecs (GSM, G.726 …), RIFX, RF64: those files are no `wav-v1`.

use super::source::fill_at;
use crate::CarveError;
use crate::map::{Cfg, MAX_ASIDE, Map, Origin};
use crate::profile::{Profile, SampleFormat, Shape};
use std::io::{Read, Seek};

/// Most chunks of a file; more make it `chunk-v1`.
pub const MAX_CHUNKS: usize = 4_096;
/// Longest `fmt ` chunk.
pub const MAX_FMT: u32 = 4_096;
const RIFF_HEADER: u64 = 12;
const CHUNK_HEADER: u64 = 8;
/// The size that writers of a stream leave behind.
const UNKNOWN_SIZE: u32 = u32::MAX;
const FORMAT_PCM: u16 = 1;
const FORMAT_FLOAT: u16 = 3;
const FORMAT_ALAW: u16 = 6;
const FORMAT_MULAW: u16 = 7;
const FORMAT_EXTENSIBLE: u16 = 0xfffe;
/// What follows the format code in a sub-format GUID.
const GUID_TAIL: [u8; 14] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/// A WAV file, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wav {
    pub(crate) shape: Shape,
    pub(crate) data_start: u64,
    pub(crate) cfg: Vec<u8>,
    pub(crate) meta: Vec<u8>,
    pub(crate) container: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Format {
    profile: Profile,
    frame_bytes: u64,
    extensible: Option<(u16, u32)>,
}

#[derive(Default)]
struct Parts {
    map: Map,
    meta: Vec<u8>,
    format: Option<Format>,
    data: Option<(u64, u64)>,
}

/// Takes a WAV file apart; none if it is not one that the profile can hold.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Wav>, CarveError> {
    let mut head = Vec::new();
    if len < RIFF_HEADER {
        return Ok(None);
    }
    fill_at(src, 0, RIFF_HEADER as usize, &mut head)?;
    if head.get(..4) != Some(b"RIFF") || head.get(8..) != Some(b"WAVE") {
        return Ok(None);
    }
    let mut parts = Parts::default();
    parts.map.push_literal(&head);
    let mut at = RIFF_HEADER;
    for _ in 0..MAX_CHUNKS {
        if at >= len {
            break;
        }
        let Some(next) = take_chunk(src, at, len, &mut parts)? else { return Ok(None) };
        at = next;
    }
    Ok(if at < len { None } else { parts.finish() })
}

/// Takes the chunk at `at` and answers where the next begins; none if the file is odd.
fn take_chunk<R: Read + Seek>(src: &mut R, at: u64, len: u64, parts: &mut Parts) -> Result<Option<u64>, CarveError> {
    let left = len.saturating_sub(at);
    let mut bytes = Vec::new();
    if left < CHUNK_HEADER {
        fill_at(src, at, left as usize, &mut bytes)?;
        parts.map.push_literal(&bytes);
        return Ok(Some(len));
    }
    fill_at(src, at, CHUNK_HEADER as usize, &mut bytes)?;
    let Some((id, size)) = chunk_header(&bytes) else { return Ok(None) };
    let whole = CHUNK_HEADER.saturating_add(u64::from(size)).saturating_add(u64::from(size & 1)).min(left);
    let next = at.saturating_add(whole);
    match &id {
        b"fmt " => {
            if parts.format.is_some() || size > MAX_FMT || whole < CHUNK_HEADER.saturating_add(u64::from(size)) {
                return Ok(None);
            }
            fill_at(src, at, whole as usize, &mut bytes)?;
            parts.format = parse_fmt(bytes.get(8..).unwrap_or_default());
            parts.map.push_literal(&bytes);
            Ok(parts.format.map(|_| next))
        }
        b"data" if parts.data.is_none() => {
            parts.map.push_literal(&bytes);
            let Some(format) = parts.format else { return Ok(None) };
            let body = at.saturating_add(CHUNK_HEADER);
            let bytes_of_sound = data_len(src, body, size, len)?;
            let frames = bytes_of_sound / format.frame_bytes;
            let exact = frames.saturating_mul(format.frame_bytes);
            parts.map.push(Origin::Packets, exact);
            parts.data = Some((body, frames));
            // A part of a frame and the padding byte.
            let rest = body.saturating_add(exact);
            let padded = bytes_of_sound.saturating_add(bytes_of_sound & 1);
            let end = body.saturating_add(padded).min(len);
            fill_at(src, rest, end.saturating_sub(rest) as usize, &mut bytes)?;
            parts.map.push_literal(&bytes);
            Ok(Some(end))
        }
        _ => {
            if (parts.meta.len() as u64).saturating_add(whole) > MAX_ASIDE {
                return Ok(None);
            }
            fill_at(src, at, whole as usize, &mut bytes)?;
            parts.meta.extend_from_slice(&bytes);
            parts.map.push(Origin::Meta, whole);
            Ok(Some(next))
        }
    }
}

/// The bytes of sound behind a `data` header: what it says, or all that is left where it can't be right: the size of
/// an unfinished stream, a size past the end, or 0 before bytes that are no chunk.
fn data_len<R: Read + Seek>(src: &mut R, body: u64, size: u32, len: u64) -> Result<u64, CarveError> {
    let left = len.saturating_sub(body);
    let stated = u64::from(size);
    if size == UNKNOWN_SIZE || stated > left {
        return Ok(left);
    }
    if size > 0 || left == 0 {
        return Ok(stated);
    }
    let mut bytes = Vec::new();
    fill_at(src, body, left.min(CHUNK_HEADER) as usize, &mut bytes)?;
    let chunk_follows = chunk_header(&bytes).is_some_and(|(id, size)| {
        id.iter().all(|byte| (0x20..0x7f).contains(byte)) && CHUNK_HEADER.saturating_add(u64::from(size)) <= left
    });
    Ok(if chunk_follows { 0 } else { left })
}

fn chunk_header(bytes: &[u8]) -> Option<([u8; 4], u32)> {
    Some((*bytes.first_chunk()?, u32_at(bytes, 4)?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

/// Reads the body of a `fmt ` chunk (Microsoft, *Multiple Channel Audio Data and WAVE Files*).
fn parse_fmt(body: &[u8]) -> Option<Format> {
    let mut code = u16_at(body, 0)?;
    let channels = u16_at(body, 2)?;
    let rate = u32_at(body, 4)?;
    let frame_bytes = u16_at(body, 12)?;
    let bits = u16_at(body, 14)?;
    let mut extensible = None;
    if code == FORMAT_EXTENSIBLE {
        let valid = u16_at(body, 18)?;
        code = u16_at(body, 24)?;
        if body.get(26..40) != Some(&GUID_TAIL) || !(1..=bits).contains(&valid) {
            return None;
        }
        extensible = Some((valid, u32_at(body, 20)?));
    }
    let format = match (code, bits) {
        (FORMAT_PCM, 8) => SampleFormat::U8,
        (FORMAT_PCM, 16) => SampleFormat::S16,
        (FORMAT_PCM, 24) => SampleFormat::S24,
        (FORMAT_PCM, 32) => SampleFormat::S32,
        (FORMAT_FLOAT, 32) => SampleFormat::F32,
        (FORMAT_FLOAT, 64) => SampleFormat::F64,
        (FORMAT_ALAW, 8) => SampleFormat::ALaw,
        (FORMAT_MULAW, 8) => SampleFormat::MuLaw,
        _ => return None,
    };
    let profile = Profile::wav(format, rate, channels)?;
    let expected = profile.frame_bytes()?;
    (expected == u64::from(frame_bytes)).then_some(Format { profile, frame_bytes: expected, extensible })
}

impl Parts {
    fn finish(self) -> Option<Wav> {
        let (data_start, frames) = self.data?;
        let format = self.format?;
        let shape = Shape::of_ticks(format.profile, frames).ok()?;
        let packets = shape.packets();
        let count = packets.end.saturating_sub(packets.start);
        let cfg = Cfg { profile: format.profile, packets: count, extensible: format.extensible };
        Some(Wav { shape, data_start, cfg: cfg.encode(), meta: self.meta, container: self.map.encode() })
    }
}

//! Which scanner takes a source of compressed sound, and what a leaf of each codec must look like.
//!
//! Keeps: chosen by the first bytes; a scanner that answers none leaves the source to `chunk-v1`.
//! Does not know: what stands behind the first bytes.

use super::amr::{Band, WIDE_MAGIC};
use super::parts::Scanned;
use super::source::fill_at;
use super::step::MAX_PIECE;
use super::{adts, amr_wide, flac, grid, mp3, mp4, ogg_sound, webm};
use crate::sound::{Codec, Sound};
use std::io::{Read, Seek};

/// Bytes looked at to choose a scanner.
const HEAD_LEN: u64 = 16;

/// Whether a source that begins so may be a recording: a wrong guess costs a look at it.
#[must_use]
pub fn looks_like_sound(head: &[u8]) -> bool {
    match head {
        // A frame of layer III or of AAC; FF FE is the mark of UTF-16.
        [0xff, next, ..] => next & 0xe6 == 0xe2 || next & 0xf6 == 0xf0,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => true,
        _ => {
            [&b"RIFF"[..], b"#!AMR", b"fLaC", b"ID3", b"OggS"].iter().any(|magic| head.starts_with(magic))
                || mp4::begins_with(head)
        }
    }
}

/// Takes a source of compressed sound apart; none if it is no kind that is known, or not exactly.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut head = Vec::new();
    fill_at(src, 0, len.min(HEAD_LEN) as usize, &mut head)?;
    match head.as_slice() {
        [b'f', b'L', b'a', b'C', ..] => flac::scan(src, len),
        [0xff, ..] => bare(src, len),
        // Tags stand before FLAC as well as before bare frames.
        [b'I', b'D', b'3', ..] => match flac::scan(src, len)? {
            None => bare(src, len),
            found => Ok(found),
        },
        [b'O', b'g', b'g', b'S', ..] => ogg_sound::scan(src, len),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => webm::scan(src, len),
        head if head.starts_with(WIDE_MAGIC) => amr_wide::scan(src, len),
        head if mp4::begins_with(head) => mp4::scan(src, len),
        _ => Ok(None),
    }
}

/// Frames without a container.
fn bare<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    match adts::scan(src, len)? {
        None => mp3::scan(src, len),
        found => Ok(found),
    }
}

/// Whether a payload is the packet of this number (from 0) of this sound, lasting so many ticks.
pub(crate) fn is_leaf(sound: Sound, number: u64, ticks: u64, payload: &[u8]) -> bool {
    if payload.is_empty() || payload.len() > MAX_PIECE {
        return false;
    }
    if let Some(band) = Band::of(sound.codec()) {
        return band.is_frame(payload);
    }
    match sound.codec() {
        Codec::Mp3 => mp3::is_frame(sound, payload),
        Codec::Flac => flac::is_frame(sound, number, ticks, payload),
        Codec::AdtsAac => payload.len() <= adts::MAX_UNIT,
        _ if sound.is_on_grid() => grid::is_leaf(sound.codec(), payload),
        _ => true,
    }
}

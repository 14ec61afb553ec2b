//! Files of AMR-WB, one channel (RFC 4867 §5).
//!
//! Keeps: as those of AMR-NB, what is no frame, and all behind it, is literal.
//! Does not know: what a frame sounds like.

use super::amr::{Band, WIDE_MAGIC};
use super::feed::Feed;
use super::parts::{Parts, Scanned};
use crate::sound::{Codec, Sound};
use std::io::{Read, Seek};

/// Takes a file apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let magic = WIDE_MAGIC.len();
    let mut feed = Feed::new(src, 0, len);
    let mut parts = Parts::new(false);
    if feed.peek(magic)? != WIDE_MAGIC || !parts.literal_from(&mut feed, magic as u64)? {
        return Ok(None);
    }
    while let Some(frame) = feed.peek(1)?.first().and_then(|toc| Band::Wide.frame_len(*toc)) {
        let frame = frame as u64;
        if frame > feed.left() {
            break;
        }
        if !parts.packet(frame) {
            return Ok(None);
        }
        feed.skip(frame);
    }
    let (tail, frames) = (feed.left(), parts.leaves());
    let Some(sound) = Sound::new(Codec::AmrWb, 320, 16_000, 1) else { return Ok(None) };
    if !parts.literal_from(&mut feed, tail)? {
        return Ok(None);
    }
    Ok(parts.finish(sound, frames, &[], len))
}

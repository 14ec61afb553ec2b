//! Tags before and behind bare frames: ID3v2, ID3v1, APE.
//!
//! Keeps: a tag goes to META whole, or is none.
//! Does not know: what a tag says.

use super::feed::Feed;
use super::parts::Parts;
use crate::CarveError;
use std::io::{Read, Seek};

const ID3V2_HEAD: usize = 10;
const ID3V2_HAS_FOOTER: u8 = 0x10;
const ID3V1: u64 = 128;
/// The enlarged tag that stands before an ID3v1.
const ID3V1_PLUS: u64 = 227;
const APE_HEAD: usize = 32;
/// Bit 29 of the flags: this is the header, not the footer (APEv2).
const APE_IS_HEADER: u8 = 0x20;

/// Bytes of the tag that `head` begins, the source having `left` more; none if it begins none or is cut short.
fn len_of(head: &[u8], left: u64) -> Option<u64> {
    let len = match head {
        [b'I', b'D', b'3', major, minor, flags, size @ ..] => {
            let size: &[u8; 4] = size.first_chunk()?;
            if *major == 0xff || *minor == 0xff || size.iter().any(|byte| *byte >= 0x80) {
                return None;
            }
            let body = size.iter().fold(0u64, |sum, byte| (sum << 7) + u64::from(*byte));
            let ends = if flags & ID3V2_HAS_FOOTER != 0 { 2 } else { 1 };
            body + ends * ID3V2_HEAD as u64
        }
        [b'T', b'A', b'G', b'+', ..] if left >= ID3V1_PLUS + ID3V1 => ID3V1_PLUS,
        [b'T', b'A', b'G', ..] => ID3V1,
        [b'A', b'P', b'E', b'T', b'A', b'G', b'E', b'X', rest @ ..] => {
            let size = rest.get(4..8)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))?;
            let is_header = rest.get(15)? & APE_IS_HEADER != 0;
            APE_HEAD as u64 + if is_header { u64::from(size) } else { 0 }
        }
        _ => return None,
    };
    (len <= left).then_some(len)
}

/// Takes the tags that stand here into META; false past the limit of [`Parts`].
pub(crate) fn take<R: Read + Seek>(feed: &mut Feed<'_, R>, parts: &mut Parts) -> Result<bool, CarveError> {
    loop {
        let left = feed.left();
        match len_of(feed.peek(APE_HEAD)?, left) {
            Some(len) if !parts.meta_from(feed, len)? => return Ok(false),
            Some(_) => {}
            None => return Ok(true),
        }
    }
}

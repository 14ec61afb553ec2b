//! AMR-NB storage format, one channel (RFC 4867 §5): frames and their sizes.
//!
//! Keeps: a frame is its table-of-contents byte and the octets that the frame type prescribes; padding bits are
//! ignored as the RFC says, and kept.
//! Does not know: what a frame sounds like.

use super::step::{After, Step};
use std::io::{self, BufRead};

/// The first bytes of a single-channel file.
pub(crate) const MAGIC: &[u8] = b"#!AMR\n";
/// Octets of a frame with its first, by frame type 0–8 (3GPP TS 26.101 annex A, octet-aligned).
const FRAME_LEN: [u8; 9] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
/// The frame type that carries nothing.
const NO_DATA: u8 = 15;

/// The frame type in a table-of-contents byte.
pub(crate) fn frame_type(toc: u8) -> u8 {
    (toc >> 3) & 0x0f
}

/// Octets of the frame that begins with `toc`; none for the types that a file may not hold (9–14).
pub(crate) fn frame_len(toc: u8) -> Option<usize> {
    match frame_type(toc) {
        NO_DATA => Some(1),
        other => FRAME_LEN.get(usize::from(other)).map(|len| usize::from(*len)),
    }
}

/// Reads one frame.
pub(crate) fn step<R: BufRead>(src: &mut R, leaf: &mut Vec<u8>) -> io::Result<Step> {
    let Some(&toc) = src.fill_buf()?.first() else { return Ok(Step::End) };
    let Some(len) = frame_len(toc) else { return Ok(Step::Odd) };
    leaf.resize(len, 0);
    match src.read_exact(leaf) {
        Ok(()) => Ok(Step::Leaf { used: len as u64, after: After::Nothing }),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Step::Odd),
        Err(error) => Err(error),
    }
}

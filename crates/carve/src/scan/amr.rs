//! AMR storage format, one channel (RFC 4867 §5): frames and their sizes, narrow band and wide.
//!
//! Keeps: a frame is its table-of-contents byte and the octets that the frame type prescribes; padding bits are
//! ignored as the RFC says, and kept.
//! Does not know: what a frame sounds like.

use super::step::{After, Step};
use crate::sound::Codec;
use std::io::{self, BufRead};

/// The first bytes of a single-channel file.
pub(crate) const MAGIC: &[u8] = b"#!AMR\n";
/// Octets of a frame with its first, by frame type 0–8 (3GPP TS 26.101 annex A, octet-aligned).
const FRAME_LEN: [u8; 9] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
/// The first bytes of a single-channel file of AMR-WB.
pub(crate) const WIDE_MAGIC: &[u8] = b"#!AMR-WB\n";
/// As [`FRAME_LEN`] for AMR-WB, frame types 0–9 (3GPP TS 26.201 annex A).
const WIDE_FRAME_LEN: [u8; 10] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6];
/// The frame type of AMR-WB that says that a frame was lost.
const LOST: u8 = 14;
/// The frame type that carries nothing.
const NO_DATA: u8 = 15;
/// Speech modes.
const MODES: u8 = 8;
const WIDE_MODES: u8 = 9;

/// Which of the two codecs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// AMR-NB.
    Narrow,
    /// AMR-WB.
    Wide,
}

impl Band {
    /// The band of a sound; none for other codecs.
    pub(crate) fn of(codec: Codec) -> Option<Self> {
        match codec {
            Codec::Mp4AmrNb => Some(Self::Narrow),
            Codec::Mp4AmrWb | Codec::AmrWb => Some(Self::Wide),
            _ => None,
        }
    }

    /// The first bytes of a file.
    pub(crate) fn magic(self) -> &'static [u8] {
        match self {
            Self::Narrow => MAGIC,
            Self::Wide => WIDE_MAGIC,
        }
    }

    /// Octets of the frame that begins with `toc`; none for the types that a file may not hold.
    pub(crate) fn frame_len(self, toc: u8) -> Option<usize> {
        match (self, frame_type(toc)) {
            (Self::Narrow, _) => frame_len(toc),
            (Self::Wide, LOST | NO_DATA) => Some(1),
            (Self::Wide, other) => WIDE_FRAME_LEN.get(usize::from(other)).map(|len| usize::from(*len)),
        }
    }

    /// Whether a payload is one frame.
    pub(crate) fn is_frame(self, payload: &[u8]) -> bool {
        payload.first().and_then(|toc| self.frame_len(*toc)) == Some(payload.len())
    }

    /// The speech mode of a frame; none for one that carries no speech.
    pub(crate) fn mode(self, payload: &[u8]) -> Option<u8> {
        let modes = if self == Self::Narrow { MODES } else { WIDE_MODES };
        payload.first().map(|toc| frame_type(*toc)).filter(|mode| *mode < modes)
    }
}

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn frames_carry_speech_by_their_type() {
        // 3GPP TS 26.101: types 0 to 7 are speech, 8 is silence, 15 nothing. TS 26.201: 0 to 8, 9, 14 lost, 15.
        let modes = |band: Band| (0..16).filter_map(|kind| band.mode(&[kind << 3 | 4])).collect::<Vec<u8>>();
        assert_eq!((modes(Band::Narrow), modes(Band::Wide)), ((0..8).collect(), (0..9).collect()));
        assert_eq!((Band::Narrow.mode(&[]), Band::Wide.mode(&[0x87])), (None, Some(0)), "bits beside the type");
        let lens = |band: Band| (0..16).map(|kind| band.frame_len(kind << 3).unwrap_or(0)).collect::<Vec<usize>>();
        assert_eq!(lens(Band::Narrow), [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(lens(Band::Wide), [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1]);
        assert!(Band::Wide.is_frame(&[0x7c]) && !Band::Wide.is_frame(&[0x7c, 0]) && !Band::Wide.is_frame(&[]));
        let bands = [Codec::AmrWb, Codec::Mp4AmrWb, Codec::Mp4AmrNb, Codec::Mp3].map(Band::of);
        assert_eq!(bands, [Some(Band::Wide), Some(Band::Wide), Some(Band::Narrow), None]);
    }

    #[test]
    fn a_source_that_fails_is_not_one_that_ends() {
        /// A byte, then a failure.
        struct Failing(u8, io::ErrorKind);

        impl io::Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(self.1.into())
            }
        }

        impl BufRead for Failing {
            fn fill_buf(&mut self) -> io::Result<&[u8]> {
                Ok(std::slice::from_ref(&self.0))
            }

            fn consume(&mut self, _: usize) {}
        }

        let read = |kind| step(&mut Failing(0x3c, kind), &mut Vec::new()).map_err(|error| error.kind());
        assert_eq!(read(io::ErrorKind::UnexpectedEof), Ok(Step::Odd));
        assert_eq!(read(io::ErrorKind::PermissionDenied), Err(io::ErrorKind::PermissionDenied));
    }
}

//! Opus and Vorbis in Ogg: which it is, and its pages sorted.
//!
//! Keeps: one codec, one stream, from the first byte.
//! Does not know: how pages or packets are read.

use super::feed::Feed;
use super::grid::Cells;
use super::ogg::{self, Listener};
use super::parts::{Parts, Scanned};
use crate::sound::Codec;
use std::io::{Read, Seek};

/// Where the first packet stands: behind a header of 27 bytes and one lacing value.
const FIRST_PACKET: usize = 28;
/// Bytes of the first packet that tell the codec.
const MAGIC_LEN: usize = 8;
struct Sorter {
    codec: Codec,
    cells: Option<Cells>,
}

impl Listener for Sorter {
    fn headers(&mut self, headers: &[Vec<u8>]) -> bool {
        self.cells = match (self.codec, headers) {
            (Codec::OggOpus, [head]) => Cells::opus(self.codec, head),
            (Codec::OggVorbis, [ident, setup]) => Cells::vorbis(ident, setup),
            _ => None,
        };
        self.cells.is_some()
    }

    fn packet(&mut self, packet: &[u8], parts: &mut Parts) -> bool {
        self.cells.as_mut().is_some_and(|cells| cells.packet(packet, parts))
    }

    fn granule(&mut self, samples: u64, is_last: bool) -> bool {
        self.cells.as_ref().is_some_and(|cells| cells.is_until(samples, is_last))
    }
}

/// Takes Opus or Vorbis in Ogg apart.
pub(crate) fn scan<R: Read + Seek>(src: &mut R, len: u64) -> Scanned {
    let mut feed = Feed::new(src, 0, len);
    let head = feed.peek(FIRST_PACKET + MAGIC_LEN)?;
    let (codec, headers) = match head.get(FIRST_PACKET..).unwrap_or_default() {
        b"OpusHead" => (Codec::OggOpus, 2),
        [b'\x01', b'v', b'o', b'r', b'b', b'i', b's', ..] => (Codec::OggVorbis, 3),
        _ => return Ok(None),
    };
    let mut parts = if codec == Codec::OggOpus { Parts::of_opus() } else { Parts::new(true) };
    let mut sorter = Sorter { codec, cells: None };
    if !ogg::read(&mut feed, &mut parts, &mut sorter, headers)? {
        return Ok(None);
    }
    Ok(sorter.cells.and_then(|cells| cells.finish(parts, len)))
}

//! Compressed streams inside bytes, found by trying: what opens is one.
//!
//! Keeps: raw deflate is tried at every offset of the first `RAW_BYTES_MAX` bytes, the kinds that have a mark at every
//! offset; what came out before an error counts. Deliberately does not know: what is in them.

use flate2::{Decompress, FlushDecompress};
use std::io::Read;

/// Bytes in which raw deflate, which has no mark, is tried at every offset. Longer ones are looked through for marks.
pub const RAW_BYTES_MAX: usize = 1 << 20;
/// Most that is taken out of one stream, bytes.
pub const INFLATED_MAX: usize = 4 << 20;
/// What a first try of a raw stream takes out: chance rarely gives more.
const TRY_BYTES: usize = 256;
/// The least that came out of a raw stream to be looked at.
const LEAST: usize = 4;

/// Hands each stream on: its kind, where it begins, what is in it. Raw deflate is tried only where `raw`.
pub(super) fn each(bytes: &[u8], raw: bool, hand: &mut dyn FnMut(&'static str, usize, &[u8])) {
    let mut inflater = Inflater::new();
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        if let Some((kind, inside)) = marked(rest, &mut inflater) {
            hand(kind, at, &inside);
        }
        if raw && bytes.len() <= RAW_BYTES_MAX && may_be_deflate(rest) {
            let inside = inflater.raw(rest);
            if inside.len() >= LEAST {
                hand("deflate", at, &inside);
            }
        }
    }
}

/// A stream that begins here and says so.
fn marked(rest: &[u8], inflater: &mut Inflater) -> Option<(&'static str, Vec<u8>)> {
    let found = match rest {
        [0x1f, 0x8b, 8, ..] => ("gzip", all(flate2::read::GzDecoder::new(rest))),
        [b'P', b'K', 3, 4, _, _, _, _, 8, 0, ..] if rest.len() > 30 => {
            let long = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
            ("zip", inflater.raw(rest.get(30 + long(26) + long(28)..)?))
        }
        [cmf, flg, ..] if cmf & 0x8f == 8 && (u16::from(*cmf) << 8 | u16::from(*flg)) % 31 == 0 => {
            ("zlib", inflater.raw(&rest[2..]))
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => ("zstd", all(ruzstd::decoding::StreamingDecoder::new(rest).ok()?)),
        _ => return None,
    };
    (!found.1.is_empty()).then_some(found)
}

/// What comes out until the end, an error, or the limit.
fn all(mut stream: impl Read) -> Vec<u8> {
    let mut out = Vec::new();
    let mut piece = [0; 4096];
    while out.len() < INFLATED_MAX {
        match stream.read(&mut piece) {
            Ok(n) if n > 0 => out.extend_from_slice(&piece[..n]),
            _ => break,
        }
    }
    out
}

/// Whether a raw deflate stream may begin here: a block of fixed codes, or of dynamic codes whose first table is
/// complete. Stored blocks hide nothing.
fn may_be_deflate(rest: &[u8]) -> bool {
    let Some(&first) = rest.first() else { return false };
    match first >> 1 & 3 {
        1 => true,
        2 => has_code_table(rest),
        _ => false,
    }
}

/// RFC 1951, 3.2.7: the code lengths of the code length code must make a complete code.
fn has_code_table(rest: &[u8]) -> bool {
    let Some(head) = rest.get(..10) else { return false };
    let mut bits = [0u8; 16];
    bits[..10].copy_from_slice(head);
    let mut bits = u128::from_le_bytes(bits) >> 3;
    let mut take = |n: u32| {
        let value = (bits & ((1 << n) - 1)) as u32;
        bits >>= n;
        value
    };
    let (literals, distances, lengths) = (take(5), take(5), take(4) + 4);
    if literals > 29 || distances > 29 {
        return false;
    }
    // In 128ths: a code of length n takes 2^(7-n).
    let sum: u32 = (0..lengths).map(|_| take(3)).filter(|n| *n > 0).map(|n| 1 << (7 - n)).sum();
    sum == 128
}

struct Inflater {
    state: Decompress,
}

impl Inflater {
    fn new() -> Self {
        Self { state: Decompress::new(false) }
    }

    /// What a raw deflate stream gives: a little first, the rest where that was not nonsense.
    fn raw(&mut self, from: &[u8]) -> Vec<u8> {
        self.state.reset(false);
        let mut out = Vec::with_capacity(TRY_BYTES);
        // An error leaves in `out` what was inflated before it.
        let tried = self.state.decompress_vec(from, &mut out, FlushDecompress::None);
        if tried.is_err() || out.len() < TRY_BYTES {
            return out;
        }
        all(flate2::read::DeflateDecoder::new(from))
    }
}

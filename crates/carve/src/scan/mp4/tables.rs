//! The sample tables of a track (ISO/IEC 14496-12 §8.6 and §8.7): where each sample lies, how long it is, when it begins.
//!
//! Keeps: the tables agree in their counts, or there is no walk; nothing is copied, a sample at a time is told.
//! Does not know: what a sample holds, or which times are right.

use super::boxes::{Found, full, has, only, rows, u32_at, u64_at};
use crate::CarveError;

/// Most samples of a track.
pub const MAX_SAMPLES: u64 = 1 << 22;

/// A sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// In the file.
    pub(super) at: u64,
    pub(super) len: u64,
    /// When it begins, in units of the track's scale.
    pub(super) time: u64,
}

/// What a walk is told: whether to go on, or that the file is not of a kind that a profile holds.
pub(super) type Going = Result<bool, CarveError>;

#[derive(Clone, Copy, Debug)]
enum Sizes<'a> {
    Same(u64),
    /// Numbers of so many bits, one behind the other.
    Table(&'a [u8], u8),
}

/// The tables, checked to be whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'a> {
    count: u64,
    sizes: Sizes<'a>,
    /// Rows of (first chunk, samples a chunk, entry).
    chunks: &'a [u8],
    offsets: &'a [u8],
    /// Bytes of an offset: 4 or 8.
    offset_width: usize,
    /// Rows of (samples, duration).
    times: &'a [u8],
}

impl<'a> Tables<'a> {
    /// Finds the tables among the boxes of `stbl`.
    pub(super) fn read(stbl: &[Found<'a>]) -> Option<Self> {
        let (count, sizes) = sizes(stbl)?;
        let (offsets, offset_width) = match has(stbl, b"co64") {
            true if has(stbl, b"stco") => return None,
            true => (only(stbl, b"co64")?, 8),
            false => (only(stbl, b"stco")?, 4),
        };
        let tables = Self {
            count,
            sizes,
            chunks: table(only(stbl, b"stsc")?, 12)?,
            offsets: table(offsets, offset_width)?,
            offset_width,
            times: table(only(stbl, b"stts")?, 8)?,
        };
        (count <= MAX_SAMPLES).then_some(tables)
    }

    /// Tells every sample in the track's order; false where the tables disagree or `each` says so. The time behind the
    /// last sample is left in `end`.
    pub(super) fn walk(&self, end: &mut u64, each: &mut impl FnMut(Sample) -> Going) -> Going {
        let mut times = Times::new(self.times);
        let mut chunk_rows = ChunkRows::new(self.chunks);
        let mut number = 0u64;
        for (chunk, offset) in (1u64..).zip(self.offsets.chunks_exact(self.offset_width)) {
            let offset = if self.offset_width == 8 { u64_at(offset, 0) } else { u32_at(offset, 0).map(u64::from) };
            let (Some(mut at), Some(samples)) = (offset, chunk_rows.samples_of(chunk)) else { return Ok(false) };
            for _ in 0..samples {
                let (Some(len), Some(time)) = (self.size(number), times.next()) else { return Ok(false) };
                if !each(Sample { at, len, time })? {
                    return Ok(false);
                }
                number = number.saturating_add(1);
                at = at.saturating_add(len);
            }
        }
        *end = times.now;
        Ok(number == self.count && times.is_at_the_end() && chunk_rows.is_at_the_end())
    }

    /// Bytes of a sample; none past the end.
    fn size(&self, number: u64) -> Option<u64> {
        if number >= self.count {
            return None;
        }
        let index = usize::try_from(number).ok()?;
        match self.sizes {
            Sizes::Same(size) => Some(size),
            Sizes::Table(bytes, 32) => u32_at(bytes, index.checked_mul(4)?).map(u64::from),
            Sizes::Table(bytes, 16) => {
                bytes.get(index.checked_mul(2)?..)?.first_chunk().map(|b| u64::from(u16::from_be_bytes(*b)))
            }
            Sizes::Table(bytes, 8) => bytes.get(index).map(|byte| u64::from(*byte)),
            Sizes::Table(bytes, _) => {
                let byte = *bytes.get(index / 2)?;
                Some(u64::from(if index % 2 == 0 { byte >> 4 } else { byte & 0x0f }))
            }
        }
    }
}

/// The rows of a table in a full box.
fn table(body: &[u8], width: usize) -> Option<&[u8]> {
    let (_, _, list) = full(body)?;
    let bytes = rows(list, width)?.count().checked_mul(width)?;
    list.get(4..)?.get(..bytes)
}

fn sizes<'a>(stbl: &[Found<'a>]) -> Option<(u64, Sizes<'a>)> {
    let is_compact = has(stbl, b"stz2");
    if is_compact && has(stbl, b"stsz") {
        return None;
    }
    let (_, _, list) = full(only(stbl, if is_compact { b"stz2" } else { b"stsz" })?)?;
    let count = u64::from(u32_at(list, 4)?);
    let bits = match u32_at(list, 0)? {
        0 if !is_compact => 32,
        size if !is_compact => return Some((count, Sizes::Same(u64::from(size)))),
        4 => 4,
        8 => 8,
        16 => 16,
        _ => return None,
    };
    let bytes = usize::try_from(count.checked_mul(u64::from(bits))?.div_ceil(8)).ok()?;
    Some((count, Sizes::Table(list.get(8..)?.get(..bytes)?, bits)))
}

/// When samples begin.
struct Times<'a> {
    rows: std::slice::ChunksExact<'a, u8>,
    left: u32,
    step: u32,
    now: u64,
}

impl<'a> Times<'a> {
    fn new(rows: &'a [u8]) -> Self {
        Self { rows: rows.chunks_exact(8), left: 0, step: 0, now: 0 }
    }

    fn next(&mut self) -> Option<u64> {
        while self.left == 0 {
            let row = self.rows.next()?;
            (self.left, self.step) = (u32_at(row, 0)?, u32_at(row, 4)?);
        }
        self.left = self.left.saturating_sub(1);
        let time = self.now;
        self.now = time.checked_add(u64::from(self.step))?;
        Some(time)
    }

    fn is_at_the_end(&self) -> bool {
        self.left == 0 && self.rows.clone().all(|row| u32_at(row, 0) == Some(0))
    }
}

/// How many samples chunks have.
struct ChunkRows<'a> {
    rows: std::iter::Peekable<std::slice::ChunksExact<'a, u8>>,
    samples: u32,
}

impl<'a> ChunkRows<'a> {
    fn new(rows: &'a [u8]) -> Self {
        Self { rows: rows.chunks_exact(12).peekable(), samples: 0 }
    }

    /// Samples of the next chunk, asked for one after the other from 1. The first row must be for chunk 1, and every
    /// row for the one sample entry there is.
    fn samples_of(&mut self, chunk: u64) -> Option<u32> {
        let is_next = |row: &&[u8]| u32_at(row, 0).map(u64::from) == Some(chunk);
        if let Some(row) = self.rows.next_if(is_next) {
            if u32_at(row, 8)? != 1 {
                return None;
            }
            self.samples = u32_at(row, 4)?;
        } else if chunk == 1 {
            return None;
        }
        Some(self.samples)
    }

    fn is_at_the_end(&mut self) -> bool {
        self.rows.peek().is_none()
    }
}

//! Bounded reading from a seekable source.
//!
//! Keeps: never asks for memory that the caller has not bounded; a short source is `SourceChanged`.
//! Does not know: profiles.

use crate::CarveError;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom, Take};

/// Bytes read ahead.
const READ_AHEAD: usize = 64 * 1024;

/// Bytes read ahead for one leaf: 256 AMR frames at most.
const READ_NEAR: usize = 8 * 1024;

/// A buffered reader over `start .. start + len`.
pub(crate) fn span<R: Read + Seek>(src: &mut R, start: u64, len: u64) -> Result<BufReader<Take<&mut R>>, CarveError> {
    src.seek(SeekFrom::Start(start))?;
    Ok(BufReader::with_capacity(READ_AHEAD, src.take(len)))
}

/// As [`span`], for a reader that wants a few leaves only.
pub(crate) fn near<R: Read + Seek>(src: &mut R, start: u64, len: u64) -> Result<BufReader<Take<&mut R>>, CarveError> {
    src.seek(SeekFrom::Start(start))?;
    Ok(BufReader::with_capacity(READ_NEAR, src.take(len)))
}

/// Fills `out` with exactly `len` bytes from `start`; the caller bounds `len`.
pub(crate) fn fill_at<R: Read + Seek>(
    src: &mut R,
    start: u64,
    len: usize,
    out: &mut Vec<u8>,
) -> Result<(), CarveError> {
    src.seek(SeekFrom::Start(start))?;
    fill(src, start, len, out)
}

/// Fills `out` with exactly `len` bytes from where `src` stands; `at` is named in the error.
pub(crate) fn fill<R: Read>(src: &mut R, at: u64, len: usize, out: &mut Vec<u8>) -> Result<(), CarveError> {
    // What is in it already is written over.
    out.resize(len, 0);
    src.read_exact(out).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => CarveError::SourceChanged { at },
        _ => CarveError::Io(error),
    })
}

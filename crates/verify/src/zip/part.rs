//! A stored file inside an archive as a file of its own.
//!
//! Keeps: nothing outside it is read. Does not know: archives.

use std::io::{Read, Seek, SeekFrom};

/// A part of a file as a file of its own.
#[derive(Debug)]
pub struct Part<R> {
    inner: R,
    start: u64,
    len: u64,
    at: u64,
}

impl<R: Read + Seek> Part<R> {
    /// The `len` bytes from where `inner` stands.
    ///
    /// # Errors
    /// When its place can't be asked.
    pub fn new(mut inner: R, len: u64) -> std::io::Result<Self> {
        let start = inner.stream_position()?;
        Ok(Self { inner, start, len, at: 0 })
    }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let n = out.len().min(left);
        let n = self.inner.read(out.get_mut(..n).unwrap_or_default())?;
        self.at = self.at.saturating_add(n as u64);
        Ok(n)
    }
}

impl<R: Seek> Seek for Part<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let to = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.len.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        let to = to.filter(|t| *t <= self.len).ok_or(std::io::ErrorKind::InvalidInput)?;
        self.inner.seek(SeekFrom::Start(self.start.saturating_add(to)))?;
        self.at = to;
        Ok(to)
    }
}

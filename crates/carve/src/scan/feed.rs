//! Reading a source forward with a look ahead.
//!
//! Keeps: holds what was asked to be seen at once and [`READ_AHEAD`] bytes more, never the source; a source that ends
//! early is `SourceChanged`.
//! Does not know: profiles.

use crate::CarveError;
use std::io::{ErrorKind, Read, Seek, SeekFrom};

/// Bytes read at once.
const READ_AHEAD: usize = 64 * 1024;
/// Bytes read at once for one leaf.
const READ_NEAR: usize = 4 * 1024;

/// A source with a place in it.
pub(crate) struct Feed<'r, R> {
    src: &'r mut R,
    /// Length of the source.
    len: u64,
    /// The place.
    at: u64,
    window: Vec<u8>,
    /// The place in the window.
    from: usize,
    /// Whether `src` stands at the end of the window.
    is_there: bool,
    ahead: usize,
}

impl<'r, R: Read + Seek> Feed<'r, R> {
    /// Stands at `at` of a source of `len` bytes.
    pub(crate) fn new(src: &'r mut R, at: u64, len: u64) -> Self {
        Self { src, len, at: at.min(len), window: Vec::new(), from: 0, is_there: false, ahead: READ_AHEAD }
    }

    /// As [`Feed::new`], for a reader that wants one leaf only.
    pub(crate) fn near(src: &'r mut R, at: u64, len: u64) -> Self {
        Self { ahead: READ_NEAR, ..Self::new(src, at, len) }
    }

    /// The place, in bytes from the start of the source.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// Bytes from here to the end.
    pub(crate) fn left(&self) -> u64 {
        self.len.saturating_sub(self.at)
    }

    /// The next bytes: `want` of them, fewer only where the source ends. The caller bounds `want`.
    pub(crate) fn peek(&mut self, want: usize) -> Result<&[u8], CarveError> {
        let want = usize::try_from(self.left()).unwrap_or(usize::MAX).min(want);
        let held = self.window.len().saturating_sub(self.from);
        if held < want {
            self.window.drain(..self.from.min(self.window.len()));
            self.from = 0;
            let end = self.at.saturating_add(held as u64);
            if !self.is_there {
                self.src.seek(SeekFrom::Start(end))?;
                self.is_there = true;
            }
            let behind = usize::try_from(self.len.saturating_sub(end)).unwrap_or(usize::MAX);
            let more = want.saturating_sub(held).max(self.ahead).min(behind);
            self.window.resize(held.saturating_add(more), 0);
            let fresh = self.window.get_mut(held..).unwrap_or_default();
            self.src.read_exact(fresh).map_err(|error| match error.kind() {
                ErrorKind::UnexpectedEof => CarveError::SourceChanged { at: end },
                _ => CarveError::Io(error),
            })?;
        }
        Ok(self.window.get(self.from..self.from.saturating_add(want)).unwrap_or_default())
    }

    /// Goes on by so many bytes, at most to the end.
    pub(crate) fn skip(&mut self, bytes: u64) {
        let bytes = bytes.min(self.left());
        self.at = self.at.saturating_add(bytes);
        let from = usize::try_from(bytes).ok().and_then(|bytes| self.from.checked_add(bytes));
        match from.filter(|from| *from <= self.window.len()) {
            Some(from) => self.from = from,
            None => {
                self.window.clear();
                self.from = 0;
                self.is_there = false;
            }
        }
    }

    /// Appends the next `len` bytes to `out` and goes past them; the caller bounds `len`.
    pub(crate) fn take(&mut self, len: u64, out: &mut Vec<u8>) -> Result<(), CarveError> {
        let mut left = len;
        while left > 0 {
            let want = usize::try_from(left).unwrap_or(usize::MAX).min(READ_AHEAD);
            let bytes = self.peek(want)?;
            let got = bytes.len() as u64;
            out.extend_from_slice(bytes);
            if got == 0 {
                return Err(CarveError::SourceChanged { at: self.at });
            }
            self.skip(got);
            left = left.saturating_sub(got);
        }
        Ok(())
    }
}

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::{self, Cursor};

    /// Counts how often it is read.
    struct Counted(Cursor<Vec<u8>>, usize);

    impl Read for Counted {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0.read(out)
        }
    }

    impl Seek for Counted {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn what_is_held_is_not_read_again() {
        let bytes: Vec<u8> = (0..4 * READ_NEAR).map(|n| n as u8).collect();
        let mut src = Counted(Cursor::new(bytes.clone()), 0);
        let mut feed = Feed::near(&mut src, 0, bytes.len() as u64);
        for (want, reads) in [(1, 1), (READ_NEAR, 1), (READ_NEAR + 1, 2), (2 * READ_NEAR, 2)] {
            assert_eq!(feed.peek(want).unwrap(), &bytes[..want]);
            assert_eq!(feed.src.1, reads, "{want}");
        }
        // Within the window, then behind it.
        feed.skip(5);
        assert_eq!(feed.peek(9).unwrap(), &bytes[5..14]);
        assert_eq!((feed.at(), feed.src.1), (5, 2));
        feed.skip(2 * READ_NEAR as u64);
        assert_eq!(feed.peek(3).unwrap(), &bytes[2 * READ_NEAR + 5..2 * READ_NEAR + 8]);
        assert_eq!(feed.src.1, 3);
        feed.skip(u64::MAX);
        assert_eq!((feed.left(), feed.peek(9).unwrap().len()), (0, 0));
    }

    #[test]
    fn a_source_that_ends_early_is_named() {
        let mut src = Cursor::new(vec![7; 10]);
        let error = Feed::new(&mut src, 4, 20).peek(9).map(<[u8]>::to_vec).unwrap_err();
        assert!(matches!(error, CarveError::SourceChanged { at: 4 }), "{error}");
        let mut out = Vec::new();
        let mut feed = Feed::new(&mut src, 4, 10);
        feed.take(6, &mut out).unwrap();
        assert_eq!(out, [7; 6]);
        assert!(matches!(feed.take(1, &mut out), Err(CarveError::SourceChanged { at: 10 })));
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(ErrorKind::PermissionDenied.into())
            }
        }
        impl Seek for Failing {
            fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
                Ok(0)
            }
        }
        let error = Feed::new(&mut Failing, 0, 20).peek(9).map(<[u8]>::to_vec).unwrap_err();
        assert!(matches!(error, CarveError::Io(_)), "{error}");
    }
}

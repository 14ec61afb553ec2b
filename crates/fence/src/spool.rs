//! The exhibit's bytes inside the worker: a file in memory that no path leads to.
//!
//! Keeps: nothing on a disk; never longer than its limit. Does not know: what the bytes are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use rustix::fs::{MemfdFlags, memfd_create};

/// Why bytes could not be spooled.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// More bytes than the limit.
    #[error("more than {limit} bytes of input")]
    TooLong {
        /// The limit, bytes.
        limit: u64,
    },
    /// The file in memory failed.
    #[error("scratch memory: {0}")]
    Io(#[from] io::Error),
}

/// Bytes in memory, readable as a file.
#[derive(Debug)]
pub struct Spool {
    file: File,
    len: u64,
    limit: u64,
}

impl Spool {
    /// An empty one that takes `limit` bytes.
    ///
    /// # Errors
    /// [`SpoolError::Io`] if the kernel grants no file in memory.
    pub fn new(limit: u64) -> Result<Self, SpoolError> {
        let file = File::from(memfd_create("exhibit", MemfdFlags::CLOEXEC).map_err(io::Error::from)?);
        Ok(Self { file, len: 0, limit })
    }

    /// Appends.
    ///
    /// # Errors
    /// [`SpoolError::TooLong`] past the limit; nothing of `bytes` is kept then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        let len = self.len.saturating_add(bytes.len() as u64);
        if len > self.limit {
            return Err(SpoolError::TooLong { limit: self.limit });
        }
        self.file.seek(SeekFrom::Start(self.len))?;
        self.file.write_all(bytes)?;
        self.len = len;
        Ok(())
    }

    /// Bytes held.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first bytes, up to `n`.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn head(&mut self, n: usize) -> Result<Vec<u8>, SpoolError> {
        let mut head = Vec::new();
        self.rewind()?.take(n as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// All bytes; for readers that need them at once.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn all(&mut self) -> Result<Vec<u8>, SpoolError> {
        let mut all = Vec::with_capacity(usize::try_from(self.len).unwrap_or(0));
        self.rewind()?.read_to_end(&mut all)?;
        Ok(all)
    }

    /// The file, at its start. Clones share the position.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn rewind(&mut self) -> Result<&mut File, SpoolError> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(&mut self.file)
    }

    /// Gives the file itself, at its start.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn into_file(mut self) -> Result<File, SpoolError> {
        self.rewind()?;
        Ok(self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_pushed_and_no_more_than_its_limit() {
        let mut s = Spool::new(5).unwrap();
        s.push(b"abc").unwrap();
        assert!(matches!(s.push(b"def"), Err(SpoolError::TooLong { limit: 5 })));
        s.push(b"de").unwrap();
        assert_eq!(s.head(2).unwrap(), b"ab");
        assert_eq!(s.all().unwrap(), b"abcde");
        assert_eq!(s.len(), 5);
    }
}

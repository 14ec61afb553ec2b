//! OLE compound files: what old office programs and Outlook wrote.
//!
//! Keeps: a stream is read to its limit and no further. Does not know: what streams hold.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

/// Longest stream that is read, bytes.
const MAX_STREAM: u64 = 256 << 20;

/// Most streams that are listed.
const MAX_STREAMS: usize = 4_096;

/// An open compound file.
pub struct Ole(CompoundFile<Cursor<Vec<u8>>>);

impl Ole {
    /// None if the bytes are none.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        CompoundFile::open(Cursor::new(bytes)).ok().map(Self)
    }

    /// The bytes of a stream.
    pub fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let stream = self.0.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        stream.take(MAX_STREAM).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.exists(path)
    }

    /// Names of what is in a storage, and whether each is a storage itself.
    pub fn names(&self, path: &str) -> Vec<(String, bool)> {
        let entries = self.0.read_storage(path).into_iter().flatten();
        entries.map(|entry| (entry.name().to_owned(), entry.is_storage())).collect()
    }

    /// Paths of all streams, at most [`MAX_STREAMS`].
    pub fn streams(&self) -> Vec<String> {
        let streams = self.0.walk().filter(|entry| entry.is_stream()).take(MAX_STREAMS);
        streams.map(|entry| entry.path().to_string_lossy().into_owned()).collect()
    }
}

//! Writing a strict zip: contents are streamed twice (once for the CRC-32 by the caller's source, once to be stored).
//!
//! Keeps: names rise, sizes hold. Does not know: what the contents are.

use super::{ARCHIVE_BYTES_MAX, ENTRIES_MAX, Entry, ZipError, layout, name_is_permitted};
use std::io::{Read, Write};

const BUFFER_BYTES: usize = 64 * 1024;

/// The CRC-32 and the length of a content.
///
/// # Errors
/// When the content cannot be read.
pub fn measure(content: &mut dyn Read) -> Result<(u64, u32), ZipError> {
    let (mut size, mut crc) = (0u64, crc32fast::Hasher::new());
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let n = content.read(&mut buffer)?;
        let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { break };
        crc.update(part);
        size = size.saturating_add(n as u64);
    }
    Ok((size, crc.finalize()))
}

/// Writes entries in rising order of their names.
pub struct ZipWriter<W: Write> {
    out: W,
    at: u64,
    entries: Vec<Entry>,
}

impl<W: Write> ZipWriter<W> {
    /// A writer at the beginning of `out`.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, entries: Vec::new() }
    }

    /// Stores one file. `open` is called twice and must give the same bytes.
    ///
    /// # Errors
    /// A name that is not permitted or not rising, content that changed, a full disk.
    pub fn add<R: Read>(&mut self, name: &str, mut open: impl FnMut() -> std::io::Result<R>) -> Result<(), ZipError> {
        let index = self.entries.len();
        if index >= ENTRIES_MAX {
            return Err(ZipError::TooMany);
        }
        if !name_is_permitted(name) {
            return Err(ZipError::Name(index));
        }
        if self.entries.last().is_some_and(|last| last.name.as_str() >= name) {
            return Err(ZipError::Order(index));
        }
        let (size, crc) = measure(&mut open()?)?;
        let entry = Entry { name: name.to_owned(), size, crc, offset: self.at };
        let header = layout::local(&entry);
        self.out.write_all(&header)?;
        let mut again = crc32fast::Hasher::new();
        let copied = copy_hashed(&mut open()?, &mut self.out, &mut again, size)?;
        if copied != size || again.finalize() != crc {
            return Err(ZipError::Changed(index));
        }
        self.at = self.at.saturating_add(header.len() as u64).saturating_add(size);
        if self.at > ARCHIVE_BYTES_MAX {
            return Err(ZipError::TooLong);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Writes the central directory and the end records, and gives the output back.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(mut self) -> Result<W, ZipError> {
        let mut bytes = 0u64;
        for entry in &self.entries {
            let header = layout::central(entry);
            bytes = bytes.saturating_add(header.len() as u64);
            self.out.write_all(&header)?;
        }
        self.out.write_all(&layout::end(self.entries.len() as u64, self.at, bytes))?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn copy_hashed(
    from: &mut dyn Read,
    to: &mut dyn Write,
    crc: &mut crc32fast::Hasher,
    most: u64,
) -> Result<u64, ZipError> {
    let (mut copied, mut buffer) = (0u64, vec![0; BUFFER_BYTES]);
    while copied <= most {
        let n = from.read(&mut buffer)?;
        let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { break };
        crc.update(part);
        to.write_all(part)?;
        copied = copied.saturating_add(n as u64);
    }
    Ok(copied)
}

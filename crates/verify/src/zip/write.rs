//! Writing a strict zip: a content is measured first (a local header holds its CRC-32), then written.
//!
//! Keeps: names rise, sizes hold. Does not know: what the contents are.

use super::{ARCHIVE_BYTES_MAX, ENTRIES_MAX, Entry, ZipError, layout, name_is_permitted};
use std::io::Write;

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

    /// Stores one file of a known length and CRC-32; `produce` writes its content.
    ///
    /// # Errors
    /// A name that is not permitted or not rising, content other than announced, a full disk, or `produce`'s own.
    pub fn add<E: From<ZipError>>(
        &mut self,
        name: &str,
        (size, crc): (u64, u32),
        produce: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<(), E> {
        let index = self.entries.len();
        if index >= ENTRIES_MAX {
            return Err(ZipError::TooMany.into());
        }
        if !name_is_permitted(name) {
            return Err(ZipError::Name(index).into());
        }
        if self.entries.last().is_some_and(|last| last.name.as_str() >= name) {
            return Err(ZipError::Order(index).into());
        }
        let entry = Entry { name: name.to_owned(), size, crc, offset: self.at };
        let header = layout::local(&entry);
        self.out.write_all(&header).map_err(ZipError::from)?;
        let mut content = Measured::new(&mut self.out);
        produce(&mut content)?;
        if content.finish() != (size, crc) {
            return Err(ZipError::Changed(index).into());
        }
        self.at = self.at.saturating_add(header.len() as u64).saturating_add(size);
        if self.at > ARCHIVE_BYTES_MAX {
            return Err(ZipError::TooLong.into());
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

/// Passes bytes on and measures them.
pub struct Measured<W: Write> {
    out: W,
    size: u64,
    crc: crc32fast::Hasher,
}

impl<W: Write> Measured<W> {
    /// Nothing yet.
    pub fn new(out: W) -> Self {
        Self { out, size: 0, crc: crc32fast::Hasher::new() }
    }

    /// Length and CRC-32 of what went through.
    #[must_use]
    pub fn finish(self) -> (u64, u32) {
        self.into_parts().0
    }

    /// The same, with the output.
    #[must_use]
    pub fn into_parts(self) -> ((u64, u32), W) {
        ((self.size, self.crc.finalize()), self.out)
    }
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.crc.update(bytes.get(..n).unwrap_or_default());
        self.size = self.size.saturating_add(n as u64);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

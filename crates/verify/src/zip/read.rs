//! Reading a strict zip: find the directory, then prove that every byte is the one that a writer would have put.
//!
//! Keeps: memory is bounded by the number of entries, never by sizes; nothing is believed before the whole file was
//! compared; contents are handed on in that one pass. Does not know: what the contents mean.

use super::{ARCHIVE_BYTES_MAX, ENTRIES_MAX, Entry, NAME_BYTES_MAX, ZipError, layout, name_is_permitted};
use std::io::{Read, Seek, SeekFrom};

/// Fixed part of a central header.
const CENTRAL_FIXED: usize = 46;
const BUFFER_BYTES: usize = 64 * 1024;
/// Longest extra field that a strict central header can have: id, length, three values.
const EXTRA_MAX: usize = 28;

/// An archive by its entries. What [`read`] answers was compared to the byte; what [`Directory::claimed`] answers is a claim, from
/// which nothing follows until [`Directory::compare`] has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    entries: Vec<Entry>,
}

impl Archive {
    /// The entries, by name.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|e| e.name.as_str().cmp(name)).ok()?;
        self.entries.get(at)
    }

    /// A reader over one entry's content.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open<'r, R: Read + Seek>(
        &self,
        source: &'r mut R,
        entry: &Entry,
    ) -> Result<std::io::Take<&'r mut R>, ZipError> {
        source.seek(SeekFrom::Start(entry.offset.saturating_add(layout::local(entry).len() as u64)))?;
        Ok(source.take(entry.size))
    }
}

/// Reads and compares a whole archive.
///
/// # Errors
/// The first difference from the only permitted form.
pub fn read<R: Read + Seek>(source: &mut R) -> Result<Archive, ZipError> {
    let directory = Directory::read(source)?;
    directory.compare(source, &mut |_| Ok(()))?;
    Ok(directory.archive)
}

/// What the directory of an archive claims.
#[derive(Debug)]
pub struct Directory {
    archive: Archive,
    at: u64,
    len: u64,
}

impl Directory {
    /// Reads the directory and nothing else.
    ///
    /// # Errors
    /// No directory, or one whose names are not permitted or not rising.
    pub fn read<R: Read + Seek>(source: &mut R) -> Result<Self, ZipError> {
        let len = source.seek(SeekFrom::End(0))?;
        if len > ARCHIVE_BYTES_MAX {
            return Err(ZipError::TooLong);
        }
        let (count, at) = find_directory(source, len)?;
        let entries = read_directory(source, at, count)?;
        Ok(Self { archive: Archive { entries }, at, len })
    }

    /// The archive as it claims to be, for work that counts only once [`Directory::compare`] has passed. None where
    /// that can't pass: entries lie end to end and within the file.
    #[must_use]
    pub fn claimed(&self) -> Option<&Archive> {
        let end = self.archive.entries.iter().try_fold(0u64, |at, entry| {
            let content = at.checked_add(layout::local(entry).len() as u64)?;
            (entry.offset == at).then(|| content.checked_add(entry.size)).flatten()
        });
        (end == Some(self.at)).then_some(&self.archive)
    }

    /// Walks the whole file and compares each byte with the permitted one. `content` may read each entry's content in
    /// its turn; what it leaves is read behind it.
    ///
    /// # Errors
    /// The first difference from the only permitted form.
    pub fn compare<R: Read + Seek>(
        &self,
        source: &mut R,
        content: &mut dyn FnMut(&mut dyn Read) -> std::io::Result<()>,
    ) -> Result<&Archive, ZipError> {
        source.seek(SeekFrom::Start(0))?;
        let mut reader = std::io::BufReader::with_capacity(BUFFER_BYTES, source);
        let (mut at, mut left) = (0u64, vec![0; BUFFER_BYTES]);
        for (index, entry) in self.archive.entries.iter().enumerate() {
            if entry.offset != at || entry.size > self.len {
                return Err(ZipError::Differs(at));
            }
            expect(&mut reader, &layout::local(entry), &mut at)?;
            let inner = (&mut reader).take(entry.size);
            let mut through = Through { inner, size: 0, crc: crc32fast::Hasher::new() };
            content(&mut through)?;
            while through.read(&mut left)? > 0 {}
            if through.size != entry.size {
                return Err(ZipError::End);
            }
            if through.crc.finalize() != entry.crc {
                return Err(ZipError::Crc(index));
            }
            at = at.saturating_add(entry.size);
        }
        if at != self.at {
            return Err(ZipError::Differs(at));
        }
        for entry in &self.archive.entries {
            expect(&mut reader, &layout::central(entry), &mut at)?;
        }
        let count = self.archive.entries.len() as u64;
        expect(&mut reader, &layout::end(count, self.at, at.saturating_sub(self.at)), &mut at)?;
        if at == self.len { Ok(&self.archive) } else { Err(ZipError::End) }
    }
}

/// A content that is measured while it is read.
struct Through<R> {
    inner: R,
    size: u64,
    crc: crc32fast::Hasher,
}

impl<R: Read> Read for Through<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.crc.update(out.get(..n).unwrap_or_default());
        self.size = self.size.saturating_add(n as u64);
        Ok(n)
    }
}

fn le(bytes: &[u8], at: usize, n: usize) -> u64 {
    bytes.get(at..at.saturating_add(n)).unwrap_or_default().iter().rev().fold(0, |v, b| (v << 8) | u64::from(*b))
}

/// Number of entries and offset of the central directory, as the end records claim; `compare` proves them.
fn find_directory<R: Read + Seek>(source: &mut R, len: u64) -> Result<(usize, u64), ZipError> {
    let read_at = |source: &mut R, back: u64, n: usize| -> Result<Vec<u8>, ZipError> {
        let at = len.checked_sub(back).ok_or(ZipError::End)?;
        source.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; n];
        source.read_exact(&mut bytes)?;
        Ok(bytes)
    };
    let end = read_at(source, layout::END_BYTES, 22)?;
    let (mut count, mut offset, size) = (le(&end, 10, 2), le(&end, 16, 4), le(&end, 12, 4));
    if count == 0xFFFF || offset == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
        let back = layout::END_BYTES + layout::LOCATOR64_BYTES + layout::END64_BYTES;
        let end64 = read_at(source, back, 56)?;
        (count, offset) = (le(&end64, 32, 8), le(&end64, 48, 8));
    }
    if offset >= len {
        return Err(ZipError::End);
    }
    let count = usize::try_from(count).ok().filter(|c| *c <= ENTRIES_MAX).ok_or(ZipError::TooMany)?;
    Ok((count, offset))
}

fn read_directory<R: Read + Seek>(source: &mut R, at: u64, count: usize) -> Result<Vec<Entry>, ZipError> {
    source.seek(SeekFrom::Start(at))?;
    let mut reader = std::io::BufReader::new(source);
    let mut entries: Vec<Entry> = Vec::new();
    for index in 0..count {
        let mut fixed = [0u8; CENTRAL_FIXED];
        reader.read_exact(&mut fixed)?;
        let (name_len, extra_len) = (le(&fixed, 28, 2) as usize, le(&fixed, 30, 2) as usize);
        if name_len > NAME_BYTES_MAX || extra_len > EXTRA_MAX {
            return Err(ZipError::Name(index));
        }
        let mut rest = vec![0; name_len + extra_len];
        reader.read_exact(&mut rest)?;
        let (name, extra) = rest.split_at_checked(name_len).ok_or(ZipError::Name(index))?;
        let name = String::from_utf8(name.to_vec()).map_err(|_| ZipError::Name(index))?;
        if !name_is_permitted(&name) {
            return Err(ZipError::Name(index));
        }
        if entries.last().is_some_and(|last| last.name >= name) {
            return Err(ZipError::Order(index));
        }
        let (mut size, mut offset, mut field) = (le(&fixed, 24, 4), le(&fixed, 42, 4), 4);
        if size == 0xFFFF_FFFF {
            size = le(extra, field, 8);
            field += 16;
        }
        if offset == 0xFFFF_FFFF {
            offset = le(extra, field, 8);
        }
        entries.push(Entry { name, size, crc: le(&fixed, 16, 4) as u32, offset });
    }
    Ok(entries)
}

fn expect<R: Read>(reader: &mut R, want: &[u8], at: &mut u64) -> Result<(), ZipError> {
    let mut have = vec![0; want.len()];
    reader.read_exact(&mut have)?;
    if let Some(i) = want.iter().zip(&have).position(|(w, h)| w != h) {
        return Err(ZipError::Differs(at.saturating_add(i as u64)));
    }
    *at = at.saturating_add(want.len() as u64);
    Ok(())
}

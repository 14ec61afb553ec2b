//! Reading an object: exactly its true length, every byte authenticated.
//!
//! Keeps: no byte is given out that did not verify, none past the true length; a file that was shortened or swapped is
//! damage, never a short read.
//! Deliberately does not know: leaves.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use age::stream::StreamReader;
use casemate_ports::store::StoreRead;

use super::{StoredObject, padded_len};
use crate::VaultError;

const READ_BUFFER: usize = 64 * 1024;

/// The original bytes of an object.
pub struct ObjectReader {
    inner: StreamReader<BufReader<Box<dyn StoreRead>>>,
    size: u64,
    at: u64,
}

impl std::fmt::Debug for ObjectReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ObjectReader({} of {} bytes)", self.at, self.size)
    }
}

impl ObjectReader {
    pub(crate) fn new(file: Box<dyn StoreRead>, object: &StoredObject) -> Result<Self, VaultError> {
        Self::open(file, &object.identity, object.size, &format_args!("object {}", object.root()))
    }

    /// Opens an age stream of `size` bytes and its padding; `what` names it in errors.
    pub(crate) fn open(
        file: Box<dyn StoreRead>,
        identity: &str,
        size: u64,
        what: &dyn std::fmt::Display,
    ) -> Result<Self, VaultError> {
        let damaged = |why| VaultError::damaged(what, why);
        let identity: age::x25519::Identity = identity.parse().map_err(|_| damaged("its act holds no age identity"))?;
        let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(READ_BUFFER, file))
            .map_err(|_| damaged("its file is not an age file"))?;
        let mut inner = decryptor
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(|_| damaged("its file does not open with its key"))?;
        let found = inner.seek(SeekFrom::End(0)).map_err(|_| damaged("its file is cut short or changed at its end"))?;
        if found != padded_len(size) {
            return Err(damaged("its file has another length"));
        }
        inner.seek(SeekFrom::Start(0)).map_err(|_| damaged("its file could not be read"))?;
        Ok(Self { inner, size, at: 0 })
    }

    /// True length in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Read for ObjectReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let want = left.min(buf.len());
        let Some(buf) = buf.get_mut(..want).filter(|b| !b.is_empty()) else { return Ok(0) };
        let got = self.inner.read(buf)?;
        if got == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += got as u64;
        Ok(got)
    }
}

impl Seek for ObjectReader {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        let target = match pos {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
        };
        let target = target.ok_or(io::ErrorKind::InvalidInput)?;
        // Past the end nothing is read, so the stream below need not go there.
        if target < self.size {
            self.inner.seek(SeekFrom::Start(target))?;
        }
        self.at = target;
        Ok(target)
    }
}

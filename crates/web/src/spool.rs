//! An upload on its way: kept on disk until its last byte is here, encrypted under a key that only this upload has.
//!
//! Keeps: no byte of it stands in clear on a disk; the file has no name and the key is dropped with it. Does not know:
//! what is uploaded.

use age::stream::{StreamReader, StreamWriter};
use std::fs::File;
use std::io::{BufReader, Error, Read, Result, Seek, SeekFrom, Write};
use std::sync::Arc;

/// An upload that is coming in.
pub struct Spool {
    identity: age::x25519::Identity,
    file: File,
    stream: StreamWriter<File>,
    len: u64,
}

impl Spool {
    /// An empty one, in the system's temporary folder.
    pub fn new() -> Result<Self> {
        let identity = age::x25519::Identity::generate();
        let recipient = identity.to_public();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(Error::other)?;
        let file = tempfile::tempfile()?;
        let stream = encryptor.wrap_output(file.try_clone()?)?;
        Ok(Self { identity, file, stream, len: 0 })
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.len = self.len.saturating_add(bytes.len() as u64);
        self.stream.write_all(bytes)
    }

    /// The whole.
    pub fn finish(self) -> Result<Kept> {
        let Self { identity, file, stream, len } = self;
        stream.finish()?;
        Ok(Kept { identity, file: Arc::new(file), len })
    }
}

/// An upload that is here.
pub struct Kept {
    identity: age::x25519::Identity,
    file: Arc<File>,
    len: u64,
}

impl Kept {
    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.len
    }

    /// Opens it from its start, as often as asked.
    pub fn open(&self) -> Result<Spooled> {
        let raw = BufReader::new(Raw { file: Arc::clone(&self.file), at: 0 });
        let decryptor = age::Decryptor::new_buffered(raw).map_err(Error::other)?;
        let stream = decryptor.decrypt(std::iter::once(&self.identity as &dyn age::Identity)).map_err(Error::other)?;
        Ok(Spooled { stream, len: self.len, at: 0 })
    }
}

/// The file as it lies on the disk, read from a place of its own: several read it at once.
struct Raw {
    file: Arc<File>,
    at: u64,
}

impl Read for Raw {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        #[cfg(unix)]
        let n = std::os::unix::fs::FileExt::read_at(&*self.file, out, self.at)?;
        #[cfg(windows)]
        let n = std::os::windows::fs::FileExt::seek_read(&*self.file, out, self.at)?;
        self.at = self.at.saturating_add(n as u64);
        Ok(n)
    }
}

impl Seek for Raw {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// An upload that is read.
pub struct Spooled {
    stream: StreamReader<BufReader<Raw>>,
    len: u64,
    at: u64,
}

impl Read for Spooled {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let n = self.stream.read(out)?;
        self.at = self.at.saturating_add(n as u64);
        Ok(n)
    }
}

impl Seek for Spooled {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let at = at.ok_or(std::io::ErrorKind::InvalidInput)?;
        // A place at the end has no frame of its own.
        self.stream.seek(SeekFrom::Start(at.min(self.len)))?;
        self.at = at;
        Ok(at)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_is_read_and_nothing_of_it_is_on_the_disk() {
        let secret = b"the sister is in the guest house".repeat(5_000);
        let mut spool = Spool::new().unwrap();
        secret.chunks(1_000).for_each(|piece| spool.push(piece).unwrap());
        let mut disk = spool.file.try_clone().unwrap();
        let kept = spool.finish().unwrap();
        let (mut bytes, mut beside) = (kept.open().unwrap(), kept.open().unwrap());
        let mut found = Vec::new();
        assert_eq!(bytes.seek(SeekFrom::End(0)).unwrap(), secret.len() as u64);
        assert_eq!(bytes.read(&mut [0; 8]).unwrap(), 0);
        bytes.seek(SeekFrom::Start(70_000)).unwrap();
        bytes.read_to_end(&mut found).unwrap();
        assert!(found == secret[70_000..]);
        bytes.seek(SeekFrom::Start(0)).unwrap();
        found.clear();
        beside.read_exact(&mut [0; 3_000]).unwrap();
        bytes.read_to_end(&mut found).unwrap();
        assert!(found == secret);
        found.clear();
        beside.read_to_end(&mut found).unwrap();
        assert!(found == secret[3_000..]);
        let mut raw = Vec::new();
        disk.seek(SeekFrom::Start(0)).unwrap();
        disk.read_to_end(&mut raw).unwrap();
        assert!(raw.len() > secret.len() && !raw.windows(6).any(|w| w == b"sister"));
    }

    #[test]
    fn an_empty_upload_is_a_file_of_no_bytes() {
        let mut bytes = Spool::new().unwrap().finish().unwrap().open().unwrap();
        assert_eq!((bytes.seek(SeekFrom::End(0)).unwrap(), bytes.read(&mut [0; 4]).unwrap()), (0, 0));
    }
}

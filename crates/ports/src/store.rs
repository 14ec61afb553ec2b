//! What the vault asks of the place where a case lies: objects, lanes, small files, locks. Synchronous.
//!
//! Keeps: when a method that writes returns `Ok`, the bytes outlive a power cut (a finished object and a publication only after
//! [`BlobStore::settle`]); when it returns an error, the old state, the new one, or (for streamed and appended bytes) a torn
//! piece of the new one is there, never a damaged old one.
//! Nothing here deletes: what has no place is set aside in `quarantine/`, and what is superseded can be made again from what
//! takes its place.
//! Does not know: keys, formats, acts. Every byte that passes here is already encrypted or signed.

use std::fmt;
use std::io::{self, Read, Seek, Write};

/// Longest [`StoreName`], in bytes.
pub const MAX_NAME_LEN: usize = 240;
/// Deepest [`StoreName`], in components.
pub const MAX_NAME_DEPTH: usize = 6;
/// Largest small file that [`SmallStore::small`] reads, in bytes.
pub const MAX_SMALL_FILE: u64 = 8 * 1024 * 1024;

/// A name inside a case: `/`-separated components of `a-z 0-9 . _ -`, none of them empty or starting with a dot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoreName(String);

impl StoreName {
    /// Parses a name.
    ///
    /// # Errors
    /// [`StoreError::BadName`] for an empty component, a foreign character, or more than [`MAX_NAME_LEN`] bytes or
    /// [`MAX_NAME_DEPTH`] components.
    pub fn new(name: impl Into<String>) -> Result<Self, StoreError> {
        let name = name.into();
        let part_ok = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'))
        };
        let depth = name.split('/').count();
        if name.len() > MAX_NAME_LEN || depth > MAX_NAME_DEPTH || !name.split('/').all(part_ok) {
            return Err(StoreError::BadName { name });
        }
        Ok(Self(name))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    #[must_use]
    pub fn leaf(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for StoreName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StoreName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A fact about the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is nothing of that name.
    #[error("{name}: not found")]
    Missing {
        /// What was asked for.
        name: String,
    },
    /// Something of that name is there already; nothing was changed.
    #[error("{name}: exists already")]
    Exists {
        /// What was to be made.
        name: String,
    },
    /// The device is full. Nothing acknowledged was lost.
    #[error("{name}: no space left on the device")]
    Full {
        /// What was being written.
        name: String,
    },
    /// Another process holds the lock.
    #[error("{name}: locked by another process")]
    Locked {
        /// The lock.
        name: String,
    },
    /// A name that breaks the rules of [`StoreName`].
    #[error("{name:?}: not a name inside a case")]
    BadName {
        /// The name.
        name: String,
    },
    /// A small file over [`MAX_SMALL_FILE`].
    #[error("{name}: {size} bytes, the limit for a small file is {MAX_SMALL_FILE}")]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in bytes.
        size: u64,
    },
    /// Whatever else the system said.
    #[error("{name}: {source}")]
    Io {
        /// What was being read or written.
        name: String,
        /// The system's reason.
        source: io::Error,
    },
}

impl StoreError {
    /// The fact behind an I/O error on `name`.
    #[must_use]
    pub fn from_io(name: &str, source: io::Error) -> Self {
        let name = name.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { name },
            io::ErrorKind::AlreadyExists => Self::Exists { name },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { name },
            _ => Self::Io { name, source },
        }
    }

    /// Whether this says that the name is not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}

/// One row of a listing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Full name.
    pub name: StoreName,
    /// Bytes.
    pub size: u64,
}

/// Reads of an object or a segment: sequential and ranged.
pub trait StoreRead: Read + Seek + Send {}
impl<T: Read + Seek + Send> StoreRead for T {}

/// An object being written. Dropped without [`BlobWriter::finish`], it leaves at most a torn file under its staged name.
pub trait BlobWriter: Write + Send {
    /// Ends the object: from now on it can be opened and moved. It outlives a power cut once [`BlobStore::settle`] has answered,
    /// so that the disk writes one object while the next is being made.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`].
    fn finish(self: Box<Self>) -> Result<(), StoreError>;
}

/// Objects: written once as a stream, never changed.
pub trait BlobStore: Send + Sync {
    /// Starts a new object under `name`.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if the name is taken.
    fn stage(&self, name: &StoreName) -> Result<Box<dyn BlobWriter>, StoreError>;

    /// Makes every object that was finished, and every move, durable, with its directories. After an error none of those that
    /// were not settled before is to be relied on, and every later call fails: the store must be opened anew.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`].
    fn settle(&self) -> Result<(), StoreError>;

    /// Moves `from` to `to` at once, never over something that is there. After a power cut before [`BlobStore::settle`] it lies
    /// under one name or the other.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Exists`].
    fn publish(&self, from: &StoreName, to: &StoreName) -> Result<(), StoreError>;

    /// Puts the settled object `staged` in the place of `name`, durably and at once: after a crash one of the two is there,
    /// whole. Only for bytes from which those that go can be made again, and after they were compared.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if either is not there.
    fn supersede(&self, staged: &StoreName, name: &StoreName) -> Result<(), StoreError>;

    /// Opens for reading.
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    fn open(&self, name: &StoreName) -> Result<Box<dyn StoreRead>, StoreError>;

    /// Every file under the folder `dir` (at any depth), in order of name; none if there is no such folder.
    /// Files whose names are not [`StoreName`]s are not ours and are left out.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    fn list(&self, dir: &StoreName) -> Result<Vec<Listed>, StoreError>;

    /// Moves `name` into `quarantine/`, under a name that is free there, and says which: as [`BlobStore::publish`].
    ///
    /// # Errors
    /// [`StoreError::Missing`].
    fn quarantine(&self, name: &StoreName) -> Result<StoreName, StoreError>;
}

/// A segment that grows.
pub trait Appender: Send {
    /// Appends and makes durable. After an error the tail of the segment is unknown and the appender must be dropped.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`].
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError>;
}

/// Lanes: files that only grow. There is no truncation; a torn tail stays where it is, and the lane goes on in a new
/// segment.
pub trait LaneStore: Send + Sync {
    /// Opens the segment `name` for appending at its end, making it (durably, with its directory) if `create`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] without `create`, [`StoreError::Exists`] with it.
    fn appender(&self, name: &StoreName, create: bool) -> Result<Box<dyn Appender>, StoreError>;
}

/// Small files that are replaced whole.
pub trait SmallStore: Send + Sync {
    /// Reads a small file whole.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::TooLarge`].
    fn small(&self, name: &StoreName) -> Result<Vec<u8>, StoreError>;

    /// Replaces (or makes) a small file: after a crash the old bytes or the new ones are there.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Io`].
    fn replace(&self, name: &StoreName, bytes: &[u8]) -> Result<(), StoreError>;
}

/// Held until dropped, or until the process dies.
pub trait StoreLock: Send {}

/// Exclusive locks between processes.
pub trait LockStore: Send + Sync {
    /// Takes the lock `name`, without waiting.
    ///
    /// # Errors
    /// [`StoreError::Locked`] if somebody else holds it.
    fn lock(&self, name: &StoreName) -> Result<Box<dyn StoreLock>, StoreError>;
}

/// The place of one case.
pub trait CaseStore: BlobStore + LaneStore + SmallStore + LockStore {}
impl<T: BlobStore + LaneStore + SmallStore + LockStore> CaseStore for T {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_case() {
        for good in ["casemate.toml", "objects/ab/00ff", "lanes/aa/head-a", "a.b/c_d-e"] {
            assert_eq!(StoreName::new(good).unwrap().as_str(), good);
        }
        for bad in
            ["", "/", "/a", "a/", "a//b", "..", "a/../b", ".hidden", "A", "a\\b", "é", "a b", "1/2/3/4/5/6/7", "a\0"]
        {
            assert!(matches!(StoreName::new(bad), Err(StoreError::BadName { .. })), "{bad:?}");
        }
        assert!(StoreName::new("a".repeat(MAX_NAME_LEN + 1)).is_err());
        assert_eq!(StoreName::new("objects/ab/00ff").unwrap().leaf(), "00ff");
    }
}

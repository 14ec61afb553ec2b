//! The strict zip (`docs/format/bundle.md` §1): one byte sequence for a list of names and contents.
//!
//! Keeps: what `read` accepts, `write` would have written, to the last byte. Does not know: bags, proofs.

mod layout;
mod part;
mod read;
mod write;

pub use part::Part;
pub use read::{Archive, Directory, read};
pub use write::{Measured, ZipWriter};

/// Most entries of an archive.
pub const ENTRIES_MAX: usize = 100_000;
/// Longest name in bytes.
pub const NAME_BYTES_MAX: usize = 200;
/// Longest archive in bytes.
pub const ARCHIVE_BYTES_MAX: u64 = (1 << 53) - 1;
/// Every name begins with this.
pub const ROOT: &str = "casemate/";

/// One stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path, beginning with [`ROOT`].
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// CRC-32 (IEEE) of the content.
    pub crc: u32,
    /// Where its local header begins.
    pub offset: u64,
}

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum ZipError {
    /// The file could not be read or written.
    #[error("reading or writing the archive: {0}")]
    Io(#[from] std::io::Error),
    /// The archive is longer than [`ARCHIVE_BYTES_MAX`].
    #[error("the archive is longer than {ARCHIVE_BYTES_MAX} bytes")]
    TooLong,
    /// More than [`ENTRIES_MAX`] entries.
    #[error("the archive has more than {ENTRIES_MAX} entries")]
    TooMany,
    /// A name outside the permitted form.
    #[error("entry {0}: its name is not of the permitted form")]
    Name(usize),
    /// Names are not sorted, or one stands twice.
    #[error("entry {0}: names are not in rising order")]
    Order(usize),
    /// A byte differs from the only permitted one.
    #[error("byte {0} differs from the one that a strict zip has there")]
    Differs(u64),
    /// The end record is not where it must be.
    #[error("the end record is not the last thing in the file")]
    End,
    /// The content does not have the stated CRC-32.
    #[error("entry {0}: the content does not have its CRC-32")]
    Crc(usize),
    /// A writer was given other content than announced.
    #[error("entry {0}: the content changed while it was written")]
    Changed(usize),
}

/// Whether a name has the permitted form.
#[must_use]
pub fn name_is_permitted(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(ROOT) else { return false };
    name.len() <= NAME_BYTES_MAX
        && rest.split('/').all(|s| !matches!(s, "" | "." | ".."))
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'/' | b'-'))
}

#[cfg(test)]
mod tests;

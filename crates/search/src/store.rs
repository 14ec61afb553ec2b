//! The byte store under an index: named files, written once or replaced whole.
//!
//! Keeps: everything that crosses this border is sealed already; a store sees random names and ciphertext only.
//! Does not know: keys, frames, the search engine.

use std::io;
use std::sync::Arc;

mod folder;
mod memory;

pub use folder::FolderStore;
pub use memory::{Fault, FaultyStore, MemoryStore, StoreCall};

/// Where an index keeps its sealed files. Names are `[0-9a-z-]`, at most 64 bytes; there are no folders in it.
///
/// Contract: an open [`StoreRead`] goes on reading its bytes after `replace` or `delete` of the name.
pub trait IndexStore: Send + Sync + 'static {
    /// A new file to be written from front to back.
    ///
    /// # Errors
    /// `AlreadyExists` when the name is taken; what the medium says otherwise.
    fn create(&self, name: &str) -> io::Result<Box<dyn StoreWrite>>;

    /// Opens a file for reading at any offset.
    ///
    /// # Errors
    /// `NotFound`; what the medium says otherwise.
    fn open(&self, name: &str) -> io::Result<Arc<dyn StoreRead>>;

    /// Puts `bytes` in the place of the whole file, new or not: a crash leaves the old bytes or the new, on return
    /// the new are durable.
    ///
    /// # Errors
    /// What the medium says.
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// `NotFound`; what the medium says otherwise.
    fn delete(&self, name: &str) -> io::Result<()>;

    /// Every name, in any order; locks and half-done replacements are not listed.
    ///
    /// # Errors
    /// What the medium says.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Makes creations and deletions so far durable.
    ///
    /// # Errors
    /// What the medium says.
    fn sync(&self) -> io::Result<()>;

    /// Takes a lock that ends with the returned value or the process; `None` while another has it.
    ///
    /// # Errors
    /// What the medium says.
    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn StoreLock>>>;
}

/// A file under way.
pub trait StoreWrite: io::Write + Send + Sync {
    /// Ends the file; on return its bytes are durable. Dropped without this, a file may be left cut short.
    ///
    /// # Errors
    /// What the medium says.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A file open for reading.
pub trait StoreRead: Send + Sync {
    /// Bytes in the file.
    fn size(&self) -> u64;

    /// Fills `into` from `offset`.
    ///
    /// # Errors
    /// `UnexpectedEof` when the file ends before; what the medium says otherwise.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()>;
}

/// A lock held until dropped.
pub trait StoreLock: Send + Sync {}

//! An index store in a folder of the local file system.
//!
//! Keeps: `replace` writes a second file, syncs it, renames it and syncs the folder; nothing else is ever renamed.
//! Does not know: what the bytes are. It adds no file of its own but locks (`lock-…`, empty) and `new-…` under way.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{IndexStore, StoreLock, StoreRead, StoreWrite};

const LOCK_PREFIX: &str = "lock-";
const NEW_PREFIX: &str = "new-";

/// A folder, made when it is missing.
#[derive(Debug, Clone)]
pub struct FolderStore {
    root: PathBuf,
}

impl FolderStore {
    /// Opens `root`, making the folder (not its parents) when it is missing.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(root: impl AsRef<Path>) -> io::Result<Self> {
        let root = root.as_ref().to_path_buf();
        match fs::create_dir(&root) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        Ok(Self { root })
    }

    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let fit = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if name.is_empty() || name.len() > 64 || !name.bytes().all(fit) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a name of an index file"));
        }
        Ok(self.root.join(name))
    }
}

impl IndexStore for FolderStore {
    fn create(&self, name: &str) -> io::Result<Box<dyn StoreWrite>> {
        let file = OpenOptions::new().write(true).create_new(true).open(self.path(name)?)?;
        Ok(Box::new(FolderWrite(file)))
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn StoreRead>> {
        let file = File::open(self.path(name)?)?;
        let size = file.metadata()?.len();
        Ok(Arc::new(FolderRead { file, size }))
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let target = self.path(name)?;
        let fresh = self.root.join(format!("{NEW_PREFIX}{name}"));
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&fresh, &target)?;
        self.sync()
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path(name)?)
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            if let Ok(name) = entry?.file_name().into_string()
                && !name.starts_with(LOCK_PREFIX)
                && !name.starts_with(NEW_PREFIX)
            {
                names.push(name);
            }
        }
        Ok(names)
    }

    #[cfg(unix)]
    fn sync(&self) -> io::Result<()> {
        File::open(&self.root)?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn StoreLock>>> {
        let path = self.path(&format!("{LOCK_PREFIX}{name}"))?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(FolderLock(file)))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

struct FolderWrite(File);

impl Write for FolderWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl StoreWrite for FolderWrite {
    fn finish(self: Box<Self>) -> io::Result<()> {
        self.0.sync_all()
    }
}

struct FolderRead {
    file: File,
    size: u64,
}

impl StoreRead for FolderRead {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, into, offset)
    }

    #[cfg(not(unix))]
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        use std::io::{Read, Seek, SeekFrom};
        // A second handle shares no cursor with a reader in another thread.
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(into)
    }
}

struct FolderLock(#[allow(dead_code, reason = "held until it is dropped")] File);

impl StoreLock for FolderLock {}

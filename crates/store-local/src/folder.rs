//! [`LocalStore`]: the store ports over `std::fs`.
//!
//! Keeps: the durability that `casemate_ports::store` promises; a name never leaves the case folder (it is a
//! [`StoreName`], and symbolic links inside a case are not followed when a file is made).
//! Deliberately does not know: formats, keys.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use casemate_ports::store::{
    Appender, BlobStore, BlobWriter, LaneStore, Listed, LockStore, MAX_NAME_DEPTH, MAX_SMALL_FILE, SmallStore,
    StoreError, StoreLock, StoreName, StoreRead,
};

use crate::unsettled::{Unsettled, sync_dir};

/// Where things without a place go.
const QUARANTINE: &str = "quarantine";
/// Buffer of a streamed object, in bytes.
const WRITE_BUFFER: usize = 256 * 1024;
/// How many names are tried in `quarantine/` before giving up.
const QUARANTINE_TRIES: u32 = 100_000;

/// A case folder.
#[derive(Debug)]
pub struct LocalStore {
    root: PathBuf,
    /// What the disk has still to take.
    unsettled: Arc<Unsettled>,
}

impl LocalStore {
    /// Makes a new, empty case folder (the folder may exist if nothing is in it).
    ///
    /// # Errors
    /// [`StoreError::Exists`] if something is in the folder.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        let name = || root.display().to_string();
        if let Ok(mut entries) = fs::read_dir(root)
            && entries.next().is_some()
        {
            return Err(StoreError::Exists { name: name() });
        }
        make_dirs(root, &sync_dir).map_err(|e| StoreError::from_io(&name(), e))?;
        Ok(Self::at(root))
    }

    /// Opens an existing folder; whether a case is in it is the vault's to say.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is no such folder.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let name = root.display().to_string();
        match fs::metadata(root) {
            Ok(meta) if meta.is_dir() => Ok(Self::at(root)),
            Ok(_) => Err(StoreError::Missing { name }),
            Err(e) => Err(StoreError::from_io(&name, e)),
        }
    }

    fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf(), unsettled: Arc::default() }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, name: &StoreName) -> PathBuf {
        let mut path = self.root.clone();
        path.extend(name.as_str().split('/'));
        path
    }

    /// The path of a name whose folders are made, durably.
    fn make_parent(&self, name: &StoreName) -> Result<PathBuf, StoreError> {
        let path = self.path(name);
        make_dirs(parent(&path), &sync_dir).map_err(|e| StoreError::from_io(name.as_str(), e))?;
        Ok(path)
    }

    /// The path of a name whose folders are made, durably at the next settling.
    fn make_parent_unsettled(&self, name: &StoreName) -> Result<PathBuf, StoreError> {
        let path = self.path(name);
        let changed = |dir: &Path| {
            self.unsettled.directories([dir]);
            Ok(())
        };
        make_dirs(parent(&path), &changed).map_err(|e| StoreError::from_io(name.as_str(), e))?;
        Ok(path)
    }

    fn list_into(&self, dir: &Path, prefix: &str, depth: usize, out: &mut Vec<Listed>) -> io::Result<()> {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        };
        for entry in entries {
            let entry = entry?;
            let Some(leaf) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let Ok(name) = StoreName::new(format!("{prefix}/{leaf}")) else { continue };
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < MAX_NAME_DEPTH {
                self.list_into(&entry.path(), name.as_str(), depth + 1, out)?;
            } else if kind.is_file() {
                out.push(Listed { name, size: entry.metadata()?.len() });
            }
        }
        Ok(())
    }
}

impl BlobStore for LocalStore {
    fn stage(&self, name: &StoreName) -> Result<Box<dyn BlobWriter>, StoreError> {
        let path = self.make_parent_unsettled(name)?;
        let file = new_file(&path).map_err(|e| StoreError::from_io(name.as_str(), e))?;
        let file = BufWriter::with_capacity(WRITE_BUFFER, file);
        let unsettled = Arc::clone(&self.unsettled);
        Ok(Box::new(LocalBlob { file, path, name: name.clone(), unsettled }))
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.unsettled.settle()
    }

    fn publish(&self, from: &StoreName, to: &StoreName) -> Result<(), StoreError> {
        let source = self.path(from);
        let target = self.make_parent_unsettled(to)?;
        if !source.exists() {
            return Err(StoreError::Missing { name: from.to_string() });
        }
        rename_new(&source, &target).map_err(|e| StoreError::from_io(to.as_str(), e))?;
        self.unsettled.directories([parent(&target), parent(&source)]);
        Ok(())
    }

    fn supersede(&self, staged: &StoreName, name: &StoreName) -> Result<(), StoreError> {
        let (source, target) = (self.path(staged), self.path(name));
        for (name, path) in [(staged, &source), (name, &target)] {
            fs::symlink_metadata(path).map_err(|e| StoreError::from_io(name.as_str(), e))?;
        }
        let fail = |e| StoreError::from_io(name.as_str(), e);
        fs::rename(&source, &target).map_err(fail)?;
        sync_dir(parent(&target)).map_err(fail)?;
        sync_dir(parent(&source)).map_err(fail)
    }

    fn open(&self, name: &StoreName) -> Result<Box<dyn StoreRead>, StoreError> {
        let file = File::open(self.path(name)).map_err(|e| StoreError::from_io(name.as_str(), e))?;
        Ok(Box::new(file))
    }

    fn list(&self, dir: &StoreName) -> Result<Vec<Listed>, StoreError> {
        let mut out = Vec::new();
        let depth = dir.as_str().split('/').count();
        self.list_into(&self.path(dir), dir.as_str(), depth, &mut out)
            .map_err(|e| StoreError::from_io(dir.as_str(), e))?;
        out.sort();
        Ok(out)
    }

    fn quarantine(&self, name: &StoreName) -> Result<StoreName, StoreError> {
        let flat = name.as_str().replace('/', "_");
        for n in 0..QUARANTINE_TRIES {
            let to = StoreName::new(format!("{QUARANTINE}/{n}.{flat}"))?;
            match self.publish(name, &to) {
                Ok(()) => return Ok(to),
                Err(StoreError::Exists { .. }) => {}
                Err(e) => return Err(e),
            }
        }
        Err(StoreError::Exists { name: format!("{QUARANTINE}/*.{flat}") })
    }
}

impl LaneStore for LocalStore {
    fn appender(&self, name: &StoreName, create: bool) -> Result<Box<dyn Appender>, StoreError> {
        let fail = |e| StoreError::from_io(name.as_str(), e);
        let file = if create {
            let path = self.make_parent(name)?;
            let file = new_file(&path).map_err(fail)?;
            file.sync_all().map_err(fail)?;
            sync_dir(parent(&path)).map_err(fail)?;
            file
        } else {
            OpenOptions::new().append(true).open(self.path(name)).map_err(fail)?
        };
        Ok(Box::new(LocalAppender { file, name: name.clone() }))
    }
}

impl SmallStore for LocalStore {
    fn small(&self, name: &StoreName) -> Result<Vec<u8>, StoreError> {
        let fail = |e| StoreError::from_io(name.as_str(), e);
        let file = File::open(self.path(name)).map_err(fail)?;
        let mut bytes = Vec::new();
        file.take(MAX_SMALL_FILE + 1).read_to_end(&mut bytes).map_err(fail)?;
        let size = bytes.len() as u64;
        if size > MAX_SMALL_FILE {
            return Err(StoreError::TooLarge { name: name.to_string(), size });
        }
        Ok(bytes)
    }

    fn replace(&self, name: &StoreName, bytes: &[u8]) -> Result<(), StoreError> {
        let fail = |e| StoreError::from_io(name.as_str(), e);
        let path = self.make_parent(name)?;
        // A name that starts with a dot is no `StoreName`: a torn leftover is never listed, and the next try reuses it.
        let fresh = path.with_file_name(format!(".{}.new", name.leaf()));
        let mut file =
            private(OpenOptions::new().write(true).create(true).truncate(true)).open(&fresh).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        file.sync_all().map_err(fail)?;
        fs::rename(&fresh, &path).map_err(fail)?;
        sync_dir(parent(&path)).map_err(fail)
    }
}

impl LockStore for LocalStore {
    fn lock(&self, name: &StoreName) -> Result<Box<dyn StoreLock>, StoreError> {
        let path = self.make_parent(name)?;
        let file = private(OpenOptions::new().write(true).create(true).truncate(false))
            .open(path)
            .map_err(|e| StoreError::from_io(name.as_str(), e))?;
        match file.try_lock() {
            Ok(()) => Ok(Box::new(LocalLock { file })),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { name: name.to_string() }),
            Err(TryLockError::Error(e)) => Err(StoreError::from_io(name.as_str(), e)),
        }
    }
}

struct LocalBlob {
    file: BufWriter<File>,
    path: PathBuf,
    name: StoreName,
    unsettled: Arc<Unsettled>,
}

impl Write for LocalBlob {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.file.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl BlobWriter for LocalBlob {
    fn finish(self: Box<Self>) -> Result<(), StoreError> {
        let Self { file, path, name, unsettled } = *self;
        let file = file.into_inner().map_err(|e| StoreError::from_io(name.as_str(), e.into_error()))?;
        unsettled.directories([parent(&path)]);
        unsettled.file(file, name);
        Ok(())
    }
}

struct LocalAppender {
    file: File,
    name: StoreName,
}

impl Appender for LocalAppender {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let Self { file, name } = self;
        file.write_all(bytes).and_then(|()| file.sync_data()).map_err(|e| StoreError::from_io(name.as_str(), e))
    }
}

/// The OS lock goes with the file, also when the process dies.
struct LocalLock {
    file: File,
}

impl StoreLock for LocalLock {}

impl Drop for LocalLock {
    fn drop(&mut self) {
        // Closing is not enough: a child that another thread is starting holds the file, and with it the lock, until its `exec`. Where unlocking
        // fails, the lock goes with the last of them.
        self.file.unlock().ok();
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn new_file(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().append(true).create_new(true)).open(path)
}

/// Makes `dir` and what is missing above it, and tells `changed` of each directory that holds a new one.
fn make_dirs(dir: &Path, changed: &dyn Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    if dir.as_os_str().is_empty() || dir.is_dir() {
        return Ok(());
    }
    make_dirs(parent(dir), changed)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(e),
    }
    changed(parent(dir))
}

/// Renames, never over something that is there.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // File systems without the flag: below.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            other => return other.map_err(io::Error::from),
        }
    }
    if to.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

//! [`MemoryStore`]: the store ports in memory, with a plan of what fails.
//!
//! Every write is numbered from 0. At the number of the plan it fails as the plan says, and from then on the process
//! counts as dead: each further call fails. [`MemoryStore::reopen`] is the next start on what the "disk" then holds.
//!
//! Keeps: a write that was acknowledged is on the disk; one that was not may be there, in part, or not at all, as planned; so may
//! every object and move that was not settled when the fault struck.
//! Deliberately does not know: what is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Write};
use std::sync::{Arc, Mutex, MutexGuard};

use casemate_ports::store::{
    Appender, BlobStore, BlobWriter, LaneStore, Listed, LockStore, MAX_SMALL_FILE, SmallStore, StoreError, StoreLock,
    StoreName, StoreRead,
};

/// How a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing of it happened.
    Before,
    /// All of it happened, the answer was lost.
    After,
    /// Only the first `per_mille` thousandths of the bytes are there. (A replaced or moved file is whole: old or new.)
    Torn {
        /// 0 to 1000.
        per_mille: u16,
    },
    /// The file has grown, but holds zeros.
    Zeros,
    /// The device is full: this and every later write fail (an append may leave a torn piece), the process lives on.
    Full,
}

/// Which write fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultAt {
    /// Number of the write, from 0.
    pub write: u64,
    /// How.
    pub fault: Fault,
}

#[derive(Default, Debug)]
struct Disk {
    files: BTreeMap<String, Vec<u8>>,
    locks: BTreeSet<String>,
    /// Counts the starts: handles of an earlier one are dead.
    start: u64,
    writes: u64,
    plan: Option<FaultAt>,
    dead: bool,
    /// Finished objects and moves (from, to) that no `settle` has answered for, in order.
    unsettled: Vec<Unsettled>,
    /// What each write was, for a test that wants to say where it failed.
    trace: Vec<String>,
}

#[derive(Clone, Debug)]
enum Unsettled {
    Object(String),
    Move(String, String),
}

impl Disk {
    /// The process died: what the disk had not yet taken is there as planned.
    fn lose_unsettled(&mut self, keep: Keep) {
        while let Some(last) = self.unsettled.pop() {
            match (last, keep) {
                (_, Keep::All) => {}
                (Unsettled::Move(from, to), Keep::Nothing) => {
                    let bytes = self.files.remove(&to).unwrap_or_default();
                    self.files.insert(from, bytes);
                }
                // A move is whole: the old name or the new one.
                (Unsettled::Move(..), _) => {}
                (Unsettled::Object(name), Keep::Nothing) => {
                    self.files.remove(&name);
                }
                (Unsettled::Object(name), keep) => {
                    if let Some(file) = self.files.get_mut(&name) {
                        *file = keep.of(file);
                    }
                }
            }
        }
    }
}

/// A store in memory. A clone is the same store in the same process.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    disk: Arc<Mutex<Disk>>,
    start: u64,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

/// What the plan says of one write.
enum Verdict {
    Go,
    /// Keep `n` of `len` bytes (or `len` zeros), then fail with this.
    Fail {
        keep: Keep,
        error: StoreError,
    },
}

#[derive(Clone, Copy)]
enum Keep {
    Nothing,
    All,
    PerMille(u16),
    Zeros,
}

impl Keep {
    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Nothing => Vec::new(),
            Self::All => bytes.to_vec(),
            Self::PerMille(p) => bytes[..bytes.len() * usize::from(p.min(1000)) / 1000].to_vec(),
            Self::Zeros => vec![0; bytes.len()],
        }
    }
}

fn crashed(name: &str) -> StoreError {
    StoreError::Io { name: name.to_owned(), source: io::Error::other("planned fault") }
}

impl MemoryStore {
    /// An empty store without a plan.
    #[must_use]
    pub fn new() -> Self {
        Self { disk: Arc::default(), start: 0 }
    }

    /// An empty store that fails as planned.
    #[must_use]
    pub fn failing(plan: FaultAt) -> Self {
        let store = Self::new();
        store.plan(Some(plan));
        store
    }

    /// Sets the plan and counts writes from 0 again.
    pub fn plan(&self, plan: Option<FaultAt>) {
        let mut disk = self.lock_disk();
        disk.plan = plan;
        disk.writes = 0;
        disk.trace.clear();
    }

    /// How many writes were asked for since the plan was set.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.lock_disk().writes
    }

    /// What the writes were, in order.
    #[must_use]
    pub fn trace(&self) -> Vec<String> {
        self.lock_disk().trace.clone()
    }

    /// The next start: locks are free, old handles dead, no plan.
    #[must_use]
    pub fn reopen(&self) -> Self {
        let mut disk = self.lock_disk();
        disk.start += 1;
        disk.locks.clear();
        disk.unsettled.clear();
        disk.plan = None;
        disk.dead = false;
        disk.writes = 0;
        Self { disk: Arc::clone(&self.disk), start: disk.start }
    }

    /// A copy of everything, on a disk of its own.
    #[must_use]
    pub fn image(&self) -> Self {
        let files = self.lock_disk().files.clone();
        Self { disk: Arc::new(Mutex::new(Disk { files, ..Disk::default() })), start: 0 }
    }

    /// Every file, for tests that look at or damage bytes.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.lock_disk().files.clone()
    }

    /// Changes a file behind everybody's back; `None` takes it away.
    pub fn tamper(&self, name: &str, bytes: Option<Vec<u8>>) {
        let mut disk = self.lock_disk();
        match bytes {
            Some(bytes) => disk.files.insert(name.to_owned(), bytes),
            None => disk.files.remove(name),
        };
    }

    fn lock_disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn alive(&self, name: &str) -> Result<MutexGuard<'_, Disk>, StoreError> {
        let disk = self.lock_disk();
        if disk.dead || disk.start != self.start { Err(crashed(name)) } else { Ok(disk) }
    }

    /// Numbers a write and asks the plan.
    fn write(&self, what: &str, name: &str) -> Result<(MutexGuard<'_, Disk>, Verdict), StoreError> {
        let mut disk = self.alive(name)?;
        let number = disk.writes;
        disk.writes += 1;
        disk.trace.push(format!("{what} {name}"));
        let verdict = match disk.plan {
            Some(FaultAt { write, fault: Fault::Full }) if number >= write => Verdict::Fail {
                keep: if number == write { Keep::PerMille(500) } else { Keep::Nothing },
                error: StoreError::Full { name: name.to_owned() },
            },
            Some(FaultAt { write, fault }) if number == write => {
                disk.dead = true;
                let keep = match fault {
                    Fault::Before | Fault::Full => Keep::Nothing,
                    Fault::After => Keep::All,
                    Fault::Torn { per_mille } => Keep::PerMille(per_mille),
                    Fault::Zeros => Keep::Zeros,
                };
                disk.lose_unsettled(keep);
                Verdict::Fail { keep, error: crashed(name) }
            }
            _ => Verdict::Go,
        };
        Ok((disk, verdict))
    }

    /// A write that is whole or not there: `act` runs unless the plan forbids it.
    fn atomic(
        &self,
        what: &str,
        name: &str,
        act: impl FnOnce(&mut Disk) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (mut disk, verdict) = self.write(what, name)?;
        match verdict {
            Verdict::Go => act(&mut disk),
            Verdict::Fail { keep, error } => {
                if matches!(keep, Keep::All) {
                    act(&mut disk)?;
                }
                Err(error)
            }
        }
    }

    /// A write whose bytes may tear.
    fn extend(&self, what: &str, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let (mut disk, verdict) = self.write(what, name)?;
        let file = disk.files.get_mut(name).ok_or_else(|| StoreError::Missing { name: name.to_owned() })?;
        match verdict {
            Verdict::Go => {
                file.extend_from_slice(bytes);
                Ok(())
            }
            Verdict::Fail { keep, error } => {
                file.extend(keep.of(bytes));
                Err(error)
            }
        }
    }

    fn make(&self, what: &str, name: &StoreName) -> Result<(), StoreError> {
        if self.alive(name.as_str())?.files.contains_key(name.as_str()) {
            return Err(StoreError::Exists { name: name.to_string() });
        }
        self.atomic(what, name.as_str(), |disk| {
            disk.files.insert(name.to_string(), Vec::new());
            Ok(())
        })
    }

    fn shift(&self, what: &str, from: &StoreName, to: &str) -> Result<(), StoreError> {
        {
            let disk = self.alive(from.as_str())?;
            if !disk.files.contains_key(from.as_str()) {
                return Err(StoreError::Missing { name: from.to_string() });
            }
            if disk.files.contains_key(to) {
                return Err(StoreError::Exists { name: to.to_owned() });
            }
        }
        self.atomic(what, from.as_str(), |disk| {
            let bytes = disk.files.remove(from.as_str()).unwrap_or_default();
            disk.files.insert(to.to_owned(), bytes);
            disk.unsettled.push(Unsettled::Move(from.to_string(), to.to_owned()));
            Ok(())
        })
    }
}

impl BlobStore for MemoryStore {
    fn stage(&self, name: &StoreName) -> Result<Box<dyn BlobWriter>, StoreError> {
        self.make("stage", name)?;
        Ok(Box::new(MemoryBlob { store: self.clone(), name: name.clone(), unsynced: Vec::new() }))
    }

    fn settle(&self) -> Result<(), StoreError> {
        if self.alive("settle")?.unsettled.is_empty() {
            return Ok(());
        }
        let (mut disk, verdict) = self.write("settle", "")?;
        match verdict {
            Verdict::Go => {
                disk.unsettled.clear();
                Ok(())
            }
            Verdict::Fail { error, .. } => Err(error),
        }
    }

    fn publish(&self, from: &StoreName, to: &StoreName) -> Result<(), StoreError> {
        self.shift("publish", from, to.as_str())
    }

    fn supersede(&self, staged: &StoreName, name: &StoreName) -> Result<(), StoreError> {
        for name in [staged, name] {
            if !self.alive(name.as_str())?.files.contains_key(name.as_str()) {
                return Err(StoreError::Missing { name: name.to_string() });
            }
        }
        self.atomic("supersede", name.as_str(), |disk| {
            let bytes = disk.files.remove(staged.as_str()).unwrap_or_default();
            disk.files.insert(name.to_string(), bytes);
            // Its bytes are no safer for having moved.
            for unsettled in &mut disk.unsettled {
                if matches!(unsettled, Unsettled::Object(object) if object == staged.as_str()) {
                    *unsettled = Unsettled::Object(name.to_string());
                }
            }
            Ok(())
        })
    }

    fn open(&self, name: &StoreName) -> Result<Box<dyn StoreRead>, StoreError> {
        let disk = self.alive(name.as_str())?;
        let bytes = disk.files.get(name.as_str()).ok_or_else(|| StoreError::Missing { name: name.to_string() })?;
        Ok(Box::new(Cursor::new(bytes.clone())))
    }

    fn list(&self, dir: &StoreName) -> Result<Vec<Listed>, StoreError> {
        let disk = self.alive(dir.as_str())?;
        let prefix = format!("{dir}/");
        let mut out = Vec::new();
        for (name, bytes) in &disk.files {
            if name.starts_with(&prefix) {
                out.push(Listed { name: StoreName::new(name.clone())?, size: bytes.len() as u64 });
            }
        }
        Ok(out)
    }

    fn quarantine(&self, name: &StoreName) -> Result<StoreName, StoreError> {
        let flat = name.as_str().replace('/', "_");
        let to = {
            let disk = self.alive(name.as_str())?;
            (0u32..)
                .map(|n| format!("quarantine/{n}.{flat}"))
                .find(|to| !disk.files.contains_key(to))
                .unwrap_or_default()
        };
        self.shift("quarantine", name, &to)?;
        StoreName::new(to)
    }
}

impl LaneStore for MemoryStore {
    fn appender(&self, name: &StoreName, create: bool) -> Result<Box<dyn Appender>, StoreError> {
        if create {
            self.make("segment", name)?;
        } else if !self.alive(name.as_str())?.files.contains_key(name.as_str()) {
            return Err(StoreError::Missing { name: name.to_string() });
        }
        Ok(Box::new(MemoryAppender { store: self.clone(), name: name.to_string() }))
    }
}

impl SmallStore for MemoryStore {
    fn small(&self, name: &StoreName) -> Result<Vec<u8>, StoreError> {
        let disk = self.alive(name.as_str())?;
        let bytes = disk.files.get(name.as_str()).ok_or_else(|| StoreError::Missing { name: name.to_string() })?;
        let size = bytes.len() as u64;
        if size > MAX_SMALL_FILE {
            return Err(StoreError::TooLarge { name: name.to_string(), size });
        }
        Ok(bytes.clone())
    }

    fn replace(&self, name: &StoreName, bytes: &[u8]) -> Result<(), StoreError> {
        self.atomic("replace", name.as_str(), |disk| {
            disk.files.insert(name.to_string(), bytes.to_vec());
            Ok(())
        })
    }
}

impl LockStore for MemoryStore {
    fn lock(&self, name: &StoreName) -> Result<Box<dyn StoreLock>, StoreError> {
        if !self.alive(name.as_str())?.locks.insert(name.to_string()) {
            return Err(StoreError::Locked { name: name.to_string() });
        }
        Ok(Box::new(MemoryLock { store: self.clone(), name: name.to_string() }))
    }
}

/// Bytes reach the disk when they are synced, or torn when a fault strikes before.
struct MemoryBlob {
    store: MemoryStore,
    name: StoreName,
    unsynced: Vec<u8>,
}

impl Write for MemoryBlob {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let (mut disk, verdict) = self.store.write("write", self.name.as_str()).map_err(io::Error::other)?;
        match verdict {
            Verdict::Go => {
                self.unsynced.extend_from_slice(buf);
                Ok(buf.len())
            }
            Verdict::Fail { keep, error } => {
                self.unsynced.extend(keep.of(buf));
                disk.files.insert(self.name.to_string(), std::mem::take(&mut self.unsynced));
                Err(match error {
                    StoreError::Full { .. } => io::ErrorKind::StorageFull.into(),
                    other => io::Error::other(other),
                })
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl BlobWriter for MemoryBlob {
    fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        let bytes = std::mem::take(&mut self.unsynced);
        self.store.extend("finish", self.name.as_str(), &bytes)?;
        self.store.alive(self.name.as_str())?.unsettled.push(Unsettled::Object(self.name.to_string()));
        Ok(())
    }
}

struct MemoryAppender {
    store: MemoryStore,
    name: String,
}

impl Appender for MemoryAppender {
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.store.extend("append", &self.name, bytes)
    }
}

struct MemoryLock {
    store: MemoryStore,
    name: String,
}

impl StoreLock for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        let mut disk = self.store.lock_disk();
        if disk.start == self.store.start {
            disk.locks.remove(&self.name);
        }
    }
}

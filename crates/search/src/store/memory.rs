//! An index store in memory, and one that fails on purpose.
//!
//! Keeps: the same contract as a folder; after a simulated crash only what was durable remains.
//! Does not know: what the bytes are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{IndexStore, StoreLock, StoreRead, StoreWrite};

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, Arc<Mutex<Arc<Vec<u8>>>>>,
    locks: BTreeSet<String>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Files in memory; clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy that shares nothing, without the locks: what another process would find.
    #[must_use]
    pub fn image(&self) -> Self {
        let state = held(&self.state);
        let copy = |cell: &Arc<Mutex<Arc<Vec<u8>>>>| Arc::new(Mutex::new(Arc::clone(&held(cell))));
        let files = state.files.iter().map(|(name, cell)| (name.clone(), copy(cell))).collect();
        Self { state: Arc::new(Mutex::new(State { files, locks: BTreeSet::new() })) }
    }

    /// The bytes of one file.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        held(&self.state).files.get(name).map(|cell| held(cell).as_ref().clone())
    }

    /// Puts any bytes in the place of a file.
    pub fn put(&self, name: &str, bytes: Vec<u8>) {
        held(&self.state).files.insert(name.to_owned(), Arc::new(Mutex::new(Arc::new(bytes))));
    }
}

impl IndexStore for MemoryStore {
    fn create(&self, name: &str) -> io::Result<Box<dyn StoreWrite>> {
        let mut state = held(&self.state);
        if state.files.contains_key(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let cell = Arc::new(Mutex::new(Arc::new(Vec::new())));
        state.files.insert(name.to_owned(), Arc::clone(&cell));
        Ok(Box::new(MemoryWrite { cell }))
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn StoreRead>> {
        let state = held(&self.state);
        let cell = state.files.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Arc::new(MemoryRead(Arc::clone(&held(cell)))))
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, bytes.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        held(&self.state).files.remove(name).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(held(&self.state).files.keys().cloned().collect())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn StoreLock>>> {
        if !held(&self.state).locks.insert(name.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryLock { state: Arc::clone(&self.state), name: name.to_owned() })))
    }
}

struct MemoryWrite {
    cell: Arc<Mutex<Arc<Vec<u8>>>>,
}

impl Write for MemoryWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Arc::make_mut(&mut held(&self.cell)).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl StoreWrite for MemoryWrite {
    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

struct MemoryRead(Arc<Vec<u8>>);

impl StoreRead for MemoryRead {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(offset).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let to = from.checked_add(into.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        let bytes = self.0.get(from..to).ok_or(io::ErrorKind::UnexpectedEof)?;
        into.copy_from_slice(bytes);
        Ok(())
    }
}

struct MemoryLock {
    state: Arc<Mutex<State>>,
    name: String,
}

impl StoreLock for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        held(&self.state).locks.remove(&self.name);
    }
}

/// The calls of a store that change something, as [`FaultyStore`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreCall {
    /// A file was created.
    Create,
    /// Bytes were appended.
    Write,
    /// A file was finished.
    Finish,
    /// A file was replaced.
    Replace,
    /// A file was deleted.
    Delete,
    /// The store was synced.
    Sync,
}

/// How the chosen call fails. Every later call fails too: the process is as good as dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Before it did anything.
    Before,
    /// After it did everything.
    After,
    /// A write after half of its bytes; any other call as `Before`.
    Torn,
}

#[derive(Debug)]
struct Plan {
    calls: Vec<StoreCall>,
    fail_at: Option<(usize, Fault)>,
    dead: bool,
}

impl Plan {
    /// What to do with the next call.
    fn next(&mut self, call: StoreCall) -> Result<Option<Fault>, io::Error> {
        if self.dead {
            return Err(io::Error::other("injected fault: the store is gone"));
        }
        let turn = self.calls.len();
        self.calls.push(call);
        match self.fail_at {
            Some((at, fault)) if at == turn => {
                self.dead = true;
                if fault == Fault::Before { Err(io::Error::other("injected fault")) } else { Ok(Some(fault)) }
            }
            _ => Ok(None),
        }
    }
}

/// A memory store whose n-th changing call fails, and all after it.
#[derive(Debug, Clone)]
pub struct FaultyStore {
    inner: MemoryStore,
    plan: Arc<Mutex<Plan>>,
}

impl FaultyStore {
    /// Over `inner`; `fail_at` counts changing calls from 0.
    #[must_use]
    pub fn new(inner: MemoryStore, fail_at: Option<(usize, Fault)>) -> Self {
        Self { inner, plan: Arc::new(Mutex::new(Plan { calls: Vec::new(), fail_at, dead: false })) }
    }

    /// What a new process would find, see [`MemoryStore::image`].
    #[must_use]
    pub fn image(&self) -> MemoryStore {
        self.inner.image()
    }

    /// The changing calls so far.
    #[must_use]
    pub fn calls(&self) -> Vec<StoreCall> {
        held(&self.plan).calls.clone()
    }

    fn around<T>(&self, call: StoreCall, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let fault = held(&self.plan).next(call)?;
        if fault == Some(Fault::Torn) {
            return Err(io::Error::other("injected fault"));
        }
        let done = act()?;
        if fault.is_some() { Err(io::Error::other("injected fault")) } else { Ok(done) }
    }
}

impl IndexStore for FaultyStore {
    fn create(&self, name: &str) -> io::Result<Box<dyn StoreWrite>> {
        let inner = self.around(StoreCall::Create, || self.inner.create(name))?;
        Ok(Box::new(FaultyWrite { inner, store: self.clone() }))
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn StoreRead>> {
        self.inner.open(name)
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.around(StoreCall::Replace, || self.inner.replace(name, bytes))
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        self.around(StoreCall::Delete, || self.inner.delete(name))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        self.inner.list()
    }

    fn sync(&self) -> io::Result<()> {
        self.around(StoreCall::Sync, || self.inner.sync())
    }

    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn StoreLock>>> {
        self.inner.try_lock(name)
    }
}

struct FaultyWrite {
    inner: Box<dyn StoreWrite>,
    store: FaultyStore,
}

impl Write for FaultyWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let fault = held(&self.store.plan).next(StoreCall::Write)?;
        if fault == Some(Fault::Torn) {
            self.inner.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
        } else {
            self.inner.write_all(bytes)?;
        }
        if fault.is_some() { Err(io::Error::other("injected fault")) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl StoreWrite for FaultyWrite {
    fn finish(self: Box<Self>) -> io::Result<()> {
        let Self { inner, store } = *self;
        store.around(StoreCall::Finish, || inner.finish())
    }
}

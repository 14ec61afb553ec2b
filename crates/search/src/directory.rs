//! The engine's directory, sealed: what tantivy believes to be its files.
//!
//! Keeps: no clear byte reaches the store; a file that does not open is remembered as damage, however the engine
//! reports it. Does not know: segments, terms, where the store keeps its bytes.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use crate::cache::FrameCache;
use crate::frames::{Broken, FRAME, FrameCipher, HEADER, IndexKeys, Layout, Random};
use crate::store::{IndexStore, StoreLock, StoreRead, StoreWrite};

/// How often and how long a blocking lock is waited for.
const LOCK_TRIES: u32 = 1000;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

struct Shared {
    store: Arc<dyn IndexStore>,
    keys: IndexKeys,
    random: Random,
    cache: FrameCache,
    serial: AtomicU64,
    damage: Mutex<Option<String>>,
    /// The first write that the store refused; the engine drops it on the way through its threads.
    trouble: Mutex<Option<(io::ErrorKind, String)>>,
}

impl Shared {
    fn damaged(&self, name: &str, what: &str) -> io::Error {
        let detail = format!("{name}: {what}");
        self.damage.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| detail.clone());
        io::Error::new(io::ErrorKind::InvalidData, detail)
    }

    /// Passes a write's outcome on and remembers a failure.
    fn wrote<T>(&self, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &outcome {
            let trouble = || (error.kind(), error.to_string());
            self.trouble.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(trouble);
        }
        outcome
    }
}

/// A sealed directory over a store; clones share it.
#[derive(Clone)]
pub(crate) struct SealedDirectory {
    shared: Arc<Shared>,
}

impl fmt::Debug for SealedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedDirectory")
    }
}

fn logical(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl SealedDirectory {
    pub(crate) fn new(store: Arc<dyn IndexStore>, key: &[u8; 32], cache_bytes: usize, random: Random) -> Self {
        let shared = Shared {
            store,
            keys: IndexKeys::new(key),
            random,
            cache: FrameCache::new(cache_bytes / FRAME),
            serial: AtomicU64::new(0),
            damage: Mutex::new(None),
            trouble: Mutex::new(None),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The first damage seen since the directory was made.
    pub(crate) fn damage(&self) -> Option<String> {
        self.shared.damage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The first write that the store refused since this was last asked.
    pub(crate) fn take_trouble(&self) -> Option<io::Error> {
        let trouble = self.shared.trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
        trouble.map(|(kind, what)| io::Error::new(kind, what))
    }

    /// Records damage that the engine found by itself.
    pub(crate) fn record_damage(&self, what: &str) {
        let _ = self.shared.damaged("index", what);
    }

    /// The name in the store of an engine's file.
    pub(crate) fn stored_name(&self, path: &Path) -> String {
        self.shared.keys.stored_name(&logical(path))
    }

    /// The number that stands for a text in this index.
    pub(crate) fn text_key(&self, text: &str) -> u64 {
        self.shared.keys.text_key(text)
    }

    /// A file to be read once from front to back: its frames don't push others out of the cache.
    pub(crate) fn frames(&self, path: &Path) -> io::Result<Frames> {
        Ok(Frames { file: self.open_sealed(path)?, next: 0, frame: Vec::new() })
    }

    fn open_sealed(&self, path: &Path) -> io::Result<SealedFile> {
        let name = self.stored_name(path);
        let source = self.shared.store.open(&name)?;
        let broken = |Broken(what)| self.shared.damaged(&name, what);
        let layout = Layout::of(source.size()).map_err(broken)?;
        let mut header = [0u8; HEADER];
        source.read_at(0, &mut header)?;
        let cipher = FrameCipher::open(&self.shared.keys, &logical(path), &header).map_err(broken)?;
        let clear = usize::try_from(layout.clear).map_err(|_| self.shared.damaged(&name, "larger than memory"))?;
        let serial = self.shared.serial.fetch_add(1, Ordering::Relaxed);
        let file = SealedFile { shared: Arc::clone(&self.shared), name, source, cipher, layout, clear, serial };
        // The last frame proves the length.
        file.frame(layout.frames - 1)?;
        Ok(file)
    }

    fn start(&self, path: &Path) -> io::Result<(FrameCipher, Vec<u8>)> {
        FrameCipher::create(&self.shared.keys, &logical(path), self.shared.random)
    }
}

fn read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

fn read_error(path: &Path, error: io::Error) -> OpenReadError {
    if error.kind() == io::ErrorKind::NotFound {
        OpenReadError::FileDoesNotExist(path.to_path_buf())
    } else {
        OpenReadError::wrap_io_error(error, path.to_path_buf())
    }
}

impl Directory for SealedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match self.open_sealed(path) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) => {
                if error.kind() == io::ErrorKind::NotFound {
                    // A file that the head names is gone.
                    let _ = self.shared.damaged(&self.stored_name(path), "missing");
                }
                Err(read_error(path, error))
            }
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let name = self.stored_name(path);
        self.shared.store.delete(&name).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_path_buf()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_path_buf() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match self.shared.store.open(&self.stored_name(path)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(read_error(path, error)),
        }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |error| OpenWriteError::wrap_io_error(error, path.to_path_buf());
        let (cipher, header) = self.start(path).map_err(failed)?;
        let made = self.shared.wrote(self.shared.store.create(&self.stored_name(path)));
        let mut sink = made.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_path_buf()),
            _ => failed(error),
        })?;
        self.shared.wrote(sink.write_all(&header)).map_err(failed)?;
        let shared = Arc::clone(&self.shared);
        let writer =
            SealedWriter { shared, sink: Some(sink), cipher, frame: Vec::with_capacity(FRAME + 16), number: 0 };
        Ok(BufWriter::with_capacity(FRAME, Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = || {
            let file = self.open_sealed(path)?;
            file.read_bytes(0..file.clear)
        };
        read().map(|bytes| bytes.to_vec()).map_err(|error| read_error(path, error))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let (cipher, mut sealed) = self.start(path)?;
        let mut pieces: Vec<&[u8]> = data.chunks(FRAME).collect();
        if pieces.is_empty() {
            pieces.push(&[]);
        }
        let last = pieces.len() - 1;
        for (number, piece) in pieces.into_iter().enumerate() {
            let mut frame = piece.to_vec();
            cipher.seal(number as u64, number == last, &mut frame)?;
            sealed.append(&mut frame);
        }
        self.shared.wrote(self.shared.store.replace(&self.stored_name(path), &sealed))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.shared.wrote(self.shared.store.sync())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let name = self.stored_name(&lock.filepath);
        let tries = if lock.is_blocking { LOCK_TRIES } else { 1 };
        for turn in 0..tries {
            if turn > 0 {
                std::thread::sleep(LOCK_PAUSE);
            }
            match self.shared.store.try_lock(&name) {
                Ok(Some(held)) => return Ok(DirectoryLock::from(Box::new(Held(Mutex::new(Some(held)))))),
                Ok(None) => {}
                // A reader's lock guards against a writer, and here none can be.
                Err(error) if lock.is_blocking && read_only(&error) => {
                    return Ok(DirectoryLock::from(Box::new(Held(Mutex::new(None)))));
                }
                Err(error) => return Err(LockError::wrap_io_error(error)),
            }
        }
        Err(LockError::LockBusy)
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

#[allow(dead_code, reason = "held until it is dropped")]
struct Held(Mutex<Option<Box<dyn StoreLock>>>);

struct SealedFile {
    shared: Arc<Shared>,
    name: String,
    source: Arc<dyn StoreRead>,
    cipher: FrameCipher,
    layout: Layout,
    clear: usize,
    serial: u64,
}

impl fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedFile({})", self.name)
    }
}

impl HasLen for SealedFile {
    fn len(&self) -> usize {
        self.clear
    }
}

impl SealedFile {
    /// Reads a frame and opens it in place.
    fn fetch(&self, number: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
        let (offset, size) = self.layout.place(number);
        bytes.resize(size, 0);
        self.source.read_at(offset, bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.shared.damaged(&self.name, "cut short"),
            _ => error,
        })?;
        self.cipher
            .open_frame(number, self.layout.last(number), bytes)
            .map_err(|Broken(what)| self.shared.damaged(&self.name, what))
    }

    fn frame(&self, number: u64) -> io::Result<Arc<[u8]>> {
        let key = (self.serial, number);
        if let Some(frame) = self.shared.cache.find(key) {
            return Ok(frame);
        }
        let mut bytes = Vec::new();
        self.fetch(number, &mut bytes)?;
        let frame: Arc<[u8]> = bytes.into();
        self.shared.cache.keep(key, Arc::clone(&frame));
        Ok(frame)
    }
}

impl FileHandle for SealedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.clear {
            return Err(self.shared.damaged(&self.name, "the engine asks beyond its end"));
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let (first, last) = (range.start / FRAME, (range.end - 1) / FRAME);
        let within =
            |number: usize| range.start.saturating_sub(number * FRAME)..(range.end - number * FRAME).min(FRAME);
        if first == last {
            return Ok(OwnedBytes::new(self.frame(first as u64)?).slice(within(first)));
        }
        let mut bytes = Vec::with_capacity(range.len());
        for number in first..=last {
            let frame = self.frame(number as u64)?;
            let part = frame.get(within(number)).ok_or_else(|| self.shared.damaged(&self.name, "a short frame"))?;
            bytes.extend_from_slice(part);
        }
        Ok(OwnedBytes::new(bytes))
    }
}

/// The frames of a file, one after another.
pub(crate) struct Frames {
    file: SealedFile,
    next: u64,
    frame: Vec<u8>,
}

impl Frames {
    /// The next frame's clear bytes; `None` after the last.
    pub(crate) fn next_frame(&mut self) -> io::Result<Option<&[u8]>> {
        if self.next == self.file.layout.frames {
            return Ok(None);
        }
        self.file.fetch(self.next, &mut self.frame)?;
        self.next += 1;
        Ok(Some(&self.frame))
    }

    /// Records that the file is not what it ought to be.
    pub(crate) fn damaged(&self, what: &str) -> io::Error {
        self.file.shared.damaged(&self.file.name, what)
    }
}

struct SealedWriter {
    shared: Arc<Shared>,
    sink: Option<Box<dyn StoreWrite>>,
    cipher: FrameCipher,
    frame: Vec<u8>,
    number: u64,
}

impl SealedWriter {
    fn put(&mut self, last: bool) -> io::Result<()> {
        let sink = self.sink.as_mut().ok_or_else(|| io::Error::other("the file was finished"))?;
        self.cipher.seal(self.number, last, &mut self.frame)?;
        self.shared.wrote(sink.write_all(&self.frame))?;
        self.frame.clear();
        self.number += 1;
        Ok(())
    }
}

impl Write for SealedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full frame waits for the next byte: only then is it known not to be the last.
        if self.frame.len() == FRAME {
            self.put(false)?;
        }
        let room = FRAME.saturating_sub(self.frame.len());
        let taken = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.frame.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for SealedWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.put(true)?;
        match self.sink.take() {
            Some(sink) => self.shared.wrote(sink.finish()),
            None => Ok(()),
        }
    }
}

/// The engine's file that names its segments.
pub(crate) fn head_path() -> PathBuf {
    PathBuf::from("meta.json")
}

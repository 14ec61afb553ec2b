//! Sealing: one pass over a source encrypts it, hashes it and, where it leaves whole, hashes its leaves.
//!
//! Keeps: what is on disk is what was hashed, also when the source changes meanwhile: then the leaves are taken from the
//! sealed file. Memory is a fixed number of pieces. Small sources are done in one thread, others in one for each task.
//! Deliberately does not know: acts, compartments, names of files.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use age::secrecy::ExposeSecret;
use age::stream::StreamWriter;
use casemate_carve::{Hint, Layout, Profile};
use casemate_ports::store::{BlobWriter, CaseStore, StoreError, StoreName, StoreRead};
use casemate_proof::{ObjectHasher, ObjectKey, ObjectRecord, Oid, Timebase};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::leaves::{LEAF_HEAD, Salted, carved, hash_again};
use super::{Form, ObjectReader, StoredObject, padded_len};
use crate::VaultError;
use crate::places::FileId;

/// Bytes of one piece.
const PIECE: usize = 512 * 1024;
/// Bytes of a leaf of `chunk-v1`; a piece is a multiple of it.
const CHUNK_LEN: usize = 64 * 1024;
/// Ticks of a leaf of `chunk-v1`.
const CHUNK_TICKS: u64 = 1;
/// Pieces on their way to each task.
const PIECES: usize = 4;
/// Below this many bytes threads cost more than they bring.
const INLINE: u64 = 2 * 1024 * 1024;

/// What is drawn and chosen before an object is sealed.
pub(crate) struct Sealing<'a> {
    pub(crate) store: &'a dyn CaseStore,
    /// Where the file is written.
    pub(crate) name: StoreName,
    pub(crate) file: FileId,
    pub(crate) oid: Oid,
    pub(crate) key: ObjectKey,
}

/// Reading and seeking, of whatever kind.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

type Blob = StreamWriter<Sink>;

/// Why a write failed: `age` gives the error of its header's write out as text only.
type Failure = Arc<Mutex<Option<io::ErrorKind>>>;

/// The object's file, remembering why it failed.
struct Sink {
    blob: Box<dyn BlobWriter>,
    failure: Failure,
}

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.blob.write(buf).inspect_err(|e| {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(e.kind());
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.blob.flush()
    }
}

impl Sealing<'_> {
    fn begin(&self) -> Result<(Blob, Zeroizing<String>), VaultError> {
        let identity = age::x25519::Identity::generate();
        let recipient = identity.to_public();
        let text = Zeroizing::new(identity.to_string().expose_secret().to_owned());
        let failed = |_| VaultError::Encrypt { what: "an object" };
        let encryptor =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).map_err(failed)?;
        let blob = self.store.stage(&self.name)?;
        let failure = Failure::default();
        let stream = encryptor.wrap_output(Sink { blob, failure: Arc::clone(&failure) }).map_err(|e| {
            let kind = failure.lock().unwrap_or_else(PoisonError::into_inner).take();
            self.write_failed(kind.map_or(e, io::Error::from))
        })?;
        Ok((stream, text))
    }

    fn write_failed(&self, e: io::Error) -> VaultError {
        VaultError::Store(StoreError::from_io(self.name.as_str(), e))
    }

    fn end(&self, mut stream: Blob, size: u64) -> Result<(), VaultError> {
        let mut left = padded_len(size) - size;
        let zeros = [0; 4096];
        while left > 0 {
            let n = left.min(zeros.len() as u64);
            let part = usize::try_from(n).ok().and_then(|n| zeros.get(..n)).unwrap_or(&zeros);
            stream.write_all(part).map_err(|e| self.write_failed(e))?;
            left -= n;
        }
        Ok(stream.finish().map_err(|e| self.write_failed(e))?.blob.finish()?)
    }

    fn stored(self, identity: Zeroizing<String>, pass: Pass, record: ObjectRecord, form: Form) -> StoredObject {
        let Self { key, file, .. } = self;
        StoredObject { record, key, file, identity, size: pass.size, sha256: pass.sha256, form }
    }
}

/// What one pass over the source found.
struct Pass {
    size: u64,
    sha256: [u8; 32],
    /// The record, if the leaves were hashed on the way and fit.
    record: Option<ObjectRecord>,
}

/// Seals a source from its start to the end that it has now.
pub(crate) fn seal_source(
    source: &mut dyn Source,
    hint: Hint,
    sealing: Sealing<'_>,
) -> Result<StoredObject, VaultError> {
    let mut source = source;
    let len = source.seek(SeekFrom::End(0)).map_err(VaultError::Source)?;
    let layout = match hint {
        Hint::Whole => Layout::whole(len)?,
        // A source that changes under the scan is carved again from what was sealed.
        _ => Layout::scan(&mut source, len, hint).or_else(|_| Layout::whole(len))?,
    };
    let salted = Salted { oid: sealing.oid, key: &sealing.key };
    let is_whole = layout.profile() == Profile::Chunk;
    let leaves = if is_whole { Some(Chunks::new(salted.hasher(&layout)?, len)) } else { None };
    source.seek(SeekFrom::Start(0)).map_err(VaultError::Source)?;
    let (stream, identity) = sealing.begin()?;
    let (stream, pass) = one_pass(source, len, stream, leaves).map_err(|e| match e {
        PassError::Read(e) => VaultError::Source(e),
        PassError::Write(e) => sealing.write_failed(e),
    })?;
    sealing.end(stream, pass.size)?;
    let record = match pass.record {
        Some(ref record) => record.clone(),
        None => {
            let found = if !is_whole && pass.size == len {
                carved(&mut source, &layout, &pass.sha256, &salted)
            } else {
                Ok(None)
            };
            match found {
                Ok(Some(record)) => record,
                _ => from_sealed(&sealing, &identity, &pass, hint, &salted)?,
            }
        }
    };
    Ok(sealing.stored(identity, pass, record, Form::Source))
}

/// The leaves of what was sealed, read back from the file.
fn from_sealed(
    sealing: &Sealing<'_>,
    identity: &Zeroizing<String>,
    pass: &Pass,
    hint: Hint,
    salted: &Salted<'_>,
) -> Result<ObjectRecord, VaultError> {
    let file: Box<dyn StoreRead> = sealing.store.open(&sealing.name)?;
    let mut reader = ObjectReader::open(file, identity, pass.size, &sealing.name)?;
    hash_again(&mut reader, pass.size, hint, &pass.sha256, salted)
}

/// Seals leaves that have no other source (release layers): the file is the leaves themselves.
pub(crate) fn seal_leaves(
    profile: &str,
    timebase: Timebase,
    leaves: &[(u64, Vec<u8>)],
    sealing: Sealing<'_>,
) -> Result<StoredObject, VaultError> {
    let mut hasher = ObjectHasher::new(&sealing.key, sealing.oid, leaves.len() as u64, profile, timebase)?;
    let mut check = Sha256::new();
    let mut size = 0u64;
    let (mut stream, identity) = sealing.begin()?;
    for (ticks, payload) in leaves {
        hasher.leaf(*ticks, payload)?;
        let head = [ticks.to_be_bytes(), (payload.len() as u64).to_be_bytes()].concat();
        for part in [&head, payload] {
            check.update(part);
            stream.write_all(part).map_err(|e| sealing.write_failed(e))?;
        }
        size += LEAF_HEAD as u64 + payload.len() as u64;
    }
    sealing.end(stream, size)?;
    let pass = Pass { size, sha256: check.finalize().into(), record: None };
    let record = hasher.finish()?;
    Ok(sealing.stored(identity, pass, record, Form::Leaves))
}

enum PassError {
    Read(io::Error),
    Write(io::Error),
}

fn one_pass(
    source: &mut dyn Source,
    len: u64,
    stream: Blob,
    leaves: Option<Chunks>,
) -> Result<(Blob, Pass), PassError> {
    if len <= INLINE { inline(source, len, stream, leaves) } else { threaded(source, len, stream, leaves) }
}

fn inline(
    source: &mut dyn Source,
    len: u64,
    mut stream: Blob,
    mut leaves: Option<Chunks>,
) -> Result<(Blob, Pass), PassError> {
    let (mut hash, mut size) = (Sha256::new(), 0u64);
    let mut piece = Vec::new();
    loop {
        read_piece(source, len - size, &mut piece).map_err(PassError::Read)?;
        if piece.is_empty() {
            break;
        }
        size += piece.len() as u64;
        hash.update(&piece);
        stream.write_all(&piece).map_err(PassError::Write)?;
        if let Some(leaves) = &mut leaves {
            leaves.piece(&piece);
        }
    }
    let record = leaves.and_then(|l| l.finish(size));
    Ok((stream, Pass { size, sha256: hash.finalize().into(), record }))
}

type Piece = Arc<Vec<u8>>;

fn threaded(
    source: &mut dyn Source,
    len: u64,
    stream: Blob,
    leaves: Option<Chunks>,
) -> Result<(Blob, Pass), PassError> {
    std::thread::scope(|scope| {
        let (to_hash, hash_in) = sync_channel::<Piece>(PIECES);
        let (to_file, file_in) = sync_channel::<Piece>(PIECES);
        let (to_leaves, leaves_in) = sync_channel::<Piece>(PIECES);
        let hash = scope.spawn(move || {
            let mut hash = Sha256::new();
            hash_in.iter().for_each(|piece| hash.update(&*piece));
            <[u8; 32]>::from(hash.finalize())
        });
        let file = scope.spawn(move || write_pieces(stream, file_in));
        let folding = leaves.map(|mut leaves| {
            scope.spawn(move || {
                leaves_in.iter().for_each(|piece| leaves.piece(&piece));
                leaves
            })
        });
        let folds = folding.is_some();
        let read = feed(source, len, |piece| {
            // A receiver that is gone has failed, and says why when it is joined.
            let go = to_hash.send(Arc::clone(&piece)).is_ok() && to_file.send(Arc::clone(&piece)).is_ok();
            go && (!folds || to_leaves.send(piece).is_ok())
        });
        drop((to_hash, to_file, to_leaves));
        let died = || PassError::Write(io::Error::other("a sealing thread died"));
        let sha256 = hash.join().map_err(|_| died())?;
        let stream = file.join().map_err(|_| died())?.map_err(PassError::Write)?;
        let leaves = folding.map(|f| f.join().map_err(|_| died())).transpose()?;
        let size = read.map_err(PassError::Read)?;
        let record = leaves.and_then(|l| l.finish(size));
        Ok((stream, Pass { size, sha256, record }))
    })
}

fn write_pieces(mut stream: Blob, pieces: Receiver<Piece>) -> io::Result<Blob> {
    for piece in pieces {
        stream.write_all(&piece)?;
    }
    Ok(stream)
}

/// Reads pieces and passes them on while `each` takes them; answers the bytes read. Buffers come back when every task
/// has dropped them, so there are never more than the channels hold.
fn feed(source: &mut dyn Source, len: u64, each: impl Fn(Piece) -> bool) -> io::Result<u64> {
    let mut size = 0u64;
    let mut pool: Vec<Piece> = Vec::new();
    loop {
        let free = pool.iter_mut().position(|piece| Arc::get_mut(piece).is_some());
        let mut piece = free.map_or_else(Piece::default, |at| pool.swap_remove(at));
        if let Some(buffer) = Arc::get_mut(&mut piece) {
            read_piece(source, len - size, buffer)?;
        }
        if piece.is_empty() {
            return Ok(size);
        }
        size += piece.len() as u64;
        pool.push(Arc::clone(&piece));
        if !each(piece) {
            return Ok(size);
        }
    }
}

/// Fills the piece, with less than [`PIECE`] bytes only at the end.
fn read_piece(source: &mut dyn Source, left: u64, piece: &mut Vec<u8>) -> io::Result<()> {
    piece.clear();
    source.take(left.min(PIECE as u64)).read_to_end(piece)?;
    Ok(())
}

/// Hashes `chunk-v1` leaves as pieces go by: pieces are whole leaves but for the last.
struct Chunks {
    hasher: ObjectHasher,
    len: u64,
    /// A piece ended inside a leaf: only the last may.
    ended: bool,
    failed: bool,
}

impl Chunks {
    fn new(hasher: ObjectHasher, len: u64) -> Self {
        Self { hasher, len, ended: false, failed: false }
    }

    fn piece(&mut self, piece: &[u8]) {
        self.failed |= self.ended;
        for leaf in piece.chunks(CHUNK_LEN) {
            self.ended = leaf.len() < CHUNK_LEN;
            self.failed = self.failed || self.hasher.leaf(CHUNK_TICKS, leaf).is_err();
        }
    }

    /// The record, if the source was as long as it said.
    fn finish(mut self, size: u64) -> Option<ObjectRecord> {
        if size == 0 && self.len == 0 {
            self.hasher.leaf(CHUNK_TICKS, &[]).ok()?;
        }
        if self.failed || size != self.len { None } else { self.hasher.finish().ok() }
    }
}

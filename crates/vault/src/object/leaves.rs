//! From bytes to an object's record: the leaves of a layout hashed, and put together again to prove that they are all.
//!
//! Keeps: a profile other than `chunk-v1` is taken only if its leaves give back the same SHA-256; else `chunk-v1`.
//! Memory is a few pieces, whatever the source's size.
//! Deliberately does not know: where the bytes come from, or what the leaves mean.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use casemate_carve::{CarveError, Hint, Layout, Profile, reassemble};
use casemate_proof::{ObjectHasher, ObjectKey, ObjectRecord, Oid, Timebase};
use sha2::{Digest, Sha256};

use super::Form;
use crate::VaultError;

/// Leaves travel to the second thread in batches of about this many bytes.
const BATCH_LEN: usize = 256 * 1024;
/// Batches on their way at once.
const BATCHES: usize = 4;
/// Buffer before the hash, in bytes: leaves of a few bytes are hashed together.
const HASH_BUFFER: usize = 64 * 1024;

/// Id and key of an object that is being made or checked.
pub(crate) struct Salted<'a> {
    pub(crate) oid: Oid,
    pub(crate) key: &'a ObjectKey,
}

impl Salted<'_> {
    pub(crate) fn hasher(&self, layout: &Layout) -> Result<ObjectHasher, VaultError> {
        let base = layout.timebase();
        let base = Timebase::new(base.num, base.den)?;
        Ok(ObjectHasher::new(self.key, self.oid, layout.leaf_count(), &layout.profile().to_string(), base)?)
    }
}

/// Hashes the source again, after it was sealed with this SHA-256: carved as hinted if that holds every byte, else whole.
pub(crate) fn hash_again<R: Read + Seek>(
    source: &mut R,
    len: u64,
    hint: Hint,
    sha256: &[u8; 32],
    salted: &Salted<'_>,
) -> Result<ObjectRecord, VaultError> {
    let layout = Layout::scan(source, len, hint)?;
    if layout.profile() != Profile::Chunk
        && let Some(record) = carved(source, &layout, sha256, salted)?
    {
        return Ok(record);
    }
    whole(source, &Layout::whole(len)?, sha256, salted)
}

/// `chunk-v1`: its leaves one after the other are the source, so one hash over them is the check.
fn whole<R: Read + Seek>(
    source: &mut R,
    layout: &Layout,
    sha256: &[u8; 32],
    salted: &Salted<'_>,
) -> Result<ObjectRecord, VaultError> {
    let mut hasher = salted.hasher(layout)?;
    let mut check = Sha256::new();
    layout.for_each_leaf(source, |_, ticks, payload| -> Result<(), VaultError> {
        check.update(payload);
        hasher.leaf(ticks, payload)?;
        Ok(())
    })?;
    if check.finalize()[..] != sha256[..] {
        return Err(VaultError::SourceChanged);
    }
    Ok(hasher.finish()?)
}

/// The record of a carved source; `None` if its leaves do not give back the source.
pub(crate) fn carved<R: Read + Seek>(
    source: &mut R,
    layout: &Layout,
    sha256: &[u8; 32],
    salted: &Salted<'_>,
) -> Result<Option<ObjectRecord>, VaultError> {
    let aside = Aside::read(source, layout)?;
    let mut hasher = salted.hasher(layout)?;
    let (sender, receiver) = sync_channel(BATCHES);
    let (hashed, joined) = std::thread::scope(|scope| {
        let joiner = scope.spawn(move || join(layout, aside, receiver));
        let mut out = BatchSender { sender, batch: Batch::default() };
        let hashed = layout.for_each_leaf(source, |index, ticks, payload| -> Result<(), VaultError> {
            hasher.leaf(ticks, payload)?;
            out.push(index, payload);
            Ok(())
        });
        out.flush();
        drop(out);
        (hashed, joiner.join())
    });
    match hashed {
        Ok(()) => {}
        Err(VaultError::Carve(CarveError::SourceChanged { .. })) => return Err(VaultError::SourceChanged),
        Err(e) => return Err(e),
    }
    match joined {
        Ok(Ok(found)) if found == *sha256 => Ok(Some(hasher.finish()?)),
        _ => Ok(None),
    }
}

/// The leaves that reassembly wants before the packets.
struct Aside {
    meta: Vec<u8>,
    container: Vec<u8>,
}

impl Aside {
    fn read<R: Read + Seek>(source: &mut R, layout: &Layout) -> Result<Self, VaultError> {
        let mut aside = Self { meta: Vec::new(), container: Vec::new() };
        if let Some(index) = layout.shape().meta() {
            layout.read_leaf(source, index, &mut aside.meta)?;
        }
        if let Some(index) = layout.shape().container() {
            layout.read_leaf(source, index, &mut aside.container)?;
        }
        Ok(aside)
    }
}

/// Leaves one after the other: the bytes, and where each ends.
#[derive(Default)]
struct Batch {
    first: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

struct BatchSender {
    sender: SyncSender<Batch>,
    batch: Batch,
}

impl BatchSender {
    fn push(&mut self, index: u64, payload: &[u8]) {
        if self.batch.ends.is_empty() {
            self.batch.first = index;
        }
        self.batch.bytes.extend_from_slice(payload);
        self.batch.ends.push(self.batch.bytes.len());
        if self.batch.bytes.len() >= BATCH_LEN || self.batch.ends.len() >= BATCH_LEN {
            self.flush();
        }
    }

    fn flush(&mut self) {
        // The other side may have stopped at an error of its own, which it reports.
        let _ = self.sender.send(std::mem::take(&mut self.batch));
    }
}

/// Puts the source together from the leaves that arrive, and answers its SHA-256.
fn join(layout: &Layout, aside: Aside, receiver: Receiver<Batch>) -> Result<[u8; 32], CarveError> {
    let shape = layout.shape();
    let (mut batch, mut at) = (Batch::default(), 0usize);
    let mut out = std::io::BufWriter::with_capacity(HASH_BUFFER, HashSink(Sha256::new()));
    let missing = |index| CarveError::BadLeaf { index, what: "not delivered" };
    reassemble(
        shape,
        |index, payload: &mut Vec<u8>| -> Result<(), CarveError> {
            payload.clear();
            if Some(index) == shape.meta() {
                payload.extend_from_slice(&aside.meta);
                return Ok(());
            }
            if Some(index) == shape.container() {
                payload.extend_from_slice(&aside.container);
                return Ok(());
            }
            loop {
                let Some(end) = batch.ends.get(at).copied() else {
                    batch = receiver.recv().map_err(|_| missing(index))?;
                    at = 0;
                    continue;
                };
                let start = at.checked_sub(1).and_then(|n| batch.ends.get(n)).copied().unwrap_or(0);
                let found = batch.first.saturating_add(at as u64);
                at += 1;
                // Leaves before the packets (CFG) are passed over; reassembly asks for the rest in order.
                if found == index {
                    payload.extend_from_slice(batch.bytes.get(start..end).unwrap_or_default());
                    return Ok(());
                }
                if found > index {
                    return Err(missing(index));
                }
            }
        },
        &mut out,
    )?;
    let sink = out.into_inner().map_err(|e| CarveError::Io(e.into_error()))?;
    Ok(sink.0.finalize().into())
}

struct HashSink(Sha256);

impl Write for HashSink {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.0.update(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The hint that leads carving to this profile again; `None` where a source has no such profile.
fn hint_of(profile: &str) -> Option<Hint> {
    profile.parse::<Profile>().ok()?.hint()
}

/// Reads a whole stored object and answers the record that its bytes give.
pub(crate) fn rehash<R: Read + Seek>(
    source: &mut R,
    size: u64,
    form: Form,
    sealed: &ObjectRecord,
    key: &ObjectKey,
) -> Result<ObjectRecord, VaultError> {
    let mut hasher = ObjectHasher::new(key, *sealed.oid(), sealed.leaves(), sealed.profile(), sealed.timebase())?;
    match form {
        Form::Leaves => hash_framed(source, size, &mut hasher)?,
        Form::Source => {
            let hint = hint_of(sealed.profile())
                .ok_or_else(|| VaultError::damaged(format_args!("profile {}", sealed.profile()), "not known here"))?;
            let layout = Layout::scan(source, size, hint)?;
            layout.for_each_leaf(source, |_, ticks, payload| -> Result<(), VaultError> {
                hasher.leaf(ticks, payload)?;
                Ok(())
            })?;
        }
    }
    Ok(hasher.finish()?)
}

/// Bytes before each payload of a [`Form::Leaves`] file: ticks and length.
pub(crate) const LEAF_HEAD: usize = 16;

fn hash_framed<R: Read + Seek>(source: &mut R, size: u64, hasher: &mut ObjectHasher) -> Result<(), VaultError> {
    let failed = |_| VaultError::damaged("a file of leaves", "cut short");
    source.seek(SeekFrom::Start(0)).map_err(failed)?;
    let mut source = std::io::BufReader::with_capacity(HASH_BUFFER, source.by_ref().take(size));
    let (mut left, mut piece) = (size, vec![0; HASH_BUFFER]);
    while left > 0 {
        let mut head = [0; LEAF_HEAD];
        source.read_exact(&mut head).map_err(failed)?;
        let (ticks, len) = split_head(head);
        hasher.start_leaf(ticks, len)?;
        left = left
            .checked_sub(LEAF_HEAD as u64)
            .and_then(|l| l.checked_sub(len))
            .ok_or_else(|| VaultError::damaged("a file of leaves", "a leaf is longer than the file"))?;
        let mut todo = len;
        while todo > 0 {
            let n = usize::try_from(todo).unwrap_or(usize::MAX).min(piece.len());
            let part = piece.get_mut(..n).unwrap_or_default();
            source.read_exact(part).map_err(failed)?;
            hasher.piece(part)?;
            todo -= n as u64;
        }
        hasher.end_leaf()?;
    }
    Ok(())
}

fn split_head(head: [u8; LEAF_HEAD]) -> (u64, u64) {
    let (ticks, len) = head.split_at(8);
    let number = |b: &[u8]| b.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
    (number(ticks), number(len))
}

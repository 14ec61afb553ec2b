//! Sealing files, unless their bytes are sealed already: small ones side by side, several in one commit.
//!
//! Keeps: exhibits are numbered in the order in which the files were given; the session is taken for moments only, never
//! while bytes are hashed or sealed. Does not know: what a file says.

use super::batch::Batch;
use super::find::{Found, shown};
use super::hint;
use super::{AddReply, Arrival, Duplicate, Refused};
use crate::AppError;
use crate::catalogue::source;
use crate::session::{Lend, Session};
use casemate_carve::Hint;
use casemate_ports::reading::Part;
use casemate_proof::{ObjectRoot, Value};
use casemate_vault::acts::{SealAct, value_map};
use casemate_vault::{VaultError, seal_drafts};
use std::cell::RefCell;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::time::UNIX_EPOCH;

/// Files up to this length are sealed side by side; a longer one takes every core by itself.
const SMALL: u64 = 2 << 20;
/// Small files that are sealed side by side.
const SIDE_BY_SIDE: usize = 16;

/// The files of an intake on their way: looked at, sealed, committed.
#[derive(Default)]
pub(super) struct Line {
    looked: Vec<Ready<File>>,
    batch: Batch,
}

/// What is told of a source: its name, where it comes from as it is shown, and as its act keeps it.
struct Incoming {
    name: String,
    from: String,
    source: Value,
}

impl From<Arrival> for Incoming {
    fn from(Arrival { name, from, modified_ms }: Arrival) -> Self {
        let mut pairs = vec![(source::PATH, Value::from(from.as_str()))];
        pairs.extend(modified_ms.map(|ms| (source::MODIFIED, Value::from(ms))));
        Self { name, from, source: value_map(pairs) }
    }
}

/// A source that is to be sealed.
struct Ready<R> {
    incoming: Incoming,
    bytes: R,
    size: u64,
    hint: Hint,
}

impl Line {
    /// Takes one file, or says why not. Only the store's own failures are errors: what was sealed before is kept, if that can
    /// still be.
    pub(super) fn file(&mut self, case: &impl Lend, found: &Found, reply: &mut AddReply) -> Result<(), AppError> {
        let sealed = self.take(case, found, reply);
        let due = sealed.is_err() || self.batch.is_due();
        let kept = if due { case.with(|session| self.batch.commit(session, reply)) } else { Ok(()) };
        sealed.and(kept)
    }

    fn take(&mut self, case: &impl Lend, found: &Found, reply: &mut AddReply) -> Result<(), AppError> {
        let from = shown(&found.path);
        let (bytes, meta) = match File::open(&found.path).and_then(|f| Ok((f.metadata()?, f))) {
            Ok((meta, file)) => (file, meta),
            Err(cause) => {
                reply.refused.push(Refused { source: from, id: "unreadable", detail: cause.to_string() });
                return Ok(());
            }
        };
        let small = meta.len() <= SMALL;
        // The same bytes may be among those that were only looked at: their hash is known when they are sealed.
        if !small || self.looked.iter().any(|ready| ready.size == meta.len()) {
            self.seal(case, reply)?;
        }
        let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        let modified_ms = modified.and_then(|d| u64::try_from(d.as_millis()).ok());
        let name = found.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let arrival = Arrival { name, from, modified_ms };
        self.looked.extend(look(case, arrival.into(), bytes, &mut self.batch, reply));
        if !small || self.looked.len() >= SIDE_BY_SIDE { self.seal(case, reply) } else { Ok(()) }
    }

    fn seal(&mut self, case: &impl Lend, reply: &mut AddReply) -> Result<(), AppError> {
        seal(case, std::mem::take(&mut self.looked), &mut self.batch, reply)
    }

    /// Seals and commits what is still on its way.
    pub(super) fn finish(mut self, case: &impl Lend, reply: &mut AddReply) -> Result<(), AppError> {
        let sealed = self.seal(case, reply);
        sealed.and(case.with(|session| self.batch.commit(session, reply)))
    }
}

/// Seals one source and commits it, unless its bytes are sealed already, or says why not.
pub(super) fn source(
    case: &impl Lend,
    arrival: Arrival,
    bytes: &mut (impl Read + Seek + Send),
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let mut batch = Batch::default();
    let ready = look(case, arrival.into(), bytes, &mut batch, reply);
    seal(case, ready.into_iter().collect(), &mut batch, reply)?;
    case.with(|session| batch.commit(session, reply))
}

/// What the source is, unless its bytes are here already or can't be read: then that is told.
fn look<R: Read + Seek>(
    case: &impl Lend,
    incoming: Incoming,
    mut bytes: R,
    batch: &mut Batch,
    reply: &mut AddReply,
) -> Option<Ready<R>> {
    let looked = bytes.seek(SeekFrom::End(0)).and_then(|size| {
        bytes.seek(SeekFrom::Start(0))?;
        let already = already(case, batch, &mut bytes, size)?;
        let ending = incoming.name.rsplit_once('.').map(|(_, e)| e);
        Ok((already, hint::of(&mut bytes, ending)?, size))
    });
    match looked {
        Ok((None, hint, size)) => return Some(Ready { incoming, bytes, size, hint }),
        Ok((Some(Already::Exhibit(exhibit)), ..)) => {
            reply.duplicates.push(Duplicate { source: incoming.from, exhibit });
        }
        Ok((Some(Already::Waits(sha256)), ..)) => batch.again(incoming.from, sha256),
        Err(cause) => {
            reply.refused.push(Refused { source: incoming.from, id: "unreadable", detail: cause.to_string() });
        }
    }
    None
}

/// Seals sources side by side into the batch, in their order.
fn seal<R: Read + Seek + Send>(
    case: &impl Lend,
    mut ready: Vec<Ready<R>>,
    batch: &mut Batch,
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let (drafts, jobs) = case.with(|session| {
        let drafts = ready.iter().map(|_| session.vault.draft()).collect::<Result<Vec<_>, VaultError>>();
        (drafts, session.tools.jobs)
    });
    let sources = ready.iter_mut().map(|ready| (&mut ready.bytes, ready.hint));
    let tasks = drafts?.into_iter().zip(sources).map(|(draft, (bytes, hint))| (draft, bytes, hint));
    let objects = seal_drafts(tasks.collect(), jobs);
    let at_ms = case.with(|session| session.vault.now_ms());
    let mut failed = Ok(());
    for (Ready { incoming, hint, .. }, object) in ready.into_iter().zip(objects) {
        let Incoming { name, from, source } = incoming;
        let object = match object {
            Ok(object) => object,
            Err(VaultError::Source(cause)) => {
                reply.refused.push(Refused { source: from, id: "unreadable", detail: cause.to_string() });
                continue;
            }
            Err(VaultError::SourceChanged) => {
                let detail = "it kept changing while it was read".to_owned();
                reply.refused.push(Refused { source: from, id: "changing", detail });
                continue;
            }
            Err(other) => {
                failed = failed.and(Err(other.into()));
                continue;
            }
        };
        batch.push(from, SealAct { name, source, object, at_ms }, hint);
    }
    failed
}

/// Seals the files embedded in an exhibit, in one commit.
pub(super) fn parts(
    session: &mut Session,
    within: (u64, ObjectRoot),
    parts: &[(Part, Vec<u8>)],
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let mut batch = Batch::default();
    let case = RefCell::new(&mut *session);
    for (Part { name, .. }, bytes) in parts {
        let source = value_map([(source::WITHIN, Value::from(&within.1.0[..]))]);
        let incoming = Incoming { name: name.clone(), from: format!("#{}", within.0), source };
        let ready = look(&case, incoming, Cursor::new(bytes), &mut batch, reply);
        seal(&case, ready.into_iter().collect(), &mut batch, reply)?;
    }
    batch.commit(session, reply)
}

/// Where the same bytes are.
enum Already {
    Exhibit(u64),
    /// In the batch, with this hash.
    Waits([u8; 32]),
}

/// Whether the same bytes are here. The hash is computed only where some of the same length are.
fn already(
    case: &impl Lend,
    batch: &Batch,
    file: &mut (impl Read + Seek),
    len: u64,
) -> std::io::Result<Option<Already>> {
    if !case.with(|session| session.catalogue.has_size(len)) && !batch.has_size(len) {
        return Ok(None);
    }
    let hash = casemate_verify::bag::sha256(file)?;
    file.seek(SeekFrom::Start(0))?;
    let sealed = case.with(|session| session.catalogue.with_sha256(&hash).map(|e| Already::Exhibit(e.number)));
    Ok(sealed.or_else(|| batch.holds(&hash).then_some(Already::Waits(hash))))
}

//! Intake: files and folders in, sealed exhibits out, read by workers.
//!
//! Keeps: a bad file never stops an intake; it is sealed, and what could not be read is named; the same bytes are never
//! sealed twice. Does not know: the formats of files.

mod batch;
mod find;
mod hint;
mod read;
mod seal;
mod tally;

use crate::catalogue::{Exhibit, what};
use crate::progress::{Stage, Watch};
use crate::reading::{About, NotRead};
use crate::session::{Lend, Session};
use crate::{AppError, recognise, search, transcribe};
use casemate_ports::reading::{ReadFinding, Severity};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::path::PathBuf;
use utoipa::ToSchema;

pub use find::Found;
pub use tally::Tally;

/// Deepest nesting of embedded files that is opened.
pub const NESTING_MAX: usize = 8;

/// What to take in.
#[derive(Clone, Debug)]
pub struct AddRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What is done with what was read.
    pub further: Further,
}

/// What is done besides sealing and reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further {
    /// Whether text in pictures is read at once.
    pub ocr: bool,
    /// Whether recordings are transcribed at once.
    pub transcribe: bool,
    /// Whether texts are read for their meaning at once.
    pub meaning: bool,
}

/// What is known of a source that comes in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The file's name.
    pub name: String,
    /// Where it comes from, as it is shown.
    pub from: String,
    /// When it was last changed, as its system says: milliseconds since 1970.
    pub modified_ms: Option<u64>,
}

/// A file that was sealed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sealed {
    /// Number of the exhibit.
    pub exhibit: u64,
    /// Where it came from: the path, or the number of the exhibit that held it.
    pub source: String,
    /// Bytes.
    pub size: u64,
    /// First 16 hex digits of its root.
    pub seal: String,
}

/// A file that was there already.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Duplicate {
    /// Its path, or the exhibit that held it.
    pub source: String,
    /// The exhibit with the same bytes.
    pub exhibit: u64,
}

/// A path that was not sealed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RefusedFile)]
pub struct Refused {
    /// Which.
    pub source: String,
    /// Why, a stable word (`symbolic-link`, `special-file`, `unreadable` …).
    pub id: &'static str,
    /// Facts.
    pub detail: String,
}

/// What an intake came to.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct AddReply {
    /// Sealed now.
    pub sealed: Vec<Sealed>,
    /// There already.
    pub duplicates: Vec<Duplicate>,
    /// Not sealed.
    pub refused: Vec<Refused>,
    /// Sealed, and not read or not whole.
    pub not_read: Vec<NotRead>,
    /// Exhibits read now.
    pub read: u64,
    /// Pictures and papers whose text was read off them now.
    pub recognised: u64,
    /// Recordings transcribed now.
    pub transcribed: u64,
    /// What was read now, kind by kind.
    pub kinds: Vec<Tally>,
    /// Whether it was stopped before the end: adding the same again goes on.
    pub stopped: bool,
    /// Milliseconds that each exhibit took that was looked at.
    #[serde(skip)]
    pub(crate) took: BTreeMap<u64, u64>,
}

/// Seals and reads. Stopping keeps everything finished.
///
/// # Errors
/// Only what stops every file: the store is full or gone.
pub fn add(case: &impl Lend, request: &AddRequest, watch: &Watch<'_>) -> Result<AddReply, AppError> {
    let mut reply = AddReply::default();
    watch.tell(Stage::Finding, 0, None, None);
    let found = find::find(&request.paths, &mut reply.refused);
    let total = Some(found.len() as u64);
    let mut line = seal::Line::default();
    for (done, file) in (0u64..).zip(&found) {
        if watch.stopped() {
            reply.stopped = true;
            break;
        }
        watch.tell(Stage::Sealing, done, total, None);
        line.file(case, file, &mut reply)?;
    }
    line.finish(case, &mut reply)?;
    if reply.stopped {
        return Ok(reply);
    }
    watch.tell(Stage::Sealing, found.len() as u64, total, None);
    read(case, request.further, &mut reply, watch)?;
    Ok(reply)
}

/// Seals one source that is no file of this machine; reading comes later ([`read`]). The session is taken for moments only.
///
/// # Errors
/// As [`add`].
pub fn take_in(
    case: &impl Lend,
    arrival: &Arrival,
    bytes: &mut (impl Read + Seek + Send),
) -> Result<AddReply, AppError> {
    let mut reply = AddReply::default();
    seal::source(case, arrival.clone(), bytes, &mut reply)?;
    Ok(reply)
}

/// The exhibit with the same bytes, if one of this length is known: nothing without a hash, which the caller computes
/// only where [`Known::hash`] asks for it.
#[must_use]
pub fn known(session: &Session, size: u64, sha256: Option<&[u8; 32]>) -> Known {
    let exhibit = sha256.and_then(|hash| session.catalogue.with_sha256(hash)).map(|e| e.number);
    Known { exhibit, hash: sha256.is_none() && session.catalogue.has_size(size) }
}

/// Whether bytes are here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The exhibit that holds them.
    pub exhibit: Option<u64>,
    /// Whether their SHA-256 is needed to tell.
    pub hash: bool,
}

/// Reads everything that was not read, embedded files too, and text in pictures and recordings if asked.
///
/// # Errors
/// As [`add`].
pub fn read(case: &impl Lend, further: Further, reply: &mut AddReply, watch: &Watch<'_>) -> Result<(), AppError> {
    let transcribed = further.transcribe;
    read_all(case, reply, watch)?;
    if further.ocr && !reply.stopped {
        pictures(case, reply, watch)?;
    }
    let has_engine = case.with(|session| session.tools.speech.is_some());
    if transcribed && has_engine && !reply.stopped {
        let done = transcribe::transcribe(case, &[], watch)?;
        reply.transcribed = done.transcribed;
        reply.stopped |= done.stopped;
        reply.not_read.extend(done.not_transcribed);
        longer(reply, done.took);
    }
    if transcribed && !has_engine {
        reply.not_read.extend(case.with(|session| untranscribed(session)));
    }
    case.with(|session| search::refresh(session, watch))?;
    if further.meaning {
        search::understand(case, watch)?;
    }
    reply.not_read.sort_by_key(|n| n.exhibit);
    reply.kinds = case.with(|session| tally::tally(session, reply));
    Ok(())
}

fn longer(reply: &mut AddReply, took: BTreeMap<u64, u64>) {
    took.into_iter().for_each(|(exhibit, ms)| *reply.took.entry(exhibit).or_insert(0) += ms);
}

/// Reads the text in pictures; where nothing does, that is said of each.
fn pictures(case: &impl Lend, reply: &mut AddReply, watch: &Watch<'_>) -> Result<(), AppError> {
    let (ready, seen): (bool, BTreeSet<u64>) = case.with(|session| {
        let seen = recognise::seen_only(session).map(|e| e.number);
        (session.tools.pictures.is_some(), seen.collect())
    });
    if !ready {
        let detail = "the models that read pictures are not there".to_owned();
        let finding = ReadFinding { id: "ocr-missing".to_owned(), severity: Severity::Unread, detail };
        let named = reply.not_read.iter_mut().filter(|n| seen.contains(&n.exhibit));
        named.for_each(|n| n.findings.push(finding.clone()));
        return Ok(());
    }
    let done = recognise::recognise(case, &[], watch)?;
    let left: BTreeSet<u64> = case.with(|session| recognise::seen_only(session).map(|e| e.number).collect());
    // What was said of them before is answered, or said anew.
    reply.not_read.retain(|n| !seen.contains(&n.exhibit) || left.contains(&n.exhibit));
    reply.not_read.extend(done.not_recognised);
    reply.recognised = done.recognised;
    longer(reply, done.took);
    reply.stopped |= done.stopped;
    Ok(())
}

/// Recordings that nobody could transcribe, for want of an engine.
fn untranscribed(session: &Session) -> Vec<NotRead> {
    let finding = ReadFinding {
        id: "speech-missing".to_owned(),
        severity: Severity::Unread,
        detail: "the speech engine or its model is not there".to_owned(),
    };
    let wanting = session.catalogue.exhibits().filter(|e| {
        let read = e.newest(what::READING).and_then(About::of);
        read.is_some_and(|a| a.kind == "recording") && e.newest(what::TRANSCRIPT).is_none()
    });
    let named = |e: &Exhibit| NotRead {
        exhibit: e.number,
        source: session.catalogue.origin(e),
        findings: vec![finding.clone()],
    };
    wanting.map(named).collect()
}

/// Reads every exhibit that has not been read, embedded files too.
fn read_all(case: &impl Lend, reply: &mut AddReply, watch: &Watch<'_>) -> Result<(), AppError> {
    if case.with(|session| session.tools.worker.is_none()) {
        return Err(AppError::NoProgram("casemate-worker"));
    }
    let exhibits = || case.with(|session| session.catalogue.len());
    for _ in 0..NESTING_MAX {
        let before = exhibits();
        let stopped = read::unread(case, reply, watch)?;
        reply.stopped |= stopped;
        if stopped || exhibits() == before {
            return Ok(());
        }
    }
    reply.not_read.extend(case.with(|session| too_deep(session)));
    Ok(())
}

/// What lies deeper than is opened at once: sealed, and named.
fn too_deep(session: &Session) -> Vec<NotRead> {
    let finding = ReadFinding {
        id: "too-deep".to_owned(),
        severity: Severity::Unread,
        detail: format!("embedded more than {NESTING_MAX} deep; adding again reads on"),
    };
    let unread = session.catalogue.exhibits().filter(|e| e.newest(what::READING).is_none());
    unread
        .map(|e| NotRead { exhibit: e.number, source: session.catalogue.origin(e), findings: vec![finding.clone()] })
        .collect()
}

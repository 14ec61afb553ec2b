//! Intake: files and folders in, sealed exhibits out, read by workers.
//!
//! Keeps: a bad file never stops an intake; it is sealed, and what could not be read is named; the same bytes are never
//! sealed twice. Does not know: the formats of files.

mod find;
mod read;
mod seal;

use crate::catalogue::{Exhibit, what};
use crate::progress::{Stage, Watch};
use crate::reading::{About, NotRead};
use crate::session::{Lend, Session};
use crate::{AppError, search, transcribe};
use casemate_ports::reading::{ReadFinding, Severity};
use serde::Serialize;
use std::path::PathBuf;

pub use find::Found;

/// Deepest nesting of embedded files that is opened.
pub const NESTING_MAX: usize = 8;

/// What to take in.
#[derive(Clone, Debug)]
pub struct AddRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whether recordings are transcribed at once.
    pub transcribe: bool,
}

/// A file that was sealed.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct Duplicate {
    /// Its path, or the exhibit that held it.
    pub source: String,
    /// The exhibit with the same bytes.
    pub exhibit: u64,
}

/// A path that was not sealed.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Which.
    pub source: String,
    /// Why, a stable word (`symbolic-link`, `special-file`, `unreadable` …).
    pub id: &'static str,
    /// Facts.
    pub detail: String,
}

/// What an intake came to.
#[derive(Clone, Debug, Default, Serialize)]
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
    /// Recordings transcribed now.
    pub transcribed: u64,
    /// Whether it was stopped before the end: adding the same again goes on.
    pub stopped: bool,
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
    for (done, file) in (0u64..).zip(&found) {
        if watch.stopped() {
            reply.stopped = true;
            return Ok(reply);
        }
        watch.tell(Stage::Sealing, done, total, None);
        case.with(|session| seal::file(session, file, &mut reply))?;
    }
    watch.tell(Stage::Sealing, found.len() as u64, total, None);
    read(case, request.transcribe, &mut reply, watch)?;
    Ok(reply)
}

/// Reads everything that was not read, embedded files too, and transcribes it if asked.
///
/// # Errors
/// As [`add`].
pub fn read(case: &impl Lend, transcribed: bool, reply: &mut AddReply, watch: &Watch<'_>) -> Result<(), AppError> {
    read_all(case, reply, watch)?;
    let has_engine = case.with(|session| session.tools.speech.is_some());
    if transcribed && has_engine && !reply.stopped {
        let done = transcribe::transcribe(case, &[], watch)?;
        reply.transcribed = done.transcribed;
        reply.stopped |= done.stopped;
        reply.not_read.extend(done.not_transcribed);
    }
    if transcribed && !has_engine {
        reply.not_read.extend(case.with(|session| untranscribed(session)));
    }
    case.with(|session| search::refresh(session, watch))?;
    reply.not_read.sort_by_key(|n| n.exhibit);
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
            break;
        }
    }
    Ok(())
}

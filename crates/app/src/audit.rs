//! What a document that is about to leave holds without showing it.
//!
//! Keeps: what could not be looked at is never called clean (I8); hidden words stay in the answer and go nowhere else.
//! Does not know: formats, wording, cases.

use crate::progress::Stage;
use crate::{AppError, Watch};
use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::hidden::{Hidden, Hiding};
use casemate_ports::reading::{ReadFinding, Severity};
use casemate_ports::worker::{AuditJob, Job};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What an audit of one document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditVerdict {
    /// Everything was looked at; nothing is hidden.
    NothingHidden,
    /// Nothing was found, and not everything was looked at.
    NotChecked,
    /// Something is hidden badly.
    Hides,
}

/// One thing found, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenThing {
    /// How it is hidden, an id of `docs/audit.md`.
    pub how: Hiding,
    /// Whether it is hidden badly; else it is carried along and worth a look.
    pub hides: bool,
    /// Page from 1.
    pub page: Option<u32>,
    /// Hundredths of a point from the top left of the page as it is drawn: x, y, width, height.
    pub rect: Option<[u32; 4]>,
    /// What it says.
    pub words: String,
    /// How many characters, pictures or bytes.
    pub count: u64,
}

impl From<Hidden> for HiddenThing {
    fn from(h: Hidden) -> Self {
        let Hidden { how, page, rect, words, count } = h;
        Self { how, hides: how.hides(), page, rect, words, count }
    }
}

/// An audited document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedFile {
    /// As it was named.
    pub file: String,
    /// What it came to.
    pub verdict: AuditVerdict,
    /// What it is, told from its content.
    pub media_type: String,
    /// Its pages, where it has some.
    pub pages: Option<u64>,
    /// What was found, in the order of the pages.
    pub hidden: Vec<HiddenThing>,
    /// What could not be looked at, and why.
    pub not_checked: Vec<ReadFinding>,
}

impl AuditedFile {
    /// How often each way of hiding was found, those that hide first.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Hiding, u64> {
        let mut counts = BTreeMap::new();
        self.hidden.iter().for_each(|h| *counts.entry(h.how).or_default() += 1);
        counts
    }
}

/// Audits one file.
///
/// # Errors
/// The file can't be read; the worker does not start; the user stopped it.
pub fn audit_file(worker: &Program, path: &Path, watch: &Watch<'_>) -> Result<AuditedFile, AppError> {
    let mut file = File::open(path).map_err(AppError::file(path))?;
    match audit_bytes(worker, &path.display().to_string(), &mut file, watch) {
        Err(AppError::Media(MediaError::Input(cause))) => Err(AppError::file(path)(cause)),
        other => other,
    }
}

/// Audits a document that is not a file of its own.
///
/// # Errors
/// As [`audit_file`].
pub fn audit_bytes(
    worker: &Program,
    name: &str,
    bytes: &mut dyn Read,
    watch: &Watch<'_>,
) -> Result<AuditedFile, AppError> {
    let mut hidden = Vec::new();
    let mut hear = |event: Event<'_>| match event {
        Event::Hidden(found) => hidden.extend(found.iter().cloned().map(HiddenThing::from)),
        Event::Progress(p) => watch.tell(Stage::Reading, p.done, p.total, None),
        _ => {}
    };
    let job = Job::Audit(AuditJob {});
    let outcome = run_job(worker, &job, bytes, &Limits::auditing(), watch.stop, &mut hear).map_err(|e| match e {
        MediaError::Cancelled => AppError::Stopped,
        other => other.into(),
    })?;
    Ok(told(name, hidden, outcome))
}

fn told(name: &str, hidden: Vec<HiddenThing>, outcome: Outcome) -> AuditedFile {
    let reading = outcome.reading;
    let pages = reading.metadata.iter().find(|(name, _)| name == "pages").and_then(|(_, n)| n.parse().ok());
    let not_checked: Vec<ReadFinding> = reading.findings.into_iter().filter(|f| f.severity != Severity::Note).collect();
    let verdict = match (hidden.iter().any(|h| h.hides), outcome.whole && not_checked.is_empty()) {
        (true, _) => AuditVerdict::Hides,
        (false, true) => AuditVerdict::NothingHidden,
        (false, false) => AuditVerdict::NotChecked,
    };
    AuditedFile { file: name.to_owned(), verdict, media_type: reading.media_type, pages, hidden, not_checked }
}

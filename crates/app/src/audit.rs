//! What a document that is about to leave holds without showing it.
//!
//! Keeps: what could not be looked at is never called clean (I8); hidden words stay in the answer and go nowhere else.
//! Does not know: formats, wording, cases.

mod bundle;
mod calls;
mod opened;
mod together;

pub use together::Tell;

use crate::progress::Stage;
use crate::{AppError, Held, Session, Watch};
use casemate_bundle::audit::Forbidden;
use casemate_case::audience::Profile;
use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::hidden::{Hidden, Hiding};
use casemate_ports::reading::{ReadFinding, Severity};
use casemate_ports::worker::{AuditJob, Job};
use serde::Serialize;
use std::io::Read;
use utoipa::ToSchema;

/// What an audit of one document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HiddenThing {
    /// How it is hidden, an id of `docs/audit.md`.
    pub how: Hiding,
    /// Whether it is hidden badly; else it is carried along and worth a look.
    pub hides: bool,
    /// Page from 1.
    pub page: Option<u32>,
    /// Hundredths of a point from the top left of the page as it is drawn: x, y, width, height.
    #[schema(value_type = Option<(u32, u32, u32, u32)>)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
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
    /// Where a name stands that the reader must not learn.
    pub names: Vec<NameInside>,
    /// Of a bundle: what it tells with others, and of itself.
    pub tells: Vec<Tell>,
    /// What could not be looked at, and why.
    pub not_checked: Vec<ReadFinding>,
}

/// A name that the reader must not learn, without the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NameInside {
    /// The file, within whatever holds it.
    pub file: String,
    /// The form in which it stands: an encoding.
    pub form: String,
    /// `bytes`, or the `text` that a reader gets out of them.
    pub within: &'static str,
}

/// What an audit looks with.
pub struct Eyes<'a> {
    /// The program that opens documents.
    pub worker: &'a Program,
    /// The names that must be absent; without them, names are not looked for.
    pub names: Option<Forbidden>,
    /// Bundles that left before: what each tells with one of these is looked for.
    pub earlier: &'a [Held],
    /// The caller.
    pub watch: &'a Watch<'a>,
}

/// The finding on what is no document that can be drawn.
const NOT_A_DOCUMENT: &str = "not-audited";

/// Every written form of the names that a profile withholds, and what a guess at them could be checked by.
#[must_use]
pub fn withheld(session: &Session, profile: Profile) -> Forbidden {
    Forbidden::names_and_digests_of(session.case.people().filter(|p| profile.withholds(p)))
}

impl AuditedFile {
    fn empty(name: &str, media_type: &str) -> Self {
        Self {
            file: name.to_owned(),
            verdict: AuditVerdict::NothingHidden,
            media_type: media_type.to_owned(),
            pages: None,
            hidden: Vec::new(),
            names: Vec::new(),
            tells: Vec::new(),
            not_checked: Vec::new(),
        }
    }

    fn not_a_document(mut self) -> Self {
        let detail = "only PDF documents are looked into".to_owned();
        self.not_checked.push(ReadFinding { id: NOT_A_DOCUMENT.to_owned(), severity: Severity::Unread, detail });
        self
    }

    /// The verdict from what was found; `whole` tells that everything was looked at.
    fn judge(&mut self, whole: bool) {
        let hides = self.hidden.iter().any(|h| h.hides);
        let found = hides || !self.names.is_empty() || self.tells.iter().any(Tell::leaks);
        self.verdict = match (found, whole && self.not_checked.is_empty()) {
            (true, _) => AuditVerdict::Hides,
            (false, true) => AuditVerdict::NothingHidden,
            (false, false) => AuditVerdict::NotChecked,
        };
    }
}

/// Audits one file: a bundle with each document in it, the bundle last; any other file alone.
///
/// # Errors
/// The file can't be read; the worker does not start; the user stopped it.
pub fn audit_file(eyes: &Eyes<'_>, file: &Held) -> Result<Vec<AuditedFile>, AppError> {
    if let Some(all) = bundle::bundle(eyes, file)? {
        return Ok(all);
    }
    let open = || -> Result<Box<dyn Read>, AppError> { Ok(Box::new(file.open()?)) };
    let mut alone = bundle::look_into(eyes, &file.name(), &open)?;
    if !eyes.earlier.is_empty() {
        bundle::not_compared(&mut alone, file);
    }
    Ok(vec![alone])
}

/// Audits a document.
fn audit_bytes(worker: &Program, name: &str, bytes: &mut dyn Read, watch: &Watch<'_>) -> Result<AuditedFile, AppError> {
    let mut hidden = Vec::new();
    let mut hear = |event: Event<'_>| match event {
        Event::Hidden(found) => hidden.extend(found.iter().cloned().map(HiddenThing::from)),
        Event::Progress(p) => watch.tell(Stage::Reading, p.done, p.total, None),
        _ => {}
    };
    let job = Job::Audit(AuditJob {});
    let outcome = run_job(worker, &job, bytes, &Limits::auditing(), watch.stop, &mut hear).map_err(|e| match e {
        MediaError::Cancelled => AppError::Stopped,
        MediaError::Input(cause) => AppError::file(name)(cause),
        other => other.into(),
    })?;
    Ok(told(name, hidden, outcome))
}

fn told(name: &str, hidden: Vec<HiddenThing>, outcome: Outcome) -> AuditedFile {
    let reading = outcome.reading;
    let mut audited = AuditedFile::empty(name, &reading.media_type);
    audited.pages = reading.metadata.iter().find(|(name, _)| name == "pages").and_then(|(_, n)| n.parse().ok());
    audited.not_checked = reading.findings.into_iter().filter(|f| f.severity != Severity::Note).collect();
    audited.hidden = hidden;
    audited.judge(outcome.whole);
    audited
}

//! Verifying: a whole case, or one bundle.
//!
//! Keeps: what was not checked is neither proven nor failed (I8). Does not know: languages, exit codes.

use crate::fact::Fact;
use crate::progress::Stage;
use crate::understood::NotUnderstood;
use crate::{AppError, Held, Session, Watch};
use casemate_vault::Status;
use casemate_verify::{Pins, Verdict, verify_bundle};
use serde::Serialize;
use std::path::Path;

/// A finding on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseFinding {
    /// Stable id, listed in `docs/errors.md`.
    pub id: &'static str,
    /// `proven`, `failed` or `not-checked`.
    pub status: &'static str,
    /// What was looked at.
    pub what: String,
    /// Number of the exhibit, where `what` is its original or derives from it.
    pub exhibit: Option<u64>,
    /// What was counted.
    pub fact: Option<Fact>,
    /// Facts in English.
    pub detail: String,
}

/// What a check of a case found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseVerdict {
    /// In the order in which they were found.
    pub findings: Vec<CaseFinding>,
    /// Whether anything failed: the case is damaged.
    pub damaged: bool,
}

/// Checks every commit, act and object of the case.
///
/// # Errors
/// Only the store's, where not even a listing can be had.
pub fn verify_case(session: &Session, watch: &Watch<'_>) -> Result<CaseVerdict, AppError> {
    let found = session.vault.verify(|done, total| watch.tell(Stage::Verifying, done, Some(total), None))?;
    let findings: Vec<CaseFinding> = session
        .vault
        .findings()
        .iter()
        .filter(|f| !found.contains(f))
        .chain(&found)
        .map(|f| CaseFinding {
            id: f.id,
            status: match f.status {
                Status::Proven => "proven",
                Status::Failed => "failed",
                Status::NotChecked => "not-checked",
            },
            what: f.what.clone(),
            exhibit: exhibit_of(session, &f.what),
            fact: f.count.map(|(unit, count)| Fact::plain(unit).with("count", count)),
            detail: f.detail.clone(),
        })
        .chain(session.not_understood().iter().map(not_understood))
        .collect();
    let damaged = findings.iter().any(|f| f.status == "failed");
    Ok(CaseVerdict { findings, damaged })
}

/// Entry, signature and body of such an act are checked as all others; what it says is not.
fn not_understood(acts: &NotUnderstood) -> CaseFinding {
    CaseFinding {
        id: "acts-not-understood",
        status: "not-checked",
        what: format!("act {} version {}", acts.kind, acts.version),
        exhibit: None,
        fact: Some(Fact::plain("acts").with("count", acts.acts)),
        detail: format!(
            "{} acts that a later version made{}",
            acts.acts,
            if acts.critical { "; critical" } else { "" }
        ),
    }
}

/// The exhibit whose original or derivative has the root `what`.
fn exhibit_of(session: &Session, what: &str) -> Option<u64> {
    if what.len() != 64 {
        return None;
    }
    let is = |root: casemate_proof::ObjectRoot| root.to_string() == what;
    let mut all = session.catalogue.exhibits();
    all.find(|e| is(e.root) || e.derived.iter().any(|d| is(d.object.root()))).map(|e| e.number)
}

/// Verifies a bundle of anybody; `own` are the keys that sign what leaves the open case. Answers also whether one of them
/// signed it.
///
/// # Errors
/// As [`verify_file`].
pub fn verify_here(bundle: &Held, own: Vec<String>) -> Result<(Verdict, bool), AppError> {
    let verdict = verify_held(bundle, &Pins { own, ..Pins::default() })?;
    let ours = verdict.signer_is_pinned();
    Ok((verdict, ours))
}

/// Verifies a bundle as its recipient would. `signers` are the keys known from elsewhere, 64 hex digits each.
///
/// # Errors
/// [`AppError::File`] if the file can't be opened; whatever is wrong with it is a finding.
pub fn verify_file(bundle: &Path, signers: &[String]) -> Result<Verdict, AppError> {
    verify_pinned(bundle, &Pins { signers: signers.to_vec(), ..Pins::default() })
}

/// Verifies a bundle with all that is known from elsewhere.
///
/// # Errors
/// As [`verify_file`].
pub fn verify_pinned(bundle: &Path, pins: &Pins) -> Result<Verdict, AppError> {
    verify_held(&Held::on_disk(bundle), pins)
}

/// The same of a bundle that lies wherever its holder keeps it.
///
/// # Errors
/// As [`verify_file`].
pub fn verify_held(bundle: &Held, pins: &Pins) -> Result<Verdict, AppError> {
    verify_bundle(&|| bundle.reader(), pins).map_err(bundle.failed())
}

//! The layer of named persons' corrections over what a machine read.
//!
//! Keeps: the machine's reading is never changed; a text with corrections has a version of its own, so that a plan made for
//! another is known. Does not know: how a correction is made.

mod realign;

use crate::catalogue::Exhibit;
use casemate_case::fold::CaseFile;
use casemate_case::kinds::Correction;
use casemate_ports::reading::{Passage, Reading};
use serde::Serialize;
use utoipa::ToSchema;

/// Tag of the version of a corrected text (`docs/format/acts.md`).
const VERSION_TAG: &[u8] = b"casemate/corrected/v1\0";

/// A correction as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Correction)]
pub struct CorrectionView {
    /// Id, 32 hex digits.
    pub id: String,
    /// Passage, from 0.
    pub passage: u64,
    /// Who.
    pub by: String,
    /// When, RFC 3339, by this machine's clock.
    pub on: String,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// Whether it was undone.
    pub undone: bool,
}

/// The corrections of the exhibit's newest text, oldest first.
#[must_use]
pub fn corrections(case: &CaseFile, exhibit: &Exhibit) -> Vec<CorrectionView> {
    let Some(text) = exhibit.text() else { return Vec::new() };
    let (all, of) = (case.corrections(&exhibit.root), text.object.root().0);
    let stands = |c: &Correction| case.standing(&exhibit.root, &of).any(|s| s.id == c.id);
    let of_this = all.iter().filter(|c| c.reading == of && c.undoes.is_none());
    of_this
        .flat_map(|c| c.edits.iter().map(move |e| (c, e)))
        .map(|(c, e)| CorrectionView {
            id: hex(&c.id),
            passage: e.passage,
            by: c.by.clone(),
            on: c.on.clone(),
            before: e.before.clone(),
            after: e.after.clone(),
            undone: !stands(c),
        })
        .collect()
}

/// Lays the standing corrections over a reading; answers the version of the text that results.
pub(crate) fn lay_over(case: &CaseFile, exhibit: &Exhibit, root: [u8; 32], reading: &mut Reading) -> [u8; 32] {
    let mut ids = Vec::new();
    for correction in case.standing(&exhibit.root, &root) {
        ids.extend_from_slice(&correction.id);
        for edit in &correction.edits {
            let at = usize::try_from(edit.passage).unwrap_or(usize::MAX);
            if let Some(passage) = reading.passages.get_mut(at) {
                apply(passage, &edit.after);
            }
        }
    }
    if ids.is_empty() {
        return root;
    }
    casemate_proof::digest::sha256(&[VERSION_TAG, &root, &ids]).0
}

fn apply(passage: &mut Passage, text: &str) {
    passage.words = realign::realign(&passage.text, &passage.words, text);
    text.clone_into(&mut passage.text);
}

/// The id of a correction as it is shown.
pub(crate) fn hex(id: &[u8; 16]) -> String {
    id.iter().map(|b| format!("{b:02x}")).collect()
}

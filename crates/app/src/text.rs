//! The text of an exhibit as it stands: the newest reading, with the corrections of named persons laid over it.
//!
//! Keeps: reading, search, redaction and disclosure all see this one text. Does not know: how it came to be.

use crate::catalogue::{Derivative, Exhibit, what};
use crate::layer::{CorrectionView, corrections, lay_over};
use crate::reading::{About, load as load_reading};
use crate::{AppError, Session};
use casemate_ports::reading::Reading;
use casemate_proof::ObjectRoot;
use serde::Serialize;
use utoipa::ToSchema;

/// A text, and what it comes from.
pub(crate) struct Text {
    /// What it says.
    pub reading: Reading,
    /// The object that holds the machine's reading.
    pub root: ObjectRoot,
    /// Tells this text from every other: the root, or with corrections a hash of both.
    pub version: [u8; 32],
}

/// What `read` answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReadingReply)]
pub struct ReadReply {
    /// Number of the exhibit.
    pub exhibit: u64,
    /// Which layer is read: `transcript` (a machine's draft), `transcript-part` or `reading`.
    #[schema(value_type = crate::words::LayerWord)]
    pub layer: String,
    /// The reading, with the corrections that stand.
    pub reading: Reading,
    /// Every correction of it, oldest first.
    pub corrections: Vec<CorrectionView>,
}

/// The newest text of an exhibit.
///
/// # Errors
/// [`AppError::NoExhibit`], [`AppError::NotRead`], those of [`crate::reading::load`].
pub fn read(session: &Session, word: &str) -> Result<ReadReply, AppError> {
    let exhibit = session.exhibit(word)?;
    let derived = shown(exhibit).filter(|d| has_text(d)).ok_or(AppError::NotRead(exhibit.number))?;
    let text = of(session, exhibit, derived)?;
    let corrections = corrections(&session.case, exhibit);
    Ok(ReadReply { exhibit: exhibit.number, layer: derived.what.clone(), reading: text.reading, corrections })
}

/// A recording whose sound was measured and whose words nobody wrote down has no text.
fn has_text(derived: &Derivative) -> bool {
    derived.what != what::READING || About::of(derived).is_none_or(|about| about.kind != "recording")
}

/// What there is to read: also the finished beginning of a transcript.
fn shown(exhibit: &Exhibit) -> Option<&Derivative> {
    exhibit
        .newest(what::TRANSCRIPT)
        .or_else(|| exhibit.newest(what::TRANSCRIPT_PART))
        .or_else(|| exhibit.newest(what::READING))
}

/// The newest whole text; `None` where nothing was read.
pub(crate) fn load(session: &Session, exhibit: &Exhibit) -> Result<Option<Text>, AppError> {
    exhibit.text().map(|derived| of(session, exhibit, derived)).transpose()
}

fn of(session: &Session, exhibit: &Exhibit, derived: &Derivative) -> Result<Text, AppError> {
    let (mut reading, root) = (load_reading(session, derived)?, derived.object.root());
    let version = lay_over(&session.case, exhibit, root.0, &mut reading);
    Ok(Text { reading, root, version })
}

//! Correcting a text, and undoing that, each by an act.
//!
//! Keeps: every correction stays in the log, also one that was undone; nobody writes over what they have not seen. Does not
//! know: how corrections are laid over a reading.

use crate::layer::hex;
use crate::text::{self, ReadReply};
use crate::{AppError, Session};
use casemate_case::kinds::{Correction, Edit, correct_act};

/// Longest text of a corrected passage, in bytes.
pub const TEXT_BYTES_MAX: usize = 1 << 20;
/// What to correct.
#[derive(Clone, Debug)]
pub struct CorrectRequest {
    /// The exhibit.
    pub exhibit: String,
    /// Passage, from 0.
    pub passage: u64,
    /// Its text as it stood for who corrects it: if it has changed since, the correction is refused.
    pub before: String,
    /// Its text.
    pub after: String,
    /// Who, by name.
    pub by: String,
}

/// Corrects one passage.
///
/// # Errors
/// [`AppError::EditedMeanwhile`] where the passage reads otherwise by now; [`AppError::Form`] for no name, a passage that
/// does not exist, a text too long or unchanged; [`AppError::NotRead`]; the vault's.
pub fn correct(session: &mut Session, request: &CorrectRequest) -> Result<ReadReply, AppError> {
    let by = named(&request.by)?;
    let read = text::read(session, &request.exhibit)?;
    let at = usize::try_from(request.passage).unwrap_or(usize::MAX);
    let form = |found: &str| AppError::Form { what: "a corrected passage", found: found.to_owned() };
    let passage = read.reading.passages.get(at).ok_or_else(|| form("no passage of that number"))?;
    if passage.text != request.before {
        return Err(AppError::EditedMeanwhile { exhibit: read.exhibit });
    }
    if request.after.len() > TEXT_BYTES_MAX || request.after.trim().is_empty() {
        return Err(form("an empty or too long text"));
    }
    if request.after == request.before {
        return Ok(read);
    }
    let edits = vec![Edit { passage: request.passage, before: request.before.clone(), after: request.after.clone() }];
    write(session, &request.exhibit, by, edits, None)
}

/// Undoes a correction, by a new act.
///
/// # Errors
/// [`AppError::Form`] for no name, or an id that no standing correction has; the vault's.
pub fn undo(session: &mut Session, exhibit: &str, id: &str, by: &str) -> Result<ReadReply, AppError> {
    let by = named(by)?;
    let found = session.exhibit(exhibit)?;
    let (root, text) = (found.root, found.text().ok_or(AppError::NotRead(found.number))?.object.root().0);
    let standing = session.case.standing(&root, &text).find(|c| hex(&c.id) == id).map(|c| c.id);
    let none = || AppError::Form { what: "a correction", found: id.chars().take(32).collect() };
    write(session, exhibit, by, Vec::new(), Some(standing.ok_or_else(none)?))
}

fn write(
    session: &mut Session,
    exhibit: &str,
    by: String,
    edits: Vec<Edit>,
    undoes: Option<[u8; 16]>,
) -> Result<ReadReply, AppError> {
    let found = session.exhibit(exhibit)?.clone();
    let corrected = found.text().ok_or(AppError::NotRead(found.number))?;
    let correction = Correction {
        id: session.vault.draw()?,
        exhibit: found.root,
        reading: corrected.object.root().0,
        edits,
        by,
        on: session.now(),
        undoes,
    };
    session.append(vec![correct_act(found.subject, &correction)])?;
    text::read(session, exhibit)
}

fn named(by: &str) -> Result<String, AppError> {
    let name = by.trim();
    let none = || AppError::Form { what: "the name of who corrects", found: "nothing".into() };
    if name.is_empty() { Err(none()) } else { Ok(name.to_owned()) }
}

//! What a document holds that nobody sees who looks at it.
//!
//! Keeps: what could not be looked at is a finding; what is found is told with its page and place. Does not know: who
//! asks, and what may be seen.

mod group;
mod ink;
mod labels;
mod left;
mod mask;
mod notes;
mod page;
mod pictures;
mod witness;

use std::collections::BTreeSet;
use std::sync::Arc;

use casemate_fence::ReplyError;
use casemate_ports::hidden::{Hidden, Hiding};
use casemate_ports::reading::{Kind, Severity};
use casemate_ports::worker::MAX_HIDDEN;
use hayro::hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::fonts::Fonts;
use crate::out::{Out, Read, about, unread};
use crate::pdf::layers::all_layers;

/// Most pages that are looked at.
pub const MAX_PAGES: usize = 2000;

const TYPE: &str = "application/pdf";
/// Most numbers of pages that one finding lists.
const MAX_LISTED: usize = 20;

/// Tells what a PDF holds that nobody sees.
pub fn of_document(bytes: Vec<u8>, fonts: Fonts, out: &mut Out) -> Read {
    let bytes = Arc::new(bytes);
    let pdf = match Pdf::new(Arc::clone(&bytes)) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return unread(out, Kind::Document, TYPE, "encrypted", "it opens with a password only");
        }
        Err(_) => return unread(out, Kind::Document, TYPE, "malformed", "its pages can't be drawn"),
    };
    let pages = pdf.pages().len();
    out.about(about(Kind::Document, TYPE, vec![("pages".to_owned(), pages.to_string())]))?;
    let told = look(&bytes, &pdf, &Arc::new(fonts), |done, found| {
        let room = usize::try_from(MAX_HIDDEN.saturating_sub(out.sent_hidden())).unwrap_or(0);
        let over = found.len() > room;
        out.hidden(found.into_iter().take(room).collect())?;
        out.progress(done as u64, Some(pages as u64))?;
        Ok::<bool, ReplyError>(over)
    })?;
    if told.cut {
        out.finding("too-much", Severity::Partial, "a limit of the audit was met; the rest was not looked at")?;
    }
    if !told.unseen.is_empty() {
        let listed: Vec<String> = told.unseen.iter().take(MAX_LISTED).map(ToString::to_string).collect();
        let detail = format!("{} pages could not be drawn: {}", told.unseen.len(), listed.join(", "));
        out.finding("page-unread", Severity::Partial, &detail)?;
    }
    Ok(())
}

/// What came of it.
#[derive(Default)]
pub struct Told {
    /// Pages that could not be looked at, by number.
    pub unseen: Vec<u32>,
    /// Whether a limit was met somewhere.
    pub cut: bool,
}

/// Looks at a whole document; `see` is told of each page's finds, then of the document's, and says whether it was cut.
pub fn look<E>(
    bytes: &Arc<Vec<u8>>,
    pdf: &Pdf,
    fonts: &Arc<Fonts>,
    mut see: impl FnMut(usize, Vec<Hidden>) -> Result<bool, E>,
) -> Result<Told, E> {
    let pages = pdf.pages().len();
    let mut told = Told { cut: pages > MAX_PAGES, ..Told::default() };
    let mut shown = left::Shown::default();
    let layers = all_layers(bytes, pdf);
    for (index, page) in pdf.pages().iter().enumerate().take(MAX_PAGES) {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        let Some(looked) = page::look(page, fonts) else {
            told.unseen.push(number);
            continue;
        };
        told.cut |= looked.witness.full || looked.is_crowded();
        let marks = notes::marks(page, looked.place);
        let mut seen = String::new();
        let mut found = looked.text(number, &marks.covers, &mut seen);
        shown.add(&seen);
        shown.pictures.extend(looked.witness.pictures.iter().map(|p| p.digest));
        found.extend(pictures::covered(page, &looked, number, fonts));
        found.extend(marks.told(&looked, number));
        if let Some(all) = &layers {
            found.extend(left::layers(all, &looked, index, fonts));
        }
        told.cut |= see(index + 1, found)?;
    }
    let mut found = left::versions(bytes, &shown, fonts);
    found.extend(left::unreferenced(bytes, pdf, &shown, fonts));
    // What an earlier version tells is not told twice.
    let words: BTreeSet<String> =
        found.iter().filter(|h| h.how == Hiding::EarlierVersion).map(|h| h.words.clone()).collect();
    found.retain(|h| h.how != Hiding::Unreferenced || !words.contains(&h.words));
    found.extend(notes::of_document(pdf));
    told.cut |= see(pages, found)?;
    Ok(told)
}

//! Text that is to be seen and not to be copied: in pictures, and on pages of documents without text of their own (OCR).
//!
//! Keeps: a page whose text is worth having is left alone; every word has the box that hides it; one page is held at a time.
//! Does not know: how a picture is read (`casemate-ocr`), who asks.

mod models;
mod page;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use casemate_fence::Spool;
use casemate_ocr::Reader;
use casemate_ports::reading::{Kind, Severity};
use casemate_ports::worker::{About, RecogniseJob};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;

use crate::detect::{HEAD, Sort, sort};
use crate::fonts::Fonts;
use crate::out::{Out, Read, about, trouble, unread};
use crate::pdf::page::{Sheet, letters};
use crate::picture;

pub use models::Models;

const PDF: &str = "application/pdf";
const UNKNOWN: &str = "application/octet-stream";

/// Reads what is to be seen.
pub fn text_of(job: RecogniseJob, mut spool: Spool, fonts: Fonts, models: Models, out: &mut Out) -> Read {
    let sort = match spool.head(HEAD) {
        Ok(head) => sort(&head),
        Err(e) => return trouble(out, "scratch-failed", &e.to_string()),
    };
    let bytes = match spool.all() {
        Ok(bytes) => bytes,
        Err(e) => return trouble(out, "scratch-failed", &e.to_string()),
    };
    let parameters = Models::parameters();
    let reader = match models.reader() {
        Ok(reader) => reader,
        Err(why) => return unread(out, Kind::Other, UNKNOWN, "ocr-missing", &why),
    };
    match sort {
        Sort::Pdf => of_document(bytes, job.from_page, &Arc::new(fonts), &reader, parameters, out),
        Sort::Other(media_type) if media_type.starts_with("image/") => {
            of_picture(&bytes, media_type, job.from_page, &reader, parameters, out)
        }
        _ => unread(out, Kind::Other, UNKNOWN, "unsupported-format", "it has no pictures to read"),
    }
}

type Parameters = Vec<(String, String)>;

fn of_picture(
    bytes: &[u8],
    media_type: &str,
    from_page: u32,
    reader: &Reader,
    parameters: Parameters,
    out: &mut Out,
) -> Read {
    let places = picture::frames::places(bytes);
    let total = Some(places.len() as u64);
    for (number, place) in (1u32..).zip(places).skip(from_page.saturating_sub(1) as usize) {
        match picture::decoded(bytes, place) {
            Some(picture) => {
                let drawn = picture::Drawn::of_picture(picture.to_rgb8());
                page::read(number, &drawn, &Sheet::default(), reader, out)?;
            }
            None => trouble(out, "page-unread", &format!("page {number} can't be decoded"))?,
        }
        out.flush()?;
        out.progress(number.into(), total)?;
    }
    let kind = if out.passages() > 0 { Kind::Document } else { Kind::Other };
    out.about(About { parameters, ..about(kind, media_type, Vec::new()) })
}

fn of_document(
    bytes: Vec<u8>,
    from_page: u32,
    fonts: &Arc<Fonts>,
    reader: &Reader,
    parameters: Parameters,
    out: &mut Out,
) -> Read {
    let Ok(pdf) = Pdf::new(bytes) else {
        return unread(out, Kind::Document, PDF, "malformed", "its pages can't be drawn");
    };
    out.about(About { parameters, ..about(Kind::Document, PDF, Vec::new()) })?;
    let total = Some(pdf.pages().len() as u64);
    for (number, page) in (1u32..).zip(pdf.pages().iter()).skip(from_page.saturating_sub(1) as usize) {
        match seen(page, fonts) {
            Ok(Some((sheet, drawn))) => page::read(number, &drawn, &sheet, reader, out)?,
            Ok(None) => {}
            Err(why) => out.finding("page-unread", Severity::Partial, &format!("page {number}: {why}"))?,
        }
        out.flush()?;
        out.progress(number.into(), total)?;
    }
    Ok(())
}

/// A page that has something to be seen, as it is drawn; one that breaks what draws it is no end of the others.
fn seen(page: &Page<'_>, fonts: &Arc<Fonts>) -> Result<Option<(Sheet, picture::Drawn)>, &'static str> {
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let sheet = letters(page, fonts);
        if !sheet.is_to_be_seen() && !sheet.has_picture() {
            return Ok(None);
        }
        picture::of_sheet(page, page::width(page), fonts).map(|drawn| Some((sheet, drawn)))
    }));
    drawn.unwrap_or(Err("it broke what draws it"))
}

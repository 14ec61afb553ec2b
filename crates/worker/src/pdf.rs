//! The text of a PDF, paragraph by paragraph, each with its page and rectangle; then what stands beside the pages.
//!
//! Keeps: what is read is what a page draws, by the interpreter that draws it; a page that can't be read is a finding and the
//! next is tried; embedded files are handed over whole. Does not know: pictures of pages, signatures.

pub mod beside;
pub mod layers;
mod lines;
pub mod page;

use std::sync::Arc;

use casemate_ports::reading::{Kind, Place, Severity};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Rect;

use crate::fonts::Fonts;
use crate::out::{Out, Read, about, passage, trouble, unread};

/// Most pages that are read.
const MAX_PAGES: usize = 20_000;
/// Hundredths of a point in a point.
const HUNDREDTHS: f64 = 100.0;
/// How far from its end a document says that it ends, bytes.
const END_WITHIN: usize = 2048;
/// What stands in a document that is encrypted.
const LOCK: &[u8] = b"/Encrypt";
const TYPE: &str = "application/pdf";

/// How many pages are not read whole, and why.
#[derive(Default)]
struct Silent {
    /// Without text.
    pages: usize,
    /// With pictures beside their text.
    pictured: usize,
    /// Letters without characters, and pages with such.
    letters: usize,
    unsure: usize,
    /// Pages on which a layer is switched off.
    hidden: usize,
}

/// Reads a PDF.
pub fn read(bytes: Vec<u8>, fonts: Fonts, out: &mut Out) -> Read {
    let locked = bytes.windows(LOCK.len()).any(|w| w == LOCK);
    let ends =
        bytes.get(bytes.len().saturating_sub(END_WITHIN)..).unwrap_or_default().windows(5).any(|w| w == b"%%EOF");
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return unread(out, Kind::Document, TYPE, "encrypted", "it opens with a password only");
        }
        Err(error) if locked || error != LoadPdfError::Invalid => {
            return unread(out, Kind::Document, TYPE, "encrypted", "it is encrypted in a way that is not known here");
        }
        Err(_) => return unread(out, Kind::Document, TYPE, "malformed", "no pages can be read"),
    };
    let pages = pdf.pages().len();
    if pages == 0 {
        return unread(out, Kind::Document, TYPE, "malformed", "no pages");
    }
    let mut metadata = vec![("pages".to_owned(), pages.to_string())];
    metadata.extend(beside::metadata(&pdf));
    out.about(about(Kind::Document, TYPE, metadata))?;
    for title in beside::bookmarks(&pdf) {
        out.passage(passage(Place::Whole, title))?;
    }
    let fonts = Arc::new(fonts);
    let mut silent = Silent::default();
    let layered = layers::all_layers(pdf.data().as_ref(), &pdf);
    let whole = layered.as_ref().unwrap_or(&pdf);
    for (number, page) in (1u32..).zip(whole.pages().iter().take(MAX_PAGES)) {
        let shown = layered.is_some().then(|| pdf.pages().get(number as usize - 1)).flatten();
        one_page(page, shown, number, &fonts, &mut silent, out)?;
        out.progress(number.into(), Some(pages as u64))?;
    }
    if pages > MAX_PAGES {
        trouble(out, "too-much", &format!("more than {MAX_PAGES} pages; the rest was left unread"))?;
    }
    tell(&silent, pages, out)?;
    if !ends {
        trouble(out, "truncated", "no end-of-file mark")?;
    }
    for file in beside::files(&pdf) {
        match file.content {
            Some(content) => out.part(&file.name, "application/octet-stream", &content)?,
            None => out.finding("part-unread", Severity::Partial, "a file inside can't be unpacked")?,
        }
    }
    Ok(())
}

fn tell(silent: &Silent, pages: usize, out: &mut Out) -> Read {
    if out.passages() == 0 {
        out.finding("no-text-layer", Severity::Unread, "no page has text; they may be pictures")?;
    } else if silent.pages > 0 {
        let detail = format!("{} of {pages} pages have no text of their own", silent.pages);
        out.finding("no-text-layer", Severity::Partial, &detail)?;
    }
    if silent.pictured > 0 {
        let detail = format!("pictures on {} of {pages} pages were not read", silent.pictured);
        out.finding("picture-unread", Severity::Partial, &detail)?;
    }
    if silent.hidden > 0 {
        let detail = format!("on {} pages layers are switched off; they were read too", silent.hidden);
        out.finding("layer-off", Severity::Note, &detail)?;
    }
    if silent.letters > 0 {
        let detail =
            format!("of {} letters on {} pages the document does not say what they are", silent.letters, silent.unsure);
        out.finding("text-uncertain", Severity::Partial, &detail)?;
    }
    Ok(())
}

/// Reads a page with all its layers; `shown` is the same page with those that are switched on.
fn one_page(
    page: &Page<'_>,
    shown: Option<&Page<'_>>,
    number: u32,
    fonts: &Arc<Fonts>,
    silent: &mut Silent,
    out: &mut Out,
) -> Read {
    let sheet = page::letters(page, fonts);
    let fewer = shown.is_some_and(|shown| page::letters(shown, fonts).letters.len() < sheet.letters.len());
    silent.hidden += usize::from(fewer);
    silent.pages += usize::from(sheet.is_to_be_seen());
    silent.pictured += usize::from(sheet.has_picture());
    silent.letters += sheet.unknown;
    silent.unsure += usize::from(sheet.unknown > 0);
    if sheet.cut {
        out.finding("too-many", Severity::Partial, &format!("page {number} has more letters than are read"))?;
    }
    let (width, height) = page.render_dimensions();
    let whole = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut shown = String::new();
    for paragraph in lines::paragraphs(sheet.letters) {
        let rect = within(paragraph.place, whole);
        shown.push_str(&paragraph.text);
        out.passage(passage(Place::Page { number, rect }, paragraph.text))?;
    }
    for note in beside::notes(page, &shown) {
        let rect = within(note.place, whole);
        let mut said = passage(Place::Page { number, rect }, note.text);
        said.speaker = note.by;
        out.passage(said)?;
    }
    Ok(())
}

/// Hundredths of a point from the top left of the page as it is drawn; none off the page.
fn within(place: Rect, whole: Rect) -> Option<[u32; 4]> {
    let seen = place.intersect(whole);
    if !place.is_finite() || seen.width() <= 0.0 || seen.height() <= 0.0 {
        return None;
    }
    let low = |at: f64| (at * HUNDREDTHS).floor() as u32;
    let high = |at: f64| (at * HUNDREDTHS).ceil() as u32;
    let (left, top) = (low(seen.x0), low(seen.y0));
    Some([left, top, high(seen.x1).saturating_sub(left), high(seen.y1).saturating_sub(top)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_count_from_the_top_left() {
        let page = Rect::new(0.0, 0.0, 612.0, 792.0);
        assert_eq!(within(Rect::new(72.0, 80.0, 172.0, 92.0), page), Some([7200, 8000, 10_000, 1200]));
        assert_eq!(
            within(Rect::new(600.0, 80.0, 700.0, 92.0), page),
            Some([60_000, 8000, 1200, 1200]),
            "cut at the edge"
        );
        assert_eq!(within(Rect::new(f64::NAN, 0.0, 1.0, 1.0), page), None);
        assert_eq!(within(Rect::new(700.0, 0.0, 800.0, 1.0), page), None, "off the page");
    }
}

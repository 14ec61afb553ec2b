//! The text of a PDF, paragraph by paragraph, each with its page and rectangle.
//!
//! Keeps: a page that can't be read is a finding and the next is tried; embedded files are handed over whole.
//! Does not know: pictures of pages, forms, signatures.

use std::collections::HashMap;

use casemate_ports::reading::{Kind, Place, Severity};
use pdf_oxide::document::PdfDocument;
use pdf_oxide::error::Error;
use pdf_oxide::geometry::Rect;
use pdf_oxide::layout::TextLine;

use crate::out::{Out, Read, about, passage, trouble, unread};
use crate::text::{self, words};

/// Most pages that are read.
const MAX_PAGES: usize = 20_000;
/// Lines further apart than this many heights of a line are two paragraphs.
const PARAGRAPH_GAP: f32 = 1.0;
/// Hundredths of a point in a point.
const HUNDREDTHS: f32 = 100.0;
/// Longest page edge that is believed, points (PDF 1.7 Annex C: 14,400).
const MAX_EDGE: f32 = 14_400.0;
/// Share of words, in percent, that two readings of a page must have in common, else both are given.
const SAME: usize = 95;
const TYPE: &str = "application/pdf";

/// Reads a PDF.
pub fn read(bytes: Vec<u8>, out: &mut Out) -> Read {
    let ends = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default().windows(5).any(|w| w == b"%%EOF");
    let document = match PdfDocument::from_bytes(bytes) {
        Ok(document) => document,
        Err(Error::EncryptedPdf) => return encrypted(out),
        Err(e) => return unread(out, Kind::Document, TYPE, "malformed", &fact(&e)),
    };
    // An empty user password opens what only restricts printing.
    if document.is_encrypted() && !matches!(document.authenticate(b""), Ok(true)) {
        return encrypted(out);
    }
    let pages = match document.page_count() {
        Ok(0) => return unread(out, Kind::Document, TYPE, "malformed", "no pages"),
        Ok(pages) => pages,
        Err(Error::EncryptedPdf) => return encrypted(out),
        Err(e) => return unread(out, Kind::Document, TYPE, "malformed", &fact(&e)),
    };
    out.about(about(Kind::Document, TYPE, vec![("pages".to_owned(), pages.to_string())]))?;
    let mut silent = 0usize;
    for page in 0..pages.min(MAX_PAGES) {
        silent += usize::from(!one_page(&document, page, out)?);
        out.progress(page as u64 + 1, Some(pages as u64))?;
    }
    if pages > MAX_PAGES {
        trouble(out, "too-much", &format!("more than {MAX_PAGES} pages; the rest was left unread"))?;
    }
    if out.passages() == 0 {
        out.finding("no-text-layer", Severity::Unread, "no page has text; they may be pictures")?;
    } else if silent > 0 {
        out.finding("no-text-layer", Severity::Partial, &format!("{silent} of {pages} pages have no text"))?;
    }
    if !ends {
        trouble(out, "truncated", "no end-of-file mark")?;
    }
    for (name, content) in document.extract_embedded_files().unwrap_or_default() {
        out.part(&name, "application/octet-stream", &content)?;
    }
    Ok(())
}

fn encrypted(out: &mut Out) -> Read {
    unread(out, Kind::Document, TYPE, "encrypted", "it opens with a password only")
}

/// What failed, without quoting the document.
fn fact(e: &Error) -> String {
    match e {
        Error::InvalidHeader(_) | Error::UnsupportedVersion(_) => "no PDF of a known version",
        Error::InvalidXref | Error::ObjectNotFound(..) => "a damaged table of objects",
        Error::UnexpectedEof => "it ends too early",
        Error::CircularReference(_) | Error::RecursionLimitExceeded(_) => "objects that contain themselves",
        Error::Decode(_) | Error::UnsupportedFilter(_) => "a stream that can't be unpacked",
        Error::Font(_) => "a font that can't be read",
        _ => "a structure that can't be read",
    }
    .to_owned()
}

/// Whether the page gave text.
fn one_page(document: &PdfDocument, page: usize, out: &mut Out) -> Result<bool, casemate_fence::ReplyError> {
    let number = u32::try_from(page).unwrap_or(u32::MAX).saturating_add(1);
    let whole = match document.extract_text(page) {
        Ok(whole) => whole,
        Err(e) => {
            trouble(out, "page-unread", &format!("page {number}: {}", fact(&e)))?;
            return Ok(true);
        }
    };
    let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
    let lines = document.extract_text_lines(page).unwrap_or_default();
    let of_lines: usize = lines.iter().map(|l| letters(&l.text)).sum();
    let of_page = letters(&whole);
    if of_page == 0 && of_lines == 0 {
        return Ok(false);
    }
    let media = document.get_page_media_box(page).unwrap_or((0.0, 0.0, 0.0, 0.0));
    for (bounds, paragraph) in paragraphs(&lines) {
        let rect = rect(bounds, media);
        out.passage(passage(Place::Page { number, rect }, paragraph))?;
    }
    let joined = lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    if differ(&whole, &joined) {
        for (_, _, paragraph) in text::paragraphs(&whole) {
            out.passage(passage(Place::Page { number, rect: None }, paragraph))?;
        }
        if of_lines > 0 {
            let detail = format!("page {number}: two ways of joining its letters differ; both are given");
            out.finding("text-uncertain", Severity::Note, &detail)?;
        }
    }
    Ok(true)
}

/// Whether the words of two readings of a page are not the same, but for a few.
fn differ(one: &str, other: &str) -> bool {
    let missing = |of: &str, from: &str| {
        let mut bag: HashMap<String, usize> = HashMap::new();
        for word in words(from) {
            *bag.entry(word).or_default() += 1;
        }
        let (mut all, mut gone) = (0usize, 0usize);
        for word in words(of) {
            all += 1;
            match bag.get_mut(&word).filter(|n| **n > 0) {
                Some(n) => *n -= 1,
                None => gone += 1,
            }
        }
        gone * 100 > all * (100 - SAME)
    };
    missing(one, other) || missing(other, one)
}

/// Lines that follow one another closely, with the box around them.
fn paragraphs(lines: &[TextLine]) -> Vec<(Rect, String)> {
    let mut all: Vec<(Rect, String)> = Vec::new();
    let mut last: Option<Rect> = None;
    for line in lines {
        let bounds = line.bbox;
        // Boxes have their origin at the page's lower left corner.
        let near = last.is_some_and(|l| {
            let gap = l.y - (bounds.y + bounds.height);
            let height = l.height.max(bounds.height).max(1.0);
            gap < height * PARAGRAPH_GAP && gap > -height && l.x < bounds.x + bounds.width && bounds.x < l.x + l.width
        });
        match all.last_mut().filter(|_| near) {
            Some((around, text)) => {
                *around = around.union(&bounds);
                text.push('\n');
                text.push_str(&line.text);
            }
            None => all.push((bounds, line.text.clone())),
        }
        last = Some(bounds);
    }
    all
}

/// Hundredths of a point from the top left of the page's media box.
fn rect(r: Rect, (left, bottom, right, top): (f32, f32, f32, f32)) -> Option<[u32; 4]> {
    let (page_width, page_height) = (right - left, top - bottom);
    let sane = [page_width, page_height].iter().all(|e| e.is_finite() && *e > 0.0 && *e <= MAX_EDGE);
    let (x, y) = (r.x - left, top - (r.y + r.height));
    if !sane || ![x, y, r.width, r.height].iter().all(|v| v.is_finite() && v.abs() <= MAX_EDGE) {
        return None;
    }
    let inside = |v: f32, most: f32| (v.clamp(0.0, most) * HUNDREDTHS).round() as u32;
    let (x, y) = (inside(x, page_width), inside(y, page_height));
    Some([x, y, inside(r.width, page_width), inside(r.height, page_height)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_count_from_the_top_left() {
        let page = (0.0, 0.0, 612.0, 792.0);
        assert_eq!(rect(Rect::new(72.0, 700.0, 100.0, 12.0), page), Some([7200, 8000, 10_000, 1200]));
        assert_eq!(rect(Rect::new(f32::NAN, 0.0, 1.0, 1.0), page), None);
        assert_eq!(rect(Rect::new(0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0)), None);
    }
}

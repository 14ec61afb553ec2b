//! What stands beside the pages: annotations, the form, the files inside, who made it.
//!
//! Keeps: what hides is told apart from what is merely carried. Does not know: pictures of pages.

use casemate_ports::hidden::{Hidden, Hiding};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect, Stream};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::util::RectExt;
use hayro::kurbo::{Affine, Rect};

use super::page::Looked;
use crate::pdf::beside::{self, text, words};

/// Flags of an annotation (PDF 1.7, table 165): hidden, not to be shown.
const NOT_SHOWN: u32 = 1 << 1 | 1 << 5;
/// Most annotations of a page.
const MAX_ANNOTATIONS: usize = 10_000;
/// Darker than this in all colours, a highlight hides.
const DARK: f32 = 0.25;

/// Annotations of a page that matter here.
#[derive(Default)]
pub struct Marks {
    /// Places that other programs fill with a colour, though the document draws nothing there: pixels.
    pub covers: Vec<Rect>,
    /// Places marked for a redaction that was not carried out: pixels.
    pub redact: Vec<Rect>,
    /// What is not shown, and what is shown only to who opens it.
    pub found: Vec<(Hiding, Rect, String)>,
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// Looks at the annotations of a page; `place` leads from its space to pixels.
pub fn marks(page: &Page<'_>, place: Affine) -> Marks {
    let mut marks = Marks::default();
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return marks };
    for annotation in all.iter::<Dict<'_>>().take(MAX_ANNOTATIONS) {
        let Some(rect) = annotation.get::<PdfRect>("Rect") else { continue };
        let rect = place.transform_rect_bbox(rect.to_kurbo());
        let kind = annotation.get::<Name<'_>>("Subtype");
        let kind = kind.as_deref().unwrap_or_default();
        let not_shown = annotation.get::<u32>("F").unwrap_or(0) & NOT_SHOWN != 0;
        let drawn = annotation.get::<Dict<'_>>("AP").is_some();
        let said = words(&annotation, "Contents");
        match kind {
            b"Popup" | b"Link" => {}
            b"Redact" => marks.redact.extend(quads(&annotation, place).unwrap_or_else(|| vec![rect])),
            b"Widget" if not_shown => {
                let value = words(&annotation, "V");
                if has_words(&value) {
                    marks.found.push((Hiding::HiddenAnnotation, rect, value));
                }
            }
            b"Widget" => {}
            // A state that somebody gave to a comment, as "accepted".
            _ if annotation.contains_key("StateModel") => {}
            _ if not_shown => {
                let drawing = annotation.get::<Dict<'_>>("AP").is_some_and(|ap| draws_text(&ap));
                if has_words(&said) || drawing {
                    marks.found.push((Hiding::HiddenAnnotation, rect, said));
                }
            }
            b"Square" | b"Circle" | b"Polygon" if !drawn => {
                let filled = annotation.get::<Array<'_>>("IC").is_some_and(|c| c.iter::<f32>().count() > 0);
                if filled && annotation.get::<f32>("CA").unwrap_or(1.0) > 0.9 {
                    marks.covers.push(rect);
                }
            }
            b"Highlight" if !drawn => {
                let colours: Vec<f32> = annotation.get::<Array<'_>>("C").iter().flat_map(|c| c.iter::<f32>()).collect();
                if matches!(colours.len(), 1 | 3) && colours.iter().all(|c| *c < DARK) {
                    marks.covers.extend(quads(&annotation, place).unwrap_or_else(|| vec![rect]));
                }
            }
            // What a free text says is what it shows.
            b"FreeText" => {}
            _ if has_words(&said) => marks.found.push((Hiding::Comment, rect, said)),
            _ => {}
        }
    }
    marks
}

fn draws_text(appearance: &Dict<'_>) -> bool {
    let Some(stream) = appearance.get::<Stream<'_>>("N") else { return false };
    stream.decoded_data().is_ok_and(|d| d.windows(2).any(|w| w == b"Tj" || w == b"TJ"))
}

/// The boxes of an annotation that marks several.
fn quads(annotation: &Dict<'_>, place: Affine) -> Option<Vec<Rect>> {
    let numbers: Vec<f32> = annotation.get::<Array<'_>>("QuadPoints")?.iter::<f32>().collect();
    let boxes: Vec<Rect> = numbers
        .as_chunks::<8>()
        .0
        .iter()
        .map(|q| {
            let xs = q.iter().step_by(2).map(|v| f64::from(*v));
            let ys = q.iter().skip(1).step_by(2).map(|v| f64::from(*v));
            let least = |i: &mut dyn Iterator<Item = f64>| i.fold(f64::INFINITY, f64::min);
            let most = |i: &mut dyn Iterator<Item = f64>| i.fold(f64::NEG_INFINITY, f64::max);
            let r =
                Rect::new(least(&mut xs.clone()), least(&mut ys.clone()), most(&mut xs.clone()), most(&mut ys.clone()));
            place.transform_rect_bbox(r)
        })
        .collect();
    (!boxes.is_empty()).then_some(boxes)
}

impl Marks {
    /// What was found, as it is told; what is marked for redaction with the letters that are there.
    pub fn told(self, looked: &Looked, number: u32) -> Vec<Hidden> {
        let mut out = Vec::new();
        for mark in &self.redact {
            let inside = looked.witness.letters.iter().filter(|l| mark.contains(l.bounds.center()));
            let words: String = inside.clone().map(|l| l.text.as_str()).collect();
            let count = inside.count() as u64;
            let how = Hiding::MarkedForRedaction;
            out.push(Hidden { how, page: Some(number), rect: looked.rect(*mark), words, count });
        }
        for (how, rect, words) in self.found {
            let count = words.chars().count() as u64;
            out.push(Hidden { how, page: Some(number), rect: looked.rect(rect), words, count });
        }
        out
    }
}

/// What the document carries beside its pages.
pub fn of_document(pdf: &Pdf) -> Vec<Hidden> {
    let mut out = Vec::new();
    let whole = |how, words: String| Hidden { how, page: None, rect: None, count: words.chars().count() as u64, words };
    let about = pdf.metadata();
    let named = [
        ("Title", &about.title),
        ("Author", &about.author),
        ("Subject", &about.subject),
        ("Keywords", &about.keywords),
        ("Creator", &about.creator),
        ("Producer", &about.producer),
    ];
    for (name, value) in named {
        let value = value.as_deref().map(text).unwrap_or_default();
        if !value.trim().is_empty() {
            out.push(whole(Hiding::Metadata, format!("{name}: {value}")));
        }
    }
    let Some(root) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return out };
    if let Some(xmp) = root.get::<Stream<'_>>("Metadata") {
        let bytes = xmp.decoded_data().map_or(0, |d| d.len());
        out.push(Hidden {
            how: Hiding::Metadata,
            page: None,
            rect: None,
            words: "XMP".to_owned(),
            count: bytes as u64,
        });
    }
    out.extend(beside::files(pdf).into_iter().map(|file| Hidden {
        how: Hiding::Attachment,
        page: None,
        rect: None,
        words: file.name,
        count: file.content.map_or(0, |content| content.len() as u64),
    }));
    out
}

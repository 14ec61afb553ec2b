//! What a PDF holds beside its pages: who made it, its bookmarks, its form, what is noted on it, the files inside.
//!
//! Keeps: bounded in number, depth and length; a cycle ends. Does not know: what hides (`audit`).

use std::collections::BTreeSet;

use hayro::hayro_interpret::TransformExt as _;
use hayro::hayro_interpret::util::RectExt;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{
    Array, DateTime, Dict, Name, Object, ObjectIdentifier, Rect as PdfRect, Stream, String as Text,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Rect;

/// Longest text of an annotation or of metadata that is told, bytes.
const MAX_TEXT: usize = 4096;
/// Most files inside that are told.
const MAX_FILES: usize = 1000;
/// Most bookmarks, and most notes of a page.
const MAX_NOTES: usize = 10_000;
/// Deepest tree of names, of bookmarks, of fields.
const MAX_DEPTH: usize = 16;

/// Something noted on a page, or filled in.
pub struct Note {
    pub text: String,
    /// Who, as the document has it.
    pub by: Option<String>,
    /// Where, from the top left of the page as it is drawn.
    pub place: Rect,
}

/// A file inside.
pub struct Inside {
    pub name: String,
    /// None if it can't be unpacked.
    pub content: Option<Vec<u8>>,
}

/// Text of a string of the document: UTF-16 or UTF-8 by its mark, else its bytes as Latin letters.
pub fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    let lines = decoded.replace("\r\n", "\n").replace('\r', "\n");
    let mut text: String = lines.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    text.truncate(text.floor_char_boundary(MAX_TEXT));
    text
}

fn units(bytes: &[u8], join: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|p| join(*p)).collect();
    String::from_utf16_lossy(&units)
}

/// The text under a key, empty where there is none.
pub fn words(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Text<'_>>(key).map(|s| text(s.as_bytes())).unwrap_or_default()
}

/// What the document says of itself, in pairs.
pub fn metadata(pdf: &Pdf) -> Vec<(String, String)> {
    let about = pdf.metadata();
    let named = [
        ("title", &about.title),
        ("author", &about.author),
        ("subject", &about.subject),
        ("keywords", &about.keywords),
        ("creator", &about.creator),
        ("producer", &about.producer),
    ];
    let texts = named.into_iter().filter_map(|(name, value)| Some((name, text(value.as_deref()?))));
    let dates = [("created", about.creation_date), ("modified", about.modification_date)];
    let dates = dates.into_iter().filter_map(|(name, date)| Some((name, moment(&date?))));
    texts
        .chain(dates)
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// RFC 3339, with the offset that the document gives.
fn moment(at: &DateTime) -> String {
    let (hours, minutes) = (at.utc_offset_hour, at.utc_offset_minute);
    let DateTime { year, month, day, hour, minute, second, .. } = at;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{hours:+03}:{minutes:02}")
}

fn root(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get(pdf.xref().root_id())
}

/// Titles of the bookmarks, in their order.
pub fn bookmarks(pdf: &Pdf) -> Vec<String> {
    let mut all = Vec::new();
    let first = root(pdf).and_then(|root| root.get::<Dict<'_>>("Outlines")?.get::<Dict<'_>>("First"));
    if let Some(first) = first {
        titles(first, 0, &mut BTreeSet::new(), &mut all);
    }
    all
}

fn titles(first: Dict<'_>, depth: usize, seen: &mut BTreeSet<ObjectIdentifier>, all: &mut Vec<String>) {
    let mut next = Some(first);
    while let Some(item) = next {
        let again = item.obj_id().is_some_and(|id| !seen.insert(id));
        if again || depth > MAX_DEPTH || all.len() >= MAX_NOTES {
            return;
        }
        let title = words(&item, "Title");
        if !title.trim().is_empty() {
            all.push(title);
        }
        if let Some(inside) = item.get::<Dict<'_>>("First") {
            titles(inside, depth + 1, seen, all);
        }
        next = item.get("Next");
    }
}

/// What is noted on a page or filled in there, and is not `shown` by its drawing.
pub fn notes(page: &Page<'_>, shown: &str) -> Vec<Note> {
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    let shown = squeezed(shown);
    let place = page.initial_transform(true).to_kurbo();
    all.iter::<Dict<'_>>()
        .take(MAX_NOTES)
        .filter_map(|annotation| {
            let kind = annotation.get::<Name<'_>>("Subtype");
            let (text, by) = match kind.as_deref().unwrap_or_default() {
                b"Popup" => return None,
                b"Widget" => (filled(&annotation), String::new()),
                b"Link" => (address(&annotation), String::new()),
                _ => (words(&annotation, "Contents"), words(&annotation, "T")),
            };
            let said = squeezed(&text);
            let rect = annotation.get::<PdfRect>("Rect")?.to_kurbo();
            let by = Some(by).filter(|by| !by.trim().is_empty());
            (!said.is_empty() && !shown.contains(&said)).then(|| Note {
                text,
                by,
                place: place.transform_rect_bbox(rect),
            })
        })
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where a link leads, if it is out of the document.
fn address(link: &Dict<'_>) -> String {
    link.get::<Dict<'_>>("A").map(|action| words(&action, "URI")).unwrap_or_default()
}

/// The value of a field, its own or of the field that it belongs to.
fn filled(widget: &Dict<'_>) -> String {
    let mut field = Some(widget.clone());
    for _ in 0..MAX_DEPTH {
        let Some(own) = field else { break };
        match own.get::<Object<'_>>("V") {
            Some(Object::String(value)) => return text(value.as_bytes()),
            Some(Object::Array(values)) => {
                let all: Vec<String> = values.iter::<Text<'_>>().map(|value| text(value.as_bytes())).collect();
                return all.join("\n");
            }
            Some(Object::Stream(value)) => return value.decoded_data().map(|data| text(&data)).unwrap_or_default(),
            Some(_) => return String::new(),
            None => field = own.get("Parent"),
        }
    }
    String::new()
}

/// The files inside, of the document and of its annotations.
pub fn files(pdf: &Pdf) -> Vec<Inside> {
    let mut all = Vec::new();
    let tree = root(pdf).and_then(|root| root.get::<Dict<'_>>("Names")?.get::<Dict<'_>>("EmbeddedFiles"));
    if let Some(tree) = tree {
        names(&tree, 0, &mut all);
    }
    for page in pdf.pages().iter() {
        for annotation in page.raw().get::<Array<'_>>("Annots").iter().flat_map(|all| all.iter::<Dict<'_>>()) {
            if annotation.get::<Name<'_>>("Subtype").is_some_and(|kind| &*kind == b"FileAttachment") {
                all.extend(annotation.get::<Dict<'_>>("FS").and_then(|spec| inside(&spec)));
            }
            if all.len() >= MAX_FILES {
                return all;
            }
        }
    }
    all
}

fn names(tree: &Dict<'_>, depth: usize, all: &mut Vec<Inside>) {
    if depth > MAX_DEPTH {
        return;
    }
    for kid in tree.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        names(&kid, depth + 1, all);
    }
    let pairs: Vec<Object<'_>> = tree.get::<Array<'_>>("Names").iter().flat_map(|n| n.iter::<Object<'_>>()).collect();
    for pair in pairs.as_chunks::<2>().0 {
        if all.len() >= MAX_FILES {
            return;
        }
        if let [_, Object::Dict(spec)] = pair {
            all.extend(inside(spec));
        }
    }
}

fn inside(spec: &Dict<'_>) -> Option<Inside> {
    let name = ["UF", "F"].iter().map(|key| words(spec, key)).find(|name| !name.is_empty()).unwrap_or_default();
    let held = spec.get::<Dict<'_>>("EF")?;
    let stream = ["UF", "F"].iter().find_map(|key| held.get::<Stream<'_>>(*key))?;
    Some(Inside { name, content: stream.decoded_data().ok().map(|data| data.into_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_out_by_their_mark() {
        assert_eq!(text(b"\xfe\xff\x67\x97\x00A"), "林A");
        assert_eq!(text(b"\xff\xfe\x97\x67"), "林");
        assert_eq!(text(b"\xef\xbb\xbf\xe6\x9e\x97"), "林");
        assert_eq!(text(b"caf\xe9\r\nau\rlait\x07"), "café\nau\nlait");
        let long = [&b"\xef\xbb\xbf"[..], "林".repeat(2000).as_bytes()].concat();
        assert_eq!(text(&long).len(), 4095, "cut between characters");
    }
}

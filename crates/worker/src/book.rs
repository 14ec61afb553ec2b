//! EPUB: the pages of a book in their order.
//!
//! Keeps: each page's text with its lines. Does not know: looks, fonts, protections of publishers.

use std::collections::BTreeMap;

use casemate_ports::reading::{Kind, Place, Severity};

use crate::html;
use crate::markup::{Mark, texts_of, walk};
use crate::out::{Out, Read, about, passage, unread};
use crate::package::Package;
use crate::text;

const TYPE: &str = "application/epub+zip";

/// Reads a book.
pub fn read(package: &mut Package, out: &mut Out) -> Read {
    let mut root = None;
    walk(&package.read("META-INF/container.xml").unwrap_or_default(), |mark| {
        if let Mark::Open("rootfile", attributes) = mark {
            root = root.take().or_else(|| attributes.get("full-path"));
        }
    });
    let named = root.or_else(|| package.names().into_iter().find(|name| name.ends_with(".opf")));
    let Some((name, list)) = named.and_then(|name| package.read(&name).ok().map(|list| (name, list))) else {
        return unread(out, Kind::Document, TYPE, "malformed", "its list of pages is missing");
    };
    let metadata = texts_of(&list, &["title", "creator", "language", "publisher", "date", "identifier"]);
    out.about(about(Kind::Document, TYPE, metadata))?;
    let folder = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    for page in pages(&list) {
        let source = package.read(&format!("{folder}{page}")).ok().and_then(|bytes| text::decode(&bytes));
        let Some(source) = source else {
            out.finding("page-unread", Severity::Partial, "a page of the book can't be unpacked")?;
            continue;
        };
        for (first, last, text) in html::blocks(&source.text).blocks {
            let inside = Box::new(Place::Lines { first, last });
            out.passage(passage(Place::Part { name: page.clone(), inside }, text))?;
        }
    }
    Ok(())
}

/// Files of the pages, in the order in which they are read.
fn pages(list: &[u8]) -> Vec<String> {
    let mut files = BTreeMap::new();
    let mut order = Vec::new();
    walk(list, |mark| match mark {
        Mark::Open("item", attributes) => {
            if let (Some(id), Some(file)) = (attributes.get("id"), attributes.get("href")) {
                files.insert(id, percent_decoded(&file));
            }
        }
        Mark::Open("itemref", attributes) => order.extend(attributes.get("idref")),
        _ => {}
    });
    order.iter().filter_map(|id| files.get(id).cloned()).collect()
}

/// A name without the escapes of addresses.
fn percent_decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = name.get(at + 1..at + 3).filter(|_| *byte == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) => {
                out.push(escaped);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;
    use crate::package::tests::packed;

    #[test]
    fn pages_are_read_in_their_order() {
        let list = "<package><dc:title>Testimony</dc:title><item id=\"b\" href=\"two%20b.xhtml\"/><item id=\"a\" href=\"one.xhtml\"/>\
            <itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"gone\"/></package>";
        let files: [(&str, &[u8]); 5] = [
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<c><rootfile full-path=\"in/list.opf\"/></c>"),
            ("in/list.opf", list.as_bytes()),
            ("in/one.xhtml", b"<html><body><p>first</p></body></html>"),
            ("in/two b.xhtml", b"<html><body>\n<p>second</p></body></html>"),
        ];
        let h = heard(|out| crate::office::read_package(packed(&files), out));
        let told: Vec<_> = h.passages.iter().map(|p| (p.text.as_str(), p.place.clone())).collect();
        let place = |name: &str, line| Place::Part {
            name: name.to_owned(),
            inside: Box::new(Place::Lines { first: line, last: line }),
        };
        assert_eq!(told, [("first", place("one.xhtml", 1)), ("second", place("two b.xhtml", 2))]);
        assert_eq!(h.about.unwrap().metadata, [("title".to_owned(), "Testimony".to_owned())]);
    }
}

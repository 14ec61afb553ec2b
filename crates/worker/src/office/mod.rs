//! Papers of office programs: each kind its reader, all of one shape.
//!
//! Keeps: every paragraph, row or slide names its place; what is not read is a finding. Does not know: looks.

pub mod old_slides;
pub mod old_word;
mod opendocument;
mod paragraphs;
mod relations;
mod sheets;
mod slides;
mod word;

use casemate_ports::reading::{Kind, Severity};

use crate::archive;
use crate::book;
use crate::markup::texts_of;
use crate::out::{Out, Read, unread};
use crate::package::{Fault, Package};

pub use sheets::read as read_sheets;

/// Media types by what tells them: a file that only they hold.
const KINDS: &[(&str, Reader)] =
    &[("word/document.xml", word::read), ("word/document2.xml", word::read), ("ppt/presentation.xml", slides::read)];
type Reader = fn(&mut Package, Vec<(String, String)>, &mut Out) -> Read;

/// Pictures inside are for the eye, or for recognition.
const PICTURES: [&str; 10] = ["png", "jpg", "jpeg", "gif", "emf", "wmf", "tif", "tiff", "bmp", "svg"];

/// Reads a ZIP: a paper if it is one, else its files.
pub fn read_package(bytes: Vec<u8>, out: &mut Out) -> Read {
    let Some(mut package) = Package::open(bytes.clone()) else {
        return unread(out, Kind::Other, "application/zip", "malformed", "its table of files can't be read");
    };
    let names = package.names();
    let has = |name: &str| names.iter().any(|own| own == name);
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return read_sheets(bytes, properties(&mut package), out);
    }
    if let Some((_, read)) = KINDS.iter().find(|(name, _)| has(name)) {
        let metadata = properties(&mut package);
        return read(&mut package, metadata, out);
    }
    let media_type = package.read("mimetype").ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    match media_type.trim() {
        "application/epub+zip" => book::read(&mut package, out),
        kind if kind.starts_with("application/vnd.oasis.opendocument") => {
            if kind.contains("spreadsheet") {
                return read_sheets(bytes, opendocument::metadata(&mut package), out);
            }
            opendocument::read(kind, &mut package, out)
        }
        _ if has("META-INF/container.xml") => book::read(&mut package, out),
        _ => archive::read_zip(package, out),
    }
}

/// What an OOXML package says of itself.
fn properties(package: &mut Package) -> Vec<(String, String)> {
    let core = package.read("docProps/core.xml").unwrap_or_default();
    let app = package.read("docProps/app.xml").unwrap_or_default();
    let names = ["title", "subject", "creator", "keywords", "description", "lastModifiedBy", "created", "modified"];
    let mut all = texts_of(&core, &names);
    all.extend(texts_of(&app, &["Company", "Manager", "Application"]));
    all
}

/// Files that a paper holds: documents are handed over, pictures counted.
fn inside(package: &mut Package, folders: &[&str], out: &mut Out) -> Read {
    let mut pictures = 0usize;
    for name in package.names() {
        if !folders.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let (_, short) = name.rsplit_once('/').unwrap_or(("", &name));
        let ending = short.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if PICTURES.contains(&ending.as_str()) {
            pictures += 1;
            continue;
        }
        match package.read(&name) {
            Ok(bytes) => out.part(short, "application/octet-stream", &bytes)?,
            Err(fault) => missed(fault, out)?,
        }
    }
    if pictures > 0 {
        out.finding("pictures-inside", Severity::Partial, &format!("{pictures} pictures inside were not looked at"))?;
    }
    Ok(())
}

fn missed(fault: Fault, out: &mut Out) -> Read {
    out.finding(fault.id(), Severity::Partial, "a file inside can't be unpacked")
}

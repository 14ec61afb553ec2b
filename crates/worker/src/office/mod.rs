//! Papers of office programs: each kind its reader, all of one shape.
//!
//! Keeps: every paragraph, row or slide names its place; what is not read is a finding. Does not know: looks.

mod drawn;
pub mod flat;
mod formats;
mod iwork;
mod numbering;
pub mod old_slides;
pub mod old_word;
mod opendocument;
mod paragraphs;
mod relations;
mod sheets;
mod slides;
mod word;

use casemate_ports::reading::{Kind, Place, Severity};

use crate::archive;
use crate::book;
use crate::markup::{Mark, texts_of, walk};
use crate::out::{Out, Read, about, passage, unread};
use crate::package::{Fault, Package};

use paragraphs::{Said, tell, within};

pub use sheets::read as read_sheets;

/// Media types by what tells them: a file that only they hold.
const KINDS: &[(&str, Reader)] = &[
    ("word/document.xml", word::read),
    ("word/document2.xml", word::read),
    ("ppt/presentation.xml", slides::read),
    ("visio/document.xml", drawing),
];
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
    if let Some(pieces) = iwork::pieces(&names) {
        return iwork::read(&mut package, &pieces, out);
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

/// Reads Visio's VSDX: the text of its shapes, page by page.
fn drawing(package: &mut Package, metadata: Vec<(String, String)>, out: &mut Out) -> Read {
    out.about(about(Kind::Document, "application/vnd.ms-visio.drawing.main+xml", metadata))?;
    for name in package.names() {
        let page =
            name.strip_prefix("visio/pages/page").and_then(|name| name.strip_suffix(".xml")?.parse::<u32>().ok());
        let (Some(number), Ok(bytes)) = (page, package.read(&name)) else { continue };
        for said in drawn::paragraphs_of(&bytes, "Text") {
            out.passage(passage(Place::Page { number: number.max(1), rect: None }, said))?;
        }
    }
    links(package, out)?;
    inside(package, &["visio/embeddings/", "visio/media/"], out)
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

/// Most links that are told.
const MAX_LINKS: usize = 10_000;

/// Where a package points outside of itself: links, and what its program would fetch as soon as somebody opens it.
fn links(package: &mut Package, out: &mut Out) -> Read {
    let (mut targets, mut fetched) = (Vec::new(), 0usize);
    for name in package.names().iter().filter(|name| name.ends_with(".rels")) {
        walk(&package.read(name).unwrap_or_default(), |mark| {
            if let Mark::Open("Relationship", attributes) = mark
                && attributes.get("TargetMode").is_some_and(|mode| mode == "External")
                && let (Some(kind), Some(target)) = (attributes.get("Type"), attributes.get("Target"))
                && targets.len() < MAX_LINKS
                && !targets.contains(&target)
            {
                fetched += usize::from(!kind.ends_with("/hyperlink"));
                targets.push(target);
            }
        });
    }
    tell(targets.into_iter().map(Said::plain).collect(), within("links"), out)?;
    if fetched > 0 {
        let detail = format!(
            "{fetched} things outside (template, picture, object) that a program may fetch on opening it; nothing was fetched"
        );
        out.finding("refers-outside", Severity::Note, &detail)?;
    }
    Ok(())
}

/// Programs that a paper carries: said, never run.
fn macros(package: &mut Package, out: &mut Out) -> Read {
    let names = package.names();
    let mut some = names.iter().any(|name| name.ends_with("vbaProject.bin"));
    for name in names.iter().filter(|name| name.starts_with("Basic/") && name.ends_with(".xml")) {
        let mut modules = drawn::paragraphs_of(&package.read(name).unwrap_or_default(), "module");
        modules.retain(|text| !text.is_empty());
        some |= !modules.is_empty();
        tell(modules.into_iter().map(Said::plain).collect(), within(name), out)?;
    }
    if some {
        out.finding("macros-inside", Severity::Note, "it carries macros; they were not run")?;
    }
    Ok(())
}

/// The last step of a part's name, without `.xml`.
fn short(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, short)| short).trim_end_matches(".xml")
}

/// Tells the text of parts whose names begin so, each as a part of its own.
fn sweep(package: &mut Package, beginnings: &[&str], out: &mut Out) -> Read {
    for name in package.names() {
        let is_meant = name.ends_with(".xml") && beginnings.iter().any(|beginning| name.starts_with(beginning));
        if !is_meant {
            continue;
        }
        match package.read(&name) {
            Ok(bytes) => tell(drawn::paragraphs(&bytes, drawn::Prompts::Told), within(short(&name)), out)?,
            Err(fault) => missed(fault, out)?,
        }
    }
    Ok(())
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

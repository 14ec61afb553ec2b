//! PowerPoint's PPTX: the slides in their order, with their notes and comments.
//!
//! Keeps: a slide is a page; hidden ones are read. Does not know: where text stands on a slide.

use std::collections::BTreeSet;

use casemate_ports::reading::{Kind, Passage, Place, Severity};

use super::drawn::{self, Prompts};
use super::paragraphs::{tell, within};
use super::relations::relations;
use super::{inside, links, macros, short};
use crate::markup::{Mark, walk};
use crate::out::{Out, Read, about, passage};
use crate::package::Package;

const TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
/// Most slides that are read.
const MAX_SLIDES: usize = 10_000;
/// Where masters are.
const MASTERS: [&str; 4] = ["ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/handoutMasters/"];

/// Reads a PPTX.
pub fn read(package: &mut Package, mut metadata: Vec<(String, String)>, out: &mut Out) -> Read {
    let order = slides(package);
    metadata.insert(0, ("slides".to_owned(), order.len().to_string()));
    out.about(about(Kind::Document, TYPE, metadata))?;
    let mut whole = true;
    let total = order.len() as u64;
    for (number, name) in (1u32..).zip(order.iter().take(MAX_SLIDES)) {
        match package.read(name) {
            Ok(bytes) => whole &= one(&bytes, number, out)?,
            Err(_) => out.finding("page-unread", Severity::Partial, &format!("slide {number} can't be unpacked"))?,
        }
        for (kind, target) in relations(package, name).into_values() {
            if ["notesSlide", "comments", "diagramData", "chart"].iter().any(|wanted| kind.ends_with(wanted)) {
                whole &= one(&package.read(&target).unwrap_or_default(), number, out)?;
            }
        }
        out.progress(number.into(), Some(total))?;
    }
    if order.len() > MAX_SLIDES {
        out.finding(
            "too-much",
            Severity::Partial,
            &format!("more than {MAX_SLIDES} slides; the rest was left unread"),
        )?;
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "the text of a slide ends within")?;
    }
    masters(package, out)?;
    links(package, out)?;
    macros(package, out)?;
    inside(package, &["ppt/embeddings/", "ppt/media/"], out)
}

/// The files of the slides in the order of the presentation; those that it does not name, behind.
fn slides(package: &mut Package) -> Vec<String> {
    let related = relations(package, "ppt/presentation.xml");
    let mut order = Vec::new();
    walk(&package.read("ppt/presentation.xml").unwrap_or_default(), |mark| {
        if let Mark::Open("sldId", attributes) = mark
            && let Some((_, target)) = attributes.prefixed("id").and_then(|id| related.get(&id))
        {
            order.push(target.clone());
        }
    });
    let named = |name: &String| name.starts_with("ppt/slides/slide") && name.ends_with(".xml");
    let loose: Vec<String> = package.names().into_iter().filter(named).filter(|name| !order.contains(name)).collect();
    order.extend(loose);
    order
}

/// Tells the paragraphs of one part.
fn one(bytes: &[u8], number: u32, out: &mut Out) -> Result<bool, casemate_fence::ReplyError> {
    let (all, whole) = drawn::whole(bytes, Prompts::Told);
    for said in all {
        out.passage(Passage { speaker: said.by, ..passage(Place::Page { number, rect: None }, said.text) })?;
    }
    Ok(whole)
}

/// Tells what the masters put on each slide, page of notes or handout; the same words once.
fn masters(package: &mut Package, out: &mut Out) -> Read {
    let mut told = BTreeSet::new();
    for name in package.names() {
        let is_master = MASTERS.iter().any(|folder| name.starts_with(folder)) && name.ends_with(".xml");
        if !is_master {
            continue;
        }
        let mut all = drawn::paragraphs(&package.read(&name).unwrap_or_default(), Prompts::LeftOut);
        // Numbers of slides and dates that a field fills in say nothing here.
        all.retain(|said| !said.text.contains('‹') && told.insert(said.text.clone()));
        tell(all, within(short(&name)), out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::heard;
    use crate::package::tests::packed;

    #[test]
    fn slides_are_read_in_the_order_of_the_show_with_their_notes() {
        let slide = |text: &str| format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
        let presentation =
            "<p:presentation><p:sldId id=\"256\" r:id=\"r2\"/><p:sldId id=\"257\" r:id=\"r1\"/></p:presentation>";
        let relation = |id: &str, sort: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"x/{sort}\" Target=\"{target}\"/>")
        };
        let rels = relation("r1", "slide", "slides/slide1.xml") + &relation("r2", "slide", "/ppt/slides/slide2.xml");
        let (one, two, notes) = (slide("first file"), slide("second file"), slide("said aside"));
        let files = [
            ("ppt/presentation.xml", presentation),
            ("ppt/_rels/presentation.xml.rels", &rels),
            ("ppt/slides/slide1.xml", &one),
            ("ppt/slides/slide2.xml", &two),
            ("ppt/slides/_rels/slide2.xml.rels", &relation("r1", "notesSlide", "../notesSlides/notesSlide1.xml")),
            ("ppt/notesSlides/notesSlide1.xml", &notes),
        ];
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        let h = heard(|out| super::super::read_package(packed(&files), out));
        let told: Vec<_> = h.passages.iter().map(|p| (p.text.as_str(), p.place.clone())).collect();
        let page = |number| Place::Page { number, rect: None };
        assert_eq!(told, [("second file", page(1)), ("said aside", page(1)), ("first file", page(2))]);
        assert!(h.findings.is_empty(), "{:?}", h.findings);
    }
}

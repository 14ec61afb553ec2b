//! Word's DOCX: paragraphs of the text, then notes, comments, headers and footers; what was deleted with changes tracked.
//!
//! Keeps: text boxes once, though a file may hold them in two forms. Does not know: styles, but where they number.

use casemate_ports::reading::{Kind, Place, Severity};

use super::numbering::{Numbered, Numbering, level_of};
use super::paragraphs::{Said, tell, within};
use super::relations::relations;
use super::{inside, links, macros, missed};
use crate::markup::{Attributes, Mark, walk};
use crate::out::{Out, Read, about, unread};
use crate::package::Package;

const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is there a second time: the older form of a box, the properties that a paragraph had before.
const TWICE: [&str; 2] = ["Fallback", "pPrChange"];

/// Reads a DOCX.
pub fn read(package: &mut Package, metadata: Vec<(String, String)>, out: &mut Out) -> Read {
    let main = ["word/document.xml", "word/document2.xml"].iter().find_map(|name| package.read(name).ok());
    let Some(main) = main else {
        return unread(out, Kind::Document, TYPE, "malformed", "its text can't be unpacked");
    };
    out.about(about(Kind::Document, TYPE, metadata))?;
    let mut numbering = Numbering::of(package);
    let mut deleted = 0usize;
    let mut whole = one(&main, |place| place, &mut numbering, &mut deleted, out)?;
    let mut others: Vec<String> = package.names();
    others.retain(|name| beside(name).is_some());
    for name in others {
        let (Ok(bytes), Some(part)) = (package.read(&name), beside(&name)) else { continue };
        numbering.restart();
        whole &= one(&bytes, within(part), &mut numbering, &mut deleted, out)?;
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "its text ends within")?;
    }
    if deleted > 0 {
        let detail = format!("{deleted} paragraphs hold text that was deleted with changes tracked; it was read too");
        out.finding("text-deleted", Severity::Note, &detail)?;
    }
    // Whole papers of other kinds that are shown as a part of this one.
    for (kind, target) in relations(package, "word/document.xml").into_values() {
        if ["aFChunk", "subDocument"].iter().any(|wanted| kind.ends_with(wanted)) {
            match package.read(&target) {
                Ok(bytes) => out.part(&target, "application/octet-stream", &bytes)?,
                Err(fault) => missed(fault, out)?,
            }
        }
    }
    links(package, out)?;
    macros(package, out)?;
    inside(package, &["word/embeddings/", "word/media/"], out)
}

/// The name of a part with text of its own.
fn beside(name: &str) -> Option<&str> {
    let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    let sorts = ["footnotes", "endnotes", "comments", "header", "footer"];
    let sort =
        sorts.iter().find(|sort| part.strip_prefix(**sort).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())))?;
    (!sort.is_empty()).then_some(part)
}

fn one(
    bytes: &[u8],
    around: impl Fn(Place) -> Place,
    numbering: &mut Numbering,
    deleted: &mut usize,
    out: &mut Out,
) -> Result<bool, casemate_fence::ReplyError> {
    let mut body = Body { numbering: std::mem::take(numbering), ..Body::default() };
    let whole = walk(bytes, |mark| body.take(mark));
    body.close();
    *deleted += body.deleted;
    *numbering = body.numbering;
    tell(body.done, around, out)?;
    Ok(whole)
}

/// The text so far.
#[derive(Default)]
struct Body {
    done: Vec<Said>,
    /// Paragraphs that are open, the innermost last: what is said, what was deleted from it, where it stands in a list.
    open: Vec<(String, String, Numbered)>,
    numbering: Numbering,
    comment: Option<(Option<String>, Option<String>)>,
    /// Within an element whose characters are text.
    says: bool,
    gone: bool,
    /// Depth within what is told twice, or is no text.
    skipped: usize,
    deleted: usize,
}

impl Body {
    fn take(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Open(name, attributes) if self.skipped == 0 => self.open(name, &attributes),
            Mark::Open(name, _) if TWICE.contains(&name) => self.skipped += 1,
            Mark::Close(name) if TWICE.contains(&name) => self.skipped = self.skipped.saturating_sub(1),
            Mark::Close(name) if self.skipped == 0 => self.closed(name),
            Mark::Text(text) if self.says && self.skipped == 0 => self.say(text),
            _ => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            name if TWICE.contains(&name) => self.skipped += 1,
            "p" => self.open.push(Default::default()),
            "t" => self.says = true,
            "delText" => (self.says, self.gone) = (true, true),
            "tab" | "ptab" => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "numId" | "ilvl" | "pStyle" => self.stand(name, attributes.get("val")),
            "comment" => self.comment = Some((attributes.get("author"), attributes.get("date"))),
            _ => {}
        }
    }

    fn closed(&mut self, name: &str) {
        match name {
            "t" | "delText" => (self.says, self.gone) = (false, false),
            "p" => self.end(),
            "comment" => self.comment = None,
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        // Tabs stand in the properties of a paragraph as well, where none is open yet or nothing is said.
        if let Some((said, deleted, _)) = self.open.last_mut() {
            let into = if self.gone { deleted } else { said };
            into.push_str(text);
        }
    }

    fn stand(&mut self, name: &str, said: Option<String>) {
        let Some((_, _, at)) = self.open.last_mut() else { return };
        match name {
            "numId" => at.list = said,
            "ilvl" => at.level = level_of(said),
            _ => at.style = said,
        }
    }

    fn end(&mut self) {
        let Some((said, deleted, at)) = self.open.pop() else { return };
        // An empty paragraph of a list counts, too.
        let number = self.numbering.next(&at);
        let number = if said.trim().is_empty() { String::new() } else { number };
        let (by, when) = self.comment.clone().unwrap_or_default();
        self.done.push(Said { text: number + said.trim_start_matches('\t'), by, when });
        if !deleted.trim().is_empty() {
            self.deleted += 1;
            self.done.push(Said::plain(deleted));
        }
    }

    fn close(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::out::tests::{Heard, heard};
    use crate::package::tests::packed;

    fn docx(files: &[(&str, &str)]) -> Heard {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        heard(|out| super::super::read_package(packed(&files), out))
    }

    #[test]
    fn paragraphs_notes_and_what_was_deleted_are_read() {
        let body = "<w:document><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Lin </w:t></w:r>\
            <w:r><w:t>Muchuan</w:t><w:br/><w:t>came</w:t></w:r></w:p><w:p/><w:p><w:del><w:r><w:delText>never</w:delText></w:r>\
            </w:del><w:r><w:t>left</w:t></w:r></w:p></w:body></w:document>";
        let comments = "<w:comments><w:comment w:author=\"Counsel\" w:date=\"2024-05-06T07:08:09Z\"><w:p><w:r>\
            <w:t>ask her</w:t></w:r></w:p></w:comment></w:comments>";
        let core = "<p><dc:creator>Mr Gao</dc:creator></p>";
        let h = docx(&[
            ("word/document.xml", body),
            ("word/comments.xml", comments),
            ("docProps/core.xml", core),
            ("word/media/image1.png", "x"),
            ("word/embeddings/list.xlsx", "y"),
        ]);
        let told: Vec<&str> = h.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(told, ["Lin Muchuan\ncame", "left", "never", "ask her"]);
        assert_eq!(h.passages[3].speaker.as_deref(), Some("Counsel"));
        assert_eq!(h.passages[3].when.as_deref(), Some("2024-05-06T07:08:09Z"));
        assert_eq!(h.findings, ["text-deleted", "pictures-inside"]);
        assert_eq!(h.parts.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["list.xlsx"]);
        assert_eq!(h.about.unwrap().metadata, [("creator".to_owned(), "Mr Gao".to_owned())]);
    }

    #[test]
    fn a_text_box_is_read_once() {
        let body = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
            </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>\
            <w:t>around</w:t></w:r></w:p>";
        let h = docx(&[("word/document.xml", body)]);
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["box", "around"]);
    }

    #[test]
    fn numbers_of_lists_and_links_are_told() {
        let item = |level: u8, text: &str| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr><w:pPrChange><w:pPr><w:numPr>\
                <w:numId w:val=\"9\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
            )
        };
        let body = [item(0, "First"), item(1, "within"), item(0, ""), item(0, "Third")].concat();
        let lists = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"%1.\"/></w:lvl>\
            <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
        let rels = "<r><Relationship Id=\"1\" Type=\"x/hyperlink\" Target=\"https://example.org/a\" TargetMode=\"External\"/>\
            <Relationship Id=\"2\" Type=\"x/attachedTemplate\" Target=\"http://example.net/t.dotm\" TargetMode=\"External\"/></r>";
        let h = docx(&[
            ("word/document.xml", &body),
            ("word/numbering.xml", lists),
            ("word/_rels/document.xml.rels", rels),
        ]);
        let told: Vec<&str> = h.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(told, ["1. First", "a) within", "3. Third", "https://example.org/a", "http://example.net/t.dotm"]);
        assert_eq!(h.findings, ["refers-outside"]);
    }

    #[test]
    fn a_text_that_ends_within_is_read_so_far() {
        let h = docx(&[("word/document.xml", "<w:p><w:r><w:t>first</w:t></w:r></w:p><w:p><w:t>second</w:t")]);
        assert_eq!(h.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["first", "second"]);
        assert_eq!(h.findings, ["truncated"]);
    }
}

//! OpenDocument's texts, presentations and drawings: paragraphs of `content.xml`, comments and what was deleted among them.
//!
//! Keeps: a slide or a drawing's sheet is a page. Does not know: styles; spreadsheets (`sheets`).

use casemate_ports::reading::{Kind, Place, Severity};

use super::paragraphs::{Said, tell, within};
use super::{drawn, inside, macros, missed};
use crate::markup::{Attributes, Mark, texts_of, walk};
use crate::out::{Out, Read, about, passage, unread};
use crate::package::Package;

/// Most spaces of one mark for spaces that are believed.
const MAX_SPACES: usize = 1000;

/// What a package says of itself.
pub fn metadata(package: &mut Package) -> Vec<(String, String)> {
    let meta = package.read("meta.xml").unwrap_or_default();
    let names = ["title", "subject", "initial-creator", "creator", "keyword", "creation-date", "date", "generator"];
    texts_of(&meta, &names)
}

/// Reads a package of that media type.
pub fn read(media_type: &str, package: &mut Package, out: &mut Out) -> Read {
    let manifest = package.read("META-INF/manifest.xml").unwrap_or_default();
    let mut locked = false;
    walk(&manifest, |mark| locked |= matches!(mark, Mark::Open("encryption-data", _)));
    if locked {
        return unread(out, Kind::Document, media_type, "encrypted", "it opens with a password only");
    }
    let content = match package.read("content.xml") {
        Ok(content) => content,
        Err(fault) => return unread(out, Kind::Document, media_type, fault.id(), "its text can't be unpacked"),
    };
    let metadata = metadata(package);
    out.about(about(Kind::Document, media_type, metadata))?;
    let mut body = Body::default();
    let mut whole = walk(&content, |mark| body.take(mark));
    body.end();
    tell_body(body.done, out)?;
    // Headers and footers stand with the styles.
    let mut margins = Body::default();
    whole &= walk(&package.read("styles.xml").unwrap_or_default(), |mark| margins.take(mark));
    let margins = margins.done.into_iter().map(|(_, said)| said).collect();
    tell(margins, within("styles"), out)?;
    if !whole {
        out.finding("truncated", Severity::Partial, "its text ends within")?;
    }
    if body.deleted > 0 {
        let detail = format!("{} paragraphs were deleted with changes tracked; they were read too", body.deleted);
        out.finding("text-deleted", Severity::Note, &detail)?;
    }
    macros(package, out)?;
    inside(package, &["Pictures/", "media/"], out)?;
    for object in
        package.names().into_iter().filter(|name| name.starts_with("Object ") && name.ends_with("/content.xml"))
    {
        match package.read(&object) {
            Ok(bytes) => {
                let mut own = Body::default();
                walk(&bytes, |mark| own.take(mark));
                let said = own.done.into_iter().map(|(_, said)| said).collect();
                tell(said, within(object.trim_end_matches("/content.xml")), out)?;
            }
            Err(fault) => missed(fault, out)?,
        }
    }
    Ok(())
}

/// Reads a document that is one file of XML: its text and what programs it carries.
pub fn read_flat(media_type: &str, xml: &[u8], out: &mut Out) -> Read {
    let names = ["title", "subject", "initial-creator", "creator", "keyword", "creation-date", "date", "generator"];
    out.about(about(Kind::Document, media_type, texts_of(xml, &names)))?;
    let mut body = Body::default();
    let whole = walk(xml, |mark| body.take(mark));
    body.end();
    tell_body(body.done, out)?;
    let programs = drawn::paragraphs_of(xml, "module").into_iter().chain(drawn::paragraphs_of(xml, "source-code"));
    let programs: Vec<Said> = programs.map(Said::plain).collect();
    if !programs.is_empty() {
        tell(programs, within("macros"), out)?;
        out.finding("macros-inside", Severity::Note, "it carries macros; they were not run")?;
    }
    if !whole {
        out.finding("truncated", Severity::Partial, "its text ends within")?;
    }
    Ok(())
}

fn tell_body(done: Vec<(u32, Said)>, out: &mut Out) -> Read {
    if done.iter().all(|(page, _)| *page == 0) {
        return tell(done.into_iter().map(|(_, said)| said).collect(), |place| place, out);
    }
    for (number, said) in done.into_iter().filter(|(_, said)| !said.text.trim().is_empty()) {
        let place = Place::Page { number: number.max(1), rect: None };
        out.passage(casemate_ports::reading::Passage {
            speaker: said.by,
            when: said.when,
            ..passage(place, said.text)
        })?;
    }
    Ok(())
}

/// The text so far: each paragraph with its page, 0 where there are none.
#[derive(Default)]
struct Body {
    done: Vec<(u32, Said)>,
    open: Vec<String>,
    page: u32,
    /// A comment's author and time, once it is open.
    note: Option<(String, String)>,
    /// Which of the two its characters are.
    meta: Option<bool>,
    removed: usize,
    deleted: usize,
}

impl Body {
    fn take(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Open(name, attributes) => self.open(name, &attributes),
            Mark::Close(name) => self.close(name),
            Mark::Text(text) => self.say(text),
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "p" | "h" => self.open.push(String::new()),
            "s" => {
                let count = attributes.get("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                self.say(&" ".repeat(count.min(MAX_SPACES)));
            }
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            // Of a presentation and a drawing; the notes of a slide hold a picture of it of the same name elsewhere.
            "page" => self.page = self.page.saturating_add(1),
            "annotation" => self.note = Some(Default::default()),
            "creator" if self.note.is_some() => self.meta = Some(true),
            "date" if self.note.is_some() => self.meta = Some(false),
            "deletion" => self.removed += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end(),
            "annotation" => self.note = None,
            "creator" | "date" => self.meta = None,
            "deletion" => self.removed = self.removed.saturating_sub(1),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        match (self.meta, &mut self.note, self.open.last_mut()) {
            (Some(true), Some((by, _)), _) => by.push_str(text),
            (Some(false), Some((_, when)), _) => when.push_str(text),
            // Ends of lines in the source are spaces.
            (_, _, Some(open)) if text.contains(['\n', '\r']) && text.trim().is_empty() => open.push(' '),
            (_, _, Some(open)) => open.push_str(text),
            _ => {}
        }
    }

    fn end(&mut self) {
        let Some(text) = self.open.pop() else { return };
        let some = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (by, when) = self.note.as_ref().map(|(by, when)| (some(by), some(when))).unwrap_or_default();
        self.deleted += usize::from(self.removed > 0 && !text.trim().is_empty());
        self.done.push((self.page, Said { text, by, when }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::{Heard, heard};
    use crate::package::tests::packed;

    fn odf(kind: &str, content: &str) -> Heard {
        let media_type = format!("application/vnd.oasis.opendocument.{kind}");
        let files: [(&str, &[u8]); 2] = [("mimetype", media_type.as_bytes()), ("content.xml", content.as_bytes())];
        heard(|out| super::super::read_package(packed(&files), out))
    }

    #[test]
    fn a_text_with_spaces_a_comment_and_a_deletion() {
        let h = odf(
            "text",
            "<o><text:tracked-changes><text:deletion><text:p>was here</text:p></text:deletion></text:tracked-changes>\
            <text:h>Title</text:h><text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<office:annotation><dc:creator>Counsel\
            </dc:creator><dc:date>2024-05-06T07:08:09</dc:date><text:p>why?</text:p></office:annotation> d</text:p></o>",
        );
        let told: Vec<_> = h.passages.iter().map(|p| (p.text.as_str(), p.speaker.as_deref())).collect();
        assert_eq!(told, [("was here", None), ("Title", None), ("why?", Some("Counsel")), ("a   b\tc d", None)]);
        assert_eq!(h.findings, ["text-deleted"]);
    }

    #[test]
    fn slides_are_pages() {
        let h = odf(
            "presentation",
            "<o><draw:page><text:p>one</text:p></draw:page><draw:page><text:p>two</text:p></draw:page></o>",
        );
        let places: Vec<_> = h.passages.iter().map(|p| p.place.clone()).collect();
        assert_eq!(places, [Place::Page { number: 1, rect: None }, Place::Page { number: 2, rect: None }]);
    }

    #[test]
    fn one_that_needs_a_password_says_so() {
        let manifest: &[u8] = b"<m><file-entry><encryption-data/></file-entry></m>";
        let files =
            [("mimetype", &b"application/vnd.oasis.opendocument.text"[..]), ("META-INF/manifest.xml", manifest)];
        let h = heard(|out| super::super::read_package(packed(&files), out));
        assert_eq!(h.findings, ["encrypted"]);
    }
}

//! From a job to the reader of what the bytes are.
//!
//! Keeps: every source ends with a reading or a finding that names why not.
//! Does not know: how each kind is read.

use casemate_fence::Spool;
use casemate_ports::reading::{Kind, Severity};
use casemate_ports::worker::{DecodeJob, DrawJob, Job, LettersJob};

use crate::detect::{HEAD, Sort, TextSort, belies, sort, text_sort};
use crate::fonts::Fonts;
use crate::office::{old_slides, old_word, read_sheets};
use crate::ole::Ole;
use crate::opencore::Decoders;
use crate::out::{Out, Read, about, trouble, unread};
use crate::{
    archive, audit, c2pa, chats, html, letters, mail, office, outlook, pdf, photo, picture, rtf, scavenge, sound,
    table, text, warc, whatsapp,
};

/// Longest source that is read into memory at once, bytes.
const MAX_WHOLE: u64 = 256 << 20;

const OLE: &str = "application/x-ole-storage";
/// Kinds that no reader knows, in which text lies as it is.
const SCAVENGED: [&str; 3] = ["application/vnd.sqlite3", "application/vnd.ms-tnef", "application/vnd.ms-outlook"];
/// What is said of a kind of file that the audit has no eyes for.
const NOT_AUDITED: &str = "only PDF documents are looked into";

/// Does the job.
pub fn job(job: &Job, spool: Spool, decoders: &Decoders, fonts: Fonts, out: &mut Out) -> Read {
    match job {
        Job::Read(job) => read(job.extension.as_deref(), spool, decoders, fonts, out),
        Job::Decode(job) => decode(job, spool, decoders, out),
        Job::Draw(job) => draw(*job, spool, fonts, out),
        Job::Letters(job) => place_letters(*job, spool, fonts, out),
        Job::Audit(_) => audited(spool, fonts, out),
        Job::Transcribe(_) => {
            unread(out, Kind::Other, "application/octet-stream", "job-unknown", "this program does not transcribe")
        }
    }
}

fn head(spool: &mut Spool, out: &mut Out) -> Result<Option<Vec<u8>>, casemate_fence::ReplyError> {
    match spool.head(HEAD) {
        Ok(head) if head.is_empty() => {
            unread(out, Kind::Other, "application/x-empty", "empty", "no bytes")?;
            Ok(None)
        }
        Ok(head) => Ok(Some(head)),
        Err(e) => trouble(out, "scratch-failed", &e.to_string()).map(|()| None),
    }
}

fn read(extension: Option<&str>, mut spool: Spool, decoders: &Decoders, fonts: Fonts, out: &mut Out) -> Read {
    let Some(head) = head(&mut spool, out)? else {
        return Ok(());
    };
    let sort = sort(&head);
    if let Some(ending) = extension.filter(|e| belies(e, sort)) {
        out.finding("mislabelled", Severity::Partial, &format!("it is no {ending}; it was read as what it is"))?;
    }
    let mut seen = c2pa::look(&mut spool, &head);
    out.beside(std::mem::take(&mut seen.metadata));
    by_sort(sort, extension, spool, decoders, fonts, out)?;
    seen.tell(out)
}

fn by_sort(
    sort: Sort,
    extension: Option<&str>,
    mut spool: Spool,
    decoders: &Decoders,
    fonts: Fonts,
    out: &mut Out,
) -> Read {
    match sort {
        Sort::Sound(media_type) => sound::describe(spool, media_type, decoders, out),
        Sort::Packed(packing) => match whole_of(&mut spool, out)? {
            Some(bytes) => {
                archive::read_packed(packing, &bytes, out)?;
                silent(out)
            }
            None => Ok(()),
        },
        Sort::Other(media_type) if media_type.starts_with("image/") => match whole_of(&mut spool, out)? {
            Some(bytes) => photo::describe(media_type, &bytes, out),
            None => Ok(()),
        },
        Sort::Other(media_type) if !SCAVENGED.contains(&media_type) => {
            unread(out, Kind::Other, media_type, "unsupported-format", &format!("no reader for {media_type}"))
        }
        Sort::Other(media_type) => match whole_of(&mut spool, out)? {
            Some(bytes) => scavenged(&bytes, media_type, out),
            None => Ok(()),
        },
        whole => match whole_of(&mut spool, out)? {
            Some(bytes) if whole == Sort::Pdf => pdf::read(bytes, fonts, out),
            Some(bytes) if whole == Sort::Tar => {
                archive::read_tar(&bytes, "application/x-tar", out)?;
                silent(out)
            }
            Some(bytes) if whole == Sort::SevenZ => {
                archive::read_sevenz(&bytes, out)?;
                silent(out)
            }
            Some(bytes) if whole == Sort::Warc => warc::read(&bytes, out),
            Some(bytes) if whole == Sort::Package => {
                office::read_package(bytes, out)?;
                silent(out)
            }
            Some(bytes) if whole == Sort::Ole => {
                read_ole(bytes, out)?;
                silent(out)
            }
            Some(bytes) => {
                read_text(&bytes, extension, out)?;
                silent(out)
            }
            None => Ok(()),
        },
    }
}

/// Reads a compound file as what it is.
fn read_ole(bytes: Vec<u8>, out: &mut Out) -> Read {
    let Some(mut ole) = Ole::open(bytes.clone()) else {
        return unread(out, Kind::Other, OLE, "malformed", "its table of streams can't be read");
    };
    if ole.has("EncryptedPackage") {
        return unread(out, Kind::Document, OLE, "encrypted", "it opens with a password only");
    }
    if ole.has("WordDocument") {
        return old_word::read(&mut ole, out);
    }
    if ole.has("PowerPoint Document") {
        return old_slides::read(&mut ole, out);
    }
    if ole.has("Workbook") || ole.has("WORKBOOK") || ole.has("Book") {
        return read_sheets(bytes, Vec::new(), out);
    }
    if ole.has("__properties_version1.0") {
        return outlook::read(&mut ole, out);
    }
    out.about(about(Kind::Other, OLE, Vec::new()))?;
    let mut found = false;
    for path in ole.streams() {
        found |= scavenge::tell(&ole.stream(&path).unwrap_or_default(), &path, out)?;
    }
    if found { scavenge::say(out) } else { nothing_of(OLE, out) }
}

/// Reads what looks like text, where no reader knows the kind.
fn scavenged(bytes: &[u8], media_type: &str, out: &mut Out) -> Read {
    out.about(about(Kind::Other, media_type, Vec::new()))?;
    if scavenge::tell(bytes, "", out)? { scavenge::say(out) } else { nothing_of(media_type, out) }
}

fn nothing_of(media_type: &str, out: &mut Out) -> Read {
    out.finding(
        "unsupported-format",
        Severity::Unread,
        &format!("no reader for {media_type}, and nothing in it looks like text"),
    )
}

fn whole_of(spool: &mut Spool, out: &mut Out) -> Result<Option<Vec<u8>>, casemate_fence::ReplyError> {
    if spool.len() > MAX_WHOLE {
        let detail = format!("{} bytes, limit {MAX_WHOLE} for this kind", spool.len());
        unread(out, Kind::Other, "application/octet-stream", "too-large", &detail)?;
        return Ok(None);
    }
    match spool.all() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) => trouble(out, "scratch-failed", &e.to_string()).map(|()| None),
    }
}

/// A source that was understood and holds nothing is told as well.
fn silent(out: &mut Out) -> Read {
    if out.passages() == 0 && out.findings() == 0 {
        out.finding("no-text", Severity::Note, "it holds no text")?;
    }
    Ok(())
}

fn read_text(bytes: &[u8], extension: Option<&str>, out: &mut Out) -> Read {
    if mail::looks_like_mail(bytes, extension) {
        return mail::read(bytes, out);
    }
    let Some(decoded) = text::decode(bytes) else {
        return scavenged(bytes, "application/octet-stream", out);
    };
    match text_sort(&decoded.text, extension) {
        TextSort::Html => html::read(bytes, &decoded, out)?,
        TextSort::Rich => return rtf::read(bytes, out),
        TextSort::WhatsApp => whatsapp::read(&decoded, out)?,
        TextSort::Phone => chats::phone::read(bytes, out)?,
        TextSort::Flat => return office::flat::read(bytes, out),
        TextSort::Json => match chats::of_json(&decoded.text) {
            Some((application, threads)) => chats::tell(application, "application/json", Kind::Chat, threads, out)?,
            None => text::read(&decoded, out)?,
        },
        TextSort::Table(delimiter) => table::read(&decoded, delimiter, out)?,
        TextSort::Plain => text::read(&decoded, out)?,
    }
    if decoded.damaged {
        out.finding("text-damaged", Severity::Partial, "some bytes are no characters of the encoding")?;
    }
    Ok(())
}

fn place_letters(job: LettersJob, mut spool: Spool, fonts: Fonts, out: &mut Out) -> Read {
    let Some(head) = head(&mut spool, out)? else {
        return Ok(());
    };
    match (sort(&head), whole_of(&mut spool, out)?) {
        (_, None) => Ok(()),
        (Sort::Pdf, Some(bytes)) => letters::of_page(bytes, job, fonts, out),
        _ => unread(out, Kind::Other, "application/octet-stream", "unsupported-format", "it has no letters to place"),
    }
}

fn draw(job: DrawJob, mut spool: Spool, fonts: Fonts, out: &mut Out) -> Read {
    let Some(head) = head(&mut spool, out)? else {
        return Ok(());
    };
    let sort = sort(&head);
    match (sort, whole_of(&mut spool, out)?) {
        (_, None) => Ok(()),
        (Sort::Pdf, Some(bytes)) => picture::of_page(bytes, job, fonts, out),
        (Sort::Other(media_type), Some(bytes)) if media_type.starts_with("image/") => {
            picture::of_picture(&bytes, job, out)
        }
        _ => unread(out, Kind::Other, "application/octet-stream", "unsupported-format", "it has no pages to draw"),
    }
}

fn audited(mut spool: Spool, fonts: Fonts, out: &mut Out) -> Read {
    let Some(head) = head(&mut spool, out)? else {
        return Ok(());
    };
    match (sort(&head), whole_of(&mut spool, out)?) {
        (_, None) => Ok(()),
        (Sort::Pdf, Some(bytes)) => audit::of_document(bytes, fonts, out),
        (Sort::Other(media_type), Some(_)) => unread(out, Kind::Other, media_type, "not-audited", NOT_AUDITED),
        _ => unread(out, Kind::Other, "application/octet-stream", "not-audited", NOT_AUDITED),
    }
}

fn decode(job: &DecodeJob, mut spool: Spool, decoders: &Decoders, out: &mut Out) -> Read {
    let Some(head) = head(&mut spool, out)? else {
        return Ok(());
    };
    match sort(&head) {
        Sort::Sound(media_type) => sound::decode(spool, media_type, job.rate, decoders, out),
        _ => unread(out, Kind::Other, "application/octet-stream", "unsupported-format", "no sound of a known format"),
    }
}

//! A bundle, or a document, looked through for the names that its reader must not learn: its bytes, and what stands in
//! the streams inside them.
//!
//! Keeps: every entry is looked at as it will be read; a find names the entry and the form, never the name (I5). Does
//! not know: what was struck.

use super::{AuditVerdict, AuditedFile, Eyes, NameInside, audit_bytes};
use crate::AppError;
use casemate_bundle::audit::Forbidden;
use casemate_media::{Event, Limits, run_job};
use casemate_ports::reading::{Part, ReadFinding, Severity};
use casemate_ports::worker::{Job, ReadJob};
use casemate_verify::zip::{self, Archive};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// First bytes of a bundle.
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// Where a PDF says that it is one, at the latest.
const PDF_WITHIN: usize = 1024;
const PDF: &[u8] = b"%PDF-";
/// First bytes of what is packed in a way that no reader here opens.
const PACKED: [&[u8]; 5] = [&ZIP, b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd"];
/// Files within files that are opened.
const MAX_DEPTH: u8 = 4;
/// Bytes of embedded files of one document that are kept to be looked at.
const MAX_PARTS_BYTES: usize = 128 << 20;

/// Audits a file that is a bundle: its entries, and the bundle itself last. `None` where it is none.
pub(super) fn bundle(eyes: &Eyes<'_>, path: &Path) -> Result<Option<Vec<AuditedFile>>, AppError> {
    let mut file = File::open(path).map_err(AppError::file(path))?;
    let mut head = Vec::new();
    (&mut file).take(ZIP.len() as u64).read_to_end(&mut head).map_err(AppError::file(path))?;
    if head != ZIP {
        return Ok(None);
    }
    let Ok(archive) = zip::read(&mut file) else { return Ok(None) };
    let mut all = Vec::new();
    let name = path.display().to_string();
    let mut whole = AuditedFile::empty(&name, "application/zip");
    for entry in archive.entries() {
        if eyes.watch.stopped() {
            return Err(AppError::Stopped);
        }
        let open = || entry_of(path, &archive, &entry.name);
        let inside = format!("{name}/{}", entry.name);
        let audited = look_into(eyes, &inside, &open)?;
        whole.names.extend(audited.names.iter().cloned());
        whole.not_checked.extend(audited.not_checked.iter().filter(|f| f.id != super::NOT_A_DOCUMENT).cloned());
        if audited.pages.is_some() || !audited.hidden.is_empty() {
            all.push(audited);
        }
    }
    whole.judge(true);
    all.push(whole);
    Ok(Some(all))
}

type Opened = Result<Box<dyn Read>, AppError>;

fn entry_of(path: &Path, archive: &Archive, name: &str) -> Opened {
    let mut file = File::open(path).map_err(AppError::file(path))?;
    let failed = || AppError::file(path)(io::Error::from(io::ErrorKind::UnexpectedEof));
    let entry = archive.find(name).ok_or_else(failed)?;
    let size = entry.size;
    // Only to bring the file to its place.
    archive.open(&mut file, entry).map_err(|_| failed())?;
    Ok(Box::new(file.take(size)))
}

/// Audits one document and looks through it for names.
pub(super) fn look_into(eyes: &Eyes<'_>, name: &str, open: &dyn Fn() -> Opened) -> Result<AuditedFile, AppError> {
    let mut head = Vec::new();
    open()?.take(PDF_WITHIN as u64).read_to_end(&mut head).map_err(AppError::file(name))?;
    let document = head.windows(PDF.len()).any(|w| w == PDF);
    let mut audited = match document {
        true => audit_bytes(eyes.worker, name, &mut open()?, eyes.watch)?,
        false => AuditedFile::empty(name, "application/octet-stream").not_a_document(),
    };
    if let Some(names) = &eyes.names {
        let mut scan = names.scan(io::sink());
        io::copy(&mut open()?, &mut scan).map_err(AppError::file(name))?;
        if let (Some(form), _) = scan.finish() {
            audited.names.push(NameInside { file: name.to_owned(), form: form.to_owned(), within: "bytes" });
        }
        let packed = PACKED.iter().any(|first| head.starts_with(first));
        if packed {
            audited.not_checked.push(unopened(name));
        } else if audited.names.is_empty() {
            streams(eyes, names, name, &mut open()?, 0, &mut audited)?;
        }
    }
    let whole = audited.verdict != AuditVerdict::NotChecked;
    audited.judge(whole);
    Ok(audited)
}

fn unopened(name: &str) -> ReadFinding {
    ReadFinding { id: "names-not-looked-for".to_owned(), severity: Severity::Partial, detail: name.to_owned() }
}

/// Looks through what a reader gives of a source: its text, its metadata, the files in it.
fn streams(
    eyes: &Eyes<'_>,
    names: &Forbidden,
    name: &str,
    source: &mut dyn Read,
    depth: u8,
    into: &mut AuditedFile,
) -> Result<(), AppError> {
    let mut parts: Vec<(Part, Vec<u8>)> = Vec::new();
    let mut kept = 0usize;
    let mut hear = |event: Event<'_>| match event {
        Event::Part(part) => parts.push((part.clone(), Vec::new())),
        Event::PartBytes(bytes) if kept + bytes.len() <= MAX_PARTS_BYTES => {
            kept += bytes.len();
            if let Some((_, all)) = parts.last_mut() {
                all.extend_from_slice(bytes);
            }
        }
        _ => {}
    };
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).filter(|e| e.len() <= 5);
    let job = Job::Read(ReadJob { extension });
    let outcome = run_job(eyes.worker, &job, source, &Limits::reading(), eyes.watch.stop, &mut hear)?;
    let reading = outcome.reading;
    let mut text = String::new();
    for passage in &reading.passages {
        text.push_str(&passage.text);
        text.push('\n');
    }
    for (key, value) in &reading.metadata {
        text.push_str(&format!("{key}: {value}\n"));
    }
    reading.parts.iter().for_each(|p| text.push_str(&format!("{}\n", p.name)));
    // A name may run over the end of a line.
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(form) = names.find(text.as_bytes()).or_else(|| names.find(one_line.as_bytes())) {
        into.names.push(NameInside { file: name.to_owned(), form: form.to_owned(), within: "text" });
    }
    for (part, bytes) in parts {
        let inside = format!("{name}/{}", part.name);
        if let Some(form) = names.find(&bytes) {
            into.names.push(NameInside { file: inside.clone(), form: form.to_owned(), within: "bytes" });
        }
        let cut = bytes.len() as u64 != part.size;
        if cut || depth >= MAX_DEPTH || PACKED.iter().any(|first| bytes.starts_with(first)) {
            into.not_checked.push(unopened(&inside));
        } else {
            streams(eyes, names, &inside, &mut bytes.as_slice(), depth + 1, into)?;
        }
    }
    Ok(())
}

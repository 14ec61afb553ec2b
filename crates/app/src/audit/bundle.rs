//! A bundle, or a document, looked through for the names that its reader must not learn: its bytes, and what stands in
//! the streams inside them.
//!
//! Keeps: every entry is looked at as it will be read; a find names the entry and the form, never the name (I5). Does
//! not know: what was struck.

use super::opened::Opened;
use super::together::together;
use super::{AuditVerdict, AuditedFile, Eyes, NameInside, Tell, audit_bytes, calls};
use crate::verify::verify_held;
use crate::{AppError, Held};
use casemate_bundle::audit::Forbidden;
use casemate_media::{Event, Limits, run_job};
use casemate_ports::reading::{Part, ReadFinding, Severity};
use casemate_ports::worker::{Job, ReadJob};
use casemate_verify::zip::{self, Archive};
use casemate_verify::{Finding, Pins, Status};
use std::io::{self, Read};

/// First bytes of a bundle.
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// Where a PDF says that it is one, at the latest.
const PDF_WITHIN: usize = 1024;
const PDF: &[u8] = b"%PDF-";
/// First bytes of what is packed in a way that no reader here opens.
const PACKED: [&[u8]; 5] = [&ZIP, b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd"];
/// Files within files that are opened.
const MAX_DEPTH: u8 = 4;
/// A cut that is shorter tells how long a word is.
const CUT_MS_MIN: u64 = 1_000;
/// Fewer calls of a day than these are looked through one by one.
const CALLS_FEW: u64 = 100;
/// The finding on an earlier bundle that can't be read.
const NOT_COMPARED: &str = "not-compared";
/// The finding on a bundle that fails its verification.
const DOES_NOT_HOLD: &str = "bundle-does-not-hold";
/// Bytes of embedded files of one document that are kept to be looked at.
const MAX_PARTS_BYTES: usize = 128 << 20;

/// Audits a file that is a bundle: its entries, and the bundle itself last. `None` where it is none.
pub(super) fn bundle(eyes: &Eyes<'_>, held: &Held) -> Result<Option<Vec<AuditedFile>>, AppError> {
    let mut file = held.open()?;
    let mut head = Vec::new();
    (&mut file).take(ZIP.len() as u64).read_to_end(&mut head).map_err(held.failed())?;
    if head != ZIP {
        return Ok(None);
    }
    let Ok(archive) = zip::read(&mut file) else { return Ok(None) };
    let mut all = Vec::new();
    let name = held.name();
    let mut whole = AuditedFile::empty(&name, "application/zip");
    for entry in archive.entries() {
        if eyes.watch.stopped() {
            return Err(AppError::Stopped);
        }
        let open = || entry_of(held, &archive, &entry.name);
        let inside = format!("{name}/{}", entry.name);
        let audited = look_into(eyes, &inside, &open)?;
        whole.names.extend(audited.names.iter().cloned());
        whole.not_checked.extend(audited.not_checked.iter().filter(|f| f.id != super::NOT_A_DOCUMENT).cloned());
        if audited.pages.is_some() || !audited.hidden.is_empty() {
            all.push(audited);
        }
    }
    tells(eyes, held, &mut whole)?;
    whole.judge(true);
    all.push(whole);
    Ok(Some(all))
}

/// What the bundle tells with those before it, and by the lengths of its recordings and cuts.
fn tells(eyes: &Eyes<'_>, held: &Held, whole: &mut AuditedFile) -> Result<(), AppError> {
    let opened = Opened::read(held)?;
    for earlier in eyes.earlier {
        let other = Opened::read(earlier)?;
        match (&opened, other) {
            (Some(this), Some(other)) => whole.tells.extend(together(this, &other)),
            _ => not_compared(whole, earlier),
        }
    }
    let verdict = verify_held(held, &Pins::default())?;
    if verdict.failed() {
        whole.not_checked.push(finding(DOES_NOT_HOLD, &held.name()));
    }
    let proven = verdict.with_id("object").filter(|f| f.status == Status::Proven);
    whole.tells.extend(proven.flat_map(lengths));
    Ok(())
}

/// Says that a file could not be compared: it is no bundle that can be read.
pub(super) fn not_compared(audited: &mut AuditedFile, which: &Held) {
    audited.not_checked.push(finding(NOT_COMPARED, &which.name()));
    audited.judge(false);
}

/// Of a recording, from the facts that every recipient reads: how long it is and its cuts are.
fn lengths(object: &Finding) -> Vec<Tell> {
    let stated = |name: &str| object.facts.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str());
    let (Some(item), Some(Ok(ms))) = (object.item, stated("duration-ms").map(str::parse::<u64>)) else {
        return Vec::new();
    };
    let cut = |range: &str| {
        let (start, end) = range.split_once('-')?;
        let (at_ms, end) = (start.parse::<u64>().ok()?, end.parse::<u64>().ok()?);
        Some(Tell::ShortCut { item, at_ms, ms: end.saturating_sub(at_ms) }).filter(|_| end < at_ms + CUT_MS_MIN)
    };
    let cuts = stated("withheld-at-ms").unwrap_or_default().split(',').filter_map(cut);
    let calls = calls::of_length(ms);
    let length = (calls < CALLS_FEW).then_some(Tell::ExactLength { item, ms, calls, of: calls::CALLS });
    length.into_iter().chain(cuts).collect()
}

type Entry = Result<Box<dyn Read>, AppError>;

fn entry_of(held: &Held, archive: &Archive, name: &str) -> Entry {
    let mut file = held.open()?;
    let failed = || held.failed()(io::Error::from(io::ErrorKind::UnexpectedEof));
    let entry = archive.find(name).ok_or_else(failed)?;
    let size = entry.size;
    // Only to bring the file to its place.
    archive.open(&mut file, entry).map_err(|_| failed())?;
    Ok(Box::new(file.take(size)))
}

/// Audits one document and looks through it for names.
pub(super) fn look_into(eyes: &Eyes<'_>, name: &str, open: &dyn Fn() -> Entry) -> Result<AuditedFile, AppError> {
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
    finding("names-not-looked-for", name)
}

fn finding(id: &str, of: &str) -> ReadFinding {
    ReadFinding { id: id.to_owned(), severity: Severity::Partial, detail: of.to_owned() }
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

//! Sealing one file, unless its bytes are sealed already.
//!
//! Keeps: `seal` and `exhibit` are one commit. Does not know: what the file says.

use super::find::{Found, shown};
use super::{AddReply, Arrival, Duplicate, Refused, Sealed};
use crate::AppError;
use crate::catalogue::source;
use crate::session::Session;
use casemate_carve::Hint;
use casemate_proof::{ObjectRoot, Value};
use casemate_vault::VaultError;
use casemate_vault::acts::{ExhibitAct, SealAct, value_map};
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::time::UNIX_EPOCH;

/// How much of a file tells what it is taken for.
const HEAD_BYTES: u64 = 4096;

/// Seals a file, or says why not. Only the store's own failures are errors.
pub(super) fn file(session: &mut Session, found: &Found, reply: &mut AddReply) -> Result<(), AppError> {
    let from = shown(&found.path);
    let (mut file, modified) = match File::open(&found.path).and_then(|f| Ok((f.metadata()?, f))) {
        Ok((meta, file)) => (file, meta.modified().ok()),
        Err(cause) => {
            reply.refused.push(Refused { source: from, id: "unreadable", detail: cause.to_string() });
            return Ok(());
        }
    };
    let modified = modified.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let modified_ms = modified.and_then(|d| u64::try_from(d.as_millis()).ok());
    let name = found.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    source(session, &Arrival { name, from, modified_ms }, &mut file, reply)
}

/// Seals a source, unless its bytes are sealed already, or says why not.
pub(super) fn source(
    session: &mut Session,
    arrival: &Arrival,
    bytes: &mut (impl Read + Seek + Send),
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let from = arrival.from.clone();
    let looked = bytes.seek(SeekFrom::End(0)).and_then(|len| {
        bytes.seek(SeekFrom::Start(0))?;
        let already = already(session, bytes, len)?;
        let ending = arrival.name.rsplit_once('.').map(|(_, e)| e);
        Ok((already, hint(bytes, ending)?))
    });
    let (already, hint) = match looked {
        Ok(looked) => looked,
        Err(cause) => {
            reply.refused.push(Refused { source: from, id: "unreadable", detail: cause.to_string() });
            return Ok(());
        }
    };
    if let Some(exhibit) = already {
        reply.duplicates.push(Duplicate { source: from, exhibit });
        return Ok(());
    }
    let object = match session.vault.seal(bytes, hint) {
        Ok(object) => object,
        Err(VaultError::Source(cause)) => {
            reply.refused.push(Refused { source: from, id: "unreadable", detail: cause.to_string() });
            return Ok(());
        }
        Err(VaultError::SourceChanged) => {
            let detail = "it kept changing while it was read".to_owned();
            reply.refused.push(Refused { source: from, id: "changing", detail });
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    let mut pairs = vec![(source::PATH, Value::from(from.as_str()))];
    pairs.extend(arrival.modified_ms.map(|ms| (source::MODIFIED, Value::from(ms))));
    let (name, at_ms) = (arrival.name.clone(), session.vault.now_ms());
    let seal = SealAct { name, source: value_map(pairs), object, at_ms };
    commit(session, &seal, hint, from, reply)
}

/// Seals an embedded file.
pub(super) fn part(
    session: &mut Session,
    within: (u64, ObjectRoot),
    name: &str,
    bytes: &[u8],
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let shown = format!("#{}", within.0);
    let mut cursor = Cursor::new(bytes);
    let io = AppError::file(&shown);
    let already = already(session, &mut cursor, bytes.len() as u64).map_err(io)?;
    if let Some(exhibit) = already {
        reply.duplicates.push(Duplicate { source: shown, exhibit });
        return Ok(());
    }
    let extension = std::path::Path::new(name).extension().and_then(|e| e.to_str());
    let hint = hint(&mut cursor, extension).map_err(AppError::file(&shown))?;
    let object = session.vault.seal(&mut cursor, hint)?;
    let source = value_map([(source::WITHIN, Value::from(&within.1.0[..]))]);
    let seal = SealAct { name: name.to_owned(), source, object, at_ms: session.vault.now_ms() };
    commit(session, &seal, hint, shown, reply)
}

fn commit(
    session: &mut Session,
    seal: &SealAct,
    hint: Hint,
    source: String,
    reply: &mut AddReply,
) -> Result<(), AppError> {
    let (number, root) = (session.catalogue.next_number(), seal.object.root());
    let kind = if hint == Hint::Recording { "recording" } else { "file" }.to_owned();
    let size = seal.object.size;
    session.append(vec![seal.to_act(), ExhibitAct { number, kind, root }.to_act()])?;
    reply.sealed.push(Sealed { exhibit: number, source, size, seal: root.seal_number().to_string() });
    Ok(())
}

/// The exhibit with the same bytes. The hash is computed only where one of the same length exists.
fn already(session: &Session, file: &mut (impl Read + Seek), len: u64) -> std::io::Result<Option<u64>> {
    if !session.catalogue.has_size(len) {
        return Ok(None);
    }
    let hash = casemate_verify::bag::sha256(file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(session.catalogue.with_sha256(&hash).map(|e| e.number))
}

/// What a file is taken for when it is cut into leaves; a wrong guess costs nothing but the fineness of the cut.
fn hint(file: &mut (impl Read + Seek), extension: Option<&str>) -> std::io::Result<Hint> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    if head.starts_with(b"RIFF") || head.starts_with(b"#!AMR") {
        return Ok(Hint::Recording);
    }
    let looks_like_text = !head.is_empty() && !head.iter().any(|b| *b < 9 || (14..27).contains(b));
    let csv = extension.is_some_and(|e| e.eq_ignore_ascii_case("csv") || e.eq_ignore_ascii_case("tsv"));
    Ok(match (looks_like_text, csv) {
        (true, true) => Hint::Csv,
        (true, false) if !head.starts_with(b"%PDF") => Hint::Lines,
        _ => Hint::Whole,
    })
}

//! Sealing one file, unless its bytes are sealed already.
//!
//! Keeps: `seal` and `exhibit` are one commit. Does not know: what the file says.

use super::find::{Found, shown};
use super::{AddReply, Duplicate, Refused, Sealed};
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
    let source = shown(&found.path);
    let opened = File::open(&found.path).and_then(|mut f| {
        let meta = f.metadata()?;
        let already = already(session, &mut f, meta.len())?;
        let hint = hint(&mut f, found.path.extension().and_then(|e| e.to_str()))?;
        Ok((f, meta, already, hint))
    });
    let (mut file, meta, already, hint) = match opened {
        Ok(opened) => opened,
        Err(cause) => {
            reply.refused.push(Refused { source, id: "unreadable", detail: cause.to_string() });
            return Ok(());
        }
    };
    if let Some(exhibit) = already {
        reply.duplicates.push(Duplicate { source, exhibit });
        return Ok(());
    }
    let object = match session.vault.seal(&mut file, hint) {
        Ok(object) => object,
        Err(VaultError::Source(cause)) => {
            reply.refused.push(Refused { source, id: "unreadable", detail: cause.to_string() });
            return Ok(());
        }
        Err(VaultError::SourceChanged) => {
            let detail = "it kept changing while it was read".to_owned();
            reply.refused.push(Refused { source, id: "changing", detail });
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|d| u64::try_from(d.as_millis()).ok());
    let mut pairs = vec![(source::PATH, Value::from(source.as_str()))];
    pairs.extend(modified.map(|ms| (source::MODIFIED, Value::from(ms))));
    let name = found.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let seal = SealAct { name, source: value_map(pairs), object, at_ms: session.vault.now_ms() };
    commit(session, &seal, hint, source, reply)
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

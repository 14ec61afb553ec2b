//! PDF (an embedded file), SVG (Base64 in its metadata), ZIP and what is made of it (a file of that name, stored as it is).
//!
//! Keeps: constant memory but for the manifests. Does not know: what manifests say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::carried::{Carried, STORE_MAX, taken};
use super::fault::Fault;
use super::jumbf::{STORE_MARK, STORE_MARK_AT};
use super::source::Source;

/// Where a PDF's header may stand at the latest.
const PDF_HEADER_WITHIN: usize = 1024;
/// How a stream begins, and how long that may be.
const PDF_STREAMS: [&[u8]; 3] = [b"stream\r\n", b"stream\n", b"stream\r"];
const PDF_STREAM_MAX: u64 = 8;
/// How many stores in a PDF are looked at.
const PDF_MARKS_MAX: u32 = 256;
const SVG_OPENS: &[u8] = b"<c2pa:manifest";
/// Letters of Base64 in which a box shows its type.
const SVG_BEGIN: usize = 12;
const ZIP_NAME: &[u8] = b"META-INF/content_credential.c2pa";
/// Longest end of a ZIP: its record, and a comment.
const ZIP_END_MAX: u64 = 22 + 0xffff;
/// Bytes of a record of a ZIP's directory in front of its name, and of a file's own header.
const ZIP_ENTRY: usize = 46;
const ZIP_HEADER: u64 = 30;
/// Where a record has the length of its file as it is packed, and where the file stands.
const ZIP_LENGTH_AT: usize = 20;
const ZIP_HEADER_AT: usize = 42;
const CUT: Fault = Fault::Form("the file ends in it");

pub fn is_pdf(head: &[u8]) -> bool {
    head.get(..PDF_HEADER_WITHIN.min(head.len())).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// It must stand there uncompressed, else no claim could name what it covers. The last one counts, as each change of a PDF
/// stands behind what was there before. Manifests of pictures in it are not its own.
pub fn pdf(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut before = u64::MAX;
    for _ in 0..PDF_MARKS_MAX {
        let Some(mark) = source.last(STORE_MARK, before) else { break };
        let start = mark.checked_sub(STORE_MARK_AT as u64).filter(|start| begins_stream(source, *start));
        if let Some((start, length)) = start.and_then(|start| Some((start, source.number(start)?))) {
            let store = start..start + u64::from(length);
            return taken(source, store.clone(), store).map(Some);
        }
        before = mark;
    }
    Ok(None)
}

/// Whether a stream of a PDF begins there.
fn begins_stream(source: &mut Source<'_>, at: u64) -> bool {
    let before = source.bytes(&(at.saturating_sub(PDF_STREAM_MAX)..at)).unwrap_or_default();
    PDF_STREAMS.iter().any(|stream| before.ends_with(stream))
}

pub fn is_svg(head: &[u8]) -> bool {
    head.windows(4).any(|window| window == b"<svg")
}

pub fn svg(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let Some(opens) = source.last(SVG_OPENS, u64::MAX) else { return Ok(None) };
    let end = source.len().min(opens + STORE_MAX);
    let text = source.bytes(&(opens..end)).ok_or(CUT)?;
    // From its end mark to the next mark.
    let written = |text: &[u8]| {
        let from = text.iter().position(|byte| *byte == b'>')? + 1;
        let upto = from + text.get(from..)?.iter().position(|byte| *byte == b'<')?;
        Some(from..upto)
    };
    let Some(within) = written(&text) else { return Ok(None) };
    let letters: Vec<u8> = text
        .get(within.clone())
        .unwrap_or_default()
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    // A text about manifests has the mark and no box behind it.
    let begins = letters.get(..SVG_BEGIN).and_then(|begin| STANDARD.decode(begin).ok());
    if begins.is_none_or(|begin| begin.get(4..8) != Some(b"jumb")) {
        return Ok(None);
    }
    let store = STANDARD.decode(letters).map_err(|_| Fault::Form("its Base64 can't be read"))?;
    let span = opens + within.start as u64..opens + within.end as u64;
    Ok(Some(Carried::of(store, span)))
}

pub fn zip(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let Some((header, length)) = listed(source) else { return Ok(None) };
    let field = |source: &mut Source<'_>, at| source.array(at).map(u16::from_le_bytes).map(u64::from);
    let method = field(source, header + 8).ok_or(CUT)?;
    if method != 0 {
        return Err(Fault::Form("it is compressed"));
    }
    let (name, extra) = field(source, header + 26).zip(field(source, header + 28)).ok_or(CUT)?;
    let start = header + ZIP_HEADER + name + extra;
    taken(source, start..start + length, header..start + length).map(Some)
}

/// Where the header of the file of that name stands and how long the file is, as the ZIP's directory says.
fn listed(source: &mut Source<'_>) -> Option<(u64, u64)> {
    let len = source.len();
    let tail_at = len.saturating_sub(ZIP_END_MAX);
    let tail = source.bytes(&(tail_at..len))?;
    let record = tail_at + tail.windows(4).rposition(|window| window == b"PK\x05\x06")? as u64;
    let size = source.array(record + 12).map(u32::from_le_bytes).map(u64::from)?;
    let start = source.array(record + 16).map(u32::from_le_bytes).map(u64::from)?;
    if size > STORE_MAX {
        return None;
    }
    let directory = source.bytes(&(start..start + size))?;
    let name = directory.windows(ZIP_NAME.len()).position(|window| window == ZIP_NAME)?;
    let entry = directory.get(name.checked_sub(ZIP_ENTRY)?..name)?;
    let number = |at: usize| entry.get(at..)?.first_chunk().copied().map(u32::from_le_bytes).map(u64::from);
    if !entry.starts_with(b"PK\x01\x02") {
        return None;
    }
    Some((number(ZIP_HEADER_AT)?, number(ZIP_LENGTH_AT)?))
}

//! JPEG (APP11), PNG (`caBX`), GIF (an application's block), TIFF (a tag).
//!
//! Keeps: constant memory but for the manifests. Does not know: what manifests say.

use super::carried::{Carried, STEPS_MAX, STORE_MAX, only, taken};
use super::fault::Fault;
use super::jumbf::is_store;
use super::source::Source;

const APP11: u8 = 0xeb;
/// Bytes of an APP11 segment in front of what it carries of a box: marker, length, `JP`, the box's number, the part's.
const JPEG_HEADER: u64 = 12;
/// Boxes of JUMBF in a JPEG.
const JPEG_BOXES_MAX: usize = 256;
/// A length and a type, which each part of a box repeats.
const BOX_HEADER: u64 = 8;
/// `C2PA`'s tag of a TIFF directory.
const TIFF_TAG: u16 = 0xcd41;
/// Directories of a TIFF that are looked through.
const TIFF_DIRECTORIES_MAX: u32 = 1024;
/// Bytes of an entry of a directory.
const TIFF_ENTRY: u64 = 12;
const GIF_APPLICATION: &[u8; 11] = b"C2PA_GIF\x01\0\0";

/// A box whose parts stand in several segments.
struct Parts {
    number: u16,
    last: u32,
    carried: Carried,
}

pub fn jpeg(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut boxes: Vec<Parts> = Vec::new();
    let mut at = 2;
    for _ in 0..STEPS_MAX {
        let Some([0xff, kind]) = source.array(at) else { break };
        match kind {
            0xff => at += 1,
            0x01 | 0xd0..=0xd7 => at += 2,
            // Pixels, the end.
            0xd9 | 0xda => break,
            _ => {
                let Some(length) = source.array(at + 2).map(u16::from_be_bytes).filter(|length| *length >= 2) else {
                    break;
                };
                let end = at + 2 + u64::from(length);
                if kind == APP11 {
                    part(source, at, end, &mut boxes)?;
                }
                at = end;
            }
        }
    }
    let mut found = None;
    for parts in boxes.into_iter().filter(|parts| is_store(&parts.carried.store)) {
        only(&mut found, parts.carried)?;
    }
    Ok(found)
}

/// One segment, with a part of a box.
fn part(source: &mut Source<'_>, at: u64, end: u64, boxes: &mut Vec<Parts>) -> Result<(), Fault> {
    const CUT: Fault = Fault::Form("the file ends in it");
    if end - at < JPEG_HEADER + BOX_HEADER || source.array(at + 4) != Some(*b"JP") {
        return Ok(());
    }
    let number = source.array(at + 6).map(u16::from_be_bytes).ok_or(CUT)?;
    let order = source.number(at + 8).ok_or(CUT)?;
    if source.array(at + JPEG_HEADER + 4) != Some(*b"jumb") {
        return Ok(());
    }
    let long = source.number(at + JPEG_HEADER) == Some(1);
    let header = if long { 2 * BOX_HEADER } else { BOX_HEADER };
    let repeated = if order == 1 { 0 } else { header };
    let from = at + JPEG_HEADER + repeated;
    let bytes = source.bytes(&(from..end)).ok_or(CUT)?;
    if order == 1 {
        if boxes.len() == JPEG_BOXES_MAX {
            return Err(Fault::TooMuch { what: "boxes of its kind in the file", limit: JPEG_BOXES_MAX as u64 });
        }
        boxes.push(Parts { number, last: 1, carried: Carried::of(bytes, at..end) });
    } else if let Some(parts) = boxes.iter_mut().rev().find(|parts| parts.number == number) {
        if parts.last.checked_add(1) != Some(order) {
            return Err(Fault::Form("its parts are not in their order"));
        }
        parts.last = order;
        parts.carried.store.extend(bytes);
        parts.carried.spans.push(at..end);
    }
    let all: u64 = boxes.iter().map(|parts| parts.carried.store.len() as u64).sum();
    if all > STORE_MAX { Err(Fault::TooMuch { what: "bytes", limit: STORE_MAX }) } else { Ok(()) }
}

pub fn png(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut found = None;
    let mut at = 8u64;
    for _ in 0..STEPS_MAX {
        let Some((length, kind)) = source.number(at).zip(source.array(at + 4)) else { break };
        // Length, type, what it holds, checksum.
        let end = at + 8 + u64::from(length) + 4;
        match &kind {
            b"caBX" => only(&mut found, taken(source, at + 8..end - 4, at..end)?)?,
            b"IEND" => break,
            _ => {}
        }
        at = end;
    }
    Ok(found)
}

pub fn gif(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut found = None;
    let Some([packed]) = source.array(10) else { return Ok(found) };
    let mut at = 13 + colours(packed);
    for _ in 0..STEPS_MAX {
        match source.array(at) {
            Some([0x21, _]) => {
                let store = source.array(at + 2) == Some([GIF_APPLICATION.len() as u8])
                    && source.array(at + 3).as_ref() == Some(GIF_APPLICATION);
                let from = if store { at + 3 + GIF_APPLICATION.len() as u64 } else { at + 2 };
                let mut bytes = Vec::new();
                let Some(end) = blocks(source, from, store.then_some(&mut bytes))? else { break };
                if store {
                    only(&mut found, Carried::of(bytes, at..end))?;
                }
                at = end;
            }
            Some([0x2c, _]) => {
                let Some([packed]) = source.array(at + 9) else { break };
                // Behind the description: its colours, the width of its codes, its pixels.
                let Some(end) = blocks(source, at + 10 + colours(packed) + 1, None)? else { break };
                at = end;
            }
            _ => break,
        }
    }
    Ok(found)
}

/// Bytes of a table of colours, by the field that tells of it.
fn colours(packed: u8) -> u64 {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// Where a row of blocks ends; what they hold goes into `into`.
fn blocks(source: &mut Source<'_>, mut at: u64, mut into: Option<&mut Vec<u8>>) -> Result<Option<u64>, Fault> {
    // As many as the longest file may have.
    while let Some([length]) = source.array(at) {
        let next = at + 1 + u64::from(length);
        if length == 0 {
            return Ok(Some(next));
        }
        if let Some(into) = &mut into {
            into.extend(source.bytes(&(at + 1..next)).ok_or(Fault::Form("the file ends in it"))?);
            if into.len() as u64 > STORE_MAX {
                return Err(Fault::TooMuch { what: "bytes", limit: STORE_MAX });
            }
        }
        at = next;
    }
    Ok(None)
}

pub fn tiff(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let Some(order) = source.array::<2>(0) else { return Ok(None) };
    let short = if order == *b"II" { u16::from_le_bytes } else { u16::from_be_bytes };
    let long = if order == *b"II" { u32::from_le_bytes } else { u32::from_be_bytes };
    let mut next = source.array(4).map(long);
    for _ in 0..TIFF_DIRECTORIES_MAX {
        let Some(directory) = next.filter(|next| *next != 0).map(u64::from) else { break };
        let Some(entries) = source.array(directory).map(short).map(u64::from) else { break };
        for entry in (0..entries).map(|entry| directory + 2 + entry * TIFF_ENTRY) {
            if source.array(entry).map(short) != Some(TIFF_TAG) {
                continue;
            }
            let Some((length, start)) = source.array(entry + 4).map(long).zip(source.array(entry + 8).map(long)) else {
                break;
            };
            let store = u64::from(start)..u64::from(start) + u64::from(length);
            return taken(source, store.clone(), store).map(Some);
        }
        next = source.array(directory + 2 + entries * TIFF_ENTRY).map(long);
    }
    Ok(None)
}

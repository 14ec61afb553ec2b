//! RIFF (WAV, WebP, AVI: the chunk `C2PA`) and ID3 (MP3: an object with its media type).
//!
//! Keeps: constant memory but for the manifests. Does not know: what manifests say.

use std::ops::Range;

use super::carried::{Carried, STEPS_MAX, only, taken};
use super::fault::Fault;
use super::source::Source;

/// Media types of a store, today's and the one before.
const TYPES: [&str; 2] = ["application/c2pa", "application/x-c2pa-manifest-store"];
/// Longest names in front of an object in an ID3 tag, bytes.
const NAMES_MAX: u64 = 4096;
/// Bytes of a tag's and of a frame's header.
const ID3_HEADER: u64 = 10;

pub fn riff(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut found = None;
    let mut at = 12u64;
    for _ in 0..STEPS_MAX {
        let Some((kind, length)) = source.array(at).zip(source.array(at + 4).map(u32::from_le_bytes)) else { break };
        let end = at + 8 + u64::from(length);
        if kind == *b"C2PA" {
            only(&mut found, taken(source, at + 8..end, at..end)?)?;
        }
        at = end + u64::from(length & 1);
    }
    Ok(found)
}

pub fn id3(source: &mut Source<'_>) -> Result<Option<Carried>, Fault> {
    let mut found = None;
    let Some((version, size)) = source.array::<2>(3).zip(source.array(6)) else { return Ok(found) };
    let end = ID3_HEADER + seven_bits(size);
    let mut at = ID3_HEADER;
    for _ in 0..STEPS_MAX {
        let Some((kind, size)) = source.array::<4>(at).zip(source.array::<4>(at + 4)).filter(|_| at < end) else {
            break;
        };
        // Version 2.4 counts in seven bits of each byte.
        let size = if version[0] >= 4 { seven_bits(size) } else { u64::from(u32::from_be_bytes(size)) };
        let frame = at + ID3_HEADER..at + ID3_HEADER + size;
        if size == 0 || kind[0] == 0 {
            break;
        }
        if kind == *b"GEOB"
            && let Some(store) = object(source, &frame)
        {
            // It is the whole tag that a claim leaves out.
            only(&mut found, taken(source, store, 0..end)?)?;
        }
        at = frame.end;
    }
    Ok(found)
}

fn seven_bits(bytes: [u8; 4]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 7 | u64::from(byte & 0x7f))
}

/// The bytes of an embedded object, if it is a store: behind an encoding, a media type, a file's name, a description.
fn object(source: &mut Source<'_>, frame: &Range<u64>) -> Option<Range<u64>> {
    let head = source.bytes(&(frame.start..frame.end.min(frame.start + NAMES_MAX)))?;
    let (encoding, rest) = head.split_first()?;
    let wide = matches!(encoding, 1 | 2);
    let (kind, rest) = rest.split_at_checked(rest.iter().position(|byte| *byte == 0)?)?;
    if !TYPES.iter().any(|wanted| wanted.as_bytes() == kind) {
        return None;
    }
    let mut rest = rest.get(1..)?;
    for _ in 0..2 {
        let name = match wide {
            true => rest.as_chunks::<2>().0.iter().position(|unit| *unit == [0, 0])? * 2 + 2,
            false => rest.iter().position(|byte| *byte == 0)? + 1,
        };
        rest = rest.get(name..)?;
    }
    Some(frame.start + (head.len() - rest.len()) as u64..frame.end)
}

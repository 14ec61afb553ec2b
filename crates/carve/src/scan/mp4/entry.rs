//! The sample entry of a sound track: which codec, and how its decoder is set up.
//!
//! Keeps: one codec that the profiles hold, or none; ISO and QuickTime layouts of the entry.
//! Does not know: tables, times, or samples. Rate and channels of the entry itself are not looked at: the decoder's
//! configuration counts.

use super::boxes::{children, full, only, u16_at, u32_at};
use crate::aac_config::AacConfig;
use crate::alac_config::AlacConfig;
use crate::sound::{Codec, Sound};

/// Bytes of a sound entry before its boxes (ISO/IEC 14496-12 §12.2.3).
const ENTRY: usize = 28;
/// What QuickTime's versions 1 and 2 add.
const QUICKTIME_1: usize = 16;
const QUICKTIME_2: usize = 36;
/// Object types of AAC: MPEG-4, and MPEG-2 low complexity.
const AAC_OBJECTS: [u8; 2] = [0x40, 0x67];
const DESCRIPTOR_ES: u8 = 3;
const DESCRIPTOR_DECODER: u8 = 4;
const DESCRIPTOR_SPECIFIC: u8 = 5;

/// A codec and its configuration as CFG carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    pub(super) sound: Sound,
    pub(super) config: Vec<u8>,
}

/// Reads the body of an `stsd` box: one entry, of a codec that the profiles hold.
pub(super) fn read(stsd: &[u8]) -> Option<Coding> {
    let (list_version, _, list) = full(stsd)?;
    if u32_at(list, 0)? != 1 {
        return None;
    }
    let entries = children(list.get(4..)?)?;
    let [entry] = entries.as_slice() else { return None };
    match &entry.kind {
        b"samr" => plain(Codec::Mp4AmrNb, 160, 8_000),
        b"sawb" => plain(Codec::Mp4AmrWb, 320, 16_000),
        b"mp4a" => aac(&inside(entry.body, list_version, b"esds")?),
        b"alac" => alac(&inside(entry.body, list_version, b"alac")?),
        _ => None,
    }
}

fn plain(codec: Codec, samples: u32, rate: u32) -> Option<Coding> {
    Some(Coding { sound: Sound::new(codec, samples, rate, 1)?, config: Vec::new() })
}

/// The body of a full box in the entry, or in its `wave` box as QuickTime has it.
fn inside(entry: &[u8], list_version: u8, kind: &[u8; 4]) -> Option<Vec<u8>> {
    let more = match (list_version, u16_at(entry, 8)?) {
        (_, 0) | (1, 1) => 0,
        (0, 1) => QUICKTIME_1,
        (0, 2) => QUICKTIME_2,
        _ => return None,
    };
    let found = children(entry.get(ENTRY.checked_add(more)?..)?)?;
    let body = match only(&found, kind) {
        Some(body) => body,
        None => only(&children(only(&found, b"wave")?)?, kind)?,
    };
    full(body).map(|(_, _, rest)| rest.to_vec())
}

fn aac(esds: &[u8]) -> Option<Coding> {
    let config = AacConfig::read(specific(esds)?)?;
    let sound = Sound::new(Codec::Mp4Aac, config.samples, config.rate, config.channels())?;
    Some(Coding { sound, config: config.write() })
}

fn alac(cookie: &[u8]) -> Option<Coding> {
    let config = AlacConfig::read(cookie)?;
    let sound = Sound::new(Codec::Mp4Alac, config.samples, config.rate, config.channels)?;
    Some(Coding { sound, config: config.write() })
}

/// The DecoderSpecificInfo of an AAC elementary stream (ISO/IEC 14496-1 §7.2.6).
fn specific(esds: &[u8]) -> Option<&[u8]> {
    let (tag, mut body, _) = descriptor(esds)?;
    if tag == DESCRIPTOR_ES {
        let flags = *body.get(2)?;
        let mut at = 3usize;
        // Depends on a stream; has an address elsewhere; has a clock: the first and the last take two bytes.
        at = at.checked_add(if flags & 0x80 == 0 { 0 } else { 2 })?;
        if flags & 0x40 != 0 {
            return None;
        }
        at = at.checked_add(if flags & 0x20 == 0 { 0 } else { 2 })?;
        body = descriptor_of(body.get(at..)?, DESCRIPTOR_DECODER)?;
    } else if tag != DESCRIPTOR_DECODER {
        return None;
    }
    if !AAC_OBJECTS.contains(body.first()?) {
        return None;
    }
    descriptor_of(body.get(13..)?, DESCRIPTOR_SPECIFIC)
}

/// The body of the first descriptor of a kind.
fn descriptor_of(mut bytes: &[u8], kind: u8) -> Option<&[u8]> {
    loop {
        let (tag, body, rest) = descriptor(bytes)?;
        if tag == kind {
            return Some(body);
        }
        bytes = rest;
    }
}

/// Tag and body of the first descriptor, and what follows it. Its length has up to four groups of seven bits.
fn descriptor(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let tag = *bytes.first()?;
    let mut len = 0usize;
    for at in 1..=4usize {
        let byte = *bytes.get(at)?;
        len = (len << 7) + usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            let (body, rest) = bytes.get(at.checked_add(1)?..)?.split_at_checked(len)?;
            return Some((tag, body, rest));
        }
    }
    None
}

/// Whether all that a `dref` box names is the file itself.
pub(super) fn is_self_contained(dref: &[u8]) -> bool {
    let read = || {
        let (_, _, list) = full(dref)?;
        let entries = children(list.get(4..)?)?;
        Some(
            !entries.is_empty()
                && entries.iter().all(|entry| full(entry.body).is_some_and(|(_, flags, _)| flags & 1 == 1)),
        )
    };
    read().unwrap_or(false)
}

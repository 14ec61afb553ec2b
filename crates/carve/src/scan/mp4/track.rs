//! The `moov` box: finds the one sound track, its codec, tables and edits.
//!
//! Keeps: exactly one track of sound and none of pictures; whatever is out of the common is none, not a guess.
//! Does not know: where the file's other boxes are, or how samples are sorted.

use super::boxes::{Found, children, full, has, only, u32_at, u64_at};
use super::entry::{Coding, is_self_contained, read as read_entry};
use super::fragment::Defaults;
use super::tables::Tables;

/// Tracks that may stand beside the sound: texts, time codes, metadata, hints for servers, MPEG-4 systems. Their
/// samples are withheld with the container.
const BESIDE: [&[u8; 4]; 9] = [b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"meta", b"hint", b"odsm", b"sdsm"];
const SOUND: &[u8; 4] = b"soun";
/// Boxes that describe and do not place: they go to META, whole.
const DESCRIBING: [&[u8; 4]; 6] = [b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"];
/// Most entries of an edit list: silence, and one stretch.
const MAX_EDITS: usize = 2;

/// Whether a box goes to META.
pub(super) fn is_describing(kind: &[u8; 4]) -> bool {
    DESCRIBING.contains(&kind)
}

/// How a player moves the track in time: silence before it, what it passes over at the start, how long it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edits {
    /// Units of `movie_scale` before the sound.
    pub(super) before: u64,
    /// Units of `scale` of the sound that are passed over.
    pub(super) skipped: u64,
    /// Units of `movie_scale` that are played; none: to the end.
    pub(super) played: Option<u64>,
}

/// The sound track.
#[derive(Clone, Debug)]
pub(super) struct Track<'a> {
    pub(super) coding: Coding,
    /// Time units a second, of the movie and of the track.
    pub(super) movie_scale: u32,
    pub(super) scale: u32,
    pub(super) edits: Edits,
    pub(super) tables: Tables<'a>,
    /// What fragments start from; none where the file may have none.
    pub(super) defaults: Option<Defaults>,
    /// Describing boxes in `moov`: (offset in it, bytes), in order.
    pub(super) meta: Vec<(u64, u64)>,
}

/// Reads the body of a `moov` box. Offsets in [`Track::meta`] are from the body's start.
pub(super) fn read(moov: &[u8]) -> Option<Track<'_>> {
    let boxes = children(moov)?;
    let movie_scale = scale(only(&boxes, b"mvhd")?)?;
    let mut meta = Vec::new();
    let mut sound = None;
    for found in &boxes {
        if is_describing(&found.kind) {
            meta.push((found.start as u64, found.len as u64));
        }
        if &found.kind != b"trak" {
            continue;
        }
        let inner = children(found.body)?;
        let head = found.start.checked_add(found.len)?.checked_sub(found.body.len())?;
        for inside in inner.iter().filter(|inside| is_describing(&inside.kind)) {
            meta.push((head.checked_add(inside.start)? as u64, inside.len as u64));
        }
        let handler = handler(&inner)?;
        if &handler == SOUND {
            if sound.is_some() {
                return None;
            }
            sound = Some(inner);
        } else if !BESIDE.contains(&&handler) {
            return None;
        }
    }
    let mut track = read_sound(&sound?, &boxes)?;
    (track.movie_scale, track.meta) = (movie_scale, meta);
    Some(track)
}

fn handler(trak: &[Found<'_>]) -> Option<[u8; 4]> {
    let (_, _, hdlr) = full(only(&children(only(trak, b"mdia")?)?, b"hdlr")?)?;
    hdlr.get(4..)?.first_chunk().copied()
}

fn read_sound<'a>(trak: &[Found<'a>], moov: &[Found<'a>]) -> Option<Track<'a>> {
    let mdia = children(only(trak, b"mdia")?)?;
    let minf = children(only(&mdia, b"minf")?)?;
    let stbl = children(only(&minf, b"stbl")?)?;
    let dinf = children(only(&minf, b"dinf")?)?;
    if !is_self_contained(only(&dinf, b"dref")?) || has(&stbl, b"ctts") {
        return None;
    }
    let defaults = match only(moov, b"mvex") {
        Some(mvex) => Some(Defaults::read(&children(mvex)?, track_number(only(trak, b"tkhd")?)?)?),
        None if has(moov, b"mvex") => return None,
        None => None,
    };
    Some(Track {
        coding: read_entry(only(&stbl, b"stsd")?)?,
        movie_scale: 0,
        scale: scale(only(&mdia, b"mdhd")?)?,
        edits: edits(trak, defaults.is_some())?,
        tables: Tables::read(&stbl)?,
        defaults,
        meta: Vec::new(),
    })
}

/// Time units a second, from `mvhd` or `mdhd`.
fn scale(body: &[u8]) -> Option<u32> {
    let (version, _, rest) = full(body)?;
    let at = if version == 1 { 16 } else { 8 };
    u32_at(rest, at).filter(|scale| *scale > 0)
}

fn track_number(tkhd: &[u8]) -> Option<u32> {
    let (version, _, rest) = full(tkhd)?;
    u32_at(rest, if version == 1 { 16 } else { 8 })
}

/// The edit list: none, or silence and one stretch at the usual speed. A stretch of length 0 goes to the end where the
/// file has fragments, and is odd elsewhere.
fn edits(trak: &[Found<'_>], has_fragments: bool) -> Option<Edits> {
    let mut edits = Edits { before: 0, skipped: 0, played: None };
    if !has(trak, b"edts") {
        return Some(edits);
    }
    let inner = children(only(trak, b"edts")?)?;
    if !has(&inner, b"elst") {
        return Some(edits);
    }
    let (version, _, list) = full(only(&inner, b"elst")?)?;
    let count = usize::try_from(u32_at(list, 0)?).ok()?;
    if count == 0 {
        return Some(edits);
    }
    if count > MAX_EDITS {
        return None;
    }
    let mut is_last = false;
    for row in 0..count {
        let (duration, start, speed) = edit(list, version, row)?;
        if is_last || speed != 0x1_0000 {
            return None;
        }
        match start {
            None => edits.before = edits.before.checked_add(duration)?,
            Some(start) => {
                edits.skipped = start;
                edits.played = (duration > 0 || !has_fragments).then_some(duration);
                is_last = true;
            }
        }
    }
    is_last.then_some(edits)
}

/// Duration, start in the track (none: silence) and speed of an edit.
fn edit(list: &[u8], version: u8, row: usize) -> Option<(u64, Option<u64>, u32)> {
    if version == 1 {
        let at = row.checked_mul(20)?.checked_add(4)?;
        let start = u64_at(list, at.checked_add(8)?)?;
        let is_silence = start == u64::MAX;
        return Some((u64_at(list, at)?, (!is_silence).then_some(start), u32_at(list, at.checked_add(16)?)?));
    }
    let at = row.checked_mul(12)?.checked_add(4)?;
    let start = u32_at(list, at.checked_add(4)?)?;
    let is_silence = start == u32::MAX;
    let start = (!is_silence).then_some(u64::from(start));
    Some((u64::from(u32_at(list, at)?), start, u32_at(list, at.checked_add(8)?)?))
}

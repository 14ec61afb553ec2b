//! Putting a source together again from its leaves.
//!
//! Keeps: streams; one leaf in memory beside META and container; every byte of every leaf is used, or the answer is
//! an error.
//! Does not know: whether the result is the original: the caller compares hashes.

mod sound;

use crate::map::{MAX_ASIDE, Map, Origin};
use crate::profile::{CHUNK_LEN, Profile, Shape};
use crate::scan::csv::{Rows, bad_container};
use crate::scan::step::{After, MAX_PIECE};
use crate::{CarveError, scan::amr};
use std::io::Write;

/// Writes the source to `out` from leaves that `read_leaf(index, &mut payload)` delivers by index (the container
/// first, though it is the last leaf). Answers the bytes written.
///
/// # Errors
/// The reader's own; [`CarveError::BadLeaf`] where leaves contradict each other or the profile;
/// [`CarveError::NotApplicable`] for release layers, which have no source but their leaves.
pub fn reassemble<W, E, F>(shape: Shape, mut read_leaf: F, out: &mut W) -> Result<u64, E>
where
    W: Write,
    E: From<CarveError>,
    F: FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
{
    match shape.profile() {
        Profile::Wav { .. } | Profile::AmrNb => recording(shape, &mut read_leaf, out),
        Profile::Sound(kind) => sound::recording(shape, kind, &mut read_leaf, out),
        Profile::Csv => table(shape, &mut read_leaf, out),
        Profile::Lines(_) | Profile::Spans(_) => {
            let container = shape.container().unwrap_or(0);
            let mut leaf = Vec::new();
            read_leaf(container, &mut leaf)?;
            if !leaf.is_empty() {
                return Err(bad_container(container, "not empty").into());
            }
            pieces(shape, &mut read_leaf, out)
        }
        Profile::Chunk => pieces(shape, &mut read_leaf, out),
        other => Err(CarveError::NotApplicable { what: "reassembly", profile: other.to_string() }.into()),
    }
}

/// Leaves in their order, nothing between.
fn pieces<W: Write, E: From<CarveError>>(
    shape: Shape,
    read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    out: &mut W,
) -> Result<u64, E> {
    let mut written = 0u64;
    let mut leaf = Vec::new();
    for index in shape.packets() {
        leaf.clear();
        read_leaf(index, &mut leaf)?;
        check_packet(shape, index, &leaf)?;
        written = put(out, &leaf, written)?;
    }
    Ok(written)
}

fn recording<W: Write, E: From<CarveError>>(
    shape: Shape,
    read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    out: &mut W,
) -> Result<u64, E> {
    let (container, meta_at) = (shape.container().unwrap_or(0), shape.meta().unwrap_or(0));
    let mut leaf = Vec::new();
    read_leaf(container, &mut leaf)?;
    let map = Map::decode(&leaf).map_err(|what| bad_container(container, what))?;
    let mut meta = Vec::new();
    read_leaf(meta_at, &mut meta)?;
    if meta.len() as u64 > MAX_ASIDE || map.bytes_of(Origin::Meta) != Some(meta.len() as u64) {
        return Err(CarveError::BadLeaf { index: meta_at, what: "not used exactly once by the container" }.into());
    }
    let (mut literal, mut meta) = (map.literal.as_slice(), meta.as_slice());
    let (mut written, mut sound) = (0u64, 0u64);
    for (from, bytes) in &map.pieces {
        written = match from {
            Origin::Literal => put(out, take(&mut literal, *bytes), written)?,
            Origin::Meta => put(out, take(&mut meta, *bytes), written)?,
            Origin::Packets => {
                sound = pieces(shape, read_leaf, out)?;
                written.saturating_add(sound)
            }
        };
    }
    if map.bytes_of(Origin::Packets) != Some(sound) || (sound == 0 && !shape.packets().is_empty()) {
        return Err(bad_container(container, "packets are not as long as the map says").into());
    }
    Ok(written)
}

fn table<W: Write, E: From<CarveError>>(
    shape: Shape,
    read_leaf: &mut impl FnMut(u64, &mut Vec<u8>) -> Result<(), E>,
    out: &mut W,
) -> Result<u64, E> {
    let container = shape.container().unwrap_or(0);
    let mut leaf = Vec::new();
    read_leaf(container, &mut leaf)?;
    let rows = Rows::decode(&leaf).map_err(|what| bad_container(container, what))?;
    let cells = shape.packets();
    if rows.cells() != Some(cells.end) {
        return Err(bad_container(container, "another number of cells").into());
    }
    let mut written = 0u64;
    for (index, after) in cells.zip(rows.separators()) {
        leaf.clear();
        read_leaf(index, &mut leaf)?;
        check_packet(shape, index, &leaf)?;
        written = put(out, &leaf, written)?;
        let behind: &[u8] = match after {
            After::Delimiter => &[rows.delimiter],
            After::RowEnd(end) => end.bytes(),
            After::Nothing => &[],
        };
        written = put(out, behind, written)?;
    }
    Ok(written)
}

/// Refuses a packet whose length its profile does not allow.
fn check_packet(shape: Shape, index: u64, payload: &[u8]) -> Result<(), CarveError> {
    let len = payload.len() as u64;
    let fits = match shape.profile() {
        Profile::AmrNb => payload.first().and_then(|toc| amr::frame_len(*toc)) == Some(payload.len()),
        Profile::Wav { .. } => {
            let frame = shape.profile().frame_bytes().unwrap_or(1);
            shape.ticks_of(index).and_then(|ticks| ticks.checked_mul(frame)) == Some(len)
        }
        Profile::Chunk if index.saturating_add(1) == shape.leaf_count() => {
            len <= CHUNK_LEN && (len > 0 || shape.leaf_count() == 1)
        }
        Profile::Chunk => len == CHUNK_LEN,
        Profile::Lines(_) | Profile::Spans(_) => (1..=MAX_PIECE as u64).contains(&len),
        _ => len <= MAX_PIECE as u64,
    };
    if fits { Ok(()) } else { Err(CarveError::BadLeaf { index, what: "wrong length" }) }
}

fn put<W: Write>(out: &mut W, bytes: &[u8], written: u64) -> Result<u64, CarveError> {
    out.write_all(bytes)?;
    Ok(written.saturating_add(bytes.len() as u64))
}

/// Splits `count` bytes off the front; the map was checked to use exactly what there is.
fn take<'a>(rest: &mut &'a [u8], count: u64) -> &'a [u8] {
    let at = usize::try_from(count).unwrap_or(usize::MAX).min(rest.len());
    let (front, back) = rest.split_at(at);
    *rest = back;
    front
}

//! What the spans of JSON say: strings without their escapes.
//!
//! Keeps: digests and lengths of what may be hidden are hidden with it. Does not know: trees, paths.

use super::{Piece, undo};

/// Of a key that has one of these, the value may tell what stands elsewhere: its digest, its length, its place.
const TELLING: [&str; 13] = [
    "hash",
    "md5",
    "sha1",
    "sha2",
    "crc",
    "digest",
    "checksum",
    "etag",
    "signature",
    "length",
    "size",
    "bytes",
    "offset",
];

/// Reads spans, strings and what lies between in turn.
pub(super) fn read(pieces: &mut [Piece]) {
    for piece in pieces.iter_mut() {
        if let Some(inside) = piece.raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            let (said, right) = undo::escapes(inside);
            piece.is_open &= right;
            piece.said = Some(said);
        }
    }
    for at in 0..pieces.len() {
        let telling = pieces.get(at).and_then(|piece| piece.said.as_deref()).is_some_and(is_telling);
        let value = match pieces.get(at + 1).map(|piece| piece.raw.trim_start()) {
            Some(between) if telling && between.starts_with(':') => between.trim_end() == ":",
            _ => continue,
        };
        // A number stands in what lies between; else the value is the string behind it, or a list that goes on.
        let shut = if value { at + 2 } else { at + 1 };
        if let Some(piece) = pieces.get_mut(shut) {
            piece.is_open = false;
        }
    }
}

fn is_telling(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    TELLING.iter().any(|word| key.contains(word))
}

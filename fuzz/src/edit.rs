//! Changes of bytes that were true: what an attacker does who holds the real thing.
//!
//! Keeps: the same instructions make the same changes; the result is at most [`GROWTH`] bytes longer for each of them.
//! Does not know: what the bytes are.

use crate::input::Input;

/// Most changes of one input.
pub const EDITS_MAX: usize = 16;
/// Most bytes that one change adds.
const GROWTH: usize = 256;

/// Makes up to [`EDITS_MAX`] changes, as the input says.
pub fn edit(bytes: &mut Vec<u8>, input: &mut Input<'_>) {
    for _ in 0..EDITS_MAX {
        if input.is_empty() {
            return;
        }
        one(bytes, input);
    }
}

/// Makes one change.
pub fn one(bytes: &mut Vec<u8>, input: &mut Input<'_>) {
    let how = input.byte();
    let at = input.below(bytes.len() + 1);
    match how % 7 {
        0 => {
            let mask = input.byte().max(1);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= mask;
            }
        }
        1 => drop(bytes.splice(at..at, cut(input.piece()))),
        2 => {
            let to = (at + 1 + usize::from(input.byte())).min(bytes.len());
            drop(bytes.splice(at.min(to)..to, []));
        }
        3 => {
            let piece = cut(input.piece());
            let to = (at + piece.len()).min(bytes.len());
            drop(bytes.splice(at..to, piece));
        }
        4 => {
            let (from, len) = (input.below(bytes.len() + 1), usize::from(input.byte()));
            let copy = bytes[from..(from + len).min(bytes.len())].to_vec();
            drop(bytes.splice(at..at, copy));
        }
        5 => {
            let (from, len) = (input.below(bytes.len() + 1), usize::from(input.byte()));
            let copy = bytes[from..(from + len).min(bytes.len())].to_vec();
            let to = (at + copy.len()).min(bytes.len());
            drop(bytes.splice(at..to, copy));
        }
        _ => bytes.truncate(at),
    }
}

fn cut(piece: &[u8]) -> Vec<u8> {
    piece[..piece.len().min(GROWTH)].to_vec()
}

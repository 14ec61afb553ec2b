//! Lines of a text: each ends behind its line feed, in the unit of the encoding.
//!
//! Keeps: every byte lies in exactly one line; a line feed is looked for in whole UTF-16 units, so that 上 (4E 0A)
//! ends no line.
//! Does not know: characters.

use super::step::{After, MAX_PIECE, Step};
use crate::profile::TextUnit;
use std::io::{self, BufRead, Read};

const LF: u8 = 0x0a;

/// The unit that the first bytes announce; none for what cannot be cut into lines safely (UTF-32).
pub(crate) fn detect(head: &[u8]) -> Option<TextUnit> {
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => None,
        [0xff, 0xfe, ..] => Some(TextUnit::Utf16Le),
        [0xfe, 0xff, ..] => Some(TextUnit::Utf16Be),
        _ => Some(TextUnit::Byte),
    }
}

/// Reads one line with its line feed.
pub(crate) fn step<R: BufRead>(src: &mut R, unit: TextUnit, leaf: &mut Vec<u8>) -> io::Result<Step> {
    match unit {
        TextUnit::Byte => {
            src.take(MAX_PIECE as u64 + 1).read_until(LF, leaf)?;
            // NUL: binary, or an encoding whose line ends can't be told.
            if leaf.contains(&0) {
                return Ok(Step::Odd);
            }
        }
        TextUnit::Utf16Le => read_units(src, [LF, 0], leaf)?,
        TextUnit::Utf16Be => read_units(src, [0, LF], leaf)?,
    }
    let odd_half = unit != TextUnit::Byte && leaf.len() % 2 == 1;
    if leaf.len() > MAX_PIECE || odd_half {
        return Ok(Step::Odd);
    }
    if leaf.is_empty() {
        return Ok(Step::End);
    }
    Ok(Step::Leaf { used: leaf.len() as u64, after: After::Nothing })
}

/// Reads 2-byte units up to and with `end`; a half unit at the end of the source is kept, so that it shows as odd.
fn read_units<R: BufRead>(src: &mut R, end: [u8; 2], leaf: &mut Vec<u8>) -> io::Result<()> {
    while leaf.len() <= MAX_PIECE {
        let before = leaf.len();
        src.take(2).read_to_end(leaf)?;
        let unit = leaf.get(before..).unwrap_or_default();
        if unit.len() < 2 || unit == end {
            break;
        }
    }
    Ok(())
}
